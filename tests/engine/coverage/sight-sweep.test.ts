// The sweep over the roofs: walls by hand, exact rays where it has no choice, and laws on seeded towns. How often its word is
// right where it counts as sure: sees-receiver.test.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildingAt } from '../../../engine/coverage/carrier-of.ts';
import { type SightFrom, SightSweep } from '../../../engine/coverage/sight-sweep.ts';
import type { Surface } from '../../../engine/index.ts';
import { type BuiltCell, CELL_M, middleOf, randomTown, surfaceOf, surfaceOfTops } from './a-surface.ts';
import { exactRaySees } from './exact-ray.ts';

interface Eye {
  readonly eastM: number;
  readonly northM: number;
  readonly heightM: number;
  readonly ownBuilding?: number;
  readonly highestGroundM?: number;
}

function look(surface: Surface, eye: Eye, radiusM: number, receiverHeightM = 1.5): SightSweep {
  const sweep = new SightSweep();
  const from: SightFrom = { ownBuilding: 0, highestGroundM: null, receiverHeightM, ...eye };
  sweep.look(surface, from, radiusM);
  return sweep;
}

/** Whether a receiver in a cell is seen; one that just touches the ray is. */
function seesCell(sweep: SightSweep, column: number, row: number): boolean {
  return sweep.missingAt(column, row) <= 1e-6;
}

/** Whether a receiver at a place is seen. */
function sees(surface: Surface, eye: Eye, eastM: number, northM: number, receiverHeightM = 1.5): boolean {
  const radiusM = Math.hypot(eastM - eye.eastM, northM - eye.northM);
  const { westM, northM: topM, cellM } = surface;
  return seesCell(
    look(surface, eye, radiusM, receiverHeightM),
    Math.floor((eastM - westM) / cellM),
    Math.floor((topM - northM) / cellM),
  );
}

