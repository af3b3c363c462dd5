// One plan for several scenarios: the same sites, the bins of every scenario side by side in one cover, and every scenario's targets as targets
// of their own, so that the plan holds each required share in each scenario and every method of the room works on it unchanged.
// All three shapes of cover can be joined: grades span by span, runs and lists bin by bin.
import type { FootprintBlock } from '../../coverage/footprints.ts';
import type { Cover, GradeCover, ListCover, RunCover } from '../cover/cover.ts';
import { recountSites } from '../exact/recount-sites.ts';
import type {
  Fold,
  Selection,
  SelectionChoice,
  SelectionProblem,
  SelectionTarget,
} from '../selection-problem.ts';
import type { Scenario, Solve } from './sensitivity.ts';

export interface RobustSelection {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly selection: Selection;
  readonly scenarios: readonly {
    readonly id: string;
    /** Of the common plan in this scenario, weight times worth per target. */
    readonly covered: readonly number[];
    readonly reached: boolean;
    /** The plan for this scenario alone, and yuan that the common one costs more. */
    readonly own: Selection;
    readonly extraCost: number;
  }[];
}

/** Solves the joint problem and every scenario alone. Throws like `joinScenarios`. */
export function robustSelection(scenarios: readonly Scenario[], solve: Solve): RobustSelection {
  const { problem, choice } = joinScenarios(scenarios);
  const selection = solve(problem, choice);
  const sites = selection.steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => site);
  return {
    problem,
    choice,
    selection,
    scenarios: scenarios.map((scenario) => {
      const own = solve(scenario.problem, scenario.choice);
      const recount = recountSites(scenario.problem, scenario.choice, sites);
      return {
        id: scenario.id,
        covered: Array.from(recount.covered),
        reached: recount.reaches,
        own,
        extraCost: selection.cost - own.cost,
      };
    }),
  };
}

/**
 * Prices, places, limits and rules are those of the first scenario; refused and locked sites of all count. First target: the whole of every
 * scenario together, without a duty. RangeError for other sites, existing stations, shapes of cover, grade values or folds.
 */
export function joinScenarios(scenarios: readonly Scenario[]): {
  problem: SelectionProblem;
  choice: SelectionChoice;
} {
  const first = scenarios[0];
  if (!first) throw new RangeError('joinScenarios: no scenario, expected one or more');
  for (const other of scenarios) expectSame(first, other);
  const problems = scenarios.map(({ problem }) => problem);
  const offsets = offsetsOf(problems);
  const binCount = offsets.at(-1)!;
  const layer = (index: number, weight: Int32Array): Int32Array => {
    const joined = new Int32Array(binCount);
    joined.set(weight, offsets[index]!);
    return joined;
  };
  const whole = new Int32Array(binCount);
  problems.forEach(({ targets }, index) => {
    whole.set(targets[0].weight, offsets[index]!);
  });
  const targets: [SelectionTarget, ...SelectionTarget[]] = [{ id: 'all scenarios', weight: whole }];
  scenarios.forEach(({ id, problem }, index) => {
    for (const target of problem.targets)
      targets.push({ id: `${id}/${target.id}`, weight: layer(index, target.weight) });
  });
  const listed = (pick: (choice: SelectionChoice) => readonly number[]) => [
    ...new Set(scenarios.flatMap(({ choice }) => pick(choice))),
  ];
  return {
    problem: {
      ...first.problem,
      cover: joinCovers(problems, offsets),
      targets,
      fold: joinFolds(problems, offsets),
    },
    choice: {
      ...first.choice,
      required: [0, ...scenarios.flatMap(({ choice }) => choice.required)],
      locked: listed((choice) => choice.locked),
      refused: listed((choice) => choice.refused),
    },
  };
}

function expectSame(first: Scenario, { id, problem, choice }: Scenario): void {
  const wrong = (what: string) => new RangeError(`joinScenarios: ${id} has other ${what} than ${first.id}`);
  const isSame = (a: ArrayLike<unknown>, b: ArrayLike<unknown>) =>
    a.length === b.length && Array.prototype.every.call(a, (value, index) => value === b[index]);
  if (!isSame(first.problem.siteIds, problem.siteIds)) throw wrong('sites');
  if (!isSame(first.choice.existing.toSorted(), choice.existing.toSorted())) throw wrong('existing stations');
  const [a, b] = [first.problem.cover, problem.cover];
  if (a.kind !== b.kind) throw wrong('shapes of cover');
  if (a.kind === 'grades' && b.kind === 'grades' && !isSame(a.gradeValue, b.gradeValue))
    throw wrong('grade values');
  const [fold, other] = [first.problem.fold, problem.fold];
  if (fold && other && fold.counts !== other.counts) throw wrong('folds');
}

/** First bin of each scenario, then the end. */
function offsetsOf(problems: readonly SelectionProblem[]): number[] {
  const offsets = [0];
  for (const { cover } of problems) offsets.push(offsets.at(-1)! + cover.binCount);
  return offsets;
}

function joinFolds(problems: readonly SelectionProblem[], offsets: readonly number[]): Fold | null {
  const known = problems.find(({ fold }) => fold !== null)?.fold;
  if (!known) return null;
  const sites = new Uint8Array(offsets.at(-1)!).fill(1);
  problems.forEach(({ fold }, index) => {
    if (fold) sites.set(fold.sites, offsets[index]!);
  });
  return { sites, counts: known.counts };
}

