// One node of the branching on cuts: its bound from the covering program with the cuts it lacks, what that settles, plans found on the
// way, and its two halves. Every bound is a safe one (safe-bound.ts), so whatever rounding does to the table, a node is dropped only for
// an inequality over the rows as they were given.
import { type BranchHistory, chooseBranch } from './choose-branch.ts';
import { type CoverProgram, cutCover, dropLooseCuts } from './cover-program.ts';
import { runDual } from './dual-simplex.ts';
import type { HullCuts } from './hull-cuts.ts';
import { safeBound, safeBoundOfInfeasible } from './safe-bound.ts';
import { driftOf, levelOf, settleTable } from './simplex-table.ts';
import { rebuildTable, saveBasis, type TableBasis } from './table-basis.ts';
import type { TableSnapshot } from './table-snapshot.ts';

/** What a plan is worth in the problem itself: yuan or weight times worth; null when it misses a share or breaks a rule. */
export type JudgePlan = (sites: readonly number[]) => number | null;
/** A plan worth a look, from shares between 0 and 1 per site of the problem. */
export type RoundPlan = (shares: Float64Array, turn: number) => readonly number[];
/** Plans whose sites are worth a tree of their own; asked once, when the root has not proved anything. */
export type GatherPlans = () => readonly (readonly number[])[];

export interface Node {
  /** Per position: FREE, CLOSED or OPEN. */
  readonly decided: Uint8Array;
  /** The parent's; null for the root. */
  readonly basis: TableBasis | null;
  bound: number;
}

export interface Tree {
  readonly program: CoverProgram;
  readonly hulls: HullCuts;
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

export const FREE = 0;
export const CLOSED = 1;
export const OPEN = 2;
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
/** Of the usual tolerance of cuts, where every site is open or closed and only that keeps a plan from being judged. */
const FINE_SHARE = 1e-3;
/** Plans have whole objectives: a bound this little above the next better one proves. */
export const STEP_SAFETY = 1e-6;
const NODES_PER_ROUNDING = 64;
const FIRST_ROUNDINGS = 2;

/** Windows for cuts on hulls: some 400 m wide in a city. Wider ones bind more, at six times the time for six cells. */
const WINDOW_CELLS = 4;
/** Turns of them at the root and in every fourth node: in every node they take longer than the nodes they save (measured). */
const ROOT_TURNS = 20;
const NODES_PER_TURN = 4;
/** A turn that closes less of the gap is the last one. */
const TURN_SHARE = 0.03;

/** Bounds the node, settles sites, and splits it, the likelier half first; itself when it was stopped, none when nothing better is left in it. */
export function openNode(tree: Tree, node: Node): readonly Node[] {
  const { program, values } = tree;
  const { table, reduced } = program;
  const siteCount = reduced.sites.length;
  for (let share = 1; ; ) {
    decide(program, node.decided);
    const bound = solveNode(tree, share);
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
      if (share === 1) {
        share = FINE_SHARE;
        continue;
      }
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
function solveNode(tree: Tree, share: number): number {
  const { program, values, left } = tree;
  const { table, ceiling } = program;
  const cutoff = cutoffOf(tree);
  settleTable(table);
  let before = -Infinity;
  let slow = 0;
  const mayTurn = hullTurns(tree.nodes);
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
    if (tree.shouldStop()) return safeBound(table, left);
    const isSlow = slow === SLOW_ROUNDS;
    if (!isSlow && cutCover(program, values, share) + tree.hulls.recall(values) > 0) continue;
    const turns = mayTurn(end.objective, cutoff);
    if (!turns || tree.hulls.find(values, WINDOW_CELLS, tree.shouldStop) === 0) return safeBound(table, left);
    slow = 0;
  }
}

/** Whether another turn of cuts on hulls is worth it, given the objective and where the node ends. */
function hullTurns(nodes: number): (objective: number, cutoff: number) => boolean {
  let left = nodes === 1 ? ROOT_TURNS : nodes % NODES_PER_TURN === 0 ? 1 : 0;
  let before = -Infinity;
  return (objective, cutoff) => {
    if (left-- <= 0 || objective - before < TURN_SHARE * (cutoff - objective)) return false;
    before = objective;
    return true;
  };
}

export function decide({ table }: CoverProgram, decided: Uint8Array): void {
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
export function cutoffOf({ best }: Pick<Tree, 'best'>): number {
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
  takePlan(
    tree,
    positions.map((position) => tree.program.reduced.sites[position]!),
  );
}

function tryRounding(tree: Tree): void {
  const shares = new Float64Array(tree.siteTotal);
  tree.program.reduced.sites.forEach((site, position) => {
    shares[site] = tree.values[position]!;
  });
  takePlan(tree, tree.round(shares, tree.nodes));
}

/** Keeps a plan that is better than the best. */
export function takePlan(tree: Tree, sites: readonly number[]): void {
  const value = tree.judge(sites);
  if (value === null) return;
  const objective = objectiveOfValue(tree.program, value);
  if (objective >= tree.best) return;
  tree.best = objective;
  tree.value = value;
  tree.sites = sites;
}

export function objectiveOfValue({ reduced: { kind, open }, unit }: CoverProgram, value: number): number {
  return (kind === 'cost' ? value - open.cost : open.covered - value) / unit;
}

export function valueOfObjective({ reduced: { kind, open }, unit }: CoverProgram, objective: number): number {
  return kind === 'cost' ? open.cost + objective * unit : open.covered - objective * unit;
}
