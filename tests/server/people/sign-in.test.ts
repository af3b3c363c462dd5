// Doors: signing in and out, guessing, sessions that end, the own password. The same on the embedded and the real database.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CreatedTokenJson,
  MeJson,
  SessionListJson,
  SessionStateJson,
} from '../../../server/contract/people.ts';
import { makePasswords } from '../../../server/people/make-passwords.ts';
import { knowsPassword } from '../../../server/people/sign-in-with-password.ts';
import { makeGate } from '../../../server/plugins/gate.ts';
import { openTestStores } from '../../support/stores.ts';
import { aBrowser, anAccount, codeOf, faceOf, forgetPeople, openPeopleApp, PASSWORD } from './people-app.ts';

const stores = await openTestStores({ deadlineMs: 60_000 });
const apps = await Promise.all(stores.map(({ store }) => openPeopleApp(store)));
afterAll(async () => {
  for (const { app } of apps) await app.close();
  for (const opened of stores) await opened.close();
});

for (const people of apps) {
  const { store, app } = people;
  const state = async (browser: ReturnType<typeof aBrowser>): Promise<SessionStateJson> =>
    (await browser.ask('GET', '/api/session')).json();
  /** A new personal token of whoever is signed in there, and whether it still opens anything. */
  const tokenOf = async (browser: ReturnType<typeof aBrowser>) => {
    const asked = { name: '脚本', scope: ['plan:read'], days: 30 };
    const reply = await browser.ask('POST', '/api/tokens', asked, { 'idempotency-key': randomUUID() });
    const headers = { authorization: `Bearer ${reply.json<CreatedTokenJson>().value}` };
    const opens = async (): Promise<boolean> =>
      (await aBrowser(people).ask('GET', '/api/permissions', undefined, headers)).statusCode === 200;
    return { opens };
  };
  const isIn = async (browser: ReturnType<typeof aBrowser>): Promise<boolean> =>
    (await state(browser)).me !== null;

  describe(`doors on the ${store.kind} store`, () => {
    beforeEach(() => forgetPeople(store));

    test('name and password open a session that says who one is and what one may', async () => {
      await anAccount(store, 'lin', 'district', {
        territory: { everywhere: false, districtCodes: ['990001'], townCodes: [] },
      });
      const browser = aBrowser(people);
      const reply = await browser.signIn(' ＬIN');
      expect(reply.statusCode).toBe(200);
      const { me } = reply.json<{ me: MeJson }>();
      expect(me).toMatchObject({
        login: 'lin',
        role: 'district',
        territory: { everywhere: false, districtCodes: ['990001'], townCodes: [] },
        mustChangePassword: false,
      });
      expect(me.permissions['review:decide']).toBe('territory');
      expect(me.permissions).not.toHaveProperty('account:change');
      expect((await state(browser)).me).toEqual(me);
      expect(reply.headers['cache-control']).toBe('no-store');
      expect(reply.headers['set-cookie']).toMatch(
        /^zhanzhi_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
      );
    });

    test('a wrong password, an unknown name and an account without a password look the same', async () => {
      await anAccount(store, 'lin');
      await anAccount(store, 'provided', 'planner', { passwordHash: null });
      const faces = await Promise.all(
        ['lin', 'nobody', 'provided', "x' or 1=1 --", 'a b'].map(async (login) =>
          faceOf(await aBrowser(people).signIn(login, 'Wrong-password-1')),
        ),
      );
      expect(new Set(faces).size).toBe(1);
      expect(faces[0]).toContain('SESSION_REFUSED');
    });

    test('five failures lock a name, known or not, for the right password too, and lock nobody else', async () => {
      await anAccount(store, 'lin');
      await anAccount(store, 'mei');
      const guess = (login: string, password = 'Wrong-password-1') =>
        aBrowser(people).signIn(login, password);
      const codes: string[] = [];
      for (let time = 0; time < 7; time += 1) codes.push(codeOf(await guess('lin')));
      expect(codes).toEqual([...Array(5).fill('SESSION_REFUSED'), 'SESSION_LOCKED', 'SESSION_LOCKED']);
      expect(codeOf(await guess('lin', PASSWORD))).toBe('SESSION_LOCKED');
      for (let time = 0; time < 5; time += 1) await guess('nobody');
      expect(faceOf(await guess('nobody'))).toBe(faceOf(await guess('lin')));
      expect((await guess('mei', PASSWORD)).statusCode).toBe(200);
    });

    test('a hundred guesses at the same instant are five', async () => {
      await anAccount(store, 'lin');
      const replies = await Promise.all(
        Array.from({ length: 100 }, (_, each) =>
          aBrowser(people, `10.0.0.${each}`).signIn('lin', `Wrong-password-${each}`),
        ),
      );
      const codes = replies.map(codeOf);
      expect(codes.filter((code) => code === 'SESSION_REFUSED')).toHaveLength(5);
      expect(codes.filter((code) => code === 'SESSION_LOCKED')).toHaveLength(95);
    });

    test('the lock ends after ten minutes, attempts while it holds do not make it longer', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      for (let time = 0; time < 9; time += 1) await browser.signIn('lin', 'Wrong-password-1');
      await store.query("update sign_in_attempts set at = at - interval '9 minutes'", []);
      expect(codeOf(await browser.signIn('lin'))).toBe('SESSION_LOCKED');
      await store.query("update sign_in_attempts set at = at - interval '61 seconds'", []);
      expect((await browser.signIn('lin')).statusCode).toBe(200);
    });

    test('the lock is ten minutes from the fifth failure, also when the first was nearly ten minutes earlier', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin', 'Wrong-password-1');
      await store.query("update sign_in_attempts set at = at - interval '9 minutes 50 seconds'", []);
      for (let time = 0; time < 4; time += 1) await browser.signIn('lin', 'Wrong-password-1');
      await store.query("update sign_in_attempts set at = at - interval '30 seconds'", []);
      expect(codeOf(await browser.signIn('lin'))).toBe('SESSION_LOCKED');
    });

    test('thirty failures lock an address, and a right password in between does not help', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people, '10.9.9.9');
      for (let time = 0; time < 29; time += 1) await browser.signIn(`name-${time}`, 'Wrong-password-1');
      expect((await browser.signIn('lin')).statusCode).toBe(200);
      await browser.signIn('name-30', 'Wrong-password-1');
      expect(codeOf(await browser.signIn('lin'))).toBe('SESSION_ADDRESS_LOCKED');
      expect((await aBrowser(people, '10.9.9.8').signIn('lin')).statusCode).toBe(200);
    });

    test('success forgives the failures of a name', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      for (let round = 0; round < 3; round += 1) {
        for (let time = 0; time < 4; time += 1) await browser.signIn('lin', 'Wrong-password-1');
        expect((await browser.signIn('lin')).statusCode).toBe(200);
      }
    });

    test('every sign-in makes a new cookie and ends the session the browser had', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const old = aBrowser(people);
      old.cookie = browser.cookie;
      await browser.signIn('lin');
      expect(browser.cookie).not.toBe(old.cookie);
      expect([await isIn(browser), await isIn(old)]).toEqual([true, false]);
    });

    test('a cookie somebody planted never becomes a session', async () => {
      await anAccount(store, 'lin');
      const planted = `zhanzhi_session=${'A'.repeat(43)}`;
      const browser = aBrowser(people);
      browser.cookie = planted;
      expect(await isIn(browser)).toBe(false);
      await browser.signIn('lin');
      expect(browser.cookie).not.toBe(planted);
    });

    test('signing out ends the session itself, not only the cookie', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const copy = browser.cookie;
      const reply = await browser.ask('DELETE', '/api/session');
      expect([reply.statusCode, browser.cookie]).toEqual([204, null]);
      browser.cookie = copy;
      expect(await isIn(browser)).toBe(false);
    });

    test('signing out everywhere ends every browser of the person and of nobody else', async () => {
      await anAccount(store, 'lin');
      await anAccount(store, 'mei');
      const [one, two, other] = [aBrowser(people), aBrowser(people), aBrowser(people)];
      await one.signIn('lin');
      await two.signIn('lin');
      await other.signIn('mei');
      const { sessions } = (await one.ask('GET', '/api/sessions')).json<SessionListJson>();
      expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
      expect((await other.ask('DELETE', `/api/sessions/${sessions[0]?.id}`)).statusCode).toBe(404);
      const [mine, theirs] = [await tokenOf(one), await tokenOf(other)];
      expect((await one.ask('DELETE', '/api/sessions')).json()).toEqual({ ended: 2, tokens: 1 });
      expect([await isIn(one), await isIn(two), await isIn(other)]).toEqual([false, false, true]);
      // the personal tokens go with them, on record
      expect([await mine.opens(), await theirs.opens()]).toEqual([false, true]);
      const { rows } = await store.query(
        "select after->>'tokens' as tokens from audit_records where action = 'sign-out' order by seq desc limit 1",
        [],
      );
      expect(rows).toEqual([{ tokens: '1' }]);
    });

    test('thirty idle minutes end a session, fifteen an administrator’s', async () => {
      await anAccount(store, 'lin');
      await anAccount(store, 'chef', 'admin');
      const [lin, chef] = [aBrowser(people), aBrowser(people)];
      await lin.signIn('lin');
      await chef.signIn('chef');
      const idle = (minutes: number) =>
        store.query('update sessions set last_seen_at = now() - make_interval(mins => $1)', [minutes]);
      await idle(14);
      expect([await isIn(lin), await isIn(chef)]).toEqual([true, true]);
      await idle(16);
      expect([await isIn(lin), await isIn(chef)]).toEqual([true, false]);
      await idle(31);
      expect([await isIn(lin), await isIn(chef)]).toEqual([false, false]);
    });

    test('a look keeps a session alive, written once a minute', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const idle = async (): Promise<number> => {
        const { rows } = await store.query<{ s: number }>(
          'select extract(epoch from now() - last_seen_at)::float8 as s from sessions',
          [],
        );
        return rows[0]!.s;
      };
      await store.query("update sessions set last_seen_at = now() - interval '59 seconds'", []);
      await isIn(browser);
      expect(await idle()).toBeGreaterThan(58);
      await store.query("update sessions set last_seen_at = now() - interval '29 minutes'", []);
      // what an open page asks for by itself keeps nobody signed in
      expect((await browser.ask('GET', '/api/status')).statusCode).toBe(200);
      expect(await idle()).toBeGreaterThan(29 * 60 - 1);
      await isIn(browser);
      expect(await idle()).toBeLessThan(30);
    });

    test('twelve hours end a session however busy it is', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const { rows } = await store.query<{ hours: number }>(
        'select extract(epoch from expires_at - created_at)::float8 / 3600 as hours from sessions',
        [],
      );
      expect(rows[0]?.hours).toBe(12);
      await store.query("update sessions set expires_at = now() - interval '1 second'", []);
      expect(await isIn(browser)).toBe(false);
    });

    test('without a session the person is told to sign in, with 401 and a code', async () => {
      const reply = await aBrowser(people).ask('GET', '/api/tokens');
      expect([reply.statusCode, codeOf(reply)]).toEqual([401, 'SESSION_NEEDED']);
    });

    test('a new password ends the other sessions and gives this one a new cookie', async () => {
      await anAccount(store, 'lin');
      const [here, there] = [aBrowser(people), aBrowser(people)];
      await here.signIn('lin');
      await there.signIn('lin');
      const stolen = aBrowser(people);
      stolen.cookie = here.cookie;
      const change = { current: PASSWORD, next: 'Ganz-anders-77' };
      expect((await here.ask('POST', '/api/session/password', change)).statusCode).toBe(200);
      expect([await isIn(here), await isIn(there), await isIn(stolen)]).toEqual([true, false, false]);
      expect(codeOf(await aBrowser(people).signIn('lin'))).toBe('SESSION_REFUSED');
      expect((await aBrowser(people).signIn('lin', 'Ganz-anders-77')).statusCode).toBe(200);
    });

    test('a new password takes back the personal tokens, unless its person says otherwise', async () => {
      await anAccount(store, 'lin');
      const lin = aBrowser(people);
      await lin.signIn('lin');
      const change = (current: string, next: string, more: object = {}) =>
        lin.ask('POST', '/api/session/password', { current, next, ...more });
      const token = await tokenOf(lin);
      await change(PASSWORD, 'Ganz-anders-77', { endTokens: false });
      expect(await token.opens()).toBe(true);
      await change('Ganz-anders-77', 'Noch-anders-88');
      expect(await token.opens()).toBe(false);
      const { rows } = await store.query(
        "select after->>'tokens' as tokens from audit_records where action = 'password' order by seq desc limit 2",
        [],
      );
      expect(rows).toEqual([{ tokens: '1' }, { tokens: '0' }]);
    });

    test('the present password has to be known, and guessing it locks the name', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const codes: string[] = [];
      for (let time = 0; time < 6; time += 1) {
        const guess = { current: 'Wrong-password-1', next: 'Ganz-anders-77' };
        codes.push(codeOf(await browser.ask('POST', '/api/session/password', guess)));
      }
      expect(codes).toEqual([...Array(5).fill('ACCOUNT_PASSWORD_WRONG'), 'SESSION_LOCKED']);
    });

    test('none of the last five passwords comes back, the sixth may', async () => {
      await anAccount(store, 'lin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const change = async (current: string, next: string) => {
        const reply = await browser.ask('POST', '/api/session/password', { current, next });
        return reply.statusCode === 200 ? 'changed' : codeOf(reply);
      };
      const chain = [PASSWORD, ...[1, 2, 3, 4].map((each) => `Immer-neu-${each}${each}`)];
      for (let each = 1; each < chain.length; each += 1)
        expect(await change(chain[each - 1]!, chain[each]!)).toBe('changed');
      for (const old of chain) expect(await change(chain.at(-1)!, old)).toBe('ACCOUNT_PASSWORD_WEAK');
      expect(await change(chain.at(-1)!, 'Immer-neu-55')).toBe('changed');
      expect(await change('Immer-neu-55', PASSWORD)).toBe('changed');
    });

    test('who has to choose a password can do nothing else first', async () => {
      await anAccount(store, 'lin', 'planner', { mustChangePassword: true });
      const browser = aBrowser(people);
      expect((await browser.signIn('lin')).json()).toMatchObject({ me: { mustChangePassword: true } });
      expect(codeOf(await browser.ask('GET', '/api/tokens'))).toBe('SESSION_PASSWORD_CHANGE');
      expect(codeOf(await browser.ask('GET', '/api/sites'))).toBe('SESSION_PASSWORD_CHANGE');
      const change = { current: PASSWORD, next: 'Ganz-anders-77' };
      await browser.ask('POST', '/api/session/password', change);
      expect((await browser.ask('GET', '/api/tokens')).statusCode).toBe(200);
    });

    test('a disabled account is told so only to who knows its password', async () => {
      const id = await anAccount(store, 'lin');
      await store.query('update accounts set disabled_at = now() where id = $1', [id]);
      expect(codeOf(await aBrowser(people).signIn('lin', 'Wrong-password-1'))).toBe('SESSION_REFUSED');
      expect(codeOf(await aBrowser(people).signIn('lin'))).toBe('SESSION_ACCOUNT_DISABLED');
    });

    test('when too many passwords wait a sign-in is refused with 503 and counts as no attempt', async () => {
      await anAccount(store, 'lin');
      let leave = () => {};
      const gate = makeGate(1, 0);
      const inside = gate(
        () =>
          new Promise<void>((resolve) => {
            leave = resolve;
          }),
      );
      const context = { address: '10.1.1.1', requestId: 'r', reason: '' };
      const typed = { login: 'lin', password: PASSWORD };
      const asked = knowsPassword(store, makePasswords(gate), typed, context);
      await expect(asked).rejects.toMatchObject({ code: 'SERVICE_BUSY' });
      leave();
      await inside;
      expect((await store.query('select from sign_in_attempts', [])).rows).toEqual([]);
    });

    test('an account keeps its twenty newest sessions', async () => {
      await anAccount(store, 'lin');
      const first = aBrowser(people);
      for (let time = 0; time < 21; time += 1) await (time === 0 ? first : aBrowser(people)).signIn('lin');
      const { rows } = await store.query<{ n: number }>('select count(*) as n from sessions', []);
      expect([rows[0]?.n, await isIn(first)]).toEqual([20, false]);
    });

    test('no cookie, token, password or hash is kept readable or told', async () => {
      await anAccount(store, 'lin', 'admin');
      const browser = aBrowser(people);
      await browser.signIn('lin');
      const value = browser.cookie!.split('=')[1]!;
      const told = await Promise.all(
        ['/api/session', '/api/sessions', '/api/accounts', '/api/tokens'].map((url) =>
          browser.ask('GET', url),
        ),
      );
      const { rows } = await store.query(
        'select (select json_agg(s) from sessions s)::text || (select json_agg(t) from sign_in_attempts t)::text as kept',
        [],
      );
      for (const text of [...told.map(({ body }) => body), JSON.stringify(rows)]) {
        expect(text).not.toContain(value);
        expect(text).not.toContain('argon2');
      }
    });

    test('each act at the doors is in the audit trail with its person, and a typed name is not', async () => {
      const id = await anAccount(store, 'lin');
      const { rows: before } = await store.query<{ seq: number }>(
        'select coalesce(max(seq), 0) as seq from audit_records',
        [],
      );
      const browser = aBrowser(people, '10.3.3.3');
      await browser.signIn('Geheim-getippt-1', 'Wrong-password-1');
      await browser.signIn('lin', 'Wrong-password-1');
      const other = aBrowser(people, '10.3.3.3');
      await other.signIn('lin');
      await browser.signIn('lin');
      const { sessions } = (await browser.ask('GET', '/api/sessions')).json<SessionListJson>();
      await browser.ask('DELETE', `/api/sessions/${sessions.find(({ current }) => !current)?.id}`);
      await browser.ask('POST', '/api/session/password', { current: PASSWORD, next: 'Ganz-anders-77' });
      await browser.ask('DELETE', '/api/session');
      const { rows } = await store.query<Record<string, unknown>>(
        `select action, account_id, object_id, address, before, after from audit_records
          where seq > $1 and object = 'account' order by seq`,
        [before[0]?.seq],
      );
      const acts = rows.map(({ action, account_id, object_id }) => [action, account_id, object_id]);
      expect(acts.filter(([action]) => action !== 'change')).toEqual([
        ['sign-in-refused', null, null],
        ['sign-in-refused', null, id],
        ['sign-in', id, id],
        ['sign-in', id, id],
        ['sign-out', id, id],
        ['password', id, id],
        ['sign-out', id, id],
      ]);
      expect(rows.every(({ address }) => address === '10.3.3.3')).toBe(true);
      expect(JSON.stringify(rows)).not.toMatch(/geheim|argon2|anders/i);
    });

    test('the doors of the service are described in the interface', async () => {
      const { paths } = app.swagger() as { paths: Record<string, object> };
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining(['/api/session', '/api/sessions/{id}', '/api/accounts/{id}', '/api/tokens']),
      );
    });
  });
}
