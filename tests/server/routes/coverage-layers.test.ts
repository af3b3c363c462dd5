// Every layer of a finished plan by tile and by file, and what an older plan answers that holds level and probability only.
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { decode as decodePng } from 'fast-png';
import { unzipSync } from 'fflate';
import { fromArrayBuffer } from 'geotiff';
import { PbfReader } from 'pbf';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  coverageClasses,
  coverageLayers,
  decodeRaster,
  encodeRaster,
  NO_GRADE,
  readLayer,
} from '../../../engine/index.ts';
import { type PlanJson, planDetailSchema } from '../../../server/contract/plans.ts';
import { loadPlanRaster } from '../../../server/store/plans.ts';
import { openTownApp, type TownApp } from '../app-on-town.ts';

let on: TownApp;
let plan: PlanJson;
let older: PlanJson;
const get = (url: string) => on.app.inject({ url });

beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
  plan = await on.jobs.whenDone((await on.jobs.createPlan(on.request)).id);
  older = await on.jobs.whenDone((await on.jobs.createPlan({ ...on.request, name: '较早' })).id);
  await makeOlder(older.id);
});
afterAll(() => on.close());

/** As versions without quality wrote it. */
async function makeOlder(id: string): Promise<void> {
  const raster = decodeRaster((await loadPlanRaster(on.store, id))!);
  await on.store.query('update plan_rasters set bytes = $2 where plan_id = $1', [
    id,
    encodeRaster({ ...raster, quality: null }),
  ]);
  await on.store.query(
    `update plans set summary = summary - '{quality,outOfRange,leftOut,insideBuildings,ground,groundHoles}'::text[]
      where id = $1`,
    [id],
  );
}

const [lon, lat] = [121.2, 31.36];
function tileAt(z: number): string {
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return `${z}/${Math.floor(((lon + 180) / 360) * 2 ** z)}/${Math.floor(y * 2 ** z)}`;
}

test('each layer is painted in its own classes', async () => {
  for (const layer of coverageLayers) {
    const { statusCode, rawPayload } = await get(
      `/api/tiles/coverage/${plan.id}/${tileAt(14)}.png?layer=${layer}&ramp=colour-blind`,
    );
    expect([layer, statusCode]).toEqual([layer, 200]);
    const { data } = decodePng(rawPayload);
    const legend = new Set(coverageClasses(layer, -105).map(({ colours }) => colours['colour-blind']));
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] !== 0) seen.add(`#${Buffer.from(data.slice(at, at + 3)).toString('hex')}`);
    expect(seen.size).toBeGreaterThan(0);
    expect([...seen].filter((colour) => !legend.has(colour))).toEqual([]);
  }
});

test('a vector tile carries the classes of the layer that was asked for', async () => {
  const reply = await get(`/api/tiles/coverage/${plan.id}/${tileAt(14)}.mvt?layer=servers`);
  expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
  const { coverage } = new VectorTile(new PbfReader(gunzipSync(reply.rawPayload))).layers;
  const froms = Array.from(
    { length: coverage!.length },
    (_, at) => coverage!.feature(at).properties.from ?? null,
  );
  const limits: unknown[] = coverageClasses('servers', -105).map(({ from }) => from);
  expect(froms.length).toBeGreaterThan(0);
  expect(froms.filter((from) => !limits.includes(from))).toEqual([]);
});

test('files of a layer hold what the raster holds, and say which layer they are', async () => {
  const raster = decodeRaster((await loadPlanRaster(on.store, plan.id))!);
  const tiff = await get(`/api/plans/${plan.id}/coverage.tif?layer=rate`);
  expect(tiff.headers['content-disposition']).toContain('-rate.tif');
  const image = await (await fromArrayBuffer(new Uint8Array(tiff.rawPayload).buffer)).getImage();
  const [values] = await image.readRasters();
  const valueAt = readLayer(raster, 'rate');
  const expected = Array.from(raster.grade, (grade, at) => (grade === NO_GRADE ? -9999 : valueAt(at)));
  expect(Array.from(values as Float32Array)).toEqual(expected);

  const zip = await get(`/api/plans/${plan.id}/coverage.zip?layer=sinr`);
  expect(zip.headers['content-type']).toBe('application/zip');
  expect(zip.headers['content-disposition']).toContain('-sinr.zip');
  const files = unzipSync(new Uint8Array(zip.rawPayload));
  expect(Object.keys(files).sort()).toEqual([
    'coverage.pgw',
    'coverage.png',
    'coverage.png.aux.xml',
    'coverage.prj',
    'legend.csv',
  ]);
  expect(decodePng(files['coverage.png']!)).toMatchObject({ width: raster.columns, height: raster.rows });
});

test('an older plan is read with what it did not count, and says so for layers it does not hold', async () => {
  const detail = (await get(`/api/plans/${older.id}`)).json();
  expect(Compile(planDetailSchema).Check(detail)).toBe(true);
  expect(detail.plan.summary).toMatchObject({
    quality: null,
    outOfRange: [],
    leftOut: [],
    insideBuildings: 0,
    ground: 'flat',
    groundHoles: 0,
    sites: older.summary?.sites,
  });
  expect((await get(`/api/plans/${older.id}/export.geojson`)).json().summary.quality).toBeNull();
  for (const url of [
    `/api/tiles/coverage/${older.id}/${tileAt(14)}.png`,
    `/api/tiles/coverage/${older.id}/${tileAt(14)}.mvt`,
    `/api/plans/${older.id}/coverage.tif`,
    `/api/plans/${older.id}/coverage.zip`,
  ]) {
    expect([url, (await get(`${url}?layer=probability`)).statusCode]).toEqual([url, 200]);
    const refused = await get(`${url}?layer=sinr`);
    expect([url, refused.statusCode, refused.json().code]).toEqual([url, 409, 'PLAN_LAYER_MISSING']);
  }
});

test('a new plan says how good its radio is', async () => {
  const { summary } = (await get(`/api/plans/${plan.id}`)).json().plan;
  expect(summary.quality.ssSinrShare).toBeGreaterThan(summary.quality.ssSinrStrictShare - 1e-12);
  expect(summary.quality.meanDownlinkMbps).toBeGreaterThan(0);
});