describe('by hand', () => {
  test('a wall between two places hides them from each other, a low one does not', () => {
    // From 10 m down to 1.5 m over 100 m; the wall stands halfway, where the ray is 5.75 m high.
    const wall = (heightM: number) => surfaceOf([[14, 20, heightM]]);
    const high = { eastM: 120, northM: 97, heightM: 10 };
    const low = { eastM: 20, northM: 97, heightM: 1.5 };
    expect(sees(wall(5.7), high, 20, 97)).toBe(true);
    expect(sees(wall(5.8), high, 20, 97)).toBe(false);
    expect(sees(wall(5.7), low, 120, 97, 10)).toBe(true);
    expect(sees(wall(5.8), low, 120, 97, 10)).toBe(false);
  });

  test('what is missing is the height a hidden receiver would have to rise, or how much a seen one has to spare', () => {
    // Halfway up a ray from 10 m; a wall of 8 m shadows 6 m at its double distance.
    const eye = { eastM: 122, northM: 97, heightM: 10 };
    const missing = (heightM: number) => look(surfaceOf([[14, 20, heightM]]), eye, 100).missingAt(4, 20);
    expect(missing(8)).toBeCloseTo(4.5, 5);
    expect(missing(6)).toBeCloseTo(0.5, 5);
    expect(missing(5.5)).toBeCloseTo(-0.5, 5);
  });

  test('the same wall to the north, the east and the south', () => {
    for (const [column, row, eastM, northM] of [
      [20, 14, 102, 147],
      [26, 20, 152, 97],
      [20, 26, 102, 47],
    ] as const) {
      // Six cells away; the receiver ten cells away: 10 m less six tenths of 8.5 m is 4.9 m.
      const eye = { eastM: 102, northM: 97, heightM: 10 };
      expect(sees(surfaceOf([[column, row, 4.8]]), eye, eastM, northM)).toBe(true);
      expect(sees(surfaceOf([[column, row, 5.0]]), eye, eastM, northM)).toBe(false);
    }
  });

  test('the building that carries the antenna never blocks', () => {
    const block = surfaceOf([[20, 20, 60]]);
    const house: BuiltCell[] = [19, 20, 21].map((column) => [column, 20, 60]);
    const oneHouse = {
      ...surfaceOf(house),
      building: surfaceOf(house).building.map((id) => Math.min(1, id)),
    };
    expect(buildingAt(block, 102, 97)).toBe(1);
    const eye = { eastM: 102, northM: 97, heightM: 30 };
    expect(sees(oneHouse, { ...eye, ownBuilding: 1 }, 20, 97)).toBe(true);
    expect(sees(oneHouse, { ...eye, ownBuilding: 0 }, 20, 97)).toBe(false);
    expect(sees(oneHouse, { ...eye, ownBuilding: 2 }, 20, 97)).toBe(false);
  });

  test('its ground stays where a carrying building is taken out', () => {
    // A terrace 20 m high under a house of 10 m: what the house frees, the terrace still hides.
    const terrace: BuiltCell[] = [17, 18, 19, 20].map((column) => [column, 20, 30]);
    const surface = surfaceOf(terrace);
    const groundM = surface.topM.map((top) => (top > 0 ? 20 : 0));
    const hill = { ...surface, building: surface.building.map((id) => Math.min(1, id)), groundM };
    const eye = { eastM: 102, northM: 97, heightM: 32, ownBuilding: 1 };
    const flat = { ...hill, groundM: null };
    expect(sees(flat, eye, 80, 97)).toBe(true);
    expect(sees(hill, eye, 80, 97)).toBe(false);
    expect(sees(hill, { ...eye, ownBuilding: 0 }, 87, 97)).toBe(true);
  });

  test('a ray that only touches the corners of buildings is not blocked', () => {
    // The diagonal from cell (6, 24) to cell (14, 16) touches both at their common corner.
    const corners = surfaceOf([
      [11, 20, 90],
      [10, 19, 90],
    ]);
    expect(sees(corners, { eastM: 32, northM: 77, heightM: 8 }, 72, 117)).toBe(true);
    expect(sees(surfaceOf([[10, 20, 90]]), { eastM: 32, northM: 77, heightM: 8 }, 72, 117)).toBe(false);
  });

  test('ground outside the surface is open, and antennas may stand there', () => {
    const block = surfaceOf([[20, 20, 60]]);
    expect(sees(block, { eastM: 400, northM: 97, heightM: 10 }, -300, 97)).toBe(false);
    expect(sees(block, { eastM: 400, northM: 320, heightM: 10 }, -300, 97)).toBe(true);
    expect(sees(block, { eastM: -400, northM: 97, heightM: 10 }, -300, -97)).toBe(true);
    expect(buildingAt(block, -300, 97)).toBe(0);
  });

  test('the cells around the antenna are always seen', () => {
    const yard = surfaceOf(
      [19, 20, 21].flatMap((row) => [19, 20, 21].map((column): BuiltCell => [column, row, 90])),
    );
    const sweep = look(yard, { ...middleOf(20, 20, 40), heightM: 8 }, 50);
    for (const row of [19, 20, 21])
      for (const column of [19, 20, 21]) expect(seesCell(sweep, column, row)).toBe(true);
    for (const column of [16, 17, 23, 24]) expect(seesCell(sweep, column, 20)).toBe(false);
  });
});

const SIDE = 121;
const MIDDLE = 60;
const RADIUS_CELLS = 55;

/** Answers for all cells within the radius around the middle: 1 seen, 0 hidden, -1 farther away. */
type Answers = Int8Array;

function answersOf(isSeen: (column: number, row: number) => boolean): Answers {
  const answers = new Int8Array(SIDE * SIDE).fill(-1);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      if ((row - MIDDLE) ** 2 + (column - MIDDLE) ** 2 > RADIUS_CELLS ** 2) continue;
      answers[row * SIDE + column] = isSeen(column, row) ? 1 : 0;
    }
  }
  return answers;
}

function sweepOf(topM: Float32Array, heightM: number): Answers {
  const eye = { ...middleOf(MIDDLE, MIDDLE, SIDE), heightM };
  const sweep = look(surfaceOfTops(topM, SIDE), eye, RADIUS_CELLS * CELL_M);
  return answersOf((column, row) => seesCell(sweep, column, row));
}

