// A finished plan as files: GeoJSON and CSV of its rows, what proves its bound, each layer of the coverage as GeoTIFF or picture, the uncovered ground
// as GeoJSON.
import { Type } from 'typebox';
import {
  type CoverageLayer,
  type CoverageRaster,
  coverageLayers,
  coverageRamps,
  type LonLat,
  localZone,
  planToCsv,
  planToGeoJson,
  type Site,
  uncoveredReasons,
} from '../../engine/index.ts';
import type { PlanItemJson, UncoveredPatchJson } from '../contract/plans.ts';
import { oneOf, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { loadPlanItems, loadPlanProof, loadPlanTotals } from '../store/plans.ts';
import { loadSitesByIds } from '../store/sites.ts';
import type { Store } from '../store/store.ts';
import { rasterOf, rasterWith } from './plan-rasters.ts';
import { attachment, bytes, donePlanOf, idParams } from './route-parts.ts';

const PAGE_SIZE = 10_000;
const GEOJSON = 'application/geo+json; charset=utf-8';
const layerQuery = strictObject({ layer: Type.Optional(oneOf(coverageLayers)) });
const pictureQuery = strictObject({ ...layerQuery.properties, ramp: Type.Optional(oneOf(coverageRamps)) });
const csvQuery = strictObject({ headers: Type.Optional(oneOf(['zh', 'en'] as const)) });

export function planExportRoutes(app: App, { store }: Services): void {
  const tags = ['exports'];
  const config = { access: 'read' } as const;
  const schema = { tags, params: idParams, response: bytes };

  app.get('/api/plans/:id/export.geojson', { config, schema }, async ({ params: { id } }, reply) => {
    const plan = await donePlanOf(store, id);
    const items = await allItems(store, id);
    const { areas, districts, engineVersion } = await loadPlanTotals(store, id);
    if (engineVersion === null) throw new ProductError('PLAN_NOT_DONE', { state: plan.state });
    const collection = planToGeoJson(
      {
        fingerprint: plan.fingerprint,
        engineVersion,
        summary: plan.summary,
        items: items.map(planItemOf),
        areas,
        districts,
      },
      items.map((item) => siteOf(item)),
    );
    reply.type(GEOJSON).header('content-disposition', attachment(plan.name, 'geojson'));
    return reply.send(JSON.stringify(collection));
  });

  app.get(
    '/api/plans/:id/export.csv',
    { config, schema: { ...schema, querystring: csvQuery } },
    async ({ params: { id }, query }, reply) => {
      const plan = await donePlanOf(store, id);
      const items = await allItems(store, id);
      const named = items.flatMap(({ displaced, replacement }) =>
        [...displaced, ...(replacement?.substitutes ?? [])].map(({ siteId }) => siteId),
      );
      const others = await loadSitesByIds(store, [...new Set(named)]);
      const sites = [...others, ...items.map((item) => siteOf(item))];
      reply.type('text/csv; charset=utf-8').header('content-disposition', attachment(plan.name, 'csv'));
      return reply.send(planToCsv({ items: items.map(planItemOf) }, sites, query.headers ?? 'zh'));
    },
  );

  app.get('/api/plans/:id/certificate.json', { config, schema }, async ({ params: { id } }, reply) => {
    const plan = await donePlanOf(store, id);
    const { file } = await proofOf(store, id);
    reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', attachment(`${plan.name}-certificate`, 'json'));
    return reply.send(JSON.stringify(file));
  });

  app.get('/api/plans/:id/prices.bin', { config, schema }, async ({ params: { id } }, reply) => {
    const plan = await donePlanOf(store, id);
    const { prices } = await proofOf(store, id);
    if (prices === null) throw new ProductError('PLAN_NO_CERTIFICATE', { id });
    reply
      .type('application/octet-stream')
      .header('content-disposition', attachment(`${plan.name}-prices`, 'bin'));
    return reply.send(prices);
  });

  app.get(
    '/api/plans/:id/coverage.tif',
    { config, schema: { ...schema, querystring: layerQuery } },
    async ({ params: { id }, query: { layer = 'level' } }, reply) => {
      const plan = await donePlanOf(store, id);
      const raster = await rasterWith(store, id, layer);
      const tiff = await encodeInWorker({ kind: 'geotiff', raster, layer });
      reply.type('image/tiff').header('content-disposition', attachment(fileTitle(plan, layer), 'tif'));
      return reply.send(Buffer.from(tiff.buffer, tiff.byteOffset, tiff.byteLength));
    },
  );

  app.get(
    '/api/plans/:id/coverage.zip',
    { config, schema: { ...schema, querystring: pictureQuery } },
    async ({ params: { id }, query: { layer = 'level', ramp = 'green-red' } }, reply) => {
      const plan = await donePlanOf(store, id);
      const raster = await rasterWith(store, id, layer);
      const request = { layer, ramp, thresholdDbm: plan.summary.thresholdDbm };
      const zip = await encodeInWorker({ kind: 'picture', raster, request });
      reply.type('application/zip').header('content-disposition', attachment(fileTitle(plan, layer), 'zip'));
      return reply.send(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength));
    },
  );

  app.get('/api/plans/:id/uncovered.geojson', { config, schema }, async ({ params: { id } }, reply) => {
    const plan = await donePlanOf(store, id);
    const { uncovered } = await loadPlanTotals(store, id);
    const features = [...groundFeatures(await rasterOf(store, id)), ...uncovered.map(patchFeature)];
    reply.type(GEOJSON).header('content-disposition', attachment(`${plan.name}-uncovered`, 'geojson'));
    return reply.send(JSON.stringify({ type: 'FeatureCollection', features }));
  });
}

