// Which resources could serve a demand, best first, each with what every rule says about it. A score is the sum over the rules of
// weight × part, part 0 … 1; where nobody knows a property its part is that of neither good nor bad, and says so. What a rule
// blocks stands behind everything that may be taken. Ties: nearer first, then the smaller id. Cost: one look per candidate.
import { distanceM } from '../geo/distance-m.ts';
import type { DemandForm } from '../model/demand-words.ts';
import type { LonLat } from '../model/geometry.ts';
import { findLibraryType, findResourceType } from '../model/resource-types.ts';
import type { FibreState, StructureCheck } from '../model/resource-words.ts';
import type { FreeStatus, PowerMode } from '../model/site.ts';
import {
  blockingFlags,
  type MatchRule,
  type MatchRuleId,
  matchRules,
  ownerClasses,
  ownerClassOf,
} from './match-rules.ts';
import { openStates, type ResourceState } from './resource-states.ts';

export interface MatchDemand {
  readonly position: LonLat;
  readonly searchRadiusM: number;
  readonly form: DemandForm | null;
  readonly wantHeightM: number | null;
  /** Stations wanted there: the operators of the demand. */
  readonly stations: number;
}

export interface MatchCandidate {
  readonly id: string;
  readonly position: LonLat;
  readonly resourceType: string | null;
  readonly state: ResourceState;
  readonly totalHeightM: number | null;
  readonly mountHeightsM: readonly number[] | null;
  readonly freeStatus: FreeStatus | null;
  readonly powerMode: PowerMode | null;
  readonly powerDistanceM: number | null;
  readonly fibre: FibreState | null;
  readonly structureCheck: StructureCheck;
  readonly constraintFlags: readonly string[];
  /** Places for stations that nobody holds; null: unknown. */
  readonly slotsFree: number | null;
  /** 0 … 1 of the weight a plan counted for a station here; null: computed by none. */
  readonly gainShare: number | null;
}

export interface MatchReason {
  readonly rule: MatchRuleId;
  /** 0 … 1; a half where the property is unknown, 1 where the demand does not ask. */
  readonly part: number;
  /** Part × weight of the rule. */
  readonly points: number;
  /** What was found: metres, a word, a number of places; null: unknown. */
  readonly value: number | string | null;
  /** What the demand asks, where it does. */
  readonly wanted: number | string | null;
  readonly blocks: boolean;
}

export interface Match {
  readonly id: string;
  readonly distanceM: number;
  /** 0 … 100, to the hundredth. */
  readonly score: number;
  readonly reasons: readonly MatchReason[];
  readonly blockedBy: readonly MatchRuleId[];
}

/** Candidates within the search radius only. Throws RangeError for a radius that is none. */
export function matchResources(
  demand: MatchDemand,
  candidates: readonly MatchCandidate[],
  rules: readonly MatchRule[] = matchRules,
): Match[] {
  const { position, searchRadiusM } = demand;
  if (!(searchRadiusM > 0))
    throw new RangeError(`matchResources: expected a search radius in metres, got ${searchRadiusM}`);
  const near = candidates
    .map((candidate) => ({ candidate, metres: distanceM(position, candidate.position) }))
    .filter(({ metres }) => metres <= searchRadiusM);
  const bestGain = near.reduce((best, { candidate }) => Math.max(best, candidate.gainShare ?? 0), 0);
  return near
    .map(({ candidate, metres }) => judge({ demand, candidate, metres, bestGain }, rules))
    .sort(byRank);
}

function byRank(a: Match, b: Match): number {
  const blocked = Number(a.blockedBy.length > 0) - Number(b.blockedBy.length > 0);
  return blocked || b.score - a.score || a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1);
}

interface Pair {
  readonly demand: MatchDemand;
  readonly candidate: MatchCandidate;
  readonly metres: number;
  /** Largest gain among all candidates of the demand. */
  readonly bestGain: number;
}

/** What one rule finds, before its weight. */
type Finding = Pick<MatchReason, 'part' | 'value'> & Partial<Pick<MatchReason, 'wanted' | 'blocks'>>;

function judge(pair: Pair, rules: readonly MatchRule[]): Match {
  const reasons = rules.map(({ id, weight }): MatchReason => {
    const { part, value, wanted = null, blocks = false } = findings[id](pair);
    return { rule: id, part, points: weight * part, value, wanted, blocks };
  });
  const score = Math.round(100 * reasons.reduce((sum, { points }) => sum + points, 0)) / 100;
  const blockedBy = reasons.filter(({ blocks }) => blocks).map(({ rule }) => rule);
  return { id: pair.candidate.id, distanceM: pair.metres, score, reasons, blockedBy };
}

/** Of a property nobody knows. */
const UNKNOWN_PART = 0.5;

/** The part of a known word; a half for an unknown one. */
const partOfWord = <T extends string>(word: T | null, parts: Readonly<Record<T, number>>): Finding => ({
  part: word === null ? UNKNOWN_PART : parts[word],
  value: word,
});

const freeParts = { 必须免费: 1, 协调免费: 0.7, 商谈: 0.3 } as const;
const fibreParts = { 到杆: 1, 就近: 0.7, 无: 0.2 } as const;
const structureParts = { 可用: 1, 未核: UNKNOWN_PART, 加固: 0.4, 不可用: 0 } as const;
const powerParts = { 直供: 1, 转供: 0.7, 待引入: 0.4 } as const;
/** A line this long makes bringing power in worth nothing. */
const FARTHEST_POWER_M = 1000;

