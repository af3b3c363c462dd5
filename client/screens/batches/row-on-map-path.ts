// Where the map shows a row: its site in the plan it came from, or the site alone.
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { siteOnMapPath } from '../review/site-on-map-path.ts';

type PlacedRow = Pick<BatchRowJson, 'planId' | 'siteId'> & { readonly position: readonly number[] };

export function rowOnMapPath({ planId, siteId, position }: PlacedRow): string {
  const [lon = 0, lat = 0] = position;
  if (planId !== null) return siteOnMapPath(planId, { id: siteId, position: [lon, lat] });
  return resourceOnMapPath({ siteId, position: [lon, lat] }) ?? '/';
}
