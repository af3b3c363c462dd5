import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DemandGrid,
  type DemandGridInput,
  FULL_BIN_WEIGHT,
  type MultiPolygon,
  makeDemandGrid,
  makeSurface,
  makeZoneShare,
  PlanningError,
  STRIP_COLUMNS,
} from '../../../engine/index.ts';
import {
  at,
  buildingsOf,
  corners,
  ORIGIN_EAST_M,
  ORIGIN_NORTH_M,
  polygonOf,
  rectangle,
  ringOf,
  zone,
} from '../../support/flat-ground.ts';

function gridOf(areas: MultiPolygon[], more: Partial<DemandGridInput> = {}): DemandGrid {
  return makeDemandGrid({
    areas,
    excluded: [],
    zone,
    binSizeM: 20,
    demand: null,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    outdoor: null,
    ...more,
  });
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** Area in the zone's own metres: what the bins have to add up to. */
function flatAreaM2(area: MultiPolygon): number {
  let total = 0;
  for (const rings of area.coordinates) {
    rings.forEach((ring, index) => {
      const metres = ring.map((position) => zone.toMetres(position));
      let twice = 0;
      for (let i = 0; i + 1 < metres.length; i++) {
        twice +=
          (metres[i]![0] - ORIGIN_EAST_M) * (metres[i + 1]![1] - ORIGIN_NORTH_M) -
          (metres[i + 1]![0] - ORIGIN_EAST_M) * (metres[i]![1] - ORIGIN_NORTH_M);
      }
      total += (index === 0 ? 1 : -1) * Math.abs(twice / 2);
    });
  }
  return total;
}

function errorCode(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PlanningError) return error.code;
    throw error;
  }
  return 'none';
}

test('bins are whole multiples of the bin size, numbered strip by strip behind a guard', () => {
  const grid = gridOf([rectangle(1, 1, 20 * 130 - 1, 59)]);
  expect(grid.westM % 20).toBe(0);
  expect(grid.northM % 20).toBe(0);
  expect(grid.bins).toBe(130 * 3);
  expect(grid.rowStarts.length - 1).toBe(6);
  expect(grid.binCount).toBe(130 * 3 + 6);
  for (let row = 0; row + 1 < grid.rowStarts.length; row++) {
    const guard = grid.rowStarts[row]!;
    expect(grid.binColumn[guard]).toBe(65_535);
    expect(grid.weight[guard]).toBe(0);
    for (let id = guard + 1; id < grid.rowStarts[row + 1]!; id++) {
      expect(grid.binAt[grid.binRow[id]! * grid.columns + grid.binColumn[id]!]).toBe(id);
      expect(Math.floor(grid.binColumn[id]! / STRIP_COLUMNS)).toBe(row < 3 ? 0 : 1);
    }
  }
});

test('two areas that touch count the same ground in the same bins', () => {
  const west = gridOf([rectangle(0, 0, 210, 100)]);
  const east = gridOf([rectangle(210, 0, 400, 100)]);
  const both = gridOf([rectangle(0, 0, 210, 100), rectangle(210, 0, 400, 100)]);
  expect((east.westM - west.westM) % 20).toBe(0);
  expect(sum(both.areaM2)).toBeCloseTo(sum(west.areaM2) + sum(east.areaM2), 3);
});

test('a bin on the border of two areas is counted once', () => {
  const grid = gridOf([rectangle(0, 0, 210, 100), rectangle(210, 0, 400, 100)]);
  expect(grid.bins).toBe(20 * 5);
  expect(grid.totalWeight).toBe(100 * FULL_BIN_WEIGHT);
});

test('border bins hold exactly their part', () => {
  const grid = gridOf([rectangle(5, 0, 45, 20)]);
  const shares = [...grid.areaM2].filter((area) => area > 0).map((area) => area / 400);
  expect(shares[0]).toBeCloseTo(0.75, 7);
  expect(shares[1]).toBeCloseTo(1, 7);
  expect(shares[2]).toBeCloseTo(0.25, 7);
});

