// Lets a site open that has to, by closing what the rules set against it: the neighbour that is too near, the member of a full group or
// the site under a spent budget that is missed least.
import { PlanningError } from '../../model/planning-error.ts';
import type { SiteRuleBreach } from '../wishes/site-rules.ts';
import { type RepairRun, toggle } from './repair-run.ts';

/** Opens the site and returns what had to close. Throws SELECTION_QUOTA_LOCKED or SELECTION_BUDGET_RANGE when only fixed sites are in the way. */
export function makeWay(run: RepairRun, site: number): number[] {
  const closed: number[] = [];
  for (;;) {
    const breach = run.rules.whyNot(site).find(({ rule }) => rule !== 'refused');
    if (!breach) break;
    const rival = leastMissed(run, rivalsOf(run, breach), breach.rule === 'budget');
    if (rival < 0) throw wayBlocked(run, site, breach);
    toggle(run, rival);
    closed.push(rival);
  }
  toggle(run, site);
  return closed;
}

/** Open sites that the breach is about. */
function rivalsOf({ problem, choice }: RepairRun, breach: SiteRuleBreach): Iterable<number> {
  switch (breach.rule) {
    case 'spacing':
      return [problem.siteIds.indexOf(breach.with!)];
    case 'group-most':
    case 'group-cost':
      return choice.rules.groups.find((group) => group.id === breach.with)!.sites;
    default:
      return problem.cost.keys();
  }
}

/** The open site with the smallest loss, or loss per yuan; -1 when all are fixed. Ties: the dearer, then the larger id. */
function leastMissed(
  { problem: { cost, siteIds }, state, isFixed, tally }: RepairRun,
  sites: Iterable<number>,
  perYuan: boolean,
): number {
  let least = -1;
  let leastLoss = 0;
  for (const site of sites) {
    if (state.isOpen[site] === 0 || isFixed[site] === 1 || (perYuan && cost[site] === 0)) continue;
    tally.looks++;
    const loss = perYuan ? state.loss(site) / cost[site]! : state.loss(site);
    const isLess =
      least < 0 ||
      loss < leastLoss ||
      (loss === leastLoss &&
        (cost[site]! > cost[least]! || (cost[site] === cost[least] && siteIds[site]! > siteIds[least]!)));
    if (!isLess) continue;
    least = site;
    leastLoss = loss;
  }
  return least;
}

function wayBlocked({ problem, rules }: RepairRun, site: number, breach: SiteRuleBreach): PlanningError {
  const siteId = problem.siteIds[site]!;
  if (breach.rule === 'budget' || breach.rule === 'count')
    return new PlanningError('SELECTION_BUDGET_RANGE', {
      siteId,
      lockedCost: rules.cost() + problem.cost[site]!,
      lockedSites: rules.count() + 1,
    });
  return new PlanningError('SELECTION_QUOTA_LOCKED', { siteId, rule: breach.rule, with: breach.with ?? '' });
}
