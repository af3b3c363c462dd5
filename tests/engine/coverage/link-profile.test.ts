// One link drawn: numbers from hand geometry and ITU-R P.526-15, and the promise that its level is the one on the map.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkCells } from '../../../engine/coverage/walk-cells.ts';
import {
  computeLinkProfile,
  computeSiteLevels,
  type HeightRaster,
  indoorLossDb,
  knifeEdgeLossDb,
  knifeEdgeParameter,
  type LinkProfile,
  limitDistanceM,
  MEAN_INDOOR_DEPTH_M,
  noisePerElementDbm,
  PlanningError,
  screenExposure,
} from '../../../engine/index.ts';
import { allRound, at, buildingsOf } from '../../support/flat-ground.ts';
import { modelOf, n78, openGround, place } from './a-model.ts';

const frequencyGhz = n78.frequencyGhz;
const wavelengthM = 0.299792458 / frequencyGhz;
const lineOf = ({ budget }: LinkProfile, key: string): number =>
  budget.lines.find((line) => line.key === key)!.value;

test('over flat open ground nothing stands in the way and the Fresnel zone is widest in the middle', () => {
  const profile = computeLinkProfile(modelOf(), place(302.5, 402.5), place(702.5, 402.5), 'pole');
  expect(profile).toMatchObject({
    sight: 'clear',
    isShadowEdge: false,
    obstacle: null,
    receiverIndoor: false,
    datum: 'flat-ground',
    antenna: { groundM: 0, heightM: 8 },
    receiver: { groundM: 0, heightM: 1.5 },
  });
  const { samples, distanceM } = profile;
  expect(distanceM).toBeCloseTo(400, 6);
  // Half a cell of 5 m apart, both ends included.
  expect(samples.distanceM).toHaveLength(161);
  expect([samples.distanceM[0], samples.distanceM.at(-1)]).toEqual([0, distanceM]);
  expect(samples.topM.every((top) => top === 0)).toBe(true);
  expect(samples.isRoof.includes(true)).toBe(false);
  // R1 = ½ √(λ D) in the middle.
  expect(samples.fresnelM[80]).toBeCloseTo(0.5 * Math.sqrt(wavelengthM * 400), 9);
  expect([samples.fresnelM[0], samples.fresnelM[160]]).toEqual([0, 0]);
  // The bulge of the earth in the middle is D² / (8 k R): 2.4 mm here.
  expect(samples.rayM[80]).toBeCloseTo(4.75 - 400 ** 2 / (8 * (4 / 3) * 6_371_000), 9);
  expect([samples.rayM[0], samples.rayM[160]]).toEqual([8, 1.5]);
  expect(profile.leastClearance!.share).toBeGreaterThan(0.6);
});

test('a wall of known height has the diffraction parameter of the hand', () => {
  // 60 m along a street of 160 m a wall of 20 m, 10 m thick.
  const model = modelOf({ buildings: buildingsOf([360, 300, 370, 500, 20]) });
  const profile = computeLinkProfile(model, place(302.5, 402.5), place(462.5, 402.5), 'pole');
  const { obstacle } = profile;
  // The far side of the wall stands highest above the falling ray and further from the middle: both corners by hand.
  const corner = (distance: number) =>
    knifeEdgeParameter({
      heightAboveRayM: 20 - (8 - (6.5 * distance) / 160),
      fromTransmitterM: distance,
      fromReceiverM: 160 - distance,
      frequencyGhz,
    });
  expect(obstacle!.kind).toBe('building');
  expect(obstacle!.topM).toBeCloseTo(20, 6);
  expect(obstacle!.nu).toBeCloseTo(Math.max(corner(57.5), corner(67.5)), 3);
  expect(obstacle!.distanceM).toBeCloseTo(corner(57.5) > corner(67.5) ? 57.5 : 67.5, 6);
  expect(obstacle!.aboveRayM).toBeCloseTo(20 - (8 - (6.5 * obstacle!.distanceM) / 160), 2);
  expect(obstacle!.knifeEdgeDb).toBeCloseTo(knifeEdgeLossDb(obstacle!.nu), 12);
  expect(profile).toMatchObject({ sight: 'blocked', isShadowEdge: false });
  expect(profile.budget.state).toBe('NLOS');
  // The knife edge is information: what is sent less what is lost is the level without it.
  const level =
    lineOf(profile, 'perElement') +
    lineOf(profile, 'antennaGain') -
    lineOf(profile, 'feederLoss') -
    lineOf(profile, 'patternLoss') -
    lineOf(profile, 'pathLoss');
  expect(Math.abs(level - lineOf(profile, 'level'))).toBeLessThanOrEqual(0.0501);
});

