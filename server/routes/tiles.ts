// Map tiles: vectors from the store, coverage painted from a plan's raster. The address names what it shows, the tag names
// the layer's revision; gzip tiles are kept in memory, so a second look costs the database nothing.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encode as encodePng } from 'fast-png';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { type Box, coverageLayers, coverageRamps, paintCoverageTile } from '../../engine/index.ts';
import { planViewQuerySchema } from '../contract/plans.ts';
import { idSchema, oneOf, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { encodeCoverageTile } from '../export/encode-coverage-tile.ts';
import { boxOfTile, encodeVectorTile, TILE_MARGIN, type TileAddress } from '../export/encode-vector-tile.ts';
import type { Permission } from '../permission/permission-table.ts';
import { sightOf } from '../permission/sight-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type ByteCache, makeByteCache } from '../plugins/byte-cache.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { loadAreaTile } from '../store/areas.ts';
import { loadBuildingTile } from '../store/buildings.ts';
import { loadDistrictTile } from '../store/districts.ts';
import { loadPipeTile } from '../store/pipes.ts';
import { loadPlanTile } from '../store/plans.ts';
import { loadRoadTile } from '../store/roads.ts';
import { loadSiteTile } from '../store/sites.ts';
import { loadRevisions } from '../store/status.ts';
import type { Queryable, Store } from '../store/store.ts';
import type { TileFeature } from '../store/tile-feature.ts';
import { rasterWith } from './plan-rasters.ts';
import { bytes, donePlanOf, versionQuery } from './route-parts.ts';

const MVT = 'application/vnd.mapbox-vector-tile';
const TILE_PIXELS = 256;
const REVISIONS_KEPT_MS = 500;
const zip = promisify(gzip);

type LoadTile = (db: Queryable, box: Box, zoom: number) => Promise<readonly TileFeature[]>;
interface TileLayer {
  readonly load: LoadTile;
  readonly access: Permission;
  /** What decides who sees which rows, where that is not the access. */
  readonly sight?: Permission;
}
const layers: Readonly<Record<string, TileLayer>> = {
  sites: { load: loadSiteTile, access: 'resource:read' },
  buildings: { load: loadBuildingTile, access: 'ground:read' },
  roads: { load: loadRoadTile, access: 'ground:read' },
  // the water in it is ground
  areas: { load: loadAreaTile, access: 'ground:read', sight: 'area:read' },
  districts: { load: loadDistrictTile, access: 'ground:read' },
  pipes: { load: loadPipeTile, access: 'ground:read' },
};

const address = {
  z: Type.Integer({ minimum: 0, maximum: 22 }),
  x: Type.Integer({ minimum: 0, maximum: 2 ** 22 - 1 }),
  y: Type.Integer({ minimum: 0, maximum: 2 ** 22 - 1 }),
};
const addressParams = strictObject(address);
const planParams = strictObject({ id: idSchema, ...address });
const layerQuery = strictObject({
  v: Type.Optional(Type.String({ maxLength: 100 })),
  layer: Type.Optional(oneOf(coverageLayers)),
  ...planViewQuerySchema.properties,
});
const coverageQuery = strictObject({ ...layerQuery.properties, ramp: Type.Optional(oneOf(coverageRamps)) });

export function tileRoutes(app: App, { store: whole, config }: Services): void {
  const tags = ['tiles'];
  const sent = { rateLimit: false, compress: false } as const;
  const ofPlans = { ...sent, access: 'plan:read' } as const;
  const cache = makeByteCache(config.tileCacheMb * 1024 * 1024);
  const revisionOf = makeRevisions(whole);

  for (const [layer, { load, access, sight = access }] of Object.entries(layers)) {
    app.get(
      `/api/tiles/${layer}/:z/:x/:y.mvt`,
      {
        config: { ...sent, access },
        schema: { tags, params: addressParams, querystring: versionQuery, response: bytes },
      },
      async (request, reply) => {
        const tile = tileOf(request.params);
        const seen = sightOf(signedInPerson(request).principal, sight);
        const key = `${layer}/${await revisionOf(layer)}/${seen}/${tile.z}/${tile.x}/${tile.y}`;
        return sendTile(request, reply, { cache, key, type: MVT }, async () => {
          const features = await load(request.store, boxOfTile(tile, TILE_MARGIN), tile.z);
          return zip(encodeVectorTile(layer, features, tile));
        });
      },
    );
  }

  app.get(
    '/api/tiles/plans/:id/:z/:x/:y.mvt',
    { config: ofPlans, schema: { tags, params: planParams, querystring: versionQuery, response: bytes } },
    async (request, reply) => {
      const tile = tileOf(request.params);
      const { id } = request.params;
      const { store } = request;
      await donePlanOf(store, id);
      const features = await loadPlanTile(store, id, boxOfTile(tile, TILE_MARGIN), tile.z);
      // decisions change with every review, so nothing is kept and the tag is the content's own
      const bytesOfTile = await zip(encodeVectorTile('plans', features, tile));
      return sendBytes(request, reply, bytesOfTile, tagOf(bytesOfTile), MVT);
    },
  );

  app.get(
    '/api/tiles/coverage/:id/:z/:x/:y.png',
    { config: ofPlans, schema: { tags, params: planParams, querystring: coverageQuery, response: bytes } },
    async (request, reply) => {
      const tile = tileOf(request.params);
      const { id } = request.params;
      const { ramp = 'green-red', layer = 'level', operator } = request.query;
      const { thresholdDbm } = (await donePlanOf(request.store, id)).summary;
      const key = `coverage/${id}/${operator ?? ''}/${layer}/${ramp}/${tile.z}/${tile.x}/${tile.y}`;
      return sendTile(request, reply, { cache, key, type: 'image/png' }, async () => {
        const data = paintCoverageTile(await rasterWith(whole, id, layer, operator), {
          ...tile,
          layer,
          ramp,
          thresholdDbm,
          size: TILE_PIXELS,
        });
        return encodePng({ width: TILE_PIXELS, height: TILE_PIXELS, data, channels: 4, depth: 8 });
      });
    },
  );

  app.get(
    '/api/tiles/coverage/:id/:z/:x/:y.mvt',
    { config: ofPlans, schema: { tags, params: planParams, querystring: layerQuery, response: bytes } },
    async (request, reply) => {
      const tile = tileOf(request.params);
      const { id } = request.params;
      const { layer = 'level', operator } = request.query;
      const { thresholdDbm } = (await donePlanOf(request.store, id)).summary;
      const key = `coverage-classes/${id}/${operator ?? ''}/${layer}/${tile.z}/${tile.x}/${tile.y}`;
      return sendTile(request, reply, { cache, key, type: MVT }, async () => {
        return zip(
          encodeCoverageTile(await rasterWith(whole, id, layer, operator), { layer, thresholdDbm }, tile),
        );
      });
    },
  );
}

/** The column and row must lie inside the zoom. */
function tileOf({ z, x, y }: TileAddress): TileAddress {
  if (x < 2 ** z && y < 2 ** z) return { z, x, y };
  const path = x < 2 ** z ? 'params/y' : 'params/x';
  const message = `must be below ${2 ** z} at zoom ${z}`;
  throw new ProductError('REQUEST_INVALID', { where: `${path} ${message}` }, [{ path, message }]);
}

/** From memory, or made now. Equal keys mean equal tiles, so the key is the tag. */
async function sendTile(
  request: FastifyRequest,
  reply: FastifyReply,
  { cache, key, type }: { cache: ByteCache; key: string; type: string },
  make: () => Promise<Uint8Array>,
): Promise<FastifyReply> {
  const kept = cache.get(key);
  const tile = kept ?? (await make());
  if (!kept) cache.set(key, tile);
  return sendBytes(request, reply, tile, tagOf(key), type);
}

function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  tile: Uint8Array,
  tag: string,
  type: string,
): FastifyReply {
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (type === MVT) reply.header('content-encoding', 'gzip');
  return reply.type(type).send(Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength));
}

const tagOf = (content: string | Uint8Array): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;

/** Layer revisions, asked of the store twice a second at the most. */
function makeRevisions(store: Store): (layer: string) => Promise<number> {
  let askedMs = 0;
  let known: ReturnType<typeof loadRevisions> | null = null;
  return async (layer) => {
    if (!known || Date.now() - askedMs > REVISIONS_KEPT_MS) {
      askedMs = Date.now();
      known = loadRevisions(store);
      known.catch(() => {
        known = null;
      });
    }
    return (await known)[layer] ?? 0;
  };
}
