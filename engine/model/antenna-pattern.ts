// A measured antenna: the two cuts of a pattern file, resampled to tenths of a degree. The vertical cut already contains the
// electrical tilt the file was measured with.

export interface AntennaPattern {
  readonly name: string;
  readonly maker: string;
  /** The middle of a stated range; null when the file names none. */
  readonly frequencyMhz: number | null;
  readonly gainDbi: number;
  /** The unit taken for a gain that names none; `none` when the file states it. */
  readonly gainUnitAssumed: 'dBd' | 'dBi' | 'none';
  /** Stated in the file, else where its vertical cut is strongest; below the horizon is positive. */
  readonly electricalTiltDeg: number;
  /** Loss below the peak at 0.0, 0.1 … 359.9 degrees clockwise from the boresight. */
  readonly horizontalLossDb: Float32Array;
  /** The same from the horizon in front downwards: 90 is straight down, 180 the back, 270 straight up. */
  readonly verticalLossDb: Float32Array;
  readonly warnings: readonly AntennaWarning[];
}

export const antennaWarningCodes = [
  'COVERAGE_ANTENNA_ANGLE_REPEATED',
  'COVERAGE_ANTENNA_ANGLE_GAP',
  'COVERAGE_ANTENNA_ABOVE_PEAK',
  'COVERAGE_ANTENNA_NEGATIVE',
  'COVERAGE_ANTENNA_LIKELY_DBI',
  'COVERAGE_ANTENNA_UPSIDE_DOWN',
] as const;
export type AntennaWarningCode = (typeof antennaWarningCodes)[number];

/** What a person should look at; the sentences live in server/errors.ts. */
export interface AntennaWarning {
  readonly code: AntennaWarningCode;
  readonly found: Readonly<Record<string, string | number>>;
}

/** Samples per cut and per degree. */
export const CUT_SAMPLES = 3600;
export const SAMPLES_PER_DEGREE = CUT_SAMPLES / 360;
