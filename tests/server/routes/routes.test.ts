// Every route by injection on a real embedded store with the made-up town in it.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { decode as decodePng } from 'fast-png';
import { fromArrayBuffer } from 'geotiff';
import { PbfReader } from 'pbf';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coverageClasses, decodePlanInput, ENGINE_VERSION } from '../../../engine/index.ts';
import { buildApp } from '../../../server/app.ts';
import {
  type PlanItemPageJson,
  type PlanJson,
  planDetailSchema,
  siteLinkSchema,
} from '../../../server/contract/plans.ts';
import { errorReplySchema } from '../../../server/contract/shared.ts';
import type { SitePageJson } from '../../../server/contract/sites.ts';
import { houseDir } from '../../support/house-files.ts';
import { signInInjected } from '../../support/sign-in.ts';
import { openTownApp, type TownApp, testConfig, upload } from '../app-on-town.ts';
import { fixtureBytes } from '../import/read-fixture.ts';

let on: TownApp;
let plan: PlanJson;
beforeAll(async () => {
  on = await openTownApp({ uploadMb: 1 });
  await on.jobs.resume();
  plan = await on.jobs.whenDone((await on.jobs.createPlan(on.request)).id);
});
afterAll(() => on.close());

const get = (url: string, headers: Record<string, string> = {}) => on.app.inject({ url, headers });
const post = (url: string, payload?: object) =>
  on.app.inject({
    method: 'POST',
    url,
    headers: { 'idempotency-key': randomUUID() },
    ...(payload && { payload }),
  });
const isErrorReply = Compile(errorReplySchema);
const isLink = Compile(siteLinkSchema);

test('the service says that it lives, that it is ready and what it holds', async () => {
  for (const url of ['/live', '/api/live']) expect((await get(url)).json()).toEqual({ live: true });
  for (const url of ['/ready', '/api/ready']) expect((await get(url)).json()).toMatchObject({ ready: true });
  const status = (await get('/api/status')).json();
  expect(status).toMatchObject({ store: 'embedded', sample: false, basemap: null });
  expect(status.counts).toMatchObject({
    sites: on.town.siteCount,
    buildings: on.town.buildingCount,
    areas: 1,
  });
  expect(status.box).toHaveLength(4);
});

test('the tables people choose from are served whole', async () => {
  expect((await get('/api/coverage-rules')).json().rules.length).toBe(6);
  const profiles: { id: string }[] = (await get('/api/profiles')).json().profiles;
  expect(profiles.map(({ id }) => id)).toEqual(['n28', 'n1', 'n41', 'n78', 'n79']);
  expect((await get('/api/resource-types')).json().resourceTypes.length).toBeGreaterThan(20);
  expect((await get('/api/operators')).json().operators).toContain('中国电信');
});

