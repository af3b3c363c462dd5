// Which bins each candidate reaches, as row runs. Coverage probability is kept in a few levels: level k holds the bins whose
// probability is at least LEVEL_FROM[k]; covering it is worth LEVEL_STEP[k] percent of the bin. A bin's share is the sum of
// the steps reached by its best server, so the figure the selection maximises is exactly the share that is reported.

/** Least probability of each level. Level 2 (one half) is the binary rule "median at or above the threshold". */
export const LEVEL_FROM = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99] as const;
/** Worth of each level in percent; together 100. */
export const LEVEL_STEP = [20, 20, 20, 18, 12, 7, 3] as const;
/** The level that means "covered" in the binary sense. */
export const BINARY_LEVEL = 2;
/** Share in percent that a bin has when its best server reaches 0, 1, … 7 levels. */
export const LEVEL_VALUE = [0, 20, 40, 60, 78, 90, 97, 100] as const;

export interface Footprints {
  /** Bins and guards of the grid; item id = level * binCount + bin id. */
  readonly binCount: number;
  readonly levels: number;
  /** First run of each site, then the end. Sites in the order they were given. */
  readonly runStarts: Uint32Array;
  /** First item of each run; a run never leaves its strip row. */
  readonly runFirst: Uint32Array;
  readonly runLength: Uint16Array;
  /** Per bin, over all sites: 0 nobody in service radius, 1 in radius but hidden from all, 2 seen by one at least. */
  readonly reach: Uint8Array;
}

/** Levels of one site, bin by bin (ascending ids). */
export interface SiteLevels {
  readonly bins: Uint32Array;
  /** SS-RSRP of the best sector, 0.1 dBm; with mixed states the one of the likelier state's blend by probability. */
  readonly level: Int16Array;
  /** How many probability levels are reached, 0..7. */
  readonly reached: Uint8Array;
}
