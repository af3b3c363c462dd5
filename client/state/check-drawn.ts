// Whether a drawn figure can be a target area. Asked the moment it is finished, so that the person draws again at once
// instead of naming it first and being refused by the server (which still checks everything).
import { kinks } from '@turf/turf';
import type { LonLat, MultiPolygon } from '../../engine/index.ts';

export type DrawnProblem = 'crosses' | 'too-few-corners';

/** What is wrong with the figure, or null. A border crosses itself when two sides meet that are not neighbours. */
export function checkDrawn({ coordinates }: MultiPolygon): DrawnProblem | null {
  const rings = coordinates.flat().map(withoutRepeats);
  if (rings.length === 0 || rings.some((ring) => ring.length < 4)) return 'too-few-corners';
  // Turf takes a corner that stands there twice (a double click) for a crossing: they are left out before.
  return kinks({ type: 'Polygon', coordinates: rings }).features.length > 0 ? 'crosses' : null;
}

function withoutRepeats(ring: readonly LonLat[]): [number, number][] {
  return ring
    .filter(([lon, lat], index) => {
      const before = ring[index - 1];
      return before === undefined || before[0] !== lon || before[1] !== lat;
    })
    .map(([lon, lat]): [number, number] => [lon, lat]);
}