/** Antenna heights of poles and of macros above the houses of `townOf`. */
const eyes = [8, 12, 25, 40];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** A town with open ground around the antenna. */
function townOf(seed: number): Float32Array {
  const topM = randomTown(seed, SIDE, 60, 30);
  for (let row = MIDDLE - 2; row <= MIDDLE + 2; row++)
    topM.fill(0, row * SIDE + MIDDLE - 2, row * SIDE + MIDDLE + 3);
  return topM;
}

describe('against one exact ray', () => {
  const cases = seeds.flatMap((seed) => eyes.map((heightM) => ({ seed, heightM })));

  test('on rows, columns and diagonals of the antenna the answers are the same', () => {
    for (const { seed, heightM } of cases) {
      const topM = townOf(seed);
      const swept = sweepOf(topM, heightM);
      const tops = { columns: SIDE, rows: SIDE, topM };
      for (let away = 1; away <= 38; away++) {
        for (const [x, y] of DIRECTIONS) {
          const [column, row] = [MIDDLE + x * away, MIDDLE + y * away];
          const right = exactRaySees(tops, [MIDDLE, MIDDLE], heightM, [column, row], 1.5);
          expect(swept[row * SIDE + column]).toBe(right ? 1 : 0);
        }
      }
    }
  });
});

