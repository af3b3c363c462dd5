// The last hands a station goes through, in a real browser: the tower company delivers it, its operator confirms and puts it on the air
// with a photo, the district accepts it and the report counts it. Then what comes down for it: locked until its operator confirms the
// transmission, or passed by the district with a reason that the report tells. Last a claim taken back, by somebody whose words outlive a
// colleague's change.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClaimMadeJson } from '../../server/contract/claims.ts';
import type { RelocationDetailJson } from '../../server/contract/relocations.ts';
import {
  act,
  type Login,
  MOBILE,
  makeCase,
  makeSite,
  openSiteCases,
  peopleOfCases,
  readCase,
  TOWER,
} from '../server/cases/a-site-case.ts';
import { type Browser, openPeopleApp, type PeopleApp } from '../server/people/people-app.ts';
import { aJpeg } from '../support/a-photo.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';

let browser: OpenBrowser | null = null;
let opened: TestStore | null = null;
let app: PeopleApp | null = null;
let people: Record<Login, Browser>;
let url = '';
let folder = '';

beforeAll(async () => {
  browser = await openChromium('a station handed over in a real browser');
  if (!browser) return;
  folder = mkdtempSync(join(tmpdir(), 'zhanzhi-walk-'));
  opened = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  const { store } = opened;
  await openSiteCases(store);
  // those plans hold only what row security asks for
  await store.query('update plans set deleted_at = now()', []);
  for (const name of ['甲', '乙']) {
    await makeSite(store, { id: `旧${name}`, status: 'existing' });
    await makeCase(store, { id: `在网${name}`, siteId: `旧${name}`, state: '验收', company: TOWER });
    await makeSite(store, { id: `新${name}` });
    await makeCase(store, { id: `在建${name}`, siteId: `新${name}`, state: '建设', company: TOWER });
  }
  await makeSite(store, { id: '待认领' });
  app = await openPeopleApp(store, { requestsPerMinute: 1_000_000, photoDir: join(folder, 'photos') });
  people = await peopleOfCases(app);
  url = await app.app.listen({ port: 0, host: '127.0.0.1' });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await app?.app.close();
  await opened?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function comeAs(page: Page, who: Login, path: string): Promise<void> {
  await enterAs(browser!, url, people[who].cookie!);
  await page.goto(`${url}${path}`);
}

async function fillDay(page: Page, within: string, day: string): Promise<void> {
  const field = byId(page, within).locator('.ant-picker input');
  await field.fill(day);
  await field.press('Enter');
}

/** A dialog that is done goes away; one that is refused stays. */
async function confirm(page: Page, ok: string, dialog: string): Promise<void> {
  await byId(page, ok).click();
  await byId(page, dialog).waitFor({ state: 'hidden' });
}

async function register(gone: string, replacement: string): Promise<string> {
  const made = await act(people.tower, 'POST', '/api/relocations', {
    cause: '道路改造',
    project: `${gone}让路`,
    affectedSiteIds: [gone],
    replacementSiteIds: [replacement],
  });
  const { id, version } = made.json<RelocationDetailJson>();
  await act(people.tower, 'POST', `/api/relocations/${id}/moves`, { to: '替补建设' }, version);
  return id;
}

test('a station is delivered, put on the air with a photo and accepted, and the report counts it', async () => {
  if (!browser) return;
  const { page } = browser;
  const step = (state: string) =>
    byId(page, 'case-chain').locator('[aria-current="step"]', { hasText: state }).waitFor();
  const path = `/cases/${encodeURIComponent('在建甲')}`;
  await comeAs(page, 'tower', path);
  await byId(page, 'case-to-交付').click();
  // leaving a dialog gives the keyboard back to the button that opened it
  await byId(page, 'case-move-dialog').waitFor();
  await page.keyboard.press('Escape');
  await byId(page, 'case-move-dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await fillDay(page, 'case-move-dialog', '2026-04-01');
  await confirm(page, 'case-move-ok', 'case-move-dialog');
  await step('交付');

  // the operator's own word comes first
  await comeAs(page, 'mobile', path);
  await byId(page, 'missing-needs').getByText('运营商确认', { exact: false }).waitFor();
  expect(await byId(page, 'case-to-开通').isDisabled()).toBe(true);
  await byId(page, 'case-delivery').click();
  await byId(page, 'delivery-ok').click();
  const photo = join(folder, '拨测.jpg');
  writeFileSync(photo, aJpeg({ camera: { takenAt: '2026:05:01 10:00:00', position: [121.0312, 31.0507] } }));
  await byId(page, 'photo-input').setInputFiles([photo]);
  await byId(page, 'photo').waitFor();
  await byId(page, 'case-to-开通').click();
  await fillDay(page, 'case-move-dialog', '2026-05-18');
  await confirm(page, 'case-move-ok', 'case-move-dialog');
  await step('开通');

  await comeAs(page, 'district', path);
  await byId(page, 'case-to-验收').click();
  await fillDay(page, 'case-move-dialog', '2026-05-20');
  await confirm(page, 'case-move-ok', 'case-move-dialog');
  await step('验收');
  await page.goto(`${url}/progress?from=2026-05-10&to=2026-05-31&form=all`);
  for (const stage of ['onAir', 'accepted'])
    await byId(page, `stat-${stage}`).getByText('期内新增 1', { exact: true }).waitFor();
}, 200_000);

test('what it replaces comes down once its operator confirms the transmission', async () => {
  if (!browser) return;
  const { page } = browser;
  const path = `/relocations/${await register('旧甲', '新甲')}`;
  await comeAs(page, 'tower', path);
  await byId(page, 'relocation-gate').getByText('传输到位 0 处', { exact: false }).waitFor();
  expect(await byId(page, 'relocation-to-可拆除').isDisabled()).toBe(true);

  await comeAs(page, 'mobile', path);
  await byId(page, 'replacement-sites').getByRole('button').click();
  await byId(page, 'transmission-ok').click();
  await page.locator('[data-gate="open"]').waitFor();

  await comeAs(page, 'tower', path);
  await byId(page, 'relocation-to-可拆除').click();
  await confirm(page, 'relocation-move-ok', 'relocation-dialog');
  await byId(page, 'relocation-to-已拆除').click();
  await fillDay(page, 'relocation-dialog', '2026-06-01');
  await confirm(page, 'relocation-move-ok', 'relocation-dialog');
  await byId(page, 'relocation-page').getByText('2026/06/01').waitFor();
  expect((await readCase(people.mobile, '在网甲')).state).toBe('退网');
}, 200_000);

test('the district lets one pass before that, and the report says why', async () => {
  if (!browser) return;
  const { page } = browser;
  const path = `/relocations/${await register('旧乙', '新乙')}`;
  await comeAs(page, 'district', path);
  await page.locator('[data-gate="locked"]').waitFor();
  await byId(page, 'relocation-override').click();
  await byId(page, 'relocation-move-ok').click();
  // not without a reason
  await byId(page, 'relocation-dialog').getByRole('alert').waitFor();
  await byId(page, 'relocation-reason').fill('抢险改线，应急车已到位');
  await confirm(page, 'relocation-move-ok', 'relocation-dialog');
  await page.locator('[data-gate="overridden"]').waitFor();
  await page.goto(`${url}/progress`);
  await byId(page, 'progress-overrides').getByText('抢险改线，应急车已到位').waitFor();
}, 200_000);

test('a claim is taken back with the reason that was being typed when its company extended it', async () => {
  if (!browser) return;
  const { page } = browser;
  const made = await act(people.tower, 'POST', '/api/claims', {
    resourceId: 'resource 待认领',
    operators: [MOBILE],
  });
  const { claim } = made.json<ClaimMadeJson>();
  await comeAs(page, 'district', `/claims?tab=all&claim=${claim.id}`);
  await byId(page, 'claim-force-release').click();
  await byId(page, 'reason-text').fill('长期未进场');
  const extended = await act(
    people.tower,
    'POST',
    `/api/claims/${claim.id}/extend`,
    { reason: '物业换届' },
    claim.version,
  );
  expect(extended.statusCode).toBe(200);
  // live, without a click
  await byId(page, 'late-note').getByText('持有期限', { exact: false }).waitFor();
  expect(await byId(page, 'reason-text').inputValue()).toBe('长期未进场');
  await confirm(page, 'reason-ok', 'reason-dialog');
  await byId(page, 'claim-drawer').getByText('长期未进场').first().waitFor();
}, 200_000);

test('what was typed on a case stays when somebody else was faster, and what they wrote stays too', async () => {
  if (!browser) return;
  const { page } = browser;
  const path = `/cases/${encodeURIComponent('在建乙')}`;
  await comeAs(page, 'tower', path);
  await byId(page, 'case-edit').click();
  await byId(page, 'case-field-remark').fill('塔基已浇筑');
  const { version } = await readCase(people.tower, '在建乙');
  await act(people.tower, 'PATCH', `/api${path}`, { filingNumber: '备 9 号', remark: '等材料' }, version);
  await byId(page, 'case-edit-ok').click();
  await byId(page, 'late-note').getByText('备案文号：现为 备 9 号').waitFor();
  await byId(page, 'late-note').getByText('备注：现为 等材料', { exact: false }).waitFor();
  await confirm(page, 'case-edit-ok', 'case-edit-dialog');
  expect(await readCase(people.tower, '在建乙')).toMatchObject({
    remark: '塔基已浇筑',
    filingNumber: '备 9 号',
  });
  expect(browser.troubles.filter((trouble) => !/412/.test(trouble))).toEqual([]);
}, 200_000);
