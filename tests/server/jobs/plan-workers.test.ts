// Plan workers with real threads: a crew gives the plan of one thread, the last coverage is used again, a stopped or lost thread
// leaves nothing behind.
import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import {
  computeFootprintsWith,
  computePlan,
  decodeRaster,
  encodeRaster,
  type PlanInput,
  type PlanResult,
  prepareCoverage,
} from '../../../engine/index.ts';
import {
  makePlanWorkers,
  type PlanOutcome,
  type PlanRun,
  type PlanWorkers,
} from '../../../server/jobs/plan-workers.ts';
import { startCoverageCrew } from '../../../server/jobs/start-coverage-crew.ts';
import { aChoice, aMesh, anInput, aSite, blocks } from '../../engine/plan/a-place.ts';
import { footprintDigest } from '../../support/footprint-digest.ts';
import { reportNotRun } from '../../support/not-run.ts';

/** Enough sites for a crew. */
const town = anInput({ sites: aMesh(1000, 1000, 30), buildings: blocks(1000, 1000), binSizeM: 25 });
const choice = aChoice({ maxSites: 10 });
const longTown: PlanInput = { ...town, sites: aMesh(1000, 1000, 12), binSizeM: 2 };

const opened: PlanWorkers[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((workers) => workers.close()));
});
function workersOf(changes: { planThreads?: number; planKeepS?: number; planMemoryMb?: number } = {}) {
  const workers = makePlanWorkers({ planMemoryMb: 1024, planThreads: 2, planKeepS: 60, ...changes });
  opened.push(workers);
  return workers;
}
const quiet = (): PlanRun => ({ signal: new AbortController().signal, onProgress: () => undefined });
const samePlan = (outcome: PlanOutcome, { raster, ...result }: PlanResult): void => {
  expect(outcome.result).toEqual(result);
  expect(decodeRaster(outcome.raster)).toEqual(decodeRaster(encodeRaster(raster)));
};

/** Threads of this process, where the system tells them. */
function threadCount(): number | null {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return null;
  }
}

test('crews of one, two and three worker threads compute the same footprints', async () => {
  const alone = prepareCoverage(town);
  for (const size of [1, 2, 3]) {
    const crew = startCoverageCrew(size, 512);
    try {
      const together = await computeFootprintsWith(crew.threads, alone.model, alone.places);
      expect(footprintDigest(together)).toBe(footprintDigest(alone.footprints));
    } finally {
      await crew.end();
    }
  }
});

test('a plan by one thread and by a crew is the same plan', async () => {
  const here = computePlan(town, choice);
  for (const planThreads of [1, 3]) {
    const outcome = await workersOf({ planThreads }).run({ input: town, choice }, quiet());
    samePlan(outcome, here);
    expect(outcome.footprintsReused).toBe(0);
  }
});

test('an exact plan is no dearer than a quick one, and says that it is proved', {
  timeout: 180_000,
}, async () => {
  const quick = await workersOf().run({ input: town, choice }, quiet());
  const exact = await workersOf().run({ input: town, choice: { ...choice, effort: 'exact' } }, quiet());
  expect(exact.result.summary.certificate).toMatchObject({ optimal: true, gap: 0 });
  expect(exact.result.summary.costCny).toBeLessThanOrEqual(quick.result.summary.costCny);
});

test('a search that has gone on long enough ends with a whole plan', async () => {
  const enough = new Int32Array(new SharedArrayBuffer(4));
  const said: string[] = [];
  const { result } = await workersOf().run(
    { input: town, choice: { ...choice, effort: 'deep' } },
    {
      ...quiet(),
      enough,
      onProgress: ({ step }) => {
        said.push(step);
        if (step === 'selection') Atomics.store(enough, 0, 1);
      },
    },
  );
  expect(said).toContain('selection');
  expect(result.summary.status).toBe('reached');
  expect(result.summary.coveredShare).toBeGreaterThanOrEqual(choice.targetShare);
});

