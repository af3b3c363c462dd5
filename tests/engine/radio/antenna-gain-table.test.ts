import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AntennaDescription,
  type AntennaSector,
  antennaLossDb,
  GAIN_COLUMNS,
  GAIN_ROWS,
  gainTableEntry,
  makeBeamEnvelope,
  makeGainTable,
  parseAntennaFile,
  patternGainDbi,
  sweptBeams,
} from '../../../engine/index.ts';
import { quickAtan2 } from '../../../engine/radio/quick-atan2.ts';

const panel: AntennaDescription = {
  kind: 'panel',
  horizontalWidthDeg: 65,
  verticalWidthDeg: 12,
  frontToBackDb: 25,
};
const omni: AntennaDescription = { kind: 'omni', verticalWidthDeg: 15, frontToBackDb: 20 };
const pattern = parseAntennaFile(
  readFileSync(new URL('../../fixtures/vectors/msi_example.msi', import.meta.url), 'utf8'),
);
const file: AntennaDescription = { kind: 'file', pattern };
const array: AntennaDescription = {
  kind: 'array',
  envelope: makeBeamEnvelope(
    {
      columns: 4,
      rows: 8,
      columnSpacing: 0.5,
      rowSpacing: 0.7,
      element: { horizontalWidthDeg: 65, verticalWidthDeg: 65, frontToBackDb: 30 },
      elementGainDbi: 8,
    },
    sweptBeams(8, 120, 6),
    17,
  ),
};

const sectorOf = (antenna: AntennaDescription, more: Partial<AntennaSector> = {}): AntennaSector => ({
  antenna,
  azimuthDeg: 0,
  mechanicalTiltDeg: 0,
  electricalTiltDeg: 0,
  ...more,
});
const threeSectors = (more: Partial<AntennaSector>, turnDeg = 0): AntennaSector[] =>
  [20, 140, 260].map((azimuthDeg) => sectorOf(panel, { ...more, azimuthDeg: azimuthDeg + turnDeg }));

// Checks of propagation reference 9.2: element (65°, 65°, 30 dB), 6° of mechanical tilt, losses below its 8 dBi.
test.each([
  [0, -6, 0],
  [60, 0, 8 + 2.2968],
  [30, -6, 8 - 5.4722],
  [180, 5, 30],
])(
  'the tilted element loses at azimuth %d and elevation %d what the reference says',
  (azimuthDeg, elevationDeg, lossDb) => {
    const element: AntennaDescription = {
      kind: 'panel',
      horizontalWidthDeg: 65,
      verticalWidthDeg: 65,
      frontToBackDb: 30,
    };
    const sector = sectorOf(element, { mechanicalTiltDeg: 6 });
    expect(antennaLossDb(sector, azimuthDeg, elevationDeg)).toBeCloseTo(lossDb, 4);
  },
);

test('electrical tilt lowers a panel and an omni alike at every azimuth', () => {
  for (const antenna of [panel, omni]) {
    const sector = sectorOf(antenna, { electricalTiltDeg: 6 });
    for (const azimuthDeg of [0, 30, 60]) {
      expect(antennaLossDb(sector, azimuthDeg, -6)).toBeCloseTo(
        antennaLossDb(sectorOf(antenna), azimuthDeg, 0),
        9,
      );
    }
  }
});

test('electrical tilt is never added to a file or an array: they contain their own', () => {
  for (const antenna of [file, array]) {
    const tilted = sectorOf(antenna, { electricalTiltDeg: 8 });
    expect(antennaLossDb(tilted, 10, -6)).toBe(antennaLossDb(sectorOf(antenna), 10, -6));
  }
  expect(antennaLossDb(sectorOf(file), 0, -6)).toBeCloseTo(0, 6);
});

test('a file is read by the rule that is asked for, hybrid otherwise', () => {
  const lossDb = (antenna: AntennaDescription): number => antennaLossDb(sectorOf(antenna), 180, 0);
  expect(lossDb(file)).toBeCloseTo(pattern.gainDbi - patternGainDbi(pattern, 180, 0, 'hybrid'), 9);
  expect(lossDb({ ...file, rule: 'sum' })).toBeCloseTo(37.5, 5);
});

