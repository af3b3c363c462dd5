import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Datum, distanceM, fromCgcs2000, toCgcs2000 } from '../../../engine/index.ts';

test('at Shanghai GCJ-02 is about 490 m off and BD-09 about 1.1 km', () => {
  const bund = [121.49, 31.24] as const;
  expect(distanceM(bund, fromCgcs2000(bund, 'GCJ-02'))).toBeGreaterThan(460);
  expect(distanceM(bund, fromCgcs2000(bund, 'GCJ-02'))).toBeLessThan(520);
  expect(distanceM(bund, fromCgcs2000(bund, 'BD-09'))).toBeGreaterThan(900);
  expect(distanceM(bund, fromCgcs2000(bund, 'BD-09'))).toBeLessThan(1300);
});

test.each<Datum>(['GCJ-02', 'BD-09'])('%s there and back is good to a millionth of a degree', (datum) => {
  const law = fc.property(
    fc.double({ min: 75, max: 134, noNaN: true }),
    fc.double({ min: 18.5, max: 52, noNaN: true }),
    (lon, lat) => {
      const back = toCgcs2000(fromCgcs2000([lon, lat], datum), datum);
      return Math.abs(back[0] - lon) < 1e-6 && Math.abs(back[1] - lat) < 1e-6;
    },
  );
  fc.assert(law, { seed: 1, numRuns: 300 });
});

test('WGS 84 and CGCS2000 count as equal', () => {
  expect(toCgcs2000([121.49, 31.24], 'WGS84')).toEqual([121.49, 31.24]);
  expect(toCgcs2000([121.49, 31.24], 'CGCS2000')).toEqual([121.49, 31.24]);
});
