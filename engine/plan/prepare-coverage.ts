// Everything a plan needs that does not depend on the choice: zone, grid, surface, sites in reach, their footprints and the
// shares of areas and districts. Computed once; every other share, budget or refusal is planned on it in a fraction of a second.
import Flatbush from 'flatbush';
import { computeFootprints } from '../coverage/compute-footprints.ts';
import { type CoverageModel, makeCoverageModel } from '../coverage/coverage-model.ts';
import type { Footprints, SiteLevels } from '../coverage/footprints.ts';
import { HALF_GRADE } from '../coverage/probability-grades.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { HIGHEST_ANTENNA_M } from '../coverage/station-tables.ts';
import { boxesTouch, boxOf, growBox, joinBoxes } from '../geo/box.ts';
import { curveOrder } from '../geo/curve-order.ts';
import { type LocalZone, localZoneOf } from '../geo/local-zone.ts';
import type { DemandGrid, ZoneShare } from '../grid/demand-grid.ts';
import { makeDemandGrid } from '../grid/make-demand-grid.ts';
import { type MetreBox, makeSurface, type Surface } from '../grid/make-surface.ts';
import { makeZoneShare } from '../grid/make-zone-share.ts';
import { sharedArrays } from '../grid/shared-arrays.ts';
import type { District, TargetArea } from '../model/area.ts';
import { type EquipmentProfile, findEquipmentProfile } from '../model/equipment-profile.ts';
import type { Box } from '../model/geometry.ts';
import type { LeftOut, OnProgress, PlanInput } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { Site } from '../model/site.ts';
import type { SiteConfiguration } from '../model/site-configuration.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import { checkFootprintMemory, checkSurfaceMemory } from './check-memory.ts';
import {
  type ConfiguredSite,
  checkConfigurations,
  configureSites,
  nameOfConfigured,
} from './configure-sites.ts';
import { digestGround, digestInput } from './fingerprint.ts';
import { pickBuildings } from './pick-buildings.ts';
import { problemOf } from './problem-of.ts';
import { makeStationForms, type StationForms } from './station-forms.ts';

export interface PreparedCoverage {
  readonly input: PlanInput;
  /** Computed when first asked for: it reads every input byte. */
  readonly inputDigest: () => Uint8Array;
  /** The same without the sites. */
  readonly groundDigest: () => Uint8Array;
  readonly profile: EquipmentProfile;
  /** What every site carries, with the radio options of the input. */
  readonly forms: StationForms;
  readonly zone: LocalZone;
  readonly grid: DemandGrid;
  /** `null`: neither buildings nor terrain are known. */
  readonly surface: Surface | null;
  readonly model: CoverageModel;
  /** Usable sites in reach of the areas, in curve order. All indexes below mean this list. */
  /** With configurations a candidate stands here once for each, as it would be built; the id is that of the site. */
  readonly sites: readonly Site[];
  readonly configurationOf: readonly (SiteConfiguration | null)[];
  /** Each once: the id, or id and configuration (configure-sites.ts). The site ids of the problem. */
  readonly names: readonly string[];
  /** By name. */
  readonly siteIndexes: ReadonlyMap<string, number>;
  readonly places: readonly StationPlace[];
  /** Sites that could not be computed, by reason. */
  readonly leftOut: readonly LeftOut[];
  /** Indexes of existing sites, by id. */
  readonly existing: readonly number[];
  readonly footprints: Footprints;
  /** Sites whose footprint was taken over from an earlier preparation. */
  readonly footprintsReused: number;
  /** With one target, the whole; areas with duties of their own are added by choose-sites.ts. */
  readonly problem: SelectionProblem;
  /** Candidates that cover each bin in the binary sense. */
  readonly candidatesAtBin: Uint32Array;
  /** Positions of `sites` in metres, indexed when first asked for; `null` without sites. */
  readonly nearby: () => Flatbush | null;
  readonly areas: readonly { readonly area: TargetArea; readonly share: ZoneShare }[];
  /** Districts that share ground with the areas. */
  readonly districts: readonly { readonly district: District; readonly share: ZoneShare }[];
  /** Filled as sites are chosen: levels of one site, bin by bin. */
  readonly siteLevels: Map<number, SiteLevels>;
}

const SURFACE_CELL_M = 5;
const NAME_AT_MOST = 20;

export interface GroundOptions {
  /** Large arrays go where threads can read them. */
  readonly shared?: boolean;
  /** Memory the whole plan may take; without it nothing is estimated. */
  readonly memoryMb?: number;
}

/** Throws GRID_*, COVERAGE_PROFILE_UNKNOWN, COVERAGE_NO_SITES, PLAN_CONFIGURATION*. Reports `grid` and `coverage`. */
export function prepareCoverage(input: PlanInput, onProgress?: OnProgress): PreparedCoverage {
  const ground = prepareGround(input, onProgress);
  return withFootprints(
    ground,
    computeFootprints(ground.model, ground.places, (done, total) =>
      onProgress?.({ step: 'coverage', done, total }),
    ),
    0,
  );
}

