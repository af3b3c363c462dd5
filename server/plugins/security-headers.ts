// Headers that keep the page clean (reliability 4.9): own scripts only, own workers, no foreign host but a basemap somebody
// configured. HTTPS upgrades stay off, because the service speaks plain HTTP behind whatever the site puts before it.
import helmet from '@fastify/helmet';
import type { Config } from '../config.ts';
import type { App } from './app-types.ts';

export async function registerSecurityHeaders(app: App, config: Config): Promise<void> {
  // Scheme, host and port of the one basemap; readConfig has seen to it that the host holds no placeholder.
  const basemap = config.basemapUrl ? [new URL(config.basemapUrl).origin] : [];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'", ...basemap],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...basemap],
        objectSrc: ["'none'"],
        // compiling the solver's WASM; text is never run as a script
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // antd writes its component styles into <style> elements at run time
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    crossOriginEmbedderPolicy: false,
    hsts: false,
    referrerPolicy: { policy: 'same-origin' },
  });
}
