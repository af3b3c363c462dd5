import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DerivedSite,
  deriveJunctionSites,
  derivePoleSites,
  deriveRoofSites,
  distanceM,
  findResourceType,
  type LonLat,
  pointInMultiPolygon,
  type Road,
  siteOfDerived,
} from '../../../engine/index.ts';
import {
  at,
  buildingsOf,
  ORIGIN_EAST_M,
  ORIGIN_NORTH_M,
  polygonOf,
  rectangle,
  zone,
} from '../../support/flat-ground.ts';
import { reportNotRun } from '../../support/not-run.ts';

const road = (name: string, roadClass: string, ...path: [number, number][]): Road => ({
  name,
  roadClass,
  path: path.map(([eastM, northM]) => at(eastM, northM)),
});

function metresOf(site: DerivedSite): [number, number] {
  const [eastM, northM] = zone.toMetres(site.position);
  return [eastM - ORIGIN_EAST_M, northM - ORIGIN_NORTH_M];
}

test('a roof carries one candidate on a 3 m mast, at its middle', () => {
  const [site, ...others] = deriveRoofSites({
    buildings: buildingsOf([100, 100, 140, 120, 24]),
    within: null,
    minAreaM2: 200,
    minHeightM: 15,
  });
  expect(others).toEqual([]);
  expect(metresOf(site!)[0]).toBeCloseTo(120, 0);
  expect(metresOf(site!)[1]).toBeCloseTo(110, 0);
  expect(site).toMatchObject({ structure: 'roof', heightM: 27, heightAssumed: false });
  expect(site!.id).toMatch(/^roof-121\.\d{5}-31\.\d{5}$/);
});

test('small, low and outside roofs carry none; missing heights are assumed and said', () => {
  const sites = deriveRoofSites({
    buildings: buildingsOf(
      [0, 0, 10, 10, 50],
      [100, 0, 140, 40, 9],
      [900, 900, 940, 940, 30],
      [200, 0, 240, 40, Number.NaN],
    ),
    within: rectangle(-50, -50, 500, 500),
    minAreaM2: 200,
    minHeightM: 15,
  });
  expect(sites.map((site) => [site.heightM, site.heightAssumed])).toEqual([[27, true]]);
});

test('on a bent roof the antenna stands on the roof, not in the bend', () => {
  const bent = polygonOf([
    [0, 0],
    [60, 0],
    [60, 10],
    [10, 10],
    [10, 60],
    [0, 60],
  ]);
  const ring = bent.coordinates[0]![0]!.slice(0, -1);
  const [site] = deriveRoofSites({
    buildings: {
      positions: Float64Array.from(ring.flat()),
      ringStarts: Uint32Array.from([0, ring.length]),
      buildingStarts: Uint32Array.from([0, 1]),
      heightM: Float32Array.from([30]),
    },
    within: null,
    minAreaM2: 100,
    minHeightM: 10,
  });
  expect(pointInMultiPolygon(site!.position, bent)).toBe(true);
});

test('poles stand on the kerbs of public roads at the spacing, turn by turn on either side', () => {
  const sites = derivePoleSites({
    roads: [road('中山路', 'secondary', [0, 0], [400, 0]), road('', 'path', [0, 50], [400, 50])],
    within: null,
    spacingM: 40,
  });
  expect(sites.length).toBe(10);
  const places = sites.map(metresOf).sort((a, b) => a[0] - b[0]);
  places.forEach(([eastM, northM], i) => {
    expect(eastM).toBeCloseTo(20 + 40 * i, 0);
    expect(northM).toBeCloseTo(i % 2 === 0 ? 11 : -11, 0);
  });
  expect(sites[0]).toMatchObject({ name: '中山路路灯杆', structure: 'pole', heightM: 8, costCny: 35_000 });
});

test('no two poles are closer than half the spacing, none stands in the water or outside', () => {
  const water = polygonOf([
    [150, -100],
    [220, -100],
    [220, 300],
    [150, 300],
  ]);
  const within = rectangle(-10, -100, 390, 300);
  const coordinate = fc.integer({ min: 0, max: 400 });
  const path = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 6 });
  const law = fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), (paths) => {
    const roads = paths.map((places, i) => road(`路${i}`, i % 2 ? 'residential' : 'primary', ...places));
    const sites = derivePoleSites({ roads, within, spacingM: 50, without: [water] });
    return sites.every(
      (site, i) =>
        pointInMultiPolygon(site.position, within) &&
        !pointInMultiPolygon(site.position, water) &&
        sites.every((other, j) => i === j || distanceM(site.position, other.position) > 24.8),
    );
  });
  fc.assert(law, { seed: 1, numRuns: 60 });
});

