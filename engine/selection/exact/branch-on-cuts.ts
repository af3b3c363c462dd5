// Branch and bound over the covering program with cuts (cover-program.ts): open or close the site that lifts the bound most, go on
// from the table at hand, settle what cannot be part of a better plan, drop what cannot hold one (Land and Doig 1960; Padberg and Rinaldi
// 1991). Best bound first, and from there down until a branch ends, so that the table changes little from node to node. Every bound
// is a safe one (safe-bound.ts). Counted in nodes, not seconds: the same input gives the same answer everywhere.
import type { Watch } from '../effort.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { type BranchHistory, chooseBranch, makeBranchHistory } from './choose-branch.ts';
import { type CoverProgram, cutCover, dropLooseCuts, makeCoverProgram } from './cover-program.ts';
import { runDual } from './dual-simplex.ts';
import type { ReducedProblem } from './reduce-problem.ts';
import { safeBound, safeBoundOfInfeasible } from './safe-bound.ts';
import { driftOf, levelOf, settleTable } from './simplex-table.ts';
import { loadBasis, rebuildTable, saveBasis, type TableBasis } from './table-basis.ts';
import { makeTableSnapshot, type TableSnapshot } from './table-snapshot.ts';

export interface CutSearch {
  /** Sites of the best plan that was found, by their number in the problem; null: none better than the known one. */
  readonly sites: readonly number[] | null;
  /** What no plan of the reduced problem passes: yuan at the least, or weight times worth at the most; the best plan's own value when proved. */
  readonly bound: number;
  readonly isComplete: boolean;
  readonly nodes: number;
}

/** What a plan is worth in the problem itself: yuan or weight times worth; null when it misses a share or breaks a rule. */
export type JudgePlan = (sites: readonly number[]) => number | null;
/** A plan worth a look, from shares between 0 and 1 per site of the problem. */
export type RoundPlan = (shares: Float64Array, turn: number) => readonly number[];

export interface CutLimits {
  readonly nodes: number;
  /** Value of the plan that is known; null: none. */
  readonly known: number | null;
}

interface Node {
  /** Per position: FREE, CLOSED or OPEN. */
  readonly decided: Uint8Array;
  /** The parent's; null for the root. */
  readonly basis: TableBasis | null;
  bound: number;
}

interface Tree {
  readonly program: CoverProgram;
  readonly snapshot: TableSnapshot;
  readonly history: BranchHistory;
  readonly values: Float64Array;
  readonly left: Float64Array;
  readonly judge: JudgePlan;
  readonly round: RoundPlan;
  readonly shouldStop: () => boolean;
  /** Sites of the problem. */
  readonly siteTotal: number;
  /** Objective of the best plan, or the ceiling; plans of the program are whole numbers, one with a site it left out need not be. */
  best: number;
  value: number | null;
  sites: readonly number[] | null;
  nodes: number;
  solves: number;
}

const FREE = 0;
const CLOSED = 1;
const OPEN = 2;
const STEPS_PER_CHECK = 500;
/** A node that takes more of the dual method is branched from where it is. */
const MOST_STEPS = 50_000;
/** Cuts loose for longer are dropped. */
const LOOSE_TIMES = 1;
/** A round that closes less of the gap than this is a slow one; after so many the node is as good as solved. */
const SLOW_SHARE = 0.002;
const SLOW_ROUNDS = 3;
const ROUNDS_PER_CHECK = 4;
const MOST_DRIFT = 1e-6;
const WHOLE = 1e-6;
/** Plans have whole objectives: a bound this little above the next better one proves. */
const STEP_SAFETY = 1e-6;
const NODES_PER_ROUNDING = 16;
const FIRST_ROUNDINGS = 4;

