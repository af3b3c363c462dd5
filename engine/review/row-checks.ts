// The automatic checks of a row of a review batch (domain reference, 8.3 and 9): each says pass, warn, fail or unknown, with the facts it
// went by. Nothing is decided here: `fail` is a reason to look, and where the data are missing a check says so instead of passing.
import { screenExposure } from '../coverage/screen-exposure.ts';
import { type EquipmentProfile, stationFormOf } from '../model/equipment-profile.ts';
import type { BuildMode, SiteStructure } from '../model/site.ts';

export const rowCheckIds = [
  'CHECK-TERRITORY',
  'CHECK-DUPLICATE',
  'CHECK-CONSTRAINT',
  'CHECK-CONSENT',
  'CHECK-OPEN',
  'CHECK-SHARING',
  'CHECK-EMF',
  'CHECK-EARTH-STATION',
] as const;
export type RowCheckId = (typeof rowCheckIds)[number];

export const rowCheckResults = ['pass', 'warn', 'fail', 'unknown'] as const;
export type RowCheckResult = (typeof rowCheckResults)[number];

export interface RowCheck {
  readonly id: RowCheckId;
  readonly result: RowCheckResult;
  /** Which of the sentences of this check holds: key of its words. */
  readonly because: string;
  /** What the sentence names: metres, codes, flags. Never a place. */
  readonly facts: Readonly<Record<string, string | number | readonly string[] | null>>;
}

/** Editable values of domain reference 8.3, metres. */
export interface RowCheckRules {
  readonly duplicateRadiusM: number;
  readonly towerSpacingSettlementM: number;
  readonly towerSpacingOtherM: number;
}

export interface NearbyPlace {
  /** row: of this batch or another open one · station: stands already */
  readonly kind: 'row' | 'station';
  /** Null: of another district, whose codes are its own. */
  readonly code: string | null;
  readonly distanceM: number;
}

export interface RowCheckFacts {
  /** District of the batch, and the one whose outline holds the place; null: in none. */
  readonly districtCode: string;
  readonly foundDistrictCode: string | null;
  /** False: no outline of the batch's district is stored. */
  readonly outlineKnown: boolean;
  /** Within the radius of the rule, nearest first. */
  readonly nearby: readonly NearbyPlace[];
  /** Of the library; null: the site is not in it. */
  readonly constraintFlags: readonly string[] | null;
  /** Kinds of the stored areas that hold the place. */
  readonly areaKinds: readonly string[];
  readonly consent: 'confirmed' | 'whitelisted' | 'missing' | null;
  readonly resourceState: string | null;
  readonly slotsFree: number | null;
  readonly operators: number;
  /** Of these operators, those a tower company holds a claim for at this very resource: their slots are taken by the row itself. */
  readonly operatorsClaimed: number;
  readonly structure: SiteStructure;
  readonly buildMode: BuildMode;
  readonly heightM: number;
  /** To the next tower, standing or proposed; null: none within the wider spacing. */
  readonly towerM: number | null;
  /** Buildings within 200 m; null: no buildings are stored around here. */
  readonly buildingsAround: number | null;
  /** Horizontally to the next building that is as high as the antenna, its own left out; null: none within 250 m. */
  readonly tallBuildingM: number | null;
  /** Buildings within 250 m whose height nobody knows. */
  readonly buildingsWithoutHeight: number;
  readonly profile: EquipmentProfile | null;
}

/** All checks, in the order of `rowCheckIds`. */
export function checkRow(facts: RowCheckFacts, rules: RowCheckRules): RowCheck[] {
  return [
    checkTerritory(facts),
    checkDuplicate(facts, rules),
    checkConstraint(facts),
    checkConsent(facts),
    checkOpen(facts),
    checkSharing(facts, rules),
    checkEmf(facts),
    checkEarthStation(facts),
  ];
}

const said =
  (id: RowCheckId) =>
  (result: RowCheckResult, because: string, facts: RowCheck['facts'] = {}): RowCheck => ({
    id,
    result,
    because,
    facts,
  });

function checkTerritory({ districtCode, foundDistrictCode, outlineKnown }: RowCheckFacts): RowCheck {
  const say = said('CHECK-TERRITORY');
  if (foundDistrictCode === districtCode) return say('pass', 'inside');
  if (!outlineKnown) return say('unknown', 'no-outline');
  return say('fail', 'outside', { districtCode, foundDistrictCode });
}

/** The same resource twice is one proposal too many; two places close together may still be meant. */
function checkDuplicate({ nearby }: RowCheckFacts, { duplicateRadiusM }: RowCheckRules): RowCheck {
  const say = said('CHECK-DUPLICATE');
  const [nearest] = nearby;
  if (!nearest) return say('pass', 'none', { radiusM: duplicateRadiusM });
  const facts = {
    radiusM: duplicateRadiusM,
    distanceM: roundM(nearest.distanceM),
    kind: nearest.kind,
    codes: nearby.flatMap(({ code }) => (code === null ? [] : [code])),
    places: nearby.length,
  };
  return nearby.some(({ kind, distanceM }) => kind === 'row' && distanceM < SAME_PLACE_M)
    ? say('fail', 'same-place', facts)
    : say('warn', 'near', facts);
}

/** Two lists that mean one place differ by the last digit of their degrees. */
const SAME_PLACE_M = 1;

/** Ground nothing is built on without leave of another authority; the other flags ask for care. */
const barredFlags: readonly string[] = ['文保', '基本农田', '生态红线', '禁建区'];
const flaggedKinds: readonly string[] = ['禁建区', '限建区', '生态红线', '基本农田', '干扰协调区'];

