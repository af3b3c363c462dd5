// Prices over row runs: what a site earns is two reads per run in sums along each strip row, and what a fractional plan serves is
// two writes per run and one pass (selection reference, 6.2). Sums restart at every strip row, so they stay exact to the last bits
// however large the city is. The runs of a subset of sites that is asked for again and again are kept
// side by side (a sixth faster) unless they are too many.
import type { RunCover } from './cover.ts';
import type { CoverPricer } from './cover-pricer.ts';

/** Runs of some sites, and where each of those asked for stands among them. */
interface SiteRuns {
  readonly places: Uint32Array;
  readonly starts: Uint32Array;
  readonly first: Uint32Array;
  readonly length: Uint16Array;
}

/** Runs, six bytes each. */
const MOST_PACKED = 4_000_000;

/** Takes eight bytes per bin once it is asked, and six per run of a subset of up to `mostPacked` runs. A list of sites must not be changed between calls: make a new one. */
export function makeRunPricer(cover: RunCover, mostPacked = MOST_PACKED): CoverPricer {
  const { binCount, siteCount, rowStarts } = cover;
  let sums = new Float64Array(0);
  let packedSites: Uint32Array | null = null;
  let packed: SiteRuns | null = null;
  const runsOf = (sites: Uint32Array): SiteRuns => {
    const inPlace = {
      places: sites,
      starts: cover.runStarts,
      first: cover.runFirst,
      length: cover.runLength,
    };
    if (sites.length === siteCount) return inPlace;
    if (packedSites !== sites) {
      packedSites = sites;
      packed = packRuns(cover, sites, mostPacked, packed);
    }
    return packed ?? inPlace;
  };
  return {
    earn: (sites, u, _full, into) => {
      if (sums.length !== binCount) sums = new Float64Array(binCount);
      sumRows(rowStarts, u, sums);
      const { places, starts, first, length } = runsOf(sites);
      earnRuns(places, starts, first, length, sums, into);
    },
    serve: (sites, x, _u, _full, into) => {
      const { places, starts, first, length } = runsOf(sites);
      into.fill(0);
      markRuns(places, starts, first, length, x, into);
      addAlongRows(rowStarts, into);
    },
  };
}

/** Into the arrays used before where they are long enough; null when there are more than `most`. */
function packRuns(
  { runStarts, runFirst, runLength }: RunCover,
  sites: Uint32Array,
  most: number,
  before: SiteRuns | null,
): SiteRuns | null {
  const starts = new Uint32Array(sites.length + 1);
  for (let k = 0; k < sites.length; k++) {
    const site = sites[k]!;
    starts[k + 1] = starts[k]! + runStarts[site + 1]! - runStarts[site]!;
  }
  const runs = starts[sites.length]!;
  if (runs > most) return null;
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
  return { places: sites.map((_, place) => place), starts, first, length };
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
  places: Uint32Array,
  starts: Uint32Array,
  first: Uint32Array,
  length: Uint16Array,
  sums: Float64Array,
  into: Float64Array,
): void {
  for (let k = 0; k < places.length; k++) {
    const place = places[k]!;
    const end = starts[place + 1]!;
    let sum = 0;
    for (let run = starts[place]!; run < end; run++) {
      const before = first[run]! - 1;
      sum += sums[before + length[run]!]! - sums[before]!;
    }
    into[k] = sum;
  }
}

/** Where each site's share begins and where it ends; an end on the next guard needs no mark of its own. */
function markRuns(
  places: Uint32Array,
  starts: Uint32Array,
  first: Uint32Array,
  length: Uint16Array,
  x: Float64Array,
  into: Float32Array,
): void {
  const binCount = into.length;
  for (let k = 0; k < places.length; k++) {
    const share = x[k]!;
    if (share === 0) continue;
    const end = starts[places[k]! + 1]!;
    for (let run = starts[places[k]!]!; run < end; run++) {
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
