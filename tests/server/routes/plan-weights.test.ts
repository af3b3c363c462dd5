// What bins weigh, over HTTP: roads and key areas of the store reach a plan, and factors out of range are refused with a code.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boxOf, type LonLat } from '../../../engine/index.ts';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
});
afterAll(() => on.close());

const post = (url: string, payload: object) =>
  on.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': randomUUID() } });

async function planOf(changes: object): Promise<PlanJson> {
  const posted = await post('/api/plans', { ...on.request, binSizeM: 50, ...changes });
  expect(posted.statusCode).toBe(202);
  return on.jobs.whenDone(posted.json().plan.id);
}

async function saveArea(kind: string, [west, south, east, north]: readonly number[]): Promise<void> {
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const geometry = { type: 'Polygon', coordinates: [corners] };
  expect((await post('/api/areas', { name: `${kind}一`, kind, geometry })).statusCode).toBe(201);
}

test('a plan weighs roads, its card explains a site, and a plan by area loads no road', async () => {
  expect((await loadPlanInput(on.store, on.request)).roads).toEqual([]);
  const roads = await loadPlanInput(on.store, { ...on.request, weightBy: 'roads' });
  expect(roads.roads.map(({ name }) => name).sort()).toContain('经1路');
  const plan = await planOf({ weightBy: 'roads' });
  expect(plan.state).toBe('done');
  expect(plan.summary?.weightBy).toBe('roads');
  expect(plan.summary?.coveredShare).not.toBe((await planOf({})).summary?.coveredShare);
  const [item] = (await on.app.inject(`/api/plans/${plan.id}/items?status=new&pageSize=1`)).json().items;
  expect((await on.app.inject(`/api/plans/${plan.id}/sites/${item.site.id}`)).statusCode).toBe(200);
});

test('areas of key kinds near the target areas count with the factor, others and far ones do not', async () => {
  const [area] = (await loadPlanInput(on.store, on.request)).areas;
  const [west, south, east, north] = boxOf(area!.geometry);
  const [middleLon, middleLat]: LonLat = [(west + east) / 2, (south + north) / 2];
  const school = [west, south, middleLon, middleLat];
  await saveArea('学校', school);
  await saveArea('一般区', [middleLon, middleLat, east, north]);
  await saveArea('医院', [west - 1, south, west - 0.9, north]);
  expect((await loadPlanInput(on.store, on.request)).keyAreas).toEqual([]);
  expect((await loadPlanInput(on.store, { ...on.request, keyAreaFactor: 1 })).keyAreas).toEqual([]);
  const { keyAreas } = await loadPlanInput(on.store, { ...on.request, keyAreaFactor: 2.5 });
  expect(keyAreas.map(({ factor, geometry }) => [factor, boxOf(geometry)])).toEqual([[2.5, school]]);

  const plain = await planOf({});
  const same = await planOf({ keyAreaFactor: 1 });
  const other = await planOf({ keyAreaFactor: 5 });
  expect(same.fingerprint).toBe(plain.fingerprint);
  expect(other.state).toBe('done');
  expect(other.request.keyAreaFactor).toBe(5);
  expect(other.fingerprint).not.toBe(plain.fingerprint);
  expect(other.summary?.coveredShare).not.toBe(plain.summary?.coveredShare);
});

test('factors and words that are none are refused with a code', async () => {
  const wrong: object[] = [
    ...[0, 0.5, 1000, -1, null, 'NaN', '3'].map((keyAreaFactor) => ({ keyAreaFactor })),
    { weightBy: 'rail' },
    { roads: [] },
  ];
  for (const changes of wrong) {
    for (const url of ['/api/plans', '/api/plan-inputs']) {
      const reply = await post(url, { ...on.request, ...changes });
      expect([changes, reply.statusCode, reply.json().code]).toEqual([changes, 400, 'REQUEST_INVALID']);
    }
  }
  const headers = { 'content-type': 'application/json' };
  const payload = JSON.stringify(on.request).replace(/}$/, ',"keyAreaFactor":NaN}');
  const reply = await on.app.inject({ method: 'POST', url: '/api/plans', payload, headers });
  expect(reply.statusCode).toBe(400);
  expect(reply.json().code).toMatch(/^REQUEST_/);
});

test('areas without public roads fail with a code and a hint that speaks of roads', async () => {
  await on.store.query('delete from roads', []);
  const plan = await planOf({ weightBy: 'roads' });
  expect(plan.state).toBe('failed');
  expect(plan.error?.code).toBe('GRID_AREA_EMPTY');
  expect(plan.error?.hint.zh).toContain('道路');
});
