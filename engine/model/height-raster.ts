// Heights of the ground on a lattice of degrees: what a terrain model (DEM) is once it has come in. WGS84 and CGCS2000 count as one.

export interface HeightRaster {
  readonly id: string;
  /** Outer border of the north-western cell, in degrees. */
  readonly westDeg: number;
  readonly northDeg: number;
  /** Width and height of a cell in degrees, both above 0; the first centre lies half a step inside the border. */
  readonly stepLonDeg: number;
  readonly stepLatDeg: number;
  readonly columns: number;
  readonly rows: number;
  /** Metres above sea level at the cell centres, row 0 in the north; NaN where unknown. */
  readonly heightM: Float32Array;
}
