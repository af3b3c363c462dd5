// Nobody sees the neighbour: everything the store reads for routes is read as a person of one district, and no word, id or count of
// another district comes out. And nobody writes there: imports say so row by row, and nobody judges what they made.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseImport } from '../../../server/import/parse-import.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { loadAreas, loadAreasOfKinds, loadAreaTile, searchAreas } from '../../../server/store/areas.ts';
import { loadImports } from '../../../server/store/imports.ts';
import {
  createPlan,
  deletePlan,
  loadOperatorTotals,
  loadPlan,
  loadPlanItems,
  loadPlanRaster,
  loadPlanSiteIds,
  loadPlans,
  loadPlanTile,
  loadPlanTotals,
} from '../../../server/store/plans.ts';
import { loadReviewChain, loadReviews, saveReviews } from '../../../server/store/reviews.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import {
  countSites,
  loadSite,
  loadSitePage,
  loadSitesByIds,
  loadSitesForPlan,
  loadSiteTile,
  searchSites,
} from '../../../server/store/sites.ts';
import { loadStatus } from '../../../server/store/status.ts';
import type { Store } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aPrincipal,
  CANARY,
  context,
  everywhere,
  makeTwoDistricts,
  ORGANISATION,
  OWN,
  OWN_TOWN,
} from './two-districts.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const BOX = [120, 30, 126, 32] as const;
const siteIds = ['site own', 'site own-other-town', 'site foreign', 'site foreign-of-mine', 'site none'];
const planIds = [
  'plan own',
  'plan own-other-town',
  'plan foreign',
  'plan foreign-of-mine',
  'plan none',
  'plan across',
];

/** All that comes out of the store for somebody, as one text. */
async function crawl(store: Store): Promise<string> {
  const pieces: unknown[] = [
    await loadSitePage(store, { pageSize: 100 }),
    await loadSitePage(store, { q: CANARY }),
    await loadSitePage(store, { box: BOX, sort: 'name', order: 'desc' }),
    await loadSitesByIds(store, siteIds),
    await loadSitesForPlan(store, BOX),
    await loadSiteTile(store, BOX, 6),
    await loadSiteTile(store, BOX, 16),
    await searchSites(store, CANARY, 50),
    await loadAreas(store),
    await loadAreasOfKinds(store, ['核心区'], BOX),
    await loadAreaTile(store, BOX, 10),
    await searchAreas(store, CANARY, 50),
    await loadPlans(store, 100),
  ];
  for (const id of planIds) {
    pieces.push(
      await loadPlan(store, id),
      await loadPlanTotals(store, id),
      await loadOperatorTotals(store, id, '中国移动'),
      await loadPlanItems(store, id, {}),
    );
    pieces.push([...(await loadPlanSiteIds(store, id))], await loadPlanTile(store, id, BOX, 12));
    pieces.push((await loadPlanRaster(store, id))?.toString() ?? null);
    pieces.push((await loadPlanRaster(store, id, '中国移动'))?.toString() ?? null);
    pieces.push(await loadReviews(store, id), await loadReviewChain(store, id));
  }
  return JSON.stringify(pieces);
}

const CSV = (rows: readonly string[]): Buffer =>
  Buffer.from(['编码,名称,资源类型,经度,纬度,挂高,产权单位,区县代码', ...rows].join('\n'));

