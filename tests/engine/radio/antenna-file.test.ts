import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AntennaFileOptions,
  type AntennaPattern,
  cutLossDb,
  PlanningError,
  parseAntennaFile,
  patternGainDbi,
} from '../../../engine/index.ts';

const example = readFileSync(new URL('../../fixtures/vectors/msi_example.msi', import.meta.url), 'utf8');
const exampleLines = example.trimEnd().split(/\r?\n/);
const parsed = parseAntennaFile(example);

test('the header of msi_example.msi is read: name, maker, frequency, 14.85 dBd as 17 dBi, tilt from the cut', () => {
  const { name, maker, frequencyMhz, gainDbi, gainUnitAssumed, electricalTiltDeg, warnings } = parsed;
  expect({ name, maker, frequencyMhz, gainUnitAssumed, electricalTiltDeg, warnings }).toEqual({
    name: 'EXAMPLE-65-6T',
    maker: 'SYNTHETIC',
    frequencyMhz: 2600,
    gainUnitAssumed: 'none',
    electricalTiltDeg: 6,
    warnings: [],
  });
  expect(gainDbi).toBeCloseTo(17, 12);
});

test('the hybrid rule is the default', () => {
  expect(patternGainDbi(parsed, 65, 0)).toBe(patternGainDbi(parsed, 65, 0, 'hybrid'));
  expect(patternGainDbi(parsed, 65, 0)).not.toBe(patternGainDbi(parsed, 65, 0, 'sum'));
});

/** A small file: losses at these angles, the rest of the header as given. */
function fileOf(parts: {
  header?: string[];
  horizontal?: string[];
  vertical?: string[];
  count?: boolean;
}): string {
  const square = ['0 0', '90 10', '180 30', '270 10'];
  const horizontal = parts.horizontal ?? square;
  const vertical = parts.vertical ?? square;
  const count = (lines: string[]): string => (parts.count === false ? '' : ` ${lines.length}`);
  return [
    'NAME small',
    ...(parts.header ?? ['GAIN 10 dBi']),
    `HORIZONTAL${count(horizontal)}`,
    ...horizontal,
    `VERTICAL${count(vertical)}`,
    ...vertical,
  ].join('\n');
}
const dense = Array.from({ length: 36 }, (_, i) => `${i * 10} ${i === 0 ? 0 : 10}`);
/** No announced count is too sparse, no warning about gaps. */
const whole = { horizontal: dense, vertical: dense };
const codesOf = ({ warnings }: AntennaPattern): string[] => warnings.map(({ code }) => code);

test('keywords in any case and order, with tabs, CR-LF, a byte order mark and comma decimals say the same', () => {
  const [, , ...tables] = fileOf({ ...whole, header: ['x'] }).split('\n');
  const odd = [
    '\uFEFFvertical 36',
    ...dense.map((line) => line.replace(' ', '\t')),
    '',
    'gain:  10,5 DBI',
    'Horizontal = 36',
  ]
    .concat(dense.map((line) => ` ${line},0 `))
    .concat(['name  small', 'frequency 2,6 GHz', 'colour blue'])
    .join('\r\n');
  const plain = parseAntennaFile(['NAME small', 'GAIN 10.5 dBi', 'FREQUENCY 2600', ...tables].join('\n'));
  expect(parseAntennaFile(odd)).toEqual(plain);
});

test('angles may be fractional, shuffled, fewer than 360, or hold both 0 and 360', () => {
  const lines = ['360 0', '22.5 1', '45 3', '67,5 6', '0 0', '90 12', ...dense.slice(10)].reverse();
  const { horizontalLossDb, warnings } = parseAntennaFile(fileOf({ ...whole, horizontal: lines }));
  expect(warnings).toEqual([]);
  // Halfway between 22.5° and 45°, and between 350° (10 dB) and 360° (0 dB).
  expect(cutLossDb(horizontalLossDb, 33.75)).toBeCloseTo(2, 1);
  expect(cutLossDb(horizontalLossDb, 355)).toBeCloseTo(5, 6);
  expect(cutLossDb(horizontalLossDb, -5)).toBeCloseTo(5, 6);
});

