// Plans as the API speaks of them: the request, the job, the result, its rows and the site card.
import { type Static, Type } from 'typebox';
import {
  effortWords,
  existingRules,
  MOST_SCENARIOS,
  placementRules,
  planStatuses,
  priceFactorKinds,
  quotaKinds,
  reachLimits,
  reviewDecisions,
  reviewReasonCodes,
  scenarioRanges,
  serverCounts,
  serverRules,
  siteOrders,
  stationModels,
  uncoveredReasons,
  weightWords,
} from '../../engine/index.ts';
import { radioJsonSchema } from './antennas.ts';
import { chosenConfigurationJsonSchema, siteConfigurationsSchema } from './configurations.ts';
import { planOfficeBriefSchema } from './plan-approval.ts';
import { idSchema, lonLatSchema, nameSchema, nullable, oneOf, strictObject } from './shared.ts';
import { siteJsonSchema } from './sites.ts';

const rangeQuantities = [
  'frequency',
  'distance',
  'baseHeight',
  'userHeight',
  'buildingHeight',
  'streetWidth',
] as const;

const shareSchema = Type.Number({ minimum: 0, maximum: 1 });
const yuanSchema = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 });
const sitesSchema = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const distanceSchema = Type.Number({ minimum: 0, maximum: 50_000 });

export const quotaJsonSchema = strictObject({
  by: oneOf(quotaKinds),
  /** A district code, a town code, an owner, … as the sites carry it. */
  value: Type.String({ minLength: 1, maxLength: 200 }),
  leastSites: nullable(sitesSchema),
  mostSites: nullable(sitesSchema),
  mostCostCny: nullable(yuanSchema),
});

export const spacingJsonSchema = strictObject({
  poleM: distanceSchema,
  roofM: distanceSchema,
  towerM: distanceSchema,
});

const areaShareJsonSchema = strictObject({ areaId: idSchema, share: shareSchema });

export const phaseJsonSchema = strictObject({
  name: nameSchema(100),
  targetShare: nullable(shareSchema),
  /** Areas that come first. */
  areaShares: Type.Array(areaShareJsonSchema, { maxItems: 200 }),
  /** Cumulative, like the number of sites. */
  budgetCny: nullable(yuanSchema),
  maxSites: nullable(sitesSchema),
});

/** Ground counts when that many sites serve it, existing ones included. */
const serverDutySchema = strictObject({
  least: Type.Unsafe<(typeof serverCounts)[number]>({ type: 'integer', enum: [...serverCounts] }),
  /** graded: `min(servers, least) / least`. strict: all from `least` on, nothing below. */
  counts: oneOf(serverRules),
});

/** `name=沪嘉高速` or `class=trunk`: stored roads of that name or class, as far as they lie inside the areas. */
export const corridorIdSchema = Type.String({ minLength: 6, maxLength: 200, pattern: '^(name|class)=.*\\S' });
const corridorShareJsonSchema = strictObject({ corridorId: corridorIdSchema, share: shareSchema });

export const scenarioJsonSchema = strictObject({
  /** Tells the scenarios of one plan apart; `base` is taken. */
  id: Type.String({ minLength: 1, maxLength: 300 }),
  /** Empty: told by what it moves. */
  name: Type.String({ maxLength: 100 }),
  /** Added to threshold and spread of fading, dB. */
  thresholdDeltaDb: Type.Number({
    minimum: scenarioRanges.thresholdDeltaDb[0],
    maximum: scenarioRanges.thresholdDeltaDb[1],
  }),
  shadowSigmaDeltaDb: Type.Number({
    minimum: scenarioRanges.shadowSigmaDeltaDb[0],
    maximum: scenarioRanges.shadowSigmaDeltaDb[1],
  }),
  weightBy: nullable(oneOf(weightWords)),
  priceFactors: nullable(
    Type.Array(
      strictObject({
        by: oneOf(priceFactorKinds),
        value: Type.String({ minLength: 1, maxLength: 200 }),
        factor: Type.Number({ minimum: scenarioRanges.factor[0], maximum: scenarioRanges.factor[1] }),
      }),
      { maxItems: 50 },
    ),
  ),
});
export type ScenarioJson = Static<typeof scenarioJsonSchema>;

