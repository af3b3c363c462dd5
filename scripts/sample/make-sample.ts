// The made-up district (or city): streets, houses, sites, conduits, areas and people from one seed. The same size and
// seed give the same bytes on every machine. Nothing is read from outside and nothing is copied from a real place.
import type { District, LonLat, MultiPolygon, TargetArea } from '../../engine/index.ts';
import type { StoredSite } from '../../server/store/sites.ts';
import { bandAround, makeBigLines } from './big-lines.ts';
import { lengthM, makeBend, type Place, toLonLat } from './ground.ts';
import { ELEVATED_ROAD, type GroundMask, makeGroundMask, WATER } from './ground-mask.ts';
import { type Cell, cellsUpTo, makeLattice } from './lattice.ts';
import { makeAreas } from './make-areas.ts';
import { type House, makeHouses } from './make-houses.ts';
import { makePoles } from './make-poles.ts';
import { existingSites, poleSites, roofSites } from './make-sites.ts';
import { makeRandom, type Random } from './random.ts';
import { HALF_WIDTH_M, makeStreets, type StreetPlan } from './streets.ts';
import { closedRing, makeTerritory, type Town } from './territory.ts';
import { type ZoneUse, zoneCells } from './zones.ts';

export const sampleSizes = ['small', 'district', 'city'] as const;
export type SampleSize = (typeof sampleSizes)[number];
export const DEFAULT_SEED = 5;

/** Ground of the whole and of its built-up part, km². */
const AREA_KM2: Record<SampleSize, { readonly whole: number; readonly builtUp: number }> = {
  small: { whole: 4.6, builtUp: 4 },
  district: { whole: 64, builtUp: 60 },
  city: { whole: 640, builtUp: 590 },
};
const POLES_PER_KM2 = 8000 / 60;
const EXISTING_PER_KM2 = 1;
const PEOPLE_PER_KM2 = 400_000 / 60;

interface LineGeometry {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly (readonly LonLat[])[];
}

export interface Sample {
  readonly sites: readonly StoredSite[];
  readonly buildings: readonly {
    readonly id: string;
    readonly heightM: number;
    readonly geometry: MultiPolygon;
  }[];
  readonly roads: readonly {
    readonly id: string;
    readonly name: string;
    readonly roadClass: string;
    readonly geometry: LineGeometry;
  }[];
  readonly pipes: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly kind: string;
    readonly owner: string;
    readonly ducts: number;
    readonly geometry: LineGeometry;
  }[];
  readonly districts: readonly District[];
  readonly towns: readonly Town[];
  readonly areas: readonly TargetArea[];
  readonly demand: readonly { readonly id: string; readonly position: LonLat; readonly weight: number }[];
}

export function makeSample(size: SampleSize, seed: number = DEFAULT_SEED): Sample {
  const { whole, builtUp: builtUpKm2 } = AREA_KM2[size];
  const random = (stream: string): Random => makeRandom(seed, `${size}/${stream}`);
  const bend = makeBend(random('bend'));
  const lattice = makeLattice(random('lattice'), bend, whole);
  const builtUp = cellsUpTo(lattice.cells, builtUpKm2);
  const uses = zoneCells(random('zones'), lattice, builtUp.length);
  const lines = makeBigLines(random('lines'), bend, lattice.radiusM);
  const lakes = makeLakes(random('lakes'), lattice.cells, uses);

  const mask = makeGroundMask(lattice.radiusM * 1.9);
  lines.river.slice(1).forEach((place, index) => {
    mask.paint([lines.river[index]!, place], lines.riverHalfWidthM[index]! + 14, WATER);
  });
  for (const lake of lakes) paintLake(mask, lake);
  for (const road of [lines.ring, lines.expressway]) mask.paint(road, HALF_WIDTH_M.trunk + 10, ELEVATED_ROAD);

  const plan = makeStreets(random('streets'), lattice, uses, lines, mask);
  const houses = makeHouses(random('houses'), bend, plan.blocks, mask);
  const territory = makeTerritory(random('territory'), lattice, whole);
  const poles = makePoles(random('poles'), plan, mask, Math.round(builtUpKm2 * POLES_PER_KM2));
  const greenPlaces = lattice.cells
    .filter((_, index) => ['park', 'fields', 'industry', 'village', 'campus'].includes(uses[index]!))
    .map((cell) => cell.middle)
    .filter((place) => !mask.has(place, WATER | ELEVATED_ROAD));
  const existing = Math.round(builtUpKm2 * EXISTING_PER_KM2);
  return {
    sites: [
      ...existingSites(
        random('existing'),
        houses,
        greenPlaces,
        existing,
        lattice.radiusM,
        territory.belongingOf,
      ),
      ...roofSites(random('roofs'), houses, territory.belongingOf),
      ...poleSites(random('pole-sites'), poles, territory.belongingOf),
    ],
    buildings: houses.map((house, index) => ({
      id: `sample-building-${index + 1}`,
      heightM: house.heightM,
      geometry: { type: 'MultiPolygon', coordinates: [[closedRing(house.ring)]] },
    })),
    roads: plan.streets.map((street, index) => ({
      id: `sample-road-${index + 1}`,
      name: street.name,
      roadClass: street.roadClass,
      geometry: { type: 'MultiLineString', coordinates: [street.path.map(toLonLat)] },
    })),
    pipes: makePipes(random('pipes'), plan),
    districts: territory.districts,
    towns: territory.towns,
    areas: makeAreas(random('areas'), territory.districts[0]!.name, { lattice, uses, builtUp, lines, lakes }),
    demand: makeDemand(houses, whole * PEOPLE_PER_KM2),
  };
}

