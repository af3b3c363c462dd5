// Reasons for chosen and unchosen sites: the hand example 15.1 of the selection reference, then prices against brute force on tiny instances.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recountSites } from '../../../engine/selection/exact/recount-sites.ts';
import { makeExplainer } from '../../../engine/selection/reasons/explain-choice.ts';
import { selectGreedily } from '../../../engine/selection/search/select-greedily.ts';
import type { SelectionChoice, SelectionProblem } from '../../../engine/selection/selection-problem.ts';
import { solveSelection } from '../../../engine/selection/solve-selection.ts';
import { choiceOf, coverKinds, problemOfTable, type Table, tables } from './table-problem.ts';

const effort = { priceSteps: 0, improveSteps: 0, seed: 1 };

/** Example 15.1 with one more site: Z serves bin 1 alone. */
const example: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
    { id: 'Z', items: [1], cost: 20 },
    { id: 'none', items: [], cost: 1 },
  ],
};

function explain(changes: Partial<SelectionChoice> = {}, reduced: Float64Array | null = null) {
  const problem = problemOfTable(example);
  const choice = choiceOf({ required: [6], ...changes });
  const selection = solveSelection(problem, choice, { priceSteps: 60, improveSteps: 300, seed: 1 });
  return makeExplainer(problem, choice, selection, { reduced });
}

test('a chosen site: its gain in its turn, its loss now, and what stands in for it (15.1)', () => {
  const reason = explain().chosen(0);
  expect(reason).toMatchObject({
    placedBy: 'target-gain',
    turn: 0,
    gains: [3],
    losses: [3],
    reducedCost: null,
    extraCostWithout: 26,
  });
  expect(reason.substitutes).toEqual([
    { site: 2, endsShare: 2 / 3, extraCost: 26, alsoOpened: [3], alsoClosed: [] },
    { site: 3, endsShare: 1 / 3, extraCost: 26, alsoOpened: [2], alsoClosed: [] },
  ]);
});

test('a site nobody can stand in for says so', () => {
  expect(explain().chosen(1)).toMatchObject({
    extraCostWithout: null,
    substitutes: [{ site: 2, endsShare: 2 / 3, extraCost: null }],
  });
});

test('existing and locked sites name the rule that placed them', () => {
  const reasons = explain({ existing: [0], locked: [2] });
  expect(reasons.chosen(0)).toMatchObject({ placedBy: 'existing', substitutes: [], extraCostWithout: null });
  expect(reasons.chosen(2)).toMatchObject({ placedBy: 'locked', gains: [2] });
});

test('why not: covered by others, with whom and the price at which it would pay (15.1)', () => {
  expect(explain({}, Float64Array.from([0, 0, 0, 8, 1])).unchosen(2)).toMatchObject({
    cause: 'covered',
    gains: [0],
    alone: [4],
    coveredBy: [
      { site: 0, sharedWeight: 2 },
      { site: 1, sharedWeight: 2 },
    ],
    reducedCost: 0,
    breakEvenCost: 36,
    extraCostWith: 26,
    breakEvenInPlan: 10,
  });
});

test('why not: refused, serving nothing, blocked by a limit, too dear', () => {
  expect(explain({ refused: [3] }).unchosen(3)).toMatchObject({
    cause: 'refused',
    breaches: [{ rule: 'refused', with: null }],
    extraCostWith: null,
  });
  expect(explain().unchosen(4).cause).toBe('unavailable');
  expect(explain({ required: [6], maxSites: 1 }).unchosen(0)).toMatchObject({
    cause: 'blocked',
    breaches: [{ rule: 'count', with: null }],
  });
  // with Z the cheapest four are Z and B: 50 instead of 36
  expect(explain({ required: [4] }).unchosen(3)).toMatchObject({
    cause: 'too-dear',
    gains: [1],
    extraCostWith: 14,
    breakEvenInPlan: 6,
  });
});

test('asking about a site on the wrong side is a wrong call', () => {
  expect(() => explain().chosen(2)).toThrow('not in the plan');
  expect(() => explain().unchosen(0)).toThrow('expected a closed site');
});

