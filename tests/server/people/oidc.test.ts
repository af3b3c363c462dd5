// Signing in at an identity provider: a real one, started here, with real codes, keys and tokens.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Config } from '../../../server/config.ts';
import { openTestStores } from '../../support/stores.ts';
import { CLIENT_ID, CLIENT_SECRET, openProvider, passProvider } from './a-provider.ts';
import { aBrowser, anAccount, forgetPeople, openPeopleApp, type PeopleApp } from './people-app.ts';

const PUBLIC_URL = 'http://127.0.0.1:8080';
const provider = await openProvider(PUBLIC_URL);
const settings: Partial<Config> = {
  publicUrl: PUBLIC_URL,
  oidcIssuer: provider.issuer,
  oidcClientId: CLIENT_ID,
  oidcClientSecret: CLIENT_SECRET,
};
const stores = await openTestStores({ deadlineMs: 60_000 });
const apps = await Promise.all(stores.map(({ store }) => openPeopleApp(store, settings)));
afterAll(async () => {
  for (const { app } of apps) await app.close();
  for (const opened of stores) await opened.close();
  await provider.close();
});

/** What the browser has after it was sent away: where to, and the cookie it brings back. */
interface Departure {
  readonly url: string;
  readonly flow: string;
}

async function depart({ app }: PeopleApp): Promise<Departure> {
  const reply = await app.inject({ url: '/api/session/oidc', headers: { host: '127.0.0.1' } });
  expect(reply.statusCode).toBe(302);
  const [cookie] = reply.cookies;
  return { url: reply.headers.location!, flow: cookie ? `${cookie.name}=${cookie.value}` : '' };
}

async function comeBack({ app }: PeopleApp, back: URL, flow: string) {
  const reply = await app.inject({
    url: back.pathname + back.search,
    headers: { host: '127.0.0.1', cookie: flow },
  });
  expect(reply.statusCode).toBe(302);
  const session = reply.cookies.find(({ name }) => name === 'zhanzhi_session');
  return { location: reply.headers.location, cookie: session ? `zhanzhi_session=${session.value}` : null };
}

async function signIn(people: PeopleApp, subject: string) {
  const { url, flow } = await depart(people);
  return comeBack(people, await passProvider(url, subject), flow);
}

const refused = (code: string) => ({ location: `/sign-in?refused=${code}`, cookie: null });

