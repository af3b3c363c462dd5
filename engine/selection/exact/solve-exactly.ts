// Exact mode for small areas: reduce, branch on cuts, let a solver for mixed-integer programs go on where that ends unfinished, and
// believe no plan before a recount (selection reference, section 9). "Optimal" is said when plan and bound meet; a search that runs out
// of nodes or time still leaves its plan and its bound, and the best of all bounds counts.
import { PlanningError } from '../../model/planning-error.ts';
import type { BinPrices } from '../certificate.ts';
import type { Watch } from '../effort.ts';
import { greatestDivisor } from '../greatest-divisor.ts';
import { findPrices, type PriceSearch } from '../prices/find-prices.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { branchOnCuts } from './branch-on-cuts.ts';
import { branchOnPrices } from './branch-on-prices.ts';
import { gatherPlans } from './gather-plans.ts';
import { type MipModel, writeMipModel } from './mip-model.ts';
import type { MipAnswer, MipOptions, MipSolver, MipStart } from './mip-solver.ts';
import { MOST_INCIDENCES } from './read-cover-rows.ts';
import { recountSites } from './recount-sites.ts';
import { type ReducedProblem, reduceProblem } from './reduce-problem.ts';
import { roundShares } from './round-shares.ts';

export interface ExactResult {
  /** What was asked: the cheapest plan, or, where `start` misses the required shares, the most of the first target. */
  readonly kind: 'cost' | 'covered';
  /** New sites without existing and locked ones, ascending; never worse than `start`. */
  readonly sites: number[];
  /** Whole yuan at the least, or weight times worth of the first target at the most. */
  readonly bound: number;
  /** True only when proved. */
  readonly optimal: boolean;
  readonly reduced: ExactSize;
}

export interface ExactSize {
  /** Free sites, covering rows and entries of the model that was solved, and free sites that the prices shut out. */
  readonly sites: number;
  readonly bins: number;
  readonly nonzeros: number;
  readonly fixed: number;
}

/** What the price search found; its bound is of the kind that `start` asks for. */
export interface ExactSearch {
  readonly prices: BinPrices;
  readonly bound: number;
}

/** Beyond this nothing is proved in minutes, and the searched plan with its certificate is the better answer. */
export const MOST_EXACT_NONZEROS = 400_000;
/** Of them, what is worth writing down for a solver that knows nothing of cuts. */
const MOST_MODEL_NONZEROS = 100_000;
export interface ExactLimits {
  /** Of the branching, some 60 milliseconds each on 4 km2 with 800 sites; ten cuts on hulls count as one. */
  readonly nodes: number;
  /** Of the solver after it, and entries of a model it is given at the most. */
  readonly seconds: number;
  readonly nonzeros?: number;
}
const EXACT_LIMITS: ExactLimits = { nodes: 3000, seconds: 120 };
/** Price steps before a reduction, and sites up to which they are worth it: closer prices shut out more sites. */
const PRICE_STEPS = 1500;
const MOST_PRICED_SITES = 5000;
/** Of the branching on prices, some 60 milliseconds each in a district. */
const PRICE_NODES = 400;
const nothingLeft: ExactSize = { sites: 0, bins: 0, nonzeros: 0, fixed: 0 };
/** Of one unit of the objective: nothing better is left when the bound is nearer than this. */
const GAP = 0.9;
/** By which a bound of the solver is trusted less, in units and as a part of it. */
const SAFETY = 1e-6;
const RELATIVE_SAFETY = 1e-9;

/**
 * `start`: new sites of a plan; one that breaks a rule is left aside. Throws PlanningError SELECTION_EXACT_TOO_LARGE with the counts
 * when the reduced problem is too large, before anything is found that could be lost, and whatever `solveMip` throws. What branching
 * proves needs no solver, and what it gains is the answer where the model is too large for one.
 */
export async function solveExactly(
  problem: SelectionProblem,
  choice: SelectionChoice,
  start: readonly number[],
  search: ExactSearch | null,
  solveMip: MipSolver,
  watch: Watch = {},
  limits: ExactLimits = EXACT_LIMITS,
): Promise<ExactResult> {
  const given = recountSites(problem, choice, start);
  const ask = (kind: ExactResult['kind'], plan: readonly number[], known: ExactSearch | null) =>
    solveOne(
      problem,
      choice,
      kind,
      plan,
      known,
      (model, options) => solveMip(model, { ...options, seconds: limits.seconds }),
      watch,
      limits,
    );
  if (given.keepsRules && given.reaches) return (await ask('cost', start, search))!;
  const widest = (await ask('covered', start, search))!;
  // the start missed shares that can be had: then the cheapest plan with all of them is asked for
  const { covered } = recountSites(problem, choice, widest.sites);
  if (covered[0]! < choice.required[0]!) return widest;
  return (await ask('cost', widest.sites, null)) ?? widest;
}

