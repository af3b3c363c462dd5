// The front door of the engine: what the server, the client and the scripts may use. Rooms in walking order.
// biome-ignore-all assist/source/organizeImports: the rooms stand in walking order, not in alphabetical order

// model
export * from './model/antenna-pattern.ts';
export * from './model/area.ts';
export * from './model/buildings.ts';
export * from './model/clutter-raster.ts';
export * from './model/coverage-rule.ts';
export * from './model/degree-frame.ts';
export * from './model/demand-words.ts';
export * from './model/equipment-profile.ts';
export * from './model/exposure-screening.ts';
export * from './model/geometry.ts';
export * from './model/height-raster.ts';
export * from './model/link-budget.ts';
export * from './model/link-profile.ts';
export * from './model/operator-plan.ts';
export * from './model/plan.ts';
export * from './model/plan-scenario.ts';
export * from './model/planning-error.ts';
export * from './model/priority-orders.ts';
export * from './model/radio-quality-options.ts';
export * from './model/radio-options.ts';
export * from './model/resource-types.ts';
export * from './model/resource-words.ts';
export * from './model/review.ts';
export * from './model/site.ts';
export * from './model/site-configuration.ts';
export * from './model/spacing-defaults.ts';
export * from './model/station-model.ts';

// geo
export { bearingDeg } from './geo/bearing-deg.ts';
export { boxesTouch, boxOf, growBox, joinBoxes } from './geo/box.ts';
export { curveOrder } from './geo/curve-order.ts';
export { distanceM } from './geo/distance-m.ts';
export { groundAround } from './geo/ground-around.ts';
export { type LocalZone, localZone, localZoneOf } from './geo/local-zone.ts';
export { markSquares } from './geo/mark-squares.ts';
export { pointInMultiPolygon } from './geo/point-in-multi-polygon.ts';
export { polygonAreaKm2 } from './geo/polygon-area-km2.ts';
export { type Datum, datums, fromCgcs2000, toCgcs2000 } from './geo/to-cgcs2000.ts';

// candidates
export { deriveJunctionSites } from './candidates/derive-junction-sites.ts';
export { derivePoleSites } from './candidates/derive-pole-sites.ts';
export { deriveRoofSites } from './candidates/derive-roof-sites.ts';
export { type DerivedSite, siteOfDerived } from './candidates/derived-site.ts';

