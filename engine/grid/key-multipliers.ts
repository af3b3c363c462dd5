// How much more every raster square counts because of key areas: the mean factor over its target ground, 1 outside all key
// areas, the largest factor where they overlap. Exact: factor by factor from the lowest up, the ground inside any area of at
// least that factor is target + key - (target or key), and each of the three is a share that target-shares.ts knows exactly.
import type { Shape } from './shape.ts';
import { targetShares } from './target-shares.ts';

export interface KeyShapes {
  readonly shapes: readonly Shape[];
  /** 1..100. */
  readonly factor: number;
}

export interface TargetGround {
  /** Share of target ground per raster square, as `targetShares` answers for the two lists below. */
  readonly share: Float64Array;
  readonly areas: readonly Shape[];
  readonly excluded: readonly Shape[];
}

const LARGEST_FACTOR = 100;

/** Per raster square; null when no key area counts more than the rest. Throws RangeError for factors outside 1..100. */
export function keyMultipliers(
  keys: readonly KeyShapes[],
  { share, areas, excluded }: TargetGround,
  columns: number,
  rows: number,
): Float64Array | null {
  for (const { factor } of keys) {
    if (!(factor >= 1 && factor <= LARGEST_FACTOR))
      throw new RangeError(`keyMultipliers: expected a factor from 1 to ${LARGEST_FACTOR}, got ${factor}`);
  }
  const counting = keys.filter(({ shapes, factor }) => shapes.length > 0 && factor > 1);
  if (counting.length === 0) return null;
  const multiplier = new Float64Array(columns * rows).fill(1);
  const factors = [...new Set(counting.map(({ factor }) => factor))].sort((a, b) => a - b);
  let below = 1;
  for (const factor of factors) {
    const shapes = counting.filter((key) => key.factor >= factor).flatMap((key) => key.shapes);
    const inKey = targetShares(shapes, excluded, columns, rows);
    const inEither = targetShares([...areas, ...shapes], excluded, columns, rows);
    for (let at = 0; at < share.length; at++) {
      const target = share[at]!;
      if (!(target > 0 && inKey[at]! > 0)) continue;
      const inBoth = Math.min(target, Math.max(0, target + inKey[at]! - inEither[at]!));
      multiplier[at] = multiplier[at]! + ((factor - below) * inBoth) / target;
    }
    below = factor;
  }
  return multiplier;
}
