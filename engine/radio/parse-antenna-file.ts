// MSI and PLN antenna files: keywords in any case and order, one per line, then two tables of angle and loss. What is certain
// is repaired with a warning (gains instead of losses, a cut upside down); what is not is refused with its line.
// Conventions: angles clockwise from the boresight and downwards from the horizon; a gain without a unit is dBd.

import type { AntennaPattern, AntennaWarning } from '../model/antenna-pattern.ts';
import { PlanningError } from '../model/planning-error.ts';
import {
  type CutKeyword,
  type CutLines,
  makeAntennaCut,
  peakAngleDeg,
  turnedOver,
} from './make-antenna-cut.ts';

export interface AntennaFileOptions {
  /** Unit of a gain that names none; without it such a gain counts as dBd. */
  readonly gainUnit?: 'dBd' | 'dBi';
}

/**
 * The pattern of a decoded text. Throws COVERAGE_ANTENNA_EMPTY, COVERAGE_ANTENNA_NO_GAIN, COVERAGE_ANTENNA_NUMBER with its
 * line, COVERAGE_ANTENNA_CUT_SHORT with keyword, expected and found lines and the last line that belongs to the cut.
 */
export function parseAntennaFile(text: string, options: AntennaFileOptions = {}): AntennaPattern {
  if (text.trim() === '') throw new PlanningError('COVERAGE_ANTENNA_EMPTY');
  const { header, cuts, lineCount } = readLines(text);
  const warnings: AntennaWarning[] = [];
  const gain = readGain(header, options.gainUnit, warnings);
  const horizontalLossDb = makeAntennaCut('HORIZONTAL', cuts.get('HORIZONTAL'), lineCount, warnings);
  const upright = makeAntennaCut('VERTICAL', cuts.get('VERTICAL'), lineCount, warnings);
  const tilt = readTilt(header);
  const peakDeg = peakAngleDeg(upright);
  const upsideDown = tilt.tiltedDown && peakDeg > 180 && peakDeg < 360 - 0.5;
  if (upsideDown) {
    warnings.push({ code: 'COVERAGE_ANTENNA_UPSIDE_DOWN', found: { angleDeg: tenth(peakDeg) } });
  }
  const verticalLossDb = upsideDown ? turnedOver(upright) : upright;
  const downDeg = upsideDown ? 360 - peakDeg : peakDeg;
  return {
    name: header.get('NAME')?.value ?? '',
    maker: (header.get('MAKE') ?? header.get('MANUFACTURER'))?.value ?? '',
    frequencyMhz: readFrequencyMhz(header.get('FREQUENCY')?.value ?? ''),
    ...gain,
    electricalTiltDeg: tilt.statedDeg ?? tenth(downDeg > 180 ? downDeg - 360 : downDeg),
    horizontalLossDb,
    verticalLossDb,
    warnings,
  };
}

type Header = ReadonlyMap<string, { readonly value: string; readonly line: number }>;

/** Lines to keywords and tables. A line that starts with a letter is a keyword and ends the table before it. */
function readLines(text: string) {
  const header = new Map<string, { value: string; line: number }>();
  const cuts = new Map<CutKeyword, CutLines>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  let table: CutLines | null = null;
  for (const [at, raw] of lines.entries()) {
    const line = at + 1;
    const content = raw.trim();
    if (content === '') continue;
    const [, word, value = ''] = /^(\p{L}[\p{L}_]*)\s*[:=]?\s*(.*)$/su.exec(content) ?? [];
    if (word === undefined) {
      if (table) addRow(table, content, line);
      continue;
    }
    const keyword = word.toUpperCase();
    table = null;
    if (keyword === 'HORIZONTAL' || keyword === 'VERTICAL') {
      table = { expected: readCount(value, line), rows: [], lastLine: line };
      // A second table of the same name is read past: the first one counts.
      if (!cuts.has(keyword)) cuts.set(keyword, table);
    } else if (!header.has(keyword)) {
      header.set(keyword, { value, line });
    }
  }
  return { header, cuts, lineCount: lines.length };
}