type Solve = (model: string, options: Omit<MipOptions, 'seconds'>) => Promise<MipAnswer>;

interface Plan {
  readonly sites: number[];
  /** Yuan, or weight times worth of the first target. */
  readonly value: number;
}

/** Null when the cheapest plan is asked for and none was found. */
async function solveOne(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: ExactResult['kind'],
  start: readonly number[],
  search: ExactSearch | null,
  solve: Solve,
  watch: Watch,
  { nodes, nonzeros: mostNonzeros = MOST_MODEL_NONZEROS }: ExactLimits,
): Promise<ExactResult | null> {
  const given = planOf(problem, choice, kind, start);
  checkSearch(kind, given, search);
  // with grades a bin has a row for every grade: cuts come to nothing there in the time that branching on prices takes to end
  const onPrices =
    problem.cover.kind === 'grades' && kind === 'cost' && given !== null && search !== null && nodes > 0
      ? branchOnPrices(problem, choice, given.sites, search.prices, Math.min(nodes, PRICE_NODES), watch)
      : null;
  const begun = onPrices === null ? given : planOf(problem, choice, kind, onPrices.sites);
  if (onPrices !== null && onPrices.bound === begun!.value)
    return { kind, sites: begun!.sites, bound: onPrices.bound, optimal: true, reduced: nothingLeft };
  const sharp = kind === 'cost' && nodes > 0 ? sharpen(problem, choice, search, watch) : null;
  const priced = sharp === null || search === null || sharp.bound < search.bound ? search : sharp;
  const reduced = reduceProblem(problem, choice, {
    kind,
    sites: begun?.sites ?? [],
    toBeat: toBeat(problem, choice, kind, begun),
    prices: priced?.prices ?? null,
  });
  if (reduced === null || reduced.nonzeros > MOST_EXACT_NONZEROS)
    throw new PlanningError('SELECTION_EXACT_TOO_LARGE', {
      sites: reduced?.sites.length ?? problem.cost.length,
      nonzeros: reduced?.nonzeros ?? MOST_INCIDENCES,
      limit: MOST_EXACT_NONZEROS,
    });
  const branched = branchOnCuts(
    problem,
    choice,
    reduced,
    (sites) => planOf(problem, choice, kind, sites)?.value ?? null,
    (shares, turn) => roundShares(problem, choice, shares, turn),
    () => gatherPlans(problem, choice, sharp, watch),
    { nodes, known: begun?.value ?? null },
    watch,
  );
  const known = branched.sites === null ? begun : planOf(problem, choice, kind, branched.sites);
  const resultOf = (plan: Plan | null, bounds: readonly (number | null)[]): ExactResult | null => {
    if (plan === null && kind === 'cost') return null;
    const all = [priced?.bound ?? null, onPrices?.bound ?? null, branched.bound, ...bounds];
    const bound = tightest(kind, all, trivialBound(reduced), plan?.value ?? null);
    return {
      kind,
      sites: plan?.sites ?? [],
      bound,
      optimal: plan !== null && plan.value === bound,
      reduced: sizeOf(reduced),
    };
  };
  const isLeft = !branched.isComplete && reduced.nonzeros <= mostNonzeros;
  if (!isLeft || (nodes > 0 && watch.shouldStop?.() === true)) return resultOf(known, []);

  const model = writeMipModel(problem, choice, reduced);
  const worthOf = (objective: number): number =>
    kind === 'cost'
      ? reduced.open.cost + objective * model.unit
      : reduced.open.covered - objective * model.unit;
  const answer = await solve(model.text, {
    choices: Math.max(1, reduced.sites.length),
    start: known === null ? null : startOf(reduced, model),
    gap: GAP,
    onNews: ({ objective, bound }) => {
      const value = objective === null ? null : worthOf(objective);
      watch.onNews?.({
        stage: 'exact',
        done: 0,
        total: 1,
        cost: kind === 'cost' ? value : null,
        bound: bound === null ? null : worthOf(bound),
        covered: kind === 'covered' ? value : null,
      });
      return watch.shouldStop?.() ?? false;
    },
  });

  const found =
    answer.chosen === null
      ? null
      : planOf(
          problem,
          choice,
          kind,
          answer.chosen.map((position) => reduced.sites[position]!),
        );
  const least = answer.bound === null ? null : worthOf(roundUp(answer.bound));
  return resultOf(betterOf(kind, known, found), [least]);
}