test('more lines than announced are read, two values for one angle are pointed at', () => {
  const lines = [...dense, '10 7'];
  const text = fileOf({ ...whole, horizontal: lines }).replace('HORIZONTAL 37', 'HORIZONTAL 36');
  const pattern = parseAntennaFile(text);
  expect(pattern.warnings).toEqual([
    { code: 'COVERAGE_ANTENNA_ANGLE_REPEATED', found: { keyword: 'HORIZONTAL', angleDeg: 10, line: 40 } },
  ]);
  expect(cutLossDb(pattern.horizontalLossDb, 10)).toBe(10);
});

test('thousands of repeated angles are pointed at once', () => {
  const again = Array.from({ length: 5000 }, (_, i) => `10 ${20 + (i % 7)}`);
  const text = fileOf({ ...whole, horizontal: [...dense, ...again] });
  expect(codesOf(parseAntennaFile(text))).toEqual(['COVERAGE_ANTENNA_ANGLE_REPEATED']);
});

test.each(['1e308', '-1e308', '10001'])('a loss of %s dB is refused with its line', (loss) => {
  const text = fileOf({ ...whole, horizontal: [...dense, `10 ${loss}`] });
  expect(() => parseAntennaFile(text)).toThrowError(/COVERAGE_ANTENNA_NUMBER .*"line":40/);
});

test.each(['1000000000 dBi', '1e9 dBi', '-500', '101'])('a GAIN of %s is refused', (gain) => {
  const text = fileOf({ ...whole, header: [`GAIN ${gain}`] });
  expect(() => parseAntennaFile(text)).toThrowError(/COVERAGE_ANTENNA_NUMBER/);
});

test('a tilt beyond straight down and a frequency that is no number are not taken', () => {
  const header = ['GAIN 17 dBi', 'ELECTRICAL_TILT 9999', `FREQUENCY ${'9'.repeat(400)}`];
  const { electricalTiltDeg, frequencyMhz } = parseAntennaFile(fileOf({ ...whole, header }));
  expect(Math.abs(electricalTiltDeg)).toBeLessThanOrEqual(90);
  expect(frequencyMhz).toBeNull();
});

test.each<[string, AntennaFileOptions, number, string, boolean]>([
  ['17 dBi', {}, 17, 'none', false],
  ['17dBi', { gainUnit: 'dBd' }, 17, 'none', false],
  ['14.85 dBd', {}, 17, 'none', false],
  ['14,85 (dBd)', {}, 17, 'none', false],
  ['14.85', {}, 17, 'dBd', false],
  ['17', { gainUnit: 'dBi' }, 17, 'dBi', false],
  ['14.85 dB', {}, 17, 'dBd', false],
  ['25.5', {}, 27.65, 'dBd', true],
  ['25.5', { gainUnit: 'dBi' }, 25.5, 'dBi', false],
  ['25.5 dBi', {}, 25.5, 'none', false],
])('GAIN %s with %o is %d dBi', (value, options, gainDbi, assumed, warned) => {
  const pattern = parseAntennaFile(fileOf({ ...whole, header: [`GAIN ${value}`] }), options);
  expect(pattern.gainDbi).toBeCloseTo(gainDbi, 9);
  expect(pattern.gainUnitAssumed).toBe(assumed);
  expect(codesOf(pattern)).toEqual(warned ? ['COVERAGE_ANTENNA_LIKELY_DBI'] : []);
});

test('negative gains are turned into losses with a warning', () => {
  const negative = example.replace(/^(\d+) ([1-9]\d*|0\.\d*[1-9])/gm, '$1 -$2');
  const pattern = parseAntennaFile(negative);
  expect(codesOf(pattern)).toEqual(['COVERAGE_ANTENNA_NEGATIVE', 'COVERAGE_ANTENNA_NEGATIVE']);
  expect(pattern.horizontalLossDb).toEqual(parsed.horizontalLossDb);
  expect(pattern.verticalLossDb).toEqual(parsed.verticalLossDb);
});

