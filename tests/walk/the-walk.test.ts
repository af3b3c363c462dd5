// The first test to read: one town walks through all seven steps over HTTP, on both stores.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Service, startService } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { DistrictListJson } from '../../server/contract/areas.ts';
import type { StatusJson } from '../../server/contract/catalogue.ts';
import type { NewPlanJson, PlanItemJson, PlanJson, ReviewListJson } from '../../server/contract/plans.ts';
import type { ErrorReplyJson } from '../../server/contract/shared.ts';
import type { SitePageJson } from '../../server/contract/sites.ts';
import { aTown } from '../support/a-town.ts';
import { somePeople } from '../support/sign-in.ts';
import { openEmbeddedTestStore, openNativeTestStore, type TestStore } from '../support/stores.ts';
import { type Desk, deskAt } from './desk.ts';

const town = aTown();
const ways = [
  { kind: 'embedded', open: openEmbeddedTestStore },
  { kind: 'native', open: openNativeTestStore },
] as const;

function quietConfig(): Config {
  return { ...readConfig({}), port: 0, logLevel: 'silent' };
}

describe.each(ways)('the walk on the $kind store', ({ open }) => {
  let opened: TestStore | null = null;
  let service: Service | null = null;
  let desk: Desk;
  let request: NewPlanJson;
  let plan: PlanJson;
  let items: PlanItemJson[];

  beforeAll(async () => {
    opened = await open();
    if (!opened) return;
    service = await startService({ store: opened.store, config: quietConfig() });
    desk = deskAt(service.url, await somePeople(opened.store));
  });

  afterAll(async () => {
    await service?.close();
    await opened?.close();
  });

  test('import: every kind of file comes in, and a second time changes nothing', async () => {
    if (!service) return;
    const files = [
      ['districts', town.district],
      ['areas', town.area],
      ['buildings', town.buildings],
      ['roads', town.roads],
      ['pipes', town.pipes],
      ['demand', town.demand],
      ['sites', town.sites],
    ] as const;
    for (const [kind, file] of files) {
      const { status, body } = await desk.importFile(kind, file);
      expect(
        [status, body.outcome, body.rejected],
        `${kind} ${JSON.stringify(body.issues.slice(0, 2))}`,
      ).toEqual([200, 'stored', 0]);
      expect(body.rows).toBe(body.accepted);
      const again = await desk.importFile(kind, file);
      expect([again.body.outcome, again.body.id], kind).toEqual(['repeated', body.id]);
    }
  }, 180_000);

  test('import: a file with wrong rows names row, field, found, expected and hint, and keeps the good ones on request', async () => {
    if (!service) return;
    const bad = {
      fileName: 'bad-sites.csv',
      text: '站址编码,站址名称,经度,纬度,资源类型,挂高\nB-1,好,121.205,31.365,路灯杆,8\nB-2,纬度错,121.205,131.365,路灯杆,8\nB-3,高错,121.206,31.366,路灯杆,很高\n',
    };
    const checked = await desk.importFile('sites', bad, { mode: 'check' });
    expect(checked.body.outcome).toBe('checked');
    expect(checked.body.accepted + checked.body.rejected).toBe(3);
    const errors = checked.body.issues.filter((issue) => issue.severity === 'error');
    expect(errors.map((issue) => issue.row)).toEqual([2, 3]);
    for (const issue of errors) {
      expect(issue.field).not.toBeNull();
      expect(issue.found).not.toBe('');
      expect(issue.expected).not.toBe('');
      expect(issue.hint.zh).not.toBe('');
    }
    const all = await desk.importFile('sites', bad, { mode: 'all' });
    expect([all.body.outcome, all.body.stored]).toEqual(['rejected', 0]);
    const usable = await desk.importFile('sites', bad, { mode: 'usable' });
    expect([usable.body.outcome, usable.body.stored, usable.body.rejected]).toEqual(['stored', 1, 2]);
  });

  test('store: what came in is there, counted, filtered and paged', async () => {
    if (!service) return;
    const { body: status } = await desk.get<StatusJson>('/api/status');
    expect(status.counts.sites).toBe(town.siteCount + 1);
    expect(status.counts.buildings).toBe(town.buildingCount);
    expect([status.counts.areas, status.counts.districts, status.counts.pipes]).toEqual([1, 1, 1]);
    const { body: page } = await desk.get<SitePageJson>(
      '/api/sites?structure=pole&pageSize=5&page=2&sort=code',
    );
    expect([page.sites.length, page.page, page.total]).toEqual([5, 2, town.siteCount]);
    expect(page.sites.every((site) => site.structure === 'pole')).toBe(true);
    const { body: districts } = await desk.get<DistrictListJson>('/api/districts');
    expect(districts.districts.map((district) => district.code)).toEqual(['310999']);
  });

  test('grid, coverage, selection, plan: the area reaches its share, and every site has its reasons', async () => {
    if (!service) return;
    const [area] = await desk.areas();
    request = { name: '老城连续覆盖', areaIds: [area!.id], ruleWord: '连片优质', profileId: 'n78' };
    const run = await desk.plan(request);
    plan = run.plan;
    expect([plan.state, plan.error]).toEqual(['done', null]);
    const summary = plan.summary!;
    expect(summary.status).toBe('reached');
    expect(summary.coveredShare).toBeGreaterThanOrEqual(summary.targetShare);
    expect(summary.lineOfSight).toBe('buildings');
    expect(summary.people).toBeGreaterThan(0);
    items = (await desk.items(plan.id)).items;
    const chosen = items.filter((item) => item.status === 'new');
    expect(chosen.length).toBe(summary.sites);
    expect(chosen.reduce((sum, item) => sum + item.costCny, 0)).toBe(summary.costCny);
    expect(chosen.map((item) => item.rank)).toEqual(chosen.map((_, index) => index + 1));
    expect(items.filter((item) => item.status === 'existing').length).toBe(summary.existingSites);
    const gains = items.reduce((sum, item) => sum + item.gainWeightShare, 0);
    expect(gains).toBeCloseTo(summary.coveredShare, 9);
    const detail = await desk.detail(plan.id);
    expect(detail.areas[0]!.coveredShare).toBeCloseTo(summary.coveredShare, 2);
    expect(detail.districts.map((district) => district.id)).toEqual(['310999']);
  });

  test('plan: a site card adds the link budget up line by line', async () => {
    if (!service) return;
    const card = await desk.card(plan.id, items.find((item) => item.rank === 1)!.site.id);
    const line = (key: string) => card.linkBudget!.lines.find((one) => one.key === key)?.value;
    expect(line('margin')).toBeCloseTo(line('level')! - line('threshold')!, 1);
    const unchosen = await desk.get<SitePageJson>('/api/sites?q=B-1');
    const why = await desk.card(plan.id, unchosen.body.sites[0]!.id);
    expect(why.item).toBeNull();
    expect(why.whyNot!.remainingGainShare).toBeGreaterThanOrEqual(0);
  });

  test('plan: tiles and exports are drawn from the same rows', async () => {
    if (!service) return;
    const geojson = await desk.get<{ features: { properties: { siteId?: string } }[] }>(
      `/api/plans/${plan.id}/export.geojson`,
    );
    expect(geojson.body.features.length).toBe(items.length);
    const csv = await desk.bytes(`/api/plans/${plan.id}/export.csv`);
    const lines = new TextDecoder().decode(csv.bytes).trim().split(/\r?\n/);
    expect(lines.length).toBe(items.length + 1);
    const tif = await desk.bytes(`/api/plans/${plan.id}/coverage.tif`);
    expect([tif.status, tif.bytes.length > 500]).toEqual([200, true]);
    const zoom = 14;
    const [lon, lat] = items[0]!.site.position as [number, number];
    const x = Math.floor(((lon + 180) / 360) * 2 ** zoom);
    const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** zoom);
    const png = await desk.bytes(`/api/tiles/coverage/${plan.id}/${zoom}/${x}/${y}.png`);
    expect([png.status, png.type]).toEqual([200, 'image/png']);
    for (const layer of ['sites', 'buildings', 'areas', `plans/${plan.id}`]) {
      const tile = await desk.bytes(`/api/tiles/${layer}/${zoom}/${x}/${y}.mvt`);
      expect([tile.status, tile.bytes.length > 20], layer).toEqual([200, true]);
    }
  });

  test('review: a refused site stays out of the next plan, which still reaches its share', async () => {
    if (!service) return;
    const refused = items.find((item) => item.rank === 1)!.site.id;
    const returned = items.find((item) => item.rank === 2)!.site.id;
    const bare = await desk.review(plan.id, { siteIds: [refused], decision: '不同意', reviewer: '王工' });
    expect(bare.status).toBe(422);
    expect((bare.body as unknown as ErrorReplyJson).hint.zh).not.toBe('');
    const said = await desk.review(plan.id, {
      siteIds: [refused],
      decision: '不同意',
      reasonCode: '居民投诉风险',
      reasonText: '小区门口',
      reviewer: '王工',
    });
    expect(said.status).toBeLessThan(300);
    await desk.review(plan.id, {
      siteIds: [returned],
      decision: '退回',
      reasonCode: '材料不全',
      reviewer: '王工',
    });
    const { body: reviews } = await desk.get<ReviewListJson>(`/api/plans/${plan.id}/reviews`);
    expect(reviews.reviews.map((review) => review.decision).sort()).toEqual(['不同意', '退回']);
    const next = await desk.plan({ ...request, name: '老城连续覆盖（评审后）', basedOnPlanId: plan.id });
    expect([next.plan.state, next.plan.summary?.status]).toEqual(['done', 'reached']);
    const nextItems = (await desk.items(next.plan.id)).items;
    expect(nextItems.some((item) => item.site.id === refused)).toBe(false);
    expect(next.plan.fingerprint).not.toBe(plan.fingerprint);
  });

  test('plan: the same request gives the same fingerprint and the same sites', async () => {
    if (!service) return;
    const again = await desk.plan(request);
    expect(again.plan.fingerprint).toBe(plan.fingerprint);
    const ids = (await desk.items(again.plan.id)).items.map((item) => item.site.id);
    expect(ids).toEqual(items.map((item) => item.site.id));
  });

  test('plan: what cannot be reached is an answer with what blocks', async () => {
    if (!service) return;
    const far = await desk.post<{ id: string }>('/api/areas', {
      name: '无资源处',
      kind: '一般区',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [121.3, 31.3],
            [121.31, 31.3],
            [121.31, 31.31],
            [121.3, 31.31],
            [121.3, 31.3],
          ],
        ],
      },
    });
    const { plan: stuck } = await desk.plan({ ...request, name: '够不着', areaIds: [far.body.id] });
    expect(stuck.summary?.status ?? stuck.error?.code).toMatch(/not-reachable|COVERAGE_NO_SITES/);
  });
});
