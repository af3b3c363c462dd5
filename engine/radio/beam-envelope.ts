// What an array reaches with its best beam in every direction: over the swept SSB beams for coverage, over the scan grid for
// traffic. Only the shape comes from the formula; the peak is the equipment's own, from its data sheet, because M.2101 sums
// are not normalised (`array-pattern.ts`). Takes 261 kB; sines are taken once per direction and once per beam, so that many
// beams cost little more than one.
import { cos, sin } from '../geo/steady-math.ts';
import { type AntennaArray, alignedPower, type Beam, beamGainDbi } from './array-pattern.ts';
import { wrapDeg } from './sector-pattern.ts';

export interface BeamEnvelope {
  readonly peakGainDbi: number;
  /** Loss below the peak per whole degree: 181 zenith rows of 361 azimuths from -180 to 180. */
  readonly lossDb: Float32Array;
}

/** The envelope of these beams. Throws RangeError without a beam. */
export function makeBeamEnvelope(
  array: AntennaArray,
  beams: readonly Beam[],
  peakGainDbi: number,
): BeamEnvelope {
  if (beams.length === 0) throw new RangeError('makeBeamEnvelope: expected at least one beam, got none');
  const { rows, rowSpacing, columns, columnSpacing } = array;
  const aims = beams.map(({ downtiltDeg, scanDeg }) => ({
    row: phaseOf(rows, rowSpacing, -sin(downtiltDeg * RADIANS)),
    column: phaseOf(columns, columnSpacing, cos(downtiltDeg * RADIANS) * sin(scanDeg * RADIANS)),
  }));
  const azimuthSines = Float64Array.from({ length: COLUMNS }, (_, i) => sin((i - 180) * RADIANS));
  const gainDbi = new Float64Array(ROWS * COLUMNS);
  for (let zenithDeg = 0; zenithDeg < ROWS; zenithDeg++) {
    const zenithSine = sin(zenithDeg * RADIANS);
    const rowPhase = phaseOf(rows, rowSpacing, cos(zenithDeg * RADIANS));
    const rowPowers = aims.map((aim) => powerOf(rows, rowPhase, aim.row));
    for (let i = 0; i < COLUMNS; i++) {
      const phase = phaseOf(columns, columnSpacing, zenithSine * azimuthSines[i]!);
      let most = 0;
      for (let beam = 0; beam < aims.length; beam++) {
        most = Math.max(most, rowPowers[beam]! * powerOf(columns, phase, aims[beam]!.column));
      }
      gainDbi[zenithDeg * COLUMNS + i] = beamGainDbi(array, most, i - 180, zenithDeg);
    }
  }
  const mostDbi = gainDbi.reduce((a, b) => Math.max(a, b));
  return { peakGainDbi, lossDb: Float32Array.from(gainDbi, (gain) => mostDbi - gain) };
}

/** Sine and cosine of half the phase step between two elements, and of as many of them as there are elements. */
interface Phase {
  readonly sine: number;
  readonly cosine: number;
  readonly sineOfAll: number;
  readonly cosineOfAll: number;
}

function phaseOf(count: number, spacing: number, direction: number): Phase {
  const half = Math.PI * spacing * direction;
  return {
    sine: sin(half),
    cosine: cos(half),
    sineOfAll: sin(count * half),
    cosineOfAll: cos(count * half),
  };
}

/** Share of the aligned power towards a direction from a beam that aims at another: sines of a difference. */
function powerOf(count: number, seen: Phase, aim: Phase): number {
  return alignedPower(
    count,
    seen.sineOfAll * aim.cosineOfAll - seen.cosineOfAll * aim.sineOfAll,
    seen.sine * aim.cosine - seen.cosine * aim.sine,
  );
}

/** Loss below the peak in dB for a direction seen from the panel, linear between whole degrees. */
export function envelopeLossDb(envelope: BeamEnvelope, azimuthDeg: number, zenithDeg: number): number {
  const x = wrapDeg(azimuthDeg) + 180;
  const y = Math.max(0, Math.min(180, zenithDeg));
  const column = Math.min(Math.floor(x), COLUMNS - 2);
  const row = Math.min(Math.floor(y), ROWS - 2);
  const at = row * COLUMNS + column;
  const { lossDb } = envelope;
  const above = lossDb[at]! + (x - column) * (lossDb[at + 1]! - lossDb[at]!);
  const under = lossDb[at + COLUMNS]! + (x - column) * (lossDb[at + COLUMNS + 1]! - lossDb[at + COLUMNS]!);
  return above + (y - row) * (under - above);
}

/** `count` SSB beams side by side over the width of the sector, all at one downtilt; at most 8 below 6 GHz (TS 38.213 4.1). */
export function sweptBeams(count: number, sectorWidthDeg: number, downtiltDeg: number): Beam[] {
  return Array.from({ length: count }, (_, i) => ({
    downtiltDeg,
    scanDeg: ((i + 0.5) / count - 0.5) * sectorWidthDeg,
  }));
}

/** Every pair of these downtilts and scan angles: where the traffic beam may point. */
export function scanGrid(downtiltsDeg: readonly number[], scansDeg: readonly number[]): Beam[] {
  return downtiltsDeg.flatMap((downtiltDeg) => scansDeg.map((scanDeg) => ({ downtiltDeg, scanDeg })));
}

const RADIANS = Math.PI / 180;
const ROWS = 181;
const COLUMNS = 361;
