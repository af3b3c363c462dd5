// Prices over grades. A bin has one price u; a site that serves it with probability v earns what v leaves of it: u - (1 - v) full.
// That is the dual of a best-server rule (certificate.ts); as a function of u it has a kink where a site begins to earn, which
// the price search would jump about. `serve` therefore lets the share of such a site rise from 0 to 1 over a small width.
import { BLOCK_BITS, BLOCK_SITES } from '../../coverage/footprints.ts';
import type { GradeCover } from './cover.ts';
import type { CoverPricer } from './cover-pricer.ts';

/** Width of the soft kink as a share of the bin's full worth. */
const SOFT_SHARE = 0.02;

/** Reads every bin of every site asked for: one to two nanoseconds each. */
export function makeGradePricer(cover: GradeCover): CoverPricer {
  const missing = missingShares(cover.gradeValue);
  return {
    earn: (sites, u, full, into) => earnAll(cover, missing, sites, u, full, into),
    serve: (sites, x, u, full, into) => serveAll(cover, missing, sites, x, u, full, into),
  };
}

/** Per grade what it leaves of a bin, 0..1. */
function missingShares(gradeValue: Int32Array): Float64Array {
  const most = gradeValue.at(-1) ?? 0;
  return Float64Array.from(gradeValue, (value) => (most > 0 ? 1 - value / most : 1));
}

function earnAll(
  { footprints }: GradeCover,
  missing: Float64Array,
  sites: Uint32Array,
  u: Float32Array | Float64Array,
  full: Float32Array | Float64Array,
  into: Float64Array,
): void {
  for (let index = 0; index < sites.length; index++) {
    const site = sites[index]!;
    const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    const end = spanStarts[local + 1]!;
    let at = gradeStarts[local]!;
    let sum = 0;
    for (let span = spanStarts[local]!; span < end; span++) {
      const first = spanFirst[span]!;
      const last = first + spanLength[span]!;
      for (let bin = first; bin < last; bin++) {
        const earned = u[bin]! - missing[grades[at++]!]! * full[bin]!;
        if (earned > 0) sum += earned;
      }
    }
    into[index] = sum;
  }
}

function serveAll(
  { footprints }: GradeCover,
  missing: Float64Array,
  sites: Uint32Array,
  x: Float64Array,
  u: Float32Array | Float64Array,
  full: Float32Array | Float64Array,
  into: Float32Array,
): void {
  into.fill(0);
  for (let index = 0; index < sites.length; index++) {
    const share = x[index]!;
    if (share === 0) continue;
    const site = sites[index]!;
    const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    const end = spanStarts[local + 1]!;
    let at = gradeStarts[local]!;
    for (let span = spanStarts[local]!; span < end; span++) {
      const first = spanFirst[span]!;
      const last = first + spanLength[span]!;
      for (let bin = first; bin < last; bin++) {
        const left = missing[grades[at++]!]!;
        const whole = full[bin]!;
        const above = u[bin]! - left * whole;
        if (above > 0 || left === 0) {
          const width = SOFT_SHARE * whole;
          into[bin] = into[bin]! + (left === 0 || above >= width ? share : (share * above) / width);
        }
      }
    }
  }
}
