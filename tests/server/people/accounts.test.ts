// Accounts and personal tokens as administrators and their owners handle them, on the embedded and the real database.
import { createHash, randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  AccountJson,
  AccountPageJson,
  BulkAccountResultJson,
  CreatedTokenJson,
  TokenJson,
} from '../../../server/contract/people.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aBrowser,
  anAccount,
  type Browser,
  codeOf,
  forgetPeople,
  openPeopleApp,
  PASSWORD,
} from './people-app.ts';

const stores = await openTestStores({ deadlineMs: 60_000 });
const apps = await Promise.all(stores.map(({ store }) => openPeopleApp(store)));
afterAll(async () => {
  for (const { app } of apps) await app.close();
  for (const opened of stores) await opened.close();
});

const once = () => ({ 'idempotency-key': randomUUID() });
const everywhere = { everywhere: true, districtCodes: [], townCodes: [] };
const newAccount = {
  login: 'Hu.Yan',
  name: '胡燕',
  role: 'planner',
  territory: everywhere,
  password: 'Erstes-Wort-1',
};

for (const people of apps) {
  const { store } = people;
  let chef: Browser;
  let chefId: string;
  const account = async (id: string): Promise<AccountJson> =>
    (await chef.ask('GET', `/api/accounts/${id}`)).json();
  const change = (id: string, version: number | string, changes: object) =>
    chef.ask('PATCH', `/api/accounts/${id}`, changes, { 'if-match': `"${version}"` });
  const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
  const newToken = async (browser: Browser, scope: readonly string[], days = 30) => {
    const reply = await browser.ask('POST', '/api/tokens', { name: '脚本', scope, days }, once());
    return reply.json<CreatedTokenJson & { value: string }>();
  };
  /** Not refused as nobody's, whatever it may do. */
  const opens = async (value: string): Promise<boolean> =>
    (await aBrowser(people).ask('GET', '/api/permissions', undefined, bearer(value))).statusCode === 200;
  const bulkReply = (body: object, headers: Record<string, string> = once()) =>
    chef.ask('POST', '/api/accounts/bulk', body, headers);
  const bulk = async (body: object) => (await bulkReply(body)).json();
  /** As they are now. */
  const rowsOf = (...ids: string[]) =>
    Promise.all(ids.map(async (id) => ({ id, version: (await account(id)).version ?? 1 })));

  describe(`accounts on the ${store.kind} store`, () => {
    beforeEach(async () => {
      await forgetPeople(store);
      chefId = await anAccount(store, 'chef', 'admin');
      chef = aBrowser(people);
      await chef.signIn('chef');
    });

    test('an administrator makes an account, and its person replaces the password', async () => {
      const reply = await chef.ask('POST', '/api/accounts', newAccount, once());
      expect(reply.statusCode).toBe(201);
      expect(reply.json()).toMatchObject({ login: 'hu.yan', role: 'planner', hasPassword: true, version: 1 });
      const browser = aBrowser(people);
      expect((await browser.signIn('hu.yan', 'Erstes-Wort-1')).json()).toMatchObject({
        me: { mustChangePassword: true },
      });
    });

    test('accounts that cannot be are refused with what is wrong', async () => {
      const refused = async (changes: object) =>
        codeOf(await chef.ask('POST', '/api/accounts', { ...newAccount, ...changes }, once()));
      expect(await refused({ login: 'CHEF' })).toBe('ACCOUNT_LOGIN_TAKEN');
      expect(await refused({ login: 'a b' })).toBe('ACCOUNT_LOGIN_FORM');
      expect(await refused({ password: 'short' })).toBe('ACCOUNT_PASSWORD_WEAK');
      expect(await refused({ role: 'owner' })).toBe('ACCOUNT_ORGANISATION');
      expect(await refused({ role: 'town', territory: { ...everywhere, everywhere: false } })).toBe(
        'ACCOUNT_TERRITORY',
      );
      expect(await refused({ role: 'king' })).toBe('REQUEST_INVALID');
      expect(await refused({ passwordHash: 'x' })).toBe('REQUEST_INVALID');
    });

    test('an operator with a working account is offered by its name, beside the national ones', async () => {
      const id = await anAccount(store, 'op', 'operator', { organisation: '戊运营商' });
      const offered = async () => (await chef.ask('GET', '/api/operators')).json().operators;
      expect(await offered()).toEqual(['中国移动', '中国电信', '中国联通', '中国广电', '戊运营商']);
      await store.query('update accounts set disabled_at = now() where id = $1', [id]);
      expect(await offered()).toEqual(['中国移动', '中国电信', '中国联通', '中国广电']);
    });

    test('only administrators read and change accounts; everybody else is told why not', async () => {
      const id = await anAccount(store, 'lin', 'city');
      const lin = aBrowser(people);
      const nobody = aBrowser(people);
      await lin.signIn('lin');
      const asks = (browser: Browser) => [
        browser.ask('GET', '/api/accounts'),
        browser.ask('GET', `/api/accounts/${id}`),
        browser.ask('POST', '/api/accounts', newAccount),
        browser.ask('PATCH', `/api/accounts/${id}`, { role: 'admin' }, { 'if-match': '"1"' }),
        browser.ask('POST', `/api/accounts/${chefId}/password`, { password: 'Gekapert-11' }),
        browser.ask('POST', `/api/accounts/${chefId}/sign-out`),
        browser.ask('POST', '/api/accounts/bulk', {
          rows: [{ id: chefId, version: 1 }],
          act: 'disable',
          dryRun: true,
        }),
        browser.ask('GET', '/api/accounts/export.xlsx'),
      ];
      expect((await Promise.all(asks(lin))).map(codeOf)).toEqual(Array(8).fill('PERMISSION_DENIED'));
      expect((await Promise.all(asks(nobody))).map(codeOf)).toEqual(Array(8).fill('SESSION_NEEDED'));
      expect((await account(id)).role).toBe('city');
    });

    test('the list is searched and paged', async () => {
      for (const each of ['lin', 'ling', 'mei']) await anAccount(store, each);
      const list = async (query: string): Promise<AccountPageJson> =>
        (await chef.ask('GET', `/api/accounts?${query}`)).json();
      expect((await list('')).accounts.map(({ login }) => login)).toEqual(['chef', 'lin', 'ling', 'mei']);
      const page = await list('q=LIN&pageSize=1&page=2');
      expect([page.total, page.accounts.map(({ login }) => login)]).toEqual([2, ['ling']]);
      expect((await list('role=admin&state=active')).total).toBe(1);
      expect((await list('state=disabled')).total).toBe(0);
    });

    test('the list is filtered by state, district, way in and last visit, and sorted', async () => {
      await store.query(
        "insert into towns (code, name, district_code) values ('990001009', '某街', '990001') on conflict do nothing",
        [],
      );
      const bound = (change: object) => ({
        territory: { everywhere: false, districtCodes: [], townCodes: [], ...change },
      });
      await anAccount(store, 'dong', 'district', bound({ districtCodes: ['990001'] }));
      await anAccount(store, 'jie', 'town', bound({ townCodes: ['990001009'] }));
      const off = await anAccount(store, 'off', 'planner', { passwordHash: null });
      await change(off, 1, { disabled: true });
      const guesser = aBrowser(people, '10.5.5.5');
      for (let time = 0; time < 6; time += 1) await guesser.signIn('jie', 'Wrong-password-1');
      const list = async (query: string): Promise<AccountPageJson> =>
        (await chef.ask('GET', `/api/accounts?${query}`)).json();
      const logins = async (query: string) => (await list(query)).accounts.map(({ login }) => login);
      const { total, states, accounts } = await list('state=locked');
      expect([total, states]).toEqual([1, { active: 2, locked: 1, disabled: 1 }]);
      expect(accounts[0]).toMatchObject({
        login: 'jie',
        lockedUntil: expect.stringMatching(/Z$/),
        lastSeenAt: null,
      });
      expect(await logins('state=active')).toEqual(['chef', 'dong']);
      expect(await logins('state=disabled')).toEqual(['off']);
      expect(await logins('district=990001')).toEqual(['dong', 'jie']);
      expect(await logins('district=everywhere')).toEqual(['chef', 'off']);
      expect(await logins('door=none')).toEqual(['off']);
      expect(await logins('seen=within1')).toEqual(['chef']);
      expect(await logins('seen=never')).toEqual(['dong', 'jie', 'off']);
      expect(await logins('sort=lastSeenAt&order=desc')).toEqual(['chef', 'dong', 'jie', 'off']);
      expect(await logins('sort=role&order=desc')).toEqual(['jie', 'off', 'dong', 'chef']);
      expect((await chef.ask('GET', '/api/accounts?sort=password_hash')).statusCode).toBe(400);
    });

    test('when somebody was here outlives their session', async () => {
      const id = await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      await lin.ask('DELETE', '/api/session');
      expect((await account(id)).lastSeenAt).not.toBeNull();
    });

    test('many at once: a preview, nothing when one is refused, the rest when asked; each has its record', async () => {
      const [lin, mei] = [await anAccount(store, 'lin'), await anAccount(store, 'mei')];
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const { value } = await newToken(browser, ['plan:read']);
      const rows = [...(await rowsOf(lin, mei, chefId)), { id: 'nobody', version: 1 }];
      const ask = { rows, act: 'disable', reason: '离岗' };
      const preview = await bulk({ ...ask, dryRun: true });
      expect(preview).toMatchObject({ dryRun: true, done: 2, sessions: 1, tokens: 1 });
      expect(
        preview.refused.map((one: BulkAccountResultJson['refused'][number]) => [one.login, one.refusal]),
      ).toEqual([
        ['chef', 'ACCOUNT_OWN'],
        [null, 'ACCOUNT_UNKNOWN'],
      ]);
      expect(await bulk({ ...ask, dryRun: false })).toMatchObject({ code: 'ACCOUNT_BULK_REFUSED' });
      expect((await account(lin)).disabledAt).toBeNull();
      expect(await bulk({ ...ask, dryRun: false, skipRefused: true })).toMatchObject({
        done: 2,
        sessions: 1,
        tokens: 1,
      });
      expect([(await account(lin)).disabledAt, await opens(value)]).toEqual([expect.any(String), false]);
      expect((await browser.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      const { rows: records } = await store.query<{ who: string; reason: string }>(
        `select object_id as who, reason from audit_records where object = 'account' and action = 'change'
            and object_id = any ($1::text[]) order by seq`,
        [[lin, mei]],
      );
      expect(records.map(({ reason }) => reason)).toEqual(['离岗', '离岗']);
      expect(await bulk({ rows: await rowsOf(mei), act: 'disable', dryRun: true })).toMatchObject({
        done: 0,
        refused: [{ refusal: 'ACCOUNT_UNCHANGED' }],
      });
      expect(await bulk({ rows: await rowsOf(lin, mei), act: 'enable', dryRun: false })).toMatchObject({
        done: 2,
        sessions: 0,
        tokens: 0,
      });
      // what was taken back stays so
      expect([(await account(mei)).version, await opens(value)]).toEqual([3, false]);
    });

    test('many are signed out everywhere, and locked names are opened', async () => {
      const lin = await anAccount(store, 'lin');
      const [one, other] = [aBrowser(people), aBrowser(people, '10.6.6.6')];
      await one.signIn('lin');
      await other.signIn('lin');
      const { value } = await newToken(one, ['plan:read']);
      expect(await bulk({ rows: await rowsOf(lin), act: 'sign-out', dryRun: false })).toMatchObject({
        done: 1,
        sessions: 2,
        tokens: 1,
      });
      expect(await opens(value)).toBe(false);
      expect((await one.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      const guesser = aBrowser(people, '10.7.7.7');
      for (let time = 0; time < 6; time += 1) await guesser.signIn('lin', 'Wrong-password-1');
      expect(codeOf(await one.signIn('lin'))).toBe('SESSION_LOCKED');
      expect(await bulk({ rows: await rowsOf(lin), act: 'unlock', dryRun: false })).toMatchObject({
        done: 1,
      });
      expect((await one.signIn('lin')).statusCode).toBe(200);
      const { rows } = await store.query<{ action: string; after: unknown }>(
        `select action, after from audit_records where object_id = $1 and action in ('sign-out', 'unlock') order by seq`,
        [lin],
      );
      expect(rows).toEqual([
        { action: 'sign-out', after: { ended: 2 } },
        { action: 'unlock', after: null },
      ]);
    });

    test('one that was changed since it was looked at is named, and the same key treats many once', async () => {
      const [lin, mei] = [await anAccount(store, 'lin'), await anAccount(store, 'mei')];
      const rows = await rowsOf(lin, mei);
      await change(mei, 1, { name: '梅改' });
      const body = { rows, act: 'disable', dryRun: false };
      expect(await bulk({ ...body, dryRun: true })).toMatchObject({
        done: 1,
        refused: [{ id: mei, refusal: 'ACCOUNT_STALE' }],
      });
      expect(codeOf(await bulkReply(body, {}))).toBe('IDEMPOTENCY_KEY_MISSING');
      const refused = once();
      expect(codeOf(await bulkReply(body, refused))).toBe('ACCOUNT_BULK_REFUSED');
      expect((await bulkReply(body, refused)).headers['idempotency-replayed']).toBe('true');
      const act = once();
      const first = await bulkReply({ ...body, skipRefused: true }, act);
      const second = await bulkReply({ ...body, skipRefused: true }, act);
      expect([first.json().done, second.json(), second.headers['idempotency-replayed']]).toEqual([
        1,
        first.json(),
        'true',
      ]);
      expect((await account(lin)).version).toBe(2);
    });

    test('an account sent again under its key is made once, and its password is kept nowhere as a quick digest', async () => {
      const make = (body: object, headers: Record<string, string>) =>
        chef.ask('POST', '/api/accounts', body, headers);
      expect(codeOf(await make(newAccount, {}))).toBe('IDEMPOTENCY_KEY_MISSING');
      const act = once();
      const replies = await Promise.all([make(newAccount, act), make(newAccount, act)]);
      expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
      expect(replies[0]!.json()).toEqual(replies[1]!.json());
      expect(codeOf(await make({ ...newAccount, password: 'Zweites-Wort-2' }, act))).toBe(
        'IDEMPOTENCY_KEY_REUSED',
      );
      const other = once();
      expect(codeOf(await make(newAccount, other))).toBe('ACCOUNT_LOGIN_TAKEN');
      expect((await make(newAccount, other)).headers['idempotency-replayed']).toBe('true');
      const { rows } = await store.query<{ digest: string }>(
        'select body_digest as digest from idempotency_keys where key = $1',
        [act['idempotency-key']],
      );
      const quick = createHash('sha256')
        .update(`\n${JSON.stringify(newAccount)}`)
        .digest('hex');
      expect(rows).toHaveLength(1);
      expect(rows[0]?.digest).not.toBe(quick);
    });

    test('the list as a workbook holds nothing that opens a door, and its taking is on record', async () => {
      await anAccount(store, 'lin', 'owner', { organisation: '=cmd()' });
      const file = await chef.ask('GET', '/api/accounts/export.xlsx?role=owner');
      const text = Object.values(unzipSync(file.rawPayload))
        .map((part) => strFromU8(part))
        .join('');
      expect(text).toContain('=cmd()');
      expect(text).not.toMatch(/<f>|argon2|chef/);
      const { rows } = await store.query(
        `select account_name, after from audit_records where action = 'export' and object = 'account' order by seq desc limit 1`,
        [],
      );
      expect(rows).toEqual([
        { account_name: '某人 chef', after: { format: 'xlsx', rows: 1, filters: { role: 'owner' } } },
      ]);
    });

    test('a change needs the version it was made on; a stale one gets the fresh account back', async () => {
      const id = await anAccount(store, 'lin');
      expect((await chef.ask('GET', `/api/accounts/${id}`)).headers.etag).toBe('"1"');
      expect(codeOf(await chef.ask('PATCH', `/api/accounts/${id}`, { name: '林' }))).toBe(
        'REQUEST_VERSION_MISSING',
      );
      const first = await change(id, 1, { name: ' 林一 ' });
      expect([first.statusCode, first.headers.etag, first.json<AccountJson>().name]).toEqual([
        200,
        '"2"',
        '林一',
      ]);
      const late = await change(id, 1, { name: '林二' });
      expect(late.statusCode).toBe(412);
      expect(late.json()).toMatchObject({ code: 'ACCOUNT_STALE', account: { name: '林一', version: 2 } });
      expect((await change(id, '*', { name: '林三' })).statusCode).toBe(412);
      expect((await account(id)).name).toBe('林一');
    });

    test('two changes at the same instant: one holds, the other learns of it', async () => {
      const id = await anAccount(store, 'lin');
      const replies = await Promise.all(['一', '二', '三'].map((name) => change(id, 1, { name })));
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412]);
    });

    test('another role ends the sessions, another territory holds at the very next request', async () => {
      const id = await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      await change(id, 1, { territory: { everywhere: false, districtCodes: ['990001'], townCodes: [] } });
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({
        me: { territory: { everywhere: false, districtCodes: ['990001'] } },
      });
      await change(id, 2, { role: 'city' });
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      expect((await lin.signIn('lin')).json()).toMatchObject({ me: { role: 'city' } });
    });

    test('disabling ends sessions and tokens at once, and brings no session back when it is taken back', async () => {
      const id = await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { value } = await newToken(lin, ['plan:read']);
      const off = await change(id, 1, { disabled: true });
      expect(off.json<AccountJson>().disabledAt).not.toBeNull();
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      const asked = await aBrowser(people).ask('GET', '/api/permissions', undefined, bearer(value));
      expect(codeOf(asked)).toBe('TOKEN_REFUSED');
      await change(id, 2, { disabled: false });
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      expect((await lin.signIn('lin')).statusCode).toBe(200);
      expect(await opens(value)).toBe(false);
    });

    test('the last administrator can be neither disabled nor demoted, also not by two at the same instant', async () => {
      expect(codeOf(await change(chefId, 1, { disabled: true }))).toBe('ACCOUNT_LAST_ADMIN');
      expect(codeOf(await change(chefId, 1, { role: 'city' }))).toBe('ACCOUNT_LAST_ADMIN');
      const second = await anAccount(store, 'second', 'admin');
      const replies = await Promise.all([
        change(chefId, 1, { role: 'city' }),
        change(second, 1, { role: 'city' }),
      ]);
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    });

    test('the database itself keeps an administrator and every account', async () => {
      await expect(store.query("update accounts set role = 'city'", [])).rejects.toMatchObject({
        constraint: 'accounts_last_admin',
      });
      await expect(store.query('delete from accounts', [])).rejects.toMatchObject({
        code: 'STORE_FORBIDDEN',
      });
    });

    test('a reset password has to be replaced, ends the sessions and opens a locked name', async () => {
      const id = await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const guesser = aBrowser(people, '10.4.4.4');
      for (let time = 0; time < 6; time += 1) await guesser.signIn('lin', 'Wrong-password-1');
      const { value } = await newToken(lin, ['plan:read']);
      const url = `/api/accounts/${id}/password`;
      expect(codeOf(await chef.ask('POST', url, { password: PASSWORD }))).toBe('ACCOUNT_PASSWORD_WEAK');
      expect((await chef.ask('POST', url, { password: 'Neues-Wort-22' })).statusCode).toBe(204);
      expect(await opens(value)).toBe(false);
      // taken back on record, in the name of who did it
      const { rows } = await store.query(
        `select account_name, object, action, after->>'tokens' as tokens, after->>'revoked_at' is not null as revoked
           from audit_records where account_id = $1 order by seq desc limit 2`,
        [chefId],
      );
      expect(rows).toEqual([
        { account_name: '某人 chef', object: 'account', action: 'password', tokens: '1', revoked: false },
        { account_name: '某人 chef', object: 'token', action: 'change', tokens: null, revoked: true },
      ]);
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      expect((await lin.signIn('lin', 'Neues-Wort-22')).json()).toMatchObject({
        me: { mustChangePassword: true },
      });
      const own = await chef.ask('POST', `/api/accounts/${chefId}/password`, { password: 'Neues-Wort-22' });
      expect(codeOf(own)).toBe('ACCOUNT_OWN');
    });

    test('an administrator signs somebody out', async () => {
      const id = await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { value } = await newToken(lin, ['plan:read']);
      expect((await chef.ask('POST', `/api/accounts/${id}/sign-out`)).json()).toEqual({
        ended: 1,
        tokens: 1,
      });
      expect(await opens(value)).toBe(false);
      expect((await lin.ask('GET', '/api/session')).json()).toMatchObject({ me: null });
      expect((await chef.ask('POST', '/api/accounts/nobody/sign-out')).statusCode).toBe(404);
    });

    test('what an administrator changed is in the audit trail in their name, without hashes', async () => {
      const { id } = (await chef.ask('POST', '/api/accounts', newAccount, once())).json<AccountJson>();
      await change(id, 1, { role: 'city' });
      const { rows } = await store.query<Record<string, unknown>>(
        "select action, account_id, before, after from audit_records where object = 'account' and object_id = $1 order by seq",
        [id],
      );
      expect(rows).toMatchObject([
        { action: 'create', account_id: chefId },
        { action: 'change', account_id: chefId, before: { role: 'planner' }, after: { role: 'city' } },
      ]);
      expect(JSON.stringify(rows)).not.toContain('argon2');
    });

    test('a token is shown once, does what its scope says and nothing else', async () => {
      await anAccount(store, 'lin', 'admin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { value, token } = await newToken(lin, ['account:read']);
      expect(value).toMatch(/^zz_[A-Za-z0-9_-]{43}$/);
      expect((await lin.ask('GET', '/api/tokens')).body).not.toContain(value);
      const program = aBrowser(people);
      expect((await program.ask('GET', '/api/accounts', undefined, bearer(value))).statusCode).toBe(200);
      expect(codeOf(await program.ask('POST', '/api/accounts', newAccount, bearer(value)))).toBe(
        'PERMISSION_DENIED',
      );
      expect((await program.ask('GET', '/api/session', undefined, bearer(value))).json()).toMatchObject({
        me: { login: 'lin', permissions: { 'account:read': 'all' }, expiresAt: token.expiresAt },
      });
      expect(program.cookie).toBeNull();
    });

    test('a token makes no tokens, changes no password and ends no session', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { value } = await newToken(lin, ['plan:read']);
      const program = aBrowser(people);
      const replies = await Promise.all([
        program.ask(
          'POST',
          '/api/tokens',
          { name: 'x', scope: ['plan:read'], days: 1 },
          { ...once(), ...bearer(value) },
        ),
        program.ask('GET', '/api/tokens', undefined, bearer(value)),
        program.ask(
          'POST',
          '/api/session/password',
          { current: PASSWORD, next: 'Ganz-anders-77' },
          bearer(value),
        ),
        program.ask('GET', '/api/sessions', undefined, bearer(value)),
        program.ask('DELETE', '/api/sessions', undefined, bearer(value)),
      ]);
      expect(replies.map(codeOf)).toEqual(Array(5).fill('SESSION_PERSON_NEEDED'));
    });

    test('nobody gives a token more than they have', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const ask = async (body: object) => codeOf(await lin.ask('POST', '/api/tokens', body, once()));
      expect(await ask({ name: 'x', scope: ['plan:read', 'account:read'], days: 1 })).toBe('TOKEN_SCOPE');
      expect(await ask({ name: 'x', scope: ['plan:read'], days: 366 })).toBe('REQUEST_INVALID');
      expect(await ask({ name: 'x', scope: [], days: 1 })).toBe('REQUEST_INVALID');
      expect(await ask({ name: 'x', scope: ['no:such'], days: 1 })).toBe('REQUEST_INVALID');
    });

    test('a token asked for again under its key is one token, and its value is told once and kept nowhere', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const body = { name: '脚本', scope: ['plan:read'], days: 30 };
      const ask = (headers: Record<string, string>, changes: object = {}) =>
        lin.ask('POST', '/api/tokens', { ...body, ...changes }, headers);
      expect(codeOf(await ask({}))).toBe('IDEMPOTENCY_KEY_MISSING');
      const act = once();
      const replies = await Promise.all([ask(act), ask(act), ask(act)]);
      const made = replies.map((reply) => reply.json<CreatedTokenJson>());
      expect(new Set(made.map(({ token }) => token.id)).size).toBe(1);
      const [value, ...others] = made.flatMap((one) => one.value ?? []);
      expect([await opens(value ?? ''), others]).toEqual([true, []]);
      expect(codeOf(await ask(act, { days: 60 }))).toBe('IDEMPOTENCY_KEY_REUSED');
      const { rows } = await store.query<{ kept: string }>(
        'select body::text as kept from idempotency_keys',
        [],
      );
      expect(rows.map(({ kept }) => kept).join()).not.toContain(value);
      const { tokens } = (await lin.ask('GET', '/api/tokens')).json<{ tokens: { isOver: boolean }[] }>();
      expect(tokens.map(({ isOver }) => isOver)).toEqual([false]);
    });

    test('a token loses with the role of its person', async () => {
      const id = await anAccount(store, 'lin', 'admin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { value } = await newToken(lin, ['account:read']);
      await change(id, 1, { role: 'city' });
      const asked = await aBrowser(people).ask('GET', '/api/accounts', undefined, bearer(value));
      expect(codeOf(asked)).toBe('PERMISSION_DENIED');
    });

    test('a token ends on its day and when it is taken back, and a wrong one is not taken for nobody', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const [one, two] = [await newToken(lin, ['plan:read']), await newToken(lin, ['plan:read'])];
      const use = async (value: string) => {
        const reply = await aBrowser(people).ask('GET', '/api/permissions', undefined, bearer(value));
        return reply.statusCode === 200 ? 'fine' : codeOf(reply);
      };
      expect([await use(one.value), await use(two.value)]).toEqual(['fine', 'fine']);
      await store.query("update tokens set expires_at = now() - interval '1 second' where id = $1", [
        one.token.id,
      ]);
      expect((await lin.ask('DELETE', `/api/tokens/${two.token.id}`)).statusCode).toBe(204);
      expect([await use(one.value), await use(two.value)]).toEqual(['TOKEN_REFUSED', 'TOKEN_REFUSED']);
      for (const odd of ['', 'zz_', 'x', `zz_${'A'.repeat(43)}`, "zz_'; drop table tokens"])
        expect(await use(odd)).toBe('TOKEN_REFUSED');
      const { tokens } = (await lin.ask('GET', '/api/tokens')).json<{ tokens: TokenJson[] }>();
      expect(tokens.every(({ lastUsedAt }) => lastUsedAt !== null)).toBe(true);
      // told by the clock of the database, not by that of whoever looks
      expect(tokens.map(({ id, isOver, revokedAt }) => [id, isOver, revokedAt !== null])).toEqual(
        expect.arrayContaining([
          [one.token.id, true, false],
          [two.token.id, false, true],
        ]),
      );
    });

    test('nobody takes back the token of somebody else, and twenty are enough', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const { token } = await newToken(chef, ['account:read']);
      expect((await lin.ask('DELETE', `/api/tokens/${token.id}`)).statusCode).toBe(404);
      for (let time = 0; time < 20; time += 1) await newToken(lin, ['plan:read']);
      const body = { name: 'x', scope: ['plan:read'], days: 1 };
      const more = await lin.ask('POST', '/api/tokens', body, once());
      expect([more.statusCode, codeOf(more)]).toEqual([409, 'TOKEN_LIMIT']);
    });

    test('the permission table is told to who is signed in', async () => {
      const reply = await chef.ask('GET', '/api/permissions');
      expect(reply.json()).toMatchObject({ maskedRoles: ['operator'] });
      expect(reply.json<{ permissions: object[] }>().permissions).toContainEqual({
        permission: 'audit:read',
        scopes: { city: 'all', admin: 'all' },
      });
    });
  });
}
