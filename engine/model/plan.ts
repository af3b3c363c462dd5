// A plan: what goes in, and what a person can read out of it. Everything here survives structured clone.
import type { District, TargetArea } from './area.ts';
import type { BuildingSet, DemandPoints, Road } from './buildings.ts';
import type { ClutterRaster } from './clutter-raster.ts';
import type { CoverageRule } from './coverage-rule.ts';
import type { LonLat } from './geometry.ts';
import type { HeightRaster } from './height-raster.ts';
import type { ItemSharing, SharingTotals } from './operator-plan.ts';
import type { PlanScenario, ScenarioTotal } from './plan-scenario.ts';
import type { RadioOptions } from './radio-options.ts';
import type { Site } from './site.ts';
import type { ChosenConfiguration, SiteConfiguration } from './site-configuration.ts';

export const weightWords = ['area', 'people', 'roads'] as const;
/** What a bin weighs in the target share: its ground, the people in it, or the metres of public road in it. */
export type WeightBy = (typeof weightWords)[number];

/** Ground that counts more than the rest. */
export interface KeyArea {
  readonly geometry: TargetArea['geometry'];
  /** 1..100: what a place inside counts as; the largest where key areas overlap. */
  readonly factor: number;
}

/** Lines that a plan may have to serve by their length: all roads of one name or of one class, a railway, a waterway. */
export interface Corridor {
  readonly id: string;
  readonly name: string;
  /** In any order and direction; lines drawn twice count twice. */
  readonly lines: readonly (readonly LonLat[])[];
}

/** Everything coverage needs. The choice of sites (PlanChoice) can change without computing this again. */
export interface PlanInput {
  readonly areas: readonly TargetArea[];
  readonly districts: readonly District[];
  readonly sites: readonly Site[];
  /** `null`: no building data here, so line of sight is a probability. */
  readonly buildings: BuildingSet | null;
  /** Ground heights, finest first where they overlap; empty: the ground is taken as flat. */
  readonly terrain: readonly HeightRaster[];
  /** What stands on open ground, for profile models; may be empty. */
  readonly clutter: readonly ClutterRaster[];
  /** People at points; `null` when unknown (then people figures are null). */
  readonly demand: DemandPoints | null;
  /** Ground taken out of the target areas (water). */
  readonly excluded: readonly TargetArea['geometry'][];
  readonly profileId: string;
  readonly thresholdDbm: number;
  readonly binSizeM: number;
  readonly weightBy: WeightBy;
  /** Read when bins weigh their roads; empty otherwise. */
  readonly roads: readonly Road[];
  /** Empty: all ground counts alike. */
  readonly keyAreas: readonly KeyArea[];
  /** What `corridorShares` may name; says nothing about coverage. */
  readonly corridors: readonly Corridor[];
  readonly radio: RadioOptions;
  /** Ways to equip a candidate, of which at most one opens; empty: every site as it is listed. */
  readonly configurations: readonly SiteConfiguration[];
}

/** A duty of one target area beside the whole: its own share of its own weight. */
export interface AreaShare {
  readonly areaId: string;
  /** 0..1. */
  readonly share: number;
}

/** A duty of one corridor: the share of its metres inside the areas. */
export interface CorridorShare {
  readonly corridorId: string;
  /** 0..1. */
  readonly share: number;
}

export const serverCounts = [2, 3, 4] as const;
export const serverRules = ['graded', 'strict'] as const;

/** Capacity: how many sites have to serve a bin, each with its median level at or above the threshold. Existing stations count. */
export interface ServerDuty {
  readonly least: (typeof serverCounts)[number];
  /** graded: a bin counts for `min(servers, least) / least`. strict: nothing below `least`, all from there. */
  readonly counts: (typeof serverRules)[number];
}

export const quotaKinds = ['district', 'town', 'owner', 'structure', 'resourceType', 'buildMode'] as const;
export type QuotaKind = (typeof quotaKinds)[number];