test('bins add up to the area of any star-shaped polygon to a billionth', () => {
  const radii = fc.array(fc.double({ min: 60, max: 450, noNaN: true }), { minLength: 3, maxLength: 40 });
  const law = fc.property(radii, fc.double({ min: 0, max: 20, noNaN: true }), (lengths, shift) => {
    const star = lengths.map((length, i): [number, number] => {
      const turn = (2 * Math.PI * i) / lengths.length;
      return [1000 + shift + length * Math.sin(turn), 1000 + length * Math.cos(turn)];
    });
    const area = polygonOf(star);
    return Math.abs(sum(gridOf([area]).areaM2) / flatAreaM2(area) - 1) < 1e-9;
  });
  fc.assert(law, { seed: 1, numRuns: 60 });
});

test('a long border sags as a straight line in degrees does, and neighbours sag with it', () => {
  // 2.6 km along a parallel: about 8 cm in the zone. The western neighbour shares only a part of the border.
  const south = [
    ringOf([
      [0, 0],
      [2600, 0],
      [2600, 500],
      [0, 500],
    ]),
  ];
  const middle = zone.toMetres([
    (south[0]![2]![0] + south[0]![3]![0]) / 2,
    (south[0]![2]![1] + south[0]![3]![1]) / 2,
  ]);
  const split = zone.toDegrees(middle[0], middle[1]);
  const north = [[south[0]![3]!, split, at(1300, 900), at(0, 900), south[0]![3]!]];
  const grid = gridOf([{ type: 'MultiPolygon', coordinates: [south, north] }]);
  const apart = [south, north].map((rings) =>
    sum(gridOf([{ type: 'MultiPolygon', coordinates: [rings] }]).areaM2),
  );
  // Unsplit edges would overlap by some 70 m².
  expect(Math.abs(sum(grid.areaM2) - apart[0]! - apart[1]!)).toBeLessThan(5);
});

test('holes and several polygons add up', () => {
  const holed = polygonOf(corners(3, 7, 611, 513), corners(101, 99, 333, 257));
  const island = [ringOf(corners(155, 133, 207, 199))];
  const area: MultiPolygon = { type: 'MultiPolygon', coordinates: [...holed.coordinates, island] };
  expect(sum(gridOf([area]).areaM2) / flatAreaM2(area)).toBeCloseTo(1, 9);
});

test('overlapping areas count once, also inside one bin', () => {
  // Two rectangles that cross inside single bins: union by inclusion and exclusion.
  const grid = gridOf([rectangle(3, 3, 57, 33), rectangle(11, 7, 77, 71), rectangle(-9, 21, 31, 49)]);
  const union = 54 * 30 + 66 * 64 + 40 * 28 - 46 * 26 - 28 * 12 - 20 * 28 + 20 * 12;
  expect(sum(grid.areaM2)).toBeCloseTo(union, 3);
});

test('any two triangles: the union is the sum without the overlap', () => {
  const metres = fc.double({ min: 0, max: 90, noNaN: true });
  const triangle = fc
    .tuple(metres, metres, metres, metres, metres, metres)
    .map(([ax, ay, bx, by, cx, cy]): [number, number][] => [
      [ax, ay],
      [bx, by],
      [cx, cy],
    ])
    .filter((t) => flatAreaM2(polygonOf(t)) > 50);
  const law = fc.property(triangle, triangle, (a, b) => {
    const first = polygonOf(a);
    const second = polygonOf(b);
    const union = sum(gridOf([first, second]).areaM2);
    // Ground of the first without the second, plus the second: the same union by another road.
    const without = dryArea(first, second);
    return Math.abs(union - (without + flatAreaM2(second))) < 1e-5;
  });
  fc.assert(law, { seed: 1, numRuns: 200 });
});

function dryArea(area: MultiPolygon, water: MultiPolygon): number {
  try {
    return sum(gridOf([area], { excluded: [water] }).areaM2);
  } catch (error) {
    if (error instanceof PlanningError && error.code === 'GRID_AREA_EMPTY') return 0;
    throw error;
  }
}

test('water is taken out, exactly', () => {
  const grid = gridOf([rectangle(0, 0, 400, 400)], { excluded: [rectangle(113, 57, 239, 301)] });
  expect(sum(grid.areaM2)).toBeCloseTo(160_000 - 126 * 244, 3);
});

test('people at points count inside the areas only, and only once', () => {
  const demand = Float64Array.from(
    [
      [...at(10, 10), 5],
      [...at(205, 50), 7],
      [...at(215, 50), 11],
      [...at(500, 50), 100],
      [...at(115, 60), 1000],
    ].flat(),
  );
  const areas = [rectangle(0, 0, 210, 100), rectangle(210, 0, 400, 100), rectangle(180, 0, 260, 100)];
  const grid = gridOf(areas, { demand, excluded: [rectangle(113, 57, 119, 63)] });
  expect(sum(grid.people!)).toBe(5 + 7 + 11);
});

