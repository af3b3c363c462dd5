import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  downlinkRateMbps,
  type ExposureSource,
  equipmentProfiles,
  exposureShare,
  findEquipmentProfile,
  limitDistanceM,
  lteRateModel,
  nearFieldBoundaryM,
  nrRateModel,
  nrSinrDb,
  powerDensityWPerM2,
  publicLimitWPerM2,
  type UplinkBudget,
  uplinkMarginDb,
  uplinkMostLossDb,
} from '../../../engine/index.ts';

test('another neighbour or more load never raises the SINR', () => {
  const level = fc.double({ min: -140, max: -60, noNaN: true });
  const load = fc.double({ min: 0, max: 1, noNaN: true });
  const neighbour = fc.record({ levelDbm: level, load });
  fc.assert(
    fc.property(level, fc.array(neighbour, { maxLength: 6 }), neighbour, (serving, neighbours, more) => {
      const before = nrSinrDb(serving, neighbours, -122.2);
      const loaded = neighbours.map((one) => ({ ...one, load: 1 }));
      expect(nrSinrDb(serving, [...neighbours, more], -122.2)).toBeLessThanOrEqual(before + 1e-9);
      expect(nrSinrDb(serving, loaded, -122.2)).toBeLessThanOrEqual(before + 1e-9);
    }),
    { seed: 10, numRuns: 200 },
  );
});

const n78 = findEquipmentProfile('n78')!;

test('the rate follows TR 36.942 Annex A: 0.6 of Shannon, nothing below -10 dB, at most 4.4 bit/s/Hz', () => {
  const tenMhz = { resourceBlocks: 50, subcarrierKhz: 15, tddDownlinkShare: 1 };
  // 9 MHz · 0.6 · log2(1 + 1), and 9 MHz · 4.4
  expect(downlinkRateMbps(0, tenMhz, lteRateModel)).toBeCloseTo(5.4, 9);
  expect(downlinkRateMbps(40, tenMhz, lteRateModel)).toBeCloseTo(39.6, 9);
  expect(downlinkRateMbps(-10, tenMhz, lteRateModel)).toBeGreaterThan(0);
  expect(downlinkRateMbps(-10.01, tenMhz, lteRateModel)).toBe(0);
  expect(downlinkRateMbps(Number.NaN, tenMhz, lteRateModel)).toBe(0);
});

test('one layer of 256QAM on 100 MHz of n78 ends at 469 Mbit/s with 75 % downlink', () => {
  // 7.4063 bit/s/Hz · (1 − 0.14) · 98.28 MHz · 0.75
  expect(downlinkRateMbps(50, n78)).toBeCloseTo(469.5, 1);
  expect(downlinkRateMbps(50, { ...n78, tddDownlinkShare: 1 })).toBeCloseTo(469.5 / 0.75, 0);
  expect(downlinkRateMbps(50, n78, { ...nrRateModel, layers: 4 })).toBeCloseTo(
    4 * downlinkRateMbps(50, n78),
    9,
  );
});

test('a better SINR never lowers the rate', () => {
  const sinr = fc.double({ min: -20, max: 50, noNaN: true });
  fc.assert(
    fc.property(sinr, sinr, (a, b) => {
      expect(downlinkRateMbps(Math.max(a, b), n78)).toBeGreaterThanOrEqual(
        downlinkRateMbps(Math.min(a, b), n78),
      );
    }),
    { seed: 36942, numRuns: 200 },
  );
});

// Propagation reference 10.4: 26 dBm, 20 RB, 24 dBi, NF 3.5, SINR -3, no margin; and 23 dBm with 100 RB.
const uplink: UplinkBudget = {
  userPowerDbm: 26,
  resourceBlocks: 20,
  subcarrierKhz: 30,
  baseGainDbi: 24,
  feederLossDb: 0,
  baseNoiseFigureDb: 3.5,
  requiredSinrDb: -3,
  interferenceMarginDb: 0,
};

test('the uplink bears 154.93 dB at 26 dBm on 20 blocks and 144.94 dB at 23 dBm on 100', () => {
  expect(uplinkMostLossDb(uplink)).toBeCloseTo(154.93, 2);
  expect(uplinkMostLossDb({ ...uplink, userPowerDbm: 23, resourceBlocks: 100 })).toBeCloseTo(144.94, 2);
  expect(uplinkMarginDb(uplink, 150)).toBeCloseTo(4.93, 2);
  expect(uplinkMarginDb(uplink, 160)).toBeLessThan(0);
});

test('feeder loss and interference take their decibels from the uplink', () => {
  const poorer = { ...uplink, feederLossDb: 0.5, interferenceMarginDb: 3 };
  expect(uplinkMostLossDb(uplink) - uplinkMostLossDb(poorer)).toBeCloseTo(3.5, 12);
});

test('every profile has an uplink that can be computed with its own macro form', () => {
  for (const { macro, subcarrierKhz, uplink: defaults } of equipmentProfiles) {
    const budget = { ...defaults, subcarrierKhz, feederLossDb: macro.feederLossDb, interferenceMarginDb: 0 };
    const mostLossDb = uplinkMostLossDb({ ...budget, baseGainDbi: macro.trafficGainDbi });
    expect(mostLossDb).toBeGreaterThan(135);
    expect(mostLossDb).toBeLessThan(160);
  }
});

test('the public limit of GB 8702 is 0.4 W/m² up to 3 GHz and f/7500 above', () => {
  expect([700, 2600, 3000].map(publicLimitWPerM2)).toEqual([0.4, 0.4, 0.4]);
  expect(publicLimitWPerM2(3500)).toBeCloseTo(0.467, 3);
  expect(publicLimitWPerM2(4900)).toBeCloseTo(0.653, 3);
  expect(() => publicLimitWPerM2(3.5)).toThrow(/30 to 15000 MHz/);
});

// Worked numbers of domain reference section 9.
const macro: ExposureSource = { powerW: 200, gainDbi: 24, frequencyMhz: 3500, dutyShare: 1 };
test.each<[string, ExposureSource, number, number]>([
  ['full power', macro, 1, 93],
  ['75 % TDD', { ...macro, dutyShare: 0.75 }, 1, 80],
  ['75 % TDD and 25 % load', { ...macro, dutyShare: 0.75 * 0.25 }, 1, 40],
  ['a 20 W pole', { ...macro, powerW: 20, gainDbi: 12 }, 1, 7],
  ['below the panel at -20 dB', { ...macro, gainDbi: 4 }, 1, 9],
  ['a fifth of the limit, full power', macro, 0.2, 207],
  ['a fifth of the limit, averaged', { ...macro, dutyShare: 0.75 * 0.25 }, 0.2, 90],
])('limit distance at 3.5 GHz, %s', (_, source, share, metres) => {
  expect(Math.round(limitDistanceM(source, share))).toBe(metres);
});

test('at its limit distance a source takes the whole limit, and sources add up', () => {
  const distanceM = limitDistanceM(macro);
  expect(powerDensityWPerM2(macro, distanceM)).toBeCloseTo(publicLimitWPerM2(3500), 12);
  const low = { ...macro, frequencyMhz: 773 };
  const both = [
    { source: macro, distanceM: 2 * distanceM },
    { source: low, distanceM: 2 * limitDistanceM(low) },
  ];
  expect(exposureShare(both)).toBeCloseTo(0.5, 12);
  expect(exposureShare([])).toBe(0);
});

test('the far field of a 0.8 m panel at 3.5 GHz begins at 15 m', () => {
  expect(nearFieldBoundaryM(0.8, 3500)).toBeCloseTo(14.94, 2);
});