export const planOperatorJsonSchema = strictObject({
  /** One of `mobileOperators`. */
  id: Type.String({ minLength: 1, maxLength: 40 }),
  profileId: Type.String({ minLength: 1, maxLength: 50 }),
  /** 0..1 of the weight, by its own stations. */
  targetShare: Type.Number(),
  existing: Type.Optional(oneOf(existingRules)),
  /** Existing stations where it is on the air by its case; written by the server. */
  existingSiteIds: Type.Optional(Type.Array(idSchema, { maxItems: 100_000 })),
});
export type PlanOperatorJson = Static<typeof planOperatorJsonSchema>;

export const sharingTermsJsonSchema = strictObject({
  /** Percent off for each by the number of operators at a site: one, two, three, four; the last holds for more. */
  percentOff: Type.Array(Type.Number(), { maxItems: 4 }),
  anchorPercentOff: Type.Number(),
  /** Pays less by that much wherever it shares; null: nobody. */
  anchorId: nullable(Type.String({ maxLength: 40 })),
  /** Whole yuan to move in at an existing station of another operator; null: not offered. */
  joinCostCny: nullable(Type.Number()),
  /** Where these prices come from. */
  source: Type.Optional(Type.String({ maxLength: 300 })),
});
export type SharingTermsJson = Static<typeof sharingTermsJsonSchema>;

export const newPlanSchema = strictObject({
  name: nameSchema(200),
  areaIds: Type.Array(idSchema, { minItems: 1, maxItems: 200 }),
  /** A word of the coverage rule table. */
  ruleWord: Type.String({ minLength: 1, maxLength: 50 }),
  /** Override the rule's numbers; null keeps them. */
  thresholdDbm: Type.Optional(nullable(Type.Number({ minimum: -140, maximum: -40 }))),
  targetShare: Type.Optional(nullable(Type.Number({ minimum: 0.01, maximum: 1 }))),
  profileId: Type.String({ minLength: 1, maxLength: 50 }),
  binSizeM: Type.Optional(Type.Integer({ minimum: 5, maximum: 200 })),
  weightBy: Type.Optional(oneOf(weightWords)),
  /** How many times stored areas of the key kinds count (areas.ts); 1 is off. */
  keyAreaFactor: Type.Optional(Type.Number({ minimum: 1, maximum: 100 })),
  budgetCny: Type.Optional(nullable(yuanSchema)),
  maxSites: Type.Optional(nullable(sitesSchema)),
  /** Re-plan: sites reviewed 不同意 in that plan (and the plans it came from) are left out. */
  basedOnPlanId: Type.Optional(nullable(idSchema)),
  refusedSiteIds: Type.Optional(Type.Array(idSchema, { maxItems: 100_000 })),
  lockedSiteIds: Type.Optional(Type.Array(idSchema, { maxItems: 100_000 })),
  /** Duties of single areas of `areaIds`, beside the share of the whole. */
  areaShares: Type.Optional(Type.Array(areaShareJsonSchema, { maxItems: 200 })),
  quotas: Type.Optional(Type.Array(quotaJsonSchema, { maxItems: 200 })),
  /** Least distance between open sites, metres, by structure; 0 is none. */
  spacing: Type.Optional(nullable(spacingJsonSchema)),
  /** build-mode: 直接利用 before 改造 before 替换 before 新建, whatever it costs. */
  siteOrder: Type.Optional(oneOf(siteOrders)),
  /** Capacity: all shares asked for are then of ground that many sites serve. */
  servers: Type.Optional(nullable(serverDutySchema)),
  /** Shares of roads by length (GET /api/roads lists them). */
  corridorShares: Type.Optional(Type.Array(corridorShareJsonSchema, { maxItems: 50 })),
  /** Phases in their order, cumulative; the last one ends at the plan's own share and limits. */
  phases: Type.Optional(Type.Array(phaseJsonSchema, { maxItems: 20 })),
  /** The plan holds what is asked for in each of these as well; money stays that of the plan. */
  scenarios: Type.Optional(Type.Array(scenarioJsonSchema, { maxItems: MOST_SCENARIOS })),
  /** How long the selection may think; a plan says how far from the best it can be at the most. */
  effort: Type.Optional(oneOf(effortWords)),
  /** With `basedOnPlanId`: open and close as few sites as the refusals demand. */
  stayNear: Type.Optional(Type.Boolean()),
  /** Sites to stay near to, with their configuration as `site#configuration`; written by the server when `stayNear` is asked for. */
  keepSiteIds: Type.Optional(
    nullable(Type.Array(Type.String({ minLength: 1, maxLength: 150 }), { maxItems: 100_000 })),
  ),
  /** Models, antenna and what quality is judged with; what is left out stays at its default. */
  radio: Type.Optional(radioJsonSchema),
  /** Ways to equip a candidate, of which at most one opens; none: every site as it is listed. */
  configurations: Type.Optional(siteConfigurationsSchema),
  /**
   * One plan for several operators at once. `profileId` is then that of the first of them, `targetShare` is left out, and what such a plan
   * does not look at is refused.
   */
  operators: Type.Optional(Type.Array(planOperatorJsonSchema, { maxItems: 20 })),
  /** What operators pay where they share; left out or null: the price book of the service. */
  sharing: Type.Optional(nullable(sharingTermsJsonSchema)),
});
export type NewPlanJson = Static<typeof newPlanSchema>;

