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
import { type PlanItemJson, planViewQuerySchema, type UncoveredPatchJson } from '../contract/plans.ts';
import { oneOf, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { planSheets } from '../export/plan-sheets.ts';
import { encodeProofArchive } from '../export/proof-archive.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { letPlacesLeave } from '../plugins/places-leave.ts';
import { writeAudit } from '../store/audit.ts';
import {
  loadOperatorTotals,
  loadPlanItems,
  loadPlanProof,
  loadPlanSiteIds,
  loadPlanTotals,
} from '../store/plans.ts';
import { loadSitesByIds } from '../store/sites.ts';
import type { Store } from '../store/store.ts';
import { rasterOf, rasterWith } from './plan-rasters.ts';
import { attachment, bytes, donePlanOf, idParams, workbookType } from './route-parts.ts';

type DonePlan = Awaited<ReturnType<typeof donePlanOf>>;

const PAGE_SIZE = 10_000;
const GEOJSON = 'application/geo+json; charset=utf-8';
const layerQuery = strictObject({
  layer: Type.Optional(oneOf(coverageLayers)),
  ...planViewQuerySchema.properties,
});
const pictureQuery = strictObject({ ...layerQuery.properties, ramp: Type.Optional(oneOf(coverageRamps)) });
const csvQuery = strictObject({ headers: Type.Optional(oneOf(['zh', 'en'] as const)) });

export function planExportRoutes(app: App, { store: whole }: Pick<Services, 'store'>): void {
  const tags = ['exports'];
  const config = { access: 'plan:export' } as const;
  const schema = { tags, params: idParams, response: bytes };

  app.get('/api/plans/:id/export.geojson', { config, schema }, async (request, reply) => {
    const { store } = request;
    const plan = await exportedSites(request, 'geojson');
    const text = await geoJsonOf(store, plan);
    reply.type(GEOJSON).header('content-disposition', attachment(plan.name, 'geojson'));
    return reply.send(text);
  });

  app.get(
    '/api/plans/:id/export.csv',
    { config, schema: { ...schema, querystring: csvQuery } },
    async (request, reply) => {
      const { query, store } = request;
      const plan = await exportedSites(request, 'csv');
      const { items, sites } = await tableOf(store, plan.id);
      reply.type('text/csv; charset=utf-8').header('content-disposition', attachment(plan.name, 'csv'));
      return reply.send(planToCsv({ items }, sites, query.headers ?? 'zh'));
    },
  );

  app.get('/api/plans/:id/export.xlsx', { config, schema }, async (request, reply) => {
    const plan = await exportedSites(request, 'xlsx');
    const { items, sites } = await tableOf(request.store, plan.id);
    const sheets = planSheets(plan, { items }, sites);
    const file = await encodeInWorker({ kind: 'workbook', sheets });
    reply.type(workbookType).header('content-disposition', attachment(plan.name, 'xlsx'));
    return reply.send(bufferOf(file));
  });

  app.get('/api/plans/:id/certificate.json', { config, schema }, async ({ params: { id }, store }, reply) => {
    const { file } = await proofOf(store, id);
    const plan = await exportedPlan(store, id, 'certificate');
    reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', attachment(`${plan.name}-certificate`, 'json'));
    return reply.send(JSON.stringify(file));
  });

  app.get('/api/plans/:id/prices.bin', { config, schema }, async ({ params: { id }, store }, reply) => {
    const { prices } = await proofOf(store, id);
    if (prices === null) throw new ProductError('PLAN_NO_CERTIFICATE', { id });
    const plan = await exportedPlan(store, id, 'prices');
    reply
      .type('application/octet-stream')
      .header('content-disposition', attachment(`${plan.name}-prices`, 'bin'));
    return reply.send(bufferOf(prices));
  });

  app.get('/api/plans/:id/phases.json', { config, schema }, async ({ params: { id }, store }, reply) => {
    const { file } = await phasesOf(store, id);
    const plan = await exportedPlan(store, id, 'phases');
    reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', attachment(`${plan.name}-phases`, 'json'));
    return reply.send(JSON.stringify(file));
  });

  app.get('/api/plans/:id/phase-prices.bin', { config, schema }, async ({ params: { id }, store }, reply) => {
    const { prices } = await phasesOf(store, id);
    const plan = await exportedPlan(store, id, 'phase-prices');
    reply
      .type('application/octet-stream')
      .header('content-disposition', attachment(`${plan.name}-phase-prices`, 'bin'));
    return reply.send(bufferOf(prices));
  });

  app.get('/api/plans/:id/proof.zip', { config, schema }, async (request, reply) => {
    const { store } = request;
    const proof = await proofOf(store, request.params.id);
    const plan = await exportedSites(request, 'proof');
    const zip = encodeProofArchive(await geoJsonOf(store, plan), proof);
    reply.type('application/zip').header('content-disposition', attachment(`${plan.name}-proof`, 'zip'));
    return reply.send(bufferOf(zip));
  });

  app.get(
    '/api/plans/:id/coverage.tif',
    { config, schema: { ...schema, querystring: layerQuery } },
    async ({ params: { id }, query: { layer = 'level', operator }, store }, reply) => {
      const plan = await exportedPlan(store, id, 'coverage-tif');
      const raster = await rasterWith(whole, id, layer, operator);
      const tiff = await encodeInWorker({ kind: 'geotiff', raster, layer });
      reply.type('image/tiff').header('content-disposition', attachment(fileTitle(plan, layer), 'tif'));
      return reply.send(bufferOf(tiff));
    },
  );

  app.get(
    '/api/plans/:id/coverage.zip',
    { config, schema: { ...schema, querystring: pictureQuery } },
    async ({ params: { id }, query: { layer = 'level', ramp = 'green-red', operator }, store }, reply) => {
      const plan = await exportedPlan(store, id, 'coverage-zip');
      const raster = await rasterWith(whole, id, layer, operator);
      const request = { layer, ramp, thresholdDbm: plan.summary.thresholdDbm };
      const zip = await encodeInWorker({ kind: 'picture', raster, request });
      reply.type('application/zip').header('content-disposition', attachment(fileTitle(plan, layer), 'zip'));
      return reply.send(bufferOf(zip));
    },
  );

  app.get(
    '/api/plans/:id/uncovered.geojson',
    { config, schema: { ...schema, querystring: planViewQuerySchema } },
    async ({ params: { id }, query: { operator }, store }, reply) => {
      const plan = await exportedPlan(store, id, 'uncovered');
      const ground = groundFeatures(await rasterOf(whole, id, operator));
      const view = operator === undefined ? null : await loadOperatorTotals(store, id, operator);
      const { uncovered } = view ?? (await loadPlanTotals(store, id));
      const features = [...ground, ...uncovered.map(patchFeature)];
      reply.type(GEOJSON).header('content-disposition', attachment(`${plan.name}-uncovered`, 'geojson'));
      return reply.send(JSON.stringify({ type: 'FeatureCollection', features }));
    },
  );
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Who took what of a plan out of the house is on record before the first byte leaves. */
async function exportedPlan(store: Store, id: string, format: string): Promise<DonePlan> {
  return store.transaction(async (tx) => {
    const plan = await donePlanOf(tx, id);
    await writeAudit(tx, { action: 'export', object: 'plan', objectId: id, after: { format } });
    return plan;
  });
}

interface PlanExport {
  readonly params: { readonly id: string };
  readonly url: string;
  readonly store: Store;
}

/** The same for a file with the places of its sites. */
async function exportedSites({ params: { id }, url, store }: PlanExport, format: string): Promise<DonePlan> {
  await donePlanOf(store, id);
  await letPlacesLeave(store, { url }, (await loadPlanSiteIds(store, id)).size);
  return exportedPlan(store, id, format);
}

/** The rows, and every site they name. */
async function tableOf(store: Store, id: string) {
  const items = await allItems(store, id);
  const named = items.flatMap(({ displaced, replacement }) =>
    [...displaced, ...(replacement?.substitutes ?? [])].map(({ siteId }) => siteId),
  );
  const others = await loadSitesByIds(store, [...new Set(named)]);
  return { items: items.map(planItemOf), sites: [...others, ...items.map((item) => siteOf(item))] };
}

/** Asked for before the export is on record: what is refused did not leave. */
async function proofOf(store: Store, id: string) {
  await donePlanOf(store, id);
  const proof = await loadPlanProof(store, id);
  if (proof === null) throw new ProductError('PLAN_NO_CERTIFICATE', { id });
  return proof;
}

async function phasesOf(store: Store, id: string) {
  const { phases } = await proofOf(store, id);
  if (phases === null) throw new ProductError('PLAN_NO_PHASES', { id });
  return phases;
}

/** The rows as `npm run plan` writes them. */
async function geoJsonOf(store: Store, plan: DonePlan): Promise<string> {
  const items = await allItems(store, plan.id);
  const { areas, districts, engineVersion } = await loadPlanTotals(store, plan.id);
  if (engineVersion === null) throw new ProductError('PLAN_NOT_DONE', { state: plan.state });
  const { fingerprint, summary } = plan;
  const collection = planToGeoJson(
    { fingerprint, engineVersion, summary, items: items.map(planItemOf), areas, districts },
    items.map((item) => siteOf(item)),
  );
  return JSON.stringify(collection);
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
