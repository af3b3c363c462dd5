// Rasters reach a plan: from the database and from files the same cells, around the areas and no further.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanInput } from '../../../engine/index.ts';
import { readPlanOptions } from '../../../scripts/cli/plan-options.ts';
import { readPlanFiles } from '../../../scripts/cli/read-plan-files.ts';
import type { ImportKind } from '../../../server/contract/imports.ts';
import { parseFile } from '../../../server/import/parse-file.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { loadAreas } from '../../../server/store/areas.ts';
import { aTown } from '../../support/a-town.ts';
import { degreeKeys, makeGeotiff, type TestRaster } from '../../support/make-geotiff.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';

const town = aTown();
const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-rasters-'));
let testStore: TestStore;
beforeAll(async () => {
  testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
});
afterAll(async () => {
  await testStore.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Ten kilometres and more around the town on every side. */
function around(cellAt: TestRaster['cellAt']): Buffer {
  const positions = (
    JSON.parse(town.area.text) as { features: { geometry: { coordinates: number[][][] } }[] }
  ).features[0]?.geometry.coordinates[0];
  const [lon = 0, lat = 0] = positions?.[0] ?? [];
  const size = 400;
  const step = 1 / 1200;
  return makeGeotiff({
    columns: size,
    rows: size,
    west: lon - (size / 2) * step,
    north: lat + (size / 2) * step,
    step,
    cellAt,
    keys: degreeKeys(4326),
  });
}

const rasters: readonly (readonly [ImportKind, string, Buffer])[] = [
  ['terrain', 'dem.tif', around((column, row) => 5 + column / 10 + row / 20)],
  ['clutter', 'cover.tif', around((column) => (column % 2 === 0 ? 50 : 30))],
];

async function fromFiles(): Promise<PlanInput> {
  const path = (fileName: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, fileName), bytes);
    return join(folder, fileName);
  };
  const options = readPlanOptions([
    ...['--sites', path(town.sites.fileName, town.sites.text)],
    ...['--area', path(town.area.fileName, town.area.text)],
    ...rasters.flatMap(([kind, name, bytes]) => [
      kind === 'terrain' ? '--dem' : '--clutter',
      path(name, bytes),
    ]),
    ...['--population', path('people.tif', people), '--weight', 'people', '--out', folder],
  ]);
  if (!options) throw new Error('the town did not make plan options');
  return (await readPlanFiles(options)).input;
}

const people = around((column, row) => (column > 195 && column < 205 && row > 195 && row < 205 ? 4 : 0));

test('rasters of files and of the database are the same in a plan, cut to the ground around it', async () => {
  const { store } = testStore;
  for (const [kind, fileName, bytes] of [
    ['areas', town.area.fileName, Buffer.from(town.area.text)] as const,
    ...rasters,
  ]) {
    const parsed = await parseFile(bytes, { kind, fileName, datum: 'WGS84' });
    expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
  }
  const areaIds = (await loadAreas(store)).map(({ id }) => id);
  const request = { name: '试算', areaIds, ruleWord: '连续覆盖', profileId: 'n78' };
  const stored = await loadPlanInput(store, request);
  const read = await fromFiles();
  expect(stored.terrain).toHaveLength(1);
  expect(stored.terrain).toEqual(read.terrain);
  expect(stored.clutter).toEqual(read.clutter);
  expect(stored.terrain[0]?.columns).toBeLessThan(400);
  expect(stored.terrain[0]?.heightM.every((heightM) => heightM >= 5)).toBe(true);
});

test('people of a raster weigh in a plan from files', async () => {
  const { demand } = await fromFiles();
  let total = 0;
  for (let at = 2; at < (demand?.length ?? 0); at += 3) total += demand?.[at] ?? 0;
  expect(total).toBeCloseTo(9 * 9 * 4, 6);
});
