// A running service: the app on its port, interrupted plans taken up again, and a clean end within ten seconds.
import { buildApp } from './app.ts';
import { type Config, isLoopback } from './config.ts';
import { ProductError } from './errors.ts';
import type { PlanJobs } from './jobs/plan-jobs.ts';
import type { App } from './plugins/app-types.ts';
import type { Store } from './store/store.ts';

const CLOSE_WITHIN_MS = 10_000;

export interface Service {
  readonly app: App;
  readonly jobs: PlanJobs;
  /** http://host:port as printed; the real port when PORT=0. */
  readonly url: string;
  /** Stops accepting, ends streams and jobs, closes the store. Safe to call twice. */
  close(): Promise<void>;
}

/** Listens on config.host and config.port with an open, migrated store. Throws CONFIG_PORT_TAKEN. */
export async function startService({ store, config }: { store: Store; config: Config }): Promise<Service> {
  const { app, jobs } = await buildApp({ store, config });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw taken ? new ProductError('CONFIG_PORT_TAKEN', { port: config.port }) : error;
  }
  await jobs.resume();
  let closing: Promise<void> | null = null;
  return {
    app,
    jobs,
    url: urlOf(app, config),
    close: () => {
      closing ??= app.close().then(() => store.close());
      return closing;
    },
  };
}

/** Ctrl-C and SIGTERM close the service; a second signal or ten seconds end the process. */
export function closeOnSignals(service: Service, onClosed: () => void = () => process.exit(0)): void {
  let asked = false;
  const close = (): void => {
    if (asked) process.exit(1);
    asked = true;
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    service.close().then(onClosed, () => process.exit(1));
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

function urlOf(app: App, { host, port }: Config): string {
  const address = app.server.address();
  const realPort = typeof address === 'object' && address ? address.port : port;
  const name = isLoopback(host) ? host.replace(/^::1$/, '[::1]') : 'localhost';
  return `http://${name}:${realPort}`;
}