/** A limit on the new sites that have one thing in common: a district code, a town code, an owner, a form, … */
export interface Quota {
  readonly by: QuotaKind;
  readonly value: string;
  /** New sites at the least and at the most, whole yuan at the most; null: no limit. */
  readonly leastSites: number | null;
  readonly mostSites: number | null;
  readonly mostCostCny: number | null;
}

/** Least distance to the next open site, metres, by what carries the antenna; between two kinds the smaller one holds. 0: none. */
export interface Spacing {
  readonly poleM: number;
  readonly roofM: number;
  readonly towerM: number;
}

/** A year or another stretch of the roll-out. Everything counts from the beginning: shares, yuan and sites are cumulative. */
export interface PlanPhase {
  readonly name: string;
  /** 0..1 at the end of the phase; null: no duty before the last phase. */
  readonly targetShare: number | null;
  /** Areas that come first: their own shares at the end of the phase. */
  readonly areaShares: readonly AreaShare[];
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
}

export const effortWords = ['quick', 'thorough', 'deep', 'exact'] as const;
/**
 * quick: greedy and a rough bound · thorough: prices and local search · deep: six times that · exact: a complete search with
 * a proof, for small areas (needs a solver, see choose-exactly.ts).
 */
export type EffortWord = (typeof effortWords)[number];

export const siteOrders = ['price', 'build-mode'] as const;
/** price: the cheapest plan. build-mode: 直接利用 before 改造 before 替换 before 新建, whatever that costs. */
export type SiteOrder = (typeof siteOrders)[number];

/** What a choice may ask for beyond a share and limits. */
export interface ChoiceRules {
  readonly areaShares: readonly AreaShare[];
  readonly quotas: readonly Quota[];
  readonly spacing: Spacing | null;
  readonly siteOrder: SiteOrder;
  /** Empty: everything at once. The last phase ends at the plan's own share and limits. */
  readonly phases: readonly PlanPhase[];
  readonly effort: EffortWord;
  /** Stay near this plan: open and close as little as the refused and locked sites demand. null: choose afresh. */
  readonly keepSiteIds: readonly string[] | null;
  /** All shares asked for, of the whole, of areas, corridors and phases, are then of ground with that many servers. null: one is enough. */
  readonly servers: ServerDuty | null;
  readonly corridorShares: readonly CorridorShare[];
  /** The plan holds every share that is asked for in each of them as well; money is that of the plan. Empty: as things are. */
  readonly scenarios: readonly PlanScenario[];
}

/** Nothing special asked for. */
export const plainChoice: ChoiceRules = {
  areaShares: [],
  quotas: [],
  spacing: null,
  siteOrder: 'price',
  phases: [],
  effort: 'thorough',
  keepSiteIds: null,
  servers: null,
  corridorShares: [],
  scenarios: [],
};

/** What was asked for, the rest plain. */
export function choiceRulesOf(
  asked: {
    readonly [K in keyof ChoiceRules]?: ChoiceRules[K] | undefined;
  },
): ChoiceRules {
  return {
    areaShares: asked.areaShares ?? plainChoice.areaShares,
    quotas: asked.quotas ?? plainChoice.quotas,
    spacing: asked.spacing ?? plainChoice.spacing,
    siteOrder: asked.siteOrder ?? plainChoice.siteOrder,
    phases: asked.phases ?? plainChoice.phases,
    effort: asked.effort ?? plainChoice.effort,
    keepSiteIds: asked.keepSiteIds ?? plainChoice.keepSiteIds,
    servers: asked.servers ?? plainChoice.servers,
    corridorShares: asked.corridorShares ?? plainChoice.corridorShares,
    scenarios: asked.scenarios ?? plainChoice.scenarios,
  };
}

/** What the selection may do with the coverage. */
export interface PlanChoice extends ChoiceRules {
  readonly rule: CoverageRule;
  /** 0..1 of the total weight; the rule's share unless a person set another. */
  readonly targetShare: number;
  /** Whole yuan, or null for no limit. */
  readonly budgetCny: number | null;
  /** New sites at the most, or null. */
  readonly maxSites: number | null;
  /** Refused (不同意) or struck sites: never chosen. */
  readonly refusedSiteIds: readonly string[];
  /** Chosen whatever they add, before everything else but existing stations. */
  readonly lockedSiteIds: readonly string[];
}

