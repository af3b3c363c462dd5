// The front door of the engine: what the server, the client and the scripts may use. Rooms in walking order.
// biome-ignore-all assist/source/organizeImports: the rooms stand in walking order, not in alphabetical order

// model
export * from './model/area.ts';
export * from './model/buildings.ts';
export * from './model/coverage-rule.ts';
export * from './model/equipment-profile.ts';
export * from './model/geometry.ts';
export * from './model/link-budget.ts';
export * from './model/plan.ts';
export * from './model/planning-error.ts';
export * from './model/resource-types.ts';
export * from './model/review.ts';
export * from './model/site.ts';

// geo
export { bearingDeg } from './geo/bearing-deg.ts';
export { boxesTouch, boxOf, growBox, joinBoxes } from './geo/box.ts';
export { curveOrder } from './geo/curve-order.ts';
export { distanceM } from './geo/distance-m.ts';
export { groundAround } from './geo/ground-around.ts';
export { type LocalZone, localZone, localZoneOf } from './geo/local-zone.ts';
export { pointInMultiPolygon } from './geo/point-in-multi-polygon.ts';
export { polygonAreaKm2 } from './geo/polygon-area-km2.ts';
export { type Datum, fromCgcs2000, toCgcs2000 } from './geo/to-cgcs2000.ts';

// candidates
export { deriveJunctionSites } from './candidates/derive-junction-sites.ts';
export { derivePoleSites } from './candidates/derive-pole-sites.ts';
export { deriveRoofSites } from './candidates/derive-roof-sites.ts';
export { type DerivedSite, siteOfDerived } from './candidates/derived-site.ts';

// radio
export {
  coverageProbability,
  discCoverageShare,
  type MixedLink,
  marginForDiscShareDb,
  mixedCoverageProbability,
} from './radio/coverage-probability.ts';
export { freeSpaceLossDb } from './radio/free-space-loss.ts';
export { type IndoorLink, inhPathLossDb } from './radio/inh-path-loss.ts';
export {
  inhMixedLosProbability,
  inhOpenLosProbability,
  rmaLosProbability,
  umaLosProbability,
  umiLosProbability,
} from './radio/los-probability.ts';
export { erfc, erfcx, normalQuantile, normalTail } from './radio/normal-distribution.ts';
export { optionalNlosLossDb } from './radio/optional-nlos-loss.ts';
export { noisePerElementDbm, powerPerElementDbm } from './radio/power-per-element.ts';
export { type RuralLink, rmaBreakpointM, rmaPathLossDb } from './radio/rma-path-loss.ts';
export { type PatternShape, patternLossDb, tiltedDirection } from './radio/sector-pattern.ts';
export { shadowSigmaDb } from './radio/shadow-sigma.ts';
export { effectiveBreakpointM, type Link, type SightState } from './radio/sight-state.ts';
export { umaPathLossDb } from './radio/uma-path-loss.ts';
export { umiPathLossDb } from './radio/umi-path-loss.ts';

// grid
export * from './grid/demand-grid.ts';
export { type DemandGridInput, makeDemandGrid } from './grid/make-demand-grid.ts';
export { type MetreBox, makeSurface, type Surface } from './grid/make-surface.ts';
export { makeZoneShare } from './grid/make-zone-share.ts';
export { type DemandPoint, spreadDemand } from './grid/spread-demand.ts';

// coverage
export { computeFootprints } from './coverage/compute-footprints.ts';
export { computeLinkBudget } from './coverage/compute-link-budget.ts';
export { computeSiteLevels } from './coverage/compute-site-levels.ts';
export { type CoverageModel, makeCoverageModel } from './coverage/coverage-model.ts';
export * from './coverage/footprints.ts';
export type { StationPlace } from './coverage/station-place.ts';

// selection
export { checkSelection } from './selection/check-selection.ts';
export { problemOf } from './selection/problem-of.ts';
export { selectSites } from './selection/select-sites.ts';
export type * from './selection/selection-problem.ts';

// plan
export {
  type CoverageClass,
  type CoverageRamp,
  coverageClasses,
  coverageRamps,
} from './plan/coverage-classes.ts';
export { ENGINE_VERSION } from './plan/engine-version.ts';
export { explainSite, type SiteExplanation, type WhyNot, type WhyNotReason } from './plan/explain-site.ts';
export { fingerprintOf } from './plan/fingerprint.ts';
export { computePlan, makePlan } from './plan/make-plan.ts';
export { NO_LEVEL, NO_PROBABILITY, NO_SERVER } from './plan/make-raster.ts';
export { paintCoverageTile, type TileRequest } from './plan/paint-coverage-tile.ts';
export { decodePlanInput, encodePlanInput } from './plan/plan-input-bytes.ts';
export { csvCell, planToCsv } from './plan/plan-to-csv.ts';
export { type PlanFeature, type PlanFeatureCollection, planToGeoJson } from './plan/plan-to-geojson.ts';
export { type PreparedCoverage, prepareCoverage } from './plan/prepare-coverage.ts';
export { decodeRaster, encodeRaster } from './plan/raster-bytes.ts';

// review
export { latestReviews, refusedSiteIds } from './review/refused-site-ids.ts';
export { type NewReview, type ReviewVerdict, reviewAllowed } from './review/review-allowed.ts';
