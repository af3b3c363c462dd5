// Two tower companies at one pole in a real browser: the first claims it, the second learns by which rule it lost and takes a substitute
// with one click, surveys it with photos and delivers it. Then many at once, of which one is lost and the answer gets lost as well.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { CasePageJson } from '../../server/contract/cases.ts';
import type { ClaimPageJson } from '../../server/contract/claims.ts';
import { openResource } from '../server/claims/a-claim-desk.ts';
import { anAccount, PASSWORD } from '../server/people/people-app.ts';
import { aJpeg } from '../support/a-photo.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';
import { signedInCookie } from '../support/sign-in.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';

let opened: TestStore | null = null;
let service: Service | null = null;
let browser: OpenBrowser | null = null;
let folder = '';

beforeAll(async () => {
  browser = await openChromium('claims and a survey in a real browser');
  if (!browser) return;
  folder = mkdtempSync(join(tmpdir(), 'zhanzhi-walk-'));
  opened = await openEmbeddedTestStore();
  const { store } = opened;
  await store.query(
    `insert into districts (code, name, geom, area_km2)
     values ('310901', '甲区', ST_Multi(ST_MakeEnvelope(121, 31, 121.1, 31.1, 4490)), 100)`,
    [],
  );
  await anAccount(store, 'towera', 'tower', { organisation: '甲铁塔' });
  await anAccount(store, 'towerb', 'tower', { organisation: '乙铁塔' });
  await openResource(store, { id: 'pole' });
  await openResource(store, { id: 'roof', whitelisted: true, slots: 2, east: 0.001 });
  await store.query(
    "update resources set name = case id when 'pole' then '人民路杆' else '市民中心屋顶' end",
    [],
  );
  service = await startService({
    store,
    config: { ...readConfig({}), port: 0, logLevel: 'silent', photoDir: join(folder, 'photos') },
  });
});

afterAll(async () => {
  await browser?.close();
  await service?.close();
  await opened?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function get<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(service!.url + path)).json()) as T;
}

async function claimFor(page: Page, resource: string, operator: string): Promise<void> {
  await page.goto(`${service!.url}/claims?resource=${resource}`);
  await byId(page, 'claim-operators').click();
  await page.keyboard.type(operator);
  await page.keyboard.press('Enter');
  // Tab leaves the field and its list, and chooses nothing more
  await page.keyboard.press('Tab');
  await expect.poll(() => byId(page, 'claim-operators').innerText(), { timeout: 60_000 }).toBe(operator);
  await byId(page, 'claim-preview').waitFor();
  await byId(page, 'claim-ok').click();
}

async function fillDay(page: Page, id: string, day: string): Promise<void> {
  const field = page.locator(`input[data-testid="${id}"], [data-testid="${id}"] input`).first();
  await field.fill(day);
  await field.press('Enter');
}