/** Each flag is an inquiry more. */
const FLAGS_WORTH_NOTHING = 3;

/** How well a kind of station stands on a structure; indoor systems go into buildings. */
const formParts: Readonly<Record<DemandForm, Readonly<Record<'pole' | 'roof' | 'tower', number>>>> = {
  宏站: { roof: 1, tower: 1, pole: 0.2 },
  微站: { pole: 1, roof: 0.7, tower: 0.4 },
  杆站: { pole: 1, roof: 0.3, tower: 0.3 },
  室分: { roof: 0.8, pole: 0, tower: 0 },
};
/** Types without an antenna of their own that take an indoor system. */
const indoorTypes: readonly string[] = ['室分', '人防与地下空间', '地铁', '隧道'];

const findings: Readonly<Record<MatchRuleId, (pair: Pair) => Finding>> = {
  'MATCH-DISTANCE': ({ demand: { searchRadiusM }, metres }) => ({
    part: 1 - metres / searchRadiusM,
    value: metres,
    wanted: searchRadiusM,
  }),
  // shares of one plan are compared among the candidates only; what no plan computed earns nothing
  'MATCH-GAIN': ({ candidate: { gainShare }, bestGain }) => ({
    part: gainShare === null || bestGain === 0 ? 0 : gainShare / bestGain,
    value: gainShare,
  }),
  'MATCH-HEIGHT': ({ demand: { wantHeightM: wanted }, candidate }) => {
    const value = nearestHeight(candidate, wanted);
    if (wanted === null) return { part: 1, value };
    const part = value === null ? UNKNOWN_PART : Math.max(0, 1 - Math.abs(value - wanted) / wanted);
    return { part, value, wanted };
  },
  'MATCH-FORM': ({ demand: { form: wanted }, candidate: { resourceType } }) => {
    const structure = findResourceType(resourceType ?? '')?.structure ?? null;
    const value = resourceType;
    if (structure === null && resourceType !== null) {
      const isIndoor = wanted === '室分' && indoorTypes.includes(resourceType);
      return { part: isIndoor ? 1 : 0, value, wanted, blocks: !isIndoor };
    }
    if (wanted === null) return { part: 1, value };
    if (structure === null) return { part: UNKNOWN_PART, value, wanted };
    const part = formParts[wanted][structure];
    return { part, value, wanted, blocks: part === 0 };
  },
  'MATCH-POWER': ({ candidate: { powerMode, powerDistanceM } }) => {
    const { part, value } = partOfWord(powerMode, powerParts);
    // what stands there has its power; only a line that must be brought in has a length that counts
    const away = powerMode === '待引入' ? Math.min(1, (powerDistanceM ?? 0) / FARTHEST_POWER_M) : 0;
    return { part: part * (1 - away), value };
  },
  'MATCH-FIBRE': ({ candidate: { fibre } }) => partOfWord(fibre, fibreParts),
  'MATCH-FREE': ({ candidate: { freeStatus } }) => partOfWord(freeStatus, freeParts),
  'MATCH-OWNER': ({ candidate: { resourceType } }) => {
    const value = ownerClassOf(findLibraryType(resourceType ?? ''));
    return { part: 1 - ownerClasses.indexOf(value) / (ownerClasses.length - 1), value };
  },
  'MATCH-STRUCTURE': ({ candidate: { structureCheck } }) => ({
    ...partOfWord(structureCheck, structureParts),
    blocks: structureCheck === '不可用',
  }),
  'MATCH-SLOTS': ({ demand: { stations: wanted }, candidate: { slotsFree, state } }) => {
    const value = state === '满载' ? 0 : slotsFree;
    if (value === null) return { part: UNKNOWN_PART, value, wanted };
    return { part: Math.min(1, value / wanted), value, wanted, blocks: value <= 0 };
  },
  'MATCH-CONSTRAINT': ({ candidate: { constraintFlags } }) => ({
    part: Math.max(0, 1 - constraintFlags.length / FLAGS_WORTH_NOTHING),
    value: constraintFlags.join('、'),
    blocks: constraintFlags.some((flag) => blockingFlags.includes(flag)),
  }),
  'MATCH-STATE': ({ candidate: { state } }) => {
    const isOpen = openStates.includes(state);
    return { part: isOpen ? 1 : 0, value: state, blocks: !isOpen };
  },
};

/** Metres: the mounting height nearest to the wish (the highest without one), else whatever the structure reaches of it. */
function nearestHeight(
  { mountHeightsM, totalHeightM }: Pick<MatchCandidate, 'mountHeightsM' | 'totalHeightM'>,
  wanted: number | null,
): number | null {
  if (mountHeightsM === null || mountHeightsM.length === 0)
    return totalHeightM === null ? null : Math.min(totalHeightM, wanted ?? totalHeightM);
  if (wanted === null) return Math.max(...mountHeightsM);
  return mountHeightsM.reduce((best, height) =>
    Math.abs(height - wanted) < Math.abs(best - wanted) ? height : best,
  );
}
