// The same walk with a mouse and a keyboard in a real browser: import a file, draw an area, plan it, read why a site was
// chosen, refuse it, plan again without it, take the result home. Not one request leaves the machine.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { PlanAreasJson } from '../../server/contract/areas.ts';
import type { StatusJson } from '../../server/contract/catalogue.ts';
import { aTown } from '../support/a-town.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';
import { type People, somePeople } from '../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';
import { type Desk, deskAt } from './desk.ts';

const town = aTown();
let opened: TestStore | null = null;
let service: Service | null = null;
let browser: OpenBrowser | null = null;
let desk: Desk;
let people: People;
let folder = '';

beforeAll(async () => {
  browser = await openChromium('the walk in a real browser');
  if (!browser) return;
  folder = mkdtempSync(join(tmpdir(), 'zhanzhi-walk-'));
  opened = await openEmbeddedTestStore();
  service = await startService({
    store: opened.store,
    config: { ...readConfig({}), port: 0, logLevel: 'silent' },
  });
  people = await somePeople(opened.store);
  desk = deskAt(service.url, people);
  await enterAs(browser, service.url, people.planner);
  for (const [kind, file] of [
    ['districts', town.district],
    ['buildings', town.buildings],
    ['roads', town.roads],
    ['demand', town.demand],
  ] as const)
    await desk.importFile(kind, file);
});

