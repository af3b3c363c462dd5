// Is it alive, can it work, and what is in it.
import { statfs } from 'node:fs/promises';
import { liveSchema, readySchema, statusSchema } from '../contract/catalogue.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { loadStatus } from '../store/status.ts';
import { replies } from './route-parts.ts';

const LEAST_FREE_SHARE = 0.05;

export function healthRoutes(app: App, { store, config }: Services, version: string): void {
  const open = { access: 'open', rateLimit: false } as const;

  for (const url of ['/live', '/api/live']) {
    app.get(url, { config: open, schema: { tags: ['health'], response: replies(liveSchema) } }, () => ({
      live: true as const,
    }));
  }

  for (const url of ['/ready', '/api/ready']) {
    const response = { ...replies(readySchema), 503: readySchema };
    app.get(url, { config: open, schema: { tags: ['health'], response } }, async (_request, reply) => {
      const { ok, detail } = await store.health();
      const checks = [{ name: 'store', ok, detail }, await checkDisk(config.dataDir)];
      const ready = checks.every((check) => check.ok);
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    });
  }

  app.get(
    '/api/status',
    {
      config: { access: 'signed-in', isBackground: true },
      schema: { tags: ['health'], response: replies(statusSchema) },
    },
    async ({ store: mine }) => {
      const { counts, box, revisions, sample } = await loadStatus(mine);
      const { basemapUrl: url, basemapAttribution: attribution } = config;
      return {
        version,
        store: store.kind,
        sample,
        counts,
        box: box ? [...box] : null,
        revisions,
        basemap: url ? { url, attribution } : null,
      };
    },
  );
}

async function checkDisk(folder: string): Promise<{ name: string; ok: boolean; detail: string }> {
  try {
    const { bavail, blocks } = await statfs(folder);
    const freeShare = blocks > 0 ? bavail / blocks : 1;
    const detail = `${Math.round(freeShare * 100)} % free`;
    return { name: 'disk', ok: freeShare > LEAST_FREE_SHARE, detail };
  } catch {
    // a real database keeps its files elsewhere, so a missing folder is no fault
    return { name: 'disk', ok: true, detail: 'no local data folder' };
  }
}
