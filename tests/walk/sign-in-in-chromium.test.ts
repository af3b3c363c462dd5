// The page knows who sits before it, in a real browser: signing in, a session that ends while somebody types, screens that are
// not everybody's, accounts made and changed, a token shown once.
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountPageJson } from '../../server/contract/people.ts';
import type { PlanDetailJson, PlanItemPageJson, PlanJson } from '../../server/contract/plans.ts';
import { DEMO_PASSWORD, makeDemoAccounts } from '../../server/people/demo-accounts.ts';
import { loadDistricts, saveTowns } from '../../server/store/districts.ts';
import { openTownApp, type TownApp } from '../server/app-on-town.ts';
import { forgetPeople, passwords } from '../server/people/people-app.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';

let town: TownApp | null = null;
let browser: OpenBrowser | null = null;
let url = '';

beforeAll(async () => {
  browser = await openChromium('signing in in a real browser');
  if (!browser) return;
  town = await openTownApp();
  const { store } = town;
  const [district] = await loadDistricts(store);
  await saveTowns(store, [{ code: '990101001', name: '云汀街道', districtCode: district!.code }]);
  await forgetPeople(store);
  await makeDemoAccounts(store, passwords);
  url = await town.app.listen({ port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
  await browser?.close();
  await town?.close();
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

/** Through the form, as a person does. */
async function typeSignIn(page: Page, login: string, password = DEMO_PASSWORD): Promise<void> {
  await byId(page, 'sign-in-login').fill(login);
  await byId(page, 'sign-in-password').fill(password);
  await byId(page, 'sign-in-submit').click();
}

/** Straight at the door; the browser has the cookie. */
async function signInAs(page: Page, login: string): Promise<void> {
  const reply = await page.request.post(`${url}/api/session`, { data: { login, password: DEMO_PASSWORD } });
  expect(reply.status()).toBe(200);
}

async function get<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(url + path)).json()) as T;
}

/** As if half an hour had gone by. */
const endAllSessions = () => town!.store.query('delete from sessions', []);

async function aReviewedPlan(page: Page): Promise<string> {
  const reply = await page.request.post(`${url}/api/plans`, {
    data: town!.request,
    headers: { 'idempotency-key': randomUUID() },
  });
  const { plan } = (await reply.json()) as { plan: PlanJson };
  await expect
    .poll(async () => (await get<PlanDetailJson>(page, `/api/plans/${plan.id}`)).plan.state, {
      timeout: 180_000,
    })
    .toBe('done');
  return plan.id;
}

test('a wrong password is told, the right one leads home, signing out leaves nothing', async () => {
  if (!browser) return;
  const { page } = browser;
  await page.goto(url);
  await byId(page, 'sign-in-page').waitFor();
  expect(await byId(page, 'demo-accounts').innerText()).toContain('规划员');
  await typeSignIn(page, 'planner', 'wrong');
  await byId(page, 'error-note').getByText('账号或口令不正确').waitFor();
  await typeSignIn(page, 'planner');
  await page.waitForURL('**/home');
  await byId(page, 'person-menu').click();
  await byId(page, 'person-head').getByText('演示规划员').waitFor();
  expect(await byId(page, 'nav-people').count()).toBe(0);
  await byId(page, 'menu-signOut').click();
  await byId(page, 'sign-in-page').waitFor();
  expect(await page.context().cookies()).toEqual([]);
  await page.goto(`${url}/home`);
  await byId(page, 'sign-in-page').waitFor();
}, 300_000);

test('a session that ends while a review is typed loses nothing of it', async () => {
  if (!browser) return;
  const { page } = browser;
  await signInAs(page, 'planner');
  const planId = await aReviewedPlan(page);
  await signInAs(page, 'district');
  await page.goto(`${url}/plans/${planId}/review`);
  await byId(page, 'review-reviewer').getByText('演示区级审查').waitFor();
  await byId(page, 'review-rows').locator('[data-decision="不同意"]').first().click();
  await byId(page, 'decision-reason').getByText('居民投诉风险').click();
  await byId(page, 'decision-text').fill('紧邻幼儿园');
  await endAllSessions();
  await byId(page, 'decision-save').click();

  await byId(page, 'session-again').waitFor();
  expect(await byId(page, 'sign-in-login').inputValue()).toBe('district');
  await byId(page, 'sign-in-password').fill(DEMO_PASSWORD);
  await page.keyboard.press('Enter');
  await byId(page, 'session-again').waitFor({ state: 'detached' });
  await expect
    .poll(async () =>
      (await get<PlanItemPageJson>(page, `/api/plans/${planId}/items?pageSize=5000`)).items
        .flatMap(({ review }) => review ?? [])
        .map(({ decision, reasonText, reviewer }) => [decision, reasonText, reviewer]),
    )
    .toEqual([['不同意', '紧邻幼儿园', '演示区级审查']]);
}, 400_000);

test('digits typed into the sign-in over a decision choose no reason in it', async () => {
  if (!browser) return;
  const { page } = browser;
  await byId(page, 'review-rows').locator('[data-decision="退回"]').last().click();
  await byId(page, 'decision-text').fill('缺少电力材料');
  await endAllSessions();
  // what the page asks for by itself meanwhile
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="nav-plans"]')?.click());
  await byId(page, 'session-again').waitFor();
  await byId(page, 'sign-in-password').pressSequentially('12');
  expect(await byId(page, 'sign-in-password').inputValue()).toBe('12');
  await byId(page, 'session-later').click();
  await byId(page, 'session-again').waitFor({ state: 'detached' });
  await byId(page, 'error-note').first().waitFor();
}, 240_000);

