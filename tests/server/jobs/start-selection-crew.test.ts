// Parts of a plan in real threads: the plan of one thread, `enough` ends a search early, and an
// ended crew leaves nobody waiting.
import { afterEach, expect, test } from 'vitest';
import {
  checkPlan,
  inOneThread,
  noRules,
  type PartsPlan,
  type SelectionChoice,
  solveInParts,
} from '../../../engine/index.ts';
import { makeSelectionCity } from '../../../scripts/bench/selection-city.ts';
import { type SelectionCrew, startSelectionCrew } from '../../../server/jobs/start-selection-crew.ts';

const city = makeSelectionCity({
  seed: 3,
  areaKm2: 9,
  binSizeM: 25,
  candidates: 1200,
  radiusM: [150, 400],
  weights: 'demand',
  costs: 'mixed',
});
const choice: SelectionChoice = {
  required: [Math.ceil(0.9 * city.targets[0].weight.reduce((sum, own) => sum + own, 0))],
  budget: null,
  maxSites: null,
  existing: [],
  locked: [],
  refused: [],
  rules: noRules,
};
const effort = { priceSteps: 60, improveSteps: 300, seed: 1 };
const endless = { priceSteps: 10_000_000, improveSteps: 0, seed: 1 };

const started: SelectionCrew[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((crew) => crew.end()));
});
function aCrew(size: number): { plan: PartsPlan; crew: SelectionCrew; enough: Int32Array } {
  const enough = new Int32Array(new SharedArrayBuffer(4));
  const crew = startSelectionCrew(size, 512, enough);
  started.push(crew);
  return { crew, enough, plan: { ...inOneThread, partSites: 450, lanes: size, runPart: crew.runPart } };
}

test('one, two and three threads give the plan that no thread gives', async () => {
  const here = await solveInParts(city, choice, effort, { ...inOneThread, partSites: 450 });
  for (const size of [1, 2, 3])
    expect(await solveInParts(city, choice, effort, aCrew(size).plan)).toEqual(here);
});

test('more lanes than threads wait for their turn', async () => {
  const { plan } = aCrew(1);
  const here = await solveInParts(city, choice, effort, { ...inOneThread, partSites: 450 });
  expect(await solveInParts(city, choice, effort, { ...plan, lanes: 4 })).toEqual(here);
});

test('enough ends the search in every thread with a plan that recounts', async () => {
  const { plan, enough } = aCrew(2);
  const shouldStop = () => Atomics.load(enough, 0) !== 0;
  const solving = solveInParts(city, choice, endless, plan, {
    shouldStop,
    onNews: ({ stage }) => {
      if (stage === 'prices') Atomics.store(enough, 0, 1);
    },
  });
  expect(checkPlan(city, choice, await solving)).toEqual([]);
});

test('an ended crew fails the parts it had', async () => {
  const { plan, crew } = aCrew(2);
  const runPart: PartsPlan['runPart'] = (work, watch) => {
    const running = plan.runPart(work, watch);
    setTimeout(() => void crew.end(), 50);
    return running;
  };
  await expect(solveInParts(city, choice, endless, { ...plan, runPart })).rejects.toThrow(/ended with code/);
});
