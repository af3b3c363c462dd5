// The real app with people in it, on every store this machine has, and a browser that keeps its cookie.
import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../../server/app.ts';
import type { Config } from '../../../server/config.ts';
import { makePasswords } from '../../../server/people/make-passwords.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { makeGate } from '../../../server/plugins/gate.ts';
import { type NewAccount, saveAccount } from '../../../server/store/accounts.ts';
import type { Store } from '../../../server/store/store.ts';
import { testConfig } from '../app-on-town.ts';

export const PASSWORD = 'Korrekt-Pferd-9';
export const passwords = makePasswords(makeGate(2, 40));
const hashOfPassword = passwords.hash(PASSWORD);

export interface PeopleApp {
  readonly app: App;
  readonly store: Store;
  readonly config: Config;
}

export async function openPeopleApp(store: Store, changes: Partial<Config> = {}): Promise<PeopleApp> {
  const config = testConfig(changes);
  const { app } = await buildApp({ store, config });
  await app.ready();
  return { app, store, config };
}

/** Nobody, no session, no attempt. */
export async function forgetPeople(store: Store): Promise<void> {
  await store.query(
    'truncate accounts, sessions, tokens, password_history, sign_in_attempts, setup_codes, account_visits',
  );
}

/** The id of a new account with PASSWORD. */
export async function anAccount(
  store: Store,
  login: string,
  role: Role = 'planner',
  changes: Partial<NewAccount> = {},
): Promise<string> {
  const id = randomUUID();
  await saveAccount(store, {
    id,
    login,
    name: `某人 ${login}`,
    role,
    organisation: '某单位',
    territory: { everywhere: true, districtCodes: [], townCodes: [] },
    passwordHash: await hashOfPassword,
    mustChangePassword: false,
    oidcLinkAllowed: false,
    isDemo: false,
    ...changes,
  });
  return id;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Headers = Readonly<Record<string, string>>;

export interface Browser {
  cookie: string | null;
  ask(method: Method, url: string, body?: object, headers?: Headers): Promise<LightMyRequestResponse>;
  signIn(login: string, password?: string): Promise<LightMyRequestResponse>;
}

export function aBrowser({ app }: Pick<PeopleApp, 'app'>, remoteAddress = '127.0.0.1'): Browser {
  const browser: Browser = {
    cookie: null,
    ask: async (method, url, body, headers = {}) => {
      const reply = await app.inject({
        method,
        url,
        remoteAddress,
        headers: { host: '127.0.0.1', ...(browser.cookie && { cookie: browser.cookie }), ...headers },
        ...(body && { payload: body }),
      });
      const set = reply.cookies.find(({ name }) => name.endsWith('zhanzhi_session'));
      if (set) browser.cookie = set.value === '' ? null : `${set.name}=${set.value}`;
      return reply;
    },
    signIn: (login, password = PASSWORD) => browser.ask('POST', '/api/session', { login, password }),
  };
  return browser;
}

export const codeOf = (reply: LightMyRequestResponse): string => reply.json<{ code: string }>().code;

/** The answer as a guesser sees it: all but the number every request gets. */
export const faceOf = (reply: LightMyRequestResponse): string => {
  const { 'x-request-id': _id, date: _date, ...headers } = reply.headers;
  const { requestId: _requestId, ...body } = reply.json<{ requestId: string }>();
  const brakes = Object.entries(headers).filter(([name]) => !name.startsWith('x-ratelimit'));
  return JSON.stringify([reply.statusCode, brakes, body]);
};
