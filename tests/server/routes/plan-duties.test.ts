// Corridors by length, several servers and several operators, over HTTP: the list of roads, the plan with its duties, and what is refused.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareOperators } from '../../../engine/index.ts';
import { compareOperatorsPlan } from '../../../scripts/cli/compare-operators-plan.ts';
import type { PlanItemJson } from '../../../server/contract/plans.ts';
import { loadCorridors, loadPlanInput, loadTargetAreas } from '../../../server/jobs/load-plan-input.ts';
import { operatorsChoiceOf } from '../../../server/jobs/operators-choice.ts';
import { makeTemporaryFolder } from '../../support/run-command.ts';
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

const member = (id: string, changes: object = {}) => ({ id, profileId: 'n78', targetShare: 0.5, ...changes });
const joint = (changes: object = {}) => ({
  ...on.request,
  effort: 'quick',
  binSizeM: 50,
  operators: [member('中国移动', { profileId: 'n41' }), member('中国联通')],
  profileId: 'n41',
  ...changes,
});

test('a plan for two operators is stored with who stands where, what each pays, and the coverage of each', async () => {
  const posted = await post(joint());
  expect([posted.statusCode, posted.json().code]).toEqual([202, undefined]);
  const { id } = await on.jobs.whenDone(posted.json().plan.id);
  const { plan, areas } = (await on.app.inject(`/api/plans/${id}`)).json();
  expect([plan.state, plan.error]).toEqual(['done', null]);
  // what was left out is written down as it was computed
  expect(plan.request.sharing).toEqual({
    percentOff: [0, 30, 40],
    anchorPercentOff: 5,
    anchorId: null,
    joinCostCny: null,
  });
  const { sharing, costCny, coveredShare } = plan.summary;
  expect(sharing.operators.map((one: { id: string }) => one.id)).toEqual(['中国移动', '中国联通']);
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const each: { costCny: number; coveredShare: number; sharedSites: number }[] = sharing.operators;
  for (const one of each) expect(one.coveredShare).toBeGreaterThanOrEqual(0.5);
  expect(sumOf(each.map((one) => one.costCny))).toBe(costCny);
  expect(sumOf(each.map((one) => one.coveredShare)) / 2).toBeCloseTo(coveredShare, 9);
  expect(costCny).toBeLessThanOrEqual(sharing.aloneCostCny);
  expect(each[0]!.sharedSites).toBeGreaterThan(0);
  expect(areas[0].coveredShare).toBeCloseTo(coveredShare, 6);

  const items: PlanItemJson[] = (await on.app.inject(`/api/plans/${id}/items?status=new`)).json().items;
  for (const { sharing: row, costCny: paid, site } of items) {
    expect(sumOf(row!.paymentsCny)).toBe(paid);
    const off = row!.operatorIds.length === 2 ? 0.7 : 1;
    expect(row!.paymentsCny).toEqual(row!.operatorIds.map(() => Math.round(off * site.costCny)));
  }
  const own = (
    await on.app.inject(`/api/plans/${id}/items?operator=${encodeURIComponent('中国联通')}`)
  ).json();
  expect(own.total).toBe(items.filter(({ sharing: row }) => row!.operatorIds.includes('中国联通')).length);

  const viewOf = async (operator: string) =>
    (await on.app.inject(`/api/plans/${id}?operator=${encodeURIComponent(operator)}`)).json();
  const [first, second] = [await viewOf('中国移动'), await viewOf('中国联通')];
  expect(first.areas[0].costCny + second.areas[0].costCny).toBe(areas[0].costCny);
  expect(second.areas[0].coveredShare).toBeCloseTo(each[1]!.coveredShare, 6);
  expect((await viewOf('中国电信')).code).toBe('PLAN_OPERATOR_NOT_IN_PLAN');
  const alone = items.find(({ sharing: row }) => row!.operatorIds.length === 2)!;
  const card = async (operator: string) =>
    (
      await on.app.inject(`/api/plans/${id}/sites/${alone.site.id}?operator=${encodeURIComponent(operator)}`)
    ).json();
  expect((await card('中国移动')).linkBudget.lines).not.toEqual((await card('中国联通')).linkBudget.lines);

  const csv: string = (await on.app.inject(`/api/plans/${id}/export.csv`)).body;
  expect(csv.split('\r\n')[0]).toContain('运营商,原有运营商,各家造价(元),不共享造价(元)');
  expect(csv).toContain('中国移动、中国联通');
  const workbook = unzipSync((await on.app.inject(`/api/plans/${id}/export.xlsx`)).rawPayload);
  const text = Object.values(workbook)
    .map((part) => strFromU8(part))
    .join('');
  for (const word of ['中国移动、中国联通', '各家造价(元)', '单独规划(元)', '批复文号', '情景方案'])
    expect(text).toContain(word);
});

