// A terrain model with a mouse in a real browser: chosen, checked with its figures, kept, seen as relief, and taken out again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { loadRasters } from '../../server/store/rasters.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';
import { degreeKeys, makeGeotiff } from '../support/make-geotiff.ts';
import { somePeople } from '../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';

let opened: TestStore | null = null;
let service: Service | null = null;
let browser: OpenBrowser | null = null;
let folder = '';

beforeAll(async () => {
  browser = await openChromium('a terrain model in a real browser');
  if (!browser) return;
  folder = mkdtempSync(join(tmpdir(), 'zhanzhi-walk-'));
  opened = await openEmbeddedTestStore();
  service = await startService({
    store: opened.store,
    config: { ...readConfig({}), port: 0, logLevel: 'silent' },
  });
  await enterAs(browser, service.url, (await somePeople(opened.store)).planner);
});

afterAll(async () => {
  await browser?.close();
  await service?.close();
  await opened?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('a terrain model is checked, kept, shown as relief and deleted', async () => {
  if (!browser || !service || !opened) return;
  const { page } = browser;
  const { store } = opened;
  const byId = (id: string) => page.locator(`[data-testid="${id}"]`);
  const file = join(folder, '山.tif');
  const cellAt = (column: number, row: number): number =>
    column === 0 ? -9999 : 40 + 6 * Math.abs(column - 50) + 4 * Math.abs(row - 40);
  const frame = { columns: 100, rows: 80, west: 121.4, north: 31.3, step: 1 / 1200 };
  writeFileSync(file, makeGeotiff({ ...frame, cellAt, noData: -9999, keys: degreeKeys() }));

  await page.goto(`${service.url}/import`);
  await byId('import-kind').getByText('地形高程', { exact: true }).click();
  await byId('file-input').setInputFiles(file);
  await byId('import-check').click();
  await byId('import-raster').waitFor();
  expect(await byId('stat-raster-heights').innerText()).toContain('40 m – 494 m');
  expect(await byId('stat-raster-holes').innerText()).toContain('80');
  expect(await byId('import-report').innerText()).toContain('8000 个像元中有 80 个没有高程');
  expect(await loadRasters(store)).toEqual([]);
  await byId('import-all').click();
  await byId('stored-raster').waitFor();
  expect((await loadRasters(store)).map(({ name }) => name)).toEqual(['山']);

  const picture = page.waitForResponse((response) => response.url().includes('/preview.png'));
  await page.goto(`${service.url}/?map=11/31.26/121.44`);
  expect((await picture).status()).toBe(200);
  await page.getByText('图层', { exact: true }).click();
  expect(await byId('layer-relief').getAttribute('data-visible')).toBe('true');

  await page.goto(`${service.url}/import`);
  await byId('import-kind').getByText('地形高程', { exact: true }).click();
  await byId('raster-delete').click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: '删除' }).click();
  await expect.poll(async () => (await loadRasters(store)).length).toBe(0);
  expect(browser.troubles).toEqual([]);
});
