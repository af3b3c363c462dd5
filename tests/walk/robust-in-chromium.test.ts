// A preview in a real browser. A struck site: the list of differences first, every figure after it, and saved as it stood on the screen.
// Scenarios: a preview is asked how firmly it stands, with other amounts again and stopped half-way, while the page goes on
// answering; a robust plan is ticked in the set-up, computed by the service, and read in its details. Several operators: asked for, read.
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { aTown } from '../support/a-town.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';
import { somePeople } from '../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';
import { type Desk, deskAt } from './desk.ts';

const town = aTown();
let opened: TestStore | null = null;
let service: Service | null = null;
let browser: OpenBrowser | null = null;
let desk: Desk;

beforeAll(async () => {
  browser = await openChromium('scenarios in a real browser');
  if (!browser) return;
  opened = await openEmbeddedTestStore();
  service = await startService({
    store: opened.store,
    config: { ...readConfig({}), port: 0, logLevel: 'silent' },
  });
  const people = await somePeople(opened.store);
  desk = deskAt(service.url, people);
  await enterAs(browser, service.url, people.planner);
  for (const [kind, file] of [
    ['areas', town.area],
    ['districts', town.district],
    ['sites', town.sites],
    ['buildings', town.buildings],
    ['roads', town.roads],
    ['demand', town.demand],
  ] as const)
    await desk.importFile(kind, file);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await service?.close();
  await opened?.close();
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function chooseArea(page: Page): Promise<void> {
  const [area] = await desk.areas();
  await page.goto(service!.url);
  await page.waitForSelector('[data-testid="map"][data-map-state="idle"]', { timeout: 90_000 });
  await byId(page, 'areas-select').click();
  const option = page.locator('.ant-select-item-option', { hasText: area!.name });
  await option.waitFor();
  // a plan of the test before may have brought it along
  const isChosen = await option.evaluate((shown) =>
    shown.classList.contains('ant-select-item-option-selected'),
  );
  if (!isChosen) await option.click();
  await page.keyboard.press('Escape');
}

/** The town's area in a preview whose search has ended. */
async function openPreview(page: Page): Promise<void> {
  await chooseArea(page);
  await byId(page, 'run-preview').click({ timeout: 60_000 });
  await byId(page, 'preview-panel').waitFor({ timeout: 60_000 });
  await page.waitForSelector('[data-testid="preview-search"][data-state="settled"]', { timeout: 120_000 });
}

const figures = ['sites', 'cost', 'covered', 'existing', 'people', 'quality'] as const;

async function figuresIn(page: Page): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const name of figures) told[name] = await byId(page, `figure-${name}`).locator('dd').innerText();
  return told;
}

const rowsIn = async (page: Page) => Number(await byId(page, 'items-table').getAttribute('data-rows'));

const totalOf = async (page: Page, list: 'opened' | 'closed') => {
  const rows = byId(page, `preview-${list}`);
  return (await rows.count()) === 0 ? 0 : Number(await rows.getAttribute('data-total'));
};

test('a struck site: the list of differences comes before the figures, and they agree with it and with the saved plan', async () => {
  if (!browser || !service) return;
  const { page } = browser;
  const watch = new URL('../../scripts/bench/strike-watch.mjs', import.meta.url);
  await page.addInitScript({ path: fileURLToPath(watch) });
  await openPreview(page);
  const before = await rowsIn(page);
  const first = byId(page, 'items-table').locator('.ant-table-row').first();
  const name = await first.locator('.ant-table-cell').nth(1).innerText();
  await first.click();
  await byId(page, 'strike').waitFor();
  await page.evaluate('strikeNotes.length = 0');
  await byId(page, 'strike').click();
  await page.waitForSelector('[data-testid="preview-change"][data-cause="strike"]');
  expect(await byId(page, 'preview-closed').innerText()).toContain(name);
  const notes = async () => (await page.evaluate('strikeNotes.map(({ what }) => what)')) as string[];
  await expect.poll(notes, { timeout: 60_000 }).toContain('result');
  // the frame itself may come late on a busy machine
  const told = (await notes()).filter((what) => what !== 'painted');
  expect(told.slice(0, 4)).toEqual(['click', 'moved', 'list', 'result']);

  const changes = (await totalOf(page, 'opened')) - (await totalOf(page, 'closed'));
  expect(await rowsIn(page)).toBe(before + changes);
  const shown = await figuresIn(page);
  expect(shown.sites).toBe(String(before + changes));
  expect(await page.locator('.plan-figures').getAttribute('aria-busy')).toBe('false');
  expect(await byId(page, 'items-table').getByText(name, { exact: true }).count()).toBe(0);

  await byId(page, 'preview-keep').click();
  await page.waitForSelector('[data-testid="plan-header"][data-kind="saved"]', { timeout: 120_000 });
  expect(await figuresIn(page)).toEqual(shown);
  expect(browser.troubles).toEqual([]);
}, 300_000);

