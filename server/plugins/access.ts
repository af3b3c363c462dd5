// Who may come in: every route states its access or the start fails; only this machine's names are answered unless remote
// use is allowed (against DNS rebinding); writes must come from our own pages (against other sites in the same browser).
import { type Config, isLoopback } from '../config.ts';
import { ProductError } from '../errors.ts';
import { type App, accessLevels } from './app-types.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function registerAccess(app: App, config: Config): void {
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    // the pages of the API description are made by a plugin that cannot state it
    if (route.url.startsWith('/api/docs')) route.config = { ...route.config, access: 'open' };
    else if (!access || !accessLevels.includes(access)) {
      throw new Error(`the route ${String(route.method)} ${route.url} does not state its access`);
    }
  });

  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? '';
    if (!config.allowRemote && !isLoopback(hostnameOf(host)))
      throw new ProductError('REQUEST_HOST', { host: host || '-' });
    if (readingMethods.has(request.method)) return;
    const { origin } = request.headers;
    const foreign = request.headers['sec-fetch-site'] === 'cross-site';
    if (foreign || (origin !== undefined && hostOfOrigin(origin) !== host)) {
      throw new ProductError('REQUEST_ORIGIN', { origin: origin ?? '-' });
    }
  });
}

/** Host name without the port; IPv6 keeps its brackets. */
const hostnameOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '');

const hostOfOrigin = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
