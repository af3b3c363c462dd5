// Everything a plan needs that does not depend on the choice: zone, grid, surface, sites in reach, their footprints and the
// shares of areas and districts. Computed once; every other share, budget or refusal is planned on it in a fraction of a second.
import Flatbush from 'flatbush';
import { computeFootprints } from '../coverage/compute-footprints.ts';
import { type CoverageModel, makeCoverageModel } from '../coverage/coverage-model.ts';
import { BINARY_LEVEL, type Footprints, type SiteLevels } from '../coverage/footprints.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { boxesTouch, boxOf, growBox, joinBoxes } from '../geo/box.ts';
import { curveOrder } from '../geo/curve-order.ts';
import { type LocalZone, localZoneOf } from '../geo/local-zone.ts';
import type { DemandGrid, ZoneShare } from '../grid/demand-grid.ts';
import { makeDemandGrid } from '../grid/make-demand-grid.ts';
import { type MetreBox, makeSurface, type Surface } from '../grid/make-surface.ts';
import { makeZoneShare } from '../grid/make-zone-share.ts';
import type { District, TargetArea } from '../model/area.ts';
import { type EquipmentProfile, findEquipmentProfile, stationFormOf } from '../model/equipment-profile.ts';
import type { Box } from '../model/geometry.ts';
import type { OnProgress, PlanInput } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { Site } from '../model/site.ts';
import { problemOf } from '../selection/problem-of.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import { digestInput } from './fingerprint.ts';
import { pickBuildings } from './pick-buildings.ts';

export interface PreparedCoverage {
  readonly input: PlanInput;
  readonly inputDigest: Uint8Array;
  readonly profile: EquipmentProfile;
  readonly zone: LocalZone;
  readonly grid: DemandGrid;
  /** `null`: no building data, line of sight is a probability. */
  readonly surface: Surface | null;
  readonly model: CoverageModel;
  /** Usable sites in reach of the areas, in curve order. All indexes below mean this list. */
  readonly sites: readonly Site[];
  readonly siteIndexes: ReadonlyMap<string, number>;
  readonly places: readonly StationPlace[];
  /** Indexes of existing sites, by id. */
  readonly existing: readonly number[];
  readonly footprints: Footprints;
  readonly problem: SelectionProblem;
  /** The same problem with bins that are covered or not (level BINARY_LEVEL), weight as in the grid. */
  readonly binaryProblem: SelectionProblem;
  /** Candidates that cover each bin. */
  readonly candidatesAtBin: Uint32Array;
  /** Positions of `sites` in metres; `null` without sites. */
  readonly nearby: Flatbush | null;
  readonly areas: readonly { readonly area: TargetArea; readonly share: ZoneShare }[];
  /** Districts that share ground with the areas. */
  readonly districts: readonly { readonly district: District; readonly share: ZoneShare }[];
  /** Filled as sites are chosen: levels of one site, bin by bin. */
  readonly siteLevels: Map<number, SiteLevels>;
}