test('a screen that is not for the role says what it would take', async () => {
  if (!browser) return;
  const { page } = browser;
  await signInAs(page, 'district');
  await page.goto(`${url}/people`);
  const forbidden = await byId(page, 'forbidden').innerText();
  expect(forbidden).toContain('账号 · 查看');
  expect(forbidden).toContain('区级审查');
  expect(await byId(page, 'nav-people').count()).toBe(0);
  await page.goto(`${url}/people/roles`);
  await byId(page, 'permission-matrix').getByText('规划范围').waitFor();
}, 240_000);

test('an account is made, changed by two at once, and its first password replaced', async () => {
  if (!browser) return;
  const { page } = browser;
  await signInAs(page, 'admin');
  await page.goto(`${url}/people`);
  await byId(page, 'account-create').click();
  await byId(page, 'account-login').fill('chen');
  await byId(page, 'account-name').fill('陈街');
  await byId(page, 'account-generate').click();
  const password = await byId(page, 'account-password').inputValue();
  await byId(page, 'account-some').click();
  await byId(page, 'account-towns').locator('input').fill('云汀');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await byId(page, 'account-save').click();
  await byId(page, 'account-chen').waitFor();

  await byId(page, 'account-edit-chen').click();
  await byId(page, 'account-name').fill('陈联络');
  await town!.store.query(
    "update accounts set organisation = '云汀街道办', version = version + 1 where login = 'chen'",
    [],
  );
  await byId(page, 'account-save').click();
  expect(await byId(page, 'late-note').innerText()).toContain('单位：现为 云汀街道办');
  expect(await byId(page, 'account-name').inputValue()).toBe('陈联络');
  await byId(page, 'account-save').click();
  await byId(page, 'account-drawer').waitFor({ state: 'detached' });
  const { accounts } = await get<AccountPageJson>(page, '/api/accounts?q=chen');
  expect(accounts).toMatchObject([
    {
      name: '陈联络',
      organisation: '云汀街道办',
      territory: { everywhere: false, townCodes: ['990101001'] },
      mustChangePassword: true,
    },
  ]);

  // many at once: the preview names who cannot be treated like this, the rest is done when the person says so
  await page.goto(`${url}/people?q=演示&sort=name`);
  await byId(page, 'people-total').getByText('8').waitFor();
  await byId(page, 'people-table')
    .locator('thead .ant-checkbox-input, .ant-table-thead .ant-checkbox-input')
    .first()
    .click();
  await byId(page, 'people-bulk-unlock').click();
  await byId(page, 'people-bulk-ok').click();
  expect(await byId(page, 'people-bulk-preview').innerText()).toContain('都不能这样处理');
  await page.keyboard.press('Escape');
  await page.goto(`${url}/people?q=chen`);
  await byId(page, 'account-chen').waitFor();
  await byId(page, 'people-table').locator('.ant-checkbox-input').first().click();
  await byId(page, 'people-bulk-disable').click();
  await byId(page, 'people-bulk-reason').fill('调岗');
  await byId(page, 'people-bulk-ok').click();
  await byId(page, 'people-bulk-preview').getByText('将停用 1 个账号').waitFor();
  await byId(page, 'people-bulk-ok').click();
  await page.goto(`${url}/people?state=disabled`);
  await byId(page, 'account-chen').waitFor();
  await byId(page, 'account-more-chen').click();
  await byId(page, 'account-enable').click();
  await byId(page, 'people-empty').waitFor();

  await page.request.delete(`${url}/api/session`);
  await page.goto(`${url}/plans`);
  await typeSignIn(page, 'chen', password);
  await byId(page, 'forced-password-page').waitFor();
  await byId(page, 'password-current').fill(password);
  await byId(page, 'password-next').fill('Wolken-77-hell');
  await byId(page, 'password-repeat').fill('Wolken-77-hell');
  await byId(page, 'password-save').click();
  // where they wanted to go
  await byId(page, 'plans-screen').waitFor();
}, 300_000);

