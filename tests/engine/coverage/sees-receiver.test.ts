// The sweep with exact rays on its rims, against one exact ray per receiver and against fine samples of the ray.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seesReceiver } from '../../../engine/coverage/sees-receiver.ts';
import { sightIsClear } from '../../../engine/coverage/sight-is-clear.ts';
import { type SightFrom, SightSweep } from '../../../engine/coverage/sight-sweep.ts';
import { CELL_M, middleOf, randomTown, surfaceOfTops } from './a-surface.ts';

const SIDE = 121;
const MIDDLE = 60;
const RADIUS_CELLS = 55;
const RECEIVER_M = 1.5;

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

/** Per cell 1 seen, 0 hidden, -1 built on or too far. */
interface Answers {
  readonly found: Int8Array;
  readonly right: Int8Array;
}

function answersOf(
  topM: Float32Array,
  antennaM: number,
  rightOf: (eastM: number, northM: number, column: number, row: number, from: SightFrom) => boolean,
): Answers {
  const surface = surfaceOfTops(
    topM,
    SIDE,
    Int32Array.from(topM, (top) => (top > 0 ? 1 : 0)),
  );
  const from: SightFrom = {
    ...middleOf(MIDDLE, MIDDLE, SIDE),
    heightM: antennaM,
    receiverHeightM: RECEIVER_M,
    ownBuilding: 0,
    highestGroundM: 0,
  };
  const sweep = new SightSweep();
  sweep.look(surface, from, RADIUS_CELLS * CELL_M);
  const found = new Int8Array(SIDE * SIDE).fill(-1);
  const right = new Int8Array(SIDE * SIDE).fill(-1);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const at = row * SIDE + column;
      if ((row - MIDDLE) ** 2 + (column - MIDDLE) ** 2 > RADIUS_CELLS ** 2 || topM[at]! > 0) continue;
      const { eastM, northM } = middleOf(column, row, SIDE);
      found[at] = seesReceiver(surface, sweep, from, eastM, northM, column, row, RECEIVER_M) ? 1 : 0;
      right[at] = rightOf(eastM, northM, column, row, from) ? 1 : 0;
    }
  }
  return { found, right };
}

interface Difference {
  readonly share: number;
  /** Of the cells that differ, the largest distance to a cell where the right answer changes, in cells. */
  readonly farthestFromRim: number;
  /** Receivers found seen that the ray hides. */
  readonly wronglySeen: number;
}

function differenceOf({ found, right }: Answers): Difference {
  let cells = 0;
  let different = 0;
  let farthestFromRim = 0;
  let wronglySeen = 0;
  for (let at = 0; at < right.length; at++) {
    if (right[at] === -1) continue;
    cells++;
    if (found[at] === right[at]) continue;
    different++;
    if (found[at] === 1) wronglySeen++;
    farthestFromRim = Math.max(farthestFromRim, distanceToRim(right, at));
  }
  return { share: different / cells, farthestFromRim, wronglySeen };
}

/** Cells to the nearest cell with the other answer, along rows, columns or diagonals. */
function distanceToRim(right: Int8Array, at: number): number {
  const [column, row] = [at % SIDE, Math.floor(at / SIDE)];
  for (let away = 1; away < SIDE; away++) {
    for (let y = Math.max(0, row - away); y <= Math.min(SIDE - 1, row + away); y++)
      for (let x = Math.max(0, column - away); x <= Math.min(SIDE - 1, column + away); x++)
        if (right[y * SIDE + x] === 1 - right[at]!) return away;
  }
  return SIDE;
}