// radio
export {
  type BuildingClass,
  type BuildingEntry,
  buildingEntryLossDb,
} from './radio/building-entry-loss.ts';
export {
  bullingtonAlong,
  bullingtonLossDb,
  bullingtonParameter,
  type DiffractionLink,
  MEDIAN_EARTH_RADIUS_KM,
  type PathProfile,
} from './radio/bullington-loss.ts';
export {
  type AntennaDescription,
  type AntennaSector,
  antennaLossDb,
  GAIN_COLUMNS,
  GAIN_ROWS,
  GAIN_STEP_DEG,
  type GainTable,
  gainTableEntry,
  makeGainTable,
} from './radio/antenna-gain-table.ts';
export { cutLossDb } from './radio/cut-loss-db.ts';
export { type AntennaArray, arrayGainDbi, type Beam } from './radio/array-pattern.ts';
export {
  type BeamEnvelope,
  envelopeLossDb,
  makeBeamEnvelope,
  scanGrid,
  sweptBeams,
} from './radio/beam-envelope.ts';
export {
  coverageProbability,
  discCoverageShare,
  type MixedLink,
  marginForDiscShareDb,
  mixedCoverageProbability,
} from './radio/coverage-probability.ts';
export {
  downlinkRateMbps,
  lteRateModel,
  nrRateModel,
  type RateCarrier,
  type RateModel,
} from './radio/downlink-rate.ts';
export {
  type ExposureSource,
  exposureShare,
  limitDistanceM,
  nearFieldBoundaryM,
  powerDensityWPerM2,
  publicLimitWPerM2,
} from './radio/emf-screening.ts';
export { type DeltaBullingtonLink, deltaBullingtonLossDb } from './radio/delta-bullington-loss.ts';
export { type DeygoutEdges, deygoutLoss } from './radio/deygout-loss.ts';
export { freeSpaceLossDb } from './radio/free-space-loss.ts';
export {
  cost231PathLossDb,
  type HataCity,
  type HataEnvironment,
  type HataLink,
  hataPathLossDb,
} from './radio/hata-path-loss.ts';
export {
  type BuildingLoss,
  CAR_SIGMA_DB,
  type CarWindows,
  carLossDb,
  type IndoorEntry,
  indoorLossDb,
  MEAN_INDOOR_DEPTH_M,
  MEAN_RURAL_INDOOR_DEPTH_M,
  storeyHeightM,
  wallLossDb,
  wallSigmaDb,
} from './radio/indoor-loss.ts';
export { type IndoorLink, inhPathLossDb } from './radio/inh-path-loss.ts';
export {
  fresnelRadiusM,
  type KnifeEdge,
  knifeEdgeLossDb,
  knifeEdgeParameter,
} from './radio/knife-edge-loss.ts';
export { locationSigmaDb } from './radio/location-sigma.ts';
export {
  inhMixedLosProbability,
  inhOpenLosProbability,
  rmaLosProbability,
  umaLosProbability,
  umiLosProbability,
} from './radio/los-probability.ts';
export { type MaterialEdition, materialLossDb, type WallMaterial } from './radio/material-loss.ts';
export {
  checkValidity,
  type LinkToCheck,
  type ModelKey,
  type ModelRanges,
  modelRanges,
  type ValidityQuantity,
} from './radio/model-validity.ts';
export { erfc, erfcx, normalQuantile, normalTail } from './radio/normal-distribution.ts';
export { type Interferer, nrSinrDb } from './radio/nr-sinr.ts';
export { optionalNlosLossDb } from './radio/optional-nlos-loss.ts';
export {
  type AnyCorner,
  p1411AnyCornerLoss,
  p1411RightCornerLoss,
  type RightCorner,
} from './radio/p1411-corner-loss.ts';
export { type OverRoofLink, p1411OverRoofLoss } from './radio/p1411-over-roof-loss.ts';
export {
  p1411SiteGeneralLoss,
  type SiteGeneralEdition,
  type SiteGeneralLink,
  type SiteGeneralPlace,
  type SiteGeneralRow,
  siteGeneralRows,
} from './radio/p1411-site-general-loss.ts';
export {
  p1411StreetCanyonLoss,
  type StreetCanyonLink,
  type StreetCanyonLoss,
} from './radio/p1411-street-canyon-loss.ts';
export { type AntennaFileOptions, parseAntennaFile } from './radio/parse-antenna-file.ts';
export { type PatternRule, patternGainDbi } from './radio/pattern-gain.ts';
export {
  CLIMATE_ZONE,
  DEFAULT_LAPSE_RATE,
  DEFAULT_SURFACE_REFRACTIVITY,
  type P1812Link,
  type P1812Profile,
} from './radio/p1812-link.ts';
export { p1812LossDb, type P1812Parts, p1812Parts } from './radio/p1812-loss.ts';
export { noisePerElementDbm, powerPerElementDbm } from './radio/power-per-element.ts';
export type { RangedLoss } from './radio/ranged-loss.ts';
export { type RuralLink, rmaBreakpointM, rmaPathLossDb } from './radio/rma-path-loss.ts';
export { type PatternShape, patternLossDb, tiltedDirection } from './radio/sector-pattern.ts';
export { shadowSigmaDb } from './radio/shadow-sigma.ts';
export { effectiveBreakpointM, type Link, type SightState } from './radio/sight-state.ts';
export { type UplinkBudget, uplinkMarginDb, uplinkMostLossDb } from './radio/uplink-budget.ts';
export { type Polarisation, type SphericalLink, sphericalEarthLossDb } from './radio/spherical-earth-loss.ts';
export { flatGroundLossDb, type TerrainLink, terrainExcessDb } from './radio/terrain-excess.ts';
export { umaPathLossDb } from './radio/uma-path-loss.ts';
export { umiPathLossDb } from './radio/umi-path-loss.ts';

// grid
export * from './grid/demand-grid.ts';
export { type LineGrid, lineLengths } from './grid/line-lengths.ts';
export { type DemandGridInput, makeDemandGrid } from './grid/make-demand-grid.ts';
export { type MetreBox, makeSurface, type Surface } from './grid/make-surface.ts';
export { makeZoneShare } from './grid/make-zone-share.ts';
export { type Clutter, makeClutter } from './grid/make-clutter.ts';
export { type Ground, makeGround } from './grid/make-ground.ts';
export type { GroundFrame } from './grid/cell-positions.ts';
export { sharedArrays } from './grid/shared-arrays.ts';
export { type DemandPoint, spreadDemand } from './grid/spread-demand.ts';