export const planStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

export const planProgressSchema = strictObject({
  step: oneOf(['load', 'grid', 'coverage', 'selection', 'plan', 'save'] as const),
  done: Type.Number(),
  total: Type.Number(),
  /** While sites are chosen: the cheapest plan so far in yuan, and the bound. */
  stage: Type.Optional(oneOf(['greedy', 'prices', 'improve', 'exact'] as const)),
  costCny: Type.Optional(nullable(Type.Number())),
  bound: Type.Optional(nullable(Type.Number())),
});
export type PlanProgressJson = Static<typeof planProgressSchema>;

/** Shares 0..1 of the outdoor weight with all open sites on air. */
export const qualitySummaryJsonSchema = strictObject({
  load: Type.Number(),
  ssSinrShare: Type.Number(),
  ssSinrStrictShare: Type.Number(),
  meanDownlinkMbps: Type.Number(),
  uplinkShare: Type.Number(),
  indoorShare: Type.Number(),
  indoorBuilding: oneOf(['low', 'high'] as const),
  overlapShare: Type.Number(),
});

/** How far the plan can be from the best one at the most. */
export const certificateJsonSchema = strictObject({
  /** cost: no plan that reaches the shares costs less. covered: no plan within the limits covers more. */
  kind: oneOf(['cost', 'covered'] as const),
  /** Whole yuan, or share 0..1. */
  bound: Type.Number(),
  gap: nullable(Type.Number()),
  method: oneOf(['prices', 'exact', 'counted'] as const),
  optimal: Type.Boolean(),
  priceSteps: Type.Integer(),
  lastPointCny: nullable(Type.Number()),
});
export type CertificateJson = Static<typeof certificateJsonSchema>;

export const phaseTotalJsonSchema = strictObject({
  name: Type.String(),
  sites: Type.Integer(),
  costCny: Type.Integer(),
  coveredShare: Type.Number(),
  targetShare: nullable(Type.Number()),
  reached: Type.Boolean(),
  boundShare: nullable(Type.Number()),
});
export type PhaseTotalJson = Static<typeof phaseTotalJsonSchema>;

export const areaDutyJsonSchema = strictObject({
  areaId: idSchema,
  share: Type.Number(),
  coveredShare: Type.Number(),
  bestShare: Type.Number(),
});

export const corridorDutyJsonSchema = strictObject({
  corridorId: Type.String(),
  name: Type.String(),
  share: Type.Number(),
  /** Metres inside the areas and in the open. */
  lengthM: Type.Number(),
  coveredShare: Type.Number(),
  bestShare: Type.Number(),
  /** Metres whose median level reaches the threshold, of enough sites. */
  coveredShareBinary: Type.Number(),
  lines: Type.Integer(),
  /** By chainage: metres along the line from where it first enters the areas, from its western end. */
  gaps: Type.Array(
    strictObject({
      line: Type.Integer(),
      fromM: Type.Number(),
      toM: Type.Number(),
      position: Type.Unsafe<[lon: number, lat: number]>(lonLatSchema),
    }),
  ),
  gapsLeftOut: Type.Integer(),
});
export type CorridorDutyJson = Static<typeof corridorDutyJsonSchema>;

