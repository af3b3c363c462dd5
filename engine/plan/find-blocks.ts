// Which rule of a finished plan leaves no room for a site, read from the plan's own rows: the answer of makeSiteRules for somebody who has
// the plan and not its footprints.
import { localZone } from '../geo/local-zone.ts';
import type { PlanChoice } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import type { SiteRuleBreach } from '../selection/wishes/site-rules.ts';
import { quotaValueOf, spacingOfSite } from './selection-request.ts';

/** A row of the plan. */
export interface OpenSite {
  readonly site: Site;
  readonly isExisting: boolean;
  /** What it cost in the plan, whole yuan. */
  readonly costCny: number;
}

export interface SiteBlock extends SiteRuleBreach {
  readonly rule: Exclude<SiteRuleBreach['rule'], 'refused'>;
}

/** At the most one per rule. `epsg`: zone of the plan, in whose metres distances are measured. */
export function findBlocks(
  choice: PlanChoice,
  site: Site,
  open: readonly OpenSite[],
  epsg: number,
): SiteBlock[] {
  const chosen = open.filter(({ isExisting }) => !isExisting);
  const cost = chosen.reduce((sum, one) => sum + one.costCny, 0);
  const blocks: SiteBlock[] = [];
  const near = nearestTooNear(choice, site, open, epsg);
  if (near !== null) blocks.push({ rule: 'spacing', with: near });
  for (const { by, value, mostSites, mostCostCny } of choice.quotas) {
    if (quotaValueOf[by](site) !== value) continue;
    const members = chosen.filter((one) => quotaValueOf[by](one.site) === value);
    const spent = members.reduce((sum, one) => sum + one.costCny, 0);
    const quota = `${by}=${value}`;
    if (mostSites !== null && members.length + 1 > mostSites)
      blocks.push({ rule: 'group-most', with: quota });
    if (mostCostCny !== null && spent + site.costCny > mostCostCny)
      blocks.push({ rule: 'group-cost', with: quota });
  }
  if (choice.budgetCny !== null && cost + site.costCny > choice.budgetCny)
    blocks.push({ rule: 'budget', with: null });
  if (choice.maxSites !== null && chosen.length + 1 > choice.maxSites)
    blocks.push({ rule: 'count', with: null });
  return blocks;
}

/** Id of the nearest open site that spacing forbids beside this one. */
function nearestTooNear(
  { spacing }: PlanChoice,
  site: Site,
  open: readonly OpenSite[],
  epsg: number,
): string | null {
  if (spacing === null) return null;
  const zone = localZone(epsg);
  const [eastM, northM] = zone.toMetres(site.position);
  let nearest: string | null = null;
  let nearestM = Infinity;
  for (const { site: other } of open) {
    const [otherEastM, otherNorthM] = zone.toMetres(other.position);
    const eastAwayM = eastM - otherEastM;
    const northAwayM = northM - otherNorthM;
    const awayM = Math.sqrt(eastAwayM * eastAwayM + northAwayM * northAwayM);
    if (awayM >= Math.min(spacingOfSite(site, spacing), spacingOfSite(other, spacing)) || awayM >= nearestM)
      continue;
    nearest = other.id;
    nearestM = awayM;
  }
  return nearest;
}
