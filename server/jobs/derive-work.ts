// What the worker that derives candidates is given, and what it answers. All of it survives structured clone.
import type { BuildingSet, DerivedSite, MultiPolygon, Road } from '../../engine/index.ts';

export interface DeriveWork {
  /** Null: not asked for. */
  readonly roofs: {
    readonly buildings: BuildingSet;
    readonly minAreaM2: number;
    readonly minHeightM: number;
  } | null;
  readonly poles: { readonly spacingM: number } | null;
  readonly junctions: { readonly minBranches: number } | null;
  readonly roads: readonly Road[];
  readonly within: MultiPolygon;
  readonly without: readonly MultiPolygon[];
}

export interface DerivedSites {
  readonly roofs: readonly DerivedSite[];
  readonly poles: readonly DerivedSite[];
  readonly junctions: readonly DerivedSite[];
}
