// Which bins each candidate reaches and how surely: per row a span of bins, per bin one byte (the probability grade).
// Sites lie in blocks of 64, so that one moved site costs one small block, blocks travel between threads without copying,
// and a city of half a million candidates never needs one giant array. Runs for binary rules: binary-runs.ts.

export const BLOCK_BITS = 6;
export const BLOCK_SITES = 1 << BLOCK_BITS;

/** Up to 64 consecutive sites. Takes one byte per bin reached and five per span. */
export interface FootprintBlock {
  readonly sites: number;
  /** First span of each site, then the end. */
  readonly spanStarts: Uint32Array;
  /** First entry in `grades` of each site, then the end. */
  readonly gradeStarts: Uint32Array;
  /** First bin of each span, ascending within a site; a span never leaves its strip row. */
  readonly spanFirst: Uint32Array;
  /** 1..128 bins. */
  readonly spanLength: Uint8Array;
  /** One grade per bin, span after span. */
  readonly grades: Uint8Array;
}

export interface Footprints {
  /** Bins and guards of the grid. */
  readonly binCount: number;
  readonly siteCount: number;
  readonly blocks: readonly FootprintBlock[];
  /** Sites per bin whose service radius holds it, and those of them that are not hidden from it. */
  readonly near: Uint16Array;
  readonly seen: Uint16Array;
}

/** Levels of one site, bin by bin (ascending ids). */
export interface SiteLevels {
  readonly bins: Uint32Array;
  /** SS-RSRP of the best sector, 0.1 dBm; where sight is only a chance, the median over both states. */
  readonly level: Int16Array;
  /** Probability grade, see probability-grades.ts. */
  readonly grade: Uint8Array;
  /** 1 where the antenna is in sight, or where sight is only a chance. */
  readonly seen: Uint8Array;
}

/** Bytes held by all blocks. */
export function footprintBytes({ blocks }: Footprints): number {
  let bytes = 0;
  for (const { spanStarts, gradeStarts, spanFirst, spanLength, grades } of blocks)
    bytes +=
      spanStarts.byteLength +
      gradeStarts.byteLength +
      spanFirst.byteLength +
      spanLength.byteLength +
      grades.byteLength;
  return bytes;
}
