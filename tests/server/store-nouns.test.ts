// What the nouns of the store promise, on both stores: saved means saved once, counted, and found again unchanged.
import { afterAll, describe, expect, test } from 'vitest';
import type {
  CertificateFile,
  MultiPolygon,
  PhasesFile,
  PlanItem,
  PlanReach,
  PlanSummary,
} from '../../engine/index.ts';
import type { ImportReportJson } from '../../server/contract/imports.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import {
  deleteArea,
  loadArea,
  loadAreas,
  loadAreasByIds,
  loadAreasOfKinds,
  loadAreaTile,
  saveAreas,
  searchAreas,
} from '../../server/store/areas.ts';
import { loadBuildings, loadBuildingTile, saveBuildings } from '../../server/store/buildings.ts';
import { loadDemand, saveDemand } from '../../server/store/demand.ts';
import {
  loadDistricts,
  loadDistrictsInBox,
  loadDistrictTile,
  loadTowns,
  saveDistricts,
  saveTowns,
} from '../../server/store/districts.ts';
import { checkGeometries } from '../../server/store/geometry-check.ts';
import { findImportByDigest, loadImport, loadImports, saveImport } from '../../server/store/imports.ts';
import { vacuumAnalyze } from '../../server/store/maintenance.ts';
import { loadPipeTile, savePipes } from '../../server/store/pipes.ts';
import {
  cancelPlan,
  createPlan,
  deletePlan,
  failPlan,
  finishPlan,
  loadPlan,
  loadPlanItem,
  loadPlanItems,
  loadPlanProof,
  loadPlanRaster,
  loadPlanSiteIds,
  loadPlans,
  loadPlanTile,
  loadPlanTotals,
  renewPlanLease,
  requeuePlans,
  setPlanProgress,
  takePlanJob,
} from '../../server/store/plans.ts';
import { loadReviewChain, loadReviews, saveReviews } from '../../server/store/reviews.ts';
import { loadRoads, loadRoadTile, saveRoads } from '../../server/store/roads.ts';
import { loadSetting, saveSetting } from '../../server/store/settings.ts';
import {
  countSites,
  loadSite,
  loadSitePage,
  loadSitesByIds,
  loadSitesForPlan,
  loadSiteTile,
  type StoredSite,
  saveSites,
  searchSites,
} from '../../server/store/sites.ts';
import { loadRevisions, loadStatus } from '../../server/store/status.ts';
import { openTestStores } from '../support/stores.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const WORLD = [-180, -90, 180, 90] as const;
const BOX = [121, 31, 122, 32] as const;
const NEW_PLAN: NewPlanJson = { name: '方案', areaIds: ['core'], ruleWord: '连续覆盖', profileId: 'n78' };

function aSite(id: string, changes: Partial<StoredSite> = {}): StoredSite {
  const position = [121.123_456_789_012_3, 31.2] as const;
  return {
    id,
    code: `SH-${id}`,
    name: `中山路路灯 ${id}`,
    resourceType: '路灯杆',
    structure: 'pole',
    position,
    heightM: 8.5,
    status: 'candidate',
    costCny: 35_000,
    owner: '城管局',
    freeStatus: '必须免费',
    powerMode: null,
    buildMode: '直接利用',
    districtCode: '310101',
    townCode: '310101001',
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
    originalPosition: [121.127, 31.198],
    datum: 'GCJ-02',
    origin: 'import',
    sourceFile: '路灯.csv',
    sourceRow: 7,
    ...changes,
  };
}

function aSquare(west: number, south: number, sizeDeg: number): MultiPolygon {
  const [east, north] = [west + sizeDeg, south + sizeDeg];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}

function anImport(id: string): ImportReportJson & { id: string } {
  return {
    id,
    kind: 'sites',
    fileName: '路灯.csv',
    format: 'csv',
    digest: 'abc',
    datum: 'GCJ-02',
    mode: 'usable',
    outcome: 'stored',
    rows: 2,
    accepted: 1,
    rejected: 1,
    stored: 1,
    issues: [
      {
        code: 'IMPORT_HEIGHT_MISSING',
        row: 2,
        field: 'heightM',
        found: '',
        expected: 'metres',
        message: { zh: '缺少挂高', en: 'no height' },
        hint: { zh: '补一列', en: 'add a column' },
        severity: 'error',
      },
    ],
    moreIssues: 0,
    columns: [{ header: '站址编码', field: 'code' }],
    createdAt: null,
  };
}

