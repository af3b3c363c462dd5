// A plan that chooses between configurations of its sites, over HTTP: rows, cards, exports and the way back into a plan near to it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
});
afterAll(() => on.close());

const post = (payload: object) => on.app.inject({ method: 'POST', url: '/api/plans', payload });
const get = async (url: string) => (await on.app.inject(url)).json();
const configurations = [
  { id: 'as', name: '现状', structures: ['pole', 'roof', 'tower'] },
  { id: 'p12', name: '杆站 12 m', structures: ['pole'], heightM: 12, costFactor: 0.9 },
  { id: 'n28', name: '700 MHz', structures: ['roof'], profileId: 'n28', azimuthsDeg: [10, 130, 250] },
];
const asked = () => ({ ...on.request, effort: 'quick', binSizeM: 50, configurations });

interface Row {
  readonly site: { readonly id: string; readonly heightM: number; readonly costCny: number };
  readonly status: string;
  readonly costCny: number;
  readonly configuration: { readonly id: string; readonly heightM: number } | null;
}

test('rows, cards and exports of a plan show what each site is equipped with', async () => {
  const posted = await post(asked());
  expect(posted.statusCode).toBe(202);
  const plan = await on.jobs.whenDone(posted.json().plan.id);
  expect(plan.error).toBeNull();
  expect(plan.request.configurations).toEqual(configurations);
  const { items } = (await get(`/api/plans/${plan.id}/items?status=new`)) as { items: Row[] };
  expect(items.length).toBeGreaterThan(0);
  expect(new Set(items.map(({ site }) => site.id)).size).toBe(items.length);
  const high = items.find(({ configuration }) => configuration?.id === 'p12')!;
  expect(high.configuration).toEqual({
    id: 'p12',
    name: '杆站 12 m',
    profileId: 'n78',
    heightM: 12,
    azimuthsDeg: null,
  });
  expect(high.costCny).toBe(Math.round(0.9 * high.site.costCny));

  const card = await get(`/api/plans/${plan.id}/sites/${high.site.id}`);
  expect([card.configuration, card.item.configuration]).toEqual([high.configuration, high.configuration]);
  const link = await get(`/api/plans/${plan.id}/sites/${high.site.id}/link-profile`);
  expect([link.configuration.id, link.profile.antenna.heightM]).toEqual(['p12', 12]);

  const geojson = await get(`/api/plans/${plan.id}/export.geojson`);
  const feature = geojson.features.find(({ id }: { id: string }) => id === high.site.id);
  expect(feature.properties).toMatchObject({ configurationId: 'p12', heightM: 12, profileId: 'n78' });
  const csv = (await on.app.inject(`/api/plans/${plan.id}/export.csv?headers=en`)).body;
  expect(csv.split('\r\n')[0]).toContain(',configuration,');
  expect(csv).toContain('杆站 12 m');

  const near = await on.jobs.whenDone(
    (await post({ ...asked(), basedOnPlanId: plan.id, stayNear: true })).json().plan.id,
  );
  const kept = (await get(`/api/plans/${near.id}/items?status=new`)) as { items: Row[] };
  const named = (rows: readonly Row[]) =>
    rows.map(({ site, configuration }) => `${site.id}#${configuration?.id}`).sort();
  expect(named(kept.items)).toEqual(named(items));
});

test('a candidate that is not in the plan is looked at with the configuration that gives most for its price', async () => {
  const plan = await on.jobs.whenDone((await post({ ...asked(), targetShare: 0.3 })).json().plan.id);
  const { items } = (await get(`/api/plans/${plan.id}/items`)) as { items: Row[] };
  const taken = new Set(items.map(({ site }) => site.id));
  const { sites } = await get('/api/sites?pageSize=100');
  const other = sites.find(
    ({ id, status }: { id: string; status: string }) => status === 'candidate' && !taken.has(id),
  );
  const card = await get(`/api/plans/${plan.id}/sites/${other.id}`);
  expect(card.item).toBeNull();
  expect(configurations.map(({ id }) => id)).toContain(card.configuration.id);
});

test('a plan without configurations is as it was', async () => {
  const plan = await on.jobs.whenDone((await post({ ...asked(), configurations: [] })).json().plan.id);
  const { configurations: _none, ...older } = asked();
  const plain = await on.jobs.whenDone((await post(older)).json().plan.id);
  expect(plan.fingerprint).toBe(plain.fingerprint);
  const { items } = (await get(`/api/plans/${plan.id}/items`)) as { items: Row[] };
  expect(items.every(({ configuration }) => configuration === null)).toBe(true);
});

test('what cannot be meant is refused before anything is computed', async () => {
  const codeOf = async (changes: object) => {
    const reply = await post({ ...on.request, ...changes });
    return [reply.statusCode, reply.json().code];
  };
  const [one] = configurations;
  expect(await codeOf({ configurations: [one, one] })).toEqual([422, 'PLAN_CONFIGURATION_TWICE']);
  const unknown = [{ ...one, profileId: 'n99' }];
  expect((await codeOf({ configurations: unknown }))[1]).toBe('COVERAGE_PROFILE_UNKNOWN');
  const both = [{ ...one, heightM: 6, heightDeltaM: 1 }];
  expect(await codeOf({ configurations: both })).toEqual([422, 'PLAN_CONFIGURATION_RANGE']);
  const servers = { least: 2, counts: 'graded' };
  expect(await codeOf({ configurations, servers })).toEqual([422, 'PLAN_CONFIGURATION_SERVERS']);
  expect((await codeOf({ configurations: [{ ...one, structures: [] }] }))[0]).toBe(400);
});
