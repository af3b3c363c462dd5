// The first start of a database: demonstration accounts, a password from the settings, or a one-time code; and nothing later.
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { prepareAccounts } from '../../../server/app.ts';
import type { Config } from '../../../server/config.ts';
import type { SessionStateJson } from '../../../server/contract/people.ts';
import { DEMO_PASSWORD } from '../../../server/people/demo-accounts.ts';
import { firstStart } from '../../../server/people/first-start.ts';
import { roles } from '../../../server/permission/permission-table.ts';
import { saveTowns } from '../../../server/store/districts.ts';
import { saveSetting } from '../../../server/store/settings.ts';
import { saveSites } from '../../../server/store/sites.ts';
import type { Store } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import { testConfig } from '../app-on-town.ts';
import { aBrowser, anAccount, codeOf, forgetPeople, openPeopleApp, passwords } from './people-app.ts';

const stores = await openTestStores({ deadlineMs: 60_000 });
const opened: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const each of [...opened, ...stores]) await each.close();
});

async function appWith(store: Store, changes: Partial<Config> = {}) {
  const people = await openPeopleApp(store, changes);
  opened.push(people.app);
  return people;
}

async function withSample(store: Store): Promise<void> {
  await saveTowns(store, [{ code: '990001001', name: '中心街道', districtCode: '990001' }]);
  const site = (id: string, status: 'existing' | 'candidate', owner: string) => ({
    ...{ id, code: id, name: id, resourceType: '路灯杆', structure: 'pole' as const, status, owner },
    ...{
      position: [121.2, 31.3] as const,
      originalPosition: [121.2, 31.3] as const,
      datum: 'CGCS2000' as const,
    },
    ...{ heightM: 8, costCny: 1, freeStatus: null, powerMode: null, buildMode: '直接利用' as const },
    ...{
      districtCode: '990001',
      townCode: '990001001',
      origin: 'sample' as const,
      sourceFile: null,
      sourceRow: null,
    },
    ...{ azimuthsDeg: null, electricalTiltDeg: null, mechanicalTiltDeg: null },
  });
  const sites = [site('t1', 'existing', '某塔公司'), site('p1', 'candidate', '路灯所')];
  await saveSites(store, sites, null);
  await saveSetting(store, 'sample', true);
  await saveSetting(store, 'development', true);
}

