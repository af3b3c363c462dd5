// Which sites may share bins with a site, so that a change asks its neighbours and not the city. Rasters are looked up by blocks of
// 64 consecutive bins (half a strip row): neighbours that only share a block come along, none that shares a bin is missed.
import { BLOCK_BITS, BLOCK_SITES } from '../../coverage/footprints.ts';
import type { Cover, GradeCover, ListCover, RunCover } from './cover.ts';

export interface SiteOverlaps {
  /** Each once, without the site itself, in no order that means anything. */
  readonly of: (site: number) => number[];
}

const PIECE_BITS = 6;

/** Takes about as much memory as the runs of the sites, nothing for lists; one pass over all footprints. */
export function makeSiteOverlaps(cover: Cover): SiteOverlaps {
  const seenAt = new Uint32Array(cover.siteCount);
  let turn = 0;
  const { siteStarts, sitePieces, pieceStarts, pieceSites } =
    cover.kind === 'lists' ? listPieces(cover) : rasterPieces(cover);
  return {
    of: (site) => {
      turn++;
      seenAt[site] = turn;
      const found: number[] = [];
      for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++) {
        const piece = sitePieces[at]!;
        for (let other = pieceStarts[piece]!; other < pieceStarts[piece + 1]!; other++) {
          const near = pieceSites[other]!;
          if (seenAt[near] === turn) continue;
          seenAt[near] = turn;
          found.push(near);
        }
      }
      return found;
    },
  };
}

/** Pieces of ground of each site, sites of each piece. */
interface Pieces {
  readonly siteStarts: Uint32Array;
  readonly sitePieces: Uint32Array;
  readonly pieceStarts: Uint32Array;
  readonly pieceSites: Uint32Array;
}

function listPieces({ siteStarts, siteBins, binStarts, binSites }: ListCover): Pieces {
  return { siteStarts, sitePieces: siteBins, pieceStarts: binStarts, pieceSites: binSites };
}

function rasterPieces(cover: GradeCover | RunCover): Pieces {
  const { siteCount, binCount } = cover;
  const siteStarts = new Uint32Array(siteCount + 1);
  const none = new Uint32Array(0);
  for (let site = 0; site < siteCount; site++)
    siteStarts[site + 1] = siteStarts[site]! + piecesOf(cover, site, none, 0);
  const sitePieces = new Uint32Array(siteStarts[siteCount]!);
  for (let site = 0; site < siteCount; site++) piecesOf(cover, site, sitePieces, siteStarts[site]!);

  const pieceStarts = new Uint32Array((binCount >> PIECE_BITS) + 2);
  for (const piece of sitePieces) pieceStarts[piece + 1]!++;
  for (let piece = 1; piece < pieceStarts.length; piece++) pieceStarts[piece]! += pieceStarts[piece - 1]!;
  const next = pieceStarts.slice();
  const pieceSites = new Uint32Array(sitePieces.length);
  for (let site = 0; site < siteCount; site++)
    for (let at = siteStarts[site]!; at < siteStarts[site + 1]!; at++)
      pieceSites[next[sitePieces[at]!]!++] = site;
  return { siteStarts, sitePieces, pieceStarts, pieceSites };
}

/** Writes the pieces of a site from `at` on, where there is room, and returns how many there are: its bins ascend. */
function piecesOf(cover: GradeCover | RunCover, site: number, into: Uint32Array, at: number): number {
  const { first, length, from, to } = stretchesOf(cover, site);
  let count = 0;
  let known = -1;
  for (let stretch = from; stretch < to; stretch++) {
    const last = (first[stretch]! + length[stretch]! - 1) >> PIECE_BITS;
    for (let piece = Math.max(first[stretch]! >> PIECE_BITS, known + 1); piece <= last; piece++) {
      into[at + count] = piece;
      count++;
      known = piece;
    }
  }
  return count;
}

function stretchesOf(cover: GradeCover | RunCover, site: number) {
  if (cover.kind === 'runs') {
    const { runFirst, runLength, runStarts } = cover;
    return { first: runFirst, length: runLength, from: runStarts[site]!, to: runStarts[site + 1]! };
  }
  const { spanFirst, spanLength, spanStarts } = cover.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  return { first: spanFirst, length: spanLength, from: spanStarts[local]!, to: spanStarts[local + 1]! };
}
