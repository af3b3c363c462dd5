// A real identity provider on a free port, and a person who signs in there: follows redirects, fills in its forms.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export const CLIENT_ID = 'zhanzhi';
export const CLIENT_SECRET = 'a-secret-of-the-test-and-nothing-else';

export interface TestProvider {
  readonly issuer: string;
  /** Subject → preferred_username, as the provider tells it now. */
  readonly usernames: Map<string, string>;
  close(): Promise<void>;
}

export async function openProvider(publicUrl: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const usernames = new Map<string, string>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${publicUrl}/api/session/oidc/return`],
      },
    ],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    cookies: { keys: ['a key for the cookies of this test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: usernames.get(id) ?? id }),
    }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    usernames,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const MOST_STEPS = 20;

/** Signs in as `subject` at the address our service sent the browser to; answers the address the provider sends it back to. */
export async function passProvider(url: string, subject: string): Promise<URL> {
  const { origin } = new URL(url);
  const jar = new Map<string, { readonly path: string; readonly pair: string }>();
  let next = url;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { pathname } = new URL(next);
    const cookie = [...jar.values()].filter(({ path }) => pathname.startsWith(path)).map(({ pair }) => pair);
    const reply: Response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: cookie.join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    form = null;
    for (const set of reply.headers.getSetCookie()) {
      const pair = set.split(';')[0]!;
      const path = /path=([^;]+)/i.exec(set)?.[1] ?? '/';
      jar.set(`${pair.split('=')[0]} ${path}`, { path, pair });
    }
    const location = reply.headers.get('location');
    if (location) {
      const target = new URL(location, next);
      if (target.origin !== origin) return target;
      next = target.href;
      continue;
    }
    const page = await reply.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (!prompt) throw new Error(`the provider answered ${reply.status}: ${page.slice(0, 300)}`);
    form = new URLSearchParams({ prompt, login: subject, password: 'anything' });
  }
  throw new Error('the provider never sent the browser back');
}
