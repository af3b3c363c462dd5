// One configuration per location out of several (form, height, azimuths, band, operators): each is a site of its own, and the sites
// of one location share a group that lets one of them open. Distance 0 would say the same only where a spacing rule holds.
import type { SiteGroup } from '../selection-problem.ts';

/**
 * `locationOf`: the location of each site, by site index. Locations with a single configuration need no group. `left` names sites
 * that stand outside, such as existing stations.
 */
export function configurationGroups(
  locationOf: readonly string[],
  left: readonly number[] = [],
): readonly SiteGroup[] {
  const outside = new Set(left);
  const byLocation = new Map<string, number[]>();
  locationOf.forEach((location, site) => {
    if (outside.has(site)) return;
    const sites = byLocation.get(location);
    if (sites) sites.push(site);
    else byLocation.set(location, [site]);
  });
  return [...byLocation]
    .filter(([, sites]) => sites.length > 1)
    .map(([location, sites]) => ({
      id: location,
      sites,
      leastSites: null,
      mostSites: 1,
      mostCost: null,
    }));
}