test('an area can be drawn, read, listed and deleted', async () => {
  const ring = [...on.town.drawn.map((p) => [...p])];
  const [first, last] = [ring[0], ring.at(-1)];
  if (first && String(first) !== String(last)) ring.push(first);
  const drawn = await post('/api/areas', {
    name: '画的',
    kind: '商圈',
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  expect(drawn.statusCode).toBe(201);
  const { id, areaKm2 } = drawn.json();
  expect(areaKm2).toBeGreaterThan(0);
  expect((await get(`/api/areas/${id}`)).json()).toEqual(drawn.json());
  expect((await get('/api/areas')).json().areas).toHaveLength(2);
  const remove = (headers: Record<string, string>) =>
    on.app.inject({ method: 'DELETE', url: `/api/areas/${id}`, headers });
  expect((await remove({})).json().code).toBe('REQUEST_VERSION_MISSING');
  expect((await remove({ 'if-match': '"9"' })).json()).toMatchObject({ code: 'AREA_STALE', area: { id } });
  expect((await remove({ 'if-match': `"${drawn.json().version}"` })).statusCode).toBe(204);
  expect((await get(`/api/areas/${id}`)).json().code).toBe('AREA_UNKNOWN');
});

test('an area that crosses itself or is not closed is refused with the reason', async () => {
  const bowTie = [
    [121.2, 31.36],
    [121.21, 31.37],
    [121.21, 31.36],
    [121.2, 31.37],
    [121.2, 31.36],
  ];
  const open = [
    [121.2, 31.36],
    [121.21, 31.36],
    [121.21, 31.37],
    [121.2, 31.37],
  ];
  for (const ring of [bowTie, open]) {
    const reply = await post('/api/areas', {
      name: 'x',
      kind: 'x',
      geometry: { type: 'Polygon', coordinates: [ring] },
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.json().code).toBe('AREA_GEOMETRY');
    expect(reply.json().message.zh).toMatch(/：.*[^。]。$/);
    expect(reply.json().message.en).toMatch(/[^.]\.$/);
  }
});

test('sites are filtered, sorted and paged, and every page is a part of the same list', async () => {
  const all: SitePageJson = (await get('/api/sites?pageSize=1000&sort=code&order=asc')).json();
  expect(all.total).toBe(on.town.siteCount);
  const second: SitePageJson = (await get('/api/sites?pageSize=10&page=2&sort=code&order=asc')).json();
  expect(second.sites).toEqual(all.sites.slice(10, 20));
  const existing: SitePageJson = (await get('/api/sites?status=existing')).json();
  expect(existing.sites.every(({ status }) => status === 'existing')).toBe(true);
  const none: SitePageJson = (await get('/api/sites?bbox=8,49,9,50')).json();
  expect(none).toMatchObject({ total: 0, sites: [] });
  const [site] = all.sites;
  expect((await get(`/api/sites/${site?.id}`)).json()).toEqual(site);
});

test('sites are exported as the filters show them', async () => {
  const csv = await get('/api/sites/export.csv?status=existing');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.payload.startsWith('\uFEFF站址编码,')).toBe(true);
  const geojson = (await get('/api/sites/export.geojson?status=existing')).json();
  expect(geojson.features.length).toBe(csv.payload.trim().split('\r\n').length - 1);
});

test('a filter that cannot be used is refused before an export begins', async () => {
  for (const format of ['csv', 'geojson']) {
    for (const [query, status, code] of [
      ['bbox=1,2,3', 400, 'REQUEST_BOX'],
      ['q=%00', 422, 'STORE_VALUE'],
    ] as const) {
      const reply = await get(`/api/sites/export.${format}?${query}`);
      expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
      expect(reply.headers['content-disposition']).toBeUndefined();
    }
  }
});

test('a formula in a name is text in the CSV', async () => {
  const file = upload('formula-in-name.csv', fixtureBytes('bad/formula-in-name.csv'));
  await on.app.inject({ method: 'POST', url: '/api/imports?kind=sites&mode=all', ...file });
  const { payload } = await get('/api/sites/export.csv?q=M-1');
  expect(payload).toContain('"\'=HYPERLINK');
});

test('search finds sites by name, areas by name, and places by their numbers', async () => {
  const { sites }: SitePageJson = (await get('/api/sites?pageSize=1')).json();
  const kinds = async (q: string) =>
    (await get(`/api/search?q=${encodeURIComponent(q)}`))
      .json()
      .hits.map(({ kind }: { kind: string }) => kind);
  expect(await kinds(sites[0]?.code ?? '')).toContain('site');
  expect(await kinds('121.2, 31.36')).toEqual(['position']);
  expect((await get('/api/search?q=31.36,121.2')).json().hits[0].position).toEqual([121.2, 31.36]);
});

test('an upload is read, stored and kept in the list; a large one is refused by its size', async () => {
  const file = upload('站址 gbk.csv', fixtureBytes('good/gbk-without-bom.csv'));
  const stored = await on.app.inject({ method: 'POST', url: '/api/imports?kind=sites&mode=all', ...file });
  expect(stored.json()).toMatchObject({
    outcome: 'stored',
    stored: 3,
    fileName: '站址 gbk.csv',
    format: 'csv',
  });
  const again = await on.app.inject({ method: 'POST', url: '/api/imports?kind=sites&mode=all', ...file });
  expect(again.json()).toMatchObject({ outcome: 'repeated', id: stored.json().id });
  expect((await get('/api/imports')).json().imports[0].id).toBe(stored.json().id);
  expect((await get(`/api/imports/${stored.json().id}`)).json().stored).toBe(3);
  const large = upload('large.csv', Buffer.alloc(1024 * 1024 + 10, 'a'));
  const refused = await on.app.inject({ method: 'POST', url: '/api/imports?kind=sites&mode=all', ...large });
  expect(refused.statusCode).toBe(413);
  expect(refused.json().code).toBe('IMPORT_FILE_TOO_LARGE');
});

test('a plan is asked for, listed, and read with its totals in the agreed shape', async () => {
  const { statusCode, ...reply } = await post('/api/plans', { ...on.request, name: '第二个' });
  expect(statusCode).toBe(202);
  const { id } = JSON.parse(reply.payload).plan;
  await on.jobs.whenDone(id);
  const detail = (await get(`/api/plans/${id}`)).json();
  expect(Compile(planDetailSchema).Check(detail)).toBe(true);
  expect(detail.plan.fingerprint).toBe(plan.fingerprint);
  expect(detail.areas).toHaveLength(1);
  expect(detail.box).toHaveLength(4);
  expect((await get('/api/plans')).json().plans.length).toBe(2);
  expect((await on.app.inject({ method: 'DELETE', url: `/api/plans/${id}` })).statusCode).toBe(204);
  expect((await get(`/api/plans/${id}`)).json().code).toBe('PLAN_UNKNOWN');
});

test('a plan asked for again under its key is one plan, and a judgement sent again is one judgement', async () => {
  const ask = (url: string, payload: object, key: string | null) =>
    on.app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': key ?? '' } });
  const wanted = { ...on.request, name: '只要一个' };
  expect((await ask('/api/plans', wanted, null)).json().code).toBe('IDEMPOTENCY_KEY_MISSING');
  const key = randomUUID();
  const asked = await Promise.all([ask('/api/plans', wanted, key), ask('/api/plans', wanted, key)]);
  expect(asked.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
  const [id, other] = asked.map((reply) => reply.json().plan.id as string);
  expect(other).toBe(id);
  expect((await ask('/api/plans', { ...wanted, name: '另一个' }, key)).json().code).toBe(
    'IDEMPOTENCY_KEY_REUSED',
  );
  // a refusal is kept like any other answer
  const wrong = { ...wanted, areaIds: ['area-none'] };
  const refused = randomUUID();
  const first = await ask('/api/plans', wrong, refused);
  const second = await ask('/api/plans', wrong, refused);
  expect([first.statusCode, second.json(), second.headers['idempotency-replayed']]).toEqual([
    422,
    first.json(),
    'true',
  ]);
  const named = (await get('/api/plans')).json().plans.filter(({ name }: PlanJson) => name === wanted.name);
  expect(named).toHaveLength(1);
  const done = await on.jobs.whenDone(id!);
  expect(done.state).toBe('done');

  const { items }: PlanItemPageJson = (await get(`/api/plans/${id}/items?status=new&pageSize=2`)).json();
  const siteIds = items.map(({ site }) => site.id);
  const url = `/api/plans/${id}/reviews`;
  const review = { siteIds, reviewer: '王工', decision: '同意' };
  expect((await ask(url, review, null)).json().code).toBe('IDEMPOTENCY_KEY_MISSING');
  const act = randomUUID();
  const replies = await Promise.all([ask(url, review, act), ask(url, review, act)]);
  expect(replies[0]!.json()).toEqual(replies[1]!.json());
  expect((await ask(url, { ...review, reviewer: '李工' }, act)).json().code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect((await get(url)).json().reviews).toHaveLength(siteIds.length);
  expect((await on.app.inject({ method: 'DELETE', url: `/api/plans/${id}` })).statusCode).toBe(204);
});

test('an area that a plan was made for cannot be deleted', async () => {
  const [areaId = ''] = on.request.areaIds;
  const headers = { 'if-match': String((await get(`/api/areas/${areaId}`)).headers.etag) };
  const reply = await on.app.inject({ method: 'DELETE', url: `/api/areas/${areaId}`, headers });
  expect([reply.statusCode, reply.json().code]).toEqual([409, 'AREA_IN_USE']);
  expect(reply.json().message.zh).toContain(plan.name);
  expect((await get(`/api/areas/${areaId}`)).statusCode).toBe(200);
});

test('the event stream of an ended plan tells its end and closes', async () => {
  const { payload, headers } = await get(`/api/plans/${plan.id}/events`);
  expect(headers['content-type']).toContain('text/event-stream');
  expect(payload).toMatch(/^event: done\ndata: \{/);
  expect(JSON.parse(payload.split('data: ')[1] ?? '').id).toBe(plan.id);
});

test('the rows of a plan add up to its summary', async () => {
  const page: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?pageSize=1000&status=new`)).json();
  expect(page.total).toBe(plan.summary?.sites);
  expect(page.items.reduce((sum, { costCny }) => sum + costCny, 0)).toBe(plan.summary?.costCny);
});

test('the card of a site explains it, chosen or not', async () => {
  const { items }: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?status=new&pageSize=1`)).json();
  const chosen = (await get(`/api/plans/${plan.id}/sites/${items[0]?.site.id}`)).json();
  expect(chosen.item.rank).toBe(1);
  expect(chosen.whyNot).toBeNull();
  expect(chosen.linkBudget.lines.map(({ key }: { key: string }) => key)).toContain('pathLoss');
  const { sites }: SitePageJson = (await get('/api/sites?pageSize=1000&status=candidate')).json();
  const { items: all }: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?pageSize=1000`)).json();
  const left = sites.find(({ id }) => !all.some(({ site }) => site.id === id));
  const [lon = 0, lat = 0] = left!.position;
  const card = (await get(`/api/plans/${plan.id}/sites/${left?.id}?lon=${lon + 0.001}&lat=${lat}`)).json();
  expect(card.item).toBeNull();
  expect(['no-gain', 'too-dear', 'outside']).toContain(card.whyNot.reason);
  expect(card.linkBudget.siteId).toBe(left?.id);
});

test('a link is drawn to a receiver or to the far edge, and its budget is the one of the card', async () => {
  const { items }: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?status=new&pageSize=1`)).json();
  const site = items[0]!.site;
  const card = `/api/plans/${plan.id}/sites/${site.id}`;
  const [lon = 0, lat = 0] = site.position;
  for (const query of ['', `?lon=${lon + 0.001}&lat=${lat + 0.0006}`]) {
    const reply = await get(`${card}/link-profile${query}`);
    expect(reply.statusCode).toBe(200);
    expect(isLink.Check(reply.json())).toBe(true);
    const { profile, exposure } = reply.json();
    expect(profile.budget).toEqual((await get(`${card}${query}`)).json().linkBudget);
    expect(profile.samples.topM).toHaveLength(profile.samples.distanceM.length);
    expect(exposure.rows[0].duty).toBe('full');
  }
});

test('receivers that make no link are refused with a code', async () => {
  const { items }: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?status=new&pageSize=1`)).json();
  const { id, position } = items[0]!.site;
  const card = `/api/plans/${plan.id}/sites/${id}`;
  const refusals = [
    ['?lon=0&lat=0', 422, 'COVERAGE_RECEIVER_FAR'],
    ['?lon=180&lat=90', 422, 'COVERAGE_RECEIVER_FAR'],
    ['?lon=-180&lat=-90', 422, 'COVERAGE_RECEIVER_FAR'],
    [`?lon=${position[0]}&lat=${position[1]}`, 422, 'COVERAGE_RECEIVER_NEAR'],
    ['?lon=NaN&lat=31', 400, 'REQUEST_INVALID'],
    ['?lon=121', 400, 'REQUEST_INVALID'],
    ['?lat=31', 400, 'REQUEST_INVALID'],
    ['?lon=1e9&lat=31', 400, 'REQUEST_INVALID'],
  ] as const;
  for (const [query, status, code] of refusals) {
    const reply = await get(`${card}/link-profile${query}`);
    expect([query, reply.statusCode, reply.json().code]).toEqual([query, status, code]);
    expect(isErrorReply.Check(reply.json())).toBe(true);
  }
  // The card itself stays readable: no budget to a place beyond its reach.
  const far = await get(`${card}?lon=0&lat=0`);
  expect([far.statusCode, far.json().linkBudget]).toEqual([200, null]);
  expect((await get(`/api/plans/${plan.id}/sites/nobody/link-profile`)).json().code).toBe(
    'PLAN_SITE_UNKNOWN',
  );
});

test('a finished plan leaves as GeoJSON, CSV, GeoTIFF and uncovered ground', async () => {
  const geojson = await get(`/api/plans/${plan.id}/export.geojson`);
  expect(geojson.headers['content-disposition']).toContain("filename*=UTF-8''");
  expect(geojson.json().summary).toMatchObject({
    sites: plan.summary?.sites,
    fingerprint: plan.fingerprint,
    engineVersion: ENGINE_VERSION,
  });
  const csv = await get(`/api/plans/${plan.id}/export.csv`);
  expect(csv.payload.trim().split('\r\n').length).toBe(geojson.json().features.length + 1);
  const uncovered = (await get(`/api/plans/${plan.id}/uncovered.geojson`)).json();
  expect(uncovered.type).toBe('FeatureCollection');

  const { rawPayload } = await get(`/api/plans/${plan.id}/coverage.tif`);
  const bytes = new Uint8Array(rawPayload);
  const image = await (await fromArrayBuffer(bytes.buffer)).getImage();
  expect(image.getGeoKeys()?.ProjectedCSTypeGeoKey).toBe(plan.summary?.epsg);
  expect(image.getResolution()?.[0]).toBe(20);
  const [levels] = await image.readRasters();
  const values = Array.from(levels as Float32Array).filter((level) => level !== -9999);
  expect(values.length).toBeGreaterThan(1000);
  expect(Math.max(...values)).toBeLessThan(0);
  expect(Math.min(...values)).toBeGreaterThan(-200);
});

test('the plan input for the browser is what the server computes with', async () => {
  const reply = await post('/api/plan-inputs', on.request);
  expect(reply.headers['content-type']).toBe('application/octet-stream');
  const input = decodePlanInput(new Uint8Array(reply.rawPayload));
  expect(input.areas.map(({ id }) => id)).toEqual(on.request.areaIds);
  expect(input.sites.length).toBe(on.town.siteCount);
});

test('reviews are recorded, the latest one holds, and a refusal needs a reason', async () => {
  const { items }: PlanItemPageJson = (await get(`/api/plans/${plan.id}/items?status=new&pageSize=2`)).json();
  const siteIds = items.map(({ site }) => site.id);
  const send = (body: object) =>
    post(`/api/plans/${plan.id}/reviews`, { siteIds, reviewer: '王工', ...body });
  expect((await send({ decision: '同意' })).statusCode).toBe(201);
  expect((await send({ decision: '退回', reasonCode: '材料不全', reasonText: '缺照片' })).statusCode).toBe(
    201,
  );
  expect((await send({ decision: '不同意' })).json().code).toBe('REVIEW_REASON_MISSING');
  const stranger = await send({ decision: '同意', siteIds: ['nobody'] });
  expect(stranger.json().code).toBe('REVIEW_SITE_NOT_IN_PLAN');
  expect((await get(`/api/plans/${plan.id}/reviews`)).json().reviews.length).toBeGreaterThanOrEqual(2);
  const returned: PlanItemPageJson = (
    await get(`/api/plans/${plan.id}/items?decision=${encodeURIComponent('退回')}`)
  ).json();
  expect(returned.items.map(({ site }) => site.id).sort()).toEqual([...siteIds].sort());
});

test('candidates are derived once; asking again leaves them alone', async () => {
  const body = { areaIds: on.request.areaIds, from: ['roofs', 'poles'] };
  const first = (await post('/api/sites/derive', body)).json();
  expect(first.created.roofs).toBeGreaterThan(0);
  expect(first.created.poles).toBeGreaterThan(0);
  const { rows: told } = await on.store.query(
    "select object, after from audit_records where action = 'derive' order by seq",
    [],
  );
  expect(told).toMatchObject([{ object: 'site', after: { created: first.created, areaIds: body.areaIds } }]);
  const second = (await post('/api/sites/derive', body)).json();
  expect(second.created).toEqual({ roofs: 0, poles: 0, junctions: 0 });
  expect(second.skipped).toBe(first.created.roofs + first.created.poles);
});

const tileAt = (z: number) => {
  const [lon, lat] = [121.205, 31.364];
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
  return `${z}/${x}/${y}`;
};
const layerOf = (body: Buffer, name: string) => new VectorTile(new PbfReader(gunzipSync(body))).layers[name];

test('vector tiles decode to one layer named like the path, with names and places', async () => {
  for (const name of ['sites', 'buildings', 'roads', 'areas', 'districts', 'pipes']) {
    const reply = await get(`/api/tiles/${name}/${tileAt(14)}.mvt?v=1`);
    expect(reply.headers['content-encoding']).toBe('gzip');
    const layer = layerOf(reply.rawPayload, name);
    expect(layer?.length, name).toBeGreaterThan(0);
    for (let index = 0; index < (layer?.length ?? 0); index++) {
      const points = layer?.feature(index).loadGeometry().flat() ?? [];
      expect(points.every(({ x, y }) => x >= -128 && x <= 4224 && y >= -128 && y <= 4224)).toBe(true);
    }
  }
  const plans = layerOf((await get(`/api/tiles/plans/${plan.id}/${tileAt(13)}.mvt`)).rawPayload, 'plans');
  const ranks = Array.from(
    { length: plans?.length ?? 0 },
    (_, index) => plans?.feature(index).properties.rank,
  );
  expect(Math.max(...ranks.map(Number))).toBe(plan.summary?.sites);
});

test('an unchanged tile is not sent twice, a changed layer is', async () => {
  const url = `/api/tiles/areas/${tileAt(14)}.mvt`;
  const first = await get(url);
  const tag = String(first.headers.etag);
  expect((await get(url, { 'if-none-match': tag })).statusCode).toBe(304);
  const ring = [
    [121.202, 31.361],
    [121.203, 31.361],
    [121.203, 31.362],
    [121.202, 31.361],
  ];
  await post('/api/areas', { name: '新', kind: '商圈', geometry: { type: 'Polygon', coordinates: [ring] } });
  await new Promise((resolve) => setTimeout(resolve, 600));
  const second = await get(url, { 'if-none-match': tag });
  expect(second.statusCode).toBe(200);
  expect(layerOf(second.rawPayload, 'areas')?.length).toBe(
    (layerOf(first.rawPayload, 'areas')?.length ?? 0) + 1,
  );
});

test('coverage tiles carry the colours of the legend and nothing beside the plan', async () => {
  const { rawPayload, headers } = await get(
    `/api/tiles/coverage/${plan.id}/${tileAt(15)}.png?ramp=colour-blind`,
  );
  expect(headers['content-type']).toBe('image/png');
  const { data, width, channels } = decodePng(rawPayload);
  expect([width, channels]).toEqual([256, 4]);
  const legend = new Set(coverageClasses('level', -105).map(({ colours }) => colours['colour-blind']));
  const seen = new Set<string>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] !== 0) seen.add(`#${Buffer.from(data.slice(at, at + 3)).toString('hex')}`);
  }
  expect(seen.size).toBeGreaterThan(0);
  expect([...seen].filter((colour) => !legend.has(colour))).toEqual([]);
  const far = decodePng((await get(`/api/tiles/coverage/${plan.id}/10/0/0.png`)).rawPayload);
  expect(far.data.every((value) => value === 0)).toBe(true);
});