function joinCovers(problems: readonly SelectionProblem[], offsets: readonly number[]): Cover {
  const covers = problems.map(({ cover }) => cover);
  const grades = covers.filter((cover) => cover.kind === 'grades');
  if (grades.length > 0) return joinGrades(grades, offsets);
  const runs = covers.filter((cover) => cover.kind === 'runs');
  if (runs.length > 0) return joinRuns(runs, offsets);
  return joinLists(
    covers.filter((cover) => cover.kind === 'lists'),
    offsets,
  );
}

function joinGrades(covers: readonly GradeCover[], offsets: readonly number[]): GradeCover {
  const first = covers[0]!;
  const binCount = offsets.at(-1)!;
  const near = new Uint16Array(binCount);
  const seen = new Uint16Array(binCount);
  covers.forEach(({ footprints }, index) => {
    near.set(footprints.near, offsets[index]!);
    seen.set(footprints.seen, offsets[index]!);
  });
  const blocks = first.footprints.blocks.map((_, block) =>
    joinBlocks(
      covers.map(({ footprints }) => footprints.blocks[block]!),
      offsets,
    ),
  );
  const { siteCount } = first;
  return { ...first, binCount, footprints: { binCount, siteCount, blocks, near, seen } };
}

/** Of each site the spans of the first scenario, then those of the second: bins still ascend. */
function joinBlocks(blocks: readonly FootprintBlock[], offsets: readonly number[]): FootprintBlock {
  const total = (count: (block: FootprintBlock) => number) =>
    blocks.reduce((sum, block) => sum + count(block), 0);
  const sites = blocks[0]!.sites;
  const spans = total(({ spanFirst }) => spanFirst.length);
  const joined = {
    sites,
    spanStarts: new Uint32Array(sites + 1),
    gradeStarts: new Uint32Array(sites + 1),
    spanFirst: new Uint32Array(spans),
    spanLength: new Uint8Array(spans),
    grades: new Uint8Array(total(({ grades }) => grades.length)),
  };
  let span = 0;
  let grade = 0;
  for (let site = 0; site < sites; site++) {
    blocks.forEach(({ spanStarts, gradeStarts, spanFirst, spanLength, grades }, index) => {
      joined.spanLength.set(spanLength.subarray(spanStarts[site]!, spanStarts[site + 1]!), span);
      for (let at = spanStarts[site]!; at < spanStarts[site + 1]!; at++)
        joined.spanFirst[span++] = spanFirst[at]! + offsets[index]!;
      const own = grades.subarray(gradeStarts[site]!, gradeStarts[site + 1]!);
      joined.grades.set(own, grade);
      grade += own.length;
    });
    joined.spanStarts[site + 1] = span;
    joined.gradeStarts[site + 1] = grade;
  }
  return joined;
}

function joinRuns(covers: readonly RunCover[], offsets: readonly number[]): RunCover {
  const { siteCount } = covers[0]!;
  const runs = covers.reduce((sum, { runFirst }) => sum + runFirst.length, 0);
  const rows = covers.reduce((sum, { rowStarts }) => sum + rowStarts.length - 1, 0);
  const rowStarts = new Uint32Array(rows + 1);
  let row = 0;
  covers.forEach((cover, index) => {
    for (let at = 0; at < cover.rowStarts.length - 1; at++)
      rowStarts[row++] = cover.rowStarts[at]! + offsets[index]!;
  });
  rowStarts[rows] = offsets.at(-1)!;
  const runStarts = new Uint32Array(siteCount + 1);
  const runFirst = new Uint32Array(runs);
  const runLength = new Uint16Array(runs);
  let run = 0;
  for (let site = 0; site < siteCount; site++) {
    covers.forEach((cover, index) => {
      for (let at = cover.runStarts[site]!; at < cover.runStarts[site + 1]!; at++) {
        runFirst[run] = cover.runFirst[at]! + offsets[index]!;
        runLength[run++] = cover.runLength[at]!;
      }
    });
    runStarts[site + 1] = run;
  }
  return { kind: 'runs', binCount: offsets.at(-1)!, siteCount, rowStarts, runStarts, runFirst, runLength };
}

function joinLists(covers: readonly ListCover[], offsets: readonly number[]): ListCover {
  const { siteCount } = covers[0]!;
  const binCount = offsets.at(-1)!;
  const entries = covers.reduce((sum, { siteBins }) => sum + siteBins.length, 0);
  const siteStarts = new Uint32Array(siteCount + 1);
  const siteBins = new Uint32Array(entries);
  let at = 0;
  for (let site = 0; site < siteCount; site++) {
    covers.forEach((cover, index) => {
      for (let own = cover.siteStarts[site]!; own < cover.siteStarts[site + 1]!; own++)
        siteBins[at++] = cover.siteBins[own]! + offsets[index]!;
    });
    siteStarts[site + 1] = at;
  }
  const binStarts = new Uint32Array(binCount + 1);
  const binSites = new Uint32Array(entries);
  let filled = 0;
  covers.forEach((cover, index) => {
    for (let bin = 0; bin < cover.binCount; bin++)
      binStarts[offsets[index]! + bin] = filled + cover.binStarts[bin]!;
    binSites.set(cover.binSites, filled);
    filled += cover.binSites.length;
  });
  binStarts[binCount] = filled;
  return { kind: 'lists', binCount, siteCount, siteStarts, siteBins, binStarts, binSites };
}
