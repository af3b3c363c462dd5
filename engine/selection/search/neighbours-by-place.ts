// Neighbours by position: squares over the plane, a fine still set for candidates and a coarse living one for open sites, so that a
// look costs what the neighbourhood holds, in a town and in a country.
import { type SiteNeighbours, WINDOW_SITES } from './site-neighbours.ts';

/** Reach of the window beyond the picked sites, in mean distances between open sites. */
const CANDIDATE_REACH = 0.7;
const OPEN_REACH = 1.7;
const CANDIDATES_PER_SQUARE = 6;

interface Places {
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
}

interface Squares {
  readonly west: number;
  readonly south: number;
  readonly sideM: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * `candidates`: the sites worth opening; `all`: those whose spread tells how large the ground is. Open sites are told through `opened`.
 * `openSites`: how many will be open, about.
 */
export function makeNeighboursByPlace(
  places: Places,
  all: Int32Array,
  candidates: Int32Array,
  openSites: number,
): SiteNeighbours {
  const { eastM, northM } = places;
  const fine = squaresOver(places, all, all.length / CANDIDATES_PER_SQUARE);
  const meanM = meanDistanceM(places, all, fine, openSites);
  const coarse = squaresOver(places, all, openSites, meanM);
  const starts = new Uint32Array(fine.columns * fine.rows + 1);
  const listed = sortIntoSquares(places, candidates, fine, starts);
  const head = new Int32Array(coarse.columns * coarse.rows).fill(-1);
  const next = new Int32Array(eastM.length).fill(-1);
  const previous = new Int32Array(eastM.length).fill(-1);
  const squared = new Float64Array(WINDOW_SITES);
  let reachM = 0;

  return {
    pick: (site, count, into) => {
      const filled = nearestOpen(places, coarse, head, next, site, count, into, squared);
      reachM = Math.sqrt(squared[filled - 1]!);
      return filled;
    },
    candidates: (picked, _count, into) =>
      listedWithin(eastM, northM, fine, starts, listed, picked[0]!, reachM + CANDIDATE_REACH * meanM, into),
    open: (picked, _count, into) =>
      openWithin(eastM, northM, coarse, head, next, picked[0]!, reachM + OPEN_REACH * meanM, into),
    beside: (site, into) =>
      listedWithin(eastM, northM, fine, starts, listed, site, CANDIDATE_REACH * meanM, into),
    opened: (site) => {
      const square = squareOf(coarse, eastM[site]!, northM[site]!);
      const first = head[square]!;
      next[site] = first;
      previous[site] = -1;
      if (first >= 0) previous[first] = site;
      head[square] = site;
    },
    closed: (site) => {
      const before = previous[site]!;
      const after = next[site]!;
      if (before >= 0) next[before] = after;
      else head[squareOf(coarse, eastM[site]!, northM[site]!)] = after;
      if (after >= 0) previous[after] = before;
    },
  };
}

/** Squares over the sites: about `count` of them, or of the given side; never many more than there are sites. */
function squaresOver({ eastM, northM }: Places, sites: Int32Array, count: number, sideM = 0): Squares {
  let west = Infinity;
  let east = -Infinity;
  let south = Infinity;
  let north = -Infinity;
  for (const site of sites) {
    west = Math.min(west, eastM[site]!);
    east = Math.max(east, eastM[site]!);
    south = Math.min(south, northM[site]!);
    north = Math.max(north, northM[site]!);
  }
  const widthM = Math.max(east - west, 1);
  const heightM = Math.max(north - south, 1);
  let side = sideM > 0 ? sideM : Math.sqrt((widthM * heightM) / Math.max(count, 1));
  const most = 4 * sites.length + 1;
  while ((Math.floor(widthM / side) + 1) * (Math.floor(heightM / side) + 1) > most) side *= 2;
  return {
    west,
    south,
    sideM: side,
    columns: Math.floor(widthM / side) + 1,
    rows: Math.floor(heightM / side) + 1,
  };
}

function squareOf({ west, south, sideM, columns, rows }: Squares, eastM: number, northM: number): number {
  const column = Math.max(0, Math.min(columns - 1, Math.floor((eastM - west) / sideM)));
  const row = Math.max(0, Math.min(rows - 1, Math.floor((northM - south) / sideM)));
  return row * columns + column;
}

/** Side of the square that one open site has to itself, from the squares that hold sites at all. */
function meanDistanceM({ eastM, northM }: Places, all: Int32Array, fine: Squares, openSites: number): number {
  const isUsed = new Uint8Array(fine.columns * fine.rows);
  let used = 0;
  for (const site of all) {
    const square = squareOf(fine, eastM[site]!, northM[site]!);
    used += 1 - isUsed[square]!;
    isUsed[square] = 1;
  }
  return Math.sqrt((used * fine.sideM * fine.sideM) / Math.max(openSites, 1));
}

/** Candidates square by square; fills `starts`. */
function sortIntoSquares(
  { eastM, northM }: Places,
  candidates: Int32Array,
  fine: Squares,
  starts: Uint32Array,
): Int32Array {
  for (const site of candidates) starts[squareOf(fine, eastM[site]!, northM[site]!) + 1]!++;
  for (let square = 1; square < starts.length; square++) starts[square]! += starts[square - 1]!;
  const at = starts.slice();
  const listed = new Int32Array(candidates.length);
  for (const site of candidates) listed[at[squareOf(fine, eastM[site]!, northM[site]!)]!++] = site;
  return listed;
}

function listedWithin(
  eastM: Float64Array,
  northM: Float64Array,
  { west, south, sideM, columns, rows }: Squares,
  starts: Uint32Array,
  listed: Int32Array,
  centre: number,
  radiusM: number,
  into: Int32Array,
): number {
  const x = eastM[centre]!;
  const y = northM[centre]!;
  const firstColumn = Math.max(0, Math.floor((x - radiusM - west) / sideM));
  const lastColumn = Math.min(columns - 1, Math.floor((x + radiusM - west) / sideM));
  const firstRow = Math.max(0, Math.floor((y - radiusM - south) / sideM));
  const lastRow = Math.min(rows - 1, Math.floor((y + radiusM - south) / sideM));
  const most = radiusM * radiusM;
  let filled = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const end = starts[row * columns + lastColumn + 1]!;
    for (let at = starts[row * columns + firstColumn]!; at < end; at++) {
      const site = listed[at]!;
      const eastward = eastM[site]! - x;
      const northward = northM[site]! - y;
      if (eastward * eastward + northward * northward > most || filled === WINDOW_SITES) continue;
      into[filled++] = site;
    }
  }
  return filled;
}