test('a few values above the peak among losses count as zero and are counted', () => {
  const pattern = parseAntennaFile(fileOf({ ...whole, horizontal: ['0 -0.2', '5 -0.1', ...dense.slice(1)] }));
  expect(pattern.warnings).toEqual([
    { code: 'COVERAGE_ANTENNA_ABOVE_PEAK', found: { keyword: 'HORIZONTAL', count: 2 } },
  ]);
  expect(Math.min(...pattern.horizontalLossDb)).toBe(0);
});

/** The example with its vertical cut mirrored: its peak at 354 degrees. */
const upsideDown = [
  ...exampleLines.slice(0, 372),
  ...Array.from({ length: 360 }, (_, i) => `${(360 - i) % 360} ${exampleLines[372 + i]!.split(' ')[1]}`),
].join('\n');

test('a tilted cut that points up is turned over with a warning', () => {
  expect(exampleLines[371]).toBe('VERTICAL 360');
  const pattern = parseAntennaFile(upsideDown);
  expect(pattern.warnings).toEqual([{ code: 'COVERAGE_ANTENNA_UPSIDE_DOWN', found: { angleDeg: 354 } }]);
  expect(pattern.verticalLossDb).toEqual(parsed.verticalLossDb);
  expect(pattern.electricalTiltDeg).toBe(6);
});

test('without a stated tilt, or with a mechanical one, a cut that points up stays as it is', () => {
  for (const tilt of ['', 'TILT MECHANICAL', 'TILT 0']) {
    const pattern = parseAntennaFile(upsideDown.replace('TILT ELECTRICAL', tilt));
    expect(pattern.warnings).toEqual([]);
    expect(cutLossDb(pattern.verticalLossDb, 354)).toBe(0);
    expect(pattern.electricalTiltDeg).toBe(tilt === 'TILT 0' ? 0 : -6);
  }
});

test('a stated tilt is taken as stated, a frequency range as its middle', () => {
  const pattern = parseAntennaFile(
    fileOf({ ...whole, header: ['GAIN 10 dBi', 'ELECTRICAL_TILT 4', 'FREQUENCY 1710-2170 MHz'] }),
  );
  expect([pattern.electricalTiltDeg, pattern.frequencyMhz]).toEqual([4, 1940]);
  expect(
    parseAntennaFile(fileOf({ ...whole, header: ['GAIN 1', 'FREQUENCY L band'] })).frequencyMhz,
  ).toBeNull();
});

function refusalOf(text: string): { code: string; found: Record<string, string | number> } {
  try {
    parseAntennaFile(text);
  } catch (error) {
    if (error instanceof PlanningError) return { code: error.code, found: error.found };
    throw error;
  }
  return { code: 'none', found: {} };
}

test.each<[string, string, object]>([
  ['nothing but blanks', ' \r\n\t', { code: 'COVERAGE_ANTENNA_EMPTY' }],
  ['no gain', fileOf({ ...whole, header: [] }), { code: 'COVERAGE_ANTENNA_NO_GAIN' }],
  ['a gain without its value', fileOf({ ...whole, header: ['GAIN'] }), { code: 'COVERAGE_ANTENNA_NO_GAIN' }],
  [
    'a gain in words',
    fileOf({ ...whole, header: ['GAIN high'] }),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 2, found: 'GAIN high' } },
  ],
  [
    'a loss in words',
    fileOf({ ...whole, horizontal: ['0 0', '1 low'] }),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 5, found: '1 low' } },
  ],
  [
    'an angle alone',
    fileOf({ ...whole, horizontal: ['0 0', '1'] }),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 5, found: '1' } },
  ],
  [
    'three columns',
    fileOf({ ...whole, horizontal: ['0 0 0'] }),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 4, found: '0 0 0' } },
  ],
  [
    'a loss without end',
    fileOf({ ...whole, horizontal: ['0 1e999'] }),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 4, found: '0 1e999' } },
  ],
  [
    'a count in words',
    fileOf(whole).replace('HORIZONTAL 36', 'HORIZONTAL many'),
    { code: 'COVERAGE_ANTENNA_NUMBER', found: { line: 3, found: 'many' } },
  ],
  [
    'no cut at all',
    'GAIN 3',
    {
      code: 'COVERAGE_ANTENNA_CUT_SHORT',
      found: { keyword: 'HORIZONTAL', expected: 360, found: 0, line: 1 },
    },
  ],
  [
    'a cut that ends early',
    fileOf(whole).replace('VERTICAL 36', 'VERTICAL 40'),
    { code: 'COVERAGE_ANTENNA_CUT_SHORT', found: { keyword: 'VERTICAL', expected: 40, found: 36, line: 76 } },
  ],
  [
    'a cut without count that leaves a hole',
    fileOf({ ...whole, vertical: dense.slice(0, 20), count: false }),
    {
      code: 'COVERAGE_ANTENNA_CUT_SHORT',
      found: { keyword: 'VERTICAL', expected: 360, found: 20, line: 60 },
    },
  ],
])('%s is refused with its place', (_, text, refusal) => {
  expect(refusalOf(text)).toMatchObject(refusal);
});

