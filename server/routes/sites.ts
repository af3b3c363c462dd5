// Sites: pages with filters, one site, exports of what the filters show, and candidates derived from map data.
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { type DerivedSite, siteOfDerived } from '../../engine/index.ts';
import {
  type DeriveSitesJson,
  deriveResultSchema,
  deriveSitesSchema,
  type SiteQueryJson,
  siteJsonSchema,
  sitePageSchema,
  siteQuerySchema,
} from '../contract/sites.ts';
import { ProductError } from '../errors.ts';
import { CSV_START, csvLine } from '../export/csv-text.ts';
import { boxOfAreas, loadTargetAreas } from '../jobs/load-plan-input.ts';
import { runDeriveWorker } from '../jobs/run-derive-worker.ts';
import type { App } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { letPlacesLeave } from '../plugins/places-leave.ts';
import { loadAreasOfKinds } from '../store/areas.ts';
import { writeAudit } from '../store/audit.ts';
import { loadBuildings } from '../store/buildings.ts';
import { loadRoads } from '../store/roads.ts';
import { loadSite, loadSitePage, loadSitesByIds, type StoredSite, saveSites } from '../store/sites.ts';
import type { Store } from '../store/store.ts';
import { attachment, bytes, goneWith, idParams, parseBox, replies } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const EXPORT_PAGE_SIZE = 10_000;
const DERIVATIONS_WAITING = 8;
const derivedDefaults = {
  poleSpacingM: 50,
  minRoofAreaM2: 100,
  minRoofHeightM: 9,
  junctionBranches: 3,
} as const;

const exportQuerySchema = Type.Omit(siteQuerySchema, ['page', 'pageSize'], { additionalProperties: false });

export function siteRoutes(app: App): void {
  const tags = ['sites'];
  const config = { access: 'resource:read' } as const;
  const exporting = { access: 'resource:export' } as const;
  const gate = makeGate(1, DERIVATIONS_WAITING);

  app.get(
    '/api/sites',
    { config, schema: { tags, querystring: siteQuerySchema, response: replies(sitePageSchema) } },
    async ({ query, store }) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE } = query;
      const { sites, total } = await loadSitePage(store, { ...filtersOf(query), page, pageSize });
      return { sites: [...sites], total, page, pageSize };
    },
  );

  app.get(
    '/api/sites/:id',
    { config, schema: { tags, params: idParams, response: replies(siteJsonSchema) } },
    async ({ params: { id }, store }) => {
      const site = await loadSite(store, id);
      if (!site) throw new ProductError('SITE_UNKNOWN', { id });
      return site;
    },
  );

  app.get(
    '/api/sites/export.csv',
    { config: exporting, schema: { tags, querystring: exportQuerySchema, response: bytes } },
    async (request, reply) => {
      const pages = await sitesToTake(request, 'csv');
      reply.type('text/csv; charset=utf-8').header('content-disposition', attachment('站址', 'csv'));
      return reply.send(Readable.from(csvOfSites(pages)));
    },
  );

  app.get(
    '/api/sites/export.geojson',
    { config: exporting, schema: { tags, querystring: exportQuerySchema, response: bytes } },
    async (request, reply) => {
      const pages = await sitesToTake(request, 'geojson');
      reply
        .type('application/geo+json; charset=utf-8')
        .header('content-disposition', attachment('站址', 'geojson'));
      return reply.send(Readable.from(geojsonOfSites(pages)));
    },
  );

  app.post(
    '/api/sites/derive',
    {
      config: { access: 'resource:create' },
      schema: { tags, body: deriveSitesSchema, response: replies(deriveResultSchema) },
    },
    async ({ body, store }, reply) => {
      const gone = goneWith(reply);
      return gate(() => deriveSites(store, body, gone));
    },
  );
}

function filtersOf({ bbox, page: _page, pageSize: _pageSize, ...filters }: SiteQueryJson) {
  return bbox === undefined ? filters : { ...filters, box: parseBox(bbox) };
}

interface SiteExport {
  readonly query: SiteQueryJson;
  readonly url: string;
  readonly store: Store;
}

/** Which rows left the house is on record before the first byte leaves. */
async function sitesToTake({ query, url, store }: SiteExport, format: string): Promise<SitePages> {
  const { pages, total } = await openSitePages(store, query);
  await letPlacesLeave(store, { url }, total);
  const after = { format, rows: total, filters: { ...query } };
  await writeAudit(store, { action: 'export', object: 'site', objectId: null, after });
  return pages;
}

type SitePages = AsyncGenerator<readonly StoredSite[]>;

/**
 * Page by page, so that an export of any size holds two pages in memory. The first one is read before the answer begins:
 * a filter that cannot be used is then refused with its code instead of a file that breaks off.
 */