/** Closer prices than the search had, while they are cheap. */
function sharpen(
  problem: SelectionProblem,
  choice: SelectionChoice,
  search: ExactSearch | null,
  { shouldStop }: Watch,
): PriceSearch | null {
  if (search === null || problem.cost.length > MOST_PRICED_SITES) return null;
  const watch = { ...(shouldStop && { shouldStop }) };
  return findPrices(problem, choice, 'cost', PRICE_STEPS, watch, search.prices);
}

function sizeOf({ sites, rows, nonzeros, fixed }: ReducedProblem): ExactSize {
  return { sites: sites.length, bins: rows.count, nonzeros, fixed };
}

/** The plan by recount, or null when it breaks a rule or, where the cheapest is asked for, misses a share. */
function planOf(
  problem: SelectionProblem,
  choice: SelectionChoice,
  kind: ExactResult['kind'],
  sites: readonly number[],
): Plan | null {
  const recount = recountSites(problem, choice, sites);
  if (!recount.keepsRules || (kind === 'cost' && !recount.reaches)) return null;
  const fixed = new Set([...choice.existing, ...choice.locked]);
  return {
    sites: [...new Set(sites)].filter((site) => !fixed.has(site)).sort((a, b) => a - b),
    value: kind === 'cost' ? recount.cost : recount.covered[0]!,
  };
}

function checkSearch(kind: ExactResult['kind'], known: Plan | null, search: ExactSearch | null): void {
  if (known === null || search === null) return;
  if (kind === 'cost' ? search.bound > known.value : search.bound < known.value)
    throw new RangeError(
      `solveExactly: the bound ${search.bound} contradicts the start at ${known.value}; expected the bound of ${kind}`,
    );
}

/** One step better than what is known: all costs are multiples of their greatest divisor, shares are whole numbers. */
function toBeat(
  { cost }: SelectionProblem,
  { existing, locked }: SelectionChoice,
  kind: ExactResult['kind'],
  known: Plan | null,
): number {
  if (kind === 'covered') return known === null ? 0 : known.value + 1;
  const fixed = new Set([...existing, ...locked]);
  const step = cost.reduce(
    (divisor, yuan, site) => (fixed.has(site) ? divisor : greatestDivisor(divisor, yuan)),
    0,
  );
  return known === null ? Infinity : known.value - step;
}

/** The known plan as values of all columns; null when a reduction has taken one of its sites without a stand-in. */
function startOf({ sites, rows, plan }: ReducedProblem, { columns }: MipModel): MipStart | null {
  const isOpen = new Set(plan);
  const values = new Float64Array(columns.length);
  const first = columns.length - rows.count;
  sites.forEach((site, position) => {
    values[position] = isOpen.has(site) ? 1 : 0;
  });
  for (let row = 0; row < rows.count; row++) {
    let serving = 0;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) serving += values[rows.sites[at]!]!;
    values[first + row] = Math.min(rows.most[row]!, Math.floor(serving / rows.need[row]!));
  }
  return plan.every((site) => sites.includes(site)) ? { names: columns, values } : null;
}

function betterOf(kind: ExactResult['kind'], known: Plan | null, found: Plan | null): Plan | null {
  if (known === null || found === null) return known ?? found;
  return (kind === 'cost' ? found.value < known.value : found.value > known.value) ? found : known;
}

/** The objective takes whole numbers only. */
function roundUp(bound: number): number {
  return Math.ceil(bound - SAFETY - RELATIVE_SAFETY * Math.abs(bound));
}

/** What needs no search: what is open costs what it costs, and nobody serves more than all. */
function trivialBound({ kind, open, rows, duties }: ReducedProblem): number {
  if (kind === 'cost') return open.cost;
  let sum = open.covered;
  for (let row = 0; row < rows.count; row++) sum += rows.most[row]! * rows.worth[row * duties.length]!;
  return sum;
}

/** The best of the bounds; reductions leave out plans no better than the known one, so none passes a plan at hand. */
function tightest(
  kind: ExactResult['kind'],
  bounds: readonly (number | null)[],
  trivial: number,
  value: number | null,
): number {
  const known = [trivial, ...bounds.filter((bound) => bound !== null)];
  if (kind === 'cost') return Math.min(Math.max(...known), value ?? Infinity);
  return Math.max(Math.min(...known), value ?? 0);
}
