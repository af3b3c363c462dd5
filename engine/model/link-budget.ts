// One line of a link budget, for people: from transmit power to the level at the receiver.
export interface LinkBudgetLine {
  /** `totalPower`, `perElement`, `antennaGain`, `patternLoss`, `feederLoss`, `pathLoss`, `level`, `threshold`, `margin`, `probability`. */
  readonly key: string;
  readonly value: number;
  readonly unit: 'dBm' | 'dB' | 'dBi' | 'm' | '%' | '°';
}

export interface LinkBudget {
  readonly siteId: string;
  readonly model: 'UMa' | 'UMi';
  readonly state: 'LOS' | 'NLOS' | 'mixed';
  readonly distanceM: number;
  readonly sigmaDb: number;
  readonly lines: readonly LinkBudgetLine[];
}