export function branchOnCuts(
  problem: SelectionProblem,
  choice: SelectionChoice,
  reduced: ReducedProblem,
  judge: JudgePlan,
  round: RoundPlan,
  { nodes, known }: CutLimits,
  watch: Watch = {},
): CutSearch {
  const program = makeCoverProgram(problem, choice, reduced);
  const { table, ceiling } = program;
  const siteCount = reduced.sites.length;
  const tree: Tree = {
    program,
    snapshot: makeTableSnapshot(table),
    history: makeBranchHistory(siteCount),
    values: new Float64Array(table.structural),
    left: new Float64Array(table.structural),
    judge,
    round,
    shouldStop: () => watch.shouldStop?.() === true,
    siteTotal: problem.cost.length,
    best: known === null ? ceiling : objectiveOfValue(program, known),
    value: known,
    sites: null,
    nodes: 0,
    solves: 0,
  };
  const open: Node[] = [{ decided: new Uint8Array(siteCount), basis: null, bound: -Infinity }];
  let isStopped = false;
  while (open.length > 0 && !isStopped) {
    let node: Node | null = takeLowest(open);
    if (node.basis !== null) {
      decide(program, node.decided);
      loadBasis(table, node.basis, program.kept);
    }
    while (node !== null && node.bound <= cutoffOf(tree)) {
      isStopped = tree.nodes >= nodes || tree.shouldStop();
      if (isStopped) {
        open.push(node);
        break;
      }
      tree.nodes++;
      const [first, ...rest]: readonly Node[] = openNode(tree, node);
      open.push(...rest);
      node = first ?? null;
      tell(tree, open, node, nodes, watch);
    }
  }
  const rest = open.filter(({ bound }) => bound <= cutoffOf(tree));
  const least = rest.reduce((lowest, { bound }) => Math.min(lowest, bound), tree.best);
  return {
    sites: tree.sites,
    bound:
      rest.length === 0 && tree.value !== null
        ? tree.value
        : valueOfObjective(program, Math.ceil(least - STEP_SAFETY)),
    isComplete: rest.length === 0,
    nodes: tree.nodes,
  };
}

/** Bounds the node, settles sites, and splits it, the likelier half first; itself when it was stopped, none when nothing better is left in it. */
function openNode(tree: Tree, node: Node): readonly Node[] {
  const { program, values } = tree;
  const { table, reduced } = program;
  const siteCount = reduced.sites.length;
  for (;;) {
    decide(program, node.decided);
    const bound = solveNode(tree);
    node.bound = Math.max(node.bound, bound);
    if (tree.shouldStop()) return [node];
    if (node.bound > cutoffOf(tree)) return [];
    settleByReducedCost(tree, node, bound);
    if (tree.nodes <= FIRST_ROUNDINGS || tree.nodes % NODES_PER_ROUNDING === 0) tryRounding(tree);
    if (node.bound > cutoffOf(tree)) return [];
    const whole = wholeSites(values, siteCount);
    if (whole !== null) {
      tryPlan(tree, whole);
      if (node.bound > cutoffOf(tree)) return [];
      const free = node.decided.indexOf(FREE);
      if (free < 0) return [];
      return split(program, node, free, values[free]! > 0.5);
    }
    const objective = solvedObjective(program, values);
    const { site, settled } = chooseBranch(
      table,
      tree.snapshot,
      tree.history,
      siteCount,
      objective,
      cutoffOf(tree),
    );
    if (settled.length === 0) return split(program, node, site, values[site]! > 0.5);
    for (const { site: own, isOpen } of settled) node.decided[own] = isOpen ? OPEN : CLOSED;
  }
}

/** A safe bound at the optimum of the program with the cuts it lacks, or where it was stopped; Infinity where nothing is left. */
function solveNode(tree: Tree): number {
  const { program, values, left } = tree;
  const { table, ceiling } = program;
  const cutoff = cutoffOf(tree);
  settleTable(table);
  let before = -Infinity;
  let slow = 0;
  const last = table.pivots + MOST_STEPS;
  for (;;) {
    const end = runDual(table, STEPS_PER_CHECK, cutoff + 2 * STEP_SAFETY);
    if (end.kind === 'limit') {
      if (table.pivots >= last || tree.shouldStop()) return safeBound(table, left);
      continue;
    }
    if (end.kind === 'infeasible') {
      const wanted = Math.max(cutoff, Math.min(ceiling, tree.best)) + STEP_SAFETY;
      const bound = safeBoundOfInfeasible(table, left, end.line, end.sign, wanted);
      return bound >= wanted ? Infinity : bound;
    }
    if (end.kind === 'above') {
      const bound = safeBound(table, left);
      if (bound > cutoff) return bound;
    }
    if (++tree.solves % ROUNDS_PER_CHECK === 0 && driftOf(table) > MOST_DRIFT) {
      rebuildTable(table);
      before = -Infinity;
      continue;
    }
    readValues(program, values);
    dropLooseCuts(program, LOOSE_TIMES);
    slow = end.objective - before < SLOW_SHARE * (cutoff - end.objective) ? slow + 1 : 0;
    before = end.objective;
    if (slow === SLOW_ROUNDS || tree.shouldStop() || cutCover(program, values) === 0)
      return safeBound(table, left);
  }
}