describe('laws', () => {
  const towns = fc.record({
    seed: fc.integer({ min: 1, max: 1000 }),
    heightM: fc.double({ min: 3, max: 45, noNaN: true }),
  });

  test('mirrored and turned towns give mirrored and turned answers, cell by cell', () => {
    fc.assert(
      fc.property(towns, fc.integer({ min: 0, max: 3 }), fc.boolean(), ({ seed, heightM }, turn, mirror) => {
        const topM = townOf(seed);
        const moved = movedBy(topM, new Float32Array(SIDE * SIDE), turn, mirror);
        expect(sweepOf(moved, heightM)).toEqual(
          movedBy(sweepOf(topM, heightM), new Int8Array(SIDE * SIDE), turn, mirror),
        );
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('a higher antenna never loses a cell, a higher house never frees one', () => {
    fc.assert(
      fc.property(
        towns,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        fc.nat(SIDE * SIDE - 1),
        ({ seed, heightM }, moreM, cell) => {
          const topM = townOf(seed);
          const before = sweepOf(topM, heightM);
          const above = sweepOf(topM, heightM + moreM);
          expect(before.every((answer, at) => answer <= above[at]!)).toBe(true);
          const taller = topM.slice();
          taller[cell]! += moreM;
          const after = sweepOf(taller, heightM);
          expect(after.every((answer, at) => answer <= before[at]! || at === cell)).toBe(true);
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  test('ending an octant that no ray leaves downwards changes no answer on the ground', () => {
    fc.assert(
      fc.property(towns, fc.constantFrom(0, 6), ({ seed, heightM }, rise) => {
        // A terrace in the west: receivers stand on ground of two heights.
        const terrace = (at: number) => (at % SIDE < 40 ? rise : 0);
        const topM = townOf(seed).map((top, at) => top + terrace(at));
        const surface = surfaceOfTops(topM, SIDE);
        const eye = { ...middleOf(MIDDLE, MIDDLE, SIDE), heightM };
        const whole = look(surface, eye, RADIUS_CELLS * CELL_M);
        const ended = look(surface, { ...eye, highestGroundM: rise }, RADIUS_CELLS * CELL_M);
        const onGround = (sweep: SightSweep) =>
          answersOf(
            (column, row) =>
              topM[row * SIDE + column] === terrace(row * SIDE + column) && seesCell(sweep, column, row),
          );
        expect(onGround(ended)).toEqual(onGround(whole));
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  test('where in its cell the antenna stands changes nothing', () => {
    const surface = surfaceOfTops(townOf(3), SIDE);
    const middle = middleOf(MIDDLE, MIDDLE, SIDE);
    const answers = [-2.4, 0, 2.4].map((shiftM) => {
      const eye = { eastM: middle.eastM + shiftM, northM: middle.northM - shiftM, heightM: 12 };
      const sweep = look(surface, eye, RADIUS_CELLS * CELL_M);
      return answersOf((column, row) => seesCell(sweep, column, row));
    });
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[2]).toEqual(answers[1]);
  });

  test('a window that reaches beyond the surface sees what it sees over the same town with flat ground around it', () => {
    const small = 40;
    for (const seed of seeds) {
      const topM = randomTown(seed, small, 20, 30);
      const wide = new Float32Array(SIDE * SIDE);
      const [left, above] = [41, 37];
      for (let row = 0; row < small; row++)
        wide.set(topM.subarray(row * small, (row + 1) * small), (above + row) * SIDE + left);
      for (const [column, row] of [
        [MIDDLE - left, MIDDLE - above],
        [0, 0],
        [39, 20],
        [-8, 50],
        [60, -12],
      ] as const) {
        const cut = look(surfaceOfTops(topM, small), { ...middleOf(column, row, small), heightM: 14 }, 290);
        const whole = look(
          surfaceOfTops(wide, SIDE),
          { ...middleOf(left + column, above + row, SIDE), heightM: 14 },
          290,
        );
        for (let y = 0; y < SIDE; y++) {
          for (let x = 0; x < SIDE; x++) {
            if ((x - left - column) ** 2 + (y - above - row) ** 2 > 58 ** 2) continue;
            if (seesCell(cut, x - left, y - above) !== seesCell(whole, x, y))
              expect({ seed, column, row, x, y }).toBe('the same answer');
          }
        }
      }
    }
  });

  test('a look does not remember the looks before it', () => {
    const surface = surfaceOfTops(townOf(5), SIDE);
    const again = new SightSweep();
    const looks = [
      { column: 60, row: 60, heightM: 40, radiusM: 275, ownBuilding: 0 },
      { column: 20, row: 90, heightM: 9, radiusM: 150, ownBuilding: 1 },
      { column: 61, row: 58, heightM: 9, radiusM: 60, ownBuilding: 0 },
      { column: 5, row: 5, heightM: 22, radiusM: 250, ownBuilding: 1 },
    ];
    for (const { column, row, heightM, radiusM, ownBuilding } of looks) {
      const eye = { ...middleOf(column, row, SIDE), heightM, ownBuilding };
      again.look(surface, { ...eye, receiverHeightM: 1.5, highestGroundM: null }, radiusM);
      const fresh = look(surface, eye, radiusM);
      const cells = radiusM / CELL_M;
      for (let y = -cells; y <= cells; y++) {
        for (let x = -cells; x <= cells; x++) {
          if (x * x + y * y > cells * cells) continue;
          expect(seesCell(again, column + x, row + y)).toBe(seesCell(fresh, column + x, row + y));
        }
      }
    }
  });

  test('taking the own building out is the same as not having built it', () => {
    for (const seed of seeds) {
      const topM = townOf(seed);
      const building = new Int32Array(SIDE * SIDE);
      for (let row = 40; row < 80; row++) building.fill(7, row * SIDE + 62, row * SIDE + 80);
      const without = topM.map((top, at) => (building[at] === 7 ? 0 : top));
      const eye = { ...middleOf(MIDDLE, MIDDLE, SIDE), heightM: 18 };
      const taken = look(surfaceOfTops(topM, SIDE, building), { ...eye, ownBuilding: 7 }, 275);
      const never = look(surfaceOfTops(without, SIDE), eye, 275);
      expect(answersOf((column, row) => seesCell(taken, column, row))).toEqual(
        answersOf((column, row) => seesCell(never, column, row)),
      );
    }
  });
});

const DIRECTIONS = [-1, 0, 1]
  .flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const))
  .filter(([x, y]) => x || y);

/** A step turned by quarters. */
function turned(x: number, y: number, quarters: number): [number, number] {
  let at: [number, number] = [x, y];
  for (let turn = 0; turn < quarters; turn++) at = [-at[1], at[0]];
  return at;
}

/** The square of cells mirrored west to east and then turned about its middle. */
function movedBy<T extends Float32Array | Int8Array>(from: T, to: T, quarters: number, mirror: boolean): T {
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [x, y] = turned((mirror ? -1 : 1) * (column - MIDDLE), row - MIDDLE, quarters);
      to[(MIDDLE + y) * SIDE + MIDDLE + x] = from[row * SIDE + column]!;
    }
  }
  return to;
}