test('a hole in a cut that announces its lines is bridged with a warning', () => {
  const pattern = parseAntennaFile(fileOf({}));
  expect(pattern.warnings).toEqual(
    ['HORIZONTAL', 'VERTICAL'].map((keyword) => ({
      code: 'COVERAGE_ANTENNA_ANGLE_GAP',
      found: { keyword, gapDeg: 90 },
    })),
  );
  expect(cutLossDb(pattern.horizontalLossDb, 45)).toBeCloseTo(5, 6);
});

test('the example cut off after any of its lines is refused with a code and the cut that is short', () => {
  const refusals = exampleLines.map((_, kept) => refusalOf(exampleLines.slice(0, kept).join('\n')));
  expect(refusals.length).toBe(732);
  expect(refusals.filter(({ code }) => !code.startsWith('COVERAGE_ANTENNA_'))).toEqual([]);
  expect(refusals[600]).toEqual({
    code: 'COVERAGE_ANTENNA_CUT_SHORT',
    found: { keyword: 'VERTICAL', expected: 360, found: 228, line: 600 },
  });
});

test('whatever stands in a file, the answer is a pattern or a coded refusal', () => {
  const word = fc.constantFrom(
    'HORIZONTAL',
    'vertical 3',
    'GAIN',
    'gain 17',
    '0 0',
    '120 3',
    '240,5 -3',
    '1e999 1',
    'TILT',
    '\u2028',
    '天线 1',
    ';',
    '"',
  );
  const line = fc.oneof(word, fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      expect(refusalOf(lines.join('\n')).code).toMatch(/^(none|COVERAGE_ANTENNA_[A-Z_]+)$/);
    }),
    { seed: 94, numRuns: 500 },
  );
});

/** A pattern as an MSI text in whole degrees. */
function printed(pattern: AntennaPattern): string {
  const table = (cut: Float32Array): string[] =>
    Array.from({ length: 360 }, (_, degree) => `${degree} ${cut[degree * 10]}`);
  return [
    `NAME ${pattern.name}`,
    `GAIN ${pattern.gainDbi} dBi`,
    `TILT ${pattern.electricalTiltDeg}`,
    'HORIZONTAL 360',
    ...table(pattern.horizontalLossDb),
    'VERTICAL 360',
    ...table(pattern.verticalLossDb),
  ].join('\n');
}

test('a pattern that is printed and read again has the same gains in every direction', () => {
  const degree = fc.double({ min: -360, max: 360, noNaN: true });
  const losses = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 360, maxLength: 360 });
  fc.assert(
    fc.property(
      losses,
      losses,
      fc.array(fc.tuple(degree, degree), { minLength: 20 }),
      (across, down, directions) => {
        const text = fileOf({
          header: ['GAIN 12 dBi', 'TILT 0'],
          horizontal: across.map((lossDb, i) => `${i} ${lossDb}`),
          vertical: down.map((lossDb, i) => `${i} ${lossDb}`),
        });
        const first = parseAntennaFile(text);
        const again = parseAntennaFile(printed(first));
        for (const [azimuthDeg, elevationDeg] of directions) {
          expect(patternGainDbi(again, azimuthDeg, elevationDeg)).toBeCloseTo(
            patternGainDbi(first, azimuthDeg, elevationDeg),
            4,
          );
        }
      },
    ),
    { seed: 9, numRuns: 20 },
  );
});
