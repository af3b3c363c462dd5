// Files → the engine's plan input: parse every layer, pack buildings and people, derive candidates where asked.
import {
  type Box,
  type BuildingSet,
  boxOf,
  type ClutterRaster,
  checkConfigurations,
  corridorsOfRoads,
  type DemandPoints,
  deriveJunctionSites,
  derivePoleSites,
  deriveRoofSites,
  groundAround,
  growBox,
  type HeightRaster,
  joinBoxes,
  type LonLat,
  localZoneOf,
  type MultiPolygon,
  type PlanInput,
  type Road,
  type Site,
  siteOfDerived,
  spreadDemand,
  type TargetArea,
  weighsRoads,
} from '../../engine/index.ts';
import { type ImportKind, isRasterKind } from '../../server/contract/imports.ts';
import type { ImportDefaults } from '../../server/import/import-types.ts';
import { boxOfAreas, planMarginM } from '../../server/jobs/load-plan-input.ts';
import { CommandError } from './options.ts';
import type { PlanOptions } from './plan-options.ts';
import { clutterNear, terrainNear } from './rasters-near.ts';
import { readAntenna } from './read-antenna.ts';
import { readConfigurations } from './read-configurations.ts';
import { type RecordsOf, readImportFile } from './read-file.ts';

/** What one file gave, for the summary. */
export interface FileNote {
  readonly option: string;
  readonly fileName: string;
  readonly digest: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
}

export interface PlanFiles {
  readonly input: PlanInput;
  readonly files: readonly FileNote[];
  readonly derived: Readonly<Record<string, number>>;
}

const BBOX_MARGIN_M = 100;
const MIN_ROOF_AREA_M2 = 150;
const MIN_ROOF_HEIGHT_M = 12;
/** What an existing station is taken for when its list names no type: a macro station. */
const EXISTING_TYPE = '普通地面塔';
const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

export async function readPlanFiles(options: PlanOptions): Promise<PlanFiles> {
  const files: FileNote[] = [];
  const readFile = async (option: string, path: string, kind: ImportKind, defaults: ImportDefaults = {}) => {
    // a raster states its own coordinate system
    const datum = isRasterKind(kind) ? 'WGS84' : options.datum;
    const parsed = await readImportFile({ option, path, kind, datum, defaults, strict: options.strict });
    const { fileName, digest, rowCount, rejected } = parsed;
    files.push({ option, fileName, digest, rows: rowCount, accepted: rowCount - rejected, rejected });
    return parsed;
  };
  const read = async <K extends ImportKind>(
    option: string,
    path: string | null,
    kind: K,
    defaults: ImportDefaults = {},
  ): Promise<RecordsOf<K>> => {
    if (path === null) return [];
    const parsed = await readFile(option, path, kind, defaults);
    // The parser answers records of the kind it was asked for; the type of all kinds together does not say so.
    return parsed.records.rows.map(({ value }) => value) as unknown as RecordsOf<K>;
  };

  const listed = await read('sites', options.sites, 'sites', {
    resourceType: options.defaultType,
    heightM: options.defaultHeightM,
  });
  const stations = await read('existing', options.existing, 'sites', {
    resourceType: EXISTING_TYPE,
    status: 'existing',
  });
  const existing = stations.map((site): Site => ({ ...site, status: 'existing', costCny: 0 }));
  const buildings = packBuildings(await read('buildings', options.buildings, 'buildings'));
  const roads = (await read('roads', options.roads, 'roads')).flatMap(
    ({ name, roadClass, geometry }): Road[] =>
      geometry.coordinates.map((path) => ({ name, roadClass, path })),
  );
  const water = await read('water', options.water, 'areas', { areaKind: '水域' });
  const keyAreas = await read('key-areas', options.keyAreas, 'areas', { areaKind: '重点区域' });
  const demand = packDemand([
    ...(await read('demand', options.demand, 'demand')),
    ...(await read('population', options.population, 'population')),
  ]);
  const districts = await read('districts', options.districts, 'districts');
  const areas =
    options.area === 'bbox'
      ? [
          boxArea(
            listed.length > 0
              ? boxOfPositions(listed.map((site) => site.position))
              : boxOfMap(buildings, roads),
          ),
        ]
      : options.aroundM !== null
        ? [aroundArea(listed, options.aroundM)]
        : (await read('area', options.area, 'areas', { areaKind: '一般区' })).map(
            ({ id, name, kind, geometry }): TargetArea => ({ id, name, kind, geometry }),
          );

  const ground: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: areas.flatMap((area) => area.geometry.coordinates),
  };
  const configurations = options.configurations === null ? [] : readConfigurations(options.configurations);
  checkConfigurations(configurations);
  const near = growBox(
    boxOfAreas(areas),
    planMarginM(options.profileId, [...configurations, ...(options.operators?.operators ?? [])]),
  );
  const terrain: HeightRaster[] = [];
  for (const path of options.dem) terrain.push(...terrainNear(await readFile('dem', path, 'terrain'), near));
  const clutter: ClutterRaster[] = [];
  for (const path of options.clutter)
    clutter.push(...clutterNear(await readFile('clutter', path, 'clutter'), near));
  const excluded = water.map((area) => area.geometry);
  const made = deriveSites(options, buildings, roads, ground, excluded);
  const taken = new Set<string>();
  const sites = [...existing, ...listed, ...made.sites].filter((site) => {
    if (taken.has(site.id)) return false;
    taken.add(site.id);
    return true;
  });
  return {
    files,
    derived: made.counts,
    input: {
      areas,
      districts,
      sites,
      buildings,
      terrain,
      clutter,
      demand,
      excluded,
      profileId: options.profileId,
      thresholdDbm: options.rule.thresholdDbm,
      binSizeM: options.binSizeM,
      weightBy: options.weightBy,
      roads: weighsRoads(options.weightBy, options.rules.robust) ? roads : [],
      keyAreas: keyAreas.map(({ geometry }) => ({ geometry, factor: options.keyFactor })),
      corridors: corridorsOfRoads(
        roads,
        options.rules.corridors.map(({ corridorId }) => corridorId),
        boxOfAreas(areas),
      ),
      configurations,
      radio: {
        ...options.radio,
        macroAntenna: options.antenna === null ? null : readAntenna(options.antenna),
      },
    },
  };
}

