// Scenarios in a real browser: a preview is asked how firmly it stands, with other amounts again and stopped half-way, while the page goes on
// answering; a robust plan is ticked in the set-up, computed by the service, and read in its details.
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

test('a preview says what it keeps in each scenario, and a ticked scenario makes the plan hold there', async () => {
  if (!browser || !service) return;
  const { page } = browser;
  const [area] = await desk.areas();
  await page.goto(service.url);
  await page.waitForSelector('[data-testid="map"][data-map-state="idle"]', { timeout: 90_000 });
  await byId(page, 'areas-select').click();
  await page.locator('.ant-select-item-option', { hasText: area!.name }).click();
  await page.keyboard.press('Escape');
  await byId(page, 'run-preview').click({ timeout: 60_000 });
  await byId(page, 'preview-panel').waitFor({ timeout: 60_000 });
  await page.waitForSelector('[data-testid="preview-search"][data-state="settled"]', { timeout: 120_000 });
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
