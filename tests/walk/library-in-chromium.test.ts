// The library in a real browser: a resource entered by hand gets its place by a click on the map, the owner consents to several at
// once and adds photos, and signing in as somebody else shows what is theirs. Then from where people stand: a row of a plan is claimed
// from its card, and rows of the plan, of the library and of the sites go into new batches; the plan is submitted and
// approved. At last what is open is published, and the directory looked at in table and map.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchJson, BatchRowPageJson } from '../../server/contract/batches.ts';
import type { ClaimPageJson } from '../../server/contract/claims.ts';
import type { DirectoryDetailJson, DirectoryJson } from '../../server/contract/directories.ts';
import type { PlanDetailJson, PlanItemPageJson, PlanJson } from '../../server/contract/plans.ts';
import type { ResourcePageJson } from '../../server/contract/resources.ts';
import { DEMO_PASSWORD } from '../../server/people/demo-accounts.ts';
import { loadDistricts } from '../../server/store/districts.ts';
import { openTownApp, type TownApp } from '../server/app-on-town.ts';
import { anAccount, forgetPeople, PASSWORD } from '../server/people/people-app.ts';
import { aJpeg } from '../support/a-photo.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';

const OWNER = '城投物业';
/** A busy machine may take long between two steps. */
const patience = { timeout: 60_000 };
let town: TownApp | null = null;
let browser: OpenBrowser | null = null;
let url = '';
let folder = '';
/** Of the plan that is claimed from. */
let planId = '';

const organisations = {
  owner: OWNER,
  district: '区科委',
  planner: '规划院',
  tower: '甲铁塔',
  operator: '甲电信',
} as const;

