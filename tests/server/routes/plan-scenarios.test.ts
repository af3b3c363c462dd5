// A robust plan over HTTP: asked for with its scenarios, computed by a job, read back with what it is worth in each, refused with a code.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPlan, decodeCertificate, prepareCoverage, requestOf } from '../../../engine/index.ts';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { planChoiceOf } from '../../../server/jobs/plan-choice.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
}, 60_000);
afterAll(() => on.close());

const scenario = (changes: object) => ({
  id: 'one',
  name: '',
  thresholdDeltaDb: 0,
  shadowSigmaDeltaDb: 0,
  weightBy: null,
  priceFactors: null,
  ...changes,
});
const post = (changes: object) =>
  on.app.inject({
    method: 'POST',
    url: '/api/plans',
    payload: { ...on.request, binSizeM: 50, effort: 'quick', ...changes },
  });
async function planOf(changes: object): Promise<PlanJson> {
  const posted = await post(changes);
  expect(posted.statusCode).toBe(202);
  return on.jobs.whenDone(posted.json().plan.id);
}

test('a robust plan keeps its scenarios with the request and says what it is worth in each', async () => {
  const scenarios = [
    scenario({ id: 'rain', name: '雨天', thresholdDeltaDb: 3 }),
    scenario({ id: 'crowd', weightBy: 'people' }),
  ];
  const plain = await planOf({});
  const plan = await planOf({ scenarios });
  expect(plan.state).toBe('done');
  expect(plain.summary?.scenarios).toEqual([]);
  expect(plan.fingerprint).not.toBe(plain.fingerprint);
  const { json } = await on.app.inject(`/api/plans/${plan.id}`);
  const read: PlanJson = json().plan;
  expect(read.request.scenarios).toEqual(scenarios);
  const rows = read.summary!.scenarios;
  expect(rows.map(({ id, name, reached }) => [id, name, reached])).toEqual([
    ['base', '', true],
    ['rain', '雨天', true],
    ['crowd', '', true],
  ]);
  for (const { coveredShare, aloneCostCny, costCny } of rows) {
    expect(coveredShare).toBeGreaterThanOrEqual(read.summary!.targetShare);
    expect(aloneCostCny).toBeLessThanOrEqual(costCny);
  }
  const [certificate, prices] = await Promise.all(
    ['certificate.json', 'prices.bin'].map((file) => on.app.inject(`/api/plans/${plan.id}/${file}`)),
  );
  const prepared = prepareCoverage(await loadPlanInput(on.store, read.request));
  const { problem } = requestOf(prepared, planChoiceOf(read.request));
  const { choice, selection } = decodeCertificate(problem, certificate!.json(), prices!.rawPayload);
  expect(problem.targets.map(({ id }) => id)).toEqual(['all', 'crowd/all', 'rain/all']);
  expect(checkPlan(problem, choice, selection)).toEqual([]);
}, 60_000);

test('scenarios that cannot be are refused by the shape of the request or fail with their code', async () => {
  expect((await post({ scenarios: [scenario({ thresholdDeltaDb: 99 })] })).statusCode).toBe(400);
  expect((await post({ scenarios: [{ id: 'bare' }] })).statusCode).toBe(400);
  const twice = await post({
    scenarios: [scenario({ thresholdDeltaDb: 1 }), scenario({ thresholdDeltaDb: 2 })],
  });
  expect([twice.statusCode, twice.json().code]).toEqual([422, 'SELECTION_SCENARIO_TWICE']);
  const priced = scenario({ priceFactors: [{ by: 'structure', value: 'balloon', factor: 1.2 }] });
  const unknown = await planOf({ scenarios: [priced] });
  expect(unknown.error?.code).toBe('SELECTION_SCENARIO_PRICE');
  expect(unknown.error?.message.en).toContain('balloon');
});
