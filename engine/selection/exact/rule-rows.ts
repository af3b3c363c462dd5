// Budget, count, groups and spacing as rows over the free sites of a reduced problem, less what locked sites have used: the same
// rows for the text of a model and for the table of the search.
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { ReducedProblem } from './reduce-problem.ts';
import { spacingCliques } from './spacing-cliques.ts';

/** `sum of factor * x` between `least` and `most`; one of them is infinite. */
export interface RuleRow {
  /** Positions in the sites of the reduced problem, ascending; may be none. */
  readonly positions: readonly number[];
  readonly factors: readonly number[];
  readonly least: number;
  readonly most: number;
}

export function ruleRows(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { sites, open }: ReducedProblem,
): RuleRow[] {
  const { budget, maxSites, locked, existing, rules } = choice;
  const { cost } = problem;
  const positionOf = new Map(sites.map((site, position) => [site, position]));
  const standing = new Set(existing);
  const fresh = new Set(locked.filter((site) => !standing.has(site)));
  const all = sites.map((_, position) => position);
  const rows: RuleRow[] = [];
  const count = (positions: readonly number[], least: number, most: number) =>
    rows.push({ positions, factors: positions.map(() => 1), least, most });
  const pay = (positions: readonly number[], most: number) =>
    rows.push({
      positions,
      factors: positions.map((position) => cost[sites[position]!]!),
      least: -Infinity,
      most,
    });
  if (budget !== null) pay(all, budget - open.cost);
  if (maxSites !== null) count(all, -Infinity, maxSites - open.count);
  for (const group of rules.groups) {
    const own = [...new Set(group.sites)];
    const positions = own.flatMap((site) => positionOf.get(site) ?? []).sort((a, b) => a - b);
    const used = own.filter((site) => fresh.has(site));
    const spent = used.reduce((yuan, site) => yuan + cost[site]!, 0);
    if (group.leastSites !== null) count(positions, group.leastSites - used.length, Infinity);
    if (group.mostSites !== null) count(positions, -Infinity, group.mostSites - used.length);
    if (group.mostCost !== null) pay(positions, group.mostCost - spent);
  }
  for (const clique of spacingCliques(problem, choice, sites)) count(clique, -Infinity, 1);
  return rows;
}