function openWithin(
  eastM: Float64Array,
  northM: Float64Array,
  { west, south, sideM, columns, rows }: Squares,
  head: Int32Array,
  next: Int32Array,
  centre: number,
  radiusM: number,
  into: Int32Array,
): number {
  const x = eastM[centre]!;
  const y = northM[centre]!;
  const firstColumn = Math.max(0, Math.floor((x - radiusM - west) / sideM));
  const lastColumn = Math.min(columns - 1, Math.floor((x + radiusM - west) / sideM));
  const firstRow = Math.max(0, Math.floor((y - radiusM - south) / sideM));
  const lastRow = Math.min(rows - 1, Math.floor((y + radiusM - south) / sideM));
  const most = radiusM * radiusM;
  let filled = 0;
  for (let row = firstRow; row <= lastRow; row++)
    for (let column = firstColumn; column <= lastColumn; column++)
      for (let site = head[row * columns + column]!; site >= 0; site = next[site]!) {
        const eastward = eastM[site]! - x;
        const northward = northM[site]! - y;
        if (eastward * eastward + northward * northward > most || filled === WINDOW_SITES) continue;
        into[filled++] = site;
      }
  return filled;
}

/** Rings of squares outwards until nothing nearer can come; `into` and `squared` by distance, ties by site. */
function nearestOpen(
  { eastM, northM }: Places,
  squares: Squares,
  head: Int32Array,
  next: Int32Array,
  centre: number,
  count: number,
  into: Int32Array,
  squared: Float64Array,
): number {
  const { columns, rows, sideM } = squares;
  const own = squareOf(squares, eastM[centre]!, northM[centre]!);
  const ownRow = Math.floor(own / columns);
  const ownColumn = own - ownRow * columns;
  into[0] = centre;
  squared[0] = 0;
  let filled = 1;
  const rings = Math.max(columns, rows);
  for (let ring = 0; ring < rings; ring++) {
    const clearM = (ring - 1) * sideM;
    if (filled === count && (count === 1 || squared[filled - 1]! <= clearM * clearM)) break;
    const lastRow = Math.min(rows - 1, ownRow + ring);
    const lastColumn = Math.min(columns - 1, ownColumn + ring);
    for (let row = Math.max(0, ownRow - ring); row <= lastRow; row++) {
      const isEdge = row === ownRow - ring || row === ownRow + ring;
      for (let column = Math.max(0, ownColumn - ring); column <= lastColumn; column++) {
        if (!isEdge && column !== ownColumn - ring && column !== ownColumn + ring) continue;
        for (let site = head[row * columns + column]!; site >= 0; site = next[site]!) {
          if (site === centre) continue;
          const eastward = eastM[site]! - eastM[centre]!;
          const northward = northM[site]! - northM[centre]!;
          filled = insertNear(
            into,
            squared,
            filled,
            count,
            site,
            eastward * eastward + northward * northward,
          );
        }
      }
    }
  }
  return filled;
}

function insertNear(
  into: Int32Array,
  squared: Float64Array,
  filled: number,
  count: number,
  site: number,
  distance: number,
): number {
  let at = filled;
  while (at > 1 && (squared[at - 1]! > distance || (squared[at - 1] === distance && into[at - 1]! > site)))
    at--;
  if (at >= count) return filled;
  const end = Math.min(filled, count - 1);
  for (let move = end; move > at; move--) {
    into[move] = into[move - 1]!;
    squared[move] = squared[move - 1]!;
  }
  into[at] = site;
  squared[at] = distance;
  return end + 1;
}