const badRequests: readonly (readonly [
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  status: number,
  code: string,
  body?: unknown,
])[] = [
  ['GET', '/api/nothing', 404, 'REQUEST_NOT_FOUND'],
  ['GET', '/api/areas/%ff', 400, 'REQUEST_REFUSED'],
  ['GET', '/api/areas/nowhere', 404, 'AREA_UNKNOWN'],
  ['DELETE', '/api/areas/nowhere', 428, 'REQUEST_VERSION_MISSING'],
  ['GET', '/api/sites/nowhere', 404, 'SITE_UNKNOWN'],
  ['GET', '/api/sites?page=0', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?page=1.5', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?page=', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?pageSize=100000', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?sort=password', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?unknown=1', 400, 'REQUEST_INVALID'],
  ['GET', '/api/sites?bbox=1,2,3', 400, 'REQUEST_BOX'],
  ['GET', '/api/sites?bbox=5,5,1,1', 400, 'REQUEST_BOX'],
  ['GET', '/api/sites?bbox=NaN,1,2,3', 400, 'REQUEST_BOX'],
  ['GET', '/api/sites/export.csv?page=1', 400, 'REQUEST_INVALID'],
  ['GET', '/api/search', 400, 'REQUEST_INVALID'],
  ['GET', '/api/imports/nowhere', 404, 'IMPORT_UNKNOWN'],
  ['POST', '/api/imports?kind=sites&mode=all', 400, 'IMPORT_FILE_MISSING', {}],
  ['POST', '/api/imports?kind=ships&mode=all', 400, 'REQUEST_INVALID', {}],
  ['POST', '/api/imports?kind=sites&mode=all&defaultType=飞船', 400, 'IMPORT_DEFAULT_TYPE', {}],
  ['POST', '/api/areas', 400, 'REQUEST_INVALID', { name: '', kind: 'x' }],
  [
    'POST',
    '/api/areas',
    400,
    'REQUEST_INVALID',
    { name: 'x', kind: 'x', geometry: { type: 'Point', coordinates: [1, 2] } },
  ],
  [
    'POST',
    '/api/areas',
    400,
    'REQUEST_INVALID',
    { name: 'x', kind: 'x', geometry: { type: 'Polygon', coordinates: [[['1', 2]]] } },
  ],
  ['POST', '/api/plans', 400, 'REQUEST_INVALID', { name: 'x' }],
  ['POST', '/api/plans', 400, 'REQUEST_INVALID', []],
  [
    'POST',
    '/api/plans',
    422,
    'PLAN_AREA_UNKNOWN',
    { name: 'x', areaIds: ['a'], ruleWord: '连续覆盖', profileId: 'n78' },
  ],
  [
    'POST',
    '/api/plans',
    400,
    'REQUEST_INVALID',
    { name: 'x', areaIds: ['a'], ruleWord: '连续覆盖', profileId: 'n78', binSizeM: '20' },
  ],
  [
    'POST',
    '/api/plan-inputs',
    422,
    'PLAN_RULE_UNKNOWN',
    { name: 'x', areaIds: ['TOWN'], ruleWord: '?', profileId: 'n78' },
  ],
  ['GET', '/api/plans/nowhere', 404, 'PLAN_UNKNOWN'],
  ['DELETE', '/api/plans/nowhere', 404, 'PLAN_UNKNOWN'],
  ['POST', '/api/plans/nowhere/cancel', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/events', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/items', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/sites/x', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/export.csv', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/coverage.tif', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/plans/nowhere/reviews', 404, 'PLAN_UNKNOWN'],
  [
    'POST',
    '/api/plans/nowhere/reviews',
    404,
    'PLAN_UNKNOWN',
    { siteIds: ['x'], decision: '同意', reviewer: 'x' },
  ],
  ['GET', '/api/plans/PLAN/items?decision=maybe', 400, 'REQUEST_INVALID'],
  ['GET', '/api/plans/PLAN/sites/nowhere', 404, 'PLAN_SITE_UNKNOWN'],
  ['GET', '/api/plans/PLAN/sites/nowhere?lon=200&lat=1', 400, 'REQUEST_INVALID'],
  ['POST', '/api/plans/PLAN/cancel', 409, 'PLAN_ALREADY_ENDED'],
  [
    'POST',
    '/api/plans/PLAN/reviews',
    400,
    'REQUEST_INVALID',
    { siteIds: [], decision: '同意', reviewer: 'x' },
  ],
  ['GET', '/api/tiles/sites/30/1/1.mvt', 400, 'REQUEST_INVALID'],
  ['GET', '/api/tiles/sites/2/4/0.mvt', 400, 'REQUEST_INVALID'],
  ['GET', '/api/tiles/sites/a/b/c.mvt', 400, 'REQUEST_INVALID'],
  ['GET', '/api/tiles/ships/1/1/1.mvt', 404, 'REQUEST_NOT_FOUND'],
  ['GET', '/api/tiles/coverage/nowhere/1/1/1.png', 404, 'PLAN_UNKNOWN'],
  ['GET', '/api/tiles/coverage/PLAN/1/1/1.png?ramp=rainbow', 400, 'REQUEST_INVALID'],
  ['GET', '/api/tiles/coverage/PLAN/1/1/1.mvt?layer=weather', 400, 'REQUEST_INVALID'],
  ['GET', '/api/plans/PLAN/coverage.zip?layer=weather', 400, 'REQUEST_INVALID'],
  ['GET', '/api/plans/nowhere/coverage.zip', 404, 'PLAN_UNKNOWN'],
  ['POST', '/api/sites/derive', 422, 'PLAN_AREA_UNKNOWN', { areaIds: ['a'], from: ['roofs'] }],
  ['POST', '/api/sites/derive', 400, 'REQUEST_INVALID', { areaIds: ['a'], from: ['ships'] }],
];

test('bad input is refused with its code in the agreed shape, and never by a 5xx', async () => {
  for (const [method, url, status, code, body] of badRequests) {
    const filled = url.replace('PLAN', plan.id);
    const reply = await on.app.inject({
      method,
      url: encodeURI(filled).replaceAll('%25', '%'),
      ...(body !== undefined && { payload: body as object }),
    });
    expect([method, url, reply.statusCode, reply.json().code]).toEqual([method, url, status, code]);
    expect(isErrorReply.Check(reply.json()), url).toBe(true);
    expect(reply.json().requestId).toBe(reply.headers['x-request-id']);
  }
});

test('bodies that are no JSON, of another type, or poisoned are refused', async () => {
  const send = (payload: string, type: string) =>
    on.app.inject({ method: 'POST', url: '/api/plans', payload, headers: { 'content-type': type } });
  expect((await send('{', 'application/json')).json().code).toBe('REQUEST_JSON');
  expect((await send('', 'application/json')).json().code).toBe('REQUEST_JSON');
  expect((await send('{"__proto__":{"a":1}}', 'application/json')).statusCode).toBe(400);
  expect((await send('a=1', 'application/x-www-form-urlencoded')).json().code).toBe('REQUEST_MEDIA_TYPE');
  expect((await send('hello', 'text/plain')).json().code).toBe('REQUEST_MEDIA_TYPE');
  const huge = JSON.stringify({ name: 'x'.repeat(5_000_000) });
  expect((await send(huge, 'application/json')).json().code).toBe('REQUEST_TOO_LARGE');
});

test('a form that is broken, or holds more than one file, is refused with its code', async () => {
  const part = (name: string) =>
    `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\nlon,lat\r\n`;
  const send = (payload: string, type = 'multipart/form-data; boundary=b') =>
    on.app.inject({
      method: 'POST',
      url: '/api/imports?kind=sites&mode=check',
      payload,
      headers: { 'content-type': type },
    });
  for (const reply of [
    await send(part('a.csv')),
    await send('nonsense'),
    await send('nonsense', 'multipart/form-data'),
    await send(`${part('a.csv')}${part('b.csv')}--b--\r\n`),
    await send(`--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n${part('a.csv')}--b--\r\n`),
  ]) {
    expect([reply.statusCode < 500, reply.json().code]).toEqual([true, 'IMPORT_FILE_FORM']);
    expect(isErrorReply.Check(reply.json())).toBe(true);
  }
  expect((await send('--b--\r\n')).json().code).toBe('IMPORT_FILE_MISSING');
  const whole = await send(`${part('a\u0001.csv')}--b--\r\n`);
  expect(whole.json()).toMatchObject({ outcome: 'checked', fileName: 'a_.csv' });
  expect(whole.json().issues[0].code).toBe('IMPORT_NO_ROWS');
});

test('bytes that are no request are answered in the agreed shape', async () => {
  const { app } = await buildApp({ store: on.store, config: on.config });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo; // a TCP server has no other kind
  const ask = (bytes: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('close', () => resolve(answer));
    });
  for (const [bytes, status, code] of [
    ['nonsense\r\n\r\n', 400, 'REQUEST_REFUSED'],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'REQUEST_HEADERS'],
  ] as const) {
    const answer = await ask(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    const body = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
    expect([body.code, isErrorReply.Check(body)]).toEqual([code, true]);
  }
  await app.close();
});