export const planStatuses = [
  'reached',
  'budget-spent',
  'count-reached',
  'not-reachable',
  'rules-bind',
] as const;
/** rules-bind: spacing or quotas keep the share out of reach, not radio. */
export type PlanStatus = (typeof planStatuses)[number];

export const placementRules = ['existing', 'locked', 'target-gain', 'budget-gain', 'group-least'] as const;
/** Why a site is in the plan. group-least: a quota asks for it. */
export type PlacementRule = (typeof placementRules)[number];

export interface PlanItem {
  readonly siteId: string;
  /** 1 for the first new site; 0 for existing stations. */
  readonly rank: number;
  readonly status: 'existing' | 'new';
  readonly placedBy: PlacementRule;
  readonly costCny: number;
  /** What the site added when it was taken, in order. */
  readonly gainBins: number;
  readonly gainWeightShare: number;
  readonly gainPeople: number | null;
  /** Share reached after this site. */
  readonly shareAfter: number;
  /** What would be lost without it in the finished plan. */
  readonly uniqueWeightShare: number;
  readonly uniquePeople: number | null;
  /** Bins that it alone covers in the binary sense; null in plans of versions that did not count them. */
  readonly uniqueBins: number | null;
  /** What would come in its stead; null where that was not looked at. */
  readonly replacement: SiteReplacement | null;
  /** The sites not chosen that it made least useful, largest loss first: what it displaced. */
  readonly displaced: readonly DisplacedSite[];
  /** Index of the phase it is built in; 0 without phases and for existing stations. */
  readonly phase: number;
  /** What it is equipped with; null: as listed. */
  readonly configuration: ChosenConfiguration | null;
  /** Which operators, and what each pays; left out or null in a plan for one. */
  readonly sharing?: ItemSharing | null;
}

export interface DisplacedSite {
  readonly siteId: string;
  /** Share of this candidate's own possible gain that the chosen site took away, 0..1. */
  readonly overlapShare: number;
  /** Candidate's price minus the chosen site's price. */
  readonly extraCostCny: number;
}

/** What the plan becomes without one of its sites. */
export interface SiteReplacement {
  /** Yuan more for the cheapest plan found without it, shares restored; null when its neighbours cannot restore them. */
  readonly extraCostCny: number | null;
  /** Those that end most of the shortage first. */
  readonly substitutes: readonly SubstituteSite[];
}

export interface SubstituteSite {
  readonly siteId: string;
  /** Part of what would be missing that this one gives, 0..1. */
  readonly endsShare: number;
  /** Yuan more for the plan with this one instead, shares restored; null when neighbours cannot restore them. */
  readonly extraCostCny: number | null;
  /** Sites that it needs beside it, and those that may go with it. */
  readonly alsoOpened: readonly string[];
  readonly alsoClosed: readonly string[];
}

export interface AreaTotal {
  /** Area id or district code. */
  readonly id: string;
  readonly name: string;
  readonly bins: number;
  readonly areaKm2: number;
  readonly people: number | null;
  readonly newSites: number;
  readonly existingSites: number;
  readonly costCny: number;
  /** Mean coverage probability over the weight. */
  readonly coveredShare: number;
  /** Share of weight whose median level is at or above the threshold. */
  readonly coveredShareBinary: number;
  /** Before any new site. */
  readonly existingShare: number;
  readonly coveredPeople: number | null;
}

export const uncoveredReasons = [
  'no-candidate-near',
  'blocked',
  'too-weak',
  'refused',
  'not-needed',
  'limit',
] as const;
/**
 * no-candidate-near: no candidate within its service radius · blocked: candidates near, all hidden by buildings ·
 * too-weak: seen, but below the threshold · refused: only refused sites reach it · not-needed: reachable, the target
 * was reached without it · limit: reachable, budget or count was spent.
 */
