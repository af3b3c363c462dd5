// Golden cases: a small plan described in case.json, run through the whole engine, written as GeoJSON that shows input and
// result in two colours and as a summary. Numbers are rounded when written, so that only real changes show.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BuildingSet,
  computePlan,
  distanceM,
  findCoverageRule,
  type HeightRaster,
  type LonLat,
  type MultiPolygon,
  type PlanChoice,
  type PlanInput,
  type PlanResult,
  plainChoice,
  plainRadio,
  type Site,
  type SiteStatus,
  type SiteStructure,
} from '../../engine/index.ts';

/** What case.json holds; boxes are west, south, east, north in degrees. */
interface GoldenCase {
  readonly shows: string;
  readonly areas: readonly { readonly id: string; readonly polygon: readonly (readonly LonLat[])[] }[];
  readonly water?: readonly (readonly (readonly LonLat[])[])[];
  /** Candidates on a mesh, row by row from the south-west; ids m00, m01, … */
  readonly mesh?: {
    readonly from: LonLat;
    readonly stepLonDeg: number;
    readonly stepLatDeg: number;
    readonly columns: number;
    readonly rows: number;
    readonly structure: SiteStructure;
    readonly heightM: number;
    readonly costCny: number;
  };
  readonly sites?: readonly {
    readonly id: string;
    readonly position: LonLat;
    readonly structure: SiteStructure;
    readonly heightM: number;
    readonly costCny: number;
    readonly status: SiteStatus;
  }[];
  /** Houses as rings without the repeated last position; absent: no building data. */
  readonly houses?: readonly { readonly ring: readonly LonLat[]; readonly heightM: number }[];
  /** Round hills on level ground, over the box and beyond; absent: the ground is taken as flat. */
  readonly terrain?: {
    readonly box: readonly [west: number, south: number, east: number, north: number];
    readonly stepDeg: number;
    readonly levelM: number;
    readonly hills: readonly { readonly top: LonLat; readonly heightM: number; readonly radiusM: number }[];
  };
  readonly thresholdDbm: number;
  readonly targetShare: number;
  readonly budgetCny?: number;
  readonly maxSites?: number;
  /** Plan once, refuse the first so many chosen sites, plan again: the second plan is the result. */
  readonly refuseFirst?: number;
}

const INPUT_COLOUR = '#1456b8';
const RESULT_COLOUR = '#c0392b';

export interface GoldenFiles {
  readonly geojson: unknown;
  readonly summary: unknown;
}

/** Folders with a case.json under tests/golden, in order of their names. */
export function goldenCaseDirs(goldenDir: string): string[] {
  return readdirSync(goldenDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(goldenDir, entry.name))
    .sort();
}

/** Runs `case.json` of the folder; both values are what the expected files hold. */
export function runGoldenCase(dir: string): GoldenFiles {
  const golden = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8')) as GoldenCase;
  const input = inputOf(golden);
  const first = computePlan(input, choiceOf(golden, []));
  const refused = first.items
    .filter((item) => item.status === 'new')
    .slice(0, golden.refuseFirst ?? 0)
    .map((item) => item.siteId);
  const result = refused.length > 0 ? computePlan(input, choiceOf(golden, refused)) : first;
  return {
    geojson: rounded(geojsonOf(golden, input, result, refused)),
    summary: rounded(summaryOf(golden, result, refused, first)),
  };
}

/** The text of an expected file. */
export function goldenText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}

function inputOf(golden: GoldenCase): PlanInput {
  return {
    areas: golden.areas.map(({ id, polygon }) => ({
      id,
      name: id,
      kind: 'golden',
      geometry: multi(polygon),
    })),
    districts: [],
    sites: [...meshSites(golden.mesh), ...(golden.sites ?? []).map((site) => siteOf(site))],
    buildings: golden.houses ? buildingsOf(golden.houses) : null,
    terrain: golden.terrain ? [terrainOf(golden.terrain)] : [],
    clutter: [],
    demand: null,
    excluded: (golden.water ?? []).map(multi),
    profileId: 'n78',
    thresholdDbm: golden.thresholdDbm,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    corridors: [],
    configurations: [],
    radio: plainRadio,
  };
}

function choiceOf(golden: GoldenCase, refusedSiteIds: readonly string[]): PlanChoice {
  const rule = findCoverageRule('连续覆盖');
  if (!rule) throw new Error('the rule table has no 连续覆盖');
  return {
    rule,
    targetShare: golden.targetShare,
    budgetCny: golden.budgetCny ?? null,
    maxSites: golden.maxSites ?? null,
    refusedSiteIds,
    lockedSiteIds: [],
    ...plainChoice,
  };
}

function meshSites(mesh: GoldenCase['mesh']): Site[] {
  if (!mesh) return [];
  const { from, stepLonDeg, stepLatDeg, columns, rows, structure, heightM, costCny } = mesh;
  return Array.from({ length: columns * rows }, (_, index) => {
    const position: LonLat = [
      from[0] + (index % columns) * stepLonDeg,
      from[1] + Math.floor(index / columns) * stepLatDeg,
    ];
    const id = `m${String(index).padStart(2, '0')}`;
    return siteOf({ id, position, structure, heightM, costCny, status: 'candidate' });
  });
}

