import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bullingtonAlong, bullingtonLossDb, MEDIAN_EARTH_RADIUS_KM } from '../../../engine/index.ts';

const STEP_M = 50;

/** A seeded path of 3 to 60 samples with rough ground, antennas over its ends. */
const paths = fc.record({
  heightM: fc
    .array(fc.double({ min: 0, max: 120, noNaN: true }), { minLength: 3, maxLength: 60 })
    .map((heights) => Float64Array.from(heights)),
  txHeightM: fc.double({ min: 3, max: 60, noNaN: true }),
  rxHeightM: fc.double({ min: 1.5, max: 30, noNaN: true }),
  frequencyGhz: fc.constantFrom(0.758, 2.6, 3.5, 4.9),
});

function lossAlong(
  heightM: Float64Array,
  path: { txHeightM: number; rxHeightM: number; frequencyGhz: number },
): number {
  const count = heightM.length;
  const { txHeightM, rxHeightM, frequencyGhz } = path;
  return bullingtonAlong(
    heightM,
    count,
    STEP_M,
    heightM[0]! + txHeightM,
    heightM[count - 1]! + rxHeightM,
    frequencyGhz,
    MEDIAN_EARTH_RADIUS_KM,
  );
}

test('a lapse of 45 N-units gives the earth 8930.7768 km', () => {
  expect(MEDIAN_EARTH_RADIUS_KM).toBeCloseTo(8930.7768, 4);
});

test('the form with a constant step gives the same loss as the general one', () => {
  fc.assert(
    fc.property(paths, (path) => {
      const { heightM, frequencyGhz } = path;
      const distanceKm = heightM.map((_, i) => (i * STEP_M) / 1000);
      const general = bullingtonLossDb(
        { distanceKm, heightM },
        {
          txHeightAmslM: heightM[0]! + path.txHeightM,
          rxHeightAmslM: heightM[heightM.length - 1]! + path.rxHeightM,
          frequencyGhz,
          effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
        },
      );
      expect(lossAlong(heightM, path)).toBeCloseTo(general, 9);
    }),
    { seed: 45, numRuns: 500 },
  );
});

test('the loss is the same in both directions', () => {
  fc.assert(
    fc.property(paths, (path) => {
      const back = { ...path, txHeightM: path.rxHeightM, rxHeightM: path.txHeightM };
      expect(lossAlong(path.heightM.toReversed(), back)).toBeCloseTo(lossAlong(path.heightM, path), 8);
    }),
    { seed: 46, numRuns: 300 },
  );
});

test('raising a sample never lowers the loss', () => {
  fc.assert(
    fc.property(paths, fc.nat(), fc.double({ min: 0, max: 80, noNaN: true }), (path, at, byM) => {
      const raised = path.heightM.slice();
      const count = raised.length;
      raised[1 + (at % (count - 2))]! += byM;
      expect(lossAlong(raised, path)).toBeGreaterThanOrEqual(lossAlong(path.heightM, path) - 1e-9);
    }),
    { seed: 47, numRuns: 500 },
  );
});

test('nothing between the ends costs nothing', () => {
  expect(lossAlong(Float64Array.of(0, 100), { txHeightM: 5, rxHeightM: 5, frequencyGhz: 3.5 })).toBe(0);
  const link = {
    txHeightAmslM: 5,
    rxHeightAmslM: 5,
    frequencyGhz: 3.5,
    effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
  };
  const ends = { distanceKm: Float64Array.of(0, 1), heightM: Float64Array.of(0, 0) };
  expect(bullingtonLossDb(ends, link)).toBe(0);
});

test('an edge that just touches the ray costs a knife edge at nu 0', () => {
  // On an earth without curvature a level ray at 10 m touches ground at 10 m everywhere.
  const touching = bullingtonAlong(
    new Float64Array(5).fill(10),
    5,
    100,
    10,
    10,
    3.5,
    Number.POSITIVE_INFINITY,
  );
  const edgeDb = 6.9 + 20 * Math.log10(Math.sqrt(1.01) - 0.1);
  expect(touching).toBeCloseTo(edgeDb + (1 - Math.exp(-edgeDb / 6)) * (10 + 0.02 * 0.4), 9);
});