/** Throws GRID_*, COVERAGE_PROFILE_UNKNOWN, COVERAGE_NO_SITES, COVERAGE_SITE_HEIGHT. Reports `grid` and `coverage`. */
export function prepareCoverage(input: PlanInput, onProgress?: OnProgress): PreparedCoverage {
  const profile = findEquipmentProfile(input.profileId);
  if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId: input.profileId });
  if (input.areas.length === 0) throw new PlanningError('GRID_AREA_EMPTY', { areas: 0 });
  const usable = usableSites(input.sites);

  onProgress?.({ step: 'grid', done: 0, total: 1 });
  const zone = zoneOf(input.areas);
  const reachM = Math.max(profile.macro.serviceRadiusM, profile.pole.serviceRadiusM);
  const surface = surfaceOf(input, zone, reachM);
  const grid = makeDemandGrid({
    areas: input.areas.map((area) => area.geometry),
    excluded: input.excluded,
    zone,
    binSizeM: input.binSizeM,
    demand: input.demand,
    weightBy: input.weightBy,
    outdoor: surface,
  });
  const areas = input.areas.map((area) => ({ area, share: makeZoneShare(grid, zone, area.geometry) }));
  const ground = boxOfAreas(input.areas);
  const districts = input.districts
    .filter((district) => boxesTouch(boxOf(district.geometry), ground))
    .map((district) => ({ district, share: makeZoneShare(grid, zone, district.geometry) }))
    .filter(({ share }) => share.bins.length > 0);
  onProgress?.({ step: 'grid', done: 1, total: 1 });

  const { sites, places } = inCurveOrder(inReach(usable, profile, zone, input.areas));
  const model = makeCoverageModel({ grid, surface, profile, thresholdDbm: input.thresholdDbm });
  const footprints = computeFootprints(model, places, (done, total) =>
    onProgress?.({ step: 'coverage', done, total }),
  );

  const siteIds = sites.map((site) => site.id);
  const cost = Float64Array.from(sites, (site) => (site.status === 'existing' ? 0 : site.costCny));
  const binaryProblem = binaryProblemOf(grid, footprints, cost, siteIds);
  return {
    input,
    inputDigest: digestInput(input),
    profile,
    zone,
    grid,
    surface,
    model,
    sites,
    siteIndexes: new Map(siteIds.map((id, index) => [id, index])),
    places,
    existing: existingById(sites),
    footprints,
    problem: problemOf(grid, footprints, cost, siteIds),
    binaryProblem,
    candidatesAtBin: countCandidates(binaryProblem, sites, grid.binCount),
    nearby: indexPlaces(places),
    areas,
    districts,
    siteLevels: new Map(),
  };
}

/** The zone around the middle of the areas. */
function zoneOf(areas: readonly TargetArea[]): LocalZone {
  const [west, south, east, north] = boxOfAreas(areas);
  if (!(west <= east && south <= north)) throw new PlanningError('GRID_AREA_EMPTY', { areas: areas.length });
  return localZoneOf([(west + east) / 2, (south + north) / 2]);
}

/** The station of a site in the zone. */
export function placeOf(site: Site, profile: EquipmentProfile, zone: LocalZone): StationPlace {
  const [eastM, northM] = zone.toMetres(site.position);
  return { eastM, northM, heightM: site.heightM, form: stationFormOf(profile, site.structure) };
}

/** The smallest box in metres around a box in degrees; its sides are followed, because they bend in the zone. */
export function metreBoxOf(zone: LocalZone, [west, south, east, north]: Box): MetreBox {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const steps = 16;
  for (let step = 0; step <= steps; step++) {
    const lon = west + ((east - west) * step) / steps;
    const lat = south + ((north - south) * step) / steps;
    for (const position of [
      [lon, south],
      [lon, north],
      [west, lat],
      [east, lat],
    ] as const) {
      const [eastM, northM] = zone.toMetres(position);
      box[0] = Math.min(box[0], eastM);
      box[1] = Math.min(box[1], northM);
      box[2] = Math.max(box[2], eastM);
      box[3] = Math.max(box[3], northM);
    }
  }
  return box;
}

function boxOfAreas(areas: readonly TargetArea[]): Box {
  return areas.map((area) => boxOf(area.geometry)).reduce(joinBoxes);
}

function usableSites(sites: readonly Site[]): Site[] {
  const usable = sites.filter((site) => site.status !== 'unavailable');
  if (usable.length === 0) throw new PlanningError('COVERAGE_NO_SITES', { sites: sites.length });
  const wrong = usable.find((site) => !(site.heightM > 0 && site.heightM < Infinity));
  if (wrong) throw new PlanningError('COVERAGE_SITE_HEIGHT', { siteId: wrong.id, heightM: wrong.heightM });
  return usable;
}

function surfaceOf(input: PlanInput, zone: LocalZone, reachM: number): Surface | null {
  if (input.buildings === null) return null;
  const box = growBox(boxOfAreas(input.areas), reachM);
  return makeSurface(pickBuildings(input.buildings, box), zone, metreBoxOf(zone, box));
}

interface PlacedSite {
  readonly site: Site;
  readonly place: StationPlace;
}

