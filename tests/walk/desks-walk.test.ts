// From two hundred rooftops an owner opens to stations that count, by the people who do each step, over the service: owner, district,
// planner, tower company, town, operator. What each of them may not do is tested at its own desk.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requiredPhotoKinds } from '../../engine/index.ts';
import type { BatchJson, BatchRowPageJson, CloseResultJson } from '../../server/contract/batches.ts';
import type { CaseDetailJson, CasePageJson } from '../../server/contract/cases.ts';
import type { ClaimMadeJson } from '../../server/contract/claims.ts';
import type { DirectoryDetailJson, DirectoryJson } from '../../server/contract/directories.ts';
import type { ImportReportJson } from '../../server/contract/imports.ts';
import type { PhotoJson } from '../../server/contract/photos.ts';
import type { PlanDetailJson, PlanItemPageJson, PlanJson } from '../../server/contract/plans.ts';
import type { ProgressJson } from '../../server/contract/progress.ts';
import type { BulkMoveResultJson, ResourcePageJson } from '../../server/contract/resources.ts';
import type { Role } from '../../server/permission/permission-table.ts';
import { loadDistricts, saveTowns } from '../../server/store/districts.ts';
import { openTownApp, type TownApp } from '../server/app-on-town.ts';
import { anAccount, forgetPeople, PASSWORD } from '../server/people/people-app.ts';
import { aJpeg } from '../support/a-photo.ts';
import { signedInCookie } from '../support/sign-in.ts';
import { followPlan } from './desk.ts';

const OWNER = '城投物业';
const COMPANY = '东方铁塔';
const OPERATOR = '云汀移动';
const TOWN = '310999001';
const ROOFS = 200;
const organisations: Partial<Record<Role, string>> = { owner: OWNER, tower: COMPANY, operator: OPERATOR };

let town: TownApp;
let url = '';
const cookies = new Map<Role, string>();

beforeAll(async () => {
  town = await openTownApp();
  const { store } = town;
  // the lamp posts of the town are nobody's business here
  await store.query("update sites set status = 'unavailable' where status = 'candidate'", []);
  const [district] = await loadDistricts(store);
  await saveTowns(store, [{ code: TOWN, name: '云汀街道', districtCode: district!.code }]);
  await forgetPeople(store);
  url = await town.app.listen({ port: 0, host: '127.0.0.1' });
  for (const role of ['owner', 'district', 'planner', 'tower', 'town', 'operator'] as const) {
    await anAccount(store, role, role, {
      organisation: organisations[role] ?? `${role} 办公室`,
      territory:
        role === 'town'
          ? { everywhere: false, districtCodes: [], townCodes: [TOWN] }
          : { everywhere: false, districtCodes: [district!.code], townCodes: [] },
    });
    cookies.set(role, await signedInCookie(url, role, PASSWORD));
  }
}, 400_000);

afterAll(() => town?.close());

interface Sent {
  readonly json?: object;
  readonly form?: FormData;
  readonly version?: number;
  readonly method?: 'POST' | 'PUT' | 'PATCH';
}