for (const { store } of stores) {
  const start = (changes: Partial<Config> = {}) => firstStart(store, testConfig(changes), passwords);
  const stateOf = async (people: Awaited<ReturnType<typeof appWith>>): Promise<SessionStateJson> =>
    (await aBrowser(people).ask('GET', '/api/session')).json();

  describe(`the first start on the ${store.kind} store`, () => {
    beforeEach(async () => {
      await forgetPeople(store);
      for (const table of ['sites', 'towns', 'settings']) await store.query(`delete from ${table}`);
    });

    test('without sample and password a code is printed, and the page asks for it', async () => {
      const people = await appWith(store);
      const lines = await prepareAccounts(people);
      const code = /[0-9A-Z]{5}(-[0-9A-Z]{5}){4}/.exec(lines.join('\n'))?.[0];
      expect(code).toBeDefined();
      expect(await stateOf(people)).toMatchObject({ setup: true, demo: [], demoPassword: null, me: null });
      const browser = aBrowser(people);
      const setUp = (body: object) => browser.ask('POST', '/api/setup', body);
      const password = 'Erstes-Wort-1';
      expect(codeOf(await setUp({ code: 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', password }))).toBe(
        'SESSION_SETUP_CODE',
      );
      expect(codeOf(await setUp({ code, password: 'admin-Wort-1' }))).toBe('ACCOUNT_PASSWORD_WEAK');
      const done = await setUp({ code: ` ${code?.toLowerCase().replaceAll('-', ' ')} `, password });
      expect(done.json()).toMatchObject({
        me: { login: 'admin', role: 'admin', territory: { everywhere: true } },
      });
      expect(codeOf(await setUp({ code, password }))).toBe('SESSION_SETUP_DONE');
      expect(await stateOf(people)).toMatchObject({ setup: false });
      expect((await aBrowser(people).signIn('admin', password)).statusCode).toBe(200);
      expect(await start()).toEqual({ kind: 'nothing' });
    });

    test('two answers with the right code at the same instant make one administrator', async () => {
      const people = await appWith(store);
      const begun = await start();
      const body = { code: begun.kind === 'code' ? begun.code : '', password: 'Erstes-Wort-1' };
      const replies = await Promise.all([1, 2].map(() => aBrowser(people).ask('POST', '/api/setup', body)));
      const codes = replies.map((reply) => (reply.statusCode === 200 ? 'made' : codeOf(reply)));
      // the late one finds the code taken, or the administrator there already
      expect(codes.filter((code) => code === 'made')).toHaveLength(1);
      expect(codes.filter((code) => /^SESSION_SETUP_(CODE|DONE)$/.test(code))).toHaveLength(1);
      expect((await store.query('select from accounts', [])).rows).toHaveLength(1);
    });

    test('a new start makes a new code and the old one opens nothing', async () => {
      const people = await appWith(store);
      const [first, second] = [await start(), await start()];
      const ask = (code: string) =>
        aBrowser(people).ask('POST', '/api/setup', { code, password: 'Erstes-Wort-1' });
      if (first.kind !== 'code' || second.kind !== 'code') throw new Error('expected two codes');
      expect(codeOf(await ask(first.code))).toBe('SESSION_SETUP_CODE');
      expect((await ask(second.code)).statusCode).toBe(200);
    });

    test('the code is kept as a digest', async () => {
      const begun = await start();
      const { rows } = await store.query('select * from setup_codes', []);
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(begun.kind === 'code' ? begun.code : '-');
    });

    test('a password in the settings makes the administrator and is not printed', async () => {
      const adminPassword = 'Aus-den-Settings-1';
      const people = await appWith(store, { adminPassword });
      const lines = await prepareAccounts(people);
      expect(lines.join()).toContain('ZHANZHI_ADMIN_PASSWORD');
      expect(lines.join()).not.toContain(adminPassword);
      expect((await aBrowser(people).signIn('admin', adminPassword)).statusCode).toBe(200);
      expect(await start({ adminPassword: 'Anderes-Wort-22' })).toEqual({ kind: 'nothing' });
    });

    test('a weak password in the settings stops the start with a code', async () => {
      await expect(start({ adminPassword: 'admin' })).rejects.toMatchObject({
        code: 'ACCOUNT_PASSWORD_WEAK',
      });
    });

    test('the sample gets an account for each role, in its own district, town and organisations', async () => {
      await withSample(store);
      const people = await appWith(store);
      expect(await start()).toEqual({ kind: 'demo', logins: [...roles] });
      const state = await stateOf(people);
      expect([state.demo.map(({ role }) => role), state.demoPassword, state.setup]).toEqual([
        [...roles],
        DEMO_PASSWORD,
        false,
      ]);
      const me = async (login: string) => (await aBrowser(people).signIn(login, DEMO_PASSWORD)).json();
      expect(await me('district')).toMatchObject({ me: { territory: { districtCodes: ['990001'] } } });
      expect(await me('town')).toMatchObject({
        me: { territory: { townCodes: ['990001001'], everywhere: false } },
      });
      expect(await me('owner')).toMatchObject({ me: { organisation: '路灯所' } });
      expect(await me('tower')).toMatchObject({ me: { organisation: '某塔公司' } });
      expect(await me('admin')).toMatchObject({ me: { mustChangePassword: false } });
      expect(await start()).toEqual({ kind: 'nothing' });
    });

    test('a service that is open to others makes no demonstration accounts', async () => {
      await withSample(store);
      expect((await start({ allowRemote: true })).kind).toBe('code');
      expect((await store.query('select from accounts', [])).rows).toEqual([]);
    });

    test('demonstration accounts stop working when the service is opened to others, their sessions too', async () => {
      await withSample(store);
      const here = await appWith(store);
      await start();
      const browser = aBrowser(here);
      await browser.signIn('planner', DEMO_PASSWORD);
      const open = await appWith(store, { allowRemote: true });
      const visitor = aBrowser(open);
      visitor.cookie = browser.cookie;
      expect((await visitor.ask('GET', '/api/session')).json()).toMatchObject({
        me: null,
        demo: [],
        setup: true,
      });
      expect(codeOf(await visitor.signIn('planner', DEMO_PASSWORD))).toBe('SESSION_DEMO_REFUSED');
      const begun = await start({ allowRemote: true });
      const body = { code: begun.kind === 'code' ? begun.code : '', password: 'Erstes-Wort-1' };
      expect((await aBrowser(open).ask('POST', '/api/setup', body)).json()).toMatchObject({
        me: { login: 'admin' },
      });
      expect(codeOf(await visitor.signIn('admin', DEMO_PASSWORD))).toBe('SESSION_REFUSED');
    });

    test('a demonstration account whose password somebody chose is none any more', async () => {
      await withSample(store);
      const people = await appWith(store);
      await start();
      const browser = aBrowser(people);
      await browser.signIn('city', DEMO_PASSWORD);
      const change = { current: DEMO_PASSWORD, next: 'Ganz-anders-77' };
      await browser.ask('POST', '/api/session/password', change);
      expect((await stateOf(people)).demo.map(({ role }) => role)).not.toContain('city');
      const open = await appWith(store, { allowRemote: true });
      expect((await aBrowser(open).signIn('city', 'Ganz-anders-77')).statusCode).toBe(200);
    });

    test('an account somebody made keeps the demonstration out', async () => {
      await withSample(store);
      await anAccount(store, 'lin');
      expect((await start()).kind).toBe('code');
    });
  });
}
