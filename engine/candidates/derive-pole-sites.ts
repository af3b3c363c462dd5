// Lamp poles along public roads: evenly spaced near the wanted spacing, turn by turn on either kerb, half a space away from
// both ends of the way. Near crossings and double carriageways poles closer than half the spacing are dropped, wider roads first.
import { localZoneOf } from '../geo/local-zone.ts';
import type { Road } from '../model/buildings.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import { type DerivedSite, makeDerivedSite } from './derived-site.ts';
import { drivableRoads, kerbOffsetM } from './drivable-roads.ts';
import { makePlaceFilter } from './place-filter.ts';

/** Sorted by id. Throws when the spacing is not above zero. */
export function derivePoleSites(input: {
  readonly roads: readonly Road[];
  readonly within: MultiPolygon | null;
  readonly spacingM: number;
  /** Ground where no pole can stand, such as water. */
  readonly without?: readonly MultiPolygon[];
  /** Road classes to use; trunk to residential when left out. */
  readonly classes?: readonly string[];
}): DerivedSite[] {
  const { spacingM } = input;
  if (!(spacingM > 0)) throw new RangeError(`derivePoleSites: expected a spacing above 0 m, got ${spacingM}`);
  const roads = drivableRoads(input.roads, input.classes);
  const start = roads[0]?.path[0];
  if (!start) return [];
  const zone = localZoneOf([start[0], start[1]]);
  const filter = makePlaceFilter(zone, input.within, input.without ?? [], spacingM / 2);
  const sites = new Map<string, DerivedSite>();
  for (const road of roads) {
    const path = road.path.map((position) => zone.toMetres(position));
    for (const [eastM, northM] of kerbPlaces(path, spacingM, kerbOffsetM(road.roadClass))) {
      const position: LonLat = zone.toDegrees(eastM, northM);
      if (!filter.take(position)) continue;
      const name = `${road.name || '道路'}路灯杆`;
      const site = makeDerivedSite({ kind: 'pole', name, resourceType: '路灯杆', position });
      if (!sites.has(site.id)) sites.set(site.id, site);
    }
  }
  return [...sites.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Places in metres; ways shorter than half the spacing carry none. */
function kerbPlaces(
  path: readonly (readonly [number, number])[],
  spacingM: number,
  offsetM: number,
): [number, number][] {
  let lengthM = 0;
  for (let i = 1; i < path.length; i++) {
    lengthM += lengthOf(path[i]![0] - path[i - 1]![0], path[i]![1] - path[i - 1]![1]);
  }
  const count = Math.round(lengthM / spacingM);
  const stepM = lengthM / count;
  const places: [number, number][] = [];
  let passedM = 0;
  for (let i = 1; i < path.length && places.length < count; i++) {
    const [fromE, fromN] = path[i - 1]!;
    const [toE, toN] = path[i]!;
    const pieceM = lengthOf(toE - fromE, toN - fromN);
    while (places.length < count && (places.length + 0.5) * stepM <= passedM + pieceM && pieceM > 0) {
      const t = ((places.length + 0.5) * stepM - passedM) / pieceM;
      const side = places.length % 2 === 0 ? offsetM : -offsetM;
      // Left of the direction of travel first: (-north, east) turned.
      places.push([
        fromE + t * (toE - fromE) - (side * (toN - fromN)) / pieceM,
        fromN + t * (toN - fromN) + (side * (toE - fromE)) / pieceM,
      ]);
    }
    passedM += pieceM;
  }
  return places;
}

/** In place of Math.hypot, whose last digit is left to each engine. */
function lengthOf(east: number, north: number): number {
  return Math.sqrt(east * east + north * north);
}
