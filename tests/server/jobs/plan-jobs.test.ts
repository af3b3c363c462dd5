// Plan jobs on a real store with real worker threads: result, cancel, failure, restart.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { computePlan, decodeRaster } from '../../../engine/index.ts';
import { buildApp, startService } from '../../../server/app.ts';
import type { PlanJson, PlanProgressJson } from '../../../server/contract/plans.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { planChoiceOf } from '../../../server/jobs/plan-choice.ts';
import { saveAreas } from '../../../server/store/areas.ts';
import { loadPlan, loadPlanItems, loadPlanRaster, takePlanJob } from '../../../server/store/plans.ts';
import { saveReviews } from '../../../server/store/reviews.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
});
afterAll(() => on.close());

const planOf = async (id: string): Promise<PlanJson> => {
  const plan = await loadPlan(on.store, id);
  if (!plan) throw new Error(`no plan ${id}`);
  return plan;
};
let first: PlanJson;

test('a job computes what the engine computes, tells its steps in order and saves all of it', async () => {
  const queued = await on.jobs.createPlan(on.request);
  expect(queued.state).toBe('queued');
  const steps: PlanProgressJson['step'][] = [];
  const stop = on.jobs.subscribe(queued.id, ({ progress }) => {
    if (progress && steps.at(-1) !== progress.step) steps.push(progress.step);
  });
  first = await on.jobs.whenDone(queued.id);
  stop();
  expect(first).toMatchObject({ state: 'done', error: null, summary: { status: 'reached' } });
  expect(first.seconds).toBeGreaterThan(0);
  expect(first.peakMb).toBeGreaterThan(0);
  expect(steps).toEqual(['load', 'grid', 'coverage', 'selection', 'plan', 'save']);

  const here = computePlan(await loadPlanInput(on.store, on.request), planChoiceOf(on.request));
  expect(first.fingerprint).toBe(here.fingerprint);
  const { items } = await loadPlanItems(on.store, first.id, { pageSize: 10_000 });
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(items.map(({ site, rank }) => ({ id: site.id, rank })).sort(byId)).toEqual(
    here.items.map(({ siteId, rank }) => ({ id: siteId, rank })).sort(byId),
  );
  const raster = decodeRaster((await loadPlanRaster(on.store, first.id)) ?? Buffer.alloc(0));
  expect(raster.level).toEqual(here.raster.level);
});

test('a plan based on another leaves out what was refused in it, and remembers which', async () => {
  const { items } = await loadPlanItems(on.store, first.id, { status: 'new', pageSize: 1 });
  const refusedId = items[0]?.site.id ?? '';
  const judgement = {
    decision: '不同意',
    reasonCode: '居民投诉风险',
    reasonText: '',
    reviewer: '李工',
  } as const;
  await saveReviews(on.store, first.id, { siteIds: [refusedId], ...judgement });
  const queued = await on.jobs.createPlan({ ...on.request, name: '重算', basedOnPlanId: first.id });
  const second = await on.jobs.whenDone(queued.id);
  expect(second).toMatchObject({
    state: 'done',
    basedOnPlanId: first.id,
    request: { refusedSiteIds: [refusedId] },
  });
  expect(second.fingerprint).not.toBe(first.fingerprint);
  const all = await loadPlanItems(on.store, second.id, { pageSize: 10_000 });
  expect(all.items.map(({ site }) => site.id)).not.toContain(refusedId);
});

test('a cancelled job ends within 200 ms of computing, keeps nothing, and cannot be cancelled twice', async () => {
  const queued = await on.jobs.createPlan({ ...on.request, name: '取消', binSizeM: 5 });
  await new Promise<void>((resolve) => {
    const stop = on.jobs.subscribe(queued.id, ({ progress }) => {
      if (progress?.step !== 'coverage') return;
      stop();
      resolve();
    });
  });
  const startedMs = performance.now();
  const cancelled = await on.jobs.cancelPlan(queued.id);
  const elapsedMs = performance.now() - startedMs;
  expect(cancelled.state).toBe('cancelled');
  // the promise is 200 ms; a shared test machine gets some slack
  expect(elapsedMs).toBeLessThan(1_000);
  expect(await loadPlanRaster(on.store, queued.id)).toBeNull();
  await expect(on.jobs.cancelPlan(queued.id)).rejects.toMatchObject({ code: 'PLAN_ALREADY_ENDED' });
  await expect(on.jobs.cancelPlan('plan-unknown')).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' });
});

