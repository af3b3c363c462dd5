// Branch and bound over the covering program with cuts (cover-program.ts): open or close the site that lifts the bound most, go on
// from the table at hand, settle what cannot be part of a better plan, drop what cannot hold one (Land and Doig 1960; Padberg and Rinaldi
// 1991). Counted in nodes and cuts, not seconds: the same input gives the same answer everywhere.
import type { Watch } from '../effort.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeBranchHistory } from './choose-branch.ts';
import { makeCoverProgram } from './cover-program.ts';
import {
  cutoffOf,
  type GatherPlans,
  type JudgePlan,
  type Node,
  objectiveOfValue,
  type RoundPlan,
  STEP_SAFETY,
  type Tree,
  valueOfObjective,
} from './cut-tree.ts';
import { explore } from './explore.ts';
import { makeHullCuts } from './hull-cuts.ts';
import { mergePlans } from './merge-plans.ts';
import type { ReducedProblem } from './reduce-problem.ts';
import { makeTableSnapshot } from './table-snapshot.ts';

export interface CutSearch {
  /** Sites of the best plan that was found, by their number in the problem; null: none better than the known one. */
  readonly sites: readonly number[] | null;
  /** What no plan of the reduced problem passes: yuan at the least, or weight times worth at the most; the best plan's own value when proved. */
  readonly bound: number;
  readonly isComplete: boolean;
  readonly nodes: number;
}

export interface CutLimits {
  /** With the cuts on hulls in their measure. */
  readonly nodes: number;
  /** Value of the plan that is known; null: none. */
  readonly known: number | null;
}

/** Cuts on hulls that take the time of a node (measured: 6 ms each, and 60 ms without them). */
const HULLS_PER_NODE = 10;

export function branchOnCuts(
  problem: SelectionProblem,
  choice: SelectionChoice,
  reduced: ReducedProblem,
  judge: JudgePlan,
  round: RoundPlan,
  gather: GatherPlans,
  { nodes, known }: CutLimits,
  watch: Watch = {},
): CutSearch {
  const program = makeCoverProgram(problem, choice, reduced);
  const { table, ceiling } = program;
  const siteCount = reduced.sites.length;
  const tree: Tree = {
    program,
    hulls: makeHullCuts(program),
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
  const isOver = () => tree.nodes + tree.hulls.count() / HULLS_PER_NODE >= nodes;
  explore(tree, open, isOver, (node) => {
    const isFirst = tree.nodes === 1 && node?.basis != null; // the root itself, when it was stopped, has none
    if (isFirst) mergePlans(tree, node, gather(), isOver);
    tell(tree, open, node, nodes, watch);
  });
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
