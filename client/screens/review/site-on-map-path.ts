// Where the map shows one site of a plan: the workspace reads plan, focus and position from its address.
import type { SiteJson } from '../../../server/contract/sites.ts';

const zoom = 17;

export function siteOnMapPath(planId: string, site: Pick<SiteJson, 'id' | 'position'>): string {
  const params = new URLSearchParams({ plan: planId, site: site.id });
  const [lon = 0, lat = 0] = site.position;
  return `/?${params}&map=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
