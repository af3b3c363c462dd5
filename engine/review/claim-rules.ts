// Who gets a resource when several want it (domain reference, 8.3): room first, then sharing, then the order of rule 2. Only what still
// waits for somebody's word can lose its place; what is held or built stays. Pure: the database counts again under its lock.
import { type ShareDiscounts, sharedCostCny } from '../selection/wishes/share-prices.ts';

/** What a decision about a claim rests on; the words for people are the server's. */
export const claimRules = [
  /** 8.3.1: no mounting place, load or power left beside what is held. */
  'CLAIM-SLOTS',
  'CLAIM-LOAD',
  'CLAIM-POWER',
  /** One operator needs one claim on a resource. */
  'CLAIM-SAME-OPERATOR',
  /** 8.3.2, in this order. */
  'CLAIM-KEY-AREA',
  'CLAIM-DEMANDS',
  'CLAIM-ON-AIR',
  'CLAIM-SUBMITTED',
  /** 8.3.1: the operators there and the new ones have to agree, one did not, or not in time. */
  'CLAIM-SHARING-WAITS',
  'CLAIM-SHARING-DECLINED',
  'CLAIM-SHARING-UNANSWERED',
  /** 8.3.3: a new ground tower near an existing one; an operator that declined co-building there. */
  'CLAIM-TOWER-NEAR',
  'CLAIM-DECLINED-BEFORE',
  /** 8.2: the hold ran out without a survey, without delivery; nobody took the request up. */
  'CLAIM-NOT-SURVEYED',
  'CLAIM-NOT-DELIVERED',
  'CLAIM-NOT-TAKEN',
  /** The office took it back. */
  'CLAIM-OFFICE',
  /** What was to be built there ended. */
  'CLAIM-CASE-ENDED',
  /** 8.3.6: a rule was set aside with a reason. */
  'CLAIM-OVERRIDE',
] as const;
export type ClaimRule = (typeof claimRules)[number];

export type ClaimFacts = Readonly<Record<string, string | number | null>>;

export interface ClaimReason {
  readonly rule: ClaimRule;
  readonly facts: ClaimFacts;
}

/** What rule 2 compares. Days as YYYY-MM-DD, the moment as an ISO time. */
export interface ClaimStanding {
  readonly id: string;
  /** Earliest day by which a key area wants it; null: none does. */
  readonly keyAreaDeadline: string | null;
  readonly demandsServed: number;
  /** Promised by the company; null: nothing promised. */
  readonly onAirBy: string | null;
  readonly submittedAt: string;
}

interface ClaimNeed {
  readonly company: string;
  readonly operators: readonly string[];
  readonly slots: number;
  /** null: nobody said, counts as nothing. */
  readonly loadKg: number | null;
  readonly powerKva: number | null;
}

export interface NewClaim extends ClaimNeed, ClaimStanding {}

/** A claim on the same resource that is not over. */
export interface StandingClaim extends ClaimNeed, ClaimStanding {
  readonly state: '申请' | '持有' | '已转建设';
}

/** The resource as far as claims go. null: unknown; an unknown number of slots counts as one, unknown load and power have no limit. */
export interface ClaimGround {
  readonly slots: number | null;
  readonly loadKg: number | null;
  readonly powerKva: number | null;
  /** What would be built is a tower on the ground where none stands. */
  readonly isNewTower: boolean;
  readonly isSettlement: boolean;
  readonly nearestTower: { readonly code: string; readonly distanceM: number } | null;
  /** Operators that declined to share here, with the day from which they may build again. */
  readonly declined: readonly { readonly operator: string; readonly until: string }[];
}

export interface ClaimRuleValues {
  readonly spacingSettlementM: number;
  readonly spacingOtherM: number;
}

export interface Displaced {
  readonly id: string;
  readonly reason: ClaimReason;
}

export type ClaimVerdict =
  | { readonly outcome: 'hold'; readonly displaced: readonly Displaced[] }
  | {
      readonly outcome: 'share';
      /** Operators whose word is awaited: those there and those to come. */
      readonly waitsFor: readonly string[];
      readonly displaced: readonly Displaced[];
      readonly reason: ClaimReason;
    }
  | { readonly outcome: 'refused'; readonly reason: ClaimReason };

/**
 * Asked in this order: is the operator there already, may it build here, is a tower too near, is there room beside what is held, and
 * beside what waits and goes before. `setsAside`: the sharing office has recorded a reason, so rule 3 is not asked.
 */
