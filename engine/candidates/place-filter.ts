// Which positions a derived site may take: inside the wanted area, outside forbidden ground (water), and not too close to a
// site taken before. Looks at nine squares of a hash per question.
import { boxOf } from '../geo/box.ts';
import type { LocalZone } from '../geo/local-zone.ts';
import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';

export interface PlaceFilter {
  /** Takes the position when it is free and allowed, and says whether it did. */
  take(position: LonLat): boolean;
}

export function makePlaceFilter(
  zone: LocalZone,
  within: MultiPolygon | null,
  without: readonly MultiPolygon[],
  closestM: number,
): PlaceFilter {
  const boxed = without.map((area) => ({ area, box: boxOf(area) }));
  const wanted = within ? { area: within, box: boxOf(within) } : null;
  const taken = new Map<string, [number, number][]>();
  const square = (eastM: number, northM: number): string =>
    `${Math.floor(eastM / closestM)} ${Math.floor(northM / closestM)}`;
  const isNear = (eastM: number, northM: number): boolean => {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const [e, n] of taken.get(square(eastM + dx * closestM, northM + dy * closestM)) ?? []) {
          if ((e - eastM) ** 2 + (n - northM) ** 2 < closestM * closestM) return true;
        }
      }
    }
    return false;
  };
  return {
    take(position) {
      if (wanted && !contains(wanted, position)) return false;
      if (boxed.some((ground) => contains(ground, position))) return false;
      const [eastM, northM] = zone.toMetres(position);
      if (isNear(eastM, northM)) return false;
      const key = square(eastM, northM);
      const list = taken.get(key);
      if (list) list.push([eastM, northM]);
      else taken.set(key, [[eastM, northM]]);
      return true;
    },
  };
}

function contains(
  ground: { area: MultiPolygon; box: readonly [number, number, number, number] },
  position: LonLat,
): boolean {
  const [lon, lat] = position;
  const [west, south, east, north] = ground.box;
  return (
    lon >= west && lon <= east && lat >= south && lat <= north && pointInMultiPolygon(position, ground.area)
  );
}
