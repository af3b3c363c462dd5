import { expect, test } from 'vitest';
import { deygoutLoss, knifeEdgeLossDb, MEDIAN_EARTH_RADIUS_KM } from '../../../engine/index.ts';

const link = {
  txHeightAmslM: 10,
  rxHeightAmslM: 10,
  frequencyGhz: 2.6,
  effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
};

test('one hill alone is a knife edge with the allowance for further obstacles', () => {
  const profile = { distanceKm: Float64Array.of(0, 1, 2), heightM: Float64Array.of(0, 40, 0) };
  const { lossDb, principal } = deygoutLoss(profile, link);
  const edgeDb = knifeEdgeLossDb(principal);
  expect(lossDb).toBeCloseTo(edgeDb + (1 - Math.exp(-edgeDb / 6)) * (10 + 0.04 * 2), 9);
});

test('ground far below the ray costs nothing', () => {
  const profile = { distanceKm: Float64Array.of(0, 1, 2), heightM: Float64Array.of(0, -60, 0) };
  expect(deygoutLoss(profile, link).lossDb).toBe(0);
});
