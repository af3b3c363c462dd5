// Which proposals the page of rules lists, in its address: the agenda leads to exactly its rows. The address is outside input.
import { type RuleProposalState, ruleProposalStates } from '../../../engine/index.ts';
import type { RuleProposalQueryJson } from '../../../server/contract/rule-proposals.ts';
import { readDays, readText, readWord, type TablePage, writeView } from '../../parts/table-address.ts';

export interface ProposalsView extends TablePage {
  readonly state: RuleProposalState | null;
  readonly mine: 'true' | null;
  readonly decidedWithinDays: string | null;
  /** Only this one. */
  readonly proposal: string | null;
}

const PAGE_SIZE = 10;
const plain: ProposalsView = {
  state: null,
  mine: null,
  decidedWithinDays: null,
  proposal: null,
  page: 1,
  pageSize: PAGE_SIZE,
};
const MOST_DAYS = 1000;

export function readProposalsView(params: URLSearchParams): ProposalsView {
  const page = Number(params.get('page') ?? 1);
  const days = readDays(params, 'decidedWithinDays', MOST_DAYS);
  return {
    state: readWord(params, 'state', ruleProposalStates),
    mine: readWord(params, 'mine', ['true'] as const),
    decidedWithinDays: days === '0' ? null : days,
    proposal: readText(params, 'proposal'),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
    pageSize: PAGE_SIZE,
  };
}

export const writeProposalsView = (view: ProposalsView): URLSearchParams => writeView(view, plain);

export function proposalQueryOf(view: ProposalsView): RuleProposalQueryJson {
  const { proposal, state, mine, decidedWithinDays, page, pageSize } = view;
  return {
    ...(proposal !== null && { id: proposal }),
    ...(state !== null && { state }),
    ...(mine !== null && { mine }),
    ...(decidedWithinDays !== null && { decidedWithinDays: Number(decidedWithinDays) }),
    page,
    pageSize,
  };
}
