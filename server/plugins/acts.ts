// Which routes are acts of people: every one that asks for a key of its own (once-only.ts), and the doors. They wait for the database in
// a line of their own (store/turns.ts), so that a rush is queued and not refused, and readers are not shut out by it.
import type { App } from './app-types.ts';
import { onceHeadersSchema } from './once-only.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set for the route, never by it. */
    isAct?: boolean;
  }
}

const DOORS = '/api/session';

export function registerActs(app: App): void {
  app.addHook('onRoute', (route) => {
    const isAct = route.schema?.headers === onceHeadersSchema || route.url.startsWith(DOORS);
    if (isAct) route.config = { ...route.config, isAct };
  });
}
