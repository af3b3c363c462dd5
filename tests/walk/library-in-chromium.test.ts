// The library in a real browser: a resource entered by hand gets its place by a click on the map, the owner consents to several at
// once, and signing in as somebody else shows what is theirs.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResourcePageJson } from '../../server/contract/resources.ts';
import { DEMO_PASSWORD } from '../../server/people/demo-accounts.ts';
import { loadDistricts } from '../../server/store/districts.ts';
import { openTownApp, type TownApp } from '../server/app-on-town.ts';
import { anAccount, forgetPeople, PASSWORD } from '../server/people/people-app.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';

const OWNER = '城投物业';
let town: TownApp | null = null;
let browser: OpenBrowser | null = null;
let url = '';

beforeAll(async () => {
  browser = await openChromium('the library in a real browser');
  if (!browser) return;
  town = await openTownApp();
  const { store } = town;
  const [district] = await loadDistricts(store);
  await forgetPeople(store);
  for (const role of ['owner', 'district'] as const)
    await anAccount(store, role, role, {
      organisation: role === 'owner' ? OWNER : '区科委',
      territory: { everywhere: false, districtCodes: [district!.code], townCodes: [] },
    });
  url = await town.app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await browser?.close();
  await town?.close();
});

test('an owner adds a roof, places it on the map, and consents', async () => {
  if (!browser) return;
  expect(PASSWORD).not.toBe(DEMO_PASSWORD);
  const { page } = browser;
  const byId = (id: string) => page.locator(`[data-testid="${id}"]`);
  const roof = async () =>
    ((await (await page.request.get(`${url}/api/resources?q=WD-1`)).json()) as ResourcePageJson).resources[0];
  expect(
    (
      await page.request.post(`${url}/api/session`, { data: { login: 'owner', password: PASSWORD } })
    ).status(),
  ).toBe(200);

  await page.goto(`${url}/library`);
  await byId('library-add').click();
  await byId('resource-field-code').fill('WD-1');
  await byId('resource-field-name').fill('文化馆楼顶');
  await byId('resource-field-resourceType').click();
  await page.keyboard.type('政府机关');
  await page.keyboard.press('Enter');
  await byId('new-resource-save').click();
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
