// What the routes of cases share: filters from an address, what a person may do with one, verdicts in words, one changed row or why not.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type CaseDay,
  type CaseDays,
  type CaseDesk,
  type CaseMove,
  type CaseNeed,
  type CaseState,
  caseDayTrouble,
  caseMachine,
  caseStates,
  filledForCase,
  moveAllowed,
  readCountedCases,
  surveyStates,
} from '../../engine/index.ts';
import type {
  CaseChangesJson,
  CaseChoiceJson,
  CaseDetailJson,
  CaseExportQueryJson,
  CaseJson,
  StaleCaseJson,
} from '../contract/cases.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { type CaseQuery, factsOfCase, loadCase, seesSite } from '../store/cases.ts';
import type { Queryable } from '../store/store.ts';
import { demandOf } from './demand-parts.ts';
import { refusalOfDayAhead, todayInChina } from './past-day.ts';
import type { MoveRefusal } from './resource-parts.ts';
import { parseBox, planOf } from './route-parts.ts';

/** Throws PROGRESS_PERIOD for a figure of no period. */
export function filtersOfCases({
  bbox,
  state,
  deliveryConfirmed,
  counted: figure,
  ...rest
}: CaseExportQueryJson): CaseQuery {
  const counted = figure === undefined ? undefined : readCountedCases(figure);
  if (counted === null) throw periodRefusal(figure);
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(state !== undefined && { states: state.split(',') }),
    ...(deliveryConfirmed !== undefined && { deliveryConfirmed: deliveryConfirmed === 'true' }),
    ...(counted !== undefined && { counted }),
  };
}

/** What its schema let through has two days with nothing between them, or one that no calendar has. */
function periodRefusal(figure = ''): ProductError {
  const [, , from = '', to = ''] = figure.split(',');
  return new ProductError('PROGRESS_PERIOD', { from, to });
}

export async function caseOf(db: Queryable, id: string): Promise<CaseJson> {
  const found = await loadCase(db, id);
  if (!found) throw new ProductError('CASE_UNKNOWN', { id });
  return found;
}

/** A case is tied to what its maker sees. Throws CASE_SITE, PLAN_UNKNOWN, DEMAND_UNKNOWN. */
export async function demandSeen(
  tx: Queryable,
  { siteId, planId, demandId }: Partial<Record<'siteId' | 'planId' | 'demandId', string | null | undefined>>,
): Promise<void> {
  if (typeof siteId === 'string' && !(await seesSite(tx, siteId)))
    throw new ProductError('CASE_SITE', { id: siteId });
  if (typeof planId === 'string') await planOf(tx, planId);
  if (typeof demandId === 'string') await demandOf(tx, demandId);
}

/** A station is its operator's and a building site its company's: the permission alone is not enough for the latter. */
export function permissionsOnCase(principal: Principal, found: CaseJson): Set<string> {
  const { role, organisation } = principal;
  const held = permissionsOnRow(principal, { ...found, owner: found.operator });
  if (role === 'tower' && found.company !== '' && found.company !== organisation) held.delete('case:update');
  return held;
}

export const mayAddPhotos = (principal: Principal, found: CaseJson): boolean => {
  const held = permissionsOnCase(principal, found);
  return held.has('case:update') || held.has('case:confirm');
};

/** The fields a need can be met with, given together with the move. */
const fieldsOfNeed: Partial<Record<CaseNeed, readonly (keyof CaseChangesJson)[]>> = {
  site: ['siteId'],
  plan: ['planId'],
  agreement: ['agreedOn', 'agreement'],
  filing: ['filingNumber', 'filedOn'],
  completed: ['completedOn'],
  onAir: ['onAirOn'],
  evidence: ['onAirEvidence'],
  accepted: ['acceptedOn'],
};

const needWords: Readonly<Record<CaseNeed, Sentence>> = {
  site: { zh: '站址', en: 'a site' },
  plan: { zh: '所属方案', en: 'a plan' },
  claim: { zh: '有效的认领', en: 'a claim that runs' },
  whitelist: {
    zh: '资源列入白名单（否则先谈点）',
    en: 'a place on the whitelist (otherwise talk with the owner first)',
  },
  agreement: { zh: '产权单位同意的日期和依据', en: "the day and paper of the owner's agreement" },
  survey: { zh: '填写完整的勘察表', en: 'a complete survey' },
  photos: {
    zh: '勘察照片（全景、安装位置、电源各至少一张）',
    en: 'photos of the whole, the mount and the power supply in the survey',
  },
  listed: { zh: '已审查并列入计划', en: 'a review that took it into the plan' },
  filing: { zh: '报建备案的文号和日期', en: 'number and day of the filing' },
  completed: { zh: '完工日期', en: 'the day it was completed' },
  delivery: { zh: '运营商确认交付', en: "the operator's confirmation of the delivery" },
  onAir: { zh: '开通日期', en: 'the day it went on the air' },
  evidence: { zh: '开通依据（说明或照片）', en: 'evidence that it is on the air (words or a photo)' },
  accepted: { zh: '验收日期', en: 'the day of acceptance' },
  before: { zh: '退回原来所处的状态', en: 'the state it was held up in' },
  free: { zh: '不在迁改之中', en: 'no relocation that wants the site away' },
};

const deskWords: Readonly<Record<CaseDesk, Sentence>> = {
  claims: { zh: '认领', en: 'claims' },
  batches: { zh: '批次审查', en: 'review of batches' },
  relocations: { zh: '迁改', en: 'relocations' },
};