async function proofOf(store: Store, id: string) {
  const proof = await loadPlanProof(store, id);
  if (proof === null) throw new ProductError('PLAN_NO_CERTIFICATE', { id });
  return proof;
}

/** Files of different layers lie beside each other. */
const fileTitle = ({ name }: { name: string }, layer: CoverageLayer): string =>
  layer === 'level' ? name : `${name}-${layer}`;

async function allItems(store: Store, id: string): Promise<PlanItemJson[]> {
  const all: PlanItemJson[] = [];
  for (let page = 1; ; page++) {
    const { items, total } = await loadPlanItems(store, id, { page, pageSize: PAGE_SIZE });
    all.push(...items);
    if (all.length >= total || items.length === 0) return all;
  }
}

/** The engine's site from the contract's. */
const siteOf = ({ site: { position, ...site } }: PlanItemJson): Site => ({
  ...site,
  position: [position[0] ?? Number.NaN, position[1] ?? Number.NaN],
});

const planItemOf = ({ site, review: _review, ...item }: PlanItemJson) => ({ siteId: site.id, ...item });

/** One multi-polygon per reason: uncovered bins, joined along their rows. */
function groundFeatures(raster: CoverageRaster): unknown[] {
  const zone = localZone(raster.epsg);
  const corner = (column: number, row: number): LonLat =>
    roundedDegrees(
      zone.toDegrees(raster.westM + column * raster.binSizeM, raster.northM - row * raster.binSizeM),
    );
  const coordinates = uncoveredReasons.map((): LonLat[][][] => []);
  for (let row = 0; row < raster.rows; row++) {
    for (let column = 0; column < raster.columns; ) {
      const code = raster.uncovered[row * raster.columns + column] ?? 0;
      let end = column + 1;
      while (end < raster.columns && raster.uncovered[row * raster.columns + end] === code) end += 1;
      if (code > 0) {
        const [northWest, southEast] = [corner(column, row), corner(end, row + 1)];
        const ring = [northWest, corner(column, row + 1), southEast, corner(end, row), northWest];
        coordinates[code - 1]?.push([ring]);
      }
      column = end;
    }
  }
  return uncoveredReasons.flatMap((reason, index) => {
    const polygons = coordinates[index] ?? [];
    if (polygons.length === 0) return [];
    return [
      { type: 'Feature', properties: { reason }, geometry: { type: 'MultiPolygon', coordinates: polygons } },
    ];
  });
}

/** A centimetre is finer than any bin. */
const roundedDegrees = ([lon, lat]: LonLat): LonLat => [Number(lon.toFixed(7)), Number(lat.toFixed(7))];

const patchFeature = ({ position, ...properties }: UncoveredPatchJson) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: position },
});