test('a validation refusal names the path', async () => {
  const { details } = (await post('/api/plans', { ...on.request, binSizeM: 1, surprise: true })).json();
  expect(details.map(({ path }: { path: string }) => path)).toContain('body/binSizeM');
  expect(JSON.stringify(details)).toContain('surprise');
});

test('quotes and percent signs in a search are only text', async () => {
  for (const q of ["' or 1=1 --", '%', '_', '\\', '";drop table sites;', '\u202e']) {
    const reply = await get(`/api/sites?q=${encodeURIComponent(q)}`);
    expect(reply.statusCode).toBe(200);
    expect(reply.json().total).toBe(0);
  }
});

test('pages carry the policy that keeps foreign code and hosts out', async () => {
  const { headers } = await get('/api/docs');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toContain("worker-src 'self' blob:");
  expect(policy).not.toMatch(/https?:/);
});

test('the API page and its scripts come from this service alone', async () => {
  const page = (await get('/api/docs')).payload;
  const sources = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    expect(source).toMatch(/^\/api\/docs\//);
    expect((await get(source)).statusCode).toBe(200);
  }
  expect(page).not.toMatch(/<script>[^<]/);
});

test('the OpenAPI description lists every route that is committed, with its replies', async () => {
  const reply = await get('/api/openapi.json');
  expect(reply.headers['content-type']).toBe('application/vnd.oai.openapi+json;version=3.1');
  const { paths } = reply.json();
  const committed = JSON.parse(readFileSync(join(houseDir, 'tests/fixtures/access.json'), 'utf8')) as object;
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.filter((route) => !route.startsWith('HEAD ')).sort()).toEqual(Object.keys(committed).sort());
});