const summary: PlanSummary = {
  status: 'reached',
  reach: null,
  certificate: {
    kind: 'cost',
    bound: 68_000,
    gap: 0.03,
    method: 'prices',
    optimal: false,
    priceSteps: 600,
    lastPointCny: 4_000,
  },
  phases: [],
  duties: [],
  scenarios: [],
  corridors: [],
  servers: null,
  candidates: 3,
  existingSites: 1,
  bins: 100,
  indoorBins: 5,
  areaKm2: 0.04,
  sites: 2,
  costCny: 70_000,
  targetShare: 0.95,
  coveredShare: 0.961,
  coveredShareBinary: 0.97,
  existingShare: 0.2,
  bestShare: 0.99,
  people: null,
  coveredPeople: null,
  assumedHeights: 0,
  insideBuildings: 0,
  ground: 'flat',
  groundHoles: 0,
  leftOut: [{ code: 'COVERAGE_SITE_HEIGHT', sites: 1, siteIds: ['p8'] }],
  quality: {
    load: 0.5,
    ssSinrShare: 0.9,
    ssSinrStrictShare: 0.8,
    meanDownlinkMbps: 300,
    uplinkShare: 0.95,
    indoorShare: 0.7,
    indoorBuilding: 'low',
    overlapShare: 0.3,
  },
  outOfRange: [{ model: 'UMi', quantity: 'baseHeight', bins: 12 }],
  lineOfSight: 'buildings',
  epsg: 4549,
  ruleWord: '连续覆盖',
  thresholdDbm: -105,
  profileId: 'n78',
  weightBy: 'area',
};

function anItem(siteId: string, rank: number, changes: Partial<PlanItem> = {}): PlanItem {
  return {
    siteId,
    rank,
    status: rank === 0 ? 'existing' : 'new',
    placedBy: rank === 0 ? 'existing' : 'target-gain',
    costCny: rank === 0 ? 0 : 35_000,
    gainBins: 10,
    gainWeightShare: 0.1,
    gainPeople: null,
    shareAfter: 0.5,
    uniqueWeightShare: 0.05,
    uniquePeople: null,
    uniqueBins: 4,
    replacement: {
      extraCostCny: 35_000,
      substitutes: [{ siteId: 'p9', endsShare: 0.5, extraCostCny: null, alsoOpened: ['p8'], alsoClosed: [] }],
    },
    displaced: [{ siteId: 'p9', overlapShare: 0.9, extraCostCny: 100 }],
    phase: 0,
    configuration: null,
    ...changes,
  };
}

const total = {
  id: 'core',
  name: '核心区',
  bins: 100,
  areaKm2: 0.04,
  people: null,
  newSites: 2,
  existingSites: 1,
  costCny: 70_000,
  coveredShare: 0.96,
  coveredShareBinary: 0.97,
  existingShare: 0.2,
  coveredPeople: null,
};

/** Nothing of it is read by the store. */
const proofFile: CertificateFile = {
  format: 'zhanzhi-certificate-1',
  engineVersion: '0.0.9',
  siteCount: 3,
  binCount: 100,
  choice: {
    required: { all: 95 },
    budget: null,
    maxSites: null,
    existing: ['p0'],
    locked: [],
    refused: [],
    spacing: null,
    groups: [],
  },
  selection: { status: 'reached', cost: 70_000, covered: { all: 96 }, ceiling: { all: 100 }, steps: [] },
  certificate: {
    kind: 'cost',
    bound: 68_000,
    gap: 0.03,
    method: 'prices',
    optimal: false,
    parts: { required: 68_000, bins: 0, sites: 0 },
    steps: 100,
    perTarget: { all: 12.5 },
  },
};

const phasesFile: PhasesFile = {
  format: 'zhanzhi-phases-1',
  order: 'final-first',
  cost: 70_000,
  worth: 96,
  years: [],
  perTarget: [[12.5]],
};

const finished = (items: readonly PlanItem[]) => ({
  fingerprint: 'f'.repeat(64),
  engineVersion: '0.0.9',
  summary,
  areas: [total],
  districts: [],
  uncovered: [],
  items,
  raster: new Uint8Array([1, 2, 255, 0]),
  proof: { file: proofFile, prices: new Uint8Array([9, 0, 255]), phases: null },
  seconds: 1.5,
  peakMb: 300,
});

