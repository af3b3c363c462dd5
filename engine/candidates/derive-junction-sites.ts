// Traffic signal poles at junctions: vertices where enough branches of public roads meet. The several crossings of a double
// carriageway count as one; the one with most branches is kept.
import { localZoneOf } from '../geo/local-zone.ts';
import type { Road } from '../model/buildings.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import { type DerivedSite, makeDerivedSite } from './derived-site.ts';
import { drivableRoads } from './drivable-roads.ts';
import { makePlaceFilter } from './place-filter.ts';

const ONE_JUNCTION_M = 40;

interface Junction {
  readonly key: string;
  readonly position: LonLat;
  readonly names: Set<string>;
  branches: number;
}

/** Sorted by id. A way through a junction counts as two branches, a way ending there as one. */
export function deriveJunctionSites(input: {
  readonly roads: readonly Road[];
  readonly within: MultiPolygon | null;
  readonly minBranches: number;
  readonly without?: readonly MultiPolygon[];
  readonly classes?: readonly string[];
}): DerivedSite[] {
  const junctions = new Map<string, Junction>();
  for (const road of drivableRoads(input.roads, input.classes)) {
    road.path.forEach((position, index) => {
      const key = `${position[0].toFixed(7)} ${position[1].toFixed(7)}`;
      const junction = junctions.get(key) ?? { key, position, names: new Set<string>(), branches: 0 };
      junction.branches += index === 0 || index === road.path.length - 1 ? 1 : 2;
      if (road.name) junction.names.add(road.name);
      junctions.set(key, junction);
    });
  }
  const found = [...junctions.values()]
    .filter((junction) => junction.branches >= input.minBranches)
    .sort((a, b) => b.branches - a.branches || (a.key < b.key ? -1 : 1));
  const first = found[0];
  if (!first) return [];
  const filter = makePlaceFilter(
    localZoneOf(first.position),
    input.within,
    input.without ?? [],
    ONE_JUNCTION_M,
  );
  return found
    .filter((junction) => filter.take(junction.position))
    .map((junction) =>
      makeDerivedSite({
        kind: 'junction',
        name: `${[...junction.names].sort().slice(0, 2).join('—') || '路口'}信号杆`,
        resourceType: '交通信号杆',
        position: junction.position,
      }),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