/** Lakes in some of the parks, round with a wobble. */
function makeLakes(random: Random, cells: readonly Cell[], uses: readonly ZoneUse[]): Place[][] {
  return cells.flatMap((cell, index) => {
    if (uses[index] !== 'park' || random.chance(0.35)) return [];
    const radiusM = Math.sqrt(cell.areaM2) * random.between(0.16, 0.26);
    const phase = random.between(0, 2 * Math.PI);
    const ring = Array.from({ length: 28 }, (_, step): Place => {
      const angle = (2 * Math.PI * step) / 28;
      const wobble = radiusM * (1 + 0.18 * Math.sin(2 * angle + phase) + 0.09 * Math.sin(3 * angle - phase));
      return [cell.middle[0] + wobble * Math.cos(angle), cell.middle[1] + wobble * 0.75 * Math.sin(angle)];
    });
    return [ring];
  });
}

function paintLake(mask: GroundMask, ring: readonly Place[]): void {
  const sum = ring.reduce(([x, y], place): Place => [x + place[0], y + place[1]], [0, 0] as Place);
  const middle: Place = [sum[0] / ring.length, sum[1] / ring.length];
  for (const place of ring) mask.paint([middle, place], 12, WATER);
}

/** Conduits follow the main streets; the wider the street, the more ducts. */
function makePipes(random: Random, plan: StreetPlan): Sample['pipes'] {
  const main = plan.streets.filter(
    (street) => ['primary', 'secondary'].includes(street.roadClass) && lengthM(street.path) > 300,
  );
  return main.map((street, index) => {
    const aside = HALF_WIDTH_M[street.roadClass] - 5;
    // One side of a band around the street: the first half of its ring.
    const side = bandAround(street.path, () => aside).slice(0, street.path.length);
    return {
      id: `sample-pipe-${index + 1}`,
      code: `GX-${String(index + 1).padStart(4, '0')}`,
      name: `${street.name}通信管道`,
      kind: '通信管道',
      owner: random.pick(['信息管线公司', '电信运营商共建', '市政管理所']),
      ducts: street.roadClass === 'primary' ? random.pick([12, 18, 24]) : random.pick([6, 8, 12]),
      geometry: { type: 'MultiLineString', coordinates: [side.map(toLonLat)] },
    };
  });
}

/** People live in proportion to the floor space of housing; the total follows the ground. */
function makeDemand(houses: readonly House[], people: number): Sample['demand'] {
  const homes = houses.filter((house) => house.use === 'housing' || house.use === 'village house');
  const floorM2 = (house: House): number => house.footprintM2 * Math.max(1, Math.floor(house.heightM / 3));
  const total = homes.reduce((sum, house) => sum + floorM2(house), 0);
  return homes.map((house, index) => ({
    id: `sample-people-${index + 1}`,
    position: toLonLat(house.middle),
    weight: Math.round((people * floorM2(house) * 10) / total) / 10,
  }));
}
