// What a plan of the service owes beside its rows, over HTTP: its proof as files, an end on demand, phases, and staying near another plan.
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  checkPhasedPlan,
  checkPlan,
  decodeCertificate,
  decodePhases,
  prepareCoverage,
  requestOf,
} from '../../../engine/index.ts';
import type { PlanItemJson, PlanJson } from '../../../server/contract/plans.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { planChoiceOf } from '../../../server/jobs/plan-choice.ts';
import { createPlan, takePlanJob } from '../../../server/store/plans.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
let first: PlanJson;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
  first = await planOf({});
}, 60_000);
afterAll(() => on.close());

const get = (url: string) => on.app.inject(url);
const post = (url: string, payload: object = {}) => on.app.inject({ method: 'POST', url, payload });
const askedWith = (changes: object) => ({ ...on.request, binSizeM: 50, effort: 'quick', ...changes });

async function planOf(changes: object): Promise<PlanJson> {
  const posted = await post('/api/plans', askedWith(changes));
  expect(posted.statusCode).toBe(202);
  return on.jobs.whenDone(posted.json().plan.id);
}

async function itemsOf({ id }: PlanJson): Promise<PlanItemJson[]> {
  return (await get(`/api/plans/${id}/items?status=new&pageSize=10000`)).json().items;
}

test('certificate and prices come as files, and the independent check agrees with them', async () => {
  const certificate = await get(`/api/plans/${first.id}/certificate.json`);
  const prices = await get(`/api/plans/${first.id}/prices.bin`);
  expect([certificate.statusCode, prices.statusCode]).toEqual([200, 200]);
  expect(certificate.headers['content-disposition']).toContain('certificate');
  const prepared = prepareCoverage(await loadPlanInput(on.store, first.request));
  const { problem } = requestOf(prepared, planChoiceOf(first.request));
  const { choice, selection } = decodeCertificate(problem, certificate.json(), prices.rawPayload);
  expect(checkPlan(problem, choice, selection)).toEqual([]);
  expect(selection.certificate.bound).toBe(first.summary?.certificate?.bound);
});

test('a plan without a proof says so with 404, and one that is not done with its own code', async () => {
  const { id } = await planOf({});
  await on.store.query('delete from plan_certificates where plan_id = $1', [id]);
  for (const file of ['certificate.json', 'prices.bin']) {
    const reply = await get(`/api/plans/${id}/${file}`);
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'PLAN_NO_CERTIFICATE']);
    expect((await get(`/api/plans/nobody/${file}`)).json().code).toBe('PLAN_UNKNOWN');
  }
});

test('a search that has ended, is unknown or runs elsewhere cannot be ended', async () => {
  const ended = await post(`/api/plans/${first.id}/enough`);
  expect([ended.statusCode, ended.json().code]).toEqual([409, 'PLAN_ALREADY_ENDED']);
  const unknown = await post('/api/plans/nobody/enough');
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'PLAN_UNKNOWN']);
  await createPlan(on.store, { id: 'plan-else', name: '他处', request: on.request, basedOnPlanId: null });
  expect((await takePlanJob(on.store, 3600))?.plan.id).toBe('plan-else');
  const elsewhere = await post('/api/plans/plan-else/enough');
  expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([409, 'PLAN_NOT_RUNNING']);
  const certificate = await get('/api/plans/plan-else/certificate.json');
  expect(certificate.json().code).toBe('PLAN_NOT_DONE');
});

test('a plan that stays near another keeps its sites but for the refused one', async () => {
  const before = (await itemsOf(first)).map(({ site }) => site.id);
  const [refused] = before;
  const plan = await planOf({ basedOnPlanId: first.id, stayNear: true, refusedSiteIds: [refused] });
  expect([...(plan.request.keepSiteIds ?? [])].sort()).toEqual(expect.arrayContaining([...before].sort()));
  const after = (await itemsOf(plan)).map(({ site }) => site.id);
  expect(after).not.toContain(refused);
  expect(before.filter((id) => !after.includes(id)).length).toBeLessThanOrEqual(2);
  expect(plan.fingerprint).not.toBe(first.fingerprint);
});

test('phases are planned, nested, and read back with their sites', async () => {
  const phases = [
    { name: '一期', targetShare: 0.7, areaShares: [], budgetCny: null, maxSites: null },
    { name: '二期', targetShare: null, areaShares: [], budgetCny: null, maxSites: null },
  ];
  const plan = await planOf({ phases });
  expect(plan.request.phases).toEqual(phases);
  const [one, two] = plan.summary?.phases ?? [];
  expect([one?.name, one?.reached, two?.reached]).toEqual(['一期', true, true]);
  expect(two!.sites).toBe(plan.summary?.sites);
  const inPhase = (await itemsOf(plan)).filter(({ phase }) => phase === 0);
  expect(inPhase).toHaveLength(one!.sites);
  expect(inPhase.reduce((sum, { costCny }) => sum + costCny, 0)).toBe(one!.costCny);
});