afterAll(async () => {
  await browser?.close();
  await service?.close();
  await opened?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function mapAtRest(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid="map"][data-map-state="idle"]', { timeout: 90_000 });
}

test('a person walks from a file to a reviewed plan in the browser', async () => {
  if (!browser || !service) return;
  const { page } = browser;

  // import
  const sitesFile = join(folder, town.sites.fileName);
  writeFileSync(sitesFile, town.sites.text);
  await page.goto(`${service.url}/import`);
  await byId(page, 'file-input').setInputFiles(sitesFile);
  await byId(page, 'import-check').click();
  await byId(page, 'import-report').waitFor();
  expect(await byId(page, 'import-report').innerText()).toContain(String(town.siteCount));
  await byId(page, 'import-all').click();
  await expect
    .poll(async () => (await desk.get<StatusJson>('/api/status')).body.counts.sites, { timeout: 90_000 })
    .toBe(town.siteCount);
  await byId(page, 'import-to-map').waitFor();

  // grid: an area drawn on the map
  await byId(page, 'nav-map').click();
  await mapAtRest(page);
  await byId(page, 'draw-polygon').click();
  const frame = (await byId(page, 'map').boundingBox())!;
  const corner = (east: number, north: number) => ({
    x: frame.x + frame.width * east,
    y: frame.y + frame.height * north,
  });
  const corners = [corner(0.38, 0.36), corner(0.62, 0.36), corner(0.62, 0.6), corner(0.38, 0.6)];
  for (const { x, y } of corners) {
    await page.mouse.move(x, y, { steps: 4 });
    await page.mouse.click(x, y);
    await page.waitForTimeout(350);
  }
  await page.keyboard.press('Enter');
  await byId(page, 'area-name').fill('手绘片区');
  await page.getByRole('spinbutton', { name: '目标占比' }).fill('96');
  await byId(page, 'area-save').click();
  await byId(page, 'area-name').waitFor({ state: 'detached' });
  const [area] = await desk.areas();
  expect([area?.name, (area?.areaKm2 ?? 0) > 0.05]).toEqual(['手绘片区', true]);

  // submitted from where it was drawn
  await byId(page, 'area-open').click();
  await byId(page, 'area-to-已送审').click();
  await byId(page, 'area-move-ok').click();
  await byId(page, 'area-to-草稿').waitFor();
  await page.keyboard.press('Escape');
  await byId(page, 'nav-map').click();
  await mapAtRest(page);

  // coverage, selection, plan: what the area is to reach stands in the form
  expect(await byId(page, 'area-targets').innerText()).toContain('96');
  await byId(page, 'run-plan').click();
  await page.waitForSelector('[data-testid="plan-header"][data-kind="saved"]', { timeout: 120_000 });
  await mapAtRest(page);
  const planId = new URL(page.url()).searchParams.get('plan')!;
  const detail = await desk.detail(planId);
  expect([detail.plan.request.targetShare, detail.plan.summary?.status]).toEqual([0.96, 'reached']);
  expect(await byId(page, 'plan-rule').innerText()).toContain('−105 dBm');
  const items = (await desk.items(planId)).items.filter((item) => item.status === 'new');
  expect(items.length).toBeGreaterThan(0);

  // why this site
  if (!(await byId(page, 'items-table').isVisible())) await byId(page, 'toggle-bottom').click();
  const first = items[0]!.site;
  await byId(page, 'items-table').getByText(first.name, { exact: true }).click();
  const card = byId(page, 'site-card');
  await card.waitFor();
  expect(await card.innerText()).toContain(first.name);
  await byId(page, 'link-budget').getByText('SS-RSRP').first().waitFor();
  expect(await byId(page, 'placed-by').innerText()).not.toBe('');

  // review: refused by keyboard and mouse, by somebody who did not make the plan; the address opens the same card
  await page.waitForURL((address) => address.searchParams.get('site') === first.id);
  expect(await byId(page, 'card-refuse').count()).toBe(0);
  await enterAs(browser, service.url, people.city);
  await page.reload();
  await byId(page, 'card-refuse').click();
  await byId(page, 'decision-reason').getByText('居民投诉风险').click();
  await byId(page, 'decision-text').fill('紧邻幼儿园');
  await byId(page, 'decision-save').click();
  await byId(page, 'decision-dialog').waitFor({ state: 'detached' });
  await expect
    .poll(
      async () =>
        (await desk.items(planId)).items.find((item) => item.site.id === first.id)?.review?.decision,
    )
    .toBe('不同意');

  // the area is approved by the keyboard, and the next plan says so
  await page.goto(`${service.url}/areas?show=decidable`);
  await byId(page, 'areas-rows').getByText('手绘片区').waitFor();
  await byId(page, 'areas-rows').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await byId(page, 'area-to-已批准').press('Enter');
  await byId(page, 'area-document').fill('试规〔2026〕1 号');
  await byId(page, 'area-move-ok').press('Enter');
  await byId(page, 'area-move-dialog').waitFor({ state: 'detached' });
  await page.goto(`${service.url}/?plan=${planId}`);

  // plan again without it, by who made it
  await enterAs(browser, service.url, people.planner);
  await page.reload();
  await byId(page, 'plan-review').click();
  await byId(page, 'review-replan').click();
  await byId(page, 'replan-start').click();
  await byId(page, 'plan-difference').waitFor({ timeout: 120_000 });
  await byId(page, 'replan-open-review').click();
  await page.waitForURL((url) => !url.pathname.includes(planId));
  const nextId = new URL(page.url()).pathname.split('/')[2]!;
  const next = await desk.items(nextId);
  expect(next.items.some((item) => item.site.id === first.id)).toBe(false);
  expect((await desk.detail(nextId)).plan.summary?.status).toBe('reached');

  const standing = async (id: string) =>
    (await desk.get<PlanAreasJson>(`/api/plans/${id}/areas`)).body.areas?.map(({ state, number }) => [
      state,
      number,
    ]);
  expect([await standing(planId), await standing(nextId)]).toEqual([[['已送审', null]], [['已批准', 1]]]);

  // export
  await page.goto(`${service.url}/?plan=${nextId}`);
  await mapAtRest(page);
  await byId(page, 'plan-export').click();
  const [download] = await Promise.all([page.waitForEvent('download'), byId(page, 'export-csv').click()]);
  const csv = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/);
  expect(csv.length).toBe(next.total + 1);

  const host = new URL(service.url).host;
  expect(browser.requests.filter((address) => new URL(address).host !== host)).toEqual([]);
  expect(browser.troubles).toEqual([]);
}, 240_000);

test('the first screen speaks Chinese, and English when asked', async () => {
  if (!browser || !service) return;
  const { page } = browser;
  await page.goto(service.url);
  await mapAtRest(page);
  const chinese = await page.locator('body').innerText();
  expect(chinese).toContain('地图规划');
  await byId(page, 'language-switch').click();
  await page.getByText('Target share', { exact: false }).first().waitFor();
  const panel = await byId(page, 'top-bar').innerText();
  expect(panel).not.toContain('地图规划');
  await byId(page, 'language-switch').click();
  await page.getByText('地图规划').first().waitFor();
}, 90_000);