test('the order of the roads plays no part', () => {
  const roads = [
    road('东路', 'secondary', [0, 0], [400, 0]),
    road('西路', 'secondary', [200, -200], [200, 200]),
    road('小路', 'residential', [0, 100], [400, 120], [420, 300]),
  ];
  const input = { within: null, spacingM: 40 };
  expect(derivePoleSites({ ...input, roads: [...roads].reverse() })).toEqual(
    derivePoleSites({ ...input, roads }),
  );
});

test('a junction needs enough branches, and a double carriageway makes one', () => {
  const roads = [
    road('大道', 'primary', [0, 0], [200, 0], [400, 0]),
    road('大道', 'primary', [0, 15], [200, 15], [400, 15]),
    road('北街', 'tertiary', [200, 0], [200, 15], [200, 300]),
    road('弯', 'tertiary', [400, 300], [500, 300], [500, 400]),
  ];
  const sites = deriveJunctionSites({ roads, within: null, minBranches: 3 });
  expect(sites.length).toBe(1);
  expect(sites[0]).toMatchObject({ resourceType: '交通信号杆', name: '北街—大道信号杆' });
});

test('a derived site becomes a candidate with the defaults of its resource type', () => {
  const [pole] = derivePoleSites({
    roads: [road('', 'tertiary', [0, 0], [50, 0])],
    within: null,
    spacingM: 40,
  });
  const site = siteOfDerived(pole!);
  const type = findResourceType('路灯杆')!;
  expect(site).toMatchObject({
    id: pole!.id,
    status: 'candidate',
    freeStatus: type.freeStatus,
    buildMode: type.buildMode,
    costCny: type.defaultCostCny,
  });
});

test('nothing in, nothing out; a spacing of nothing is refused', () => {
  expect(derivePoleSites({ roads: [], within: null, spacingM: 40 })).toEqual([]);
  expect(deriveJunctionSites({ roads: [], within: null, minBranches: 3 })).toEqual([]);
  expect(() => derivePoleSites({ roads: [], within: null, spacingM: 0 })).toThrow(/spacing/);
});

/** The part of an OSM extract these tests read. */
interface Extract {
  features: {
    properties: { name?: string; kind?: string; kind_detail?: string };
    geometry: { type: string; coordinates: unknown };
  }[];
}

test('central Shanghai gives hundreds of distinct poles and dozens of junctions on dry land', () => {
  const folder = join(process.env.ZHANZHI_REAL_DATA ?? '', 'shanghai-core-osm');
  if (!process.env.ZHANZHI_REAL_DATA || !existsSync(folder)) {
    reportNotRun('candidates from real roads', 'ZHANZHI_REAL_DATA is not set');
    return;
  }
  const read = (name: string): Extract => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Extract;
  const roads: Road[] = read('roads.geojson')
    .features.filter((feature) => feature.geometry.type === 'LineString')
    .map(({ properties, geometry }) => ({
      name: properties.name ?? '',
      roadClass: (properties.kind_detail ?? 'other').replace(/_link$/, ''),
      path: geometry.coordinates as LonLat[],
    }));
  const without = read('water.geojson')
    .features.filter((feature) => feature.geometry.type === 'Polygon')
    .map((feature) => ({
      type: 'MultiPolygon' as const,
      coordinates: [feature.geometry.coordinates as LonLat[][]],
    }));
  const poles = derivePoleSites({ roads, within: null, spacingM: 50, without });
  const junctions = deriveJunctionSites({ roads, within: null, minBranches: 3, without });
  expect(poles.length).toBeGreaterThan(500);
  expect(new Set(poles.map((pole) => pole.id)).size).toBe(poles.length);
  expect(poles.some((pole) => without.some((water) => pointInMultiPolygon(pole.position, water)))).toBe(
    false,
  );
  expect(junctions.length).toBeGreaterThan(30);
});
