// Decoded coverage rasters of finished plans. A result never changes, so the few last used ones stay in memory.
import { type CoverageLayer, type CoverageRaster, decodeRaster, rasterHolds } from '../../engine/index.ts';
import { ProductError } from '../errors.ts';
import { loadPlanRaster } from '../store/plans.ts';
import type { Store } from '../store/store.ts';

const KEPT_PER_STORE = 4;
const kept = new WeakMap<Store, Map<string, Promise<CoverageRaster>>>();

/** Of one of the plan's operators where it is named. Throws PLAN_NOT_DONE when there is no raster, PLAN_OPERATOR_NOT_IN_PLAN. */
export async function rasterOf(store: Store, planId: string, operator?: string): Promise<CoverageRaster> {
  const rasters = kept.get(store) ?? new Map<string, Promise<CoverageRaster>>();
  kept.set(store, rasters);
  const key = operator === undefined ? planId : `${planId}/${operator}`;
  const raster = rasters.get(key) ?? load(store, planId, operator);
  rasters.delete(key);
  rasters.set(key, raster);
  raster.catch(() => rasters.delete(key));
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
  operator?: string,
): Promise<CoverageRaster> {
  const raster = await rasterOf(store, planId, operator);
  if (!rasterHolds(raster, layer)) throw new ProductError('PLAN_LAYER_MISSING', { layer });
  return raster;
}

async function load(store: Store, planId: string, operator?: string): Promise<CoverageRaster> {
  const bytes = await loadPlanRaster(store, planId, operator ?? null);
  if (!bytes && operator !== undefined) throw new ProductError('PLAN_OPERATOR_NOT_IN_PLAN', { operator });
  if (!bytes) throw new ProductError('PLAN_NOT_DONE', { state: '-' });
  return decodeRaster(bytes);
}