function addRow(table: CutLines, content: string, line: number): void {
  const split = content.split(/[\s;]+/);
  // One word with one comma can only be two numbers; in two words a comma is a decimal one.
  const [angle, loss, more] = split.length === 1 ? content.split(',') : split;
  const angleDeg = readNumber(angle);
  const lossDb = readNumber(loss);
  const isPoint =
    angleDeg !== null &&
    lossDb !== null &&
    Math.abs(angleDeg) <= WIDEST_ANGLE_DEG &&
    Math.abs(lossDb) <= DEEPEST_LOSS_DB;
  if (!isPoint || more !== undefined) {
    throw new PlanningError('COVERAGE_ANTENNA_NUMBER', { line, found: content.slice(0, 60) });
  }
  table.rows.push({ angleDeg, lossDb, line });
  table.lastLine = line;
}

function readCount(value: string, line: number): number | null {
  if (value === '') return null;
  const count = readNumber(value.split(/\s/)[0]);
  if (count === null || count < 0 || !Number.isInteger(count)) {
    throw new PlanningError('COVERAGE_ANTENNA_NUMBER', { line, found: value.slice(0, 60) });
  }
  return count;
}

function readNumber(word: string | undefined): number | null {
  if (word === undefined || !/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(word)) return null;
  const value = Number(word.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

function readGain(header: Header, unit: 'dBd' | 'dBi' | undefined, warnings: AntennaWarning[]) {
  const entry = header.get('GAIN');
  if (!entry || entry.value === '') throw new PlanningError('COVERAGE_ANTENNA_NO_GAIN');
  const value = readNumber(/^[+-]?[\d.,]+(?:e[+-]?\d+)?/i.exec(entry.value)?.[0]);
  const statedUnit = /db([id])\b/i.exec(entry.value)?.[1]?.toLowerCase();
  if (value === null || Math.abs(value) > LARGEST_GAIN_DB) {
    throw new PlanningError('COVERAGE_ANTENNA_NUMBER', {
      line: entry.line,
      found: `GAIN ${entry.value}`.slice(0, 60),
    });
  }
  const inDbi = statedUnit ? statedUnit === 'i' : unit === 'dBi';
  if (!statedUnit && unit === undefined && value > HIGHEST_LIKELY_DBD) {
    warnings.push({ code: 'COVERAGE_ANTENNA_LIKELY_DBI', found: { gain: value } });
  }
  const gainUnitAssumed = statedUnit ? ('none' as const) : (unit ?? ('dBd' as const));
  return { gainDbi: inDbi ? value : value + DIPOLE_GAIN_DBI, gainUnitAssumed };
}

/** MHz; a range counts as its middle, GHz are turned into MHz, anything else is null. */
function readFrequencyMhz(value: string): number | null {
  const ends = [...value.matchAll(/\d+(?:[.,]\d+)?/g)].slice(0, 2).map(([digits]) => readNumber(digits) ?? 0);
  if (ends.length === 0) return null;
  const middle = ends.reduce((sum, end) => sum + end, 0) / ends.length;
  if (!(middle > 0)) return null;
  return /ghz/i.test(value) ? middle * 1000 : middle;
}

/** The stated angle, and whether the cut must therefore point below the horizon. A mechanical tilt is not part of the cut. */
function readTilt(header: Header): { statedDeg: number | null; tiltedDown: boolean } {
  const value = (header.get('ELECTRICAL_TILT') ?? header.get('TILT'))?.value ?? '';
  if (/mech/i.test(value)) return { statedDeg: null, tiltedDown: false };
  const numberDeg = readNumber(/[+-]?\d+(?:[.,]\d+)?/.exec(value)?.[0]);
  const statedDeg = numberDeg !== null && Math.abs(numberDeg) <= STEEPEST_TILT_DEG ? numberDeg : null;
  return { statedDeg, tiltedDown: statedDeg === null ? /elec/i.test(value) : statedDeg > 0 };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Gain of a half-wave dipole. */
const DIPOLE_GAIN_DBI = 2.15;
/** No panel has more over a dipole; a higher number is most likely over the isotropic source. */
const HIGHEST_LIKELY_DBD = 25;
/** Beyond these a number is a slip or another quantity: two turns, a null of a pattern, a dish, straight down. */
const WIDEST_ANGLE_DEG = 720;
const DEEPEST_LOSS_DB = 10_000;
const LARGEST_GAIN_DB = 100;
const STEEPEST_TILT_DEG = 90;