export function judgeClaim(
  ground: ClaimGround,
  standing: readonly StandingClaim[],
  claim: NewClaim,
  values: ClaimRuleValues,
  setsAside = false,
): ClaimVerdict {
  const barred = sameOperator(standing, claim) ?? (setsAside ? null : forbiddenHere(ground, claim, values));
  if (barred) return { outcome: 'refused', reason: barred };

  const held = standing.filter(({ state }) => state !== '申请');
  const noRoom = shortage(ground, held, claim);
  if (noRoom) return { outcome: 'refused', reason: noRoom };

  const { displaced, blockedBy } = makeRoom(ground, held, standing, claim);
  if (blockedBy) return { outcome: 'refused', reason: blockedBy };

  const there = [...new Set(held.flatMap(({ operators }) => operators))];
  if (there.length === 0) return { outcome: 'hold', displaced };
  const waitsFor = [...new Set([...there, ...claim.operators])].sort();
  const facts = { operators: waitsFor.join('、'), holders: companies(held) };
  return { outcome: 'share', waitsFor, displaced, reason: { rule: 'CLAIM-SHARING-WAITS', facts } };
}

/** Below 0: `a` goes before `b`. The rule is the first of 8.3.2 by which they differ. */
export function compareClaims(
  a: ClaimStanding,
  b: ClaimStanding,
): { readonly order: number; readonly rule: ClaimRule } {
  const steps: readonly (readonly [ClaimRule, number])[] = [
    ['CLAIM-KEY-AREA', earlierFirst(a.keyAreaDeadline, b.keyAreaDeadline)],
    ['CLAIM-DEMANDS', b.demandsServed - a.demandsServed],
    ['CLAIM-ON-AIR', earlierFirst(a.onAirBy, b.onAirBy)],
    ['CLAIM-SUBMITTED', Date.parse(a.submittedAt) - Date.parse(b.submittedAt)],
  ];
  const [rule, order] = steps.find(([, difference]) => difference !== 0) ?? [
    'CLAIM-SUBMITTED' as const,
    a.id < b.id ? -1 : a.id > b.id ? 1 : 0,
  ];
  return { order, rule };
}

/** Slots, load and power of a resource that these claims leave; below 0: taken more than there is. */
export function roomBeside(
  { slots, loadKg, powerKva }: Pick<ClaimGround, 'slots' | 'loadKg' | 'powerKva'>,
  claims: readonly Pick<ClaimNeed, 'slots' | 'loadKg' | 'powerKva'>[],
): { readonly slots: number; readonly loadKg: number; readonly powerKva: number } {
  const sum = (of: (claim: Pick<ClaimNeed, 'slots' | 'loadKg' | 'powerKva'>) => number | null) =>
    claims.reduce((total, claim) => total + (of(claim) ?? 0), 0);
  return {
    slots: (slots ?? 1) - sum((claim) => claim.slots),
    loadKg: (loadKg ?? Number.POSITIVE_INFINITY) - sum((claim) => claim.loadKg),
    powerKva: (powerKva ?? Number.POSITIVE_INFINITY) - sum((claim) => claim.powerKva),
  };
}

export interface ClaimPrice {
  /** Percent off for everybody, and further off for the anchor. */
  readonly discountPercent: number;
  readonly anchorPercent: number;
  readonly shares: readonly {
    readonly operator: string;
    readonly isAnchor: boolean;
    readonly discountPercent: number;
    readonly cny: number | null;
  }[];
  readonly totalCny: number | null;
}

/** 8.3.4. `operators` in the order they came: the first is the anchor. `baseCny`: for one alone; null when nobody knows. */
export function claimPrice(
  baseCny: number | null,
  operators: readonly string[],
  discounts: ShareDiscounts,
): ClaimPrice {
  const count = operators.length;
  const { percentOff, anchorPercentOff } = discounts;
  const discountPercent = percentOff[Math.min(count, percentOff.length) - 1] ?? 0;
  const anchorPercent = count > 1 ? anchorPercentOff : 0;
  const shares = operators.map((operator, place) => {
    const isAnchor = place === 0 && count > 1;
    return {
      operator,
      isAnchor,
      discountPercent: Math.min(100, discountPercent + (isAnchor ? anchorPercent : 0)),
      cny: baseCny === null ? null : sharedCostCny(baseCny, count, isAnchor, discounts),
    };
  });
  const totalCny = baseCny === null ? null : shares.reduce((sum, { cny }) => sum + (cny ?? 0), 0);
  return { discountPercent, anchorPercent, shares, totalCny };
}