export const serverTotalJsonSchema = strictObject({
  ...serverDutySchema.properties,
  coveredShare: Type.Number(),
  bestShare: Type.Number(),
  existingShare: Type.Number(),
});

/** The plan's own assumptions first, then its scenarios; shares 0..1 of what each weighs. */
export const scenarioTotalJsonSchema = strictObject({
  id: Type.String(),
  name: Type.String(),
  coveredShare: Type.Number(),
  bestShare: Type.Number(),
  reached: Type.Boolean(),
  /** The plan in the prices of the scenario. */
  costCny: Type.Integer(),
  /** The cheapest plan found for this scenario alone; null where none reaches the shares. */
  aloneCostCny: nullable(Type.Integer()),
});
export type ScenarioTotalJson = Static<typeof scenarioTotalJsonSchema>;

/** Why a plan falls short; shares 0..1 of the whole. */
export const planReachJsonSchema = strictObject({
  missing: strictObject({ nobody: Type.Number(), refused: Type.Number(), partly: Type.Number() }),
  nobodyBins: Type.Integer(),
  refusedBins: Type.Integer(),
  /** Each limit of the plan lifted alone. */
  limits: Type.Array(
    strictObject({
      limit: oneOf(reachLimits),
      share: Type.Number(),
      reached: Type.Boolean(),
      binds: Type.Boolean(),
    }),
  ),
  unlimited: nullable(strictObject({ share: Type.Number(), reached: Type.Boolean() })),
  /** What sites the plan may not use would add. */
  classes: Type.Array(
    strictObject({
      why: oneOf(['refused', 'unavailable'] as const),
      resourceType: nullable(Type.String()),
      sites: Type.Integer(),
      extraShare: Type.Number(),
      newBins: Type.Integer(),
      suffices: Type.Boolean(),
    }),
  ),
});
export type PlanReachJson = Static<typeof planReachJsonSchema>;

/** What came of one operator; yuan paid, without sharing, and of a plan for it alone (null: out of reach). */
export const operatorTotalJsonSchema = strictObject({
  id: Type.String(),
  name: Type.String(),
  profileId: Type.String(),
  targetShare: Type.Number(),
  coveredShare: Type.Number(),
  coveredShareBinary: Type.Number(),
  existingShare: Type.Number(),
  bestShare: Type.Number(),
  sites: Type.Integer(),
  sharedSites: Type.Integer(),
  costCny: Type.Integer(),
  listPriceCny: Type.Integer(),
  aloneCostCny: nullable(Type.Integer()),
});
export type OperatorTotalJson = Static<typeof operatorTotalJsonSchema>;

export const sharingTotalsJsonSchema = strictObject({
  operators: Type.Array(operatorTotalJsonSchema),
  listPriceCny: Type.Integer(),
  /** All plans for one alone together; null when one of them is out of reach. */
  aloneCostCny: nullable(Type.Integer()),
  /** Existing stations that are nobody's: they serve nobody. */
  unclaimedStations: Type.Integer(),
});
export type SharingTotalsJson = Static<typeof sharingTotalsJsonSchema>;

