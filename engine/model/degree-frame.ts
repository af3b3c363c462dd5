// A lattice of degrees, row 0 in the north: where the cells of imported rasters lie. WGS84 and CGCS2000 count as one.
export interface DegreeFrame {
  /** Outer border of the north-western cell. */
  readonly westDeg: number;
  readonly northDeg: number;
  /** Width and height of a cell, both above 0; the first centre lies half a step inside the border. */
  readonly stepLonDeg: number;
  readonly stepLatDeg: number;
  readonly columns: number;
  readonly rows: number;
}
