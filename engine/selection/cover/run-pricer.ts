// Prices over row runs: what a site earns is two reads per run in sums along each strip row, and what a fractional plan serves is
// two writes per run and one pass (selection reference, 6.2). Sums restart at every strip row, so they stay exact to the last bits
// however large the city is. The runs of a subset of sites that is asked for again and again are kept side by side.
import type { RunCover } from './cover.ts';
import type { CoverPricer } from './cover-pricer.ts';

/** Runs of the sites asked for, one after the other. */
interface PackedRuns {
  readonly sites: Uint32Array;
  readonly starts: Uint32Array;
  readonly first: Uint32Array;
  readonly length: Uint16Array;
}

/** Takes eight bytes per bin once it is asked. A list of sites must not be changed between calls: make a new one. */
export function makeRunPricer(cover: RunCover): CoverPricer {
  const { binCount, siteCount, rowStarts } = cover;
  let sums = new Float64Array(0);
  let packed: PackedRuns | null = null;
  const runsOf = (sites: Uint32Array): PackedRuns => {
    if (sites.length === siteCount && isEverySite(sites))
      return { sites, starts: cover.runStarts, first: cover.runFirst, length: cover.runLength };
    if (packed?.sites !== sites) packed = packRuns(cover, sites, packed);
    return packed;
  };
  return {
    earn: (sites, u, _full, into) => {
      if (sums.length !== binCount) sums = new Float64Array(binCount);
      sumRows(rowStarts, u, sums);
      const { starts, first, length } = runsOf(sites);
      earnRuns(starts, first, length, sums, into, sites.length);
    },
    serve: (sites, x, _u, _full, into) => {
      const { starts, first, length } = runsOf(sites);
      into.fill(0);
      markRuns(starts, first, length, x, into, sites.length);
      addAlongRows(rowStarts, into);
    },
  };
}

function isEverySite(sites: Uint32Array): boolean {
  for (let site = 0; site < sites.length; site++) if (sites[site] !== site) return false;
  return true;
}

/** Into the arrays used before where they are long enough. */
function packRuns(
  { runStarts, runFirst, runLength }: RunCover,
  sites: Uint32Array,
  before: PackedRuns | null,
): PackedRuns {
  const starts = new Uint32Array(sites.length + 1);
  for (let k = 0; k < sites.length; k++) {
    const site = sites[k]!;
    starts[k + 1] = starts[k]! + runStarts[site + 1]! - runStarts[site]!;
  }
  const runs = starts[sites.length]!;
  const fits = before !== null && before.first.length >= runs;
  const first = fits ? before.first : new Uint32Array(runs);
  const length = fits ? before.length : new Uint16Array(runs);
  let at = 0;
  for (let k = 0; k < sites.length; k++) {
    const end = runStarts[sites[k]! + 1]!;
    for (let run = runStarts[sites[k]!]!; run < end; run++, at++) {
      first[at] = runFirst[run]!;
      length[at] = runLength[run]!;
    }
  }
  return { sites, starts, first, length };
}

/** Running sums inside each strip row; the guard holds 0. */
function sumRows(rowStarts: Uint32Array, u: Float32Array | Float64Array, sums: Float64Array): void {
  for (let row = 0; row + 1 < rowStarts.length; row++) {
    const guard = rowStarts[row]!;
    const end = rowStarts[row + 1]!;
    let sum = 0;
    sums[guard] = 0;
    for (let bin = guard + 1; bin < end; bin++) {
      sum += u[bin]!;
      sums[bin] = sum;
    }
  }
}

function earnRuns(
  starts: Uint32Array,
  first: Uint32Array,
  length: Uint16Array,
  sums: Float64Array,
  into: Float64Array,
  count: number,
): void {
  let run = 0;
  for (let k = 0; k < count; k++) {
    const end = starts[k + 1]!;
    let sum = 0;
    for (; run < end; run++) {
      const before = first[run]! - 1;
      sum += sums[before + length[run]!]! - sums[before]!;
    }
    into[k] = sum;
  }
}

/** Where each site's share begins and where it ends; an end on the next guard needs no mark of its own. */
function markRuns(
  starts: Uint32Array,
  first: Uint32Array,
  length: Uint16Array,
  x: Float64Array,
  into: Float32Array,
  count: number,
): void {
  const binCount = into.length;
  for (let k = 0; k < count; k++) {
    const share = x[k]!;
    if (share === 0) continue;
    const end = starts[k + 1]!;
    for (let run = starts[k]!; run < end; run++) {
      const bin = first[run]!;
      const after = bin + length[run]!;
      into[bin] = into[bin]! + share;
      if (after < binCount) into[after] = into[after]! - share;
    }
  }
}

function addAlongRows(rowStarts: Uint32Array, into: Float32Array): void {
  for (let row = 0; row + 1 < rowStarts.length; row++) {
    const guard = rowStarts[row]!;
    const end = rowStarts[row + 1]!;
    let sum = 0;
    into[guard] = 0;
    for (let bin = guard + 1; bin < end; bin++) {
      sum += into[bin]!;
      into[bin] = sum;
    }
  }
}