test('phases are proved by files of their own, and the archive holds all that plan:check reads', async () => {
  const phase = { areaShares: [], budgetCny: null, maxSites: null };
  const phases = [
    { ...phase, name: '一期', targetShare: 0.7 },
    { ...phase, name: '二期', targetShare: null },
  ];
  const plan = await planOf({ phases });
  const file = (await get(`/api/plans/${plan.id}/phases.json`)).json();
  const prices = (await get(`/api/plans/${plan.id}/phase-prices.bin`)).rawPayload;
  const archive = unzipSync((await get(`/api/plans/${plan.id}/proof.zip`)).rawPayload);
  expect(Object.keys(archive).sort()).toEqual([
    'certificate.json',
    'phase-prices.bin',
    'phases.json',
    'plan.geojson',
    'prices.bin',
  ]);
  expect(JSON.parse(strFromU8(archive['phases.json']!))).toEqual(file);
  expect(Buffer.from(archive['phase-prices.bin']!)).toEqual(prices);

  const prepared = prepareCoverage(await loadPlanInput(on.store, plan.request));
  const { problem, phases: asked } = requestOf(prepared, planChoiceOf(plan.request));
  const certificate = JSON.parse(strFromU8(archive['certificate.json']!));
  const { selection } = decodeCertificate(problem, certificate, archive['prices.bin']!);
  const phased = decodePhases(problem, file, prices, selection);
  expect(checkPhasedPlan(problem, asked!, phased)).toEqual([]);
  expect(phased.years.map(({ id }) => id)).toEqual(['一期', '二期']);

  const plain = await get(`/api/plans/${first.id}/phases.json`);
  expect([plain.statusCode, plain.json().code]).toEqual([404, 'PLAN_NO_PHASES']);
  expect(Object.keys(unzipSync((await get(`/api/plans/${first.id}/proof.zip`)).rawPayload))).toHaveLength(3);
});

test('by phases too a plan keeps the sites it is asked to stay near to', async () => {
  const phase = { areaShares: [], budgetCny: null, maxSites: null };
  const before = (await itemsOf(first)).map(({ site }) => site.id);
  const plan = await planOf({
    phases: [
      { ...phase, name: '一期', targetShare: 0.7 },
      { ...phase, name: '二期', targetShare: null },
    ],
    keepSiteIds: before,
  });
  expect((await itemsOf(plan)).map(({ site }) => site.id).sort()).toEqual(before.sort());
});

test.each<[string, object, string]>([
  [
    'a share of an area that is not planned',
    { areaShares: [{ areaId: 'x', share: 1 }] },
    'SELECTION_AREA_UNKNOWN',
  ],
  ['a lock on nobody', { lockedSiteIds: ['nobody'] }, 'PLAN_LOCK_UNKNOWN'],
  ['staying near nobody', { stayNear: true }, 'PLAN_BASE_MISSING'],
  [
    'two phases of one name',
    {
      phases: [1, 2].map(() => ({
        name: '一期',
        targetShare: 0.5,
        areaShares: [],
        budgetCny: null,
        maxSites: null,
      })),
    },
    'SELECTION_PHASE_TWICE',
  ],
  [
    'one quota twice',
    {
      quotas: [1, 2].map((mostSites) => ({
        by: 'structure',
        value: 'pole',
        leastSites: null,
        mostSites,
        mostCostCny: null,
      })),
    },
    'SELECTION_QUOTA_TWICE',
  ],
])('%s is refused before a plan is queued', async (_, changes, code) => {
  for (const url of ['/api/plans', '/api/plan-requests']) {
    const refused = await post(url, askedWith(changes));
    expect([refused.statusCode, refused.json().code]).toEqual([422, code]);
  }
});

test('an area with two shares is refused, in a phase as well', async () => {
  const [areaId] = on.request.areaIds;
  const areaShares = [
    { areaId, share: 0.5 },
    { areaId, share: 0.9 },
  ];
  const phases = [{ name: '一期', targetShare: 0.5, areaShares, budgetCny: null, maxSites: null }];
  for (const changes of [{ areaShares }, { phases }])
    expect((await post('/api/plans', askedWith(changes))).json().code).toBe('SELECTION_AREA_TWICE');
});

test('a preview learns what reviews refuse and whom a plan stays near to', async () => {
  const [refused, ...others] = (await itemsOf(first)).map(({ site }) => site.id);
  const review = {
    siteIds: [refused],
    decision: '不同意',
    reasonCode: '其他',
    reasonText: '试',
    reviewer: '李',
  };
  expect((await post(`/api/plans/${first.id}/reviews`, review)).statusCode).toBeLessThan(300);
  const reply = await post('/api/plan-requests', askedWith({ basedOnPlanId: first.id, stayNear: true }));
  const { request } = reply.json() as { request: { refusedSiteIds: string[]; keepSiteIds: string[] } };
  expect(request.refusedSiteIds).toEqual([refused]);
  expect(request.keepSiteIds).toEqual(expect.arrayContaining([refused, ...others]));
});

test('a request that does not fit says in both languages what was expected, and where', async () => {
  const { message } = (await post('/api/plans', askedWith({ budgetCny: -1 }))).json();
  expect(message.zh).toBe('请求内容不符合要求：body/budgetCny 应不小于 0。');
  expect(message.en).toBe('The request does not have the expected shape: body/budgetCny must be >= 0.');
});

test('a phase that falls is named in words of the language', async () => {
  const phase = { areaShares: [], budgetCny: null, maxSites: null };
  const { error } = await planOf({
    phases: [
      { ...phase, name: '一期', targetShare: 0.9 },
      { ...phase, name: '二期', targetShare: 0.5 },
      { ...phase, name: '三期', targetShare: null },
    ],
  });
  expect(error?.message.zh).toBe('“二期”的目标比例低于更早的“一期”；各期数值应为累计值。');
});

test('a plan that falls short says which limit keeps it there', async () => {
  const { summary } = await planOf({ maxSites: 1, targetShare: 0.95 });
  expect(summary?.status).toBe('count-reached');
  expect(summary?.reach?.limits).toMatchObject([{ limit: 'count', reached: true, binds: true }]);
});