/** What stands before any footprint is computed. */
export type PreparedGround = Omit<
  PreparedCoverage,
  'footprints' | 'footprintsReused' | 'problem' | 'candidatesAtBin' | 'nearby' | 'inputDigest'
>;

/** Throws as `prepareCoverage` does, and COVERAGE_TOO_LARGE before anything large is made. Reports `grid`. */
export function prepareGround(
  input: PlanInput,
  onProgress?: OnProgress,
  { shared = false, memoryMb = Infinity }: GroundOptions = {},
): PreparedGround {
  const profile = findEquipmentProfile(input.profileId);
  if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId: input.profileId });
  if (input.areas.length === 0) throw new PlanningError('GRID_AREA_EMPTY', { areas: 0 });
  checkConfigurations(input.configurations);
  const { usable, leftOut } = usableSites(input);
  const kept = <T extends object>(value: T): T => (shared ? sharedArrays(value) : value);

  onProgress?.({ step: 'grid', done: 0, total: 1 });
  const zone = zoneOf(input.areas);
  const forms = makeStationForms(profile, input.radio, input.configurations);
  const surfaceBox = growBox(boxOfAreas(input.areas), forms.reachM);
  checkSurfaceMemory(input, metreBoxOf(zone, surfaceBox), SURFACE_CELL_M, memoryMb);
  const made = surfaceOf(input, zone, surfaceBox);
  const surface = made && kept(made);
  const grid = kept(demandGridOf(input, zone, surface));
  const areas = input.areas.map((area) => ({ area, share: makeZoneShare(grid, zone, area.geometry) }));
  const box = boxOfAreas(input.areas);
  const districts = input.districts
    .filter((district) => boxesTouch(boxOf(district.geometry), box))
    .map((district) => ({ district, share: makeZoneShare(grid, zone, district.geometry) }))
    .filter(({ share }) => share.bins.length > 0);
  onProgress?.({ step: 'grid', done: 1, total: 1 });

  const listed = listSites(usable, forms, zone, input.areas);
  checkFootprintMemory(grid, surface, listed.places, memoryMb);
  return {
    input,
    groundDigest: once(() => digestGround(input)),
    profile,
    forms,
    zone,
    grid,
    surface,
    model: kept(makeCoverageModel({ grid, surface, profile, thresholdDbm: input.thresholdDbm })),
    ...listed,
    leftOut,
    areas,
    districts,
    siteLevels: new Map(),
  };
}

/** Throws GRID_*. */
export function demandGridOf(input: PlanInput, zone: LocalZone, surface: Surface | null): DemandGrid {
  return makeDemandGrid({
    areas: input.areas.map((area) => area.geometry),
    excluded: input.excluded,
    zone,
    binSizeM: input.binSizeM,
    demand: input.demand,
    weightBy: input.weightBy,
    roads: input.roads,
    keyAreas: input.keyAreas,
    outdoor: surface,
  });
}

/** The ground that is prepared, with the sites of another input on the same ground. */
export function withInput(prepared: PreparedCoverage, input: PlanInput): PreparedGround {
  const { groundDigest, profile, forms, zone, grid, surface, model, areas, districts } = prepared;
  const { usable, leftOut } = usableSites(input);
  return {
    input,
    groundDigest,
    profile,
    forms,
    zone,
    grid,
    surface,
    model,
    ...listSites(usable, forms, zone, input.areas),
    leftOut,
    areas,
    districts,
    siteLevels: new Map(),
  };
}

function listSites(
  usable: readonly ConfiguredSite[],
  forms: StationForms,
  zone: LocalZone,
  areas: readonly TargetArea[],
) {
  const placed = inCurveOrder(inReach(usable, forms, zone, areas));
  const sites = placed.map(({ site }) => site);
  const names = placed.map(nameOf);
  return {
    sites,
    configurationOf: placed.map(({ configuration }) => configuration),
    names,
    siteIndexes: new Map(names.map((name, index) => [name, index])),
    places: placed.map(({ place }) => place),
    existing: existingById(sites),
  };
}

function nameOf({ site, configuration }: ConfiguredSite): string {
  return nameOfConfigured(site.id, configuration?.id ?? null);
}

export function withFootprints(
  ground: PreparedGround,
  footprints: Footprints,
  footprintsReused: number,
  candidatesAtBin: Uint32Array = countCandidates(footprints, ground.sites),
): PreparedCoverage {
  const { grid, sites } = ground;
  return {
    ...ground,
    footprints,
    footprintsReused,
    problem: problemOf(grid, footprints, sites, ground.places, ground.names),
    candidatesAtBin,
    nearby: once(() => indexPlaces(ground.places)),
    inputDigest: once(() => digestInput(ground.input, ground.groundDigest())),
  };
}

/** Forgets how it was made, and with it what that held. */
function once<T>(make: () => T): () => T {
  let maker: (() => T) | null = make;
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: maker!() };
    maker = null;
    return made.value;
  };
}