beforeAll(async () => {
  browser = await openChromium('the library in a real browser');
  if (!browser) return;
  folder = mkdtempSync(join(tmpdir(), 'zhanzhi-walk-'));
  town = await openTownApp({ photoDir: join(folder, 'photos') });
  const { store } = town;
  const [district] = await loadDistricts(store);
  await forgetPeople(store);
  for (const role of Object.keys(organisations) as (keyof typeof organisations)[])
    await anAccount(store, role, role, {
      organisation: organisations[role],
      territory: { everywhere: false, districtCodes: [district!.code], townCodes: [] },
    });
  url = await town.app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await browser?.close();
  await town?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const byId = (id: string) => browser!.page.locator(`[data-testid="${id}"]`);

async function signIn(login: keyof typeof organisations): Promise<void> {
  const reply = await browser!.page.request.post(`${url}/api/session`, {
    data: { login, password: PASSWORD },
  });
  expect(reply.status()).toBe(200);
}

async function get<T>(path: string): Promise<T> {
  return (await (await browser!.page.request.get(url + path)).json()) as T;
}

test('an owner adds a roof, places it on the map, and consents', async () => {
  if (!browser) return;
  expect(PASSWORD).not.toBe(DEMO_PASSWORD);
  const { page } = browser;
  const roof = async () => (await get<ResourcePageJson>('/api/resources?q=WD-1')).resources[0];
  await signIn('owner');

  await page.goto(`${url}/library`);
  await byId('library-add').click();
  await byId('resource-field-code').fill('WD-1');
  await byId('resource-field-name').fill('文化馆楼顶');
  await byId('resource-field-resourceType').click();
  await page.keyboard.type('政府机关');
  await page.keyboard.press('Enter');
  // a double click makes no second one, and no refusal of it
  await byId('new-resource-save').dblclick();
  await byId('new-resource-dialog').waitFor({ state: 'detached' });
  expect(await roof()).toMatchObject({ owner: OWNER, state: '待定位', position: null });

  await byId('resource-locate').click();
  await byId('locate-on-map').click();
  await byId('placing-bar').getByText('文化馆楼顶').waitFor();
  await page.waitForSelector('[data-testid="map"][data-map-state="idle"]');
  await byId('map').click({ position: { x: 300, y: 260 } });
  await expect.poll(() => byId('placing-position').innerText()).toContain('121.');
  // a click means the place and opens no card
  expect(await byId('site-card').count()).toBe(0);
  await byId('placing-save').click();
  await page.waitForURL('**/library**');
  expect(await roof()).toMatchObject({ state: '待产权确认', locationQuality: '图上' });

  await page.goto(`${url}/library`);
  await byId('library-table')
    .locator('.ant-table-row input[type="checkbox"], [role="row"] input[type="checkbox"]')
    .last()
    .check();
  await byId('library-bulk').click();
  await byId('bulk-to').click();
  await page.getByTitle('产权单位确认').click();
  await byId('bulk-ok').click();
  await byId('bulk-preview').waitFor();
  await byId('bulk-ok').click();
  await byId('bulk-dialog').waitFor({ state: 'detached' });
  expect((await roof())!.ownerConfirmedAt).not.toBe(null);
}, 300_000);

test('its owner adds photos and takes one back; an operator sees them without the place, and adds none', async () => {
  if (!browser) return;
  const { page } = browser;
  const { id, position } = (await get<ResourcePageJson>('/api/resources?q=WD-1')).resources[0]!;
  const [lon = 0, lat = 0] = position ?? [];
  const camera = (east: number) => ({ takenAt: '2026:03:02 10:00:00', position: [lon + east, lat] as const });
  const near = join(folder, '楼顶.jpg');
  const far = join(folder, '别处.jpg');
  writeFileSync(near, aJpeg({ camera: camera(0.001) }));
  writeFileSync(far, aJpeg({ width: 32, camera: camera(0.1) }));
  const open = async (count: number) => {
    await page.goto(`${url}/library?resource=${encodeURIComponent(id)}`);
    await byId('resource-drawer')
      .getByRole('tab', { name: `照片（${count}）` })
      .click();
    await byId('resource-photos').waitFor();
  };
  await open(0);
  await byId('photo-input').setInputFiles([near, far]);
  await byId('photo-gallery').getByText('拍摄地距资源位置', { exact: false }).waitFor();
  await byId('resource-drawer').getByRole('tab', { name: '照片（2）' }).waitFor();
  await byId('photo').filter({ hasText: '拍摄地距资源位置' }).locator('[data-testid="photo-remove"]').click();
  await byId('photo-remove-ok').click();
  await byId('resource-drawer').getByRole('tab', { name: '照片（1）' }).waitFor();
  await byId('resource-drawer').getByRole('tab', { name: '变更记录' }).click();
  await byId('resource-history').getByText('删除照片').waitFor();

  await signIn('operator');
  await open(1);
  const picture = byId('photo').locator('img').first();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  expect([await byId('photo-add').count(), await byId('photo-remove').count()]).toEqual([0, 0]);
}, 300_000);

test('a row of a plan is claimed from its card, and rows of plan, library and sites go into new batches', async () => {
  if (!browser || !town) return;
  const { page } = browser;
  const { store, request } = town;
  await signIn('planner');
  const once = () => ({ 'idempotency-key': randomUUID() });
  const taken = await page.request.post(`${url}/api/resources/take-over`, {
    data: { dryRun: false },
    headers: once(),
  });
  expect(taken.status()).toBe(200);
  await store.query("update resources set whitelisted = true where state = '待产权确认'", []);
  await store.query("update resources set state = '已开放' where state = '待产权确认'", []);
  const asked = await page.request.post(`${url}/api/plans`, { data: request, headers: once() });
  const { plan } = (await asked.json()) as { plan: PlanJson };
  planId = plan.id;
  await expect
    .poll(async () => (await get<PlanDetailJson>(`/api/plans/${planId}`)).plan.state, { timeout: 120_000 })
    .toBe('done');
  const { items } = await get<PlanItemPageJson>(`/api/plans/${planId}/items?pageSize=1000`);
  const first = items.filter(({ status }) => status === 'new').sort((a, b) => a.rank - b.rank)[0]!.site;

  await signIn('tower');
  await page.goto(`${url}/?plan=${planId}&site=${encodeURIComponent(first.id)}`);
  await byId('site-claim').click();
  await byId('claim-operators').click();
  await page.keyboard.type('甲电信');
  await page.keyboard.press('Enter');
  await page.locator('.ant-modal-title').click();
  await byId('claim-preview').waitFor();
  await byId('claim-ok').click();
  await byId('claim-drawer').getByText('甲铁塔').waitFor();
  const { claims } = await get<ClaimPageJson>('/api/claims?mine=true');
  expect(claims.map(({ planId: ofPlan, resource }) => [ofPlan, resource.siteId])).toEqual([
    [planId, first.id],
  ]);

  await page.goto(`${url}/?plan=${planId}&site=${encodeURIComponent(first.id)}`);
  await byId('site-claim-held').getByText('甲铁塔').waitFor();
  await page.getByRole('tab', { name: '方案站址' }).click();
  await byId('item-under-way').first().getByText('持有').waitFor();

  /** The draft that was made of the rows with these places on the screen. */
  const batchOf = async (table: string, places: readonly number[]): Promise<BatchJson> => {
    const boxes = byId(table).locator('.ant-table-row input[type="checkbox"]');
    for (const place of places) await boxes.nth(place).check();
    await byId('new-batch-of-rows').click();
    await byId('new-batch-chosen')
      .getByText(`${places.length} / ${places.length}`, { exact: false })
      .waitFor();
    await byId('new-batch-save').click();
    await page.waitForURL('**/batches/*');
    return get<BatchJson>(`/api/batches/${page.url().split('/').at(-1)}`);
  };
  const ofPlan = await batchOf('items-table', [0, 1]);
  expect([ofPlan.planId, ofPlan.counts.rows]).toEqual([planId, 2]);
  const { rows } = await get<BatchRowPageJson>(`/api/batches/${ofPlan.id}/rows`);
  expect(rows[0]).toMatchObject({ siteId: first.id, planId });

  await page.goto(`${url}/?plan=${planId}`);
  await page.getByRole('tab', { name: '候选库' }).click();
  await byId('sites-table').waitFor();
  const ofSites = await batchOf('sites-table', [0, 1]);
  expect([ofSites.planId, ofSites.counts.rows]).toEqual([null, 2]);

  await page.goto(`${url}/library?state=已开放&order=desc`);
  const ofLibrary = await batchOf('library-table', [0, 1, 2]);
  expect([ofLibrary.planId, ofLibrary.counts.rows]).toEqual([null, 3]);
  expect(browser.troubles.filter((trouble) => !/401/.test(trouble))).toEqual([]);
}, 400_000);

test('the plan is submitted from the map, and approved and put in force from the list', async () => {
  if (!browser) return;
  const { page } = browser;
  await signIn('planner');
  await page.goto(`${url}/?plan=${planId}`);
  await byId('plan-office-open').click();
  await byId('office-to-审查').click();
  await byId('office-ok').click();
  await page.locator('[data-testid=plan-office][data-state=审查]').waitFor();

  await signIn('district');
  await page.goto(`${url}/home`);
  await byId('agenda-plans-approve').click();
  await byId('plan-to-office').click();
  await page.waitForURL(`**/plans/${planId}/office`);
  await byId('office-to-批复').click();
  await byId('office-documentNo').fill('甲发〔2026〕3号');
  await page.keyboard.press('Tab');
  await byId('office-ok').click();
  await byId('office-to-生效').click();
  await byId('office-dialog').getByText('生效日期').waitFor();
  await byId('office-ok').click();
  await page.locator('[data-testid=plan-office][data-state=生效]').waitFor();
  await byId('office-history').click();
  await byId('moments').getByText('办理状态: 批复 → 生效').waitFor();
  await page.goto(`${url}/plans?office=生效`);
  await byId('plans-table').getByText('甲发〔2026〕3号').waitFor();
}, 120_000);

test('table and map of the library are linked both ways, and the map window limits the rows', async () => {
  if (!browser) return;
  const { page } = browser;
  await page.request.post(`${url}/api/session`, { data: { login: 'owner', password: PASSWORD } });
  const { resources, total: all } = (await (
    await page.request.get(`${url}/api/resources`)
  ).json()) as ResourcePageJson;
  const roof = resources.find(({ code }) => code === 'WD-1');
  const located = resources.filter(({ position }) => position !== null).length;
  const [lon, lat] = roof!.position as [number, number];
  const windowAt = (east: number) =>
    [lon + east - 0.001, lat - 0.001, lon + east + 0.001, lat + 0.001]
      .map((value) => value.toFixed(5))
      .join();
  const rings = () => byId('library-map-marks').getAttribute('data-rings');
  const total = () => byId('library-total').textContent();
  const stands = () => page.waitForSelector('[data-testid="library-map-canvas"][data-map-state="idle"]');

  // a window without rows: nothing in table and counts, until all are shown and the window follows
  await page.goto(`${url}/library?map=1&bbox=${windowAt(0.5)}`);
  await byId('library-empty').waitFor();
  await stands();
  expect(await total()).toBe('共 0 条');
  expect(await byId('library-map-limit').isChecked()).toBe(true);
  await byId('library-map-all').click();
  await expect.poll(total, patience).toBe(`共 ${located} 条`);
  expect(await byId('library-map-count').textContent()).toContain(`共 ${all} 条`);

  // a window that comes from elsewhere (a saved view): the map goes there
  await page.evaluate(
    (address) => {
      history.pushState(null, '', address);
      dispatchEvent(new PopStateEvent('popstate'));
    },
    `/library?map=1&bbox=${windowAt(0)}`,
  );
  await expect.poll(() => byId('library-map-marks').getAttribute('data-marks'), patience).toBe('1');
  await stands();
  // beside the rows
  const [map, table] = [await byId('library-map').boundingBox(), await byId('library-table').boundingBox()];
  expect(map!.x).toBeGreaterThanOrEqual(table!.x + table!.width);
  expect(await rings()).toBe('0');
  const row = byId('library-table').locator('.ant-table-row');
  await row.hover({ position: { x: 60, y: 12 } });
  await expect.poll(rings, patience).toBe('1');
  await page.mouse.move(0, 0);
  await expect.poll(rings, patience).toBe('0');

  await byId('library-map-canvas').click();
  await byId('resource-drawer').getByText('WD-1').first().waitFor();
  expect(new URL(page.url()).searchParams.get('resource')).toBe(roof!.id);
  await expect.poll(rings, patience).toBe('1');
  // the drawer lies over the rows, the map stays in sight
  const drawer = await page.locator('.ant-drawer-content-wrapper, .ant-drawer-section').first().boundingBox();
  expect(drawer!.x + drawer!.width).toBeLessThanOrEqual(map!.x);

  await page.goto(`${url}/library?map=1&bbox=${windowAt(0)}`);
  await page.setViewportSize({ width: 420, height: 900 });
  await stands();
  const [above, rows] = [await byId('library-map').boundingBox(), await byId('library-table').boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(rows!.y);
  await byId('library-map-limit').click();
  await page.waitForFunction(() => !window.location.search.includes('bbox'));
  await byId('library-map-toggle').click();
  await byId('library-map').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.has('map')).toBe(false);
  await page.setViewportSize({ width: 1440, height: 900 });
}, 300_000);

test('a directory is opened, its rows and its map are linked both ways, and a link keeps filter, map and row', async () => {
  if (!browser || !town) return;
  const { page } = browser;
  const [district] = await loadDistricts(town.store);
  await signIn('district');
  const asked = await page.request.post(`${url}/api/directories`, {
    headers: { 'idempotency-key': 'publish-the-first' },
    data: { districtCode: district!.code },
  });
  expect(asked.status()).toBe(201);
  const { id, number } = (await asked.json()) as DirectoryJson;
  const { rows, total } = await get<DirectoryDetailJson>(`/api/directories/${id}?pageSize=1000`);
  const isFar = ({ position: [lon = 0, lat = 0] }: (typeof rows)[number], others: typeof rows) =>
    others.every(
      ({ position: [east = 0, north = 0] }) =>
        Math.abs(east - lon) > 0.0004 || Math.abs(north - lat) > 0.0004,
    );
  // one with nothing beside it
  const alone = rows.find((row) =>
    isFar(
      row,
      rows.filter((one) => one !== row),
    ),
  );
  const [lon, lat] = alone!.position as [number, number];
  const bbox = [lon - 0.0002, lat - 0.0002, lon + 0.0002, lat + 0.0002]
    .map((value) => value.toFixed(5))
    .join();
  const rings = () => byId('directory-map-marks').getAttribute('data-rings');
  const shownTotal = () => byId('directory-total').textContent();
  const row = (code: string) => byId('directory-table').locator('.ant-table-row').filter({ hasText: code });

  await page.goto(`${url}/directories`);
  await byId('directories-table').getByText(number).click();
  await page.waitForURL(`**/directories/${id}`);
  await expect.poll(shownTotal, patience).toBe(`共 ${total} 条`);
  await byId('directory-map-toggle').click();
  await page.waitForSelector('[data-testid="directory-map-canvas"][data-map-state="idle"]');
  expect(await byId('directory-map-count').textContent()).toContain(`共 ${total} 条`);

  // a click on its mark: the row is opened and marked
  await page.goto(`${url}/directories/${id}?map=1&bbox=${bbox}`);
  await expect.poll(() => byId('directory-map-marks').getAttribute('data-marks'), patience).toBe('1');
  await page.waitForSelector('[data-testid="directory-map-canvas"][data-map-state="idle"]');
  await byId('directory-map-canvas').click();
  await byId('directory-row').getByText(alone!.code, { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('row')).toBe(alone!.resourceId);
  await expect.poll(rings, patience).toBe('1');
  await expect.poll(() => row(alone!.code).getAttribute('class'), patience).toContain('opened');

  // a click on a row: its mark is ringed, and the address says all of it
  await page.goto(`${url}/directories/${id}?map=1`);
  await page.getByPlaceholder('编号、名称、地址或产权单位').fill(alone!.code);
  await page.keyboard.press('Enter');
  await expect.poll(shownTotal, patience).toBe('共 1 条');
  await page.waitForSelector('[data-testid="directory-map-canvas"][data-map-state="idle"]');
  await row(alone!.code).click({ position: { x: 260, y: 12 } });
  await expect.poll(rings, patience).toBe('1');
  await page.reload();
  await byId('directory-row').getByText(alone!.code, { exact: true }).waitFor();
  await expect.poll(shownTotal, patience).toBe('共 1 条');
  await expect.poll(rings, patience).toBe('1');
  await byId('directory-row-resource').click();
  await byId('resource-drawer').getByText(alone!.code, { exact: true }).first().waitFor();
}, 300_000);
