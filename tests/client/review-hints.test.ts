// Hints name facts of the row.
import { expect, test } from 'vitest';
import { reviewHints } from '../../client/screens/review/review-hints.ts';
import { planRow } from './plan-rows.ts';

const keysOf = (...rows: Parameters<typeof reviewHints>[0]) =>
  (reviewHints(rows).get(rows[0]!.site.id) ?? []).map((hint) => hint.key);

test('a plain row has no hint', () => {
  expect(keysOf(planRow(1), planRow(2))).toEqual([]);
});

test.each([
  [{ powerMode: '待引入' }, 'powerMissing'],
  [{ powerMode: '转供' }, 'powerResold'],
  [{ freeStatus: '商谈' }, 'negotiate'],
  [{ owner: ' ' }, 'ownerUnknown'],
  [{ origin: 'derived' }, 'derived'],
] as const)('a site with %j is hinted as %s', (site, key) => {
  expect(keysOf(planRow(1, { site }))).toEqual([key]);
});

test('a derived site is not also told to lack an owner', () => {
  expect(keysOf(planRow(1, { site: { origin: 'derived', owner: '' } }))).toEqual(['derived']);
});

test('a price above twice the median is named with its factor', () => {
  const rows = [planRow(1, { costCny: 100_000 }), planRow(2), planRow(3)];
  expect(reviewHints(rows).get('s1')).toMatchObject([{ key: 'dear', value: 100_000 / 35_000 }]);
});

test('a row that others could nearly replace is named with what would be lost without it', () => {
  const rows = [planRow(1, { gainWeightShare: 0.2, uniqueWeightShare: 0.001 }), planRow(2), planRow(3)];
  expect(reviewHints(rows).get('s1')).toMatchObject([{ key: 'spare', value: 0.001 }]);
});

test('a cheaper candidate with the same ground is named with what it saves', () => {
  const displaced = [{ siteId: 'x', overlapShare: 0.95, extraCostCny: -5_000 }];
  expect(reviewHints([planRow(1, { displaced })]).get('s1')).toMatchObject([
    { key: 'cheaperNear', value: 5_000, siteId: 'x' },
  ]);
});

test('two new sites within sixty metres name each other, across the border of a square too', () => {
  const metresPerDegreeLat = 111_320;
  const at = (metresNorth: number) => ({ position: [121.4, 31.2 + metresNorth / metresPerDegreeLat] });
  const hints = reviewHints([
    planRow(1, { site: at(0) }),
    planRow(2, { site: at(50) }),
    planRow(3, { site: at(300) }),
  ]);
  expect(hints.get('s1')).toMatchObject([{ key: 'close', siteId: 's2' }]);
  expect(hints.get('s2')?.[0]?.value).toBeCloseTo(50, 3);
  expect(hints.get('s3')).toEqual([]);
});
