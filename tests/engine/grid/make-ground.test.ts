// Ground and clutter per cell from rasters of degrees: known planes, holes, overlap, mirrors.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClutterRaster,
  clutterClasses,
  clutterCodeOf,
  type GroundFrame,
  type HeightRaster,
  localZone,
  makeClutter,
  makeGround,
  makeSurface,
} from '../../../engine/index.ts';

/** CGCS2000 3-degree zone with the central meridian 120° E. */
const zone = localZone(4549);
const onMeridian: GroundFrame = { westM: 499_000, northM: 3_470_000, cellM: 10, columns: 200, rows: 150 };
const [middleLon, middleLat] = zone.toDegrees(500_000, 3_469_250);
const ARC_SECOND = 1 / 3600;

/** 1″ cells around the middle of the frame; `heightOf` gets the degrees of a centre. */
function raster(
  id: string,
  heightOf: (lon: number, lat: number) => number,
  { stepDeg = ARC_SECOND, size = 120 } = {},
): HeightRaster {
  const westDeg = middleLon - (size / 2) * stepDeg;
  const northDeg = middleLat + (size / 2) * stepDeg;
  const heightM = Float32Array.from({ length: size * size }, (_, at) =>
    heightOf(westDeg + ((at % size) + 0.5) * stepDeg, northDeg - (Math.floor(at / size) + 0.5) * stepDeg),
  );
  return {
    id,
    westDeg,
    northDeg,
    stepLonDeg: stepDeg,
    stepLatDeg: stepDeg,
    columns: size,
    rows: size,
    heightM,
  };
}

const flat = (id: string, heightM: number, shape = {}): HeightRaster => raster(id, () => heightM, shape);

