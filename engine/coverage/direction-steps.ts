// The bearing of an offset in half degrees clockwise from grid north, 0..720, without a sine: one division and one table of the
// arc tangent per octant, interpolated (error below 0.0001 half degrees). The inner loop of patterns uses it for every bin.
import { atan2 } from '../geo/steady-math.ts';

const PARTS = 512;
const HALF_DEGREES = 360 / Math.PI;
/** Arc tangent of 0, 1/512 … 1 in half degrees, and one entry beyond for the interpolation at 1. */
const ARC = Float64Array.from({ length: PARTS + 2 }, (_, part) => atan2(part, PARTS) * HALF_DEGREES);

export function directionSteps(eastM: number, northM: number): number {
  const east = eastM < 0 ? -eastM : eastM;
  const north = northM < 0 ? -northM : northM;
  let steps: number;
  if (east <= north) steps = north === 0 ? 0 : arc(east / north);
  else steps = 180 - arc(north / east);
  if (northM < 0) steps = 360 - steps;
  return eastM < 0 ? 720 - steps : steps;
}

function arc(ratio: number): number {
  const x = ratio * PARTS;
  const part = x | 0;
  const from = ARC[part]!;
  return from + (x - part) * (ARC[part + 1]! - from);
}
