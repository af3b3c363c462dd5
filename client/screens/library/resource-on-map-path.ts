// Where the map shows a resource: its site in focus when plans know it, its place alone otherwise.
import type { ResourceJson } from '../../../server/contract/resources.ts';

const zoom = 17;

/** Null: it has no place yet. */
export function resourceOnMapPath({
  siteId,
  position,
}: Pick<ResourceJson, 'siteId' | 'position'>): string | null {
  if (position === null) return null;
  const [lon = 0, lat = 0] = position;
  const site = siteId === null ? '' : `${new URLSearchParams({ site: siteId })}&`;
  return `/?${site}map=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