export type UncoveredReason = (typeof uncoveredReasons)[number];

/** Neighbouring uncovered bins with the same reason. */
export interface UncoveredPatch {
  readonly id: number;
  readonly reason: UncoveredReason;
  readonly bins: number;
  readonly areaM2: number;
  readonly people: number | null;
  readonly position: LonLat;
  /** Candidates that reach at least one of its bins, best first, at the most five. */
  readonly reachableBySiteIds: readonly string[];
}

/** Outside the areas, wholly under a roof, or reached by nobody. */
export const NO_LEVEL = -32_768;

/** A georeferenced raster of the result in the local metric zone, row 0 in the north. */
export interface CoverageRaster {
  readonly epsg: number;
  readonly westM: number;
  readonly northM: number;
  readonly binSizeM: number;
  readonly columns: number;
  readonly rows: number;
  /** Best SS-RSRP in 0.1 dBm; -32768 outside the areas or unserved. */
  readonly level: Int16Array;
  /** Grade of the best coverage probability (coverage/probability-grades.ts); 255 outside the areas. */
  readonly grade: Uint8Array;
  /** Index into `siteIds` of the best server; 65535 none. */
  readonly server: Uint16Array;
  readonly siteIds: readonly string[];
  /** 0 covered or outside; otherwise 1 + index into `uncoveredReasons`. */
  readonly uncovered: Uint8Array;
  /** Radio quality with all open sites on air; null in plans of versions that did not compute it. */
  readonly quality: CoverageQuality | null;
}

/** Per square of the raster frame. Tenths; `NO_LEVEL` (-32768) where nothing is served. */
export interface CoverageQuality {
  /** SS-SINR of the strongest sector, 0.1 dB: all sectors send their SSB at once, whatever the traffic. */
  readonly ssSinr: Int16Array;
  /** SINR of data with the neighbours at their load, 0.1 dB. */
  readonly pdschSinr: Int16Array;
  /** Expected downlink rate of one user alone in the cell, Mbps. */
  readonly downlinkMbps: Uint16Array;
  /** Uplink budget minus path loss, 0.1 dB: at or above 0 the uplink holds. */
  readonly uplinkMargin: Int16Array;
  /** SS-RSRP indoors, one mean depth behind the facade, 0.1 dBm. */
  readonly indoorLevel: Int16Array;
  /** Sites whose level is at or above the plan's threshold, 255 at the most. */
  readonly servers: Uint8Array;
}

/** Input that a plan could not use. The rest was computed without it. */
export interface LeftOut {
  /** COVERAGE_SITE_HEIGHT: no antenna height, or none between 0 and 1000 m. */
  readonly code: 'COVERAGE_SITE_HEIGHT';
  readonly sites: number;
  /** The first twenty by id. */
  readonly siteIds: readonly string[];
}

/** Bins whose best server is used outside what its model states. The formula is clamped or continued there; see the marks. */
export interface RangeMark {
  /** Model and quantity: `UMi` at a base height of 6 m, `UMa` nearer than 10 m. */
  readonly model: string;
  readonly quantity:
    | 'frequency'
    | 'distance'
    | 'baseHeight'
    | 'userHeight'
    | 'buildingHeight'
    | 'streetWidth';
  readonly bins: number;
}

/** Shares of the outdoor weight with all open sites on air, and what they were computed with. */
export interface QualitySummary {
  /** Neighbour load of the data channel, 0..1. */
  readonly load: number;
  /** At or above -3 dB (quality gate) and 0 dB (strict). */
  readonly ssSinrShare: number;
  readonly ssSinrStrictShare: number;
  readonly meanDownlinkMbps: number;
  /** Where the uplink budget holds. */
  readonly uplinkShare: number;
  /** Indoor level at or above the plan's threshold, by median. */
  readonly indoorShare: number;
  readonly indoorBuilding: 'low' | 'high';
  /** Bins that more than one site serves at or above the threshold. */
  readonly overlapShare: number;
}

