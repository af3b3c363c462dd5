// What the routes of a plan's office life share: what a person may do, what is still missing in words, why not.
import {
  filledForOffice,
  moveAllowed,
  type OfficeNeed,
  type OfficeState,
  planMachine,
  type StateMove,
} from '../../engine/index.ts';
import type { PlanMoveJson, PlanOfficeJson } from '../contract/plan-approval.ts';
import { ProductError, type Sentence } from '../errors.ts';
import { type Permission, permissionWords } from '../permission/permission-table.ts';
import type { Principal } from '../permission/principal.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import { loadPlanOffice, type PlanOffice } from '../store/plan-approval.ts';
import type { Queryable } from '../store/store.ts';
import { type MoveRefusal, refusalInWords } from './resource-parts.ts';

export async function planOfficeOf(db: Queryable, id: string): Promise<PlanOffice> {
  const office = await loadPlanOffice(db, id);
  if (!office) throw new ProductError('PLAN_UNKNOWN', { id });
  return office;
}

/** A plan is one document: within reach of who has all of its districts. */
function permissionsOnPlan(principal: Principal, { districtCodes }: PlanOffice): Set<string> {
  const { territory } = principal;
  const isWithin =
    territory.everywhere ||
    (districtCodes.length > 0 && districtCodes.every((code) => territory.districtCodes.includes(code)));
  const holds = (permission: Permission) => isWithin && rowScopeOf(principal, permission) === 'territory';
  return new Set(permissionWords.filter(holds));
}

type Need = OfficeNeed | 'other';
/** Given with the step that needs it. */
const givenNeeds: readonly Need[] = ['formal', 'document', 'effective'];

/** Null: the person may take the step. */
export function refusalOfOfficeMove(
  principal: Principal,
  office: PlanOffice,
  asked: PlanMoveJson,
): MoveRefusal | null {
  const { to, reason = '' } = asked;
  const isDraft = office.state === '草稿';
  const given: PlanOffice = {
    ...office,
    type: isDraft ? (asked.type ?? office.type) : office.type,
    documentNo: asked.documentNo ?? office.documentNo,
    effectiveOn: asked.effectiveOn ?? office.effectiveOn,
  };
  const held = permissionsOnPlan(principal, office);
  const verdict = moveAllowed(planMachine, office.state, to, {
    permissions: held,
    filled: filledOf(given),
    reason,
  });
  if (verdict.ok) return to === '批复' && office.isMine ? { code: 'PLAN_OWN', values: {} } : null;
  // the machine names its own needs
  return refusalInWords(verdict, office.state, to, (need) => wordsOf(need as Need, given));
}

const filledOf = (office: PlanOffice): ReadonlySet<string> =>
  filledForOffice(
    {
      ...office,
      isDone: office.jobState === 'done',
      consultationTo: office.consultation?.to ?? null,
      noticeTo: office.notice?.to ?? null,
      openComments: office.comments.open,
    },
    office.today,
  );

function wordsOf(need: Need, { consultation, notice, comments, today }: PlanOffice): Sentence {
  switch (need) {
    case 'done':
      return { zh: '方案算完', en: 'the finished plan' };
    case 'formal':
      return { zh: '情景方案以外的方案类型', en: 'a type other than a scenario' };
    case 'annual':
      return {
        zh: '征求意见和公示（只有年度建设计划可以不经过）',
        en: 'consultation and public notice (only an annual plan goes without)',
      };
    case 'consulted':
      return {
        zh: `征求意见期满（至 ${consultation?.to ?? '—'}）`,
        en: `the end of the consultation (${consultation?.to ?? '—'})`,
      };
    case 'noticed':
      return {
        zh: `公示期满（至 ${notice?.to ?? '—'}）`,
        en: `the end of the public notice (${notice?.to ?? '—'})`,
      };
    case 'answered':
      return { zh: `答复 ${comments.open} 条意见`, en: `answers to all comments (${comments.open} open)` };
    case 'document':
      return { zh: '批复文号', en: 'the document number' };
    case 'effective':
      return {
        zh: `不晚于今天（${today}）的生效日期`,
        en: `a day of coming into force not after today (${today})`,
      };
    case 'successor':
      return { zh: '替代它的方案生效', en: 'a plan in force that replaces it' };
    case 'other':
      return { zh: '由编制、送审以外的人批复', en: 'approval by somebody who neither made nor submitted it' };
  }
}

/** What the reply holds, without what only the service asks about. */
export function detailOfOffice(principal: Principal, found: PlanOffice): PlanOfficeJson {
  const { jobState: _, districtCodes: __, isMine, ...office } = found;
  const held = permissionsOnPlan(principal, found);
  const filled = filledOf(found);
  const mayBeOf = ({ from, permissions, needs }: StateMove<OfficeState>): boolean =>
    from === found.state &&
    permissions.some((word) => held.has(word)) &&
    !needs.includes('successor') &&
    // another type takes another way
    (from === '草稿' || !needs.includes('annual') || filled.has('annual'));
  const lacks = (need: Need): boolean =>
    need === 'other' ? isMine : !filled.has(need) && !givenNeeds.includes(need) && need !== 'annual';
  return {
    ...office,
    choices: planMachine.moves.filter(mayBeOf).map(({ to, needs, reasonNeeded }) => {
      const asked = [...(needs as readonly OfficeNeed[]), ...(to === '批复' ? (['other'] as const) : [])];
      return {
        to,
        act:
          to !== '草稿'
            ? 'forward'
            : found.state === '审查' && held.has('plan:approve') && !isMine
              ? 'return'
              : 'take-back',
        reasonNeeded,
        missing: asked.filter(lacks).map((need) => ({ need, words: wordsOf(need, found) })),
      };
    }),
  };
}