test('the table holds the least loss of all sectors at its entries and who had it', () => {
  const sectors = [
    sectorOf(panel, { azimuthDeg: 33.3, mechanicalTiltDeg: 2, electricalTiltDeg: 4 }),
    sectorOf(file, { azimuthDeg: 150, mechanicalTiltDeg: 3 }),
    sectorOf(array, { azimuthDeg: -100.5 }),
    sectorOf(omni, { azimuthDeg: 0, electricalTiltDeg: -20 }),
  ];
  const table = makeGainTable(sectors);
  expect([table.lossDb.length, table.sector.length]).toEqual([
    GAIN_ROWS * GAIN_COLUMNS,
    GAIN_ROWS * GAIN_COLUMNS,
  ]);
  const halfDegrees = (least: number, most: number) => fc.integer({ min: 2 * least, max: 2 * most });
  fc.assert(
    fc.property(halfDegrees(0, 360), halfDegrees(-90, 90), (azimuth, elevation) => {
      const losses = sectors.map((sector) => antennaLossDb(sector, azimuth / 2, elevation / 2));
      const entry = gainTableEntry(azimuth / 2, elevation / 2);
      expect(table.lossDb[entry]).toBeCloseTo(Math.min(...losses), 2);
      expect(losses[table.sector[entry]!]).toBeCloseTo(Math.min(...losses), 2);
    }),
    { seed: 720, numRuns: 500 },
  );
});

test('the last column is the first once more', () => {
  const { lossDb, sector } = makeGainTable(threeSectors({ electricalTiltDeg: 6 }));
  for (let row = 0; row < GAIN_ROWS; row++) {
    expect(lossDb[(row + 1) * GAIN_COLUMNS - 1]).toBe(lossDb[row * GAIN_COLUMNS]);
    expect(sector[(row + 1) * GAIN_COLUMNS - 1]).toBe(sector[row * GAIN_COLUMNS]);
  }
});

test('turning every azimuth turns the table, to the bit for half degrees', () => {
  const tilts = { mechanicalTiltDeg: 3, electricalTiltDeg: 4 };
  const still = makeGainTable(threeSectors(tilts));
  for (const turnDeg of [0.5, 37, 359.5, -120.5]) {
    const turned = makeGainTable(threeSectors(tilts, turnDeg));
    let different = 0;
    for (let azimuth = 0; azimuth < 720; azimuth++) {
      for (let elevation = -180; elevation <= 180; elevation += 3) {
        const before = gainTableEntry(azimuth / 2, elevation / 2);
        const after = gainTableEntry(azimuth / 2 + turnDeg, elevation / 2);
        if (still.lossDb[before] !== turned.lossDb[after]) different++;
      }
    }
    expect(different).toBe(0);
  }
});

test('a full turn more or less is the same azimuth, and equal sectors leave the first as the winner', () => {
  const one = makeGainTable([sectorOf(panel, { azimuthDeg: 350 })]);
  const other = makeGainTable([sectorOf(panel, { azimuthDeg: -10 }), sectorOf(panel, { azimuthDeg: 710 })]);
  expect(other.lossDb.every((lossDb, at) => lossDb === one.lossDb[at])).toBe(true);
  expect(new Set(other.sector)).toEqual(new Set([0]));
});

test('another sector never makes a direction weaker', () => {
  const sectors = threeSectors({ electricalTiltDeg: 6 });
  const two = makeGainTable(sectors.slice(0, 2));
  const three = makeGainTable(sectors);
  expect(three.lossDb.every((lossDb, at) => lossDb <= two.lossDb[at]!)).toBe(true);
  expect(three.lossDb.some((lossDb, at) => lossDb < two.lossDb[at]! - 10)).toBe(true);
});

test('a table of no sector, or of more than 255, is a wrong call', () => {
  expect(() => makeGainTable([])).toThrow(RangeError);
  expect(() => makeGainTable(Array.from({ length: 256 }, () => sectorOf(omni)))).toThrow(RangeError);
});

test('the quick angle of a direction is exact to 3e-8 rad all round', () => {
  const side = fc.double({ min: -1, max: 1, noNaN: true });
  // A zero has no sign here: half a turn is plus half a turn, and no direction is straight ahead.
  const exactly = (y: number, x: number): number => Math.atan2(y === 0 ? 0 : y, x === 0 ? 0 : x);
  fc.assert(
    fc.property(side, side, (y, x) => {
      expect(Math.abs(quickAtan2(y, x) - exactly(y, x))).toBeLessThan(3e-8);
    }),
    {
      seed: 4449,
      numRuns: 2000,
      examples: [
        [0, 0],
        [0, 1],
        [1, 0],
        [-1, 0],
        [1, 1],
        [-1, -1],
      ],
    },
  );
});
