// Metres of road per bin: they add up to the length inside the areas, wherever the roads run.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roadLengths } from '../../../engine/grid/road-lengths.ts';
import { makeShapes, type Shape } from '../../../engine/grid/shape.ts';
import {
  type DemandGrid,
  type DemandGridInput,
  type MultiPolygon,
  makeDemandGrid,
  makeSurface,
  PlanningError,
  type Road,
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

type Metres = readonly [eastM: number, northM: number];

const aRoad = (corners: readonly Metres[], roadClass = 'residential', name = ''): Road => ({
  name,
  roadClass,
  path: corners.map(([eastM, northM]) => at(eastM, northM)),
});

function gridOf(areas: MultiPolygon[], more: Partial<DemandGridInput>): DemandGrid {
  return makeDemandGrid({
    areas,
    excluded: [],
    zone,
    binSizeM: 20,
    demand: null,
    weightBy: 'roads',
    roads: [],
    keyAreas: [],
    outdoor: null,
    ...more,
  });
}

/** Metres of road per bin of a 20 m grid over the areas. */
function lengthsOf(roads: Road[], areas: MultiPolygon[], excluded: MultiPolygon[] = []): Float64Array {
  const grid = gridOf(areas, { excluded, weightBy: 'area' });
  const shapesOf = (ground: MultiPolygon[]): Shape[] =>
    ground.flatMap((area) =>
      makeShapes(area, zone, (eastM, northM) => [
        (eastM - grid.westM) / grid.binSizeM,
        (grid.northM - northM) / grid.binSizeM,
      ]),
    );
  return roadLengths(roads, zone, grid, shapesOf(areas), shapesOf(excluded));
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** Part of the way from a to b inside a convex ring that turns left (Cyrus and Beck). */
function insideConvexM(a: Metres, b: Metres, ring: readonly Metres[]): number {
  let from = 0;
  let to = 1;
  for (let i = 0; i < ring.length; i++) {
    const [px, py] = ring[i]!;
    const [qx, qy] = ring[(i + 1) % ring.length]!;
    const left = (x: number, y: number): number => (qx - px) * (y - py) - (qy - py) * (x - px);
    const start = left(...a);
    const end = left(...b);
    if (start < 0 && end < 0) return 0;
    if (start < 0) from = Math.max(from, start / (start - end));
    else if (end < 0) to = Math.min(to, start / (start - end));
  }
  return Math.max(0, to - from) * Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** Corners as the engine sees them: in metres, after the way through degrees. */
const asSeen = ([eastM, northM]: Metres): Metres => {
  const [east, north] = zone.toMetres(at(eastM, northM));
  return [east - ORIGIN_EAST_M, north - ORIGIN_NORTH_M];
};

function alongM(path: readonly Metres[], ring: readonly Metres[]): number {
  const seen = path.map(asSeen);
  return sum(seen.slice(1).map((end, i) => insideConvexM(seen[i]!, end, ring.map(asSeen))));
}

const field: Metres[] = [
  [3, 7],
  [611, 41],
  [577, 499],
  [211, 613],
  [19, 333],
];
const hole: Metres[] = [
  [200, 150],
  [371, 177],
  [333, 299],
];
const lake: Metres[] = [
  [100, 350],
  [250, 333],
  [277, 450],
];

test('metres of random roads add up to their length inside area, hole and water to a millionth of a metre', () => {
  const area = polygonOf(field, [...hole].reverse());
  // Under a kilometre apart: what is longer is cut, and bends.
  const metre = fc.double({ min: -150, max: 740, noNaN: true });
  const onMesh = fc.integer({ min: -7, max: 37 }).map((square) => 20 * square);
  const corner = fc.tuple(fc.oneof(metre, onMesh), fc.oneof(metre, onMesh));
  const law = fc.property(fc.array(corner, { minLength: 2, maxLength: 12 }), (path) => {
    const metres = lengthsOf([aRoad(path)], [area], [polygonOf(lake)]);
    const wanted = alongM(path, field) - alongM(path, hole) - alongM(path, lake);
    return Math.abs(sum(metres) - wanted) < 1e-6;
  });
  fc.assert(law, { seed: 3, numRuns: 400 });
});

test('a diagonal gives every square its own length', () => {
  const metres = lengthsOf(
    [
      aRoad([
        [0, 0],
        [100, 100],
      ]),
    ],
    [rectangle(0, 0, 100, 100)],
  );
  const parts = [...metres].filter((value) => value > 1e-6);
  expect(parts).toHaveLength(5);
  for (const part of parts) expect(part).toBeCloseTo(20 * Math.SQRT2, 6);
});

test('a road on the border of bins counts once', () => {
  for (const path of [
    [
      [0, 40],
      [100, 40],
    ],
    [
      [60, 0],
      [60, 100],
    ],
  ] as Metres[][]) {
    expect(sum(lengthsOf([aRoad(path)], [rectangle(0, 0, 100, 100)]))).toBeCloseTo(100, 6);
  }
});

test('a road on the border of two areas counts once', () => {
  const slanted: Metres[] = [
    [47, 0],
    [83, 200],
  ];
  const west = polygonOf([[0, 0], ...slanted, [0, 200]]);
  const east = polygonOf([[200, 0], [200, 200], slanted[1]!, slanted[0]!]);
  const whole = Math.hypot(36, 200);
  expect(sum(lengthsOf([aRoad(slanted)], [west, east]))).toBeCloseTo(whole, 6);
  expect(sum(lengthsOf([aRoad([...slanted].reverse())], [east, west]))).toBeCloseTo(whole, 6);
});

test('a road along the outline of an area, or along the shore, is inside', () => {
  const ring = [...field, field[0]!];
  const outline = sum(lengthsOf([aRoad(ring)], [polygonOf(field)]));
  const around = (path: readonly Metres[]): number => {
    const seen = path.map(asSeen);
    return sum(seen.slice(1).map(([x, y], i) => Math.hypot(x - seen[i]![0], y - seen[i]![1])));
  };
  expect(outline).toBeCloseTo(around(ring), 6);
  const shore = [...lake, lake[0]!];
  expect(sum(lengthsOf([aRoad(shore)], [polygonOf(field)], [polygonOf(lake)]))).toBeCloseTo(around(shore), 6);
});

test('a straight line in degrees is followed where it bends in the zone, piece by piece', () => {
  // 8 km along a parallel: the chord lies some 0.8 m off its middle.
  const long = aRoad([
    [-4000, 50],
    [4000, 50],
  ]);
  const [first, last] = long.path;
  const middle: readonly [number, number] = [(first![0] + last![0]) / 2, (first![1] + last![1]) / 2];
  const northM = zone.toMetres(middle)[1] - ORIGIN_NORTH_M;
  expect(Math.abs(northM - 50)).toBeGreaterThan(0.3);
  const edge = northM < 50 ? rectangle(-50, northM + 0.2, 50, 90) : rectangle(-50, 10, 50, northM - 0.2);
  expect(sum(lengthsOf([long], [edge]))).toBe(0);
  expect(sum(lengthsOf([long], [rectangle(-50, 0, 50, 100)]))).toBeCloseTo(100, 1);
});

test('public roads alone count, each carriageway drawn', () => {
  const area = [rectangle(0, 0, 100, 100)];
  const lengthIn = (...classes: string[]): number =>
    sum(
      lengthsOf(
        classes.map((roadClass) =>
          aRoad(
            [
              [0, 30],
              [100, 30],
            ],
            roadClass,
          ),
        ),
        area,
      ),
    );
  expect(lengthIn('path', 'rail', 'service', 'other')).toBe(0);
  expect(lengthIn('trunk', 'primary', 'secondary', 'tertiary', 'residential')).toBeCloseTo(500, 6);
});

test('bins weigh their roads in whole centimetres, whatever the order of the roads', () => {
  const roads = [
    aRoad(
      [
        [5, 5],
        [55, 5],
      ],
      'primary',
      '甲路',
    ),
    aRoad(
      [
        [30, 5],
        [30, 31],
      ],
      'residential',
      '乙路',
    ),
  ];
  const grid = gridOf([rectangle(0, 0, 100, 100)], { roads });
  expect([...grid.weight].filter((weight) => weight > 0).sort((a, b) => a - b)).toEqual([
    1100, 1500, 1500, 3500,
  ]);
  expect(grid.totalWeight).toBe(7600);
  expect(gridOf([rectangle(0, 0, 100, 100)], { roads: roads.toReversed() })).toEqual(grid);
});

test('bins wholly under roofs weigh nothing and hand no road on', () => {
  const box = [ORIGIN_EAST_M - 500, ORIGIN_NORTH_M - 500, ORIGIN_EAST_M + 900, ORIGIN_NORTH_M + 900] as const;
  const outdoor = makeSurface(buildingsOf([0, 0, 60, 60, 12]), zone, box);
  const grid = gridOf([rectangle(0, 0, 80, 60)], {
    outdoor,
    roads: [
      aRoad([
        [0, 30],
        [80, 30],
      ]),
    ],
  });
  expect(grid.indoorBins).toBe(9);
  expect(grid.totalWeight).toBe(2000);
});

test('a thicket of roads still fits whole numbers', () => {
  const zigzag = Array.from({ length: 40_000 }, (_, i): Metres => [i % 2 === 0 ? 1 : 99, 50]);
  const grid = gridOf([rectangle(0, 0, 100, 100)], { roads: [aRoad(zigzag)] });
  expect(grid.totalWeight).toBeGreaterThan(1_000_000);
  expect(grid.totalWeight).toBeLessThan(2 ** 31 / 100);
});

test('areas without public roads cannot be weighed by them', () => {
  for (const roads of [
    [],
    [
      aRoad(
        [
          [0, 30],
          [80, 30],
        ],
        'path',
      ),
    ],
    [
      aRoad([
        [0, 300],
        [80, 300],
      ]),
    ],
  ]) {
    try {
      gridOf([rectangle(0, 0, 90, 90)], { roads });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlanningError);
      expect(error).toMatchObject({ code: 'GRID_AREA_EMPTY', found: { weightBy: 'roads' } });
    }
  }
});
