// Who is planned in parts: large plans that are one question. Everything else goes the plain way, with the plan of the plain way.
import { expect, test } from 'vitest';
import { chooseSites, chooseSitesInParts, LARGE_PLAN_SITES } from '../../../engine/plan/choose-sites.ts';
import type { SelectionRequest } from '../../../engine/plan/selection-request.ts';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { inOneThread } from '../../../engine/selection/parts/solve-in-parts.ts';
import { noRules } from '../../../engine/selection/selection-problem.ts';
import { makeSelectionCity } from '../../../scripts/bench/selection-city.ts';

const effort = { priceSteps: 20, improveSteps: 200, seed: 1 };

function requestWith(candidates: number): SelectionRequest {
  const problem = makeSelectionCity({
    seed: 2,
    areaKm2: 25,
    binSizeM: 50,
    candidates,
    radiusM: [150, 300],
    weights: 'uniform',
    costs: 'mixed',
  });
  const whole = problem.targets[0].weight.reduce((sum, weight) => sum + weight, 0);
  return {
    problem,
    choice: {
      required: [Math.ceil(0.8 * whole)],
      budget: null,
      maxSites: null,
      existing: [],
      locked: [],
      refused: [],
      rules: noRules,
    },
    siteIds: problem.siteIds,
    dutyAreaIds: [],
    phases: null,
    tiers: null,
    keep: null,
    effort: 'quick',
    scenarios: [],
  };
}

/** Counts what is handed over. */
function counting() {
  const asked: number[] = [];
  const runPart: typeof inOneThread.runPart = (work, watch) => {
    asked.push(work.part);
    return inOneThread.runPart(work, watch);
  };
  return { asked, parts: { ...inOneThread, runPart } };
}

test('more than a hundred thousand candidates are planned in parts, and the plan recounts', async () => {
  const request = requestWith(LARGE_PLAN_SITES + 1000);
  const { asked, parts } = counting();
  const { selection } = await chooseSitesInParts(request, parts, {}, effort);
  expect(new Set(asked).size).toBeGreaterThan(1);
  expect(checkPlan(request.problem, request.choice, selection)).toEqual([]);
  expect(selection.status).toBe('reached');
});

test('few candidates, and orders of preference, go the plain way', async () => {
  const small = requestWith(1000);
  const large = requestWith(LARGE_PLAN_SITES + 1000);
  const tiered = { ...large, tiers: new Uint8Array(large.problem.cost.length) };
  for (const request of [small, tiered]) {
    const { asked, parts } = counting();
    expect(await chooseSitesInParts(request, parts, {}, effort)).toEqual(chooseSites(request, {}, effort));
    expect(asked).toEqual([]);
  }
});
