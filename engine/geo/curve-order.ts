// Order of points along a Hilbert curve: neighbours in the order are neighbours on the ground, so that the arrays of a plan
// are read almost in sequence (measured gains of five to ten times, selection reference 2.3).
// Cost: 16 steps per point and one sort. Ties keep the input order.

const STEPS = 16;
const SIDE = (1 << STEPS) - 1;

/** Indexes of the points in curve order. */
export function curveOrder(eastM: Float64Array, northM: Float64Array): Uint32Array {
  const key = curveKeys(eastM, northM);
  const order = Uint32Array.from(key, (_, i) => i);
  return order.sort((a, b) => key[a]! - key[b]! || a - b);
}

/** How far along the curve each point lies. */
export function curveKeys(eastM: Float64Array, northM: Float64Array): Float64Array {
  const count = eastM.length;
  const [west, width] = span(eastM);
  const [south, height] = span(northM);
  const size = Math.max(width, height) || 1;
  const key = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const x = Math.floor(((eastM[i]! - west) / size) * SIDE);
    const y = Math.floor(((northM[i]! - south) / size) * SIDE);
    key[i] = hilbertDistance(x, y);
  }
  return key;
}

function span(values: Float64Array): [least: number, width: number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return values.length === 0 ? [0, 0] : [least, most - least];
}

function hilbertDistance(column: number, row: number): number {
  let x = column;
  let y = row;
  let distance = 0;
  for (let s = 1 << (STEPS - 1); s > 0; s >>= 1) {
    const right = (x & s) > 0 ? 1 : 0;
    const up = (y & s) > 0 ? 1 : 0;
    distance += s * s * ((3 * right) ^ up);
    if (up === 0) {
      if (right === 1) {
        x = SIDE - x;
        y = SIDE - y;
      }
      const swap = x;
      x = y;
      y = swap;
    }
  }
  return distance;
}