test('only names of this machine are answered, and writes from other sites are refused', async () => {
  expect((await get('/api/status', { host: 'evil.example' })).json().code).toBe('REQUEST_HOST');
  const write = (headers: Record<string, string>) =>
    on.app.inject({
      method: 'POST',
      url: '/api/areas',
      headers: { host: '127.0.0.1:8080', ...headers },
      payload: {},
    });
  expect((await write({ origin: 'http://evil.example' })).json().code).toBe('REQUEST_ORIGIN');
  expect((await write({ 'sec-fetch-site': 'cross-site' })).json().code).toBe('REQUEST_ORIGIN');
  expect((await write({ origin: 'http://127.0.0.1:8080' })).json().code).toBe('REQUEST_INVALID');
});

test('the built client is served, its screens by the first page, and nothing beside its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-client-'));
  const clientDir = join(folder, 'client');
  mkdirSync(join(clientDir, 'assets'), { recursive: true });
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>first page</title>');
  writeFileSync(join(clientDir, 'assets', 'main-1234.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const { app } = await buildApp({ store: on.store, config: testConfig({ clientDir }) });
  signInInjected(app, on.people);
  for (const url of ['/', '/plans/plan-1?layer=sites']) {
    const page = await app.inject({ url });
    expect(page.payload).toContain('first page');
    expect(page.headers['cache-control']).toContain('max-age=0');
  }
  const script = await app.inject({ url: '/assets/main-1234.js' });
  expect(script.headers['cache-control']).toContain('immutable');
  expect(script.headers['content-type']).toContain('javascript');
  for (const url of [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2f..%2fsecret.txt',
    '/missing.js',
    '/%00.js',
  ]) {
    const reply = await app.inject({ url });
    expect([url, reply.statusCode >= 400 && reply.statusCode < 500]).toEqual([url, true]);
    expect(reply.payload).not.toBe('secret');
  }
  expect((await app.inject({ url: '/api/nothing' })).json().code).toBe('REQUEST_NOT_FOUND');
  await app.close();
  rmSync(folder, { recursive: true });
});

test('too many requests wait, tiles do not', async () => {
  const few = await buildApp({ store: on.store, config: testConfig({ requestsPerMinute: 10 }) });
  signInInjected(few.app, on.people);
  const ask = async (url: string) => (await few.app.inject({ url })).statusCode;
  for (let count = 0; count < 10; count++) expect(await ask('/api/profiles')).toBe(200);
  const refused = await few.app.inject({ url: '/api/profiles' });
  expect(refused.statusCode).toBe(429);
  expect(refused.json().code).toBe('REQUEST_RATE');
  expect(await ask(`/api/tiles/areas/${tileAt(14)}.mvt`)).toBe(200);
  await few.app.close();
});
