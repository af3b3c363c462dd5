// A plan as steps: existing stations, locked sites, then the chosen ones in order of what each adds to the first target per yuan inside
// the plan (lazy greedy over the chosen set alone). What closing and improving left behind is out of date; this order is what people
// read, cut at budgets and build in phases.
import { compareProducts } from './compare-products.ts';
import type { CoverState } from './cover/cover-state.ts';
import { emptyState, giveBack } from './problem-facts.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionStep } from './selection-problem.ts';
import { makeSiteQueue } from './site-queue.ts';
import { makeSiteRules } from './wishes/make-site-rules.ts';

export interface OrderedPlan {
  readonly steps: SelectionStep[];
  /** Weight times worth, one per target. */
  readonly covered: number[];
}

/** `chosen`: new sites without the locked ones, every one of them open in the plan. */
export function orderSteps(
  problem: SelectionProblem,
  choice: SelectionChoice,
  chosen: readonly number[],
  status: Selection['status'],
): OrderedPlan {
  const { cost, siteIds } = problem;
  const state = emptyState(problem);
  const steps: SelectionStep[] = [];
  const open = (site: number, placedBy: SelectionStep['placedBy']) => {
    const before = state.covered[0]!;
    state.openSite(site);
    steps.push({ site, placedBy, gain: state.covered[0]! - before, coveredAfter: state.covered[0]! });
  };
  for (const site of choice.existing) open(site, 'existing');
  for (const site of choice.locked) open(site, 'locked');

  const placedBy = status === 'budget-spent' || status === 'count-reached' ? 'budget-gain' : 'target-gain';
  const gain = new Map(chosen.map((site) => [site, state.gain(site)]));
  const queue = makeSiteQueue(chosen, (a, b) => {
    const [gainA, gainB] = [gain.get(a)!, gain.get(b)!];
    const order = compareProducts(gainA, cost[b]!, gainB, cost[a]!);
    if (order !== 0) return order > 0;
    if (gainA !== gainB) return gainA > gainB;
    if (cost[a] !== cost[b]) return cost[a]! < cost[b]!;
    return siteIds[a]! < siteIds[b]!;
  });
  while (queue.size() > 0) {
    const site = queue.top();
    const now = state.gain(site);
    if (now === gain.get(site)) {
      queue.pop();
      open(site, placedBy);
    } else {
      gain.set(site, now);
      queue.sink();
    }
  }
  const forced = forcedByGroups(state, choice, chosen);
  const covered = Array.from(state.covered);
  giveBack(state);
  return {
    steps: steps.map((step) => (forced.has(step.site) ? { ...step, placedBy: 'group-least' } : step)),
    covered,
  };
}

/** Chosen sites that no share needs: only the least of one of their groups keeps them. */
function forcedByGroups(
  { problem, covered, losses }: CoverState,
  choice: SelectionChoice,
  chosen: readonly number[],
): Set<number> {
  const rules = makeSiteRules(problem, choice);
  for (const site of chosen) rules.opened(site);
  const lost = new Float64Array(covered.length);
  const isNeedless = (site: number) => {
    losses(site, lost);
    return covered.every((now, target) => now - lost[target]! >= Math.min(now, choice.required[target]!));
  };
  return new Set(chosen.filter((site) => !rules.mayClose(site) && isNeedless(site)));
}
