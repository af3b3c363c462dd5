// Vector tiles of a coverage layer: the class under a place is the painter's, tiles stay small, far zooms merge bins.
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import { classIndexOf, coverageClasses, GRADES, localZone, readLayer } from '../../../engine/index.ts';
import { encodeCoverageTile, MOST_TILE_BYTES } from '../../../server/export/encode-coverage-tile.ts';
import type { TileAddress } from '../../../server/export/encode-vector-tile.ts';
import { aCoverage } from './a-coverage.ts';

const shown = { layer: 'sinr', thresholdDbm: -105 } as const;

function pixelOf(lon: number, lat: number, z: number): [x: number, y: number] {
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return [((lon + 180) / 360) * 2 ** z, y * 2 ** z];
}
function tileAt(lon: number, lat: number, z: number): TileAddress {
  const [x, y] = pixelOf(lon, lat, z);
  return { z, x: Math.floor(x), y: Math.floor(y) };
}
const layerOf = (bytes: Uint8Array) => new VectorTile(new PbfReader(bytes)).layers.coverage;

/** Classes whose rings hold a place an odd number of times. */
function classesAt(bytes: Uint8Array, tile: TileAddress, lon: number, lat: number): unknown[] {
  const layer = layerOf(bytes);
  const [column, row] = pixelOf(lon, lat, tile.z);
  const [x, y] = [(column - tile.x) * 4096, (row - tile.y) * 4096];
  const found: unknown[] = [];
  for (let index = 0; index < (layer?.length ?? 0); index++) {
    const feature = layer!.feature(index);
    let isInside = false;
    for (const ring of feature.loadGeometry()) {
      for (let at = 0; at + 1 < ring.length; at++) {
        const [from, to] = [ring[at]!, ring[at + 1]!];
        if (from.y > y !== to.y > y && x < ((to.x - from.x) * (y - from.y)) / (to.y - from.y) + from.x)
          isInside = !isInside;
      }
    }
    if (isInside) found.push(feature.properties.class);
  }
  return found;
}

test('the middle of every bin lies in the polygon of its class, and bins outside the areas in none', () => {
  const raster = aCoverage();
  const zone = localZone(raster.epsg);
  const classes = coverageClasses(shown.layer, shown.thresholdDbm);
  const valueAt = readLayer(raster, shown.layer);
  let looked = 0;
  for (let at = 0; at < raster.level.length; at += 7) {
    const column = at % raster.columns;
    const row = Math.floor(at / raster.columns);
    const [lon, lat] = zone.toDegrees(raster.westM + 20 * column + 10, raster.northM - 20 * row - 10);
    const tile = tileAt(lon, lat, 15);
    const expected = row === 0 ? [] : [classIndexOf(classes, valueAt(at))];
    expect([at, classesAt(encodeCoverageTile(raster, shown, tile), tile, lon, lat)]).toEqual([at, expected]);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(100);
});

test('a feature says its class and the limits of it', () => {
  const raster = aCoverage();
  const [lon, lat] = localZone(raster.epsg).toDegrees(raster.westM + 300, raster.northM - 300);
  const layer = layerOf(encodeCoverageTile(raster, shown, tileAt(lon, lat, 14)))!;
  const classes = coverageClasses(shown.layer, shown.thresholdDbm);
  expect(layer.length).toBeGreaterThan(3);
  for (let index = 0; index < layer.length; index++) {
    const { class: place, from, to } = layer.feature(index).properties;
    const { from: least, to: most } = classes[Number(place)]!;
    expect([from ?? null, to ?? null]).toEqual([least, most]);
  }
});

test('a tile beside the raster and one of the whole world are empty or tiny', () => {
  const raster = aCoverage();
  expect(layerOf(encodeCoverageTile(raster, shown, { z: 14, x: 0, y: 0 }))?.length ?? 0).toBe(0);
  expect(encodeCoverageTile(raster, shown, { z: 0, x: 0, y: 0 }).length).toBeLessThan(2_000);
});

test('the worst raster there can be stays under the limit at every zoom, and merges below zoom 13', () => {
  const [columns, rows] = [1200, 1200];
  const plain = aCoverage({ columns, rows, binSizeM: 5 });
  // every bin differs from its four neighbours, and no side of a class is longer than one bin
  const ssSinr = Int16Array.from({ length: columns * rows }, (_, at) =>
    ((at % columns) + Math.floor(at / columns)) % 2 === 0 ? 300 : -100,
  );
  const raster = {
    ...plain,
    grade: new Uint8Array(columns * rows).fill(GRADES - 1),
    quality: { ...plain.quality!, ssSinr },
  };
  const [lon, lat] = localZone(raster.epsg).toDegrees(raster.westM + 3000, raster.northM - 3000);
  for (const z of [10, 12, 13, 14, 15, 16]) {
    const bytes = encodeCoverageTile(raster, shown, tileAt(lon, lat, z));
    expect(bytes.length, `zoom ${z}`).toBeLessThan(MOST_TILE_BYTES);
    expect(layerOf(bytes)?.length ?? 0).toBeGreaterThan(0);
  }
});
