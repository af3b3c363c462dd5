// The browser of a test comes as somebody, without the form: its own test types there (tests/walk/sign-in-in-chromium.test.ts).
import type { OpenBrowser } from './chromium.ts';

/** `cookie` as it goes into a header: name=value. A page that is open has to be loaded again. */
export async function enterAs({ context }: OpenBrowser, url: string, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }]);
}