test('a roof below the ray but inside its Fresnel zone is an obstacle that does not block', () => {
  const model = modelOf({ buildings: buildingsOf([360, 300, 370, 500, 5]) });
  const profile = computeLinkProfile(model, place(302.5, 402.5), place(462.5, 402.5), 'pole');
  expect(profile.sight).toBe('clear');
  expect(profile.obstacle!.aboveRayM).toBeLessThan(0);
  expect(profile.obstacle!.nu).toBeLessThan(0);
  expect(profile.leastClearance!.share).toBeCloseTo(-profile.obstacle!.nu / Math.SQRT2, 12);
  expect(profile.leastClearance!.share).toBeLessThan(0.6);
});

test('a hill of the terrain model is a terrain obstacle and its excess is a line of the budget', () => {
  const hill = aHill(60);
  const profile = computeLinkProfile(
    modelOf({ terrain: [hill] }),
    place(102.5, 502.5, { ...allRound, serviceRadiusM: 900 }, 20),
    place(902.5, 502.5),
    'tower',
  );
  expect(profile.datum).toBe('sea-level');
  expect(profile.obstacle!.kind).toBe('terrain');
  expect(profile.obstacle!.distanceM).toBeGreaterThan(330);
  expect(profile.obstacle!.distanceM).toBeLessThan(470);
  expect(profile.sight).toBe('blocked');
  expect(lineOf(profile, 'terrainLoss')).toBeGreaterThan(15);
  expect(Math.max(...profile.samples.groundM)).toBeGreaterThan(95);
});

test('swapped ends mirror the profile', () => {
  const model = modelOf({
    buildings: buildingsOf([300, 300, 340, 340, 9], [500, 420, 560, 500, 25], [620, 480, 640, 560, 14]),
    terrain: [aHill(12)],
  });
  const inside = fc.integer({ min: 8, max: 990 }).map((metre) => metre + 0.37);
  fc.assert(
    fc.property(inside, inside, inside, inside, (east, north, toEast, toNorth) => {
      fc.pre(Math.hypot(east - toEast, north - toNorth) > 30);
      // An antenna at the height of a receiver, so that the ends differ in nothing.
      const here = place(east, north, allRound, 1.5);
      const there = place(toEast, toNorth, allRound, 1.5);
      const forth = computeLinkProfile(model, here, there, 'a');
      const back = computeLinkProfile(model, there, here, 'a');
      expect(back.sight).toBe(forth.sight);
      const close = (list: readonly number[], other: readonly number[]) =>
        list.forEach((value, index) => {
          expect(value).toBeCloseTo(other[index]!, 6);
        });
      close([...back.samples.rayM].reverse(), forth.samples.rayM);
      close([...back.samples.fresnelM].reverse(), forth.samples.fresnelM);
      expect(back.obstacle?.nu ?? null).toSatisfy((nu: number | null) =>
        nu === null ? forth.obstacle === null : Math.abs(nu - forth.obstacle!.nu) < 1e-6,
      );
    }),
    { seed: 20_260_526, numRuns: 60 },
  );
});

test.each([
  ['buildings', modelOf({ buildings: buildingsOf([300, 540, 700, 560, 40], [560, 380, 600, 460, 18]) })],
  ['chance', modelOf({ buildings: null })],
  ['terrain', modelOf({ buildings: openGround, terrain: [aHill(30)] })],
])('the level of the budget is the level of that bin on the map: %s', (_, model) => {
  const site = place(503.3, 498.1);
  const { bins, level } = computeSiteLevels(model, site);
  const { grid } = model;
  expect(bins.length).toBeGreaterThan(500);
  for (let index = 0; index < bins.length; index += 5) {
    const bin = bins[index]!;
    const receiver = { eastM: grid.receiverEastM[bin]!, northM: grid.receiverNorthM[bin]! };
    const profile = computeLinkProfile(model, site, receiver, 'pole');
    expect(Math.round(lineOf(profile, 'level') * 10)).toBe(level[index]);
    if (model.sightByRoofs && !profile.isShadowEdge)
      expect(profile.sight).toBe(profile.budget.state === 'LOS' ? 'clear' : 'blocked');
    if (!model.sightByRoofs) expect(profile.isShadowEdge).toBe(false);
  }
});

test('neither the building under the antenna nor the one around the receiver blocks', () => {
  const model = modelOf({ buildings: buildingsOf([280, 380, 330, 430, 30], [430, 380, 480, 430, 12]) });
  const roof = place(305, 405, { ...allRound, aboveRoofs: true }, 33);
  const outside = computeLinkProfile(model, roof, place(405, 405), 'roof');
  expect(outside).toMatchObject({ sight: 'clear', receiverIndoor: false });
  const inside = computeLinkProfile(model, roof, place(455, 405), 'roof');
  expect(inside).toMatchObject({ sight: 'clear', receiverIndoor: true });
  expect(inside.samples.isRoof.filter(Boolean).length).toBeGreaterThan(5);
});