test('weight by people keeps their proportions', () => {
  const demand = Float64Array.from([...at(10, 10), 5, ...at(90, 90), 7.5]);
  const grid = gridOf([rectangle(0, 0, 100, 100)], { demand, weightBy: 'people' });
  expect([...grid.weight].filter((weight) => weight > 0).sort()).toEqual([5000, 7500]);
  expect(grid.totalWeight).toBe(12_500);
});

test('huge demand still fits whole numbers', () => {
  const demand = Float64Array.from([...at(10, 10), 4e9, ...at(90, 10), 4e9]);
  const grid = gridOf([rectangle(0, 0, 100, 100)], { demand, weightBy: 'people' });
  expect(grid.totalWeight).toBeGreaterThan(1000);
  expect(grid.totalWeight * 100).toBeLessThan(2 ** 31 * 2);
  expect(new Set([...grid.weight].filter((weight) => weight > 0)).size).toBe(1);
});

const box = [ORIGIN_EAST_M - 500, ORIGIN_NORTH_M - 500, ORIGIN_EAST_M + 900, ORIGIN_NORTH_M + 900] as const;

test('a bin whose centre is under a roof listens at the nearest outdoor place', () => {
  const surface = makeSurface(buildingsOf([0, 0, 15, 20, 12]), zone, box);
  const grid = gridOf([rectangle(0, 0, 20, 20)], { outdoor: surface });
  const id = grid.binAt.find((bin) => bin >= 0)!;
  expect(grid.indoor[id]).toBe(0);
  expect(grid.receiverEastM[id]! - ORIGIN_EAST_M).toBe(17.5);
  expect(Math.abs(grid.receiverNorthM[id]! - ORIGIN_NORTH_M - 10)).toBe(2.5);
});

test('bins wholly under roofs weigh nothing and hand their people to the street', () => {
  const surface = makeSurface(buildingsOf([0, 0, 60, 60, 12]), zone, box);
  const demand = Float64Array.from([...at(10, 30), 40, ...at(70, 30), 2]);
  const grid = gridOf([rectangle(0, 0, 80, 60)], { outdoor: surface, demand, weightBy: 'people' });
  expect(grid.indoorBins).toBe(9);
  expect(grid.totalWeight).toBe(42_000);
  expect(sum(grid.people!)).toBe(42);
});

test('an area without ground, too many bins and too wide an area are refused by name', () => {
  expect(errorCode(() => gridOf([]))).toBe('GRID_AREA_EMPTY');
  expect(
    errorCode(() => gridOf([rectangle(0, 0, 90, 90)], { excluded: [rectangle(-50, -50, 200, 200)] })),
  ).toBe('GRID_AREA_EMPTY');
  expect(errorCode(() => gridOf([rectangle(0, 0, 50_000, 50_000)], { binSizeM: 5 }))).toBe('GRID_TOO_LARGE');
  expect(errorCode(() => gridOf([rectangle(-500_000, 0, 0, 100)]))).toBe('GRID_AREA_TOO_WIDE');
  expect(errorCode(() => gridOf([rectangle(0, 0, 90, 90)], { weightBy: 'people' }))).toBe('GRID_AREA_EMPTY');
});

test('the shares of two districts that fill an area add up to it', () => {
  const grid = gridOf([rectangle(0, 0, 300, 300)]);
  const west = makeZoneShare(grid, zone, rectangle(-100, -100, 133, 500));
  const east = makeZoneShare(grid, zone, rectangle(133, -100, 500, 500));
  expect(sum(west.areaM2) + sum(east.areaM2)).toBeCloseTo(90_000, 3);
  expect([...west.bins]).toEqual([...west.bins].sort((a, b) => a - b));
});

test('the share of the target area itself is all of its ground, in border bins too', () => {
  const area = polygonOf([
    [3, 3],
    [307, 41],
    [151, 289],
  ]);
  const grid = gridOf([area]);
  expect(sum(makeZoneShare(grid, zone, area).areaM2)).toBeCloseTo(sum(grid.areaM2), 6);
});
