// Neighbours without positions: sites are near when they serve the same stretch of bins. Lists tell it bin by bin as they are; runs and
// grades are told by stretches of 64 bins.
import type { Cover } from '../cover/cover.ts';
import { eachPiece } from '../cover/site-pieces.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SiteNeighbours } from './site-neighbours.ts';

/** Stretches of bins in both directions: what plain lists hold as they are. */
export interface SharedStretches {
  readonly siteStarts: Uint32Array;
  readonly siteStretches: Uint32Array;
  readonly stretchStarts: Uint32Array;
  readonly stretchSites: Uint32Array;
}

/** Longest window where lists are long and many: beyond this more choice costs more than it brings. */
const SHARED_WINDOW_SITES = 600;
/** Stretches of the picked sites that are looked at before the window counts as seen. */
const LOOKED_STRETCHES = 4096;

/** `isCandidate` and `isOpen` per site, read at every look. Draws where to start, so that cut windows differ. */
export function makeNeighboursByStretch(
  stretches: SharedStretches,
  isCandidate: Uint8Array,
  isOpen: Uint8Array,
  random: SeededRandom,
): SiteNeighbours {
  const { siteStarts } = stretches;
  const seen = new Uint32Array(siteStarts.length - 1);
  const one = new Int32Array(1);
  let turn = 0;
  const look = (
    picked: Int32Array,
    count: number,
    wanted: Uint8Array,
    most: number,
    into: Int32Array,
    filled: number,
  ) => {
    turn++;
    for (let at = 0; at < filled; at++) seen[into[at]!] = turn;
    return sharing(stretches, picked, count, wanted, random.next(), seen, turn, most, into, filled);
  };
  return {
    pick: (site, count, into) => {
      into[0] = site;
      one[0] = site;
      return count === 1 ? 1 : look(one, 1, isOpen, count, into, 1);
    },
    candidates: (picked, count, into) => look(picked, count, isCandidate, SHARED_WINDOW_SITES, into, 0),
    open: (picked, count, into) => look(picked, count, isOpen, SHARED_WINDOW_SITES, into, 0),
    beside: (site, into) => {
      one[0] = site;
      return look(one, 1, isCandidate, SHARED_WINDOW_SITES, into, 0);
    },
    opened: () => {},
    closed: () => {},
  };
}

/** Adds to `into` the wanted sites that share a stretch with one of the picked. */
function sharing(
  { siteStarts, siteStretches, stretchStarts, stretchSites }: SharedStretches,
  picked: Int32Array,
  count: number,
  wanted: Uint8Array,
  chance: number,
  seen: Uint32Array,
  turn: number,
  most: number,
  into: Int32Array,
  from: number,
): number {
  let filled = from;
  let looked = 0;
  for (let index = 0; index < count; index++) {
    const first = siteStarts[picked[index]!]!;
    const length = siteStarts[picked[index]! + 1]! - first;
    const offset = Math.floor(chance * length);
    const fair = Math.ceil(((most - from) * (index + 1)) / count) + from;
    for (let step = 0; step < length && filled < fair && looked < LOOKED_STRETCHES; step++) {
      const stretch = siteStretches[first + ((offset + step) % length)]!;
      const begin = stretchStarts[stretch]!;
      const members = stretchStarts[stretch + 1]! - begin;
      const skip = Math.floor(chance * members);
      looked++;
      for (let member = 0; member < members && filled < fair; member++) {
        const site = stretchSites[begin + ((skip + member) % members)]!;
        if (wanted[site] === 0 || seen[site] === turn) continue;
        seen[site] = turn;
        into[filled++] = site;
      }
    }
  }
  return filled;
}

const STRETCH_BITS = 6;

export function sharedStretches(cover: Cover): SharedStretches {
  if (cover.kind === 'lists')
    return {
      siteStarts: cover.siteStarts,
      siteStretches: cover.siteBins,
      stretchStarts: cover.binStarts,
      stretchSites: cover.binSites,
    };
  const siteStarts = new Uint32Array(cover.siteCount + 1);
  const listed: number[] = [];
  for (let site = 0; site < cover.siteCount; site++) {
    const own = new Set<number>();
    eachPiece(cover, site, (first, length) => {
      for (let stretch = first >> STRETCH_BITS; stretch <= (first + length - 1) >> STRETCH_BITS; stretch++)
        own.add(stretch);
    });
    for (const stretch of own) listed.push(stretch);
    siteStarts[site + 1] = listed.length;
  }
  const siteStretches = Uint32Array.from(listed);
  const stretchStarts = new Uint32Array((cover.binCount >> STRETCH_BITS) + 2);
  for (const stretch of siteStretches) stretchStarts[stretch + 1]!++;
  for (let index = 1; index < stretchStarts.length; index++)
    stretchStarts[index]! += stretchStarts[index - 1]!;
  const next = stretchStarts.slice();
  const stretchSites = new Uint32Array(siteStretches.length);
  for (let site = 0; site < cover.siteCount; site++)
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++)
      stretchSites[next[siteStretches[at]!]!++] = site;
  return { siteStarts, siteStretches, stretchStarts, stretchSites };
}
