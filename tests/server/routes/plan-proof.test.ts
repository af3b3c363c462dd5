// What a plan of the service owes beside its rows, over HTTP: its proof as files, an end on demand, phases, and staying near another plan.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPlan, decodeCertificate, prepareCoverage, requestOf } from '../../../engine/index.ts';
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

test('a plan that falls short says which limit keeps it there', async () => {
  const { summary } = await planOf({ maxSites: 1, targetShare: 0.95 });
  expect(summary?.status).toBe('count-reached');
  expect(summary?.reach?.limits).toMatchObject([{ limit: 'count', reached: true, binds: true }]);
});
