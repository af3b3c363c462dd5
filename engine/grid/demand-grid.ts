// The demand grid: square bins of the target areas in the local metric zone, aligned to whole multiples of the bin size,
// so that two plans that touch count the same ground in the same bins.
// Numbered strip by strip (128 columns), row by row inside a strip, with a guard bin of weight 0 before each strip row:
// selection reads a run's weight as a difference of two prefix sums and re-sums at most 128 bins after a change.

export const STRIP_COLUMNS = 128;
/** Weight of one full bin when bins weigh their area. Whole numbers keep ties and prefix sums exact. */
export const FULL_BIN_WEIGHT = 1000;

export interface DemandGrid {
  readonly epsg: number;
  /** Outer edge of the raster frame, metres in the zone. Row 0 is in the north. */
  readonly westM: number;
  readonly northM: number;
  readonly binSizeM: number;
  readonly columns: number;
  readonly rows: number;
  /** Bins and guards. Ids of all arrays below. */
  readonly binCount: number;
  /** First id (the guard) of each strip row, then the end. */
  readonly rowStarts: Uint32Array;
  /** Raster column and row per id; a guard has column 65535. */
  readonly binColumn: Uint16Array;
  readonly binRow: Uint16Array;
  /** Whole-number demand of the bin; 0 for guards and for bins wholly under roofs. */
  readonly weight: Int32Array;
  readonly totalWeight: number;
  /** Ground inside the target areas (water taken out, overlaps once), square metres. */
  readonly areaM2: Float64Array;
  /** People per bin, or null when no demand points were given. */
  readonly people: Float64Array | null;
  /** 1 where the bin lies wholly under roofs: outdoor rules do not count it. */
  readonly indoor: Uint8Array;
  /** Receiver position (metres in the zone): the bin's centre, or the outdoor place nearest to it. */
  readonly receiverEastM: Float64Array;
  readonly receiverNorthM: Float64Array;
  /** Bin id at raster (row * columns + column), or -1. */
  readonly binAt: Int32Array;
  /** Bins (with weight or indoor) without guards. */
  readonly bins: number;
  readonly indoorBins: number;
}

/** Bins that are numbered but do not weigh anything yet. */
export type UnweighedGrid = Omit<DemandGrid, 'weight' | 'totalWeight' | 'people'>;

/** Column of a guard. */
export const GUARD_COLUMN = 65_535;

/** What hearing a station needs of a grid: threads of a crew are given this much. */
export type ReceiverGrid = Omit<DemandGrid, 'binColumn' | 'binRow' | 'weight' | 'areaM2' | 'people'>;

/** The bins of one area or district with the ground each holds of it. */
export interface ZoneShare {
  readonly bins: Uint32Array;
  readonly areaM2: Float64Array;
}
