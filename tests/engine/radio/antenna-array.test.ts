import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AntennaArray,
  arrayGainDbi,
  envelopeLossDb,
  makeBeamEnvelope,
  scanGrid,
  sweptBeams,
} from '../../../engine/index.ts';

const element = { horizontalWidthDeg: 65, verticalWidthDeg: 65, frontToBackDb: 30 };
const panel: AntennaArray = {
  columns: 8,
  rows: 8,
  columnSpacing: 0.5,
  rowSpacing: 0.7,
  element,
  elementGainDbi: 8,
};

// 8 dBi + 10 log 64 less what the element loses at 96° and 30°: propagation reference 9.3
test('the beam points to its scan angle and not to the mirror image', () => {
  const beam = { downtiltDeg: 6, scanDeg: 30 };
  expect(arrayGainDbi(panel, beam, 30, 96)).toBeCloseTo(23.4033, 3);
  expect(arrayGainDbi(panel, beam, -30, 96)).toBeLessThan(arrayGainDbi(panel, beam, 30, 96) - 10);
});

test('mirrored scan angles give mirrored beams, and the dark between lobes stays a number', () => {
  const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
  fc.assert(
    fc.property(degrees(180), degrees(90), degrees(60), (azimuthDeg, elevationDeg, scanDeg) => {
      const zenithDeg = 90 - elevationDeg;
      const gainDbi = arrayGainDbi(panel, { downtiltDeg: 6, scanDeg }, azimuthDeg, zenithDeg);
      const mirrored = arrayGainDbi(panel, { downtiltDeg: 6, scanDeg: -scanDeg }, -azimuthDeg, zenithDeg);
      expect(gainDbi).toBeGreaterThan(-200);
      if (gainDbi > -40) expect(mirrored).toBeCloseTo(gainDbi, 5);
    }),
    { seed: 2101, numRuns: 300 },
  );
});

const ssbBeams = sweptBeams(8, 120, 6);
const ssb = makeBeamEnvelope({ ...panel, columns: 4 }, ssbBeams, 17);
const traffic = makeBeamEnvelope(panel, scanGrid([0, 6, 12], [-45, -30, -15, 0, 15, 30, 45]), 24.5);

test('eight swept beams stand side by side over the sector', () => {
  expect(ssbBeams.map(({ scanDeg }) => scanDeg)).toEqual([-52.5, -37.5, -22.5, -7.5, 7.5, 22.5, 37.5, 52.5]);
});

test('an envelope has the gain of the data sheet at its peak and is nowhere stronger', () => {
  for (const envelope of [ssb, traffic]) expect(Math.min(...envelope.lossDb)).toBe(0);
  expect([ssb.peakGainDbi, traffic.peakGainDbi]).toEqual([17, 24.5]);
  // The beam without tilt meets no loss of the element; the others lose a little to it.
  expect(envelopeLossDb(traffic, 0, 90)).toBe(0);
});

test('between any two whole degrees the envelope differs as the strongest of its beams does', () => {
  const strongestDbi = (azimuthDeg: number, zenithDeg: number): number =>
    Math.max(...ssbBeams.map((beam) => arrayGainDbi({ ...panel, columns: 4 }, beam, azimuthDeg, zenithDeg)));
  const whole = fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: 0, max: 180 }));
  fc.assert(
    fc.property(whole, whole, (one, other) => {
      expect(envelopeLossDb(ssb, ...one) - envelopeLossDb(ssb, ...other)).toBeCloseTo(
        strongestDbi(...other) - strongestDbi(...one),
        3,
      );
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('within 45 degrees of the boresight the swept beams lose at most 8 dB, one beam alone more than 20', () => {
  const single = makeBeamEnvelope(panel, [{ downtiltDeg: 6, scanDeg: 0 }], 24.5);
  const across = Array.from({ length: 91 }, (_, i) => i - 45);
  expect(Math.max(...across.map((azimuthDeg) => envelopeLossDb(ssb, azimuthDeg, 96)))).toBeLessThan(8);
  expect(Math.max(...across.map((azimuthDeg) => envelopeLossDb(single, azimuthDeg, 96)))).toBeGreaterThan(20);
});

test('an envelope of mirrored beams is its own mirror image', () => {
  for (let azimuthDeg = 0; azimuthDeg <= 180; azimuthDeg += 7.5) {
    expect(envelopeLossDb(ssb, azimuthDeg, 97.3)).toBeCloseTo(envelopeLossDb(ssb, -azimuthDeg, 97.3), 4);
  }
});

test('an envelope without a beam is a wrong call', () => {
  expect(() => makeBeamEnvelope(panel, [], 17)).toThrow(RangeError);
});
