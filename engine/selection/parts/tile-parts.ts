// Which part of a city each bin belongs to, for a selection that is solved part by part (split-problem.ts). Districts where they are
// given, cut into tiles where they are too large for one part. Bins have no places of their own here: a bin lies about where the sites
// that serve it stand. Tiles are halved along their longer side so that both halves hold as many pairs of site and bin: what
// a part costs is its pairs.
import type { Cover } from '../cover/cover.ts';
import { eachPiece } from '../cover/site-pieces.ts';
import type { SelectionProblem } from '../selection-problem.ts';

/** Guards, bins that count for no target, and bins that nobody serves. */
export const NO_PART = 0xffff;

const BUCKETS = 1024;
/** More districts than this many times the parts are too small to be parts. */
const SMALL_DISTRICTS = 3;

interface BinPlaces {
  readonly eastM: Float32Array;
  readonly northM: Float32Array;
  /** Sites per bin. */
  readonly servers: Uint32Array;
}

/**
 * Part 0, 1, ... of every bin, or NO_PART. `partSites`: candidates a part has about, its halo not counted. `districts`: number of each bin's
 * district; parts do not cross them, unless districts are so small on average that there would be more border than inside. Throws RangeError without places. Takes 20 bytes per bin while it works.
 */
export function tileParts(
  problem: SelectionProblem,
  partSites: number,
  districts: Uint16Array | null = null,
): Uint16Array {
  if (!(partSites > 0)) throw new RangeError(`tileParts: ${partSites} sites per part, expected more than 0`);
  const { cover, cost } = problem;
  const places = placeBins(problem);
  const parts = new Uint16Array(cover.binCount).fill(NO_PART);
  const inPlay: number[] = [];
  let load = 0;
  for (let bin = 0; bin < parts.length; bin++)
    if (places.servers[bin]! > 0 && isWeighted(problem, bin)) {
      inPlay.push(bin);
      load += places.servers[bin]!;
    }
  const most = Math.max(1, (load * partSites) / cost.length);
  const bins = Uint32Array.from(inPlay);
  let count = 0;
  const halve = (from: number, to: number) => {
    const cut = cutOf(places, bins, from, to, most);
    if (cut !== null) {
      const middle = moveBefore(cut.place, cut.at, bins, from, to);
      if (middle > from && middle < to) {
        halve(from, middle);
        halve(middle, to);
        return;
      }
    }
    if (count === NO_PART) throw new RangeError(`tileParts: more than ${NO_PART} parts`);
    for (let at = from; at < to; at++) parts[bins[at]!] = count;
    count++;
  };
  for (const [from, to] of stretchesOf(bins, districts, cost.length / partSites)) halve(from, to);
  return parts;
}

function isWeighted({ targets }: SelectionProblem, bin: number): boolean {
  for (let target = 0; target < targets.length; target++) if (targets[target]!.weight[bin]! > 0) return true;
  return false;
}

/** Sorts the bins by district; one stretch for each that has any. */
function stretchesOf(bins: Uint32Array, districts: Uint16Array | null, parts: number): [number, number][] {
  if (bins.length === 0) return [];
  const whole: [number, number][] = [[0, bins.length]];
  if (districts === null) return whole;
  if (new Set(districts).size > SMALL_DISTRICTS * parts) return whole;
  bins.sort((a, b) => districts[a]! - districts[b]! || a - b);
  const stretches: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= bins.length; at++)
    if (at === bins.length || districts[bins[at]!] !== districts[bins[from]!]) {
      stretches.push([from, at]);
      from = at;
    }
  return stretches;
}

/** Where the longer side is cut so that both halves have the same load, to a thousandth of the side; null: small enough. */
function cutOf(
  { eastM, northM, servers }: BinPlaces,
  bins: Uint32Array,
  from: number,
  to: number,
  most: number,
): { place: Float32Array; at: number } | null {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  let load = 0;
  for (let at = from; at < to; at++) {
    const bin = bins[at]!;
    load += servers[bin]!;
    west = Math.min(west, eastM[bin]!);
    east = Math.max(east, eastM[bin]!);
    south = Math.min(south, northM[bin]!);
    north = Math.max(north, northM[bin]!);
  }
  if (load <= most) return null;
  const isWide = east - west >= north - south;
  const place = isWide ? eastM : northM;
  const first = isWide ? west : south;
  const length = isWide ? east - west : north - south;
  if (!(length > 0)) return null;
  const loads = new Float64Array(BUCKETS);
  for (let at = from; at < to; at++) {
    const bucket = Math.floor(((place[bins[at]!]! - first) / length) * BUCKETS);
    loads[Math.min(BUCKETS - 1, bucket)]! += servers[bins[at]!]!;
  }
  let before = 0;
  let bucket = 0;
  while (bucket < BUCKETS - 1 && before + loads[bucket]! / 2 < load / 2) before += loads[bucket++]!;
  return { place, at: first + (length * Math.max(1, bucket)) / BUCKETS };
}

/** Bins before the cut first; returns where the others begin. */
function moveBefore(place: Float32Array, cut: number, bins: Uint32Array, from: number, to: number): number {
  let middle = from;
  for (let at = from; at < to; at++) {
    const bin = bins[at]!;
    if (!(place[bin]! < cut)) continue;
    bins[at] = bins[middle]!;
    bins[middle++] = bin;
  }
  return middle;
}

/** Middle of the sites that serve each bin: where their pieces begin and end, summed up. */
function placeBins({ cover, places }: SelectionProblem): BinPlaces {
  if (places === null) throw new RangeError('tileParts: needs places, got null');
  const east = new Float64Array(cover.binCount + 1);
  const north = new Float64Array(cover.binCount + 1);
  const servers = new Uint32Array(cover.binCount + 1);
  for (let site = 0; site < cover.siteCount; site++)
    markSite(cover, site, places.eastM[site]!, places.northM[site]!, east, north, servers);
  const eastM = new Float32Array(cover.binCount);
  const northM = new Float32Array(cover.binCount);
  let eastSum = 0;
  let northSum = 0;
  let count = 0;
  for (let bin = 0; bin < cover.binCount; bin++) {
    count = (count + servers[bin]!) | 0;
    servers[bin] = count;
    if (count === 0) {
      eastSum = 0; // what rounding left
      northSum = 0;
      continue;
    }
    eastSum += east[bin]!;
    northSum += north[bin]!;
    eastM[bin] = eastSum / count;
    northM[bin] = northSum / count;
  }
  return { eastM, northM, servers };
}

function markSite(
  cover: Cover,
  site: number,
  eastM: number,
  northM: number,
  east: Float64Array,
  north: Float64Array,
  servers: Uint32Array,
): void {
  eachPiece(cover, site, (first, length) => {
    east[first]! += eastM;
    north[first]! += northM;
    servers[first]!++;
    east[first + length]! -= eastM;
    north[first + length]! -= northM;
    servers[first + length]!--; // wraps below 0 and comes back in the sum
  });
}