test('a preview says what it keeps in each scenario, and a ticked scenario makes the plan hold there', async () => {
  if (!browser || !service) return;
  const { page } = browser;
  await openPreview(page);
  await byId(page, 'preview-weigh').click();
  await page.waitForSelector('[data-testid="preview-firmness"][data-done="true"]', { timeout: 120_000 });
  const rows = byId(page, 'preview-scenarios').locator('tbody tr');
  // threshold and fading up and down, and the other weight; the town has one price class
  expect(await rows.count()).toBe(5);

  await byId(page, 'weigh-threshold').fill('6');
  await byId(page, 'weigh-sigma').fill('0');
  await byId(page, 'weigh-price').fill('0');
  await byId(page, 'weigh-again').click();
  await page.waitForSelector('[data-scenario="threshold+6"]', { timeout: 120_000 });
  await byId(page, 'weigh-again').click();
  await byId(page, 'preview-weigh-stop').click();
  await byId(page, 'preview-firmness').waitFor({ state: 'detached' });

  await byId(page, 'requirements').click();
  await byId(page, 'robust-threshold').scrollIntoViewIfNeeded();
  await byId(page, 'robust-threshold').click();
  await byId(page, 'robust-weight').click();
  await byId(page, 'run-plan').click();
  await page.waitForSelector('[data-testid="plan-header"][data-kind="saved"]', { timeout: 120_000 });
  await byId(page, 'plan-details').click();
  await byId(page, 'plan-scenarios').waitFor();
  expect(await byId(page, 'plan-scenarios').locator('tbody tr[data-reached="true"]').count()).toBe(3);
  await byId(page, 'plan-scenarios').scrollIntoViewIfNeeded();
  expect(browser.troubles).toEqual([]);
}, 300_000);

test('two operators are asked for on the form; who stands where and what each pays is read on table, card, details and map', async () => {
  if (!browser || !service) return;
  const { page } = browser;
  await chooseArea(page);
  await byId(page, 'requirements').click();
  await byId(page, 'effort').getByText('快速').click();
  await byId(page, 'operator-add').click();
  await byId(page, 'operator-中国移动-share').fill('85');
  await byId(page, 'operator-中国电信-share').fill('80');
  // a plan for several is no preview, and does not go with capacity
  expect(await byId(page, 'run-preview').isDisabled()).toBe(true);
  await byId(page, 'servers-least').getByText('2 站').click();
  await byId(page, 'requirements-wrong').waitFor();
  expect(await byId(page, 'operators').getByRole('alert').innerText()).toContain('容量');
  await byId(page, 'servers-least').getByText('1 站').click();
  await byId(page, 'sharing-two').fill('25');
  await byId(page, 'sharing-source').fill('2026 年协议');
  await byId(page, 'run-plan').click();
  await page.waitForSelector('[data-testid="plan-header"][data-kind="saved"]', { timeout: 120_000 });

  const rows = byId(page, 'items-table').locator('.ant-table-row');
  const shared = rows.filter({ hasText: '移动' }).filter({ hasText: '电信' }).first();
  await shared.click();
  await byId(page, 'card-sharing').waitFor();
  const card = await byId(page, 'card-sharing').innerText();
  for (const told of ['中国移动', '中国电信', '2 家共址', '出资']) expect(card).toContain(told);

  await byId(page, 'operator-view').click();
  const asked = page.waitForRequest((request) =>
    decodeURIComponent(request.url()).includes('operator=中国电信'),
  );
  await page.locator('.ant-select-item-option', { hasText: '中国电信' }).click();
  await byId(page, 'operator-legend').getByText('覆盖图是中国电信的').waitFor();
  await asked;

  await byId(page, 'plan-details').click();
  const told = byId(page, 'plan-sharing');
  await told.waitFor();
  expect(await told.locator('tbody tr[data-reached="true"]').count()).toBe(2);
  expect(await byId(page, 'sharing-terms').innerText()).toContain('两家 25 %');
  expect(await byId(page, 'sharing-terms').innerText()).toContain('2026 年协议');
  expect(browser.troubles).toEqual([]);
}, 300_000);