for (const { store } of stores) {
  describe(`on the ${store.kind} store`, () => {
    test('a site comes back as it was saved, position and all', async () => {
      const site = aSite('s1');
      expect(await saveSites(store, [site], null)).toEqual({ inserted: 1, updated: 0 });
      expect(await loadSite(store, 's1')).toEqual(site);
      expect(await loadSite(store, 'nobody')).toBeNull();
    });

    test('a site with a known code is updated and keeps its id', async () => {
      const again = aSite('another-id', { code: 'SH-s1', heightM: 12, powerMode: '直供' });
      expect(await saveSites(store, [again, aSite('s2')], null)).toEqual({ inserted: 1, updated: 1 });
      expect(await loadSite(store, 's1')).toEqual({ ...again, id: 's1' });
      expect(await countSites(store)).toBe(2);
    });

    test('two rows with the same code in one call are refused, and nothing is kept', async () => {
      const twice = saveSites(store, [aSite('s8'), aSite('s9', { code: 'SH-s8' })], null);
      await expect(twice).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
      expect(await countSites(store)).toBe(2);
    });

    test.each([
      ['a height of zero', { heightM: 0 }, 'sites_height_m_check'],
      ['a longitude beyond the world', { position: [181, 0] as const }, 'sites_lon_check'],
      ['a negative price', { costCny: -1 }, 'sites_cost_cny_check'],
      ['an empty code', { code: '' }, 'sites_code_check'],
    ])('%s is refused by the table itself', async (_, changes, constraint) => {
      const saving = saveSites(store, [aSite('bad', changes)], null);
      await expect(saving).rejects.toMatchObject({ code: 'STORE_CONSTRAINT', constraint });
    });

    test('a page filters, sorts and counts', async () => {
      const more = Array.from({ length: 30 }, (_, i) =>
        aSite(`p${i}`, {
          name: i === 3 ? 'Tower 100%_\\ north' : `灯 ${i}`,
          costCny: 1000 * (30 - i),
          status: i % 3 ? 'candidate' : 'existing',
          structure: i % 2 ? 'roof' : 'pole',
          position: [121.5 + i / 1000, 31.5],
        }),
      );
      await saveSites(store, more, null);
      const cheapest = await loadSitePage(store, {
        sort: 'costCny',
        pageSize: 2,
        page: 2,
        box: [121.4, 31.4, 121.6, 31.6],
      });
      expect(cheapest.total).toBe(30);
      expect(cheapest.sites.map(({ id }) => id)).toEqual(['p27', 'p26']);
      const existingRoofs = await loadSitePage(store, {
        status: 'existing',
        structure: 'roof',
        order: 'desc',
      });
      expect(existingRoofs.total).toBe(5);
      expect(existingRoofs.sites.map(({ code }) => code)).toEqual([
        'SH-p9',
        'SH-p3',
        'SH-p27',
        'SH-p21',
        'SH-p15',
      ]);
      expect((await loadSitePage(store, { q: 'TOWER' })).sites.map(({ id }) => id)).toEqual(['p3']);
      for (const [q, hits] of [
        ['100%', 1],
        ['_', 1],
        ['\\', 1],
        ['%', 1],
        ["';--", 0],
      ] as const) {
        expect((await loadSitePage(store, { q })).total, q).toBe(hits);
      }
      expect(await loadSitePage(store, { districtCode: 'none' })).toEqual({ sites: [], total: 0 });
    });

    test('search finds by part of code, name or owner, those that begin with it first', async () => {
      expect((await searchSites(store, 'sh-p2', 3)).map(({ id }) => id)).toEqual(['p2', 'p20', 'p21']);
      expect(await searchSites(store, '城管', 100)).toHaveLength(32);
    });

    test('sites by ids come in the order asked for', async () => {
      expect((await loadSitesByIds(store, ['p5', 'nobody', 's1', 'p1'])).map(({ id }) => id)).toEqual([
        'p5',
        's1',
        'p1',
      ]);
    });

    test('a plan gets the sites of its box, by id, with the fields of the engine only', async () => {
      await saveSites(store, [aSite('u1', { status: 'unavailable', position: [121.5, 31.5] })], null);
      const sites = await loadSitesForPlan(store, [121.4, 31.4, 121.505, 31.6]);
      expect(sites.map(({ id }) => id)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'u1']);
      const {
        originalPosition: _o,
        datum: _d,
        origin: _g,
        sourceFile: _f,
        sourceRow: _r,
        ...expected
      } = aSite('p1', {
        name: '灯 1',
        costCny: 29_000,
        structure: 'roof',
        position: [121.501, 31.5],
      });
      expect(sites[1]).toEqual(expected);
    });

    test('a far tile shows squares with counts that add up, a near one every site', async () => {
      const far = await loadSiteTile(store, BOX, 8);
      expect(far.length).toBeLessThan(33);
      expect(far.reduce((sum, { properties }) => sum + Number(properties.n), 0)).toBe(33);
      const near = await loadSiteTile(store, BOX, 14);
      expect(near).toHaveLength(33);
      expect(near.find(({ id }) => id === 'p0')).toEqual({
        id: 'p0',
        geometry: { type: 'Point', coordinates: [121.5, 31.5] },
        properties: { code: 'SH-p0', status: 'existing', structure: 'pole', resourceType: '路灯杆', n: 1 },
      });
      expect(await loadSiteTile(store, [0, 0, 1, 1], 14)).toEqual([]);
    });

    test('areas keep their shape, know their size, and are found by kind and by name', async () => {
      const core = {
        id: 'core',
        name: '核心区',
        kind: '高密区',
        geometry: aSquare(121.1, 31.1, 0.01),
        sourceFile: null,
      };
      const lake = {
        id: 'lake',
        name: '湖',
        kind: '水域',
        geometry: aSquare(121.2, 31.2, 0.01),
        sourceFile: 'w.geojson',
      };
      expect(await saveAreas(store, [core, lake], null)).toEqual({ inserted: 2, updated: 0 });
      const stored = await loadArea(store, 'core');
      expect(stored).toMatchObject({
        ...core,
        areaKm2: expect.closeTo(1.0577, 3),
        createdAt: expect.stringMatching(/Z$/),
        // the system is asked for no permission, and has none of its own
        ...{ state: '草稿', version: 1, approval: null, own: false, permissions: [] },
      });
      expect(await loadAreas(store)).toHaveLength(2);
      expect((await loadAreasByIds(store, ['lake', 'nobody'])).map(({ id }) => id)).toEqual(['lake']);
      expect((await loadAreasOfKinds(store, ['水域'], BOX)).map(({ id }) => id)).toEqual(['lake']);
      expect(await loadAreasOfKinds(store, ['水域'], [0, 0, 1, 1])).toEqual([]);
      const [hit] = await searchAreas(store, '核心', 5);
      expect(hit).toEqual({
        id: 'core',
        name: '核心区',
        kind: '高密区',
        position: [expect.closeTo(121.105), expect.closeTo(31.105)],
      });
      const [feature] = await loadAreaTile(store, [121, 31, 121.15, 31.15], 12);
      expect(feature).toMatchObject({
        id: 'core',
        geometry: core.geometry,
        properties: { name: '核心区', kind: '高密区', state: '草稿' },
      });
    });

    test('an area that crosses itself is refused', async () => {
      const ring = [
        [0, 0],
        [3, 3],
        [3, 0],
        [0, 1],
        [0, 0],
      ] as const;
      const bowTie = { type: 'MultiPolygon', coordinates: [[ring]] } as const;
      const saving = saveAreas(
        store,
        [{ id: 'x', name: 'x', kind: 'x', geometry: bowTie, sourceFile: null }],
        null,
      );
      await expect(saving).rejects.toMatchObject({
        code: 'STORE_CONSTRAINT',
        constraint: 'target_areas_geom_check',
      });
    });

    test('a deleted area is gone, and deleting it again says so', async () => {
      await saveAreas(
        store,
        [{ id: 'gone', name: 'a', kind: 'b', geometry: aSquare(1, 1, 1), sourceFile: null }],
        null,
      );
      const removed = [];
      for (const version of [2, 1, 1]) removed.push(await deleteArea(store, 'gone', version));
      expect(removed).toEqual([false, true, false]);
    });

    test('the reasons why geometry cannot be stored come one by one', async () => {
      const [good, crossing, open, nonsense, empty] = await checkGeometries(store, [
        aSquare(121, 31, 1),
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 1],
              [1, 0],
              [0, 1],
              [0, 0],
            ],
          ],
        },
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 1],
              [1, 0],
            ],
          ],
        },
        { kind: 'nonsense' },
        { type: 'MultiPolygon', coordinates: [] },
      ]);
      expect(good).toBeNull();
      expect(crossing).toMatch(/Self-intersection/);
      expect(open).toMatch(/closed/);
      expect(nonsense).toMatch(/GeoJSON/);
      expect(empty).toBe('Empty geometry');
      expect(await checkGeometries(store, [])).toEqual([]);
    });

    test('districts and towns come back by code', async () => {
      const district = { code: '310101', name: '黄浦区', geometry: aSquare(121, 31, 0.1) };
      await saveDistricts(
        store,
        [district, { code: '310000', name: '上海', geometry: aSquare(121, 31, 1) }],
        null,
      );
      expect((await loadDistricts(store)).map(({ code }) => code)).toEqual(['310000', '310101']);
      expect((await loadDistrictsInBox(store, [121.5, 31.5, 121.6, 31.6])).map(({ name }) => name)).toEqual([
        '上海',
      ]);
      expect((await loadDistrictTile(store, BOX, 9)).map(({ id }) => id)).toEqual(['310000', '310101']);
      const towns = [{ code: '310101001', name: '外滩街道', districtCode: '310101' }];
      await saveTowns(store, towns);
      await saveTowns(store, towns);
      expect(await loadTowns(store)).toEqual(towns);
    });

    test('buildings come packed, holes and missing heights included', async () => {
      const ringOf = (west: number, south: number, sizeDeg: number) =>
        aSquare(west, south, sizeDeg).coordinates[0]?.[0] ?? [];
      const withHole: MultiPolygon = {
        type: 'MultiPolygon',
        coordinates: [[ringOf(121.3, 31.3, 0.004), ringOf(121.301, 31.301, 0.001).toReversed()]],
      };
      await saveBuildings(store, [{ id: 'b0', heightM: 1, geometry: aSquare(121.3, 31.3, 0.004) }], null);
      await saveBuildings(
        store,
        [
          { id: 'b1', heightM: null, geometry: aSquare(121.4, 31.3, 0.001) },
          { id: 'b0', heightM: 20.5, geometry: withHole },
        ],
        null,
      );
      const set = await loadBuildings(store, BOX);
      expect([...set.heightM]).toEqual([20.5, Number.NaN]);
      expect([...set.buildingStarts]).toEqual([0, 2, 3]);
      expect([...set.ringStarts]).toEqual([0, 4, 8, 12]);
      expect([...set.positions.subarray(16, 18)]).toEqual([121.4, 31.3]);
      expect((await loadBuildings(store, [0, 0, 1, 1])).heightM).toHaveLength(0);
      expect(
        (await loadBuildingTile(store, BOX, 15)).map(({ id, properties }) => [id, properties.heightM]),
      ).toEqual([
        ['b0', 20.5],
        ['b1', null],
      ]);
      expect(await loadBuildingTile(store, BOX, 4)).toEqual([]);
    });

    test('roads come one per line and appear by class as the map comes closer', async () => {
      const line = (y: number) =>
        [
          [121.1, y],
          [121.2, y],
          [121.3, y + 0.01],
        ] as const;
      await saveRoads(
        store,
        [
          {
            id: 'r1',
            name: '中山路',
            roadClass: 'primary',
            geometry: { type: 'MultiLineString', coordinates: [line(31.1), line(31.2)] },
          },
          {
            id: 'r2',
            name: '',
            roadClass: 'service',
            geometry: { type: 'MultiLineString', coordinates: [line(31.3)] },
          },
        ],
        null,
      );
      const roads = await loadRoads(store, BOX);
      expect(roads).toHaveLength(3);
      expect(roads[1]).toEqual({ name: '中山路', roadClass: 'primary', path: line(31.2) });
      expect((await loadRoadTile(store, BOX, 10)).map(({ id }) => id)).toEqual(['r1']);
      expect((await loadRoadTile(store, BOX, 14)).map(({ id }) => id)).toEqual(['r1', 'r2']);
    });

    test('conduits appear in their tile', async () => {
      const geometry = {
        type: 'MultiLineString',
        coordinates: [
          [
            [121.1, 31.1],
            [121.2, 31.2],
          ],
        ],
      } as const;
      await savePipes(
        store,
        [{ id: 'g1', code: 'G-1', name: '', kind: '通信管道', owner: '', ducts: 6, geometry }],
        null,
      );
      expect(await loadPipeTile(store, BOX, 14)).toEqual([
        { id: 'g1', geometry, properties: { code: 'G-1', name: '', kind: '通信管道', ducts: 6 } },
      ]);
    });

    test('demand comes as packed triples', async () => {
      await saveDemand(
        store,
        [
          { id: 'd2', position: [121.2, 31.2], weight: 0.1 },
          { id: 'd1', position: [121.1, 31.1], weight: 30 },
        ],
        null,
      );
      expect([...(await loadDemand(store, BOX))]).toEqual([121.1, 31.1, 30, 121.2, 31.2, 0.1]);
      expect(await loadDemand(store, [0, 0, 1, 1])).toHaveLength(0);
    });

    test('every save raises the revision of its layer, and a failed one does not', async () => {
      const before = await loadRevisions(store);
      await saveSites(store, [aSite('s1')], null);
      await saveSites(store, [aSite('zz', { heightM: -1 })], null).catch(() => undefined);
      await saveSites(store, [], null);
      const after = await loadRevisions(store);
      expect(after).toEqual({ ...before, sites: (before.sites ?? 0) + 1 });
    });

    test('an import is found again by its bytes and settings, and rows and report are one transaction', async () => {
      const settings = { heightM: 8, status: null };
      const key = { kind: 'sites', digest: 'abc', datum: 'GCJ-02' } as const;
      const work = store.transaction(async (tx) => {
        await saveImport(tx, anImport('i0'), settings);
        await saveSites(tx, [aSite('i-site', { heightM: -1 })], 'i0');
      });
      await expect(work).rejects.toMatchObject({ code: 'STORE_CONSTRAINT' });
      expect(await findImportByDigest(store, { ...key, settings })).toBeNull();
      const saved = await store.transaction(async (tx) => {
        await saveSites(tx, [aSite('i-site')], 'i1');
        return saveImport(tx, anImport('i1'), settings);
      });
      expect(saved).toEqual({ ...anImport('i1'), createdAt: expect.stringMatching(/Z$/) });
      expect(await findImportByDigest(store, { ...key, settings: { status: null, heightM: 8 } })).toEqual(
        saved,
      );
      expect(await findImportByDigest(store, { ...key, settings: { heightM: 9 } })).toBeNull();
      expect(await loadImport(store, 'i1')).toEqual(saved);
      const later = await saveImport(store, anImport('i2'), settings);
      expect(await findImportByDigest(store, { ...key, settings })).toEqual(later);
      expect((await loadImports(store, 10)).map(({ id }) => id)).toEqual(['i2', 'i1']);
    });

    test('rows of an import that does not exist are refused', async () => {
      const saving = saveSites(store, [aSite('orphan')], 'no-such-import');
      await expect(saving).rejects.toMatchObject({ code: 'STORE_CONSTRAINT' });
      expect(await loadSite(store, 'orphan')).toBeNull();
    });

    test('a plan goes from the queue to its result', async () => {
      const created = await createPlan(store, {
        id: 'plan-1',
        name: '方案一',
        request: NEW_PLAN,
        basedOnPlanId: null,
      });
      expect(created).toMatchObject({
        id: 'plan-1',
        state: 'queued',
        request: NEW_PLAN,
        summary: null,
        finishedAt: null,
      });
      const job = await takePlanJob(store, 30);
      expect(job).toMatchObject({ lease: 1, plan: { id: 'plan-1', state: 'running' } });
      expect(await takePlanJob(store, 30)).toBeNull();
      expect(await setPlanProgress(store, 'plan-1', 1, { step: 'coverage', done: 1, total: 9 })).toBe(true);
      expect((await loadPlan(store, 'plan-1'))?.progress).toEqual({ step: 'coverage', done: 1, total: 9 });
      expect(await renewPlanLease(store, 'plan-1', 1, 30)).toBe(true);
      expect(
        await finishPlan(store, 'plan-1', 1, finished([anItem('p0', 0), anItem('s2', 2), anItem('s1', 1)])),
      ).toBe(true);
      expect(await loadPlan(store, 'plan-1')).toMatchObject({
        state: 'done',
        summary,
        seconds: 1.5,
        progress: null,
      });
      expect(await loadPlanTotals(store, 'plan-1')).toEqual({
        areas: [total],
        districts: [],
        uncovered: [],
        box: [121.1, 31.1, expect.closeTo(121.11), expect.closeTo(31.11)],
        engineVersion: '0.0.9',
      });
      expect(await loadPlanRaster(store, 'plan-1')).toEqual(Buffer.from([1, 2, 255, 0]));
      expect(await loadPlanSiteIds(store, 'plan-1')).toEqual(new Set(['p0', 's1', 's2']));
      expect(await loadPlanProof(store, 'plan-1')).toEqual({
        file: proofFile,
        prices: Buffer.from([9, 0, 255]),
        phases: null,
      });
      expect(await loadPlanProof(store, 'nobody')).toBeNull();
    });

    test('a request with phases, quotas and a plan to stay near comes back as it was asked', async () => {
      const request: NewPlanJson = {
        ...NEW_PLAN,
        areaShares: [{ areaId: 'core', share: 0.98 }],
        quotas: [{ by: 'district', value: '310101', leastSites: 1, mostSites: null, mostCostCny: 90_000 }],
        spacing: { poleM: 100, roofM: 300.5, towerM: 0 },
        siteOrder: 'build-mode',
        effort: 'deep',
        phases: [{ name: '一期', targetShare: 0.7, areaShares: [], budgetCny: null, maxSites: 2 }],
        keepSiteIds: ['s1', 's2'],
      };
      await createPlan(store, { id: 'plan-p', name: '分期', request, basedOnPlanId: null });
      const lease = (await takePlanJob(store, 30))?.lease ?? 0;
      const phases = [
        {
          name: '一期',
          sites: 1,
          costCny: 35_000,
          coveredShare: 0.8,
          targetShare: 0.7,
          reached: true,
          boundShare: 0.9,
        },
      ];
      const reach: PlanReach = {
        missing: { nobody: 0.1, refused: 0, partly: 0.01 },
        nobodyBins: 4,
        refusedBins: 0,
        limits: [{ limit: 'budget', share: 0.9, reached: false, binds: true }],
        unlimited: { share: 0.9, reached: false },
        classes: [
          { why: 'unavailable', resourceType: null, sites: 3, extraShare: 0.1, newBins: 2, suffices: true },
        ],
      };
      const later = { ...summary, status: 'not-reachable', reach, phases } as const;
      const result = finished([anItem('s1', 1, { phase: 1 }), anItem('s2', 2, { phase: 2 })]);
      const proof = {
        file: proofFile,
        prices: null,
        phases: { file: phasesFile, prices: new Uint8Array([7, 0, 128]) },
      };
      expect(await finishPlan(store, 'plan-p', lease, { ...result, summary: later, proof })).toBe(true);
      expect(await loadPlan(store, 'plan-p')).toMatchObject({ request, summary: { reach, phases } });
      const { items } = await loadPlanItems(store, 'plan-p', {});
      expect(items.map(({ phase }) => phase)).toEqual([1, 2]);
      expect(await loadPlanProof(store, 'plan-p')).toEqual({
        file: proofFile,
        prices: null,
        phases: { file: phasesFile, prices: Buffer.from([7, 0, 128]) },
      });
      expect(await deletePlan(store, 'plan-p')).toBe('deleted');
      expect(await loadPlanProof(store, 'plan-p')).toBeNull();
    });

    test('plan items come in order with their sites, and the latest judgement counts', async () => {
      const judgement = {
        decision: '不同意',
        reasonCode: '居民投诉风险',
        reasonText: '太近',
        reviewer: '王',
      } as const;
      await saveReviews(store, 'plan-1', { siteIds: ['s1', 's2'], ...judgement });
      const [latest] = await saveReviews(store, 'plan-1', {
        ...judgement,
        siteIds: ['s2'],
        decision: '同意',
        reasonCode: null,
      });
      expect(await loadReviews(store, 'plan-1')).toHaveLength(3);
      const { items, total: found } = await loadPlanItems(store, 'plan-1', {});
      expect([found, items.map(({ site }) => site.id)]).toEqual([3, ['s1', 's2', 'p0']]);
      const { siteId, ...rest } = anItem('s2', 2);
      expect(await loadPlanItem(store, 'plan-1', siteId)).toEqual({
        ...rest,
        sharing: null,
        site: await loadSite(store, 's2'),
        review: latest,
      });
      const idsOf = async (query: Parameters<typeof loadPlanItems>[2]) =>
        (await loadPlanItems(store, 'plan-1', query)).items.map(({ site }) => site.id);
      expect(await idsOf({ decision: '不同意' })).toEqual(['s1']);
      expect(await idsOf({ decision: 'none' })).toEqual(['p0']);
      expect(await idsOf({ status: 'new', pageSize: 1, page: 2 })).toEqual(['s2']);
      expect(await loadPlanItem(store, 'plan-1', 'nobody')).toBeNull();
      const features = await loadPlanTile(store, 'plan-1', WORLD, 3);
      expect(
        features.map(({ properties }) => [properties.siteId, properties.rank, properties.decision]),
      ).toEqual([
        ['p0', 0, null],
        ['s1', 1, '不同意'],
        ['s2', 2, '同意'],
      ]);
    });

    test('reviews are never changed or removed', async () => {
      await expect(store.query('delete from reviews')).rejects.toMatchObject({ code: 'STORE_FORBIDDEN' });
      await expect(store.query("update reviews set decision = '同意'")).rejects.toMatchObject({
        code: 'STORE_FORBIDDEN',
      });
      const reasonless = {
        siteIds: ['s1'],
        decision: '退回',
        reasonCode: null,
        reasonText: '',
        reviewer: '王',
      } as const;
      await expect(saveReviews(store, 'plan-1', reasonless)).rejects.toMatchObject({
        code: 'STORE_CONSTRAINT',
      });
    });

    test('a plan sees the reviews of the plans it came from', async () => {
      await createPlan(store, { id: 'plan-2', name: '二', request: NEW_PLAN, basedOnPlanId: 'plan-1' });
      await createPlan(store, { id: 'plan-3', name: '三', request: NEW_PLAN, basedOnPlanId: 'plan-2' });
      expect(
        (await loadReviewChain(store, 'plan-3')).map(({ siteId, decision }) => [siteId, decision]),
      ).toEqual([
        ['s1', '不同意'],
        ['s2', '不同意'],
        ['s2', '同意'],
      ]);
      const unknown = createPlan(store, {
        id: 'plan-x',
        name: 'x',
        request: NEW_PLAN,
        basedOnPlanId: 'nobody',
      });
      await expect(unknown).rejects.toMatchObject({ code: 'STORE_CONSTRAINT' });
    });

    test('a worker with an old lease can write nothing', async () => {
      const first = await takePlanJob(store, 0);
      expect(first?.plan.id).toBe('plan-2');
      expect(await requeuePlans(store, 'expired')).toEqual({ requeued: 1, failed: 0 });
      const second = await takePlanJob(store, 30);
      expect(second?.plan.id).toBe('plan-2');
      const lease = first?.lease ?? 0;
      expect(await finishPlan(store, 'plan-2', lease, finished([anItem('s1', 1)]))).toBe(false);
      expect(await setPlanProgress(store, 'plan-2', lease, { step: 'grid', done: 0, total: 1 })).toBe(false);
      expect(await renewPlanLease(store, 'plan-2', lease, 30)).toBe(false);
      expect((await loadPlanItems(store, 'plan-2', {})).total).toBe(0);
      const failure = { code: 'X', message: { zh: '错', en: 'no' }, hint: { zh: '无', en: 'none' } };
      expect(await failPlan(store, 'plan-2', lease, failure)).toBe(false);
      expect(await failPlan(store, 'plan-2', second?.lease ?? 0, failure)).toBe(true);
      expect(await loadPlan(store, 'plan-2')).toMatchObject({ state: 'failed', error: failure });
    });

    test('a plan that was interrupted three times fails with a reason', async () => {
      for (const expected of [
        { requeued: 1, failed: 0 },
        { requeued: 1, failed: 0 },
        { requeued: 0, failed: 1 },
      ]) {
        expect((await takePlanJob(store, 30))?.plan.id).toBe('plan-3');
        expect(await requeuePlans(store, 'expired')).toEqual({ requeued: 0, failed: 0 });
        expect(await requeuePlans(store, 'all')).toEqual(expected);
      }
      expect(await loadPlan(store, 'plan-3')).toMatchObject({
        state: 'failed',
        error: { code: 'PLAN_TRIES_SPENT' },
      });
    });

    test('a result with a site that does not exist is not half written', async () => {
      await createPlan(store, { id: 'plan-4', name: '四', request: NEW_PLAN, basedOnPlanId: null });
      const lease = (await takePlanJob(store, 30))?.lease ?? 0;
      const finishing = finishPlan(store, 'plan-4', lease, finished([anItem('s1', 1), anItem('nobody', 2)]));
      await expect(finishing).rejects.toMatchObject({ code: 'STORE_CONSTRAINT' });
      expect(await loadPlan(store, 'plan-4')).toMatchObject({ state: 'running', summary: null });
      expect((await loadPlanItems(store, 'plan-4', {})).total).toBe(0);
    });

    test('plans are cancelled and deleted; a deleted one keeps its reviews', async () => {
      expect(await deletePlan(store, 'plan-4')).toBe('running');
      expect([await cancelPlan(store, 'plan-4'), await cancelPlan(store, 'plan-4')]).toEqual([true, false]);
      expect(await loadPlan(store, 'plan-4')).toMatchObject({ state: 'cancelled' });
      expect(await deletePlan(store, 'plan-1')).toBe('deleted');
      expect(await deletePlan(store, 'plan-1')).toBe('missing');
      expect(await loadPlan(store, 'plan-1')).toBeNull();
      expect(await loadPlanRaster(store, 'plan-1')).toBeNull();
      expect(await loadReviewChain(store, 'plan-2')).toHaveLength(3);
      expect((await loadPlans(store, 10)).map(({ id }) => id).sort()).toEqual(['plan-2', 'plan-3', 'plan-4']);
    });

    test('settings keep any JSON', async () => {
      expect(await loadSetting(store, 'sample')).toBeNull();
      await saveSetting(store, 'sample', false);
      await saveSetting(store, 'sample', true);
      expect(await loadSetting(store, 'sample')).toBe(true);
    });

    test('the status counts everything and frames it', async () => {
      await vacuumAnalyze(store);
      const { counts, box, revisions, sample } = await loadStatus(store);
      expect(counts).toEqual({
        sites: 34,
        existing: 10,
        candidates: 23,
        buildings: 2,
        roads: 2,
        pipes: 1,
        areas: 2,
        districts: 2,
        demand: 2,
        plans: 3,
      });
      expect(box?.map((value) => Math.round(value * 100) / 100)).toEqual([121.1, 31.1, 121.53, 31.5]);
      expect(revisions.buildings).toBe(2);
      expect(sample).toBe(true);
    });
  });
}