function decide({ table }: CoverProgram, decided: Uint8Array): void {
  for (let site = 0; site < decided.length; site++) {
    table.low[site] = decided[site] === OPEN ? 1 : 0;
    table.high[site] = decided[site] === CLOSED ? 0 : 1;
  }
}

/** Sites that would lift the bound over the plan at hand stay as they are in whatever better one the node holds. */
function settleByReducedCost({ left, ...tree }: Tree, { decided }: Node, bound: number): void {
  const room = cutoffOf(tree) - bound;
  for (let site = 0; site < decided.length; site++) {
    if (decided[site] !== FREE) continue;
    if (left[site]! > room) decided[site] = CLOSED;
    else if (-left[site]! > room) decided[site] = OPEN;
  }
}

function split(
  { table, kept }: CoverProgram,
  { decided, bound }: Node,
  site: number,
  isOpenFirst: boolean,
): readonly [Node, Node] {
  const basis = saveBasis(table, kept);
  const closed = { decided: decided.slice(), basis, bound };
  const opened = { decided: decided.slice(), basis, bound };
  closed.decided[site] = CLOSED;
  opened.decided[site] = OPEN;
  return isOpenFirst ? [opened, closed] : [closed, opened];
}

/** A better plan of the program has an objective of this at the most, and rounding. */
function cutoffOf({ best }: Pick<Tree, 'best'>): number {
  return Math.ceil(best - STEP_SAFETY) - 1 + STEP_SAFETY;
}

function readValues({ table }: CoverProgram, values: Float64Array): void {
  for (let variable = 0; variable < values.length; variable++) values[variable] = levelOf(table, variable);
}

function solvedObjective({ table }: CoverProgram, values: Float64Array): number {
  let sum = 0;
  for (let variable = 0; variable < values.length; variable++)
    sum += table.cost[variable]! * values[variable]!;
  return sum;
}

/** Open positions when every site is open or closed, else null. */
function wholeSites(values: Float64Array, siteCount: number): number[] | null {
  const open: number[] = [];
  for (let site = 0; site < siteCount; site++) {
    if (values[site]! > 1 - WHOLE) open.push(site);
    else if (values[site]! > WHOLE) return null;
  }
  return open;
}

function tryPlan(tree: Tree, positions: readonly number[]): void {
  take(
    tree,
    positions.map((position) => tree.program.reduced.sites[position]!),
  );
}

function tryRounding(tree: Tree): void {
  const shares = new Float64Array(tree.siteTotal);
  tree.program.reduced.sites.forEach((site, position) => {
    shares[site] = tree.values[position]!;
  });
  take(tree, tree.round(shares, tree.nodes));
}

function take(tree: Tree, sites: readonly number[]): void {
  const value = tree.judge(sites);
  if (value === null) return;
  const objective = objectiveOfValue(tree.program, value);
  if (objective >= tree.best) return;
  tree.best = objective;
  tree.value = value;
  tree.sites = sites;
}

function objectiveOfValue({ reduced: { kind, open }, unit }: CoverProgram, value: number): number {
  return (kind === 'cost' ? value - open.cost : open.covered - value) / unit;
}

function valueOfObjective({ reduced: { kind, open }, unit }: CoverProgram, objective: number): number {
  return kind === 'cost' ? open.cost + objective * unit : open.covered - objective * unit;
}

/** Takes the node with the lowest bound out, the newest of those. */
function takeLowest(open: Node[]): Node {
  let at = 0;
  open.forEach(({ bound }, index) => {
    if (bound <= open[at]!.bound) at = index;
  });
  const node = open[at]!;
  open[at] = open[open.length - 1]!;
  open.pop();
  return node;
}

function tell(tree: Tree, open: readonly Node[], node: Node | null, total: number, watch: Watch): void {
  if (watch.onNews === undefined) return;
  const { program, best, nodes } = tree;
  const least = open.reduce((lowest, { bound }) => Math.min(lowest, bound), node?.bound ?? best);
  const isCost = program.reduced.kind === 'cost';
  const value = best === program.ceiling ? null : valueOfObjective(program, best);
  watch.onNews({
    stage: 'exact',
    done: nodes,
    total,
    cost: isCost ? value : null,
    bound:
      least === -Infinity ? null : valueOfObjective(program, Math.min(best, Math.ceil(least - STEP_SAFETY))),
    covered: isCost ? null : value,
  });
}
