// The made-up district: the same on every machine, sound as geometry, and sized as promised.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { boxOf, pointInMultiPolygon, polygonAreaKm2 } from '../../engine/index.ts';
import { makeSample, type Sample } from '../../scripts/sample/make-sample.ts';

const SMALL_HASH = 'dcd59fa54642fdc06898a561482164f4611f1a33aa5efccfd7e46229c20e04e0';

const small = makeSample('small');
const district = makeSample('district');

test('the same size and seed give the same bytes, today and on another machine', () => {
  expect(hashOf(makeSample('small'))).toBe(hashOf(small));
  expect(hashOf(small)).toBe(SMALL_HASH);
});

test('another seed gives another district', () => {
  expect(hashOf(makeSample('small', 6))).not.toBe(hashOf(small));
});

test('the district has 60 km² of built-up ground, 8 000 poles, some hundred roofs and about 60 stations', () => {
  const builtUp = district.areas.find((area) => area.kind === '一般区');
  expect(polygonAreaKm2(builtUp!.geometry)).toBeGreaterThan(58);
  expect(polygonAreaKm2(builtUp!.geometry)).toBeLessThan(61);
  const offered = district.sites.filter((site) => site.status !== 'existing');
  expect(offered.filter((site) => site.structure === 'pole')).toHaveLength(8000);
  const roofs = offered.filter((site) => site.structure === 'roof').length;
  expect(roofs).toBeGreaterThan(400);
  expect(roofs).toBeLessThan(800);
  const existing = district.sites.length - offered.length;
  expect(existing).toBeGreaterThan(50);
  expect(existing).toBeLessThan(65);
});

test('the people of the district live in its houses and count about 400 000', () => {
  const people = district.demand.reduce((sum, { weight }) => sum + weight, 0);
  expect(people).toBeGreaterThan(380_000);
  expect(people).toBeLessThan(440_000);
});

test('towns share out the district: their ground adds up to it', () => {
  const [whole, ...towns] = district.districts;
  const sum = towns.reduce((total, town) => total + polygonAreaKm2(town.geometry), 0);
  expect(sum).toBeCloseTo(polygonAreaKm2(whole!.geometry), 3);
});

test('every site belongs to a town that exists and has a code of its own', () => {
  const towns = new Set(district.towns.map((town) => town.code));
  expect(district.sites.filter((site) => !towns.has(site.townCode))).toEqual([]);
  expect(new Set(district.sites.map((site) => site.code)).size).toBe(district.sites.length);
});

test('every roof site stands on the roof of a house', () => {
  const boxes = small.buildings.map((building) => ({ building, box: boxOf(building.geometry) }));
  const lost = small.sites.filter(
    (site) =>
      site.structure === 'roof' &&
      !boxes.some(
        ({ building, box: [west, south, east, north] }) =>
          site.position[0] >= west &&
          site.position[0] <= east &&
          site.position[1] >= south &&
          site.position[1] <= north &&
          pointInMultiPolygon(site.position, building.geometry),
      ),
  );
  expect(lost).toEqual([]);
});

test('no house and no pole stands in the river', () => {
  const river = district.areas.find((area) => area.kind === '水域')!.geometry;
  const wetPoles = district.sites.filter(
    (site) => site.structure === 'pole' && pointInMultiPolygon(site.position, river),
  );
  expect(wetPoles.map(({ code }) => code)).toEqual([]);
  const wetHouses = district.buildings.filter(({ geometry }) =>
    geometry.coordinates[0]![0]!.some((corner) => pointInMultiPolygon(corner, river)),
  );
  expect(wetHouses.map(({ id }) => id)).toEqual([]);
});

function hashOf(sample: Sample): string {
  return createHash('sha256').update(JSON.stringify(sample)).digest('hex');
}
