// What a person may set about radio beside the equipment: models, street, antenna file, and what quality is judged with.
// The defaults are what plans were computed with before there was a choice, so they change no plan.
import type { AntennaPattern } from './antenna-pattern.ts';
import { defaultRadioQuality, type RadioQualityOptions } from './radio-quality-options.ts';
import type { StationModel } from './station-model.ts';

export interface RadioOptions extends RadioQualityOptions {
  /** Sites on roofs and towers. */
  readonly macroModel: StationModel;
  /** Sites on poles. */
  readonly poleModel: StationModel;
  /** Height of the traffic in the street, metres: 0 residential, 1.3 arterial. P1411 alone reads it. */
  readonly roadHeightM: number;
  /** A measured pattern for every macro sector, or null for the widths of the equipment. */
  readonly macroAntenna: AntennaPattern | null;
  /**
   * Whether the file's gain is the peak. Without it only the shape counts and the peak stays the SSB gain of the equipment: a
   * file's gain is that of the whole antenna, 6-10 dB above one broadcast beam.
   */
  readonly useFileGain: boolean;
}

/** Street classes a person chooses from (propagation reference 5.2). */
export const ROAD_HEIGHT_M = { residential: 0, arterial: 1.3 } as const;
export const HIGHEST_ROAD_M = 1.6;

export const plainRadio: RadioOptions = {
  ...defaultRadioQuality,
  macroModel: 'UMa',
  poleModel: 'UMi',
  roadHeightM: ROAD_HEIGHT_M.residential,
  macroAntenna: null,
  useFileGain: false,
};
