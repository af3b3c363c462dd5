// Ways of writing a coordinate, with values worked out by hand: 25 / 60 + 18 / 3600 = 0.421666…
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCoordinate, parseLonLat } from '../../../server/import/parse-coordinate.ts';
import { parseWkt } from '../../../server/import/parse-wkt.ts';

const written: readonly (readonly [text: string, degrees: number | null])[] = [
  ['121.4737', 121.4737],
  ['-37.8146', -37.8146],
  ['+8.6', 8.6],
  ['１２１．５', 121.5],
  ['121°25′18″E', 121 + 25 / 60 + 18 / 3600],
  ['121°25\'18.5"', 121 + 25 / 60 + 18.5 / 3600],
  ['121 25 18', 121 + 25 / 60 + 18 / 3600],
  ['121:25:18', 121 + 25 / 60 + 18 / 3600],
  ['E121°25.3′', 121 + 25.3 / 60],
  ['东经121度25分18秒', 121 + 25 / 60 + 18 / 3600],
  ['37°30′S', -37.5],
  ['8.5W', -8.5],
  ['121.5°', 121.5],
  ['1e400', null],
  ['121°75′', null],
  ['12 E 34 N', null],
  ['待测', null],
  ['', null],
];

for (const [text, degrees] of written) {
  test(`"${text}" is ${degrees ?? 'no coordinate'}`, () => {
    const parsed = parseCoordinate(text);
    if (degrees === null) expect(parsed).toBeNull();
    else expect(parsed?.degrees).toBeCloseTo(degrees, 10);
  });
}

test('decimals survive writing and reading', () => {
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (degrees) => {
      const text = degrees.toFixed(8);
      expect(parseCoordinate(text)?.degrees).toBe(Number(text));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('one cell holds longitude and latitude', () => {
  expect(parseLonLat('121.47, 31.23')).toEqual([121.47, 31.23]);
  expect(parseLonLat('31.23N;121.47E')).toEqual([121.47, 31.23]);
  expect(parseLonLat('121.47 31.23')).toEqual([121.47, 31.23]);
  expect(parseLonLat('人民广场')).toBeNull();
});

test('WKT of every plain type is read, and nothing else', () => {
  expect(parseWkt('POINT (121.5 31.2)')).toEqual({ type: 'Point', coordinates: [121.5, 31.2] });
  expect(parseWkt('SRID=4490;LINESTRING Z (1 2 3, 4 5 6)')).toEqual({
    type: 'LineString',
    coordinates: [
      [1, 2],
      [4, 5],
    ],
  });
  expect(parseWkt('MULTIPOINT((1 2),(3 4))')?.coordinates).toEqual([
    [1, 2],
    [3, 4],
  ]);
  for (const text of [
    'POINT EMPTY',
    'CIRCLE(1 2)',
    'POLYGON((1 2, 3 4)',
    'POINT(1)',
    'POINT(1 2) x',
    '(((((',
  ]) {
    expect(parseWkt(text)).toBeNull();
  }
});
