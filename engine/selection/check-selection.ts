// An independent recount of a selection: plain loops over every item, no prefix sums, nothing shared with the optimiser.
import type { Selection, SelectionChoice, SelectionProblem } from './selection-problem.ts';

/** What is wrong with the selection, as sentences; empty when everything recounts. Takes O(items of open sites). */
export function checkSelection(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
): string[] {
  const wrong: string[] = [];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) wrong.push(sentence);
  };
  const idOf = (site: number) => problem.siteIds[site] ?? `#${site}`;

  const fixed = [...choice.existing, ...choice.locked];
  const opened = selection.steps.map((step) => step.site);
  expect(new Set(opened).size === opened.length, 'a site is opened twice');
  expect(
    fixed.every((site, index) => opened[index] === site),
    'existing and locked sites do not come first, in their order',
  );
  const refused = new Set(choice.refused.filter((site) => !choice.existing.includes(site)));

  const count = new Uint32Array(problem.weight.length);
  let covered = 0;
  let cost = 0;
  for (const [index, step] of selection.steps.entries()) {
    const rule =
      index < choice.existing.length ? 'existing' : index < fixed.length ? 'locked' : step.placedBy;
    expect(step.placedBy === rule, `${idOf(step.site)} says it was placed as ${step.placedBy}, not ${rule}`);
    expect(!refused.has(step.site), `${idOf(step.site)} was refused`);
    if (step.placedBy !== 'existing') cost += problem.cost[step.site]!;
    const gain = cover(problem, count, step.site);
    covered += gain;
    expect(step.gain === gain, `${idOf(step.site)} gains ${gain}, not ${step.gain}`);
    expect(
      step.coveredAfter === covered,
      `${idOf(step.site)} leaves ${covered} covered, not ${step.coveredAfter}`,
    );
  }
  expect(selection.covered === covered, `covered weight is ${covered}, not ${selection.covered}`);
  expect(selection.cost === cost, `cost is ${cost}, not ${selection.cost}`);
  expect(
    count.every((served, item) => served === selection.count[item]),
    'the count of open sites per item differs',
  );

  const union = new Uint32Array(problem.weight.length);
  let ceiling = 0;
  for (let site = 0; site < problem.siteIds.length; site++)
    if (!refused.has(site)) ceiling += cover(problem, union, site);
  expect(selection.ceiling === ceiling, `the ceiling is ${ceiling}, not ${selection.ceiling}`);

  const newSites = selection.steps.length - choice.existing.length;
  expect(choice.budget === null || cost <= choice.budget, `cost ${cost} exceeds the budget`);
  expect(choice.maxSites === null || newSites <= choice.maxSites, `${newSites} new sites exceed the limit`);
  expect(
    (selection.status === 'reached') === covered >= choice.targetWeight,
    `status ${selection.status} with ${covered} of ${choice.targetWeight}`,
  );
  if (selection.status !== 'reached')
    expect(
      (selection.status === 'not-reachable') === ceiling < choice.targetWeight,
      `status ${selection.status} with a ceiling of ${ceiling}`,
    );
  return wrong;
}

/** Counts the site on its items and returns the weight of those nobody served before. */
function cover(problem: SelectionProblem, count: Uint32Array, site: number): number {
  let gain = 0;
  for (let run = problem.runStarts[site]!; run < problem.runStarts[site + 1]!; run++) {
    for (let offset = 0; offset < problem.runLength[run]!; offset++) {
      const item = problem.runFirst[run]! + offset;
      if (count[item] === 0) gain += problem.weight[item]!;
      count[item] = count[item]! + 1;
    }
  }
  return gain;
}