for (const people of apps) {
  const { store } = people;

  describe(`the identity provider and the ${store.kind} store`, () => {
    beforeEach(async () => {
      await forgetPeople(store);
      provider.usernames.clear();
    });

    test('the browser leaves with PKCE, state and nonce, and keeps them in a short-lived cookie', async () => {
      const reply = await people.app.inject({ url: '/api/session/oidc', headers: { host: '127.0.0.1' } });
      const { searchParams } = new URL(reply.headers.location!);
      expect(Object.fromEntries(searchParams)).toMatchObject({
        response_type: 'code',
        client_id: CLIENT_ID,
        redirect_uri: `${PUBLIC_URL}/api/session/oidc/return`,
        code_challenge_method: 'S256',
        code_challenge: expect.stringMatching(/^.{43}$/),
        state: expect.stringMatching(/^.{43}$/),
        nonce: expect.stringMatching(/^.{43}$/),
      });
      expect(reply.cookies[0]).toMatchObject({
        name: 'zhanzhi_oidc',
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: 600,
      });
    });

    test('the first sign-in binds the account of that login once, later ones need no login', async () => {
      await anAccount(store, 'lin', 'city', { passwordHash: null, oidcLinkAllowed: true });
      provider.usernames.set('s-1', ' LIN ');
      const first = await signIn(people, 's-1');
      expect(first.location).toBe('/');
      const browser = aBrowser(people);
      browser.cookie = first.cookie;
      expect((await browser.ask('GET', '/api/session')).json()).toMatchObject({
        me: { login: 'lin', role: 'city' },
        oidc: true,
      });
      provider.usernames.set('s-1', 'renamed');
      expect((await signIn(people, 's-1')).location).toBe('/');
      provider.usernames.set('s-2', 'lin');
      expect(await signIn(people, 's-2')).toEqual(refused('SESSION_OIDC_UNKNOWN'));
    });

    test('an account nobody allowed to be bound, and a name nobody has, stay outside', async () => {
      await anAccount(store, 'lin');
      provider.usernames.set('s-1', 'lin');
      expect(await signIn(people, 's-1')).toEqual(refused('SESSION_OIDC_UNKNOWN'));
      expect(await signIn(people, 's-unknown')).toEqual(refused('SESSION_OIDC_UNKNOWN'));
      expect((await store.query('select from accounts', [])).rows).toHaveLength(1);
    });

    test('a disabled account stays outside, bound or not', async () => {
      await anAccount(store, 'lin', 'city', { oidcLinkAllowed: true });
      provider.usernames.set('s-1', 'lin');
      await store.query('update accounts set disabled_at = now()', []);
      expect(await signIn(people, 's-1')).toEqual(refused('SESSION_OIDC_UNKNOWN'));
      await store.query('update accounts set disabled_at = null', []);
      expect((await signIn(people, 's-1')).location).toBe('/');
      await store.query('update accounts set disabled_at = now()', []);
      expect(await signIn(people, 's-1')).toEqual(refused('SESSION_ACCOUNT_DISABLED'));
    });

    test('another state, another nonce, another verifier or no cookie: nobody comes in', async () => {
      await anAccount(store, 'lin', 'city', { oidcLinkAllowed: true });
      provider.usernames.set('s-1', 'lin');
      const other = 'A'.repeat(43);
      const tampers: readonly ((flow: string, back: URL) => string)[] = [
        (flow, back) => {
          back.searchParams.set('state', other);
          return flow;
        },
        (flow) => flow.replace(/=[^.]+\./, `=${other}.`),
        (flow) => flow.replace(/\.[^.]+\./, `.${other}.`),
        (flow) => flow.replace(/\.[^.]+$/, `.${other}`),
        () => '',
        () => 'zhanzhi_oidc=a.b.c',
      ];
      for (const tamper of tampers) {
        const { url, flow } = await depart(people);
        const back = await passProvider(url, 's-1');
        const brought = tamper(flow, back);
        expect(brought === flow && back.searchParams.get('state') !== other).toBe(false);
        expect(await comeBack(people, back, brought), String(tamper)).toEqual(refused('SESSION_OIDC_FAILED'));
      }
      expect((await store.query('select from sessions', [])).rows).toEqual([]);
    });

    test('a way back serves once, and only the browser that left', async () => {
      await anAccount(store, 'lin', 'city', { oidcLinkAllowed: true });
      provider.usernames.set('s-1', 'lin');
      const mine = await depart(people);
      const theirs = await depart(people);
      const back = await passProvider(mine.url, 's-1');
      expect(await comeBack(people, back, theirs.flow)).toEqual(refused('SESSION_OIDC_FAILED'));
      expect((await comeBack(people, back, mine.flow)).location).toBe('/');
      expect(await comeBack(people, back, mine.flow)).toEqual(refused('SESSION_OIDC_FAILED'));
    });

    test('a person who gives up at the provider lands on the sign-in page', async () => {
      const { url, flow } = await depart(people);
      const state = new URL(url).searchParams.get('state');
      const back = new URL(`${PUBLIC_URL}/api/session/oidc/return?error=access_denied&state=${state}`);
      back.searchParams.set('iss', provider.issuer);
      expect(await comeBack(people, back, flow)).toEqual(refused('SESSION_OIDC_FAILED'));
    });
  });
}

test('without a provider in the settings the way there is closed', async () => {
  const people = await openPeopleApp(stores[0]!.store);
  expect((await depart(people)).url).toBe('/sign-in?refused=SESSION_OIDC_OFF');
  await people.app.close();
});

test('a provider that does not answer is named as such, and asked again the next time', async () => {
  const holder = createServer((_request, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const port = (holder.address() as AddressInfo).port;
  const people = await openPeopleApp(stores[0]!.store, {
    ...settings,
    oidcIssuer: `http://127.0.0.1:${port}`,
  });
  for (let time = 0; time < 2; time += 1)
    expect((await depart(people)).url).toBe('/sign-in?refused=SESSION_OIDC_UNREACHABLE');
  await new Promise((resolve) => holder.close(resolve));
  expect((await depart(people)).url).toBe('/sign-in?refused=SESSION_OIDC_UNREACHABLE');
  await people.app.close();
});