/** How far the plan can be from the best one at the most; see selection/certificate.ts. */
export interface PlanCertificate {
  /** cost: no plan that reaches the shares costs less. covered: no plan within the limits covers more. */
  readonly kind: 'cost' | 'covered';
  /** Whole yuan, or share 0..1. */
  readonly bound: number;
  /** Relative to the bound, or to the share of the plan; null where the bound is 0. */
  readonly gap: number | null;
  readonly method: 'prices' | 'exact' | 'counted';
  readonly optimal: boolean;
  readonly priceSteps: number;
  /** Yuan that the last percentage point of the whole is worth at the margin; null when the share costs nothing. */
  readonly lastPointCny: number | null;
}

/** One phase of a finished plan; cumulative like what was asked. */
export interface PhaseTotal {
  readonly name: string;
  readonly sites: number;
  readonly costCny: number;
  readonly coveredShare: number;
  readonly targetShare: number | null;
  readonly reached: boolean;
  /** No plan within the limits of this phase covers more, nested or not; null: no limit. */
  readonly boundShare: number | null;
}

/** What was asked of an area, and what came of it. */
export interface AreaDuty extends AreaShare {
  readonly coveredShare: number;
  /** What all usable candidates together would reach there. */
  readonly bestShare: number;
}

/** A stretch of a corridor inside the areas that the plan leaves unserved. */
export interface CorridorGap {
  /** Place among the joined lines of the corridor, longest first, from 1. */
  readonly line: number;
  /** Chainage: whole metres along the line from where it first enters the areas, counted from its western end. */
  readonly fromM: number;
  readonly toM: number;
  /** Its middle. */
  readonly position: LonLat;
}

/** What was asked of a corridor, and what came of it. Shares are of its metres. */
export interface CorridorDuty extends CorridorShare {
  readonly name: string;
  /** Metres inside the areas and in the open. */
  readonly lengthM: number;
  readonly coveredShare: number;
  /** What all usable candidates together would reach. */
  readonly bestShare: number;
  /** Metres whose median level is at or above the threshold; with `servers` those that enough sites serve so. */
  readonly coveredShareBinary: number;
  /** Lines after those that meet end to end were joined. */
  readonly lines: number;
  /** Along the lines; of very many the longest. */
  readonly gaps: readonly CorridorGap[];
  readonly gapsLeftOut: number;
}

/** A duty of several servers, and what came of it. Counted bin by bin from the footprints. */
export interface ServerTotal extends ServerDuty {
  /** Share of the weight that enough sites serve, as `counts` says. */
  readonly coveredShare: number;
  /** All usable candidates together. */
  readonly bestShare: number;
  /** Before any new site. */
  readonly existingShare: number;
}

export const reachLimits = ['refused', 'spacing', 'groups', 'budget', 'count'] as const;

/** A limit that the plan has, lifted alone. */
export interface LiftedPlanLimit {
  readonly limit: (typeof reachLimits)[number];
  /** What a quick plan covers then, never below the plan itself. */
  readonly share: number;
  readonly reached: boolean;
  /** True when the plan gains by it. */
  readonly binds: boolean;
}

/** Sites that the plan may not use, by what they are. */
export interface PlanReachClass {
  /** refused: by people · unavailable: the list says so. */
  readonly why: 'refused' | 'unavailable';
  /** null: the types that are too few to be told apart. */
  readonly resourceType: string | null;
  readonly sites: number;
  /** What all candidates together would reach more with this class, and bins that nobody reached before. */
  readonly extraShare: number;
  readonly newBins: number;
  /** Whether it brings every share that is asked for within reach, limits aside; false where they are already. */
  readonly suffices: boolean;
}

