// Decoded coverage rasters of finished plans. A result never changes, so the few last used ones stay in memory.
import { type CoverageLayer, type CoverageRaster, decodeRaster, rasterHolds } from '../../engine/index.ts';
import { ProductError } from '../errors.ts';
import { loadPlanRaster } from '../store/plans.ts';
import type { Store } from '../store/store.ts';

const KEPT_PER_STORE = 4;
const kept = new WeakMap<Store, Map<string, Promise<CoverageRaster>>>();

/** Throws PLAN_NOT_DONE when the plan has no raster. */
export async function rasterOf(store: Store, planId: string): Promise<CoverageRaster> {
  const rasters = kept.get(store) ?? new Map<string, Promise<CoverageRaster>>();
  kept.set(store, rasters);
  const raster = rasters.get(planId) ?? load(store, planId);
  rasters.delete(planId);
  rasters.set(planId, raster);
  raster.catch(() => rasters.delete(planId));
  for (const oldest of rasters.keys()) {
    if (rasters.size <= KEPT_PER_STORE) break;
    rasters.delete(oldest);
  }
  return raster;
}

/** Throws PLAN_NOT_DONE, or PLAN_LAYER_MISSING when the version that made the plan did not compute the layer. */
export async function rasterWith(
  store: Store,
  planId: string,
  layer: CoverageLayer,
): Promise<CoverageRaster> {
  const raster = await rasterOf(store, planId);
  if (!rasterHolds(raster, layer)) throw new ProductError('PLAN_LAYER_MISSING', { layer });
  return raster;
}

async function load(store: Store, planId: string): Promise<CoverageRaster> {
  const bytes = await loadPlanRaster(store, planId);
  if (!bytes) throw new ProductError('PLAN_NOT_DONE', { state: '-' });
  return decodeRaster(bytes);
}