const findMove = (from: CaseState, to: CaseState): CaseMove | undefined =>
  caseMachine.moves.find((move) => move.from === from && move.to === to);

/** Fields a person gives together with a move; work may begin on a day of its own. */
function fieldsOfMove({ needs, to }: CaseMove): (keyof CaseChangesJson)[] {
  // what the machine asks is what it names
  return [
    ...(needs as readonly CaseNeed[]).flatMap((need) => fieldsOfNeed[need] ?? []),
    ...(to === '建设' ? ['startedOn' as const] : []),
  ];
}

/** Null: the person may move it. `reason` null: not asked yet. */
export function refusalOfCaseMove(
  principal: Principal,
  found: CaseJson,
  to: CaseState,
  given: CaseChangesJson,
  reason: string,
): MoveRefusal | null {
  const { state } = found;
  const move = findMove(state, to);
  if (move?.desk) return { code: 'CASE_MOVE_ELSEWHERE', values: { to, desk: deskWords[move.desk] } };
  const verdict = moveAllowed(caseMachine, state, to, {
    permissions: permissionsOnCase(principal, found),
    filled: filledForCase(factsOfCase(found, given), to),
    reason,
  });
  if (verdict.ok) {
    const asked = fieldsOfMove(findMove(state, to)!);
    const idle = (Object.keys(given) as (keyof CaseChangesJson)[]).filter((field) => !asked.includes(field));
    if (idle.length > 0) return { code: 'CASE_FIELDS', values: { to, fields: idle.join('、') } };
    return refusalOfCaseDays(found, given);
  }
  switch (verdict.code) {
    case 'STATE_MOVE_UNKNOWN': {
      const byHand = verdict.possible.filter((next) => !findMove(state, next)?.desk);
      return { code: verdict.code, values: { from: state, to, possible: byHand.join('、') || '—' } };
    }
    case 'STATE_MOVE_FORBIDDEN':
      return { code: 'PERMISSION_DENIED', values: {} };
    case 'STATE_FIELDS_MISSING': {
      const words = verdict.missing.map((need) => needWords[need as CaseNeed]); // the machine names its own needs
      const missing = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
      return { code: verdict.code, values: { to, missing } };
    }
    case 'STATE_REASON_MISSING':
      return { code: verdict.code, values: {} };
  }
}

const dayWords: Readonly<Record<CaseDay, Sentence>> = {
  agreedOn: { zh: '产权同意日期', en: "day of the owner's agreement" },
  filedOn: { zh: '备案日期', en: 'day of the filing' },
  startedOn: { zh: '开工日期', en: 'day works began' },
  completedOn: { zh: '完工日期', en: 'day of completion' },
  onAirOn: { zh: '开通日期', en: 'day it went on the air' },
  acceptedOn: { zh: '验收日期', en: 'day of acceptance' },
};

/** Null: nothing is wrong with the days given. */
export function refusalOfCaseDays(found: CaseDays, given: CaseDays): MoveRefusal | null {
  const trouble = caseDayTrouble(given, found, todayInChina());
  if (trouble?.kind === 'ahead') return refusalOfDayAhead(given[trouble.day], dayWords[trouble.day]);
  if (trouble?.kind === 'order')
    return {
      code: 'CASE_DAY_ORDER',
      values: { earlier: dayWords[trouble.earlier], later: dayWords[trouble.later] },
    };
  return null;
}

/** Ways on that this person may go by hand, in the order of the states. A held-up case goes back to where it stood. */
function choicesOf(principal: Principal, found: CaseJson): CaseChoiceJson[] {
  const held = permissionsOnCase(principal, found);
  return caseMachine.moves
    .filter(
      ({ from, desk, permissions }) =>
        from === found.state && !desk && permissions.some((word) => held.has(word)),
    )
    .filter(({ needs, to }) => !needs.includes('before') || to === found.stateBefore)
    .sort((a, b) => caseStates.indexOf(a.to) - caseStates.indexOf(b.to))
    .map((move) => {
      const fields = fieldsOfMove(move);
      const met = filledForCase(factsOfCase(found), move.to);
      const missing = (move.needs as readonly CaseNeed[]).filter(
        (need) => !met.has(need) && !fieldsOfNeed[need],
      );
      return {
        to: move.to,
        reasonNeeded: move.reasonNeeded,
        fields,
        missing: missing.map((need) => ({ need, words: needWords[need] })),
      };
    });
}

export function detailOfCase(principal: Principal, found: CaseJson): CaseDetailJson {
  const held = permissionsOnCase(principal, found);
  return {
    ...found,
    choices: choicesOf(principal, found),
    mayConfirmDelivery:
      found.state === '交付' && found.deliveryConfirmedAt === null && held.has('case:confirm'),
    maySurvey: surveyStates.includes(found.state) && held.has('case:update'),
    mayAddPhotos: mayAddPhotos(principal, found),
  };
}

export function answeredCase<Answer extends { readonly version: number }>(
  reply: Pick<FastifyReply, 'header'>,
  answer: Answer,
): Answer {
  reply.header('etag', `"${answer.version}"`);
  return answer;
}

/** 412: the refusal and the case as it is now. */
export function staleCase(request: Pick<FastifyRequest, 'id'>, found: CaseDetailJson): StaleCaseJson {
  return { ...replyOf(request.id, describeCode('CASE_STALE')), case: found };
}
