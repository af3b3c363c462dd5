// Grades cut into bands, for the price search alone. With grades every bin has a kink where a site begins to earn, and a search that
// jumps about it hardly converges. Cut into bands of probability the problem is bilinear again: a bin is several bins, one per band, and
// a site serves the bands below its grade fully and the one its grade lies in by the part it reaches. A fractional part claims a
// little too much, so what comes out is a start, not a bound: the prices of a bin's bands add up to its price, which bounds at least as
// well (a site earns u - (1 - v) full at the most of what it earns band by band), and the bound is summed over the grades themselves.
import { BLOCK_BITS, BLOCK_SITES } from '../coverage/footprints.ts';
import type { GradeCover } from './cover.ts';
import type { CoverPricer } from './cover-pricer.ts';
import type { SelectionTarget } from './selection-problem.ts';

/** Upper edges of the bands, as shares of the full worth; finer at the top, where the bins of a finished plan lie. */
const EDGES = [0.25, 0.5, 0.7, 0.85, 0.93, 0.97, 0.99, 1];
export const BANDS = EDGES.length;
/** Widths are whole parts of the full worth, so that weights stay whole numbers. */
export const BAND_PARTS = 100;

export interface GradeBands {
  /** Weight per band of each bin, in parts; band `b` of bin `i` is number `i * BANDS + b`. */
  readonly targets: readonly SelectionTarget[];
  /** Earns and serves band by band; its `full` is not read. */
  readonly pricer: CoverPricer;
  /** Adds up the prices of the bands of each bin. */
  readonly collapse: (perBand: Float32Array, into: Float32Array) => void;
}

/** Takes 36 bytes per bin and 32 per bin and target. */
export function makeGradeBands(cover: GradeCover, targets: readonly SelectionTarget[]): GradeBands {
  const { whole, part } = placeGrades(cover.gradeValue);
  const sums = new Float32Array(cover.binCount * (BANDS + 1));
  return {
    targets: targets.map(({ id, weight }) => ({ id, weight: spread(weight) })),
    pricer: {
      earn: (sites, u, _full, into) => {
        addUp(u, sums);
        earnAll(cover, whole, part, sites, sums, into);
      },
      serve: (sites, x, _u, _full, into) => {
        sums.fill(0);
        into.fill(0);
        serveAll(cover, whole, part, sites, x, sums, into);
        passDown(sums, into);
      },
    },
    collapse: (perBand, into) => {
      for (let bin = 0; bin < into.length; bin++) {
        let sum = 0;
        for (let band = bin * BANDS; band < (bin + 1) * BANDS; band++) sum += perBand[band]!;
        into[bin] = sum;
      }
    },
  };
}

/** Per grade: bands it fills, and the part of the next one. */
function placeGrades(gradeValue: Int32Array): { whole: Uint8Array; part: Float32Array } {
  const most = gradeValue.at(-1) ?? 0;
  const whole = new Uint8Array(gradeValue.length);
  const part = new Float32Array(gradeValue.length);
  gradeValue.forEach((value, grade) => {
    const share = most > 0 ? value / most : 0;
    let band = 0;
    while (band < BANDS && share >= EDGES[band]!) band++;
    whole[grade] = band;
    if (band === BANDS) return;
    const floor = band === 0 ? 0 : EDGES[band - 1]!;
    part[grade] = (share - floor) / (EDGES[band]! - floor);
  });
  return { whole, part };
}

function spread(weight: Int32Array): Int32Array {
  const parts = EDGES.map((edge, band) => Math.round(BAND_PARTS * (edge - (EDGES[band - 1] ?? 0))));
  const spreadWeight = new Int32Array(weight.length * BANDS);
  for (let bin = 0; bin < weight.length; bin++)
    for (let band = 0; band < BANDS; band++) spreadWeight[bin * BANDS + band] = weight[bin]! * parts[band]!;
  return spreadWeight;
}

/** What a site earns at a bin when it fills so many bands: running sums over the bands of each bin. */
function addUp(u: Float32Array | Float64Array, sums: Float32Array): void {
  let at = 0;
  for (let band = 0; band < u.length; band += BANDS) {
    let sum = 0;
    sums[at++] = 0;
    for (let next = band; next < band + BANDS; next++) {
      sum += u[next]!;
      sums[at++] = sum;
    }
  }
}

function earnAll(
  { footprints }: GradeCover,
  whole: Uint8Array,
  part: Float32Array,
  sites: Uint32Array,
  sums: Float32Array,
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
      let base = spanFirst[span]! * (BANDS + 1);
      const last = at + spanLength[span]!;
      for (; at < last; at++) {
        const grade = grades[at]!;
        const place = base + whole[grade]!;
        base += BANDS + 1;
        const below = sums[place]!;
        const rest = part[grade]!;
        sum += rest > 0 ? below + rest * (sums[place + 1]! - below) : below;
      }
    }
    into[index] = sum;
  }
}

function serveAll(
  { footprints }: GradeCover,
  whole: Uint8Array,
  part: Float32Array,
  sites: Uint32Array,
  x: Float64Array,
  sums: Float32Array,
  into: Float32Array,
): void {
  for (let index = 0; index < sites.length; index++) {
    const share = x[index]!;
    if (share === 0) continue;
    const site = sites[index]!;
    const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = footprints.blocks[site >> BLOCK_BITS]!;
    const local = site & (BLOCK_SITES - 1);
    const end = spanStarts[local + 1]!;
    let at = gradeStarts[local]!;
    for (let span = spanStarts[local]!; span < end; span++) {
      const last = at + spanLength[span]!;
      for (let bin = spanFirst[span]!; at < last; at++, bin++) {
        const grade = grades[at]!;
        const filled = whole[grade]!;
        const place = bin * (BANDS + 1) + filled;
        sums[place] = sums[place]! + share;
        const rest = part[grade]!;
        if (rest > 0) {
          const next = bin * BANDS + filled;
          into[next] = into[next]! + share * rest;
        }
      }
    }
  }
}

/** Who fills five bands fills the four below. */
function passDown(sums: Float32Array, into: Float32Array): void {
  for (let first = 0, at = 0; first < into.length; first += BANDS, at += BANDS + 1) {
    let sum = 0;
    for (let band = BANDS - 1; band >= 0; band--) {
      sum += sums[at + band + 1]!;
      into[first + band] = into[first + band]! + sum;
    }
  }
}
