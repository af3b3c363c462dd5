// One claim from what was asked to a row: the engine judges, and what was lost keeps the rule. Whoever loses to what is there already
// waits for nobody; whoever may hold locks the resource and is judged again. The caller's transaction is the act; nothing here answers
// anybody.
import { randomUUID } from 'node:crypto';
import {
  type ClaimReason,
  type Displaced,
  judgeClaim,
  type NewClaim,
  openStates,
  type StandingClaim,
} from '../../engine/index.ts';
import type { ClaimPriceJson, NewClaimJson } from '../contract/claims.ts';
import { ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import {
  type ClaimDemand,
  type ClaimGrounds,
  type ClaimRow,
  type ClaimToSave,
  displaceClaims,
  loadClaimGrounds,
  saveClaim,
} from '../store/claims.ts';
import { loadRowOperators } from '../store/operators.ts';
import type { Queryable } from '../store/store.ts';
import { pricePreview } from './claim-parts.ts';
import { todayInChina } from './past-day.ts';

export interface MadeClaim {
  readonly outcome: 'held' | 'waits' | 'asked' | 'refused';
  readonly claim: ClaimRow;
  readonly resource: NonNullable<ClaimGrounds['resource']>;
  /** Why it waits or was refused. */
  readonly reason: ClaimReason | null;
  readonly price: ClaimPriceJson;
  readonly warnings: readonly Sentence[];
}

/**
 * By a tower company. `isLocked`: the caller holds the resource. Throws what keeps it from being judged at all; a refusal by a rule is
 * an outcome.
 */
export async function makeClaim(
  tx: Queryable,
  { organisation }: Principal,
  wanted: NewClaimJson,
  isLocked = false,
): Promise<MadeClaim> {
  if (organisation === '') throw new ProductError('CLAIM_ORGANISATION');
  const seen = isLocked ? null : await judged(tx, wanted, organisation, 'look');
  const { grounds, claim, verdict } =
    seen?.verdict.outcome === 'refused' ? seen : await judged(tx, wanted, organisation, 'lock');
  const { resource, standing, demandIds, operators } = grounds;
  const reason = verdict.outcome === 'hold' ? null : verdict.reason;
  if (verdict.outcome !== 'refused')
    await displaceClaims(tx, resource.id, [
      ...verdict.displaced,
      ...answeredRequests(standing, claim, organisation),
    ]);
  const saved = await savedClaim(tx, {
    ...rowOf(wanted, claim),
    demandIds,
    resourceId: resource.id,
    requestedBy: null,
    state: verdict.outcome === 'hold' ? '持有' : verdict.outcome === 'share' ? '申请' : '未获',
    rule: reason?.rule ?? null,
    facts: reason?.facts ?? {},
  });
  return {
    outcome: verdict.outcome === 'hold' ? 'held' : verdict.outcome === 'share' ? 'waits' : 'refused',
    claim: saved,
    resource,
    reason,
    price: pricePreview(resource.costCny, standing, operators, grounds.discounts),
    warnings: warningsOf(grounds),
  };
}

/** By an operator, for itself: nothing is held until a tower company takes it up. */
export async function askForClaim(
  tx: Queryable,
  { organisation }: Principal,
  wanted: NewClaimJson,
): Promise<MadeClaim> {
  if (organisation === '') throw new ProductError('CLAIM_ORGANISATION');
  if (wanted.operators?.some((operator) => operator !== organisation))
    throw new ProductError('CLAIM_NOT_FOR_OTHERS');
  const grounds = await groundsFor(tx, { ...wanted, operators: [organisation] }, 'lock');
  const { resource, standing, demandIds, operators } = grounds;
  const claim = newClaim(wanted, grounds, '');
  const own = standing.find((other) => other.operators.includes(organisation));
  const facts = { operator: organisation, holders: own?.company || organisation, state: own?.state ?? '' };
  const reason: ClaimReason | null = own ? { rule: 'CLAIM-SAME-OPERATOR', facts } : null;
  const saved = await savedClaim(tx, {
    ...rowOf(wanted, claim),
    demandIds,
    resourceId: resource.id,
    requestedBy: organisation,
    state: reason ? '未获' : '申请',
    rule: reason?.rule ?? null,
    facts: reason?.facts ?? {},
  });
  return {
    outcome: reason ? 'refused' : 'asked',
    claim: saved,
    resource,
    reason,
    price: pricePreview(resource.costCny, standing, operators, grounds.discounts),
    warnings: warningsOf(grounds),
  };
}

interface Ready extends ClaimGrounds {
  readonly resource: NonNullable<ClaimGrounds['resource']>;
  readonly ground: NonNullable<ClaimGrounds['ground']>;
  readonly demandIds: readonly string[];
  readonly operators: readonly string[];
}

async function judged(tx: Queryable, wanted: NewClaimJson, company: string, how: 'look' | 'lock') {
  const grounds = await groundsFor(tx, wanted, how);
  const claim = newClaim(wanted, grounds, company);
  const running = grounds.standing.filter((other) => other.company !== '');
  return { grounds, claim, verdict: judgeClaim(grounds.ground, running, claim, grounds.values) };
}

/** Throws CLAIM_UNKNOWN when who acts may not read it. */
async function savedClaim(tx: Queryable, claim: ClaimToSave): Promise<ClaimRow> {
  const saved = await saveClaim(tx, claim);
  if (!saved) throw new ProductError('CLAIM_UNKNOWN', { id: claim.id });
  return saved;
}

/** Who promises to be on air earlier goes first (8.3.2): a day that is over would beat everybody. */
export function demandPromiseAhead(onAirBy: string | undefined): void {
  if (onAirBy !== undefined && onAirBy < todayInChina())
    throw new ProductError('CLAIM_ON_AIR_PAST', { day: onAirBy });
}

async function groundsFor(tx: Queryable, wanted: NewClaimJson, how: 'look' | 'lock'): Promise<Ready> {
  const { resourceId = null, planId = null, siteId = null, demandIds = [] } = wanted;
  if (resourceId === null && (planId === null || siteId === null)) throw new ProductError('CLAIM_TARGET');
  demandPromiseAhead(wanted.onAirBy);
  const grounds = await loadClaimGrounds(tx, { resourceId, planId, siteId, demandIds }, how);
  const { resource, ground, demands } = grounds;
  if (!resource || !ground) {
    if (planId !== null) throw new ProductError('CLAIM_PLAN_ROW', { planId });
    throw new ProductError('RESOURCE_UNKNOWN', { id: resourceId ?? '' });
  }
  if (!openStates.includes(ground.state))
    throw new ProductError('CLAIM_RESOURCE_CLOSED', { state: ground.state });
  demandUsable(demandIds, demands);
  const operators = wanted.operators ?? (await usualOperators(tx, wanted, demands));
  if (operators.length === 0) throw new ProductError('CLAIM_OPERATORS');
  return { ...grounds, resource, ground, demandIds, operators };
}

/** Those of the demands, else those whom the plan lets move in there. */
async function usualOperators(
  tx: Queryable,
  wanted: NewClaimJson,
  demands: readonly ClaimDemand[],
): Promise<readonly string[]> {
  const { planId = null, siteId = null, resourceId = null } = wanted;
  const asking = [...new Set(demands.flatMap((demand) => demand.operators))].sort();
  return asking.length > 0 || planId === null ? asking : loadRowOperators(tx, planId, { siteId, resourceId });
}

function demandUsable(ids: readonly string[], demands: readonly ClaimDemand[]): void {
  const known = new Set(demands.map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new ProductError('CLAIM_DEMAND_UNKNOWN', { ids: unknown.join('、') });
  const settled = demands.find(({ state }) => state !== '新建' && state !== '已匹配');
  if (settled) throw new ProductError('CLAIM_DEMAND_STATE', { id: settled.id, state: settled.state });
}

const newClaim = (wanted: NewClaimJson, { demands, operators }: Ready, company: string): NewClaim => ({
  id: `claim-${randomUUID()}`,
  company,
  operators,
  slots: wanted.slots ?? operators.length,
  loadKg: wanted.loadKg ?? null,
  powerKva: wanted.powerKva ?? null,
  keyAreaDeadline: demands.map(({ keyAreaDeadline }) => keyAreaDeadline).sort(nullsLast)[0] ?? null,
  demandsServed: demands.length,
  onAirBy: wanted.onAirBy ?? null,
  // only compared with what waits already, which was earlier; the row gets the time of the database
  submittedAt: new Date(8.64e15).toISOString(),
});

const rowOf = (wanted: NewClaimJson, claim: NewClaim) => {
  const { id, company, operators, slots, loadKg, powerKva, keyAreaDeadline, onAirBy } = claim;
  const { planId = null, note = '' } = wanted;
  return { id, company, operators, planId, slots, loadKg, powerKva, note, keyAreaDeadline, onAirBy };
};

/** What operators asked for and now have got, by another way. */
export const answeredRequests = (
  standing: readonly StandingClaim[],
  { id, operators }: Pick<NewClaim, 'id' | 'operators'>,
  holders: string,
): Displaced[] =>
  standing
    .filter((other) => other.company === '' && other.id !== id)
    .flatMap((other) => {
      const operator = other.operators.find((one) => operators.includes(one));
      return operator === undefined
        ? []
        : [
            {
              id: other.id,
              reason: { rule: 'CLAIM-SAME-OPERATOR', facts: { operator, holders, state: '持有' } },
            },
          ];
    });

function warningsOf({ ground, demands }: Ready): Sentence[] {
  const far = demands.filter(
    ({ distanceM, searchRadiusM }) => distanceM !== null && distanceM > searchRadiusM,
  );
  return [
    ...(ground.slots === null
      ? [{ zh: '位置数未知，按 1 个计', en: 'The number of places is unknown and counts as one' }]
      : []),
    ...far.map(({ id, distanceM, searchRadiusM }) => ({
      zh: `距需求“${id}”${Math.round(distanceM ?? 0)} 米，超出其搜索半径 ${searchRadiusM} 米`,
      en: `${Math.round(distanceM ?? 0)} m from the demand "${id}", beyond its search radius of ${searchRadiusM} m`,
    })),
  ];
}

const nullsLast = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