function siteOf(site: NonNullable<GoldenCase['sites']>[number]): Site {
  return {
    ...site,
    code: site.id,
    name: site.id,
    resourceType: site.structure === 'pole' ? '路灯杆' : '普通楼面塔',
    owner: '',
    freeStatus: null,
    powerMode: null,
    buildMode: '改造',
    districtCode: '',
    townCode: '',
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
  };
}

function buildingsOf(houses: NonNullable<GoldenCase['houses']>): BuildingSet {
  const ends = [0];
  for (const { ring } of houses) ends.push(ends.at(-1)! + ring.length);
  return {
    positions: Float64Array.from(houses.flatMap(({ ring }) => ring.flat())),
    ringStarts: Uint32Array.from(ends),
    buildingStarts: Uint32Array.from(ends, (_, index) => index),
    heightM: Float32Array.from(houses, ({ heightM }) => heightM),
  };
}

/** Height falls to a quarter at the radius of a hill: (1 + (d/r)²)⁻². */
function terrainOf({ box, stepDeg, levelM, hills }: NonNullable<GoldenCase['terrain']>): HeightRaster {
  const [westDeg, south, east, northDeg] = box;
  const columns = Math.round((east - westDeg) / stepDeg);
  const rows = Math.round((northDeg - south) / stepDeg);
  const heightM = Float32Array.from({ length: columns * rows }, (_, at) => {
    const position: LonLat = [
      westDeg + ((at % columns) + 0.5) * stepDeg,
      northDeg - (Math.floor(at / columns) + 0.5) * stepDeg,
    ];
    return hills.reduce((sum, hill) => {
      const away = distanceM(position, hill.top) / hill.radiusM;
      const slope = 1 + away * away;
      return sum + hill.heightM / (slope * slope);
    }, levelM);
  });
  return { id: 'hills', westDeg, northDeg, stepLonDeg: stepDeg, stepLatDeg: stepDeg, columns, rows, heightM };
}

function multi(polygon: readonly (readonly LonLat[])[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: [polygon] };
}

function geojsonOf(golden: GoldenCase, input: PlanInput, result: PlanResult, refused: readonly string[]) {
  const feature = (type: string, coordinates: unknown, properties: Record<string, unknown>) => ({
    type: 'Feature',
    properties,
    geometry: { type, coordinates },
  });
  const drawn = { stroke: INPUT_COLOUR, 'fill-opacity': 0 };
  const point = { 'marker-color': INPUT_COLOUR, 'marker-size': 'small' };
  const chosen = { 'marker-color': RESULT_COLOUR };
  const sites = new Map(input.sites.map((site) => [site.id, site]));
  const open = new Set(result.raster.siteIds);
  return {
    type: 'FeatureCollection',
    features: [
      ...golden.areas.map(({ id, polygon }) => feature('Polygon', polygon, { part: 'area', id, ...drawn })),
      ...(golden.water ?? []).map((polygon) => feature('Polygon', polygon, { part: 'water', ...drawn })),
      ...(golden.houses ?? []).map(({ ring, heightM }) =>
        feature('Polygon', [[...ring, ring[0]]], { part: 'house', heightM, ...drawn }),
      ),
      ...(golden.terrain?.hills ?? []).map(({ top, heightM, radiusM }) =>
        feature('Point', top, { part: 'hill', heightM, radiusM, ...point }),
      ),
      ...input.sites
        .filter((site) => !open.has(site.id))
        .map((site) => {
          const part = refused.includes(site.id) ? 'refused' : 'candidate';
          return feature('Point', site.position, { part, id: site.id, ...point });
        }),
      ...result.items.map((item) => {
        const { siteId: id, rank, placedBy, costCny, gainBins, shareAfter } = item;
        const displaced = item.displaced.map((rival) => rival.siteId);
        const part = item.status === 'existing' ? 'existing' : 'chosen';
        const figures = { part, id, rank, placedBy, costCny, gainBins, shareAfter, displaced };
        return feature('Point', sites.get(id)!.position, { ...figures, ...chosen });
      }),
      ...result.uncovered.map(({ reason, bins, areaM2, position, reachableBySiteIds }) =>
        feature('Point', position, {
          part: 'uncovered',
          reason,
          bins,
          areaM2,
          reachableBySiteIds,
          ...chosen,
        }),
      ),
    ],
  };
}

function summaryOf(golden: GoldenCase, result: PlanResult, refused: readonly string[], first: PlanResult) {
  const { summary, areas, fingerprint } = result;
  const levels = result.raster.level.filter((level) => level > -32_768);
  const uncoveredBins: Record<string, number> = {};
  for (const { reason, bins } of result.uncovered)
    uncoveredBins[reason] = (uncoveredBins[reason] ?? 0) + bins;
  return {
    shows: golden.shows,
    fingerprint,
    summary,
    areas,
    uncoveredBins,
    /** Sum over the raster in dBm: moves when any level does. */
    levelSumDbm: levels.reduce((sum, level) => sum + level, 0) / 10,
    ...(refused.length > 0
      ? { refused, before: { sites: first.summary.sites, costCny: first.summary.costCny } }
      : {}),
  };
}

/** Numbers to seven decimals at most: a centimetre in degrees, a bin in ten million in a share. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(7));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]));
}
