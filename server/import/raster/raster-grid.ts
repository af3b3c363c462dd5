// What a reader of raster files hands on: one band in the file's own coordinate system, row 0 in the north.
import type { LonLat } from '../../../engine/index.ts';

export interface RasterCrs {
  /** As people look it up: `EPSG:32650`. */
  readonly name: string;
  /** Coordinates are longitude and latitude already. */
  readonly isDegrees: boolean;
  toDegrees(x: number, y: number): LonLat;
  fromDegrees(position: LonLat): readonly [x: number, y: number];
}

export type RasterValues =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

export interface RasterGrid {
  readonly crs: RasterCrs;
  /** Outer corner of the north-western cell, in units of the coordinate system. */
  readonly west: number;
  readonly north: number;
  /** Width and height of a cell, both above 0. */
  readonly stepX: number;
  readonly stepY: number;
  readonly columns: number;
  readonly rows: number;
  /** As they stand in the file: number = value × `scale` + `offset`. */
  readonly values: RasterValues;
  readonly scale: number;
  readonly offset: number;
  /** The value that means "not known", or null. */
  readonly noData: number | null;
  /** Metres per unit of the values when they are heights, with the unit's name: 0.3048 for feet. */
  readonly metresPerUnit: number;
  readonly unit: string;
  /** Bands of the file; the first one is read. */
  readonly bands: number;
}

/** 36 million cells: a one-second terrain model of 1.6° × 1.6°; four copies of it fit the reader's memory. */
export const MOST_CELLS = 36_000_000;
export const MOST_CELLS_A_SIDE = 40_000;
