// The pieces a footprint is made of: runs, spans or single bins, whatever the shape of the cover.
import { BLOCK_BITS, BLOCK_SITES } from '../../coverage/footprints.ts';
import type { Cover } from './cover.ts';

/** Calls with first bin and length of every piece of a site, ascending. Spans may have bins of grade 0. */
export function eachPiece(cover: Cover, site: number, told: (first: number, length: number) => void): void {
  if (cover.kind === 'lists') {
    for (let at = cover.siteStarts[site]!; at < cover.siteStarts[site + 1]!; at++)
      told(cover.siteBins[at]!, 1);
    return;
  }
  if (cover.kind === 'runs') {
    for (let run = cover.runStarts[site]!; run < cover.runStarts[site + 1]!; run++)
      told(cover.runFirst[run]!, cover.runLength[run]!);
    return;
  }
  const { spanStarts, spanFirst, spanLength } = cover.footprints.blocks[site >> BLOCK_BITS]!;
  const local = site & (BLOCK_SITES - 1);
  for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span++)
    told(spanFirst[span]!, spanLength[span]!);
}
