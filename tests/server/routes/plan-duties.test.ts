// Corridors by length and several servers, over HTTP: the list of roads, the plan with its duties, and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCorridors, loadPlanInput, loadTargetAreas } from '../../../server/jobs/load-plan-input.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
});
afterAll(() => on.close());

const post = (payload: object) => on.app.inject({ method: 'POST', url: '/api/plans', payload });

test('the roads of an area are listed by class and by name, each with its kilometres inside', async () => {
  const [areaId] = on.request.areaIds;
  const reply = await on.app.inject(`/api/roads?areaIds=${areaId}`);
  expect(reply.statusCode).toBe(200);
  const { roads } = reply.json();
  const byId = new Map<string, number>(
    roads.map(({ corridorId, lengthKm }: { corridorId: string; lengthKm: number }) => [corridorId, lengthKm]),
  );
  // a road every 200 m both ways; the town is 1 km from south to north
  const input = await loadPlanInput(on.store, {
    ...on.request,
    corridorShares: [{ corridorId: 'name=经2路', share: 0.5 }],
  });
  expect(input.corridors.map(({ id, lines }) => [id, lines.length])).toEqual([['name=经2路', 1]]);
  const sum = [...byId].filter(([id]) => /name=经/.test(id)).reduce((total, [, km]) => total + km, 0);
  expect(byId.get('class=secondary')).toBeCloseTo(sum, 6);
  expect(byId.get('name=经2路')).toBeCloseTo(1, 2);
  const kms = roads
    .filter(({ by }: { by: string }) => by === 'name')
    .map(({ lengthKm }: { lengthKm: number }) => lengthKm);
  expect(kms).toEqual([...kms].sort((a: number, b: number) => b - a));
  expect((await on.app.inject('/api/roads?areaIds=nowhere')).json()).toEqual({ roads: [] });
  expect((await on.app.inject('/api/roads')).statusCode).toBe(400);
});

test('a plan keeps a corridor and two servers, stores both, and an older request knows neither', async () => {
  const plainRequest = { ...on.request, effort: 'quick', binSizeM: 50 };
  const asked = {
    ...plainRequest,
    targetShare: 0.4,
    servers: { least: 2, counts: 'graded' },
    corridorShares: [{ corridorId: 'name=经2路', share: 0.6 }],
  };
  const posted = await post(asked);
  expect(posted.statusCode).toBe(202);
  const plan = await on.jobs.whenDone(posted.json().plan.id);
  expect(plan.error).toBeNull();
  const { summary, request } = (await on.app.inject(`/api/plans/${plan.id}`)).json().plan;
  expect(request).toMatchObject({ servers: asked.servers, corridorShares: asked.corridorShares });
  expect(summary.servers).toMatchObject({ least: 2, counts: 'graded' });
  expect(summary.servers.coveredShare).toBeGreaterThanOrEqual(0.4);
  const [corridor] = summary.corridors;
  expect(corridor).toMatchObject({ corridorId: 'name=经2路', name: '经2路', share: 0.6, lines: 1 });
  expect(corridor.coveredShare).toBeGreaterThanOrEqual(0.6);
  const listed = (await on.app.inject(`/api/roads?areaIds=${on.request.areaIds[0]}`)).json().roads;
  const { lengthKm } = listed.find(({ corridorId }: { corridorId: string }) => corridorId === 'name=经2路');
  // metres of the zone against those of the ellipsoid, and the squares under roofs
  expect(corridor.lengthM / 1000 / lengthKm).toBeCloseTo(1, 2);
  const geojson = (await on.app.inject(`/api/plans/${plan.id}/export.geojson`)).json();
  expect(geojson.summary.servers).toEqual(summary.servers);
  expect(geojson.summary.corridors).toEqual(summary.corridors);
  const plain = await on.jobs.whenDone((await post(plainRequest)).json().plan.id);
  expect(plain.summary).toMatchObject({ servers: null, corridors: [] });
  expect(plain.fingerprint).not.toBe(plan.fingerprint);
});

test('a road nobody knows, a word that is no corridor and five servers are refused before anything is computed', async () => {
  const unknown = await post({
    ...on.request,
    corridorShares: [{ corridorId: 'name=没有的路', share: 0.5 }],
  });
  expect([unknown.statusCode, unknown.json().code]).toEqual([422, 'SELECTION_CORRIDOR_UNKNOWN']);
  expect(unknown.json().message.zh).toContain('name=没有的路');
  for (const wrong of [
    { corridorShares: [{ corridorId: '经2路', share: 0.5 }] },
    { corridorShares: [{ corridorId: 'name=经2路', share: 1.5 }] },
    { servers: { least: 5, counts: 'graded' } },
    { servers: { least: 2, counts: 'half' } },
  ])
    expect((await post({ ...on.request, ...wrong })).statusCode).toBe(400);
  const areas = await loadTargetAreas(on.store, on.request.areaIds);
  expect(await loadCorridors(on.store, on.request, areas)).toEqual([]);
});