function sameOperator(standing: readonly StandingClaim[], claim: NewClaim): ClaimReason | null {
  for (const other of standing) {
    const operator = claim.operators.find((one) => other.operators.includes(one));
    if (operator !== undefined)
      return {
        rule: 'CLAIM-SAME-OPERATOR',
        facts: { operator, holders: other.company, state: other.state },
      };
  }
  return null;
}

function forbiddenHere(
  { isNewTower, isSettlement, nearestTower, declined }: ClaimGround,
  { operators }: NewClaim,
  { spacingSettlementM, spacingOtherM }: ClaimRuleValues,
): ClaimReason | null {
  const refusal = declined.find(({ operator }) => operators.includes(operator));
  if (refusal)
    return {
      rule: 'CLAIM-DECLINED-BEFORE',
      facts: { operator: refusal.operator, until: refusal.until },
    };
  const limitM = isSettlement ? spacingSettlementM : spacingOtherM;
  if (!isNewTower || nearestTower === null || nearestTower.distanceM >= limitM) return null;
  const { code, distanceM } = nearestTower;
  const facts = {
    tower: code,
    distanceM: Math.round(distanceM),
    limitM,
    ground: isSettlement ? 'settlement' : 'other',
  };
  return { rule: 'CLAIM-TOWER-NEAR', facts };
}

/** Null: it fits beside them. */
function shortage(
  ground: ClaimGround,
  beside: readonly StandingClaim[],
  claim: NewClaim,
): ClaimReason | null {
  const room = roomBeside(ground, beside);
  const holders = companies(beside);
  if (claim.slots > room.slots)
    return {
      rule: 'CLAIM-SLOTS',
      facts: {
        slots: ground.slots ?? 1,
        known: ground.slots === null ? 'no' : 'yes',
        free: Math.max(0, room.slots),
        wanted: claim.slots,
        holders,
      },
    };
  if ((claim.loadKg ?? 0) > room.loadKg)
    return {
      rule: 'CLAIM-LOAD',
      facts: { limitKg: ground.loadKg, freeKg: Math.max(0, room.loadKg), wantedKg: claim.loadKg, holders },
    };
  if ((claim.powerKva ?? 0) > room.powerKva)
    return {
      rule: 'CLAIM-POWER',
      facts: {
        limitKva: ground.powerKva,
        freeKva: Math.max(0, room.powerKva),
        wantedKva: claim.powerKva,
        holders,
      },
    };
  return null;
}

/** Lets go, from the last in order, of what waits and comes after the new claim, until it fits. */
function makeRoom(
  ground: ClaimGround,
  held: readonly StandingClaim[],
  standing: readonly StandingClaim[],
  claim: NewClaim,
): { readonly displaced: readonly Displaced[]; readonly blockedBy: ClaimReason | null } {
  const waiting = standing.filter(({ state }) => state === '申请').sort((a, b) => compareClaims(a, b).order);
  const displaced: Displaced[] = [];
  while (shortage(ground, [...held, ...waiting], claim)) {
    const last = waiting.pop();
    if (!last) throw new RangeError('makeRoom: expected a claim that fits beside what is held');
    const { order, rule } = compareClaims(claim, last);
    if (order >= 0) return { displaced: [], blockedBy: { rule, facts: orderFacts(last, claim) } };
    displaced.push({ id: last.id, reason: { rule, facts: orderFacts(claim, last) } });
  }
  return { displaced, blockedBy: null };
}

/** Both as far as rule 2 looks at them. */
function orderFacts(winner: ClaimStanding & ClaimNeed, loser: ClaimStanding): ClaimFacts {
  return {
    winner: winner.company,
    winnerKeyArea: winner.keyAreaDeadline,
    loserKeyArea: loser.keyAreaDeadline,
    winnerDemands: winner.demandsServed,
    loserDemands: loser.demandsServed,
    winnerOnAir: winner.onAirBy,
    loserOnAir: loser.onAirBy,
    winnerSubmitted: winner.submittedAt,
    loserSubmitted: loser.submittedAt,
  };
}

const companies = (claims: readonly ClaimNeed[]): string =>
  [...new Set(claims.map(({ company }) => company))].join('、');

/** Unknown comes last. */
function earlierFirst(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