/** The zone around the middle of the areas. */
function zoneOf(areas: readonly TargetArea[]): LocalZone {
  const [west, south, east, north] = boxOfAreas(areas);
  if (!(west <= east && south <= north)) throw new PlanningError('GRID_AREA_EMPTY', { areas: areas.length });
  return localZoneOf([(west + east) / 2, (south + north) / 2]);
}

/** The station of a site in the zone. */
export function placeOf(
  site: Site,
  forms: StationForms,
  zone: LocalZone,
  configuration: SiteConfiguration | null = null,
): StationPlace {
  const [eastM, northM] = zone.toMetres(site.position);
  return { eastM, northM, heightM: site.heightM, form: forms.of(site, configuration?.profileId) };
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

/** A site is left out when none of its configurations has a height that can be. */
function usableSites({ sites, configurations }: PlanInput): {
  usable: ConfiguredSite[];
  leftOut: LeftOut[];
} {
  const open = sites.filter((site) => site.status !== 'unavailable');
  const usable = configureSites(open, configurations).filter(
    ({ site }) => site.heightM > 0 && site.heightM <= HIGHEST_ANTENNA_M,
  );
  const known = new Set(usable.map(({ site }) => site.id));
  const wrong = open.filter(({ id }) => !known.has(id));
  if (wrong.length === open.length) {
    const [first] = wrong;
    if (!first) throw new PlanningError('COVERAGE_NO_SITES', { sites: sites.length });
    throw new PlanningError('COVERAGE_SITE_HEIGHT', { siteId: first.id, heightM: first.heightM });
  }
  const ids = wrong.map((site) => site.id).sort();
  return {
    usable,
    leftOut:
      ids.length > 0
        ? [{ code: 'COVERAGE_SITE_HEIGHT', sites: ids.length, siteIds: ids.slice(0, NAME_AT_MOST) }]
        : [],
  };
}

/** Roofs and ground in a box of degrees; null where the input knows neither. */
export function surfaceOf(input: PlanInput, zone: LocalZone, box: Box): Surface | null {
  if (input.buildings === null && input.terrain.length + input.clutter.length === 0) return null;
  const buildings = input.buildings && pickBuildings(input.buildings, box);
  return makeSurface(buildings, zone, metreBoxOf(zone, box), SURFACE_CELL_M, input.terrain, input.clutter);
}

interface PlacedSite extends ConfiguredSite {
  readonly place: StationPlace;
}

/** Sites whose service radius touches the box of an area. */
export function inReach(
  sites: readonly ConfiguredSite[],
  forms: StationForms,
  zone: LocalZone,
  areas: readonly TargetArea[],
): PlacedSite[] {
  const around = growBox(boxOfAreas(areas), forms.reachM);
  const boxes = areas.map((area) => metreBoxOf(zone, boxOf(area.geometry)));
  return sites
    .filter(
      ({
        site: {
          position: [lon, lat],
        },
      }) => lon >= around[0] && lat >= around[1] && lon <= around[2] && lat <= around[3],
    )
    .map((one) => ({ ...one, place: placeOf(one.site, forms, zone, one.configuration) }))
    .filter(({ place: { eastM, northM, form } }) =>
      boxes.some(([west, south, east, north]) => {
        const awayEastM = Math.max(west - eastM, eastM - east, 0);
        const awayNorthM = Math.max(south - northM, northM - north, 0);
        return awayEastM * awayEastM + awayNorthM * awayNorthM <= form.serviceRadiusM * form.serviceRadiusM;
      }),
    );
}

/** Along the curve, so that neighbours in the list are neighbours on the ground; by name where positions are equal. */
function inCurveOrder(placed: readonly PlacedSite[]): PlacedSite[] {
  const byId = [...placed].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const order = curveOrder(
    Float64Array.from(byId, ({ place }) => place.eastM),
    Float64Array.from(byId, ({ place }) => place.northM),
  );
  return Array.from(order, (index) => byId[index]!);
}

export function existingById(sites: readonly Site[]): number[] {
  return sites
    .flatMap((site, index) => (site.status === 'existing' ? [index] : []))
    .sort((a, b) => (sites[a]!.id < sites[b]!.id ? -1 : 1));
}

function countCandidates(footprints: Footprints, sites: readonly Site[]): Uint32Array {
  const count = new Uint32Array(footprints.binCount);
  for (let site = 0; site < sites.length; site++)
    if (sites[site]!.status !== 'existing') countSite(footprints, site, count, 1);
  return count;
}

/** Adds `change` to every bin the site covers in the binary sense. */
export function countSite(footprints: Footprints, site: number, count: Uint32Array, change: 1 | -1): void {
  eachGrade({ footprints }, site, (bin, grade) => {
    if (grade >= HALF_GRADE) count[bin] = count[bin]! + change;
  });
}

function indexPlaces(places: readonly StationPlace[]): Flatbush | null {
  if (places.length === 0) return null;
  const index = new Flatbush(places.length);
  for (const { eastM, northM } of places) index.add(eastM, northM, eastM, northM);
  index.finish();
  return index;
}
