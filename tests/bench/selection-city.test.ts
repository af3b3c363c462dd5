// The city the selection is measured on: what the table of the benchmark stands on.
import { expect, test } from 'vitest';
import { drawCurves } from '../../scripts/bench/draw-curves.ts';
import { makeSelectionCity, selectionCities } from '../../scripts/bench/selection-city.ts';

const size = { ...selectionCities.city, areaKm2: 4, candidates: 400 };
const city = makeSelectionCity(size);
const { cover } = city;
if (cover.kind !== 'runs') throw new Error(`expected runs, got ${cover.kind}`);

test('the same seed makes the same city, another one another', () => {
  expect(makeSelectionCity(size)).toEqual(city);
  const other = makeSelectionCity({ ...size, seed: 2 });
  expect(other.cost).not.toEqual(city.cost);
});

test('houses and guards weigh nothing, and no footprint holds one', () => {
  const { weight } = city.targets[0];
  const counted = weight.filter((own) => own > 0).length;
  expect(counted / 10_000).toBeGreaterThan(0.88);
  expect(counted / 10_000).toBeLessThan(0.95);
  for (let run = 0; run < cover.runFirst.length; run++)
    for (let bin = cover.runFirst[run]!; bin < cover.runFirst[run]! + cover.runLength[run]!; bin++)
      expect(weight[bin]).toBe(1);
});

test('runs ascend within a site and never leave their strip row', () => {
  const rowOf = new Uint32Array(cover.binCount);
  for (let row = 0; row + 1 < cover.rowStarts.length; row++)
    rowOf.fill(row, cover.rowStarts[row], cover.rowStarts[row + 1]);
  for (let site = 0; site < cover.siteCount; site++) {
    let end = 0;
    for (let run = cover.runStarts[site]!; run < cover.runStarts[site + 1]!; run++) {
      const first = cover.runFirst[run]!;
      const last = first + cover.runLength[run]! - 1;
      expect(first).toBeGreaterThan(end);
      expect(rowOf[last]).toBe(rowOf[first]);
      end = last;
    }
  }
});

test('a curve is drawn from its first to its last point, with its last gap beside its name', () => {
  const picture = drawCurves([
    {
      name: 'city',
      points: [
        [0.5, 0.3],
        [10, 0.02],
      ],
    },
  ]);
  expect(picture).toContain('city');
  expect(picture).toContain('2.0 % · 10 s');
  expect(picture.match(/ d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+" fill="none"/g)).toHaveLength(1);
});
