// A seeded street grid as large as a benchmark asks: blocks of 90 m with four lots each, streets of 20 m, lamp poles along the
// streets, stations on roofs. Houses cover about a third of the ground, as in the middle of a Chinese city. Nothing is read.
import {
  type BuildingSet,
  curveOrder,
  type DemandGrid,
  findEquipmentProfile,
  type LocalZone,
  type LonLat,
  localZone,
  type MultiPolygon,
  makeDemandGrid,
  makeSurface,
  type StationForm,
  type StationPlace,
  type Surface,
} from '../../engine/index.ts';
import { makeRandom } from '../sample/random.ts';

export interface BenchTown {
  readonly zone: LocalZone;
  readonly area: MultiPolygon;
  readonly buildings: BuildingSet;
  readonly surface: Surface;
  readonly grid: DemandGrid;
  /** In curve order, as a plan has them. */
  readonly places: readonly StationPlace[];
  readonly builtShare: number;
}

export interface TownSize {
  readonly sideM: number;
  readonly poles: number;
  readonly roofs: number;
}

export const BENCH_PROFILE = findEquipmentProfile('n78')!; // one of the table
export const THRESHOLD_DBM = -105;
/** The stated mix: poles of 300 m, roofs of 1000 m. */
export const POLE_FORM: StationForm = { ...BENCH_PROFILE.pole, serviceRadiusM: 300 };
export const ROOF_FORM: StationForm = { ...BENCH_PROFILE.macro, serviceRadiusM: 1000 };

const ORIGIN_EAST_M = 400_000;
const ORIGIN_NORTH_M = 3_456_000;
const PITCH_M = 90;
const STREET_M = 20;
const BIN_M = 20;
const CELL_M = 5;
const MARGIN_M = 1000;
const SEED = 38_901;

export function makeBenchTown(size: TownSize): BenchTown {
  const zone = localZone(4549);
  const toDegrees = (eastM: number, northM: number): LonLat =>
    zone.toDegrees(ORIGIN_EAST_M + eastM, ORIGIN_NORTH_M + northM);
  const houses = makeHouses(size.sideM);
  const buildings = packHouses(houses, toDegrees);
  const { sideM } = size;
  const area: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [
      [[toDegrees(0, 0), toDegrees(sideM, 0), toDegrees(sideM, sideM), toDegrees(0, sideM), toDegrees(0, 0)]],
    ],
  };
  const surface = makeSurface(
    buildings,
    zone,
    [
      ORIGIN_EAST_M - MARGIN_M,
      ORIGIN_NORTH_M - MARGIN_M,
      ORIGIN_EAST_M + sideM + MARGIN_M,
      ORIGIN_NORTH_M + sideM + MARGIN_M,
    ],
    CELL_M,
  );
  const grid = makeDemandGrid({
    areas: [area],
    excluded: [],
    zone,
    binSizeM: BIN_M,
    demand: null,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    outdoor: surface,
  });
  const built = houses.reduce((sum, { widthM, depthM }) => sum + widthM * depthM, 0);
  return {
    zone,
    area,
    buildings,
    surface,
    grid,
    places: inCurveOrder([...polePlaces(size), ...roofPlaces(size, houses)]),
    builtShare: built / (sideM * sideM),
  };
}

interface House {
  readonly westM: number;
  readonly southM: number;
  readonly widthM: number;
  readonly depthM: number;
  readonly heightM: number;
}

/** Four lots to a block, one in twelve left open; most houses of five to eight storeys, some towers. */
function makeHouses(sideM: number): House[] {
  const random = makeRandom(SEED, 'houses');
  const houses: House[] = [];
  const lotM = (PITCH_M - STREET_M) / 2;
  for (let northM = STREET_M; northM + lotM <= sideM; northM += lotM + (isSecond(northM) ? STREET_M : 0)) {
    for (let eastM = STREET_M; eastM + lotM <= sideM; eastM += lotM + (isSecond(eastM) ? STREET_M : 0)) {
      const widthM = random.between(22, 33);
      const depthM = random.between(22, 33);
      const heightM = random.chance(0.12) ? random.between(40, 100) : random.between(12, 30);
      if (random.chance(1 / 12)) continue;
      const westM = eastM + random.between(0, lotM - widthM);
      const southM = northM + random.between(0, lotM - depthM);
      houses.push({ westM, southM, widthM, depthM, heightM });
    }
  }
  return houses;
}

/** Whether a lot that begins here is the second of its block. */
function isSecond(fromM: number): boolean {
  return (fromM - STREET_M) % PITCH_M > 1;
}

function packHouses(
  houses: readonly House[],
  toDegrees: (eastM: number, northM: number) => LonLat,
): BuildingSet {
  const positions = new Float64Array(houses.length * 8);
  houses.forEach(({ westM, southM, widthM, depthM }, index) => {
    const corners = [
      toDegrees(westM, southM),
      toDegrees(westM + widthM, southM),
      toDegrees(westM + widthM, southM + depthM),
      toDegrees(westM, southM + depthM),
    ];
    positions.set(corners.flat(), index * 8);
  });
  return {
    positions,
    ringStarts: Uint32Array.from({ length: houses.length + 1 }, (_, index) => index * 4),
    buildingStarts: Uint32Array.from({ length: houses.length + 1 }, (_, index) => index),
    heightM: Float32Array.from(houses, ({ heightM }) => heightM),
  };
}

/** At the kerb of a street, 8 m high. */
function polePlaces({ sideM, poles }: TownSize): StationPlace[] {
  const random = makeRandom(SEED, 'poles');
  const streets = Math.floor(sideM / PITCH_M);
  return Array.from({ length: poles }, () => {
    const acrossM = random.whole(0, streets - 1) * PITCH_M + random.pick([3, STREET_M - 3]);
    const alongM = random.between(0, sideM);
    const [eastM, northM] = random.chance(0.5) ? [acrossM, alongM] : [alongM, acrossM];
    return { eastM: ORIGIN_EAST_M + eastM, northM: ORIGIN_NORTH_M + northM, heightM: 8, form: POLE_FORM };
  });
}

/** In the middle of a roof, 3 m above it. */
function roofPlaces({ roofs }: TownSize, houses: readonly House[]): StationPlace[] {
  const random = makeRandom(SEED, 'roofs');
  return Array.from({ length: roofs }, () => {
    const { westM, southM, widthM, depthM, heightM } = random.pick(houses);
    return {
      eastM: ORIGIN_EAST_M + westM + widthM / 2,
      northM: ORIGIN_NORTH_M + southM + depthM / 2,
      heightM: heightM + 3,
      form: ROOF_FORM,
    };
  });
}

function inCurveOrder(places: readonly StationPlace[]): StationPlace[] {
  const order = curveOrder(
    Float64Array.from(places, ({ eastM }) => eastM),
    Float64Array.from(places, ({ northM }) => northM),
  );
  return Array.from(order, (index) => places[index]!);
}
