// Where the map shows a demand: its place in the middle, wide enough for the search radius.
import type { DemandJson } from '../../../server/contract/demands.ts';

/** Zoom 16 shows about 1.5 km on a desk screen; each step less twice that. */
const nearestZoom = 17;
const nearRadiusM = 250;

export function demandOnMapPath({
  position,
  searchRadiusM,
}: Pick<DemandJson, 'position' | 'searchRadiusM'>): string {
  const [lon = 0, lat = 0] = position;
  const steps = Math.max(0, Math.ceil(Math.log2(searchRadiusM / nearRadiusM)));
  return `/?map=${nearestZoom - steps}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