test('a lost pole is replaced by a roof, which is surveyed with photos and delivered', async () => {
  if (!browser || !service || !opened) return;
  const { page } = browser;
  const { url } = service;
  await enterAs(browser, url, await signedInCookie(url, 'towera', PASSWORD));
  await claimFor(page, 'pole', '移动');
  await byId(page, 'claim-drawer').getByText('甲铁塔').waitFor();

  await enterAs(browser, url, await signedInCookie(url, 'towerb', PASSWORD));
  await claimFor(page, 'pole', '联通');
  await byId(page, 'claim-lost').waitFor();
  expect(await byId(page, 'claim-explanation').getAttribute('data-rule')).toBe('CLAIM-SLOTS');
  await byId(page, 'substitute-1').click();
  await page.locator('.ant-drawer-title', { hasText: '市民中心屋顶' }).waitFor();
  const { claims } = await get<ClaimPageJson>(page, '/api/claims?mine=true&sort=submittedAt&order=asc');
  expect(claims.map(({ state, resource }) => [resource.id, state])).toEqual([
    ['pole', '未获'],
    ['roof', '持有'],
  ]);

  await byId(page, 'claim-case').click();
  await byId(page, 'case-chain').waitFor();
  await moveTo('勘察设计');
  await fillDay(page, 'survey-surveyedOn', '2026-03-02');
  await byId(page, 'survey-surveyor').fill('李工');
  await byId(page, 'survey-mountHeightM').fill('21');
  await choose('survey-powerMode', '直供');
  await choose('survey-fibre', '到杆');
  await choose('survey-structureCheck', '可用');
  await byId(page, 'survey-position').fill('121.031124, 31.050988');

  const near = join(folder, '屋顶.jpg');
  const far = join(folder, '别处.jpg');
  const notPhoto = join(folder, '说明.jpg');
  const camera = (lon: number) => ({ takenAt: '2026:03:02 10:00:00', position: [lon, 31.05] as const });
  writeFileSync(near, aJpeg({ camera: camera(121.0311) }));
  writeFileSync(far, aJpeg({ width: 32, camera: camera(121.2) }));
  writeFileSync(notPhoto, 'no photo at all');
  await byId(page, 'photo-input').setInputFiles([near, notPhoto]);
  await byId(page, 'photo-queue').getByText('不是 JPEG、PNG 或 WebP 照片', { exact: false }).waitFor();
  await choose('photo-kind', '安装位置');
  await byId(page, 'photo-input').setInputFiles([far]);
  await byId(page, 'photo-gallery').getByText('拍摄地距站址', { exact: false }).waitFor();
  await choose('photo-kind', '电源');
  await byId(page, 'photo-input').setInputFiles([near]);
  await expect.poll(() => byId(page, 'photo').count()).toBe(3);
  await byId(page, 'survey-save').click();
  await page.getByText('勘察表与照片已齐全').waitFor();

  // the review is a desk of its own
  await opened.store.query('update cases set listed_at = now()', []);
  await page.reload();
  await moveTo('报建备案');
  await moveTo('建设', async () => {
    await byId(page, 'case-field-filingNumber').fill('备 2026-1');
    await fillDay(page, 'case-field-filedOn', '2026-03-05');
  });
  await moveTo('交付', () => fillDay(page, 'case-field-completedOn', '2026-04-01'));
  const { cases } = await get<CasePageJson>(page, '/api/cases?state=交付');
  expect(cases.map(({ company, operator, surveyed }) => [company, operator, surveyed])).toEqual([
    ['乙铁塔', '联通', true],
  ]);
  expect(browser.troubles.filter((trouble) => !/40[19]|415/.test(trouble))).toEqual([]);

  async function moveTo(state: string, fill: () => Promise<void> = async () => {}): Promise<void> {
    await byId(page, `case-to-${state}`).click();
    await fill();
    const chain = byId(page, 'case-chain');
    const dialog = byId(page, 'case-move-dialog');
    for (let tries = 1; ; tries += 1) {
      const ok = byId(page, 'case-move-ok');
      // a busy service asks people to try again
      if (await ok.isVisible()) await ok.click();
      const step = chain.locator('[aria-current="step"]', { hasText: state });
      if (
        await step.waitFor({ timeout: 45_000 }).then(
          () => true,
          () => false,
        )
      )
        break;
      const seen = [await chain.innerText(), ...(await dialog.allInnerTexts())].join(' | ');
      if (tries === 3) throw new Error(`not moved to ${state}: ${seen}`);
    }
    await byId(page, 'case-move-dialog').waitFor({ state: 'hidden' });
  }

  async function choose(id: string, label: string): Promise<void> {
    await byId(page, id).click();
    const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option-content');
    await options.getByText(label, { exact: true }).click();
  }
}, 400_000);

test('of many claims at once the lost one is told with its rule, once, though the first answer never came', async () => {
  if (!browser || !service || !opened) return;
  const { page } = browser;
  const { url } = service;
  await openResource(opened.store, { id: 'lamp', east: 0.002 });
  await enterAs(browser, url, await signedInCookie(url, 'towerb', PASSWORD));
  await page.goto(`${url}/claims?resource=lamp`);
  await byId(page, 'claim-operators').click();
  await page.keyboard.type('电信');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.reload();
  await byId(page, 'restored-note').waitFor();
  expect(await byId(page, 'claim-operators').innerText()).toBe('电信');

  await page.goto(`${url}/library`);
  await byId(page, 'library-rows').locator('.ant-table-thead .ant-checkbox-input').check();
  await byId(page, 'library-claim').click();
  await byId(page, 'bulk-claim-operators').click();
  await page.keyboard.type('电信');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await byId(page, 'bulk-claim-ok').click();
  await byId(page, 'bulk-claim-preview').waitFor();
  expect(await byId(page, 'bulk-claim-rule').first().innerText()).toBe('挂载位不足');
  await byId(page, 'bulk-claim-skip').check();
  const keys: (string | undefined)[] = [];
  await page.route('**/api/claims/bulk', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await byId(page, 'bulk-claim-ok').click();
  await byId(page, 'bulk-claim-dialog').getByText('服务没有应答', { exact: false }).waitFor();
  await byId(page, 'bulk-claim-ok').click();
  await byId(page, 'bulk-claim-done').getByText('挂载位不足').waitFor();
  expect(keys).toEqual([keys[0], keys[0]]);
  const { claims } = await get<ClaimPageJson>(page, '/api/claims?mine=true&sort=submittedAt&order=asc');
  expect(
    claims
      .filter(({ operators }) => operators.includes('电信'))
      .map(({ state, resource }) => `${resource.id} ${state}`)
      .sort(),
  ).toEqual(['lamp 持有', 'pole 未获', 'roof 申请']);
});