describe('against one exact ray per receiver', () => {
  const differences = seeds.flatMap((seed) =>
    eyes.map((antennaM) => {
      const topM = townOf(seed);
      const surface = surfaceOfTops(
        topM,
        SIDE,
        Int32Array.from(topM, (top) => (top > 0 ? 1 : 0)),
      );
      const answers = answersOf(topM, antennaM, (eastM, northM, _column, _row, from) =>
        sightIsClear(surface, eastM, northM, RECEIVER_M, from.eastM, from.northM, from.heightM, 0),
      );
      const count = (answer: number) => answers.right.filter((other) => other === answer).length;
      return {
        town: `${seed} from ${antennaM} m`,
        least: Math.min(count(0), count(1)),
        ...differenceOf(answers),
      };
    }),
  );

  test('98 of 100 receivers have the same answer', () => {
    expect(Math.min(...differences.map(({ least }) => least))).toBeGreaterThan(300);
    expect(differences.filter(({ share }) => share > 0.02)).toEqual([]);
  });

  test('receivers with another answer lie within three cells of the rim of a shadow, and are taken as hidden', () => {
    expect(differences.filter(({ farthestFromRim }) => farthestFromRim > 3)).toEqual([]);
    expect(differences.filter(({ wronglySeen }) => wronglySeen > 0)).toEqual([]);
  });
});

test('single walls hide what they would hide one cell slimmer, and nothing they would not hide one cell wider', () => {
  /** A straight wall three cells thick, ten to forty cells long, anywhere but beside the antenna. */
  const walls = fc.record({
    from: fc.integer({ min: -40, max: 10 }),
    length: fc.integer({ min: 10, max: 40 }),
    aside: fc.integer({ min: 6, max: 40 }),
    turn: fc.integer({ min: 0, max: 3 }),
    wallM: fc.integer({ min: 4, max: 60 }),
    antennaM: fc.integer({ min: 5, max: 45 }),
  });
  let hidden = 0;
  let seen = 0;
  fc.assert(
    fc.property(walls, ({ from, length, aside, turn, wallM, antennaM }) => {
      const wall = (wider: number): Float32Array => {
        const topM = new Float32Array(SIDE * SIDE);
        for (let along = from - wider; along < from + length + wider; along++) {
          for (let away = aside - wider; away <= aside + 2 + wider; away++) {
            const [x, y] = turned(along, away, turn);
            topM[(MIDDLE + y) * SIDE + MIDDLE + x] = wallM;
          }
        }
        return topM;
      };
      const [slim, wide] = [wall(-1), wall(1)];
      const bySlim = answersOf(wall(0), antennaM, (_east, _north, column, row) =>
        sampledRaySees(slim, antennaM, column, row),
      );
      const byWide = answersOf(wall(0), antennaM, (_east, _north, column, row) =>
        sampledRaySees(wide, antennaM, column, row),
      );
      bySlim.found.forEach((found, at) => {
        // Beside the wall itself the wider one stands on the receiver.
        if (found === -1 || wide[at]! > 0) return;
        if (bySlim.right[at] === 0 && found === 1) expect({ at, found }).toEqual({ at, found: 0 });
        if (byWide.right[at] === 1 && found === 0) expect({ at, found }).toEqual({ at, found: 1 });
        if (bySlim.right[at] === 0) hidden++;
        if (byWide.right[at] === 1) seen++;
      });
    }),
    { seed: 1, numRuns: 20 },
  );
  expect(Math.min(hidden, seen)).toBeGreaterThan(5000);
});

/** Forty samples per cell; the cell under each sample decides. */
function sampledRaySees(topM: Float32Array, antennaM: number, column: number, row: number): boolean {
  const [east, south] = [column - MIDDLE, row - MIDDLE];
  const samples = 40 * Math.max(Math.abs(east), Math.abs(south));
  for (let sample = 1; sample < samples; sample++) {
    const part = sample / samples;
    const at = Math.round(MIDDLE + part * south) * SIDE + Math.round(MIDDLE + part * east);
    if (topM[at]! > antennaM + part * (RECEIVER_M - antennaM)) return false;
  }
  return true;
}

/** A step turned by quarters. */
function turned(x: number, y: number, quarters: number): [number, number] {
  let at: [number, number] = [x, y];
  for (let turn = 0; turn < quarters; turn++) at = [-at[1], at[0]];
  return at;
}
