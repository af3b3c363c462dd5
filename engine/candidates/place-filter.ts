// Which positions a derived site may take: inside the wanted area, outside forbidden ground (water), and not too close to a
// site taken before. Sites come one by one, so the index is one that grows: rbush.
import RBush from 'rbush';
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
  const taken = new RBush<TakenPlace>();
  const isNear = (eastM: number, northM: number): boolean =>
    taken.search(squareAround(eastM, northM, closestM)).some((place) => {
      const awayEastM = place.minX - eastM;
      const awayNorthM = place.minY - northM;
      return awayEastM * awayEastM + awayNorthM * awayNorthM < closestM * closestM;
    });
  return {
    take(position) {
      if (wanted && !contains(wanted, position)) return false;
      if (boxed.some((ground) => contains(ground, position))) return false;
      const [eastM, northM] = zone.toMetres(position);
      if (isNear(eastM, northM)) return false;
      taken.insert(squareAround(eastM, northM, 0));
      return true;
    },
  };
}

interface TakenPlace {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

function squareAround(eastM: number, northM: number, halfM: number): TakenPlace {
  return { minX: eastM - halfM, minY: northM - halfM, maxX: eastM + halfM, maxY: northM + halfM };
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
