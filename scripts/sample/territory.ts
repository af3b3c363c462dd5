// Districts and towns: every superblock belongs to the town whose seat is nearest, so borders run along streets and
// neighbours share their corners exactly.
import type { District, MultiPolygon, PolygonRings } from '../../engine/index.ts';
import { gapM, type Place, ringAreaM2, toLonLat } from './ground.ts';
import { type Cell, type Lattice, outlineOf } from './lattice.ts';
import type { Belonging, BelongingOf } from './make-sites.ts';
import { DISTRICT_NAMES, TOWN_NAMES } from './names.ts';
import type { Random } from './random.ts';

export interface Town {
  readonly code: string;
  readonly name: string;
  readonly districtCode: string;
}

export interface Territory {
  /** Districts first, then their towns: both group totals. */
  readonly districts: readonly District[];
  readonly towns: readonly Town[];
  readonly belongingOf: BelongingOf;
}

interface Seat extends Belonging {
  readonly place: Place;
}

/** One district per 65 km² or less, six towns in each. Codes begin with 99: no province has that number. */
export function makeTerritory(random: Random, lattice: Lattice, areaKm2: number): Territory {
  const seats = makeSeats(
    random,
    lattice,
    Math.max(1, Math.round(areaKm2 / 64)),
    areaKm2 < 20 ? 2 : TOWN_NAMES.length,
  );
  const belongingOf = (place: Place): Belonging => nearest(seats, place);
  const cellsOf = new Map<string, Cell[]>();
  for (const cell of lattice.cells) {
    const { districtCode, townCode } = belongingOf(cell.middle);
    for (const code of [districtCode, townCode]) cellsOf.set(code, [...(cellsOf.get(code) ?? []), cell]);
  }
  const district = (code: string, name: string): District[] => {
    const cells = cellsOf.get(code);
    return cells ? [{ code, name, geometry: groundOf(lattice, cells) }] : [];
  };
  const districtNames = new Map(seats.map((seat) => [seat.districtCode, seat.districtName]));
  return {
    districts: [
      ...[...districtNames].flatMap(([code, name]) => district(code, name)),
      ...seats.flatMap((seat) => district(seat.townCode, seat.townName)),
    ],
    towns: seats.map((seat) => ({
      code: seat.townCode,
      name: seat.townName,
      districtCode: seat.districtCode,
    })),
    belongingOf,
  };
}

/** The ground of some superblocks as polygons with their holes. */
export function groundOf(lattice: Lattice, cells: readonly Cell[]): MultiPolygon {
  const rings = outlineOf(lattice, cells);
  const outer = rings.filter((ring) => ringAreaM2(ring) > 0);
  const holes = rings.filter((ring) => ringAreaM2(ring) <= 0);
  return {
    type: 'MultiPolygon',
    coordinates: outer.map((ring) => [
      closedRing(ring),
      ...holes.filter((hole) => isInside(hole[0]!, ring)).map(closedRing),
    ]),
  };
}

export function closedRing(ring: readonly Place[]): PolygonRings[number] {
  return [...ring, ring[0]!].map(toLonLat);
}

/** Even-odd rule. */
export function isInside([x, y]: Place, ring: readonly Place[]): boolean {
  let inside = false;
  for (let index = 0, last = ring.length - 1; index < ring.length; last = index, index += 1) {
    const [x0, y0] = ring[index]!;
    const [x1, y1] = ring[last]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
  }
  return inside;
}

function makeSeats(random: Random, lattice: Lattice, districts: number, townsEach: number): Seat[] {
  const turn = random.between(0, 2 * Math.PI);
  return Array.from({ length: districts }, (_, district) => {
    const middle = onRing(lattice.radiusM, district, districts, turn);
    const spreadM = lattice.radiusM / Math.sqrt(districts);
    return Array.from({ length: townsEach }, (_, town): Seat => {
      const [x, y] = onRing(spreadM, town, townsEach, turn + district);
      const code = `99${String(district + 1).padStart(4, '0')}`;
      const name = `${DISTRICT_NAMES[district % DISTRICT_NAMES.length]}区`;
      return {
        place: [middle[0] + x, middle[1] + y],
        districtCode: code,
        districtName: name,
        townCode: `${code}${String(town + 1).padStart(3, '0')}`,
        townName: district === 0 ? TOWN_NAMES[town]! : `${name.slice(0, -1)}第${town + 1}街道`,
      };
    });
  }).flat();
}

/** The first in the middle, the others on a ring around it. */
function onRing(radiusM: number, index: number, count: number, turn: number): Place {
  if (index === 0) return [0, 0];
  const angle = turn + (2 * Math.PI * index) / (count - 1);
  return [0.62 * radiusM * Math.cos(angle), 0.62 * radiusM * Math.sin(angle)];
}

function nearest(seats: readonly Seat[], place: Place): Seat {
  let best = seats[0]!;
  for (const seat of seats) if (gapM(seat.place, place) < gapM(best.place, place)) best = seat;
  return best;
}
