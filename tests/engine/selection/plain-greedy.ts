// The selection written down as plainly as possible: look at every site in every round, sets of items, fractions compared
// as whole numbers. Slow, shares nothing with the engine, and must agree with it.
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { coveredOf } from './random-case.ts';
import type { Table } from './table-problem.ts';

/** Sites in the order plain greedy opens them by what they add per yuan, before pruning. Existing and locked count as open. */
export function plainGreedy(table: Table, choice: SelectionChoice): number[] {
  const fixed = [...choice.existing, ...choice.locked];
  const open = [...fixed];
  const costOf = (sites: readonly number[]) => sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
  const duties = [...choice.required.keys()].filter((target) => choice.required[target]! > 0);
  for (;;) {
    const covered = coveredOf(table, open);
    const newSites = open.length - choice.existing.length;
    const isDone = duties.every((target) => covered[target]! >= choice.required[target]!);
    if (isDone || (choice.maxSites !== null && newSites >= choice.maxSites)) break;
    let best = -1;
    let bestGain = 0;
    for (let site = 0; site < table.sites.length; site++) {
      if (open.includes(site) || choice.refused.includes(site)) continue;
      const spent = costOf(open.filter((other) => !choice.existing.includes(other)));
      if (choice.budget !== null && spent + table.sites[site]!.cost > choice.budget) continue;
      const after = coveredOf(table, [...open, site]);
      const added = (target: number) =>
        Math.max(0, Math.min(after[target]!, choice.required[target]!) - covered[target]!);
      const gain =
        duties.length === 1
          ? added(duties[0]!)
          : duties.reduce((sum, target) => sum + added(target) / choice.required[target]!, 0);
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
  const isWhole = Number.isInteger(gainA) && Number.isInteger(gainB);
  const left = isWhole ? gainA * siteB.cost : gainA / siteA.cost;
  const right = isWhole ? gainB * siteA.cost : gainB / siteB.cost;
  if (left !== right) return left > right;
  if (gainA !== gainB) return gainA > gainB;
  if (siteA.cost !== siteB.cost) return siteA.cost < siteB.cost;
  return siteA.id < siteB.id;
}

/** Pruning written plainly: recount every loss in every round. `keep`: worth that every target keeps. */
export function plainPrune(
  table: Table,
  fixed: readonly number[],
  chosen: readonly number[],
  keep: readonly number[],
): number[] {
  const duties = [...keep.keys()].filter((target) => keep[target]! > 0);
  let open = [...chosen];
  for (;;) {
    const covered = coveredOf(table, [...fixed, ...open]);
    const closable = open
      .map((site) => {
        const left = coveredOf(table, [...fixed, ...open.filter((other) => other !== site)]);
        const lost = (target: number) => covered[target]! - left[target]!;
        const loss =
          duties.length === 1
            ? lost(duties[0]!)
            : duties.reduce((sum, target) => sum + lost(target) / keep[target]!, 0);
        return {
          ...table.sites[site]!,
          site,
          loss,
          fits: keep.every((worth, target) => left[target]! >= worth),
        };
      })
      .filter(({ loss, cost, fits }) => fits && (loss === 0 || cost > 0))
      .sort(
        (a, b) =>
          a.loss * b.cost - b.loss * a.cost || b.cost - a.cost || a.loss - b.loss || (a.id > b.id ? -1 : 1),
      );
    if (closable.length === 0) return open;
    open = open.filter((site) => site !== closable[0]!.site);
  }
}
