// Key areas: ground, people or roads inside count several times, exactly by their share, and nothing else changes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type DemandGrid,
  type DemandGridInput,
  FULL_BIN_WEIGHT,
  type MultiPolygon,
  makeDemandGrid,
} from '../../../engine/index.ts';
import { at, polygonOf, rectangle, zone } from '../../support/flat-ground.ts';

function gridOf(more: Partial<DemandGridInput> = {}): DemandGrid {
  return makeDemandGrid({
    areas: [rectangle(0, 0, 400, 400)],
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

const key = (factor: number, geometry: MultiPolygon) => ({ geometry, factor });

/** Weight of the bin this far east and north of the corner. */
function weightAt(grid: DemandGrid, eastM: number, northM: number): number {
  const [east, north] = zone.toMetres(at(eastM, northM));
  const column = Math.floor((east - grid.westM) / grid.binSizeM);
  const row = Math.floor((grid.northM - north) / grid.binSizeM);
  return grid.weight[grid.binAt[row * grid.columns + column]!]!;
}

test('a bin counts 1 + (factor - 1) times its share in the key area', () => {
  const grid = gridOf({ keyAreas: [key(3, rectangle(100, 100, 205, 200))] });
  expect(weightAt(grid, 150, 150)).toBe(3 * FULL_BIN_WEIGHT);
  expect(weightAt(grid, 210, 150)).toBe(1.5 * FULL_BIN_WEIGHT);
  expect(weightAt(grid, 230, 150)).toBe(FULL_BIN_WEIGHT);
});

test('the largest factor counts where key areas overlap, and neighbours in one bin add up', () => {
  const keyAreas = [
    key(2, rectangle(0, 0, 110, 400)),
    key(5, rectangle(40, 0, 95, 400)),
    key(2, rectangle(110, 0, 200, 400)),
  ];
  for (const order of [keyAreas, keyAreas.toReversed()]) {
    const grid = gridOf({ keyAreas: order });
    expect(weightAt(grid, 30, 50)).toBe(2000);
    expect(weightAt(grid, 50, 50)).toBe(5000);
    expect(weightAt(grid, 90, 50)).toBe(5000 * 0.75 + 2000 * 0.25);
    expect(weightAt(grid, 110, 50)).toBe(2000);
  }
});

test('weights of area add up to the ground times what it counts, on borders and in water too', () => {
  const metre = fc.double({ min: -50, max: 450, noNaN: true });
  const triangle = fc.array(fc.tuple(metre, metre), { minLength: 3, maxLength: 3 }).filter((corners) => {
    const [[ax, ay], [bx, by], [cx, cy]] = corners as [[number, number], [number, number], [number, number]];
    return Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) > 500;
  });
  const area = polygonOf([
    [3, 11],
    [391, 37],
    [203, 377],
  ]);
  const excluded = [rectangle(150, 100, 233, 155)];
  const law = fc.property(triangle, fc.integer({ min: 2, max: 100 }), (corners, factor) => {
    const keyArea = polygonOf(corners);
    const more = gridOf({ areas: [area], excluded, keyAreas: [key(factor, keyArea)] });
    const plain = gridOf({ areas: [area], excluded });
    // ground of the area outside the key area, by taking that out as if it were water
    const rest = gridOf({ areas: [area, rectangle(-90, -90, -70, -70)], excluded: [...excluded, keyArea] });
    const inKey = sum(plain.areaM2) - (sum(rest.areaM2) - 400);
    const wanted = ((sum(plain.areaM2) + (factor - 1) * inKey) / 400) * FULL_BIN_WEIGHT;
    return Math.abs(more.totalWeight - wanted) <= more.bins;
  });
  fc.assert(law, { seed: 5, numRuns: 100 });
});

test('people and roads count several times as well, and the people stay as many', () => {
  const demand = Float64Array.from([...at(10, 10), 5, ...at(310, 310), 7]);
  const keyAreas = [key(10, rectangle(300, 300, 400, 400))];
  const people = gridOf({ demand, weightBy: 'people', keyAreas });
  expect(weightAt(people, 10, 10)).toBe(5000);
  expect(weightAt(people, 310, 310)).toBe(70_000);
  expect(sum(people.people!)).toBe(12);
  const roads = [{ name: '', roadClass: 'primary', path: [at(290, 310), at(310, 310)] }];
  const road = gridOf({ roads, weightBy: 'roads', keyAreas });
  expect(weightAt(road, 290, 310)).toBe(1000);
  expect(weightAt(road, 310, 310)).toBe(10_000);
});

test('a factor of 1, and key areas elsewhere, leave every weight as it was', () => {
  const demand = Float64Array.from([...at(50, 50), 5.3, ...at(200, 200), 0.007]);
  const areas = [
    polygonOf([
      [3, 11],
      [391, 37],
      [203, 377],
      [7, 399],
    ]),
  ];
  for (const weightBy of ['area', 'people'] as const) {
    const plain = gridOf({ areas, demand, weightBy });
    for (const keyAreas of [[key(1, rectangle(0, 0, 400, 400))], [key(7, rectangle(900, 900, 1000, 1000))]]) {
      expect(gridOf({ areas, demand, weightBy, keyAreas })).toEqual(plain);
    }
  }
});

test('the largest factor over huge demand still fits whole numbers', () => {
  const demand = Float64Array.from([...at(10, 10), 4e9, ...at(90, 10), 4e9]);
  const grid = gridOf({ demand, weightBy: 'people', keyAreas: [key(100, rectangle(0, 0, 400, 400))] });
  expect(grid.totalWeight).toBeGreaterThan(1000);
  expect(grid.totalWeight).toBeLessThan(2 ** 31 / 100);
});

test('factors below 1, above 100 and of no number are a wrong call', () => {
  for (const factor of [0, 0.99, 101, Number.NaN])
    expect(() => gridOf({ keyAreas: [key(factor, rectangle(0, 0, 100, 100))] })).toThrow(RangeError);
});

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0);
}
