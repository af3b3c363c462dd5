// What the routes of claims share: a row as somebody sees it, what they may do with it, prices and substitutes in words, refusals.
import type { FastifyRequest } from 'fastify';
import {
  type ClaimReason,
  claimPrice,
  claimStates,
  type MatchReason,
  matchResources,
  type ShareDiscounts,
  type StandingClaim,
} from '../../engine/index.ts';
import type {
  ClaimCountsQueryJson,
  ClaimJson,
  ClaimPriceJson,
  ClaimSubstituteJson,
  StaleClaimJson,
} from '../contract/claims.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { loadSubstitutesAround } from '../store/claim-substitutes.ts';
import { type ClaimQuery, type ClaimRow, loadClaim } from '../store/claims.ts';
import type { Queryable } from '../store/store.ts';
import { explainClaim } from './claim-words.ts';
import { parseBox } from './route-parts.ts';

const MOST_SUBSTITUTES = 5;
/** Rules the sharing office may set aside (8.3, rule 3). */
const officeRules: readonly string[] = ['CLAIM-TOWER-NEAR', 'CLAIM-DECLINED-BEFORE'];

export function claimFiltersOf(
  { bbox, state, mine, waiting, kind, ...rest }: ClaimCountsQueryJson,
  { organisation }: Principal,
): ClaimQuery {
  const states = waiting === 'taking' ? ['申请'] : state?.split(',');
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(states && { states }),
    ...(mine === 'true' && { mine: organisation }),
    ...(waiting === 'confirmation' && { confirmationOf: organisation }),
    kind: waiting === 'taking' ? 'request' : kind,
  };
}

/** Throws CLAIM_UNKNOWN. */
export async function claimRowOf(db: Queryable, id: string): Promise<ClaimRow> {
  const row = await loadClaim(db, id);
  if (!row) throw new ProductError('CLAIM_UNKNOWN', { id });
  return row;
}

export function claimSeenBy(principal: Principal, row: ClaimRow): ClaimJson {
  const { owner: _owner, requestedBy: _requestedBy, rule, facts, ...shown } = row;
  return {
    ...shown,
    explanation: explainClaim(rule, facts),
    isMine: isMine(principal, row),
    actions: actionsOf(principal, row),
  };
}

const isMine = ({ organisation }: Principal, { company, operators }: ClaimRow): boolean =>
  organisation !== '' && (company === organisation || operators.includes(organisation));

/** The database asks again. */
function actionsOf(principal: Principal, row: ClaimRow): ClaimJson['actions'] {
  const { organisation } = principal;
  const may = permissionsOnRow(principal, row);
  const { company, state, kind } = row;
  const isCompany = organisation !== '' && company === organisation;
  const live = state === '持有' || state === '已转建设';
  const waits = row.confirmations.some(
    ({ operator, decision }) => operator === organisation && decision === null,
  );
  const allowed: Readonly<Record<ClaimJson['actions'][number], boolean>> = {
    extend: isCompany && may.has('claim:create') && state === '持有' && row.extensions === 0,
    release: isCompany && may.has('claim:release') && live,
    'force-release':
      !isCompany && may.has('claim:release') && may.has('claim:override') && (live || state === '申请'),
    // whose word is awaited gives it wherever the place lies
    confirm: rowScopeOf(principal, 'claim:request') !== undefined && state === '申请' && waits,
    withdraw:
      state === '申请' &&
      ((kind === 'request' && row.requestedBy === organisation && may.has('claim:request')) ||
        (isCompany && may.has('claim:create'))),
    take: kind === 'request' && state === '申请' && organisation !== '' && may.has('claim:create'),
    override: may.has('claim:override') && state === '未获' && officeRules.includes(row.rule ?? ''),
  };
  return (Object.keys(allowed) as ClaimJson['actions']).filter((action) => allowed[action]);
}

