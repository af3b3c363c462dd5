// The selection written down as plainly as possible: look at every site in every round, sets of items, fractions compared
// as whole numbers. Slow, shares nothing with the engine, and must agree with it.
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { coveredBy, type Table } from './table-problem.ts';

/** Sites in the order plain greedy opens them by weight per yuan, before pruning. Existing and locked count as open. */
export function plainGreedy(table: Table, choice: SelectionChoice): number[] {
  const fixed = [...choice.existing, ...choice.locked];
  const open = [...fixed];
  const target = choice.targetWeight;
  const costOf = (sites: readonly number[]) => sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
  for (;;) {
    const covered = coveredBy(table, open);
    const newSites = open.length - choice.existing.length;
    if (covered >= target || (choice.maxSites !== null && newSites >= choice.maxSites)) break;
    let best = -1;
    let bestGain = 0;
    for (let site = 0; site < table.sites.length; site++) {
      if (open.includes(site) || choice.refused.includes(site)) continue;
      const spent = costOf(open.filter((other) => !choice.existing.includes(other)));
      if (choice.budget !== null && spent + table.sites[site]!.cost > choice.budget) continue;
      const gain = Math.min(coveredBy(table, [...open, site]) - covered, target - covered);
      if (gain > 0 && (best < 0 || isBefore(table, site, gain, best, bestGain))) {
        best = site;
        bestGain = gain;
      }
    }
    if (best < 0) break;
    open.push(best);
  }
  return open.slice(fixed.length);
}

function isBefore(table: Table, a: number, gainA: number, b: number, gainB: number): boolean {
  const siteA = table.sites[a]!;
  const siteB = table.sites[b]!;
  const left = gainA * siteB.cost;
  const right = gainB * siteA.cost;
  if (left !== right) return left > right;
  if (gainA !== gainB) return gainA > gainB;
  if (siteA.cost !== siteB.cost) return siteA.cost < siteB.cost;
  return siteA.id < siteB.id;
}

/** Pruning written plainly: recount every loss in every round. */
export function plainPrune(
  table: Table,
  fixed: readonly number[],
  chosen: readonly number[],
  keep: number,
): number[] {
  let open = [...chosen];
  for (;;) {
    const covered = coveredBy(table, [...fixed, ...open]);
    const closable = open
      .map((site) => ({
        site,
        cost: table.sites[site]!.cost,
        id: table.sites[site]!.id,
        loss: covered - coveredBy(table, [...fixed, ...open.filter((other) => other !== site)]),
      }))
      .filter(({ loss, cost }) => covered - loss >= keep && (loss === 0 || cost > 0))
      .sort(
        (a, b) =>
          a.loss * b.cost - b.loss * a.cost || b.cost - a.cost || a.loss - b.loss || (a.id > b.id ? -1 : 1),
      );
    if (closable.length === 0) return open;
    open = open.filter((site) => site !== closable[0]!.site);
  }
}
