// An independent recount of a selection: plain loops over every bin of every site, nothing shared with the optimiser.
import { BLOCK_SITES } from '../coverage/footprints.ts';
import type { Selection, SelectionChoice, SelectionProblem } from './selection-problem.ts';

/** What is wrong with the selection, as sentences; empty when everything recounts. Reads all footprints once. */
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

  const grades: number[][] = Array.from(problem.weight, () => []);
  const best = new Uint8Array(problem.weight.length);
  let covered = 0;
  let cost = 0;
  for (const [index, step] of selection.steps.entries()) {
    const rule =
      index < choice.existing.length ? 'existing' : index < fixed.length ? 'locked' : step.placedBy;
    expect(step.placedBy === rule, `${idOf(step.site)} says it was placed as ${step.placedBy}, not ${rule}`);
    expect(!refused.has(step.site), `${idOf(step.site)} was refused`);
    if (step.placedBy !== 'existing') cost += problem.cost[step.site]!;
    const gain = cover(problem, best, step.site);
    for (const [bin, grade] of binsOf(problem, step.site)) grades[bin]!.push(grade);
    covered += gain;
    expect(step.gain === gain, `${idOf(step.site)} gains ${gain}, not ${step.gain}`);
    expect(
      step.coveredAfter === covered,
      `${idOf(step.site)} leaves ${covered} covered, not ${step.coveredAfter}`,
    );
  }
  expect(selection.covered === covered, `covered weight is ${covered}, not ${selection.covered}`);
  expect(selection.cost === cost, `cost is ${cost}, not ${selection.cost}`);
  const sorted = grades.map((served) => served.sort((a, b) => b - a));
  expect(
    sorted.every(([first = 0], bin) => first === selection.best[bin]),
    'the best grade per bin differs',
  );
  expect(
    sorted.every(([, second = 0], bin) => second === selection.second[bin]),
    'the second best grade per bin differs',
  );

  const union = new Uint8Array(problem.weight.length);
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

/** Raises the bins of the site to its grades and returns what that is worth. */
function cover(problem: SelectionProblem, best: Uint8Array, site: number): number {
  let gain = 0;
  for (const [bin, grade] of binsOf(problem, site)) {
    if (grade <= best[bin]!) continue;
    gain += problem.weight[bin]! * (problem.gradeValue[grade]! - problem.gradeValue[best[bin]!]!);
    best[bin] = grade;
  }
  return gain;
}

/** Bins the site serves, with their grades. */
function binsOf({ footprints }: SelectionProblem, site: number): [bin: number, grade: number][] {
  const block = footprints.blocks[Math.floor(site / BLOCK_SITES)]!;
  const local = site % BLOCK_SITES;
  const bins: [number, number][] = [];
  let at = block.gradeStarts[local]!;
  for (let span = block.spanStarts[local]!; span < block.spanStarts[local + 1]!; span++) {
    for (let offset = 0; offset < block.spanLength[span]!; offset++) {
      const grade = block.grades[at++]!;
      if (grade > 0) bins.push([block.spanFirst[span]! + offset, grade]);
    }
  }
  return bins;
}