function deriveSites(
  options: PlanOptions,
  buildings: BuildingSet | null,
  roads: readonly Road[],
  within: MultiPolygon,
  without: readonly MultiPolygon[],
): { sites: Site[]; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const sites: Site[] = [];
  for (const derivation of options.derive) {
    const derived =
      derivation === 'roofs' && buildings
        ? deriveRoofSites({ buildings, within, minAreaM2: MIN_ROOF_AREA_M2, minHeightM: MIN_ROOF_HEIGHT_M })
        : derivation === 'poles'
          ? derivePoleSites({ roads, within, without, spacingM: options.spacingM })
          : deriveJunctionSites({ roads, within, minBranches: 3 });
    counts[derivation] = derived.length;
    sites.push(...derived.map(siteOfDerived));
  }
  return { sites, counts };
}

/** `null` for no buildings: line of sight is a probability then. */
export function packBuildings(rows: RecordsOf<'buildings'>): BuildingSet | null {
  if (rows.length === 0) return null;
  const positions: number[] = [];
  const ringStarts = [0];
  const buildingStarts = [0];
  for (const { geometry } of rows) {
    for (const ring of geometry.coordinates.flat()) {
      for (const [lon, lat] of ring.slice(0, -1)) positions.push(lon, lat);
      ringStarts.push(positions.length / 2);
    }
    buildingStarts.push(ringStarts.length - 1);
  }
  return {
    positions: Float64Array.from(positions),
    ringStarts: Uint32Array.from(ringStarts),
    buildingStarts: Uint32Array.from(buildingStarts),
    heightM: Float32Array.from(rows, (row) => row.heightM ?? Number.NaN),
  };
}

function packDemand(rows: RecordsOf<'demand'>): DemandPoints | null {
  if (rows.length === 0) return null;
  const points = rows.flatMap(({ position, weight, cell }) =>
    cell ? spreadDemand(cell, weight) : [{ position, weight }],
  );
  return Float64Array.from(points.flatMap(({ position: [lon, lat], weight }) => [lon, lat, weight]));
}

function boxOfMap(buildings: BuildingSet | null, roads: readonly Road[]): Box {
  const corners: LonLat[] = [];
  const positions = buildings?.positions ?? [];
  for (let index = 0; index + 1 < positions.length; index += 2)
    corners.push([positions[index]!, positions[index + 1]!]);
  return joinBoxes(boxOfPositions(corners), boxOfPositions(roads.flatMap((road) => road.path)));
}

function boxOfPositions(positions: readonly LonLat[]): Box {
  return positions.length === 0 ? NOWHERE : boxOf({ type: 'LineString', coordinates: positions });
}

function aroundArea(sites: readonly Site[], withinM: number): TargetArea {
  const [first] = sites;
  if (!first) {
    throw new CommandError(
      'COMMAND_AREA_EMPTY',
      `--area around:${withinM}: 没有站址 / there are no sites`,
      '--sites FILE',
    );
  }
  const positions = sites.map((site) => site.position);
  const geometry = groundAround(positions, localZoneOf(first.position), withinM);
  return { id: `around-${withinM}`, name: `站址周围 ${withinM} m`, kind: '一般区', geometry };
}

function boxArea(tight: Box): TargetArea {
  if (tight[0] > tight[2]) {
    throw new CommandError(
      'COMMAND_AREA_EMPTY',
      '--area bbox: 没有可以外包的数据 / nothing to put a box around',
      '--area FILE',
    );
  }
  const [west, south, east, north] = growBox(tight, BBOX_MARGIN_M);
  const ring: LonLat[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    id: 'bbox',
    name: '外包框',
    kind: '一般区',
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
  };
}