function checkConstraint({ constraintFlags, areaKinds }: RowCheckFacts): RowCheck {
  const say = said('CHECK-CONSTRAINT');
  const flags = [
    ...new Set([...(constraintFlags ?? []), ...areaKinds.filter((kind) => flaggedKinds.includes(kind))]),
  ].filter((flag) => flag !== COORDINATION_ZONE);
  if (flags.some((flag) => barredFlags.includes(flag))) return say('fail', 'barred', { flags });
  if (flags.length > 0) return say('warn', 'flagged', { flags });
  return constraintFlags === null ? say('unknown', 'not-in-library') : say('pass', 'none');
}

function checkConsent({ consent }: RowCheckFacts): RowCheck {
  const say = said('CHECK-CONSENT');
  if (consent === null) return say('unknown', 'not-in-library');
  return consent === 'missing' ? say('fail', 'missing') : say('pass', consent);
}

function checkOpen({ resourceState, slotsFree, operators, operatorsClaimed }: RowCheckFacts): RowCheck {
  const say = said('CHECK-OPEN');
  if (resourceState === null) return say('unknown', 'not-in-library');
  const facts = { state: resourceState, slotsFree, operators };
  if (['暂停', '退出'].includes(resourceState)) return say('fail', 'closed', facts);
  if (operatorsClaimed > 0 && operatorsClaimed >= operators) return say('pass', 'claimed', facts);
  const wanted = Math.max(operators - operatorsClaimed, 1);
  if (resourceState === '满载' || (slotsFree !== null && slotsFree < wanted))
    return say('fail', 'full', facts);
  if (['待定位', '待产权确认'].includes(resourceState)) return say('warn', 'not-open', facts);
  return say('pass', 'open', facts);
}

/** That many buildings within 200 m make a settlement: about one to a hectare. */
const SETTLEMENT_BUILDINGS = 12;

/** A new ground tower near another tower: 能共享不新建 (8.3.3). Between the two distances it depends on whether people live here. */
function checkSharing(
  { structure, buildMode, towerM, buildingsAround }: RowCheckFacts,
  { towerSpacingSettlementM, towerSpacingOtherM }: RowCheckRules,
): RowCheck {
  const say = said('CHECK-SHARING');
  if (structure !== 'tower' || buildMode !== '新建') return say('pass', 'no-new-tower');
  const isSettlement = buildingsAround === null ? null : buildingsAround >= SETTLEMENT_BUILDINGS;
  const spacingM = isSettlement ? towerSpacingSettlementM : towerSpacingOtherM;
  if (towerM === null) return say('pass', 'alone', { spacingM });
  const facts = { distanceM: roundM(towerM), spacingM };
  if (towerM >= spacingM) return say('pass', 'apart', facts);
  if (isSettlement === null && towerM >= towerSpacingSettlementM)
    return say('unknown', 'settlement-unknown', facts);
  return say('fail', 'near-tower', facts);
}

/** YD 5039-2009, an advisory: no sensitive building as high as the antenna within 30 m. */
const ADVISORY_M = 30;

/**
 * Horizontal distance to the next building as high as the antenna against the distances of the screening (GB 8702-2014, and the
 * management value of HJ/T 10.3), both at mean load. For choosing where to measure, never a verdict: 仅供筛查，以实测为准.
 */
function checkEmf(facts: RowCheckFacts): RowCheck {
  const { profile, structure, tallBuildingM, buildingsAround, buildingsWithoutHeight, heightM } = facts;
  const say = said('CHECK-EMF');
  const mean = profile && screenExposure(profile, stationFormOf(profile, structure)).rows.at(-1)!;
  const known = {
    buildingM: tallBuildingM === null ? null : roundM(tallBuildingM),
    heightM,
    limitM: mean && roundM(mean.limitM),
    projectLimitM: mean && roundM(mean.projectLimitM),
    advisoryM: ADVISORY_M,
    profile: profile?.id ?? null,
    buildingsWithoutHeight,
  };
  if (tallBuildingM !== null && mean && tallBuildingM < mean.limitM)
    return say('fail', 'within-limit', known);
  if (tallBuildingM !== null && tallBuildingM < Math.max(mean?.projectLimitM ?? 0, ADVISORY_M))
    return say(
      'warn',
      mean && tallBuildingM < mean.projectLimitM ? 'within-project-limit' : 'advisory',
      known,
    );
  if (facts.constraintFlags?.includes('敏感目标')) return say('warn', 'sensitive', known);
  if (buildingsAround === null) return say('unknown', 'no-buildings', known);
  if (!mean) return say('unknown', 'no-equipment', known);
  if (buildingsWithoutHeight > 0) return say('unknown', 'no-heights', known);
  return say('pass', 'beyond', known);
}

const COORDINATION_ZONE = '干扰协调区';
/** Shared with satellite earth stations and others (工信部无〔2018〕266号). */
const coordinatedGhz: readonly (readonly [from: number, to: number])[] = [
  [3.3, 4.2],
  [4.5, 5],
];

/** Where the earth stations stand is controlled data and not in the store: a flag is all there is. */
function checkEarthStation({ constraintFlags, areaKinds, profile }: RowCheckFacts): RowCheck {
  const say = said('CHECK-EARTH-STATION');
  const frequencyMhz = profile && Math.round(profile.frequencyGhz * 1000);
  const isCoordinated =
    profile &&
    coordinatedGhz.some(([from, to]) => profile.frequencyGhz >= from && profile.frequencyGhz <= to);
  if (profile && !isCoordinated) return say('pass', 'other-band', { frequencyMhz });
  if (constraintFlags?.includes(COORDINATION_ZONE) || areaKinds.includes(COORDINATION_ZONE))
    return say('warn', 'coordination-zone', { frequencyMhz });
  return say('unknown', 'no-stations', { frequencyMhz });
}

const roundM = (distanceM: number): number => Math.round(distanceM * 10) / 10;
