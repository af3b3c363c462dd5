// One feature of a vector tile before it is encoded: the tile queries of all nouns answer with these.
import type { StoredGeometry } from './postgis-types.ts';

export interface TileFeature {
  readonly id: string;
  readonly geometry: StoredGeometry;
  readonly properties: Readonly<Record<string, string | number | null>>;
}

/** Features a tile holds at the most; what is left out is the smallest on the ground. */
export const TILE_FEATURE_LIMIT = 20_000;

/** Degrees of longitude that half a screen pixel covers at a zoom: detail below it cannot be seen. */
export function halfPixelDeg(zoom: number): number {
  return 360 / 2 ** zoom / 1024;
}