describe('the ground', () => {
  test('of a plane in degrees is that plane to one centimetre, far from the meridian too', () => {
    const plane = (lon: number, lat: number): number =>
      40 + 9_000 * (lon - middleLon) - 7_000 * (lat - middleLat);
    for (const shiftM of [0, 120_000]) {
      const frame = { ...onMeridian, westM: onMeridian.westM + shiftM };
      const [lon] = zone.toDegrees(500_000 + shiftM, 3_469_250);
      const shifted = raster('plane', (x, y) => plane(x, y));
      const moved = { ...shifted, westDeg: shifted.westDeg + lon - middleLon };
      const ground = makeGround([moved], zone, frame);
      expect(ground).toMatchObject({ holes: 0, outside: 0 });
      let worstM = 0;
      for (let row = 0; row < frame.rows; row++) {
        for (let column = 0; column < frame.columns; column++) {
          const [x, y] = zone.toDegrees(
            frame.westM + (column + 0.5) * frame.cellM,
            frame.northM - (row + 0.5) * frame.cellM,
          );
          const expected = plane(x - (lon - middleLon), y);
          worstM = Math.max(
            worstM,
            Math.abs((ground?.groundM[row * frame.columns + column] ?? 0) - expected),
          );
        }
      }
      expect(worstM).toBeLessThan(0.01);
    }
  });

  test('has a hole filled from its nearest neighbours, and counts it', () => {
    // a strip 4″ wide without heights between 100 m in the west and 200 m in the east
    const strip = raster('strip', (lon) =>
      Math.abs(lon - middleLon) < 2 * ARC_SECOND ? Number.NaN : lon < middleLon ? 100 : 200,
    );
    const ground = makeGround([strip], zone, onMeridian);
    if (!ground) throw new Error('the raster covers the frame');
    expect(ground.outside).toBe(0);
    // 3″ of longitude between the outermost unknown centres: 79 m at this latitude, 8 cells of 10 m in each of 150 rows
    expect(ground.holes).toBeGreaterThanOrEqual(150 * 7);
    expect(ground.holes).toBeLessThanOrEqual(150 * 9);
    expect(new Set(ground.groundM)).toEqual(new Set([100, 200]));
  });

  test('outside every raster is filled and counted apart from holes', () => {
    const small = flat('small', 25, { size: 20 });
    const ground = makeGround([small], zone, onMeridian);
    expect(ground?.holes).toBe(0);
    expect(ground?.outside).toBeGreaterThan(20_000);
    expect(new Set(ground?.groundM)).toEqual(new Set([25]));
  });

  test('missing in a hole or beyond the border is one number in the surface', () => {
    const half = raster('half', (lon) => (lon < middleLon ? 10 : Number.NaN), { size: 40 });
    const { westM, northM, cellM, columns, rows } = onMeridian;
    const box = [westM, northM - rows * cellM, westM + columns * cellM, northM] as const;
    const ground = makeGround([half], zone, onMeridian)!;
    expect(ground.holes).toBeGreaterThan(0);
    expect(ground.outside).toBeGreaterThan(0);
    expect(makeSurface(null, zone, box, cellM, [half]).groundHoles).toBe(ground.holes + ground.outside);
  });

  test('is the finer raster where two overlap, in whatever order they come, and the coarser in its holes', () => {
    const coarse = flat('coarse', 10, { stepDeg: 3 * ARC_SECOND, size: 60 });
    const fine = raster('fine', (lon) => (lon < middleLon ? 50 : Number.NaN));
    const [one, other] = [
      makeGround([coarse, fine], zone, onMeridian),
      makeGround([fine, coarse], zone, onMeridian),
    ];
    expect(one?.groundM).toEqual(other?.groundM);
    expect(one?.groundM[0]).toBe(50);
    expect(one?.groundM[199]).toBe(10);
    expect(one?.holes).toBe(0);
  });

  test('does not exist where no raster touches the frame, or none says anything', () => {
    const far = { ...flat('far', 5), westDeg: 100 };
    expect(makeGround([far], zone, onMeridian)).toBeNull();
    expect(makeGround([], zone, onMeridian)).toBeNull();
    expect(makeGround([flat('empty', Number.NaN)], zone, onMeridian)).toBeNull();
  });

  test('of a mirrored raster is the mirror image, holes and all', () => {
    const height = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -100, max: 3_000 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    );
    const size = 12;
    const stepDeg = 6 * ARC_SECOND;
    const frame: GroundFrame = { westM: 499_000, northM: 3_470_000, cellM: 50, columns: 40, rows: 30 };
    fc.assert(
      fc.property(fc.array(height, { minLength: size * size, maxLength: size * size }), (heights) => {
        const shape = flat('random', 0, { stepDeg, size });
        const one = makeGround([{ ...shape, heightM: Float32Array.from(heights) }], zone, frame);
        const mirrored = heights.map((_, at) => heights[at - (at % size) + size - 1 - (at % size)] ?? 0);
        const other = makeGround([{ ...shape, heightM: Float32Array.from(mirrored) }], zone, frame);
        expect([other?.holes, other?.outside]).toEqual([one?.holes, one?.outside]);
        one?.groundM.forEach((heightM, at) => {
          const column = at % frame.columns;
          const opposite = other?.groundM[at - column + frame.columns - 1 - column] ?? Number.NaN;
          expect(Math.abs(opposite - heightM)).toBeLessThan(0.01);
        });
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('is refused for a frame without cells', () => {
    expect(() => makeGround([flat('one', 1)], zone, { ...onMeridian, rows: 0 })).toThrow(RangeError);
  });
});

describe('the clutter', () => {
  const classes = (id: string, codeOf: (at: number) => number, size = 120): ClutterRaster => {
    const { heightM: _heightM, ...frame } = flat(id, 0, { size });
    return { ...frame, classCode: Uint8Array.from({ length: size * size }, (_, at) => codeOf(at)) };
  };

  test('is the class of the cell and never one between two', () => {
    const halves = classes('halves', (at) => (at % 120 < 60 ? 1 : 4));
    const clutter = makeClutter([halves], zone, onMeridian);
    expect(clutter?.unknown).toBe(0);
    expect(new Set(clutter?.classCode)).toEqual(new Set([1, 4]));
    expect([clutter?.classCode[99], clutter?.classCode[100]]).toEqual([1, 4]);
  });

  test('counts cells without a class and does not exist without any', () => {
    const small = classes('small', () => 6, 20);
    expect(makeClutter([small], zone, onMeridian)?.unknown).toBeGreaterThan(20_000);
    expect(makeClutter([classes('none', () => 0)], zone, onMeridian)).toBeNull();
  });

  test('has one class for every code of ESA WorldCover, and none for a code it does not know', () => {
    const worldCover = [10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100];
    const names = worldCover.map((code) => clutterClasses[clutterCodeOf[code] ?? 0]?.name);
    expect(names).toEqual([
      'forest',
      'shrub',
      'open',
      'open',
      'urban',
      'open',
      'open',
      'water',
      'open',
      'forest',
      'open',
    ]);
    expect([0, 9, 11, 255].map((code) => clutterCodeOf[code])).toEqual([0, 0, 0, 0]);
    expect(clutterClasses.every(({ code }, index) => code === index)).toBe(true);
  });

  test('has the heights of Recommendation ITU-R P.1812, Table 2', () => {
    const heightOf = (wanted: string) => clutterClasses.find(({ name }) => name === wanted)?.heightM;
    expect(['water', 'open', 'suburban', 'urban', 'forest', 'dense-urban'].map(heightOf)).toEqual([
      0, 0, 10, 15, 15, 20,
    ]);
  });
});