test('the proof of a plan for operators passes the check of the command, also where one joins a station of another', async () => {
  const sharing = {
    percentOff: [0, 35, 45],
    anchorPercentOff: 10,
    anchorId: '中国联通',
    joinCostCny: 20_000,
    source: '2026 年协议',
  };
  const operators = [
    member('中国移动', { profileId: 'n41', existing: 'all' }),
    member('中国联通', { targetShare: 0.6 }),
  ];
  const posted = await post(joint({ operators, sharing }));
  const { id, request, summary } = await on.jobs.whenDone(posted.json().plan.id);
  expect(request.sharing).toEqual(sharing);
  expect(summary?.sharing?.unclaimedStations).toBe(0);
  const folder = makeTemporaryFolder();
  const archive = unzipSync((await on.app.inject(`/api/plans/${id}/proof.zip`)).rawPayload);
  for (const [name, bytes] of Object.entries(archive)) writeFileSync(join(folder.path, name), bytes);
  const rows: PlanItemJson[] = (await on.app.inject(`/api/plans/${id}/items`)).json().items;
  const tower = rows.find(({ sharing: row }) => row!.besideIds.includes('中国移动'))!;
  expect([tower.status, tower.sharing!.operatorIds, tower.sharing!.paymentsCny]).toEqual([
    'new',
    ['中国联通'],
    // 35 % for two and 10 % for the anchor off
    [11_000],
  ]);
  const input = await loadPlanInput(on.store, request);
  const choice = operatorsChoiceOf(request, input.sites)!;
  expect(choice.operators[0]!.existingSiteIds).toContain(tower.site.id);
  const prepared = prepareOperators(input, choice.operators);
  const { problem, choice: asked, selection, findings } = compareOperatorsPlan(folder.path, prepared, choice);
  expect(findings).toEqual([]);
  expect([problem.targets.length, asked.required.length, selection.status]).toEqual([3, 3, 'reached']);
  folder.remove();
});

test.each([
  [
    'an operator nobody knows',
    { operators: [member('火星移动')], profileId: 'n78' },
    'PLAN_OPERATOR_UNKNOWN',
  ],
  [
    'the same twice',
    { operators: [member('中国移动'), member('中国移动')], profileId: 'n78' },
    'PLAN_OPERATOR_TWICE',
  ],
  [
    'a share above 1',
    { operators: [member('中国移动', { targetShare: 1.2 })], profileId: 'n78' },
    'SELECTION_SHARE_RANGE',
  ],
  [
    'a share below 0',
    { operators: [member('中国移动', { targetShare: -0.1 })], profileId: 'n78' },
    'SELECTION_SHARE_RANGE',
  ],
  [
    'equipment nobody has',
    { operators: [member('中国移动', { profileId: 'n99' })], profileId: 'n99' },
    'COVERAGE_PROFILE_UNKNOWN',
  ],
  [
    'discounts that fall',
    { sharing: { percentOff: [0, 40, 30], anchorPercentOff: 5, anchorId: null, joinCostCny: null } },
    'PLAN_SHARING_TERMS',
  ],
  [
    'a discount above 100',
    { sharing: { percentOff: [0, 130], anchorPercentOff: 5, anchorId: null, joinCostCny: null } },
    'PLAN_SHARING_TERMS',
  ],
  [
    'an anchor that is not there',
    { sharing: { percentOff: [0, 30], anchorPercentOff: 5, anchorId: '中国电信', joinCostCny: null } },
    'PLAN_SHARING_TERMS',
  ],
  ['several servers', { servers: { least: 2, counts: 'graded' } }, 'PLAN_OPERATORS_TOGETHER'],
  [
    'phases',
    { phases: [{ name: '一期', targetShare: 0.4, areaShares: [], budgetCny: null, maxSites: null }] },
    'PLAN_OPERATORS_TOGETHER',
  ],
  ['a share of the whole', { targetShare: 0.9 }, 'PLAN_OPERATORS_TOGETHER'],
  ['equipment of the whole', { profileId: 'n28' }, 'PLAN_OPERATORS_TOGETHER'],
  ['the complete search', { effort: 'exact' }, 'PLAN_OPERATORS_TOGETHER'],
  [
    'terms without operators',
    { operators: [], sharing: { percentOff: [0], anchorPercentOff: 0, anchorId: null, joinCostCny: null } },
    'PLAN_OPERATORS_TOGETHER',
  ],
])('operators: %s is refused with a sentence', async (_, changes, code) => {
  const reply = await post(joint(changes));
  expect([reply.statusCode, reply.json().code]).toEqual([422, code]);
  expect(reply.json().message.zh).not.toMatch(/[{}]/);
});
