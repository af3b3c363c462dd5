// The front door of the engine: what the server, the client and the scripts may use. Rooms in walking order.

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
export { type LocalZone, localZone, localZoneOf } from './geo/local-zone.ts';
export { pointInMultiPolygon } from './geo/point-in-multi-polygon.ts';
export { polygonAreaKm2 } from './geo/polygon-area-km2.ts';
export { type Datum, fromCgcs2000, toCgcs2000 } from './geo/to-cgcs2000.ts';

// selection
export { checkSelection } from './selection/check-selection.ts';
export { problemOf } from './selection/problem-of.ts';
export { selectSites } from './selection/select-sites.ts';
export type * from './selection/selection-problem.ts';
