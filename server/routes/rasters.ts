// Terrain and clutter rasters: listed, shown as a picture, deleted. They come in by POST /api/imports.
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { rasterListSchema } from '../contract/rasters.ts';
import { ProductError } from '../errors.ts';
import { paintClasses, paintRelief } from '../export/raster-preview.ts';
import type { App } from '../plugins/app-types.ts';
import { makeByteCache } from '../plugins/byte-cache.ts';
import { makeGate } from '../plugins/gate.ts';
import { loadOverview } from '../store/raster-overview.ts';
import { deleteRaster, loadRaster, loadRasters, type StoredRaster } from '../store/rasters.ts';
import type { Store } from '../store/store.ts';
import { bytes, emptied, idParams, replies, versionQuery } from './route-parts.ts';

const PREVIEW_PIXELS = 768;
const PREVIEWS_KEPT_BYTES = 16 * 1024 * 1024;
const PREVIEWS_AT_ONCE = 1;
const PREVIEWS_WAITING = 16;

export function rasterRoutes(app: App): void {
  const tags = ['rasters'];
  const read = { access: 'ground:read' } as const;
  const change = { access: 'ground:change' } as const;
  const cache = makeByteCache(PREVIEWS_KEPT_BYTES);
  const gate = makeGate(PREVIEWS_AT_ONCE, PREVIEWS_WAITING);

  app.get(
    '/api/rasters',
    { config: read, schema: { tags, response: replies(rasterListSchema) } },
    async ({ store }) => ({ rasters: (await loadRasters(store)).map(rasterJson) }),
  );

  app.get(
    '/api/rasters/:id/preview.png',
    { config: read, schema: { tags, params: idParams, querystring: versionQuery, response: bytes } },
    async (request, reply) => {
      const raster = await rasterOf(request.store, request.params.id);
      const { digest, createdAt } = raster;
      const key = `${raster.id}/${createdAt}`;
      const tag = `"${createHash('sha256').update(`${key}/${digest}`).digest('base64url').slice(0, 22)}"`;
      if (request.headers['if-none-match'] === tag) return sendSame(reply, tag);
      const picture = cache.get(key) ?? (await gate(() => paintRaster(request.store, raster)));
      cache.set(key, picture);
      reply.header('etag', tag).header('cache-control', 'private, no-cache').type('image/png');
      return reply.send(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
    },
  );

  app.delete(
    '/api/rasters/:id',
    { config: change, schema: { tags, params: idParams, response: emptied } },
    async ({ params: { id }, store }, reply) => {
      if (!(await deleteRaster(store, id))) throw new ProductError('RASTER_UNKNOWN', { id });
      return reply.code(204).send(null);
    },
  );

  const rasterOf = async (store: Store, id: string): Promise<StoredRaster> => {
    const raster = await loadRaster(store, id);
    if (!raster) throw new ProductError('RASTER_UNKNOWN', { id });
    return raster;
  };

  const paintRaster = async (store: Store, raster: StoredRaster): Promise<Uint8Array> => {
    const overview = await loadOverview(store, raster, PREVIEW_PIXELS);
    return raster.kind === 'terrain' ? paintRelief(overview) : paintClasses(overview);
  };
}

const sendSame = (reply: FastifyReply, tag: string): FastifyReply =>
  reply.header('etag', tag).header('cache-control', 'private, no-cache').code(304).send();

function rasterJson(raster: StoredRaster) {
  const { id, kind, name, sourceFile, crs, columns, rows, resolutionM, holes, lowestM, highestM } = raster;
  const { westDeg, northDeg, stepLonDeg, stepLatDeg, createdAt } = raster;
  const box = [westDeg, northDeg - rows * stepLatDeg, westDeg + columns * stepLonDeg, northDeg];
  const facts = { id, kind, name, sourceFile, crs, columns, rows, resolutionM, holes, lowestM, highestM };
  return { ...facts, box, createdAt };
}