export const planSummaryJsonSchema = strictObject({
  status: oneOf(planStatuses),
  /** null: the plan is reached, or of a version that did not look. */
  reach: nullable(planReachJsonSchema),
  /** null in plans of versions that did not compute it. */
  certificate: nullable(certificateJsonSchema),
  phases: Type.Array(phaseTotalJsonSchema),
  duties: Type.Array(areaDutyJsonSchema),
  /** Empty for a plan without scenarios. */
  scenarios: Type.Array(scenarioTotalJsonSchema),
  corridors: Type.Array(corridorDutyJsonSchema),
  /** null: one server is enough. Otherwise certificate, phases, duties, corridors and gains of rows are of this share. */
  servers: nullable(serverTotalJsonSchema),
  candidates: Type.Integer(),
  existingSites: Type.Integer(),
  bins: Type.Integer(),
  indoorBins: Type.Integer(),
  areaKm2: Type.Number(),
  sites: Type.Integer(),
  costCny: Type.Integer(),
  targetShare: Type.Number(),
  coveredShare: Type.Number(),
  coveredShareBinary: Type.Number(),
  existingShare: Type.Number(),
  bestShare: Type.Number(),
  people: nullable(Type.Number()),
  coveredPeople: nullable(Type.Number()),
  assumedHeights: Type.Integer(),
  insideBuildings: Type.Integer(),
  ground: oneOf(['flat', 'terrain'] as const),
  groundHoles: Type.Integer(),
  leftOut: Type.Array(
    strictObject({
      code: oneOf(['COVERAGE_SITE_HEIGHT'] as const),
      sites: Type.Integer(),
      /** The first twenty. */
      siteIds: Type.Array(idSchema),
    }),
  ),
  /** null in plans of versions that did not compute it. */
  quality: nullable(qualitySummaryJsonSchema),
  outOfRange: Type.Array(
    strictObject({
      model: Type.String(),
      quantity: oneOf(rangeQuantities),
      bins: Type.Integer(),
    }),
  ),
  lineOfSight: oneOf(['buildings', 'probability'] as const),
  epsg: Type.Integer(),
  ruleWord: Type.String(),
  thresholdDbm: Type.Number(),
  profileId: Type.String(),
  weightBy: oneOf(weightWords),
  /** Left out: a plan for one operator. Otherwise shares and people are means over the operators; quality and levels are of the first. */
  sharing: Type.Optional(nullable(sharingTotalsJsonSchema)),
});
export type PlanSummaryJson = Static<typeof planSummaryJsonSchema>;

export const areaTotalJsonSchema = strictObject({
  id: Type.String(),
  name: Type.String(),
  bins: Type.Integer(),
  areaKm2: Type.Number(),
  people: nullable(Type.Number()),
  newSites: Type.Integer(),
  existingSites: Type.Integer(),
  costCny: Type.Integer(),
  coveredShare: Type.Number(),
  coveredShareBinary: Type.Number(),
  existingShare: Type.Number(),
  coveredPeople: nullable(Type.Number()),
});
export type AreaTotalJson = Static<typeof areaTotalJsonSchema>;

export const uncoveredPatchJsonSchema = strictObject({
  id: Type.Integer(),
  reason: oneOf(uncoveredReasons),
  bins: Type.Integer(),
  areaM2: Type.Number(),
  people: nullable(Type.Number()),
  position: lonLatSchema,
  reachableBySiteIds: Type.Array(idSchema),
});
export type UncoveredPatchJson = Static<typeof uncoveredPatchJsonSchema>;

/** A plan in the list; GET /api/plans/:id adds totals and patches. */
export const planJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  state: oneOf(planStates),
  progress: nullable(planProgressSchema),
  /** Code and sentences of the failure, when `state` is `failed`. */
  error: nullable(
    strictObject({
      code: Type.String(),
      message: strictObject({ zh: Type.String(), en: Type.String() }),
      hint: strictObject({ zh: Type.String(), en: Type.String() }),
    }),
  ),
  request: newPlanSchema,
  basedOnPlanId: nullable(idSchema),
  fingerprint: nullable(Type.String()),
  summary: nullable(planSummaryJsonSchema),
  seconds: nullable(Type.Number()),
  peakMb: nullable(Type.Number()),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
  office: planOfficeBriefSchema,
});
export type PlanJson = Static<typeof planJsonSchema>;
export const planListSchema = strictObject({ plans: Type.Array(planJsonSchema) });
export type PlanListJson = Static<typeof planListSchema>;

/** GET /api/plans/:id?operator= : areas, districts and patches as this operator sees them. */
export const planViewQuerySchema = strictObject({
  operator: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
});

