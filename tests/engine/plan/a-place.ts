// Small plan inputs built in code: a square of ground, sites by metres from its south-west corner, houses as boxes.
import {
  type BuildingSet,
  type CoverageRule,
  findCoverageRule,
  type LonLat,
  localZoneOf,
  type MultiPolygon,
  type PlanChoice,
  type PlanInput,
  plainChoice,
  plainRadio,
  type Road,
  type Site,
} from '../../../engine/index.ts';

/** South-west corner of every square here: exact metres in its Gauss-Krüger zone, on whole multiples of 20 m. */
const zone = localZoneOf([121, 31]);
const [WEST_M, SOUTH_M] = zone.toMetres([121, 31]).map((metres) => Math.round(metres / 100) * 100) as [
  number,
  number,
];

export const at = (eastM: number, northM: number): LonLat => zone.toDegrees(WEST_M + eastM, SOUTH_M + northM);

/** Sides are straight in the zone to a millimetre over a few kilometres. */
export function box(west: number, south: number, east: number, north: number): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: [[[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]]],
  };
}

export function aSite(id: string, eastM: number, northM: number, changes: Partial<Site> = {}): Site {
  return {
    id,
    code: `code-${id}`,
    name: `杆${id}`,
    resourceType: '路灯杆',
    structure: 'pole',
    position: at(eastM, northM),
    heightM: 8,
    status: 'candidate',
    costCny: 60_000,
    owner: '市政',
    freeStatus: '必须免费',
    powerMode: '直供',
    buildMode: '改造',
    districtCode: '',
    townCode: '',
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
    ...changes,
  };
}

/** Candidates on a square mesh over the box. */
export function aMesh(
  widthM: number,
  heightM: number,
  spacingM: number,
  changes: Partial<Site> = {},
): Site[] {
  const sites: Site[] = [];
  for (let north = spacingM / 2; north < heightM; north += spacingM)
    for (let east = spacingM / 2; east < widthM; east += spacingM)
      sites.push(aSite(`m${String(sites.length).padStart(3, '0')}`, east, north, changes));
  return sites;
}

interface House {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly heightM: number;
}

export function houses(list: readonly House[]): BuildingSet {
  const corners = list.flatMap(({ west, south, east, north }) => [
    at(west, south),
    at(east, south),
    at(east, north),
    at(west, north),
  ]);
  return {
    positions: Float64Array.from(corners.flat()),
    ringStarts: Uint32Array.from({ length: list.length + 1 }, (_, index) => 4 * index),
    buildingStarts: Uint32Array.from({ length: list.length + 1 }, (_, index) => index),
    heightM: Float32Array.from(list, (house) => house.heightM),
  };
}

/** Blocks of 60 m with 40 m of street between them, 12 to 36 m high. */
export function blocks(widthM: number, heightM: number): BuildingSet {
  const list: House[] = [];
  for (let south = 20; south + 60 < heightM; south += 100)
    for (let west = 20; west + 60 < widthM; west += 100)
      list.push({ west, south, east: west + 60, north: south + 60, heightM: 12 + (list.length % 5) * 6 });
  return houses(list);
}

/** One person every `stepM` metres, three in the eastern half. */
export function people(widthM: number, heightM: number, stepM: number): Float64Array {
  const triples: number[] = [];
  for (let north = stepM / 2; north < heightM; north += stepM)
    for (let east = stepM / 2; east < widthM; east += stepM)
      triples.push(...at(east, north), east > widthM / 2 ? 3 : 1);
  return Float64Array.from(triples);
}

/** A crooked public road through the square. */
export function aStreet(): Road {
  return { name: '中山路', roadClass: 'primary', path: [at(-50, 130), at(420, 455), at(880, 910)] };
}

export function anInput(changes: Partial<PlanInput> = {}): PlanInput {
  return {
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 1000, 1000) }],
    districts: [],
    sites: aMesh(1000, 1000, 125),
    buildings: null,
    terrain: [],
    clutter: [],
    demand: null,
    excluded: [],
    profileId: 'n78',
    thresholdDbm: -105,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    corridors: [],
    configurations: [],
    radio: plainRadio,
    ...changes,
  };
}

const continuous: CoverageRule = findCoverageRule('连续覆盖')!;

export function aChoice(changes: Partial<PlanChoice> = {}): PlanChoice {
  return {
    rule: continuous,
    targetShare: continuous.targetShare,
    budgetCny: null,
    maxSites: null,
    refusedSiteIds: [],
    lockedSiteIds: [],
    ...plainChoice,
    effort: 'quick',
    ...changes,
  };
}