test('long links keep to 2000 samples and always both ends', () => {
  const { samples, distanceM } = computeLinkProfile(modelOf(), place(0, 0), place(9000, 100), 'pole');
  expect(samples.distanceM).toHaveLength(2000);
  expect(samples.distanceM.at(-1)).toBe(distanceM);
});

test('a receiver on the antenna, or nowhere, is refused with a code', () => {
  for (const receiver of [place(500, 500), place(500.5, 500), place(Number.NaN, 500)]) {
    const refusal = () => computeLinkProfile(modelOf(), place(500, 500), receiver, 'pole');
    expect(refusal).toThrow(PlanningError);
    expect(refusal).toThrow('COVERAGE_RECEIVER_NEAR');
  }
});

test('the lines beyond the level follow from it', () => {
  const profile = computeLinkProfile(modelOf(), place(302.5, 402.5), place(502.5, 402.5), 'pole');
  const level = lineOf(profile, 'level');
  const { subcarrierKhz, noiseFigureDb } = n78;
  expect(lineOf(profile, 'eirp')).toBeCloseTo(43 + 8, 12);
  expect(lineOf(profile, 'noiseMargin')).toBeCloseTo(
    level - noisePerElementDbm(subcarrierKhz, noiseFigureDb),
    9,
  );
  // Reference 10.4: 154.93 dB with 24 dBi, here 8 dBi; the loss on the way is the peak less the level.
  const lossDb = lineOf(profile, 'perElement') + 8 - level;
  expect(lineOf(profile, 'uplinkMargin')).toBeCloseTo(154.93 - 16 - lossDb, 2);
  const wall = indoorLossDb({ building: 'low', frequencyGhz, depthM: MEAN_INDOOR_DEPTH_M });
  expect(level - lineOf(profile, 'indoorLevelLow')).toBeCloseTo(wall, 9);
  expect(lineOf(profile, 'indoorLevelHigh')).toBeLessThan(lineOf(profile, 'indoorLevelLow'));
});

test('exposure is screened at full power, at the TDD share and at the mean load', () => {
  const { rows, limitWPerM2 } = screenExposure(n78, n78.macro);
  expect(limitWPerM2).toBeCloseTo(0.467, 3);
  // Domain reference section 9: 200 W, 24 dBi at 3.5 GHz.
  expect(rows.map(({ duty, limitM }) => [duty, Math.round(limitM)])).toEqual([
    ['full', 93],
    ['tdd', 80],
    ['average', 40],
  ]);
  expect(rows.map(({ projectLimitM }) => Math.round(projectLimitM))).toEqual([207, 179, 90]);
  expect(rows[0]!.limitM).toBeCloseTo(
    limitDistanceM({ powerW: 10 ** 2.301, gainDbi: 24, frequencyMhz: 3500, dutyShare: 1 }),
    6,
  );
});

test('the cells on a line touch each other and their stretches add up to the whole way', () => {
  const frame = { westM: 0, northM: 100, cellM: 5 };
  const somewhere = fc.record({
    eastM: fc.double({ min: -20, max: 120, noNaN: true }),
    northM: fc.double({ min: -20, max: 120, noNaN: true }),
  });
  fc.assert(
    fc.property(somewhere, somewhere, (from, to) => {
      let end = 0;
      let last: readonly [number, number] | null = null;
      walkCells(frame, from, to, (column, row, enter, leave) => {
        expect(enter).toBe(end);
        expect(leave).toBeGreaterThan(enter);
        if (last)
          expect(Math.max(Math.abs(column - last[0]), Math.abs(row - last[1]))).toBeLessThanOrEqual(1);
        last = [column, row];
        end = leave;
      });
      expect(end).toBe(1);
    }),
    { seed: 7, numRuns: 200 },
  );
});

/** A round hill in the middle of the square, on ground 40 m above the sea. */
function aHill(heightM: number): HeightRaster {
  const [west, south] = at(-600, -600);
  const [east, north] = at(1600, 1600);
  const columns = 80;
  const rows = 80;
  const raster: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const awayM = Math.hypot((column - 39.5) * 27.5, (row - 39.5) * 27.5);
      raster.push(40 + heightM * Math.exp(-((awayM / 150) ** 2)));
    }
  return {
    id: 'hill',
    westDeg: west,
    northDeg: north,
    stepLonDeg: (east - west) / columns,
    stepLatDeg: (north - south) / rows,
    columns,
    rows,
    heightM: Float32Array.from(raster),
  };
}
