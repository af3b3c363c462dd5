// Heights of the ground on a lattice of degrees: what a terrain model (DEM) is once it has come in. WGS84 and CGCS2000 count as one.
import type { DegreeFrame } from './degree-frame.ts';

export interface HeightRaster extends DegreeFrame {
  readonly id: string;
  /** Metres above sea level at the cell centres, row 0 in the north; NaN where unknown. */
  readonly heightM: Float32Array;
}