for (const { store: system } of stores) {
  const as = (role: Role, changes = {}) => scopedStore(system, aPrincipal(role, changes), context);

  describe(`neighbours on the ${system.kind} store`, () => {
    beforeAll(() => makeTwoDistricts(system));

    test('the crawl finds the words when it may', async () => {
      const text = await crawl(system);
      for (const key of ['foreign', 'none', 'across']) expect(text).toContain(`${CANARY} ${key}`);
    });

    test.each(['planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'] as const)(
      'a %s of one district gets no word and no id of another',
      async (role) => {
        const text = await crawl(as(role));
        // an area across the border is theirs too, as far as areas go
        expect(text.replaceAll(`${CANARY} across`, '')).not.toContain(CANARY);
        expect(text).not.toMatch(/site (foreign|none)|plan (foreign|none|across)|area (foreign|none)/);
        expect(text).toContain('site own');
      },
    );

    test('an owner gets the sites of their unit, wherever they stand, and no plans', async () => {
      const owner = as('owner');
      expect((await loadSitePage(owner, {})).sites.map(({ owner: unit }) => unit)).toEqual([
        ORGANISATION,
        ORGANISATION,
      ]);
      expect(await loadPlans(owner, 10)).toEqual([]);
    });

    test('counts are those of the rows one sees', async () => {
      expect(await countSites(as('planner'))).toBe(2);
      expect(await countSites(as('town'))).toBe(1);
      expect(await countSites(system)).toBe(5);
      expect((await loadSitePage(as('planner'), { pageSize: 1 })).total).toBe(2);
      expect((await loadPlanItems(as('planner'), 'plan own', {})).total).toBe(1);
      expect((await loadPlanItems(system, 'plan own', {})).total).toBe(2);
      expect((await loadStatus(as('planner'))).counts).toMatchObject({
        sites: 2,
        candidates: 2,
        areas: 3,
        plans: 2,
      });
      expect((await loadStatus(system)).counts).toMatchObject({ sites: 5, areas: 6, plans: 6 });
    });

    test('the outline of a town takes no plan and no area from whoever has its district', async () => {
      const seen = async () => {
        const { areas, plans } = (await loadStatus(as('district'))).counts;
        return { areas, plans };
      };
      const before = await seen();
      expect(before.plans).toBeGreaterThan(0);
      await system.query(
        `insert into districts (code, name, geom, area_km2)
         select $1, '甲街道', geom, 100 from districts where code = $2`,
        [OWN_TOWN, OWN],
      );
      expect(await seen()).toEqual(before);
      await system.query('delete from districts where code = $1', [OWN_TOWN]);
    });

    test("another district's id answers like an unknown one", async () => {
      const planner = as('planner');
      expect(await loadSite(planner, 'site foreign')).toEqual(await loadSite(planner, 'site unknown'));
      expect(await loadPlan(planner, 'plan foreign')).toEqual(await loadPlan(planner, 'plan unknown'));
      expect(await deletePlan(planner, 'plan foreign')).toBe('missing');
    });

    test('a site without a district code has got that of its place', async () => {
      const [own, none] = await loadSitesByIds(system, ['site own', 'site none']);
      expect([own?.districtCode, none?.districtCode]).toEqual([OWN, '']);
    });

    test('an import keeps the rows of the territory and names the others', async () => {
      const planner = as('planner', { accountId: 'importer' });
      const file = CSV([
        'N-1,自己的,路灯杆,121.03,31.05,8,甲,',
        'N-2,别区的,路灯杆,121.15,31.05,8,甲,',
        `N-3,别区位置自己代码,路灯杆,121.15,31.06,8,甲,${OWN}`,
        'N-4,无区的,路灯杆,125.5,31.05,8,甲,',
        `N-5,无区位置自己代码,路灯杆,125.5,31.06,8,甲,${OWN}`,
        'N-6,也是自己的,路灯杆,121.04,31.05,8,甲,',
      ]);
      const parsed = parseImport(file, { kind: 'sites', fileName: 'n.csv', datum: 'CGCS2000' });
      const checked = await storeImport(planner, parsed, 'check', { upkeep: system });
      expect(checked.issues.map(({ code, row }) => [code, row])).toEqual([
        ['IMPORT_OUTSIDE_TERRITORY', 2],
        ['IMPORT_OUTSIDE_TERRITORY', 3],
        ['IMPORT_OUTSIDE_TERRITORY', 4],
      ]);
      expect(await storeImport(planner, parsed, 'all', { upkeep: system })).toMatchObject({
        outcome: 'rejected',
        rejected: 3,
      });
      const report = await storeImport(planner, parsed, 'usable', { upkeep: system });
      expect(report).toMatchObject({ outcome: 'stored', stored: 3, rejected: 3 });
      expect(await storeImport(planner, parsed, 'usable', { upkeep: system })).toMatchObject({
        outcome: 'repeated',
        id: report.id,
      });
      expect((await loadImports(planner, 10)).map(({ id }) => id)).toEqual([report.id]);
      // somebody else of the same district sends the same file: it is theirs too, and nothing tells of the first
      const colleague = as('planner', { accountId: 'colleague' });
      expect(await loadImports(colleague, 10)).toEqual([]);
      expect(await storeImport(colleague, parsed, 'usable', { upkeep: system })).toMatchObject({
        outcome: 'stored',
        stored: 3,
      });
      const foreigner = as('planner', {
        accountId: 'foreigner',
        territory: { everywhere: false, districtCodes: ['310902'], townCodes: [] },
      });
      const theirs = await storeImport(foreigner, parsed, 'check', { upkeep: system });
      expect(theirs.issues.map(({ row }) => row)).toContain(1);
    });

    test('a code that belongs to a site outside is refused at its row, not with the whole file', async () => {
      await system.query(`update sites set code = 'TAKEN' where id = 'site foreign'`, []);
      const parsed = parseImport(
        CSV(['TAKEN,占用,路灯杆,121.03,31.05,8,甲,', 'N-9,好的,路灯杆,121.03,31.06,8,甲,']),
        {
          kind: 'sites',
          fileName: 'taken.csv',
          datum: 'CGCS2000',
        },
      );
      const report = await storeImport(as('planner'), parsed, 'usable', { upkeep: system });
      expect(report).toMatchObject({ stored: 1, issues: [{ code: 'IMPORT_OUTSIDE_TERRITORY', row: 1 }] });
      expect((await loadSitesByIds(system, ['site foreign']))[0]).toMatchObject({
        name: `${CANARY} foreign`,
      });
    });

    test('areas outside are named in their import too', async () => {
      const square = (west: number) => [
        [
          [west, 31.01],
          [west + 0.01, 31.01],
          [west + 0.01, 31.02],
          [west, 31.02],
          [west, 31.01],
        ],
      ];
      const features = [121.01, 121.095, 121.15, 126].map((west) => ({
        type: 'Feature',
        properties: { name: `片 ${west}` },
        geometry: { type: 'Polygon', coordinates: square(west) },
      }));
      const file = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
      const parsed = parseImport(file, { kind: 'areas', fileName: 'a.geojson', datum: 'CGCS2000' });
      const report = await storeImport(as('planner'), parsed, 'usable', { upkeep: system });
      expect(
        report.issues.filter(({ code }) => code === 'IMPORT_OUTSIDE_TERRITORY').map(({ row }) => row),
      ).toEqual([2, 3, 4]);
      expect(report.stored).toBe(1);
    });

    test('ground is imported by whom the table names, else refused', async () => {
      const file = Buffer.from(
        JSON.stringify({
          type: 'Feature',
          properties: { height: 9 },
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [121, 31],
                [121.001, 31],
                [121.001, 31.001],
                [121, 31.001],
                [121, 31],
              ],
            ],
          },
        }),
      );
      const parsed = parseImport(file, { kind: 'buildings', fileName: 'b.geojson', datum: 'CGCS2000' });
      await expect(storeImport(as('tower'), parsed, 'usable', { upkeep: system })).rejects.toMatchObject({
        code: 'STORE_DENIED',
      });
      expect(await storeImport(as('planner'), parsed, 'usable', { upkeep: system })).toMatchObject({
        outcome: 'stored',
      });
    });

    test('nobody judges a plan they made, and who judged is who is signed in', async () => {
      const request = { name: '自评', areaIds: ['area own'], ruleWord: '连续覆盖', profileId: 'n78' };
      const maker = as('planner', { accountId: 'both' });
      await createPlan(maker, { id: 'plan both', name: '自评', request, basedOnPlanId: null });
      await system.query(
        `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
           unique_weight_share, displaced) values ('plan both', 'site own', 0, 'new', 'target-gain', 1, 1, 0.1, 0.5, 0.1, '[]')`,
        [],
      );
      const verdict = {
        siteIds: ['site own'],
        decision: '同意',
        reasonCode: null,
        reasonText: '',
        reviewer: '冒名',
      } as const;
      const self = as('district', { accountId: 'both' });
      await expect(saveReviews(self, 'plan both', verdict)).rejects.toMatchObject({
        code: 'STORE_CONSTRAINT',
        constraint: 'reviews_not_own_plan',
      });
      const [review] = await saveReviews(as('district'), 'plan both', verdict);
      expect(review?.reviewer).toBe('district 先生');
      const { rows } = await system.query(
        "select created_by, district_codes from plans where id = 'plan both'",
        [],
      );
      expect(rows).toEqual([{ created_by: 'both', district_codes: [OWN] }]);
    });

    test('a deleted plan loses all of its rows, those its deleter cannot see too', async () => {
      expect(await deletePlan(as('planner'), 'plan own')).toBe('deleted');
      const { rows } = await system.query(
        `select (select count(*) from plan_items where plan_id = 'plan own') as items,
                (select count(*) from plan_rasters where plan_id = 'plan own') as rasters,
                (select count(*) from reviews where plan_id = 'plan own') as reviews`,
        [],
      );
      expect(rows).toEqual([{ items: 0, rasters: 0, reviews: 2 }]);
    });

    test('when outlines arrive or move, what was located by its place follows, and what was named stays', async () => {
      const outline =
        "ST_SetSRID(ST_GeomFromText('MULTIPOLYGON(((125 31,125.1 31,125.1 31.1,125 31.1,125 31)))'), 4490)";
      await system.query(
        `insert into districts (code, name, geom, area_km2) values ('310903', '丙区', ${outline}, 1)`,
      );
      const where = async () =>
        (
          await system.query<{ codes: string }>(
            `select (select district_code from sites where id = 'site none') || '|' || (select district_code from sites where code = 'N-5')
                || '|' || (select array_to_string(district_codes, ',') from target_areas where id = 'area none')
                || '|' || (select array_to_string(district_codes, ',') from plans where id = 'plan none') as codes`,
            [],
          )
        ).rows[0]?.codes;
      expect(await where()).toBe(`310903|${OWN}|310903|310903`);
      await system.query("delete from districts where code = '310903'");
      expect(await where()).toBe(`|${OWN}||`);
    });

    test('everywhere is every district and what lies in none', async () => {
      expect(await countSites(as('city', { territory: everywhere }))).toBe(await countSites(system));
    });
  });
}
