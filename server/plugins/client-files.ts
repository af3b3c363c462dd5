// The built client, when it exists: its files, and its first page for every address that is a screen.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import type { App } from './app-types.ts';

export async function registerClientFiles(app: App, config: Config): Promise<void> {
  if (!existsSync(join(config.clientDir, 'index.html'))) return;
  await app.register(fastifyStatic, { root: config.clientDir, serve: false, index: false });
  app.get(
    '/*',
    { config: { access: 'open', rateLimit: false }, schema: { hide: true } },
    (request, reply) => {
      const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
      if (path.startsWith('/api/')) throw new ProductError('REQUEST_NOT_FOUND', { path: path.slice(0, 200) });
      // built files carry a digest in their name and never change
      if (path.startsWith('/assets/')) return reply.sendFile(path, { maxAge: '365d', immutable: true });
      if (/\.[a-z0-9]{1,8}$/i.test(path)) return reply.sendFile(path, { maxAge: 0 });
      return reply.sendFile('index.html', { maxAge: 0 });
    },
  );
}
