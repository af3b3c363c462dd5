// Branch and bound on the price bound: open or close the site over which the fractional plan is most undecided, price both halves anew from the
// prices at hand, drop what cannot beat the plan. A node costs a few dozen milliseconds where one linear program of the same model
// costs seconds, so the bound climbs at once; what is proved is exactly what prices prove. Best bound first, ties by age. Counted
// in nodes, not seconds: the same input gives the same answer everywhere (Land and Doig 1960; Caprara, Toth and Fischetti 2000).
import type { BinPrices, Certificate } from '../certificate.ts';
import type { Watch } from '../effort.ts';
import { greatestDivisor } from '../greatest-divisor.ts';
import { findPrices } from '../prices/find-prices.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import { recountSites } from './recount-sites.ts';

export interface Branching {
  /** New sites of the best plan, never dearer than the one given. */
  readonly sites: readonly number[];
  /** No plan that reaches the shares costs less; equal to the plan's cost when proved. */
  readonly bound: number;
  readonly nodes: number;
}

interface Branch {
  readonly locked: readonly number[];
  readonly refused: readonly number[];
  readonly prices: BinPrices;
  readonly bound: number;
  readonly x: Float64Array;
  readonly age: number;
}

const ROOT_STEPS = 1500;
/** Fewer leave the prices short of their best, and the bound of a branch where it was. */
const BRANCH_STEPS = 300;
/** Between tries for a better plan inside a branch. */
const NODES_PER_TRY = 16;
/** Part of the sums by which a bound is trusted less, for rounding. */
const SAFETY = 1e-7;

/** `plan`: new sites that reach every required share and keep the rules; RangeError otherwise. Keeps up to `nodes` price vectors. */
export function branchOnPrices(
  problem: SelectionProblem,
  choice: SelectionChoice,
  plan: readonly number[],
  prices: BinPrices | null,
  nodes: number,
  watch: Watch = {},
): Branching {
  const given = recountSites(problem, choice, plan);
  if (!given.reaches || !given.keepsRules)
    throw new RangeError('branchOnPrices: the plan misses a share or breaks a rule; expected one that holds');
  let best = { sites: plan, cost: given.cost };
  const tryPlan = (sites: readonly number[]): void => {
    const { cost, reaches, keepsRules } = recountSites(problem, choice, sites);
    if (reaches && keepsRules && cost < best.cost) best = { sites: [...sites], cost };
  };

  const needed = new Set(choice.rules.groups.flatMap(({ sites, leastSites }) => (leastSites ? sites : [])));
  const step = problem.cost.reduce(greatestDivisor, 0);
  let age = 0;
  /** Null when no plan of the branch beats the best. */
  const price = (
    locked: readonly number[],
    refused: readonly number[],
    from: BinPrices | null,
    floor: number,
  ) => {
    const own = { ...choice, locked, refused };
    if (!canHold(own)) return null;
    const steps = age === 0 ? ROOT_STEPS : BRANCH_STEPS;
    const found = findPrices(problem, own, 'cost', steps, {}, from);
    const bound = Math.max(floor, found.bound);
    if (bound >= best.cost) return null;
    const room = best.cost - step - sumOf(found.parts) * (1 - SAFETY);
    const isOut = new Set(refused);
    found.reduced.forEach((above, site) => {
      if (above > room && !needed.has(site) && !locked.includes(site)) isOut.add(site);
    });
    const branch: Branch = {
      locked,
      refused: [...isOut],
      prices: found.prices,
      bound,
      x: found.x,
      age: age++,
    };
    return branch;
  };

  const root = price(choice.locked, choice.refused, prices, 0);
  const open: Branch[] = root === null ? [] : [root];
  let done = 1;
  while (open.length > 0 && done < nodes && watch.shouldStop?.() !== true) {
    const branch = takeLowest(open);
    if (branch.bound >= best.cost) continue;
    const site = siteToDecide(problem, choice, branch);
    if (site === null) {
      tryPlan(branch.locked);
      continue;
    }
    const { locked, refused } = branch;
    const rules = makeSiteRules(problem, { ...choice, locked, refused });
    const halves = [
      rules.mayOpen(site) ? price([...locked, site], refused, branch.prices, branch.bound) : null,
      price(locked, [...refused, site], branch.prices, branch.bound),
    ];
    for (const half of halves) if (half !== null) open.push(half);
    done += 2;
    if (age % NODES_PER_TRY < 2)
      tryPlan([...locked, ...selectGreedily(problem, { ...choice, locked, refused })]);
    watch.onNews?.({
      stage: 'exact',
      done,
      total: nodes,
      cost: best.cost,
      bound: lowest(open, best.cost),
      covered: null,
    });
  }
  return { sites: best.sites, bound: lowest(open, best.cost), nodes: done };
}

/** Whether every group can still have its least. */
function canHold({ rules, existing, refused }: SelectionChoice): boolean {
  const out = new Set([...existing, ...refused]);
  return rules.groups.every(
    ({ sites, leastSites }) =>
      leastSites === null || new Set(sites.filter((site) => !out.has(site))).size >= leastSites,
  );
}

/** The undecided site with the most money that is neither spent nor saved; any other that may open; null: all are decided. */
function siteToDecide(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { locked, refused, x }: Branch,
): number | null {
  const rules = makeSiteRules(problem, { ...choice, locked, refused });
  const isDecided = new Set([...locked, ...refused, ...choice.existing]);
  let decide: number | null = null;
  let most = -1;
  x.forEach((part, site) => {
    const score = part * (1 - part) * problem.cost[site]!;
    if (score <= most || isDecided.has(site) || !rules.mayOpen(site)) return;
    decide = site;
    most = score;
  });
  return decide;
}

/** Takes the branch with the lowest bound out, the oldest of those. */
function takeLowest(open: Branch[]): Branch {
  let at = 0;
  open.forEach(({ bound, age }, index) => {
    if (bound < open[at]!.bound || (bound === open[at]!.bound && age < open[at]!.age)) at = index;
  });
  return open.splice(at, 1)[0]!;
}

function lowest(open: readonly Branch[], cost: number): number {
  return open.reduce((least, { bound }) => Math.min(least, bound), cost);
}

function sumOf({ required, bins, sites }: Certificate['parts']): number {
  return required + bins + sites;
}