/** Why a plan falls short of what is asked for. Shares 0..1 of the whole. */
export interface PlanReach {
  /** `1 - bestShare` by reason: no candidate serves the ground, only refused ones do, or all together serve it but not fully. */
  readonly missing: { readonly nobody: number; readonly refused: number; readonly partly: number };
  readonly nobodyBins: number;
  readonly refusedBins: number;
  /** The limits that the plan has, and what all of them lifted together would give; null without limits. */
  readonly limits: readonly LiftedPlanLimit[];
  readonly unlimited: { readonly share: number; readonly reached: boolean } | null;
  /** Largest gain first. */
  readonly classes: readonly PlanReachClass[];
}

export interface PlanSummary {
  readonly status: PlanStatus;
  /** null: the plan is reached, or of a version that did not look. */
  readonly reach: PlanReach | null;
  readonly certificate: PlanCertificate;
  readonly phases: readonly PhaseTotal[];
  readonly duties: readonly AreaDuty[];
  readonly corridors: readonly CorridorDuty[];
  /** The plan's own assumptions (BASE_SCENARIO), then the scenarios it holds in; empty for a plan without scenarios. */
  readonly scenarios: readonly ScenarioTotal[];
  /**
   * null: one server is enough. Otherwise what was asked for, `certificate`, `reach`, `phases`, `duties`, `corridors` and the gains of the
   * rows are of this share; `coveredShare`, `existingShare`, `bestShare`, people, areas and raster are of one server as always.
   */
  readonly servers: ServerTotal | null;
  readonly candidates: number;
  readonly existingSites: number;
  readonly bins: number;
  /** Bins wholly under roofs: outdoor rules do not count them. */
  readonly indoorBins: number;
  readonly areaKm2: number;
  /** New sites chosen. */
  readonly sites: number;
  readonly costCny: number;
  readonly targetShare: number;
  readonly coveredShare: number;
  readonly coveredShareBinary: number;
  readonly existingShare: number;
  /** The share all usable candidates together would reach. */
  readonly bestShare: number;
  readonly people: number | null;
  readonly coveredPeople: number | null;
  /** Buildings whose height was assumed. */
  readonly assumedHeights: number;
  /** Open sites whose antenna is lower than the roof of the building it stands in; that building is taken as open to it. */
  readonly insideBuildings: number;
  /** Bare ground: 'flat', or 'terrain' from height models. */
  readonly ground: 'flat' | 'terrain';
  /** Surface cells whose ground height was missing and was taken from the nearest known cell. */
  readonly groundHoles: number;
  readonly leftOut: readonly LeftOut[];
  readonly quality: QualitySummary;
  readonly outOfRange: readonly RangeMark[];
  /** How line of sight was decided. */
  readonly lineOfSight: 'buildings' | 'probability';
  readonly epsg: number;
  readonly ruleWord: string;
  readonly thresholdDbm: number;
  readonly profileId: string;
  readonly weightBy: WeightBy;
  /**
   * Left out or null in a plan for one operator. With several, shares and people are means over the operators, each a whole; levels, quality
   * and what is missing are of the first of them.
   */
  readonly sharing?: SharingTotals | null;
}

export interface PlanResult {
  /** SHA-256 over every input, in hex. Equal fingerprints mean equal plans. */
  readonly fingerprint: string;
  readonly engineVersion: string;
  readonly summary: PlanSummary;
  readonly items: readonly PlanItem[];
  readonly areas: readonly AreaTotal[];
  readonly districts: readonly AreaTotal[];
  readonly uncovered: readonly UncoveredPatch[];
  readonly raster: CoverageRaster;
}

export const planSteps = ['grid', 'coverage', 'selection', 'plan'] as const;
export type PlanStep = (typeof planSteps)[number];

export interface PlanProgress {
  readonly step: PlanStep;
  /** Done and to do, in the step's own units (bins, candidates, sites). */
  readonly done: number;
  readonly total: number;
  /** Of the step `selection`: what it is doing, the cheapest plan so far and the best bound, null before there is one. */
  readonly stage?: 'greedy' | 'prices' | 'improve' | 'exact';
  readonly costCny?: number | null;
  readonly bound?: number | null;
}
/** Called between slices of work; throw inside to stop the run. */
export type OnProgress = (progress: PlanProgress) => void;