/** Throws PERMISSION_DENIED for what is somebody else's, CLAIM_STATE for what its state does not allow. */
export function demandAction(
  principal: Principal,
  row: ClaimRow,
  ...wanted: readonly ClaimJson['actions'][number][]
): ClaimJson['actions'][number] {
  const actions = actionsOf(principal, row);
  const found = wanted.find((action) => actions.includes(action));
  if (found) return found;
  if (wanted.includes('extend') && row.extensions > 0 && row.state === '持有' && isMine(principal, row))
    throw new ProductError('CLAIM_EXTENDED');
  // would it be theirs in another state?
  const confirmations = row.confirmations.map((one) => ({ ...one, decision: null }));
  const fresh = { ...row, confirmations, extensions: 0, rule: 'CLAIM-TOWER-NEAR' as const };
  const possible = claimStates.some((state) => {
    const elsewhere = actionsOf(principal, { ...fresh, state });
    return wanted.some((action) => elsewhere.includes(action));
  });
  if (possible) throw new ProductError('CLAIM_STATE', { state: row.state });
  throw new ProductError('PERMISSION_DENIED');
}

/** Operators there, first come first, then the new ones. */
export function pricePreview(
  baseCny: number | null,
  standing: readonly StandingClaim[],
  operators: readonly string[],
  discounts: ShareDiscounts,
): ClaimPriceJson {
  const there = standing.filter(({ company }) => company !== '').flatMap((claim) => claim.operators);
  const all = [...new Set([...there, ...operators])];
  const { shares, ...price } = claimPrice(baseCny, all, discounts);
  return { baseCny, operators: all.length, ...price, shares: [...shares] };
}

/** Best first; none that is blocked or has fewer places than were wanted. */
export async function substitutesFor(
  db: Queryable,
  resourceId: string,
  { demandIds, operators, slots }: Pick<ClaimRow, 'demandIds' | 'operators' | 'slots'>,
): Promise<ClaimSubstituteJson[]> {
  const { demand, isFromDemand, rows } = await loadSubstitutesAround(db, resourceId, demandIds, operators);
  if (!demand) return [];
  const free = rows.filter(({ slotsFree }) => slotsFree >= slots);
  const byId = new Map(free.map((row) => [row.id, row]));
  const candidates = free.map((row) => ({ ...row, gainShare: null }));
  return matchResources({ ...demand, stations: operators.length }, candidates)
    .filter(({ blockedBy }) => blockedBy.length === 0)
    .slice(0, MOST_SUBSTITUTES)
    .map(({ id, distanceM, reasons }, place) => {
      const row = byId.get(id)!; // matches are of these rows
      const { code, name, resourceType, owner, state, slotsFree, whitelisted } = row;
      return {
        rank: place + 1,
        resourceId: id,
        code,
        name,
        resourceType,
        owner,
        state,
        position: [...row.position],
        distanceM: Math.round(distanceM),
        slotsFree,
        whitelisted,
        reasons: whyThis(row, distanceM, isFromDemand, reasons),
      };
    });
}

function whyThis(
  {
    slotsFree,
    whitelisted,
    freeStatus,
  }: { slotsFree: number; whitelisted: boolean; freeStatus: string | null },
  distanceM: number,
  isFromDemand: boolean,
  reasons: readonly MatchReason[],
): Sentence[] {
  const metres = Math.round(distanceM);
  const height = reasons.find(({ rule }) => rule === 'MATCH-HEIGHT');
  return [
    isFromDemand
      ? { zh: `距需求点 ${metres} 米`, en: `${metres} m from the demand` }
      : { zh: `距原资源 ${metres} 米`, en: `${metres} m from what was wanted` },
    { zh: `剩余 ${slotsFree} 个位置`, en: `${slotsFree} places free` },
    ...(typeof height?.value === 'number'
      ? [{ zh: `挂高约 ${height.value} 米`, en: `about ${height.value} m high` }]
      : []),
    ...(whitelisted ? [{ zh: '在公共资源白名单上', en: 'on the public whitelist' }] : []),
    ...(freeStatus === '必须免费' ? [{ zh: '免费开放', en: 'free of charge' }] : []),
  ];
}

/** CLAIM_REFUSED with the words of the rule. */
export function refusalOf({ rule, facts }: ClaimReason): ProductError {
  const { zh, en } = explainClaim(rule, facts) ?? { zh: rule, en: rule };
  return new ProductError('CLAIM_REFUSED', { rule, why: { zh, en } });
}

/** 412 with the claim as it is now. */
export function staleClaim(request: Pick<FastifyRequest, 'id'>, claim: ClaimJson): StaleClaimJson {
  return { ...replyOf(request.id, describeCode('CLAIM_STALE')), claim };
}
