// Rasters on every store this machine has: what is read back by box is what came in, across the seams of pieces.
import { afterAll, describe, expect, test } from 'vitest';
import type { Box } from '../../engine/index.ts';
import { clutterNear, terrainNear } from '../../scripts/cli/rasters-near.ts';
import type { ImportKind } from '../../server/contract/imports.ts';
import type { ParsedImport } from '../../server/import/import-types.ts';
import { parseFile } from '../../server/import/parse-file.ts';
import { storeImport } from '../../server/import/store-import.ts';
import { loadDemand } from '../../server/store/demand.ts';
import { loadOverview } from '../../server/store/raster-overview.ts';
import { deleteRaster, loadClutter, loadRasters, loadTerrain } from '../../server/store/rasters.ts';
import { loadStatus } from '../../server/store/status.ts';
import { degreeKeys, makeGeotiff, type TestRaster } from '../support/make-geotiff.ts';
import { openTestStores } from '../support/stores.ts';

const stores = await openTestStores({ deadlineMs: 60_000 });
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

/** 700 × 600 cells: four pieces. */
const hills: TestRaster = {
  columns: 700,
  rows: 600,
  west: 121,
  north: 32,
  step: 1 / 3600,
  noData: -9999,
  cellAt: (column, row) => (column === 300 && row === 200 ? -9999 : 50 + (column % 97) + (row % 61) / 2),
  keys: degreeKeys(),
};
const EVERYWHERE: Box = [-180, -90, 180, 90];
/** 19″ × 9″ around the corner where four pieces meet. */
const seam: Box = [121 + 502.5 / 3600, 32 - 516.5 / 3600, 121 + 521.5 / 3600, 32 - 507.5 / 3600];

const parse = (raster: TestRaster, kind: ImportKind, fileName: string): Promise<ParsedImport> =>
  parseFile(makeGeotiff(raster), { kind, fileName, datum: 'CGCS2000' });

for (const { store } of stores) {
  describe(`rasters on the ${store.kind} store`, () => {
    test('a terrain model comes back as it went in, and with its figures', async () => {
      const parsed = await parse(hills, 'terrain', 'hills.tif');
      const report = await storeImport(store, parsed, 'all');
      expect(report).toMatchObject({ outcome: 'stored', rows: 4, stored: 4, format: 'geotiff' });
      expect(report.raster).toMatchObject({ holes: 1, lowestM: 50, columns: 700 });
      expect(await loadTerrain(store, EVERYWHERE)).toEqual(terrainNear(parsed, EVERYWHERE));
      expect(await loadRasters(store)).toMatchObject([
        {
          kind: 'terrain',
          name: 'hills',
          sourceFile: 'hills.tif',
          holes: 1,
          crs: 'EPSG:4490',
          digest: parsed.digest,
        },
      ]);
    });

    test('a box across the seams gives one raster with the cells around it and no others', async () => {
      const [cut] = await loadTerrain(store, seam);
      if (!cut) throw new Error('the raster touches the box');
      expect([cut.columns, cut.rows]).toEqual([22, 12]);
      const firstColumn = Math.round((cut.westDeg - hills.west) / hills.step);
      const firstRow = Math.round((hills.north - cut.northDeg) / hills.step);
      expect([firstColumn, firstRow]).toEqual([501, 506]);
      cut.heightM.forEach((heightM, at) => {
        const expected = hills.cellAt(firstColumn + (at % 22), firstRow + Math.floor(at / 22));
        expect(Math.abs(heightM - expected)).toBeLessThan(0.051);
      });
      expect(await loadTerrain(store, [100, 20, 101, 21])).toEqual([]);
      expect(await loadClutter(store, seam)).toEqual([]);
    });

    test('clutter comes back by box too, and pieces without a class are not kept', async () => {
      const half = { ...hills, noData: 0, cellAt: (column: number) => (column < 600 ? 10 : 80) };
      const parsed = await parse(half, 'clutter', 'cover.tif');
      expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
      const [cover] = await loadClutter(store, EVERYWHERE);
      expect(cover).toEqual(clutterNear(parsed, EVERYWHERE)[0]);
      expect([cover?.classCode[599], cover?.classCode[600]]).toEqual([4, 1]);
      const empty = await parse(
        { ...half, cellAt: (column) => (column < 100 ? 10 : 0) },
        'clutter',
        'part.tif',
      );
      expect(empty.rowCount).toBe(2);
    });

    test('a picture of a raster is its means, whatever its size', async () => {
      const raster = (await loadRasters(store)).find(({ kind }) => kind === 'terrain');
      if (!raster) throw new Error('the terrain model was stored');
      const overview = await loadOverview(store, raster, 100);
      expect([overview.frame.columns, overview.frame.rows]).toEqual([100, 86]);
      let sum = 0;
      for (let at = 0; at < 49; at++) sum += hills.cellAt(at % 7, Math.floor(at / 7));
      expect(overview.values[0]).toBeCloseTo(sum / 49, 1);
    });

    test('the same file again changes nothing, and comes back after it was deleted', async () => {
      const parsed = await parse(hills, 'terrain', 'hills.tif');
      const revision = (await loadStatus(store)).revisions.rasters ?? 0;
      expect((await storeImport(store, parsed, 'all')).outcome).toBe('repeated');
      const raster = (await loadRasters(store)).find(({ kind }) => kind === 'terrain');
      expect(await deleteRaster(store, raster?.id ?? '')).toBe(true);
      expect(await deleteRaster(store, raster?.id ?? '')).toBe(false);
      expect((await loadStatus(store)).revisions.rasters).toBe(revision + 1);
      expect(await loadTerrain(store, EVERYWHERE)).toEqual([]);
      const { rows } = await store.query<{ left: number }>(
        'select count(*) as left from raster_pieces where raster_id = $1',
        [raster?.id],
      );
      expect(rows[0]?.left).toBe(0);
      expect((await storeImport(store, parsed, 'all')).outcome).toBe('stored');
      expect((await loadTerrain(store, EVERYWHERE)).length).toBe(1);
    });

    test('people of a raster are stored as points that add up', async () => {
      const people = { ...hills, columns: 12, rows: 10, cellAt: () => 1.5 };
      const parsed = await parse(people, 'population', 'people.tif');
      expect(await storeImport(store, parsed, 'all')).toMatchObject({ outcome: 'stored', stored: 120 });
      const points = await loadDemand(store, EVERYWHERE);
      let total = 0;
      for (let at = 2; at < points.length; at += 3) total += points[at] ?? 0;
      expect(total).toBeCloseTo(180, 6);
      expect(points.length / 3).toBeGreaterThan(120);
    });

    test('a raster that was only looked at is not stored', async () => {
      const other = await parse({ ...hills, cellAt: () => 5 }, 'terrain', 'flat.tif');
      expect(await storeImport(store, other, 'check')).toMatchObject({ outcome: 'checked', stored: 0 });
      expect((await loadRasters(store)).some(({ name }) => name === 'flat')).toBe(false);
    });
  });
}