export const planDetailSchema = strictObject({
  plan: planJsonSchema,
  areas: Type.Array(areaTotalJsonSchema),
  districts: Type.Array(areaTotalJsonSchema),
  uncovered: Type.Array(uncoveredPatchJsonSchema),
  /** west, south, east, north in degrees. */
  box: nullable(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
});
export type PlanDetailJson = Static<typeof planDetailSchema>;

export const displacedSiteJsonSchema = strictObject({
  siteId: idSchema,
  overlapShare: Type.Number(),
  extraCostCny: Type.Integer(),
});

export const replacementJsonSchema = strictObject({
  /** Yuan more for the cheapest plan found without the site; null when its neighbours cannot make up for it. */
  extraCostCny: nullable(Type.Integer()),
  substitutes: Type.Array(
    strictObject({
      siteId: idSchema,
      endsShare: Type.Number(),
      extraCostCny: nullable(Type.Integer()),
      alsoOpened: Type.Array(idSchema),
      alsoClosed: Type.Array(idSchema),
    }),
  ),
});
export type ReplacementJson = Static<typeof replacementJsonSchema>;

export const reviewJsonSchema = strictObject({
  planId: idSchema,
  siteId: idSchema,
  decision: oneOf(reviewDecisions),
  reasonCode: nullable(oneOf(reviewReasonCodes)),
  reasonText: Type.String(),
  reviewer: Type.String(),
  at: Type.String(),
});
export type ReviewJson = Static<typeof reviewJsonSchema>;

/** Who moves in or stands there, and what each pays. */
export const itemSharingJsonSchema = strictObject({
  operatorIds: Type.Array(Type.String()),
  /** Who stood there before. */
  besideIds: Type.Array(Type.String()),
  /** In the order of `operatorIds`. */
  paymentsCny: Type.Array(Type.Integer()),
  /** All of them without sharing. */
  listPriceCny: Type.Integer(),
  gainShare: Type.Number(),
  besideGainShare: nullable(Type.Number()),
});
export type ItemSharingJson = Static<typeof itemSharingJsonSchema>;

export const planItemJsonSchema = strictObject({
  site: siteJsonSchema,
  rank: Type.Integer(),
  status: oneOf(['existing', 'new'] as const),
  placedBy: oneOf(placementRules),
  costCny: Type.Integer(),
  gainBins: Type.Integer(),
  gainWeightShare: Type.Number(),
  gainPeople: nullable(Type.Number()),
  shareAfter: Type.Number(),
  uniqueWeightShare: Type.Number(),
  uniquePeople: nullable(Type.Number()),
  /** null in plans of versions that did not count them. */
  uniqueBins: nullable(Type.Integer()),
  /** null where it was not looked at. */
  replacement: nullable(replacementJsonSchema),
  displaced: Type.Array(displacedSiteJsonSchema),
  /** Index of its phase; 0 without phases. */
  phase: Type.Integer(),
  /** What it is equipped with; null: as listed. */
  configuration: nullable(chosenConfigurationJsonSchema),
  /** null in a plan for one operator. */
  sharing: Type.Optional(nullable(itemSharingJsonSchema)),
  /** The latest judgement on this row, or null. */
  review: nullable(reviewJsonSchema),
});
export type PlanItemJson = Static<typeof planItemJsonSchema>;

export const planItemQuerySchema = strictObject({
  status: Type.Optional(oneOf(['existing', 'new'] as const)),
  decision: Type.Optional(oneOf([...reviewDecisions, 'none'] as const)),
  /** Rows where this operator moves in or stands. */
  operator: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});
export type PlanItemQueryJson = Static<typeof planItemQuerySchema>;
export const planItemPageSchema = strictObject({
  items: Type.Array(planItemJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type PlanItemPageJson = Static<typeof planItemPageSchema>;

export const linkBudgetJsonSchema = strictObject({
  siteId: idSchema,
  model: oneOf(stationModels),
  state: oneOf(['LOS', 'NLOS', 'mixed', 'profile'] as const),
  distanceM: Type.Number(),
  sigmaDb: Type.Number(),
  lines: Type.Array(
    strictObject({
      key: Type.String(),
      value: Type.Number(),
      unit: oneOf(['dBm', 'dB', 'dBi', 'm', '%', '°'] as const),
    }),
  ),
});
export type LinkBudgetJson = Static<typeof linkBudgetJsonSchema>;

const linkEndSchema = strictObject({ groundM: Type.Number(), heightM: Type.Number() });
const metresSchema = Type.Array(Type.Number());

/** Metres above `datum`; lists in `samples` are equally long, from the antenna to the receiver. */
export const linkProfileJsonSchema = strictObject({
  /** The receiver. */
  position: lonLatSchema,
  budget: linkBudgetJsonSchema,
  distanceM: Type.Number(),
  frequencyGhz: Type.Number(),
  earthFactor: Type.Number(),
  datum: oneOf(['sea-level', 'flat-ground'] as const),
  antenna: linkEndSchema,
  receiver: linkEndSchema,
  receiverIndoor: Type.Boolean(),
  samples: strictObject({
    distanceM: metresSchema,
    groundM: metresSchema,
    topM: metresSchema,
    isRoof: Type.Array(Type.Boolean()),
    rayM: metresSchema,
    fresnelM: metresSchema,
  }),
  sight: oneOf(['clear', 'blocked'] as const),
  isShadowEdge: Type.Boolean(),
  obstacle: nullable(
    strictObject({
      kind: oneOf(['building', 'terrain'] as const),
      distanceM: Type.Number(),
      topM: Type.Number(),
      aboveRayM: Type.Number(),
      nu: Type.Number(),
      /** For information: not part of the budget. */
      knifeEdgeDb: Type.Number(),
    }),
  ),
  leastClearance: nullable(strictObject({ share: Type.Number(), distanceM: Type.Number() })),
});
export type LinkProfileJson = Static<typeof linkProfileJsonSchema>;

/** Screening only: the measurement decides. */
export const exposureJsonSchema = strictObject({
  frequencyMhz: Type.Number(),
  powerW: Type.Number(),
  gainDbi: Type.Number(),
  limitWPerM2: Type.Number(),
  projectShare: Type.Number(),
  rows: Type.Array(
    strictObject({
      duty: oneOf(['full', 'tdd', 'average'] as const),
      dutyShare: Type.Number(),
      limitM: Type.Number(),
      projectLimitM: Type.Number(),
    }),
  ),
});
export type ExposureJson = Static<typeof exposureJsonSchema>;

/** GET /api/plans/:id/sites/:siteId/link-profile — to `?lon=&lat=` or to the far edge; null when the site reaches nothing. */
export const siteLinkSchema = strictObject({
  configuration: nullable(chosenConfigurationJsonSchema),
  profile: nullable(linkProfileJsonSchema),
  exposure: exposureJsonSchema,
});
export type SiteLinkJson = Static<typeof siteLinkSchema>;

/** GET /api/plans/:id/sites/:siteId — chosen or not; `?lon=&lat=` adds the budget to that place (default: the far edge). */
export const siteCardSchema = strictObject({
  site: siteJsonSchema,
  item: nullable(planItemJsonSchema),
  /** What the figures are of: the row's, or of a site not in the plan the one with the most gain per yuan; null: as listed. */
  configuration: nullable(chosenConfigurationJsonSchema),
  /** Why a candidate is not in the plan; null for a chosen one. */
  whyNot: nullable(
    strictObject({
      reason: oneOf(['refused', 'no-gain', 'blocked', 'too-dear', 'outside', 'unavailable'] as const),
      /** Weight share it would still add to the finished plan. */
      remainingGainShare: Type.Number(),
      /** Yuan per percentage point now, null when it adds nothing. */
      costPerPointCny: nullable(Type.Number()),
      coveredBySiteIds: Type.Array(idSchema),
      /** Rules of the plan that leave no room for it; `with`: the site that is too near, or the quota. */
      blockedBy: Type.Array(
        strictObject({
          rule: oneOf(['spacing', 'group-most', 'group-cost', 'budget', 'count'] as const),
          with: nullable(Type.String()),
        }),
      ),
      /** Chosen sites that it could stand in for, and yuan more for the plan with it instead; of the priced substitutes only. */
      insteadOf: Type.Array(strictObject({ siteId: idSchema, extraCostCny: Type.Integer() })),
      /** What it would add, in the price of the last percentage point; null where the plan has none. */
      worthCny: nullable(Type.Integer()),
    }),
  ),
  linkBudget: nullable(linkBudgetJsonSchema),
  reviews: Type.Array(reviewJsonSchema),
});
export type SiteCardJson = Static<typeof siteCardSchema>;

export const newReviewSchema = strictObject({
  siteIds: Type.Array(idSchema, { minItems: 1, maxItems: 10_000 }),
  decision: oneOf(reviewDecisions),
  /** Needed for 退回 and 不同意. */
  reasonCode: Type.Optional(nullable(oneOf(reviewReasonCodes))),
  reasonText: Type.Optional(Type.String({ maxLength: 1000 })),
  reviewer: nameSchema(100),
});
export type NewReviewJson = Static<typeof newReviewSchema>;
export const reviewListSchema = strictObject({ reviews: Type.Array(reviewJsonSchema) });
export type ReviewListJson = Static<typeof reviewListSchema>;