// coverage
export { computeFootprints } from './coverage/compute-footprints.ts';
export {
  type CoverageThread,
  computeFootprintsWith,
  type FromCoverageThread,
  makeCoverageThread,
  type ToCoverageThread,
} from './coverage/coverage-crew.ts';
export { computeLinkBudget } from './coverage/compute-link-budget.ts';
export { computeLinkProfile } from './coverage/compute-link-profile.ts';
export { screenExposure } from './coverage/screen-exposure.ts';
export { computeQuality } from './coverage/compute-quality.ts';
export { computeSiteLevels } from './coverage/compute-site-levels.ts';
export {
  computeTerrainLoss,
  NO_LOSS,
  type TerrainStation,
  type TerrainTile,
} from './coverage/compute-terrain-loss.ts';
export { Heard, hearStation } from './coverage/hear-station.ts';
export { SightSweep } from './coverage/sight-sweep.ts';
export { type CoverageModel, makeCoverageModel } from './coverage/coverage-model.ts';
export { type BinaryRuns, binaryRunsOf } from './coverage/binary-runs.ts';
export * from './coverage/footprints.ts';
export * from './coverage/probability-grades.ts';
export type { StationPlace } from './coverage/station-place.ts';
export type { OpenStation } from './coverage/sum-powers.ts';

// selection
export type * from './selection/certificate.ts';
export * from './selection/certificate-file.ts';
export { takenOnTrust } from './selection/check/check-certificate.ts';
export { checkPhasedPlan } from './selection/check/check-phased-plan.ts';
export { checkPlan } from './selection/check-plan.ts';
export {
  selectByWeights,
  type SiteClasses,
  type WeightedSelection,
} from './selection/wishes/class-weights.ts';
export { compareSelections, type SelectionDifference } from './selection/reasons/compare-selections.ts';
export { configurationGroups } from './selection/wishes/configurations.ts';
export { corridorTarget, PARTS_PER_METRE } from './selection/wishes/corridor-target.ts';
export { type Duty, dutiesByDeadline } from './selection/phases/duties-by-deadline.ts';
export { type Frontier, type FrontierPair, frontierOf } from './selection/prices/frontier.ts';
export * from './selection/reasons/explain-choice.ts';
export * from './selection/reasons/explain-reach.ts';
export { type PlanFinding, type PlanFindingCode, planFinding } from './selection/check/plan-finding.ts';
export type * from './selection/cover/cover.ts';
export { fullWorth } from './selection/cover/full-worth.ts';
export { makeCoverState } from './selection/cover/make-cover-state.ts';
export { coverLists } from './selection/cover/cover-lists.ts';
export {
  type Effort,
  plannedEffort,
  quickEffort,
  type SelectionNews,
  type Watch,
} from './selection/effort.ts';
export { makeRepairer, type RepairFigures, type Repairer } from './selection/repair/make-repairer.ts';
export type * from './selection/exact/mip-solver.ts';
export { type Repair, type RepairOptions, repairSelection } from './selection/repair/repair-selection.ts';
export {
  joinScenarios,
  type RobustSelection,
  robustSelection,
} from './selection/reasons/robust-selection.ts';
export { type HighsLike, runMip } from './selection/exact/run-mip.ts';
export { decodePhases, encodePhases, type PhasesFile } from './selection/phases-file.ts';
export type { PhasedSelection, PhaseOutcome, PhasePlan, PhaseYear } from './selection/phases/phase-plan.ts';
export { planPhases } from './selection/phases/plan-phases.ts';
export { selectByTiers, type TieredSelection, type TierPass } from './selection/wishes/select-by-tiers.ts';
export * from './selection/selection-problem.ts';
export * from './selection/reasons/sensitivity.ts';
export {
  type ShareLocations,
  type ShareOperator,
  type ShareProblem,
  shareConfigurations,
} from './selection/wishes/share-configurations.ts';
export { agreedDiscounts, type ShareDiscounts, sharedCostCny } from './selection/wishes/share-prices.ts';
export {
  type ExactResult,
  type ExactSearch,
  MOST_EXACT_NONZEROS,
  solveExactly,
} from './selection/exact/solve-exactly.ts';
export { inOneThread, type PartsPlan, solveInParts } from './selection/parts/solve-in-parts.ts';
export { type PartPlan, type PartWork, solvePart } from './selection/parts/solve-part.ts';
export { selectGreedily } from './selection/search/select-greedily.ts';
export { solveSelection } from './selection/solve-selection.ts';
export { partBuffers } from './selection/parts/split-problem.ts';
export { takeExact } from './selection/exact/take-exact.ts';

