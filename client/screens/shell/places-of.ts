// A position of the service as places on a map.
import type { MapPlace } from '../../parts/desk-map-slot.tsx';

/** None of a row without a position. */
export function placesOf(position: readonly number[] | null): readonly MapPlace[] {
  if (position === null) return [];
  const [lon = 0, lat = 0] = position;
  return [[lon, lat]];
}
