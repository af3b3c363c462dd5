// People for tests that are about something else: accounts that see everything, with a session each. Requests of a test are made by a
// planner, judgements by the city, because nobody judges what they made.
import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { cookieOf } from '../../scripts/bench/cookie-of.ts';
import { DEMO_PASSWORD } from '../../server/people/demo-accounts.ts';
import type { Role } from '../../server/permission/permission-table.ts';
import type { App } from '../../server/plugins/app-types.ts';
import type { Store } from '../../server/store/store.ts';

/** Cookies of those who make requests in tests. */
export interface People {
  readonly planner: string;
  readonly city: string;
}

export async function somePeople(store: Store): Promise<People> {
  return { planner: await cookieOf(store, 'planner'), city: await cookieOf(store, 'city') };
}

/** Who makes a request with this method and address. */
export function cookieFor({ planner, city }: People, method: string, path: string): string {
  return method.toUpperCase() === 'POST' && /^\/api\/plans\/[^/]+\/reviews/.test(path) ? city : planner;
}

/** Requests injected into the app carry a cookie, unless they bring one or a token; each post without a key is an act of its own. */
export function signInInjected(app: Pick<App, 'inject'>, people: People): void {
  const plain = app.inject.bind(app) as (options: InjectOptions) => Promise<LightMyRequestResponse>;
  const signedIn = (asked: InjectOptions | string): Promise<LightMyRequestResponse> => {
    const options = typeof asked === 'string' ? { url: asked } : asked;
    const { method = 'GET', url = '' } = options;
    const headers = { ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...options.headers };
    if ('cookie' in headers || 'authorization' in headers) return plain({ ...options, headers });
    const cookie = cookieFor(people, method, typeof url === 'string' ? url : '');
    return plain({ ...options, headers: { ...headers, cookie } });
  };
  // the tests use none of its other forms
  app.inject = signedIn as typeof app.inject;
}

/** The cookie of a demonstration account of a running service. */
export const demoCookie = (url: string, login: Role): Promise<string> =>
  signedInCookie(url, login, DEMO_PASSWORD);

export async function signedInCookie(url: string, login: string, password: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  const [cookie] = reply.headers.get('set-cookie')?.split(';') ?? [];
  if (reply.status !== 200 || !cookie) throw new Error(`no sign-in as ${login}: ${await reply.text()}`);
  return cookie;
}