async function openSitePages(
  store: Store,
  query: SiteQueryJson,
): Promise<{ readonly pages: SitePages; readonly total: number }> {
  const filters = filtersOf(query);
  const load = (page: number) => loadSitePage(store, { ...filters, page, pageSize: EXPORT_PAGE_SIZE });
  const first = await load(1);
  const pages = (async function* () {
    let sites: readonly StoredSite[] = first.sites;
    for (let page = 2; ; page++) {
      if (sites.length > 0) yield sites;
      if (sites.length < EXPORT_PAGE_SIZE) return;
      ({ sites } = await load(page));
    }
  })();
  return { pages, total: first.total };
}

const csvHeaders = [
  '站址编码',
  '站址名称',
  '资源类型',
  '经度',
  '纬度',
  '挂高(米)',
  '状态',
  '造价(元)',
  '产权单位',
  '是否免费',
  '供电方式',
  '建设方式',
  '区县代码',
  '街镇代码',
  '方位角',
  '电下倾',
  '机械下倾',
  '来源文件',
  '来源行',
];

async function* csvOfSites(pages: SitePages): AsyncGenerator<string> {
  yield CSV_START + csvLine(csvHeaders);
  for await (const sites of pages) {
    yield sites
      .map((site) =>
        csvLine([
          ...[site.code, site.name, site.resourceType, site.position[0], site.position[1], site.heightM],
          ...[site.status, site.costCny, site.owner, site.freeStatus, site.powerMode, site.buildMode],
          ...[site.districtCode, site.townCode, site.azimuthsDeg?.join('/') ?? null],
          ...[site.electricalTiltDeg, site.mechanicalTiltDeg, site.sourceFile, site.sourceRow],
        ]),
      )
      .join('');
  }
}

async function* geojsonOfSites(pages: SitePages): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let first = true;
  for await (const sites of pages) {
    const features = sites.map(({ position, ...properties }) =>
      JSON.stringify({
        type: 'Feature',
        id: properties.id,
        geometry: { type: 'Point', coordinates: position },
        properties,
      }),
    );
    yield (first ? '' : ',\n') + features.join(',\n');
    first = false;
  }
  yield '\n]}\n';
}

async function deriveSites(store: Store, request: DeriveSitesJson, signal: AbortSignal) {
  const { from, poleSpacingM, minRoofAreaM2, minRoofHeightM } = { ...derivedDefaults, ...request };
  const areas = await loadTargetAreas(store, request.areaIds);
  const within = {
    type: 'MultiPolygon' as const,
    coordinates: areas.flatMap((area) => area.geometry.coordinates),
  };
  const box = boxOfAreas(areas);
  const buildings = await loadBuildings(store, box);
  const roads = await loadRoads(store, box);
  const without = (await loadAreasOfKinds(store, ['水域'], box)).map((area) => area.geometry);
  const needsRoads = from.some((source) => source !== 'roofs');
  if (from.includes('roofs') && buildings.heightM.length === 0 && !(needsRoads && roads.length > 0)) {
    throw new ProductError('DERIVE_NOTHING', { missing: { zh: '建筑物', en: 'buildings' } });
  }
  if (needsRoads && roads.length === 0 && !(from.includes('roofs') && buildings.heightM.length > 0)) {
    throw new ProductError('DERIVE_NOTHING', { missing: { zh: '道路', en: 'roads' } });
  }
  const derived = await runDeriveWorker(
    {
      roofs: from.includes('roofs')
        ? { buildings, minAreaM2: minRoofAreaM2, minHeightM: minRoofHeightM }
        : null,
      poles: from.includes('poles') ? { spacingM: poleSpacingM } : null,
      junctions: from.includes('junctions') ? { minBranches: derivedDefaults.junctionBranches } : null,
      roads,
      within,
      without,
    },
    signal,
  );
  return store.transaction(async (tx) => {
    const all = [...derived.roofs, ...derived.poles, ...derived.junctions];
    const standing = new Set(
      (
        await loadSitesByIds(
          tx,
          all.map((site) => site.id),
        )
      ).map((site) => site.id),
    );
    const isNew = (site: DerivedSite): boolean => !standing.has(site.id);
    const fresh = all.filter(isNew);
    const created = {
      roofs: derived.roofs.filter(isNew).length,
      poles: derived.poles.filter(isNew).length,
      junctions: derived.junctions.filter(isNew).length,
    };
    if (fresh.length > 0) {
      await saveSites(tx, fresh.map(storedSiteOf), null);
      const after = { created, areaIds: request.areaIds };
      await writeAudit(tx, { action: 'derive', object: 'site', objectId: null, after });
    }
    return { created, skipped: all.length - fresh.length };
  });
}

function storedSiteOf(derived: DerivedSite): StoredSite {
  const site = siteOfDerived(derived);
  return {
    ...site,
    originalPosition: site.position,
    datum: 'CGCS2000',
    origin: 'derived',
    sourceFile: null,
    sourceRow: null,
  };
}