/** Sites whose service radius touches the box of an area. */
function inReach(
  sites: readonly Site[],
  profile: EquipmentProfile,
  zone: LocalZone,
  areas: readonly TargetArea[],
): PlacedSite[] {
  const around = growBox(
    boxOfAreas(areas),
    Math.max(profile.macro.serviceRadiusM, profile.pole.serviceRadiusM),
  );
  const boxes = areas.map((area) => metreBoxOf(zone, boxOf(area.geometry)));
  return sites
    .filter(
      ({ position: [lon, lat] }) =>
        lon >= around[0] && lat >= around[1] && lon <= around[2] && lat <= around[3],
    )
    .map((site) => ({ site, place: placeOf(site, profile, zone) }))
    .filter(({ place: { eastM, northM, form } }) =>
      boxes.some(([west, south, east, north]) => {
        const awayEastM = Math.max(west - eastM, eastM - east, 0);
        const awayNorthM = Math.max(south - northM, northM - north, 0);
        return awayEastM ** 2 + awayNorthM ** 2 <= form.serviceRadiusM ** 2;
      }),
    );
}

/** Along the curve, so that neighbours in the list are neighbours on the ground; by id where positions are equal. */
function inCurveOrder(placed: readonly PlacedSite[]): { sites: Site[]; places: StationPlace[] } {
  const byId = [...placed].sort((a, b) => (a.site.id < b.site.id ? -1 : 1));
  const order = curveOrder(
    Float64Array.from(byId, ({ place }) => place.eastM),
    Float64Array.from(byId, ({ place }) => place.northM),
  );
  const ordered = Array.from(order, (index) => byId[index]!);
  return { sites: ordered.map(({ site }) => site), places: ordered.map(({ place }) => place) };
}

function existingById(sites: readonly Site[]): number[] {
  return sites
    .flatMap((site, index) => (site.status === 'existing' ? [index] : []))
    .sort((a, b) => (sites[a]!.id < sites[b]!.id ? -1 : 1));
}

/** Only the runs of BINARY_LEVEL, as runs of bins. */
function binaryProblemOf(
  grid: DemandGrid,
  footprints: Footprints,
  cost: Float64Array,
  siteIds: readonly string[],
): SelectionProblem {
  const from = BINARY_LEVEL * grid.binCount;
  const to = from + grid.binCount;
  const { runStarts: allStarts, runFirst: allFirst, runLength: allLength } = footprints;
  const isBinary = (run: number) => allFirst[run]! >= from && allFirst[run]! < to;
  let runs = 0;
  for (let run = 0; run < allFirst.length; run++) if (isBinary(run)) runs++;
  const runStarts = new Uint32Array(siteIds.length + 1);
  const runFirst = new Uint32Array(runs);
  const runLength = new Uint16Array(runs);
  let next = 0;
  for (let site = 0; site < siteIds.length; site++) {
    for (let run = allStarts[site]!; run < allStarts[site + 1]!; run++) {
      if (!isBinary(run)) continue;
      runFirst[next] = allFirst[run]! - from;
      runLength[next++] = allLength[run]!;
    }
    runStarts[site + 1] = next;
  }
  return { rowStarts: grid.rowStarts, weight: grid.weight, runStarts, runFirst, runLength, cost, siteIds };
}

function countCandidates(problem: SelectionProblem, sites: readonly Site[], binCount: number): Uint32Array {
  const count = new Uint32Array(binCount);
  for (let site = 0; site < sites.length; site++)
    if (sites[site]!.status !== 'existing') countSite(problem, site, count, 1);
  return count;
}

/** Adds `change` to every bin the site covers. */
export function countSite(problem: SelectionProblem, site: number, count: Uint32Array, change: 1 | -1): void {
  const { runStarts, runFirst, runLength } = problem;
  for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
    const end = runFirst[run]! + runLength[run]!;
    for (let bin = runFirst[run]!; bin < end; bin++) count[bin] = count[bin]! + change;
  }
}

function indexPlaces(places: readonly StationPlace[]): Flatbush | null {
  if (places.length === 0) return null;
  const index = new Flatbush(places.length);
  for (const { eastM, northM } of places) index.add(eastM, northM, eastM, northM);
  index.finish();
  return index;
}
