// Areas a plan has to serve, and districts that only group its totals.
import type { MultiPolygon } from './geometry.ts';

/** zone kinds, key-area kinds and overlays of the field (高密区, 商圈, …); free text with a suggested list. */
export interface TargetArea {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly geometry: MultiPolygon;
}

export interface District {
  readonly code: string;
  readonly name: string;
  readonly geometry: MultiPolygon;
}