/** The answer of the service to one of them; anything but success fails with what it said. */
async function as<T>(role: Role, path: string, sent: Sent | null = null): Promise<T> {
  const { json, form, version, method = 'POST' } = sent ?? {};
  const response = await fetch(url + path, {
    method: sent === null ? 'GET' : method,
    headers: {
      cookie: cookies.get(role)!,
      ...(sent !== null && { 'idempotency-key': randomUUID() }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    ...(form !== undefined && { body: form }),
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${role} ${path}: ${response.status} ${text.slice(0, 600)}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** Ten by twenty rooftops over the town. */
function rooftops(): string {
  const lines = [
    '资源编码,资源名称,资源类型,详细地址,经度,纬度,街镇,产权单位,是否免费,楼高,可用数量,供电方式',
  ];
  for (let place = 0; place < ROOFS; place++) {
    const lon = 121.2 + (35 + (place % 20) * 70) / 95_060;
    const lat = 31.36 + (50 + Math.floor(place / 20) * 100) / 110_880;
    const code = `WD-${String(place + 1).padStart(3, '0')}`;
    lines.push(
      `${code},楼顶 ${place + 1},政府机关,某路 ${place + 1} 号,${lon.toFixed(7)},${lat.toFixed(7)},${TOWN},${OWNER},必须免费,${15 + (place % 5) * 3},2,直供`,
    );
  }
  return `${lines.join('\n')}\n`;
}

const districtCode = async () => (await loadDistricts(town.store))[0]!.code;
const casesOf = (role: Role, query: string) => as<CasePageJson>(role, `/api/cases?pageSize=1000&${query}`);

let planId = '';
let chosen: string[] = [];
let batchId = '';

test('the owner brings two hundred rooftops and consents to all of them', async () => {
  const form = new FormData();
  form.append('file', new Blob([rooftops()]), '楼顶.csv');
  const report = await as<ImportReportJson>('owner', '/api/imports?kind=resources&mode=all', { form });
  expect(report).toMatchObject({ outcome: 'stored', stored: ROOFS });
  const { resources } = await as<ResourcePageJson>('owner', '/api/resources?pageSize=1000');
  expect(new Set(resources.map(({ state }) => state))).toEqual(new Set(['待产权确认']));
  const rows = resources.map(({ id, version }) => ({ id, version }));
  const confirmed = await as<BulkMoveResultJson>('owner', '/api/resources/confirmations', {
    json: { rows, dryRun: false },
  });
  expect(confirmed).toEqual({ dryRun: false, moved: ROOFS, refused: [] });
});

test('the district opens them and publishes the directory', async () => {
  const { resources } = await as<ResourcePageJson>(
    'district',
    '/api/resources?state=待产权确认&pageSize=1000',
  );
  const opened = await as<BulkMoveResultJson>('district', '/api/resources/moves', {
    json: { rows: resources.map(({ id, version }) => ({ id, version })), to: '已开放', dryRun: false },
  });
  expect(opened.moved).toBe(ROOFS);
  const directory = await as<DirectoryJson>('district', '/api/directories', {
    json: { districtCode: await districtCode(), note: '第一批' },
  });
  const detail = await as<DirectoryDetailJson>('tower', `/api/directories/${directory.id}`);
  expect(detail.directory.rows).toBe(ROOFS);
});

test('the plan of the planner stands on these rooftops', async () => {
  const started = await as<{ plan: PlanJson }>('planner', '/api/plans', {
    json: { ...town.request, ruleWord: '连片优质（严）' },
  });
  const { plan } = await followPlan(url, started.plan.id, cookies.get('planner')!);
  expect(plan.state).toBe('done');
  planId = plan.id;
  const { items } = await as<PlanItemPageJson>('planner', `/api/plans/${planId}/items?pageSize=5000`);
  chosen = items.filter(({ status }) => status === 'new').map(({ site }) => site.id);
  expect(chosen.length).toBeGreaterThan(2);
  const { summary } = (await as<PlanDetailJson>('planner', `/api/plans/${planId}`)).plan;
  expect(summary!.coveredShare).toBeGreaterThan(0.9);
});

test('the tower company claims every row of the plan', async () => {
  for (const siteId of chosen) {
    const made = await as<ClaimMadeJson>('tower', '/api/claims', {
      json: { planId, siteId, operators: [OPERATOR] },
    });
    expect(made).toMatchObject({ outcome: 'held', claim: { state: '持有', company: COMPANY } });
  }
  const { cases } = await casesOf('tower', `planId=${planId}`);
  expect(cases.map(({ state, operator, company }) => [state, operator, company])).toEqual(
    chosen.map(() => ['认领', OPERATOR, COMPANY]),
  );
}, 300_000);

test('town and district review the batch, and closing it lists what was agreed', async () => {
  const submitted = await as<BatchJson>('planner', '/api/batches', {
    json: {
      planId,
      districtCode: await districtCode(),
      title: '第一批',
      forOperators: [OPERATOR],
      submit: true,
    },
  });
  batchId = submitted.id;
  expect(submitted).toMatchObject({ state: '已提交', counts: { rows: chosen.length } });
  const rowsOf = async (role: Role) =>
    (await as<BatchRowPageJson>(role, `/api/batches/${batchId}/rows?pageSize=1000`)).rows;
  const seen = (rows: BatchRowPageJson['rows']) => rows.map(({ id, version }) => ({ id, version }));
  await as('town', `/api/batches/${batchId}/town-opinions`, {
    json: { rows: seen(await rowsOf('town')), opinion: '同意' },
  });
  const [last, ...rest] = (await rowsOf('district')).reverse();
  await as('district', `/api/batches/${batchId}/decisions`, { json: { rows: seen(rest), decision: '同意' } });
  await as('district', `/api/batches/${batchId}/decisions`, {
    json: { rows: seen([last!]), decision: '不同意', reasonCode: '居民投诉风险', reasonText: '紧邻幼儿园' },
  });
  const batch = await as<BatchJson>('district', `/api/batches/${batchId}`);
  const closed = await as<CloseResultJson>('district', `/api/batches/${batchId}/close`, {
    json: { dryRun: false },
    version: batch.version,
  });
  expect(closed).toMatchObject({ closed: true, batch: { state: '已关闭' } });
  const { cases } = await casesOf('tower', `planId=${planId}`);
  expect(cases.filter(({ state }) => state === '不同意').map(({ siteId }) => siteId)).toEqual([last!.siteId]);
  expect(cases.filter(({ listedAt }) => listedAt !== null)).toHaveLength(chosen.length - 1);
});

test('what was agreed is surveyed, built, handed over, on the air and accepted, and the report counts it', async () => {
  const { cases } = await casesOf('tower', `planId=${planId}&state=认领,谈点,列入计划`);
  expect(cases).toHaveLength(chosen.length - 1);
  for (const { id } of cases) await goOnAir(id);
  const report = await as<ProgressJson>('district', '/api/progress');
  const built = chosen.length - 1;
  expect(report.total).toEqual({
    listed: { total: built, added: built },
    built: { total: built, added: built },
    onAir: { total: built, added: built },
    accepted: { total: built, added: built },
    // the tower that stood there before
    standing: 1,
  });
  expect(report.rows.map(({ townName, onAir }) => [townName, onAir.total])).toContainEqual([
    '云汀街道',
    built,
  ]);
  const physical = await as<ProgressJson>('district', '/api/progress?unit=physical&form=pole');
  expect(physical.total.onAir.total).toBe(0);
  const yesterday = await as<ProgressJson>('district', '/api/progress?from=2020-01-01&to=2020-12-31');
  expect(yesterday.total.onAir.total).toBe(0);
  const sites = await town.store.query<{ count: number }>(
    "select count(*)::int as count from sites where id = any ($1::text[]) and status = 'existing'",
    [chosen],
  );
  expect(sites.rows[0]!.count).toBe(built);
}, 400_000);

/** One station through the hands of tower company, operator and district. */
async function goOnAir(caseId: string): Promise<void> {
  const path = `/api/cases/${caseId}`;
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const move = async (role: Role, to: string, fields: object = {}) => {
    const { version } = await as<CaseDetailJson>(role, path);
    return as<CaseDetailJson>(role, `${path}/moves`, { json: { to, fields }, version });
  };
  const { state } = await as<CaseDetailJson>('tower', path);
  expect(state).toBe('认领');
  await move('tower', '谈点');
  await move('tower', '勘察设计', { agreedOn: today, agreement: '进场协议 1 号' });
  const photoIds: string[] = [];
  for (const kind of requiredPhotoKinds) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(aJpeg({ width: 8 + photoIds.length }))]), `${kind}.jpg`);
    const photo = await as<PhotoJson>(
      'tower',
      `/api/photos?caseId=${caseId}&kind=${encodeURIComponent(kind)}`,
      {
        form,
      },
    );
    photoIds.push(photo.id);
  }
  const { position } = await as<CaseDetailJson>('tower', path);
  await as('tower', `${path}/survey`, {
    method: 'PUT',
    version: 0,
    json: {
      position,
      accuracyM: 3,
      mountHeightM: 18,
      structureCheck: '可用',
      powerMode: '直供',
      powerDistanceM: 10,
      powerKva: 20,
      fibre: '就近',
      ductDistanceM: 30,
      room: '',
      surveyedOn: today,
      surveyor: '王工',
      remark: '',
      photoIds,
    },
  });
  await move('tower', '报建备案');
  await move('tower', '建设', { filingNumber: 'BA-1', filedOn: today });
  await move('tower', '交付', { completedOn: today });
  const { version } = await as<CaseDetailJson>('operator', path);
  await as('operator', `${path}/delivery`, { version });
  await move('operator', '开通', { onAirOn: today, onAirEvidence: '拨测报告 1' });
  await move('district', '验收', { acceptedOn: today });
}
