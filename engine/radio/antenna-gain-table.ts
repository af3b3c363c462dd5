// From an antenna and how it hangs to a table over directions on the ground: the loss below the peak of the sector that is
// strongest there, and which sector that is. The inner loops of coverage read it instead of computing patterns.
// Takes 1.3 MB; sectors with the same antenna and tilts share one computation and are turned by whole half degrees.
import { cos, sin } from '../geo/steady-math.ts';
import type { AntennaPattern } from '../model/antenna-pattern.ts';
import { type BeamEnvelope, envelopeLossDb } from './beam-envelope.ts';
import { makePatternReader, type PatternRule, patternGainDbi } from './pattern-gain.ts';
import { quickAtan2 } from './quick-atan2.ts';
import { type PatternShape, patternLossDb, tiltedDirection, verticalLossDb } from './sector-pattern.ts';

export type AntennaDescription =
  | { readonly kind: 'omni'; readonly verticalWidthDeg: number; readonly frontToBackDb: number }
  | ({ readonly kind: 'panel' } & PatternShape)
  | { readonly kind: 'file'; readonly pattern: AntennaPattern; readonly rule?: PatternRule }
  | { readonly kind: 'array'; readonly envelope: BeamEnvelope };

export interface AntennaSector {
  readonly antenna: AntennaDescription;
  /** Clockwise from north. */
  readonly azimuthDeg: number;
  /** The whole panel leans forward: down in front, up behind. */
  readonly mechanicalTiltDeg: number;
  /**
   * Shifts the vertical cut of `omni` and `panel` alike at every azimuth. Never added to `file` or `array`: a measured cut and
   * the beams of an envelope already contain their tilt.
   */
  readonly electricalTiltDeg: number;
}

export interface GainTable {
  /** Loss below the peak in dB: GAIN_ROWS elevations from -90 to 90, each GAIN_COLUMNS azimuths from 0 to 360. */
  readonly lossDb: Float32Array;
  /** Which sector is strongest there; the first of equals. */
  readonly sector: Uint8Array;
}

export const GAIN_STEP_DEG = 0.5;
/** 720 directions and the first once more, so that reading between two never wraps. */
export const GAIN_COLUMNS = 721;
export const GAIN_ROWS = 361;

/** Loss below the sector's peak in dB for one direction; azimuth clockwise from north, elevation positive upwards. */
export function antennaLossDb(sector: AntennaSector, azimuthDeg: number, elevationDeg: number): number {
  const { antenna, mechanicalTiltDeg } = sector;
  const ahead = azimuthDeg - sector.azimuthDeg;
  const seen =
    mechanicalTiltDeg === 0
      ? { azimuthDeg: ahead, zenithDeg: 90 - elevationDeg }
      : tiltedDirection(ahead, 90 - elevationDeg, mechanicalTiltDeg);
  if (antenna.kind !== 'file') return lossReader(sector)(seen.azimuthDeg, seen.zenithDeg);
  const { pattern, rule } = antenna;
  return pattern.gainDbi - patternGainDbi(pattern, seen.azimuthDeg, 90 - seen.zenithDeg, rule);
}

/** The table of all sectors of one station. Throws RangeError without a sector or with more than 255. */
export function makeGainTable(sectors: readonly AntennaSector[]): GainTable {
  if (sectors.length === 0 || sectors.length > 255) {
    throw new RangeError(`makeGainTable: expected 1 to 255 sectors, got ${sectors.length}`);
  }
  const turned = sectors.map((sector) => {
    const azimuthDeg = ((sector.azimuthDeg % 360) + 360) % 360;
    const steps = Math.floor(azimuthDeg / GAIN_STEP_DEG);
    return { steps, sector: { ...sector, azimuthDeg: azimuthDeg - steps * GAIN_STEP_DEG } };
  });
  const table = {
    lossDb: new Float32Array(GAIN_ROWS * GAIN_COLUMNS).fill(Number.POSITIVE_INFINITY),
    sector: new Uint8Array(GAIN_ROWS * GAIN_COLUMNS),
  };
  const losses: Float32Array[] = [];
  for (const [index, { sector, steps }] of turned.entries()) {
    const alike = turned.findIndex((other) => sameExceptWholeSteps(other.sector, sector));
    losses[index] = losses[alike] ?? keptLossesDb(sector);
    keepStronger(table, losses[index], steps, index);
  }
  return table;
}

/** Where a direction stands in a gain table: its nearest entry. */
export function gainTableEntry(azimuthDeg: number, elevationDeg: number): number {
  const turned = azimuthDeg - 360 * Math.floor(azimuthDeg / 360);
  const row = Math.round((Math.max(-90, Math.min(90, elevationDeg)) + 90) / GAIN_STEP_DEG);
  return row * GAIN_COLUMNS + Math.round(turned / GAIN_STEP_DEG);
}

