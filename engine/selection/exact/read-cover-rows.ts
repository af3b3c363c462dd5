// The covering rows of a problem over its free sites, in any shape of cover: levels above what already stands, with what is
// still needed of each bin. Whole numbers throughout.
import type { BinPrices } from '../certificate.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeSiteReader } from '../cover/site-reader.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { type CoverRows, gatherRows, type RowGatherer } from './cover-rows.ts';

/** Above this the rows are not even written down. */
export const MOST_INCIDENCES = 30_000_000;

/** Rows over positions in `free`; worth is 0 for targets that do not count. Null when there are too many incidences. */
export function readCoverRows(
  problem: SelectionProblem,
  choice: SelectionChoice,
  free: readonly number[],
  counts: readonly boolean[],
  prices: BinPrices | null,
): CoverRows | null {
  const { cover, fold, targets } = problem;
  const served = servedNow(problem, choice);
  const incidences = readIncidences(problem, free, (bin) => {
    const enough = cover.kind === 'grades' ? Infinity : (fold?.sites[bin] ?? 1);
    return served[bin]! < enough && targets.some(({ weight }, target) => counts[target] && weight[bin]! > 0);
  });
  if (incidences === null) return null;
  const gatherer = gatherRows(targets.length);
  const worth = new Float64Array(targets.length);
  const full = fullWorth(problem);
  for (let bin = 0; bin < cover.binCount; bin++) {
    const from = incidences.starts[bin]!;
    const to = incidences.starts[bin + 1]!;
    if (from === to) continue;
    let paid = 0;
    targets.forEach(({ weight }, target) => {
      worth[target] = counts[target] ? weight[bin]! : 0;
      if (prices !== null) paid += worth[target]! * prices.perTarget[target]! * full;
    });
    const price = prices === null ? 0 : prices.perBin[bin]!;
    if (cover.kind === 'grades')
      addLevels(gatherer, incidences, from, to, worth, served[bin]!, full, paid, price);
    else {
      const needed = fold?.sites[bin] ?? 1;
      const missing = needed - served[bin]!;
      const isStrict = fold?.counts === 'strict';
      scale(worth, isStrict ? full : full / needed);
      gatherer.add(
        incidences.sites,
        from,
        to,
        isStrict ? missing : 1,
        isStrict ? 1 : missing,
        worth,
        0,
        price,
      );
    }
  }
  return gatherer.rows();
}

/** Per bin the best worth, or the number of sites, of what stands and of what is locked. */
function servedNow(problem: SelectionProblem, { existing, locked }: SelectionChoice): Int32Array {
  const served = new Int32Array(problem.cover.binCount);
  const reader = makeSiteReader(problem.cover);
  const byGrade = problem.cover.kind === 'grades';
  for (const site of new Set([...existing, ...locked])) {
    const count = reader.read(site);
    for (let at = 0; at < count; at++) {
      const bin = reader.bins[at]!;
      served[bin] = byGrade ? Math.max(served[bin]!, reader.worth[at]!) : served[bin]! + 1;
    }
  }
  return served;
}

interface Incidences {
  /** First entry of each bin, then the end. */
  readonly starts: Uint32Array;
  /** Positions in the list of sites, ascending within a bin, and the worth of the service. */
  readonly sites: Uint32Array;
  readonly worths: Int32Array;
}

/** Bin by bin what the sites serve. Two passes over the sites: count, then fill. */
function readIncidences(
  problem: SelectionProblem,
  sites: readonly number[],
  matters: (bin: number) => boolean,
): Incidences | null {
  const { binCount } = problem.cover;
  const reader = makeSiteReader(problem.cover);
  const isWanted = Uint8Array.from({ length: binCount }, (_, bin) => (matters(bin) ? 1 : 0));
  const starts = new Uint32Array(binCount + 1);
  let incidences = 0;
  for (const site of sites) {
    const count = reader.read(site);
    incidences += count;
    if (incidences > MOST_INCIDENCES) return null;
    for (let at = 0; at < count; at++) starts[reader.bins[at]! + 1]! += isWanted[reader.bins[at]!]!;
  }
  for (let bin = 0; bin < binCount; bin++) starts[bin + 1]! += starts[bin]!;
  const next = starts.slice();
  const binSites = new Uint32Array(starts[binCount]!);
  const worths = new Int32Array(starts[binCount]!);
  sites.forEach((site, position) => {
    const count = reader.read(site);
    for (let at = 0; at < count; at++) {
      const bin = reader.bins[at]!;
      if (isWanted[bin] === 0) continue;
      worths[next[bin]!] = reader.worth[at]!;
      binSites[next[bin]!++] = position;
    }
  });
  return { starts, sites: binSites, worths };
}

/**
 * One row per worth above what is served: its sites serve at least that much, and it adds the step from the one below. The price of the
 * bin falls to the levels from the top, as the certificate pays sites that serve a part.
 */
function addLevels(
  gatherer: RowGatherer,
  { sites, worths }: Incidences,
  from: number,
  to: number,
  weight: Float64Array,
  served: number,
  full: number,
  paid: number,
  price: number,
): void {
  const levels = [...new Set(worths.subarray(from, to))].filter((level) => level > served);
  levels.sort((a, b) => a - b);
  const row: number[] = [];
  let below = served;
  for (const level of levels) {
    row.length = 0;
    for (let at = from; at < to; at++) if (worths[at]! >= level) row.push(sites[at]!);
    const step = level - below;
    const rest = Math.max(0, price - (paid * (full - level)) / full);
    const worth = weight.slice();
    scale(worth, step);
    gatherer.add(row, 0, row.length, 1, 1, worth, 0, Math.min((paid * step) / full, rest));
    below = level;
  }
}

function scale(values: Float64Array, factor: number): void {
  for (let index = 0; index < values.length; index++) values[index]! *= factor;
}