// plan
export {
  type ClassMark,
  type CoverageClass,
  type CoverageLayer,
  type CoverageRamp,
  classIndexOf,
  classMarks,
  coverageClasses,
  coverageLayers,
  coverageRamps,
  type LayerUnit,
  layerUnits,
} from './plan/coverage-classes.ts';
export { ENGINE_VERSION } from './plan/engine-version.ts';
export {
  explainSite,
  type SiteExplanation,
  type SiteLinkProfile,
  type WhyNot,
  type WhyNotReason,
} from './plan/explain-site.ts';
export { fingerprintOf } from './plan/fingerprint.ts';
export { checkChoice, checkScenarios } from './plan/check-choice.ts';
export { corridorIdOf, corridorTargetId } from './plan/corridor-duties.ts';
export {
  type CorridorWord,
  corridorKinds,
  corridorsOfRoads,
  readCorridorId,
} from './plan/corridors-of-roads.ts';
export { checkOperators } from './plan/check-operators.ts';
export { makeOperatorsPlan, type ProvenOperatorsPlan } from './plan/make-operators-plan.ts';
export type { OperatorView } from './plan/operator-view.ts';
export { type OperatorsRequest, operatorsRequestOf } from './plan/operators-request.ts';
export { describeOperators, type OperatorsPlan, planOperators } from './plan/plan-operators.ts';
export { type PreparedOperators, prepareOperators } from './plan/prepare-operators.ts';
export { checkConfigurations, configureSites, nameOfConfigured } from './plan/configure-sites.ts';
export { chooseExactly, mayChooseExactly } from './plan/choose-exactly.ts';
export { findBlocks, type OpenSite, type SiteBlock } from './plan/find-blocks.ts';
export { type ChosenSites, chooseSites } from './plan/choose-sites.ts';
export { chosenByRepair, withPrices } from './plan/chosen-by-repair.ts';
export { type NamedDifference, nameDifference, nameRepair } from './plan/name-difference.ts';
export {
  type FirmSite,
  newSitesOf,
  type PlanSensitivity,
  planSensitivity,
  scenarioFactsOf,
  type ScenarioOutcome,
  type ScenarioOwnPlan,
  type SiteFirmness,
  weighScenario,
  weighSites,
} from './plan/plan-sensitivity.ts';
export { prepareScenarios } from './plan/prepare-scenarios.ts';
export { scenarioTotals } from './plan/scenario-totals.ts';
export { makeSiteReasons, type SiteReasons, type UnchosenSiteReasons } from './plan/site-reasons.ts';
export {
  completePlan,
  computePlan,
  describePlan,
  makePlan,
  makePlanInParts,
  type PlanProof,
  type ProvenPlan,
} from './plan/make-plan.ts';
export {
  effortOf,
  requestAlone,
  requestOf,
  type SelectionRequest,
  watchOf,
} from './plan/selection-request.ts';
export { NO_GRADE, NO_SERVER } from './plan/make-raster.ts';
export { paintCoverageTile, type TileRequest } from './plan/paint-coverage-tile.ts';
export { decodePlanInput, encodePlanInput } from './plan/plan-input-bytes.ts';
export { csvCell, planTable, planToCsv } from './plan/plan-to-csv.ts';
export { type PlanFeature, type PlanFeatureCollection, planToGeoJson } from './plan/plan-to-geojson.ts';
export { type PreparedCoverage, prepareCoverage } from './plan/prepare-coverage.ts';
export { type PrepareHelp, prepareCoverageWith } from './plan/prepare-coverage-with.ts';
export { isInAreas, rasterHolds, readLayer } from './plan/read-layer.ts';
export { withScenario } from './plan/with-scenario.ts';
export { withSite } from './plan/with-site.ts';
export { decodeRaster, encodeRaster } from './plan/raster-bytes.ts';

// review
export * from './review/area-states.ts';
export * from './review/attachment-kinds.ts';
export * from './review/batch-states.ts';
export * from './review/case-days.ts';
export * from './review/case-states.ts';
export * from './review/changed-fields.ts';
export * from './review/problem-categories.ts';
export * from './review/problem-states.ts';
export { type RankedProblem, rankTowns, type TownRank } from './review/rank-towns.ts';
export {
  type ClaimFacts,
  type ClaimGround,
  type ClaimPrice,
  type ClaimReason,
  type ClaimRule,
  type ClaimRuleValues,
  type ClaimVerdict,
  claimPrice,
  claimRules,
  compareClaims,
  type Displaced,
  judgeClaim,
  type NewClaim,
  type StandingClaim,
} from './review/claim-rules.ts';
export * from './review/claim-states.ts';
export * from './review/comment-words.ts';
export * from './review/counted-figures.ts';
export * from './review/counting-bases.ts';
export * from './review/demand-states.ts';
export * from './review/desk-words.ts';
export * from './review/export-words.ts';
export * from './review/match-resources.ts';
export * from './review/match-rules.ts';
export * from './review/next-case-step.ts';
export * from './review/office-verbs.ts';
export { latestReviews, refusedSiteIds } from './review/refused-site-ids.ts';
export * from './review/row-checks.ts';
export * from './review/plan-states.ts';
export * from './review/relocation-states.ts';
export * from './review/resource-states.ts';
export { type NewReview, type ReviewVerdict, reviewAllowed } from './review/review-allowed.ts';
export * from './review/rule-proposal-words.ts';
export * from './review/state-machine.ts';