test('a refusal of the engine becomes the sentence of the failed plan', async () => {
  const ring = [at(116, 31), at(116.01, 31), at(116.01, 31.01), at(116, 31)];
  const geometry = { type: 'MultiPolygon' as const, coordinates: [[ring]] };
  await saveAreas(
    on.store,
    [{ id: 'area-far', name: '远处', kind: '一般区', geometry, sourceFile: null }],
    null,
  );
  const queued = await on.jobs.createPlan({ ...on.request, areaIds: ['area-far'] });
  const failed = await on.jobs.whenDone(queued.id);
  expect(failed.state).toBe('failed');
  expect(failed.error?.code).toBe('COVERAGE_NO_SITES');
  expect(failed.error?.message.zh).not.toBe('');
  expect(failed.error?.hint.en).not.toBe('');
});

test('requests that name unknown things are refused before a row is written', async () => {
  const refusals = [
    [{ areaIds: ['nowhere'] }, 'PLAN_AREA_UNKNOWN'],
    [{ ruleWord: '没有这条' }, 'PLAN_RULE_UNKNOWN'],
    [{ profileId: 'n99' }, 'COVERAGE_PROFILE_UNKNOWN'],
    [{ basedOnPlanId: 'plan-0' }, 'PLAN_BASE_UNKNOWN'],
  ] as const;
  for (const [change, code] of refusals) {
    const request = {
      ...on.request,
      ...change,
      areaIds: [...('areaIds' in change ? change.areaIds : on.request.areaIds)],
    };
    await expect(on.jobs.createPlan(request)).rejects.toMatchObject({ code });
  }
});

test('a plan whose server is gone is taken up by the next one and gives the same fingerprint', async () => {
  // a job taken by somebody who never comes back
  await on.jobs.close();
  const left = await on.jobs.createPlan(on.request);
  const taken = await takePlanJob(on.store, 3600);
  expect(taken?.plan.id).toBe(left.id);
  expect((await planOf(left.id)).state).toBe('running');

  const next = await buildApp({ store: on.store, config: on.config });
  const ended = next.jobs.whenDone(left.id);
  await next.jobs.resume();
  expect(await ended).toMatchObject({ state: 'done', fingerprint: first.fingerprint });
  await next.app.close();
});

test('a running service streams progress over HTTP and closes within ten seconds while somebody listens', async () => {
  const service = await startService({ store: on.store, config: { ...on.config, port: 0 } });
  expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const cookie = on.people.planner;
  const created = await fetch(`${service.url}/api/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'a plan over HTTP', cookie },
    body: JSON.stringify(on.request),
  });
  const { plan } = (await created.json()) as { plan: PlanJson };
  const stream = await (
    await fetch(`${service.url}/api/plans/${plan.id}/events`, { headers: { cookie } })
  ).text();
  expect(stream).toContain('event: progress');
  expect(stream.trim().split('\n').at(-2)).toBe('event: done');

  const slow = await service.jobs.createPlan({ ...on.request, binSizeM: 5 });
  const listening = fetch(`${service.url}/api/plans/${slow.id}/events`, { headers: { cookie } }).then(
    (reply) => reply.text(),
  );
  const startedMs = performance.now();
  await service.app.close();
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  await listening.catch(() => 'cut off');
  expect((await planOf(slow.id)).state).not.toBe('failed');
});

test('two services cannot share a port, and the second one says so', async () => {
  const first = await startService({ store: on.store, config: { ...on.config, port: 0 } });
  const port = Number(new URL(first.url).port);
  const second = startService({ store: on.store, config: { ...on.config, port } });
  await expect(second).rejects.toMatchObject({ code: 'CONFIG_PORT_TAKEN' });
  await first.app.close();
});

const at = (lon: number, lat: number) => [lon, lat] as const;