test('a token is shown once, works, and its making is on record', async () => {
  if (!browser) return;
  const { page } = browser;
  await signInAs(page, 'admin');
  await page.goto(`${url}/me/tokens`);
  await byId(page, 'token-create').click();
  await byId(page, 'token-name').fill('每周导出');
  await byId(page, 'token-scope-audit:read').click();
  await byId(page, 'token-save').click();
  const value = await byId(page, 'token-value').innerText();
  expect(value).toMatch(/^zz_/);
  await byId(page, 'token-kept').click();
  await byId(page, 'tokens-table').getByText('每周导出').waitFor();
  await page.reload();
  await byId(page, 'tokens-table').getByText('每周导出').waitFor();
  expect(await page.content()).not.toContain(value);
  const bearer = { headers: { authorization: `Bearer ${value}` } };
  expect((await fetch(`${url}/api/audit`, bearer)).status).toBe(200);
  expect((await fetch(`${url}/api/accounts`, bearer)).status).toBe(403);

  await byId(page, 'nav-audit').click();
  await byId(page, 'audit-table').getByText('令牌').first().waitFor();
  await page.goto(`${url}/audit?object=account&action=change`);
  await byId(page, 'audit-table').locator('.ant-table-row').first().click();
  // the last change of an account was its person's own password
  const record = byId(page, 'audit-record');
  expect(await record.locator('[data-testid="audit-changes"]').innerText()).toMatch(/须改口令\s+是\s*→\s*否/);
  expect(await record.locator('[data-testid="audit-hash"]').innerText()).toMatch(/^[0-9a-f]{64}$/);
  await record.locator('[data-testid="audit-open-thing"]').click();
  await page.waitForURL('**/people?account=*');
  expect(await byId(page, 'account-name').inputValue()).toBe('陈联络');
  // the reason typed for many at once is found as text, and the file of it is itself on record
  await page.goto(`${url}/audit?q=调岗`);
  await byId(page, 'audit-total').getByText('1').waitFor();
  await byId(page, 'audit-export').click();
  const taken = page.waitForEvent('download');
  await page.getByText('CSV').click();
  expect((await taken).suggestedFilename()).toMatch(/\.csv$/);
  await page.goto(`${url}/audit?object=audit`);
  await byId(page, 'audit-table').getByText('导出').first().waitFor();
}, 240_000);
