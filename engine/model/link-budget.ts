// One line of a link budget, for people: from transmit power to the level at the receiver.
import type { StationModel } from './station-model.ts';

export interface LinkBudgetLine {
  /**
   * Sent: `totalPower`, `perElement`, `antennaGain` (of the SSB), `trafficGain`, `feederLoss`, `eirp` (traffic beam, all elements).
   * On the way: `patternLoss`, `pathLoss`, `terrainLoss` (where the ground is known). Heard: `level`, `threshold`, `margin`,
   * `probability`, `noise` per element, `noiseMargin`. Back: `uplinkMargin`. Behind a wall of low or high loss: `indoorLossLow`,
   * `indoorLevelLow`, `indoorLossHigh`, `indoorLevelHigh`.
   */
  readonly key: string;
  readonly value: number;
  readonly unit: 'dBm' | 'dB' | 'dBi' | 'm' | '%' | '°';
}

export interface LinkBudget {
  readonly siteId: string;
  readonly model: StationModel;
  /** `profile`: the model reads what lies on the way and knows no state. */
  readonly state: 'LOS' | 'NLOS' | 'mixed' | 'profile';
  readonly distanceM: number;
  readonly sigmaDb: number;
  readonly lines: readonly LinkBudgetLine[];
}