test('the next plan on the same ground computes only what changed; another ground takes nothing over', async () => {
  const workers = workersOf();
  await workers.run({ input: town, choice }, quiet());
  const edited: PlanInput = {
    ...town,
    sites: [...town.sites.slice(1).toReversed(), aSite('m050', 512, 480), aSite('new', 130, 870)].filter(
      (site, index, all) => all.findLastIndex(({ id }) => id === site.id) === index,
    ),
  };
  const again = await workers.run({ input: edited, choice }, quiet());
  samePlan(again, computePlan(edited, choice));
  expect(again.footprintsReused).toBe(town.sites.length - 2);

  // A refusal leaves the coverage where it is.
  const wrong = aChoice({ refusedSiteIds: ['m100'], lockedSiteIds: ['m100'] });
  await expect(workers.run({ input: edited, choice: wrong }, quiet())).rejects.toMatchObject({
    code: 'SELECTION_LOCK_CONFLICT',
  });
  const same = await workers.run({ input: edited, choice: aChoice({ maxSites: 3 }) }, quiet());
  expect(same.footprintsReused).toBe(edited.sites.length);

  const other = { ...edited, thresholdDbm: -100 };
  const elsewhere = await workers.run({ input: other, choice }, quiet());
  samePlan(elsewhere, computePlan(other, choice));
  expect(elsewhere.footprintsReused).toBe(0);

  const forgetful = workersOf({ planKeepS: 0 });
  await forgetful.run({ input: town, choice }, quiet());
  expect((await forgetful.run({ input: town, choice }, quiet())).footprintsReused).toBe(0);
});

test('a stopped plan is gone within 200 ms with all its threads, and a closed keeper keeps none', async () => {
  const before = threadCount();
  if (before === null)
    reportNotRun('threads of a stopped plan are counted', 'this system has no /proc/self/task');
  const workers = workersOf();
  const stop = new AbortController();
  let stoppedMs = 0;
  const run = workers.run(
    { input: longTown, choice },
    {
      signal: stop.signal,
      onProgress: ({ step, done, total }) => {
        if (step !== 'coverage' || done === 0 || done === total || stop.signal.aborted) return;
        stoppedMs = performance.now();
        stop.abort(new Error('stopped'));
      },
    },
  );
  await expect(run).rejects.toThrow('stopped');
  const tookMs = performance.now() - stoppedMs;
  expect(stoppedMs).toBeGreaterThan(0);
  // the promise is 200 ms; a shared test machine gets some slack
  expect(tookMs).toBeLessThan(1_000);
  if (before !== null) expect(threadCount()).toBeLessThanOrEqual(before);
  console.info(`stopped after ${Math.round(tookMs)} ms`);

  await workers.run({ input: town, choice }, quiet());
  await workers.close();
  if (before !== null) expect(threadCount()).toBeLessThanOrEqual(before);
});

test('a thread that is lost while it computes rejects the footprints', async () => {
  const { model, places } = prepareCoverage({ ...town, sites: town.sites.slice(0, 10) });
  const many = Array.from({ length: 40_000 }, (_, index) => places[index % places.length]!);
  const crew = startCoverageCrew(2, 512);
  const lost = computeFootprintsWith(crew.threads, model, many, () => void crew.end());
  await expect(lost).rejects.toThrow('a coverage thread ended');
  await crew.end();
  // Threads that were gone before they were asked are missed as well.
  await expect(computeFootprintsWith(crew.threads, model, places)).rejects.toThrow('a coverage thread ended');
});

test('a plan beyond its memory is refused with a code: arrays before they are made, the heap when it is full', async () => {
  const crowd = { input: { ...town, sites: aMesh(1000, 1000, 4) }, choice };
  await expect(workersOf({ planMemoryMb: 24 }).run(crowd, quiet())).rejects.toMatchObject({
    code: 'PLAN_OUT_OF_MEMORY',
  });
  const work = { input: { ...longTown, binSizeM: 1 }, choice };
  await expect(workersOf({ planMemoryMb: 200 }).run(work, quiet())).rejects.toMatchObject({
    code: 'COVERAGE_TOO_LARGE',
    found: { haveMb: 200 },
  });
});