test('spacing names the neighbour that stands too near', () => {
  const table: Table = {
    weights: [1, 1],
    sites: [
      { id: 'a', items: [1], cost: 1 },
      { id: 'b', items: [2], cost: 9 },
    ],
    places: [
      [0, 0],
      [5, 0],
    ],
  };
  const problem = problemOfTable(table);
  const choice = choiceOf({ required: [2], rules: { spacingM: Float64Array.from([10, 10]), groups: [] } });
  const reasons = makeExplainer(problem, choice, solveSelection(problem, choice, effort));
  expect(reasons.unchosen(1)).toMatchObject({
    cause: 'blocked',
    breaches: [{ rule: 'spacing', with: 'a' }],
  });
});

const someTables = tables('yes or no', { minSites: 3, maxSites: 8, minItems: 3, maxItems: 12 });

test('substitutes: never dearer than the best with at most one more site beside them, and never below the optimum', () => {
  let priced = 0;
  fc.assert(
    fc.property(someTables, fc.constantFrom(...coverKinds), fc.nat(), (table, kind, pick) => {
      const problem = problemOfTable(table, kind, 5);
      const required = [Math.ceil(0.8 * recountAll(problem))];
      const choice = choiceOf({ required });
      const plan = selectGreedily(problem, choice);
      if (plan.length === 0) return;
      const selection = solveSelection(problem, choice, effort);
      const chosen = selection.steps.map(({ site }) => site);
      const site = chosen[pick % chosen.length]!;
      const reason = makeExplainer(problem, choice, selection).chosen(site);
      for (const { site: other, extraCost } of reason.substitutes) {
        const kept = chosen.filter((one) => one !== site);
        const best = cheapestWith(problem, required[0]!, [...kept, other], site);
        if (extraCost === null) {
          expect(best).toBe(Infinity);
          continue;
        }
        priced++;
        expect(extraCost + selection.cost).toBeLessThanOrEqual(best);
        expect(extraCost + selection.cost).toBeGreaterThanOrEqual(
          optimum(problem, required[0]!, other, site),
        );
      }
    }),
    { seed: 21, numRuns: 250 },
  );
  expect(priced).toBeGreaterThan(100);
});

function recountAll(problem: SelectionProblem): number {
  return recountSites(problem, choiceOf(), [...problem.cost.keys()]).covered[0]!;
}

/** These sites, and at the most one neighbour of the struck one beside them; Infinity when that does not reach. */
function cheapestWith(
  problem: SelectionProblem,
  required: number,
  sites: readonly number[],
  struck: number,
): number {
  const shares = (a: number, b: number) => {
    const alone = (set: readonly number[]) => recountSites(problem, choiceOf(), set).covered[0]!;
    return alone([a]) + alone([b]) > alone([a, b]);
  };
  const more = [...problem.cost.keys()].filter(
    (site) => site !== struck && !sites.includes(site) && shares(site, struck),
  );
  const costs = [[], ...more.map((site) => [site])].flatMap((added) => {
    const recount = recountSites(problem, choiceOf(), [...sites, ...added]);
    return recount.covered[0]! >= required ? [recount.cost] : [];
  });
  return Math.min(Infinity, ...costs);
}

/** The cheapest plan of all with one site in and one out. */
function optimum(problem: SelectionProblem, required: number, within: number, without: number): number {
  const count = problem.cost.length;
  let best = Infinity;
  for (let set = 0; set < 1 << count; set++) {
    if ((set & (1 << within)) === 0 || (set & (1 << without)) !== 0) continue;
    const sites = [...problem.cost.keys()].filter((site) => (set & (1 << site)) !== 0);
    const recount = recountSites(problem, choiceOf(), sites);
    if (recount.covered[0]! >= required) best = Math.min(best, recount.cost);
  }
  return best;
}

test('asking changes nothing: the same answers in any order', () => {
  fc.assert(
    fc.property(someTables, (table) => {
      const problem = problemOfTable(table);
      const choice = choiceOf({ required: [Math.ceil(0.7 * recountAll(problem))] });
      const selection = solveSelection(problem, choice, effort);
      const open = new Set(selection.steps.map(({ site }) => site));
      const ask = (sites: readonly number[]) => {
        const reasons = makeExplainer(problem, choice, selection);
        return new Map(
          sites.map((site) => [site, open.has(site) ? reasons.chosen(site) : reasons.unchosen(site)]),
        );
      };
      const sites = [...problem.cost.keys()];
      const forwards = ask(sites);
      for (const [site, answer] of ask(sites.toReversed())) expect(answer).toEqual(forwards.get(site));
    }),
    { seed: 22, numRuns: 100 },
  );
});