function sameExceptWholeSteps(a: AntennaSector, b: AntennaSector): boolean {
  return (
    a.antenna === b.antenna &&
    a.azimuthDeg === b.azimuthDeg &&
    a.mechanicalTiltDeg === b.mechanicalTiltDeg &&
    a.electricalTiltDeg === b.electricalTiltDeg
  );
}

/** Kept for the last few tilts of an antenna: stations of a city mostly differ in where their sectors point. */
function keptLossesDb(sector: AntennaSector): Float32Array {
  const known = kept.get(sector.antenna) ?? [];
  const found = known.find((entry) => sameExceptWholeSteps(entry.sector, sector));
  if (found) return found.lossDb;
  const lossDb = sectorLossesDb(sector);
  kept.set(sector.antenna, [{ sector, lossDb }, ...known].slice(0, KEPT_TILTS));
  return lossDb;
}

const KEPT_TILTS = 8;
const kept = new WeakMap<
  AntennaDescription,
  readonly { readonly sector: AntennaSector; readonly lossDb: Float32Array }[]
>();

/** One sector in every direction. The angles a leaning panel sees come from products of sines taken once per row and column. */
function sectorLossesDb(sector: AntennaSector): Float32Array {
  const lossDb = new Float32Array(GAIN_ROWS * TURN);
  const lossAt = lossReader(sector);
  const leanSin = sin(sector.mechanicalTiltDeg * RADIANS);
  const leanCos = cos(sector.mechanicalTiltDeg * RADIANS);
  const aheadDeg = Float64Array.from({ length: TURN }, (_, i) => i * GAIN_STEP_DEG - sector.azimuthDeg);
  const aheadSin = aheadDeg.map((angle) => sin(angle * RADIANS));
  const aheadCos = aheadDeg.map((angle) => cos(angle * RADIANS));
  for (let row = 0; row < GAIN_ROWS; row++) {
    const zenithDeg = 180 - row * GAIN_STEP_DEG;
    const zenithSin = sin(zenithDeg * RADIANS);
    const zenithCos = cos(zenithDeg * RADIANS);
    for (let column = 0; column < TURN; column++) {
      if (leanSin === 0) {
        lossDb[row * TURN + column] = lossAt(aheadDeg[column]!, zenithDeg);
        continue;
      }
      const forward = aheadCos[column]! * zenithSin;
      const x = leanCos * forward - leanSin * zenithCos;
      const y = aheadSin[column]! * zenithSin;
      const up = leanSin * forward + leanCos * zenithCos;
      const seenZenithDeg = quickAtan2(Math.sqrt(x * x + y * y), up) / RADIANS;
      lossDb[row * TURN + column] = lossAt(quickAtan2(y, x) / RADIANS, seenZenithDeg);
    }
  }
  return lossDb;
}

/** The antenna's loss by the angles the panel sees. */
function lossReader(sector: AntennaSector): (azimuthDeg: number, zenithDeg: number) => number {
  const { antenna, electricalTiltDeg } = sector;
  switch (antenna.kind) {
    case 'omni': {
      const shape = { ...antenna, horizontalWidthDeg: 360 };
      return (_, zenithDeg) => verticalLossDb(zenithDeg, electricalTiltDeg, shape);
    }
    case 'panel':
      return (azimuthDeg, zenithDeg) => patternLossDb(azimuthDeg, zenithDeg, electricalTiltDeg, antenna);
    case 'file': {
      const read = makePatternReader(antenna.pattern, antenna.rule);
      return (azimuthDeg, zenithDeg) => read(azimuthDeg, 90 - zenithDeg);
    }
    case 'array':
      return (azimuthDeg, zenithDeg) => envelopeLossDb(antenna.envelope, azimuthDeg, zenithDeg);
  }
}

function keepStronger(table: GainTable, lossDb: Float32Array, steps: number, index: number): void {
  for (let row = 0; row < GAIN_ROWS; row++) {
    let from = (TURN - steps) % TURN;
    for (let column = 0; column < GAIN_COLUMNS; column++) {
      const loss = lossDb[row * TURN + from]!;
      from = from + 1 === TURN ? 0 : from + 1;
      const at = row * GAIN_COLUMNS + column;
      if (loss < table.lossDb[at]!) {
        table.lossDb[at] = loss;
        table.sector[at] = index;
      }
    }
  }
}

const RADIANS = Math.PI / 180;
/** Directions of one turn. */
const TURN = GAIN_COLUMNS - 1;
