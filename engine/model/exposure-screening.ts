// How far from an antenna the public limit is reached, for choosing where to measure. Never a verdict.

export interface ExposureScreening {
  readonly frequencyMhz: number;
  /** One sector, all ports. */
  readonly powerW: number;
  /** Peak of the traffic beam less the feeder. */
  readonly gainDbi: number;
  readonly limitWPerM2: number;
  /** Share of the limit that one project may use by itself. */
  readonly projectShare: number;
  readonly rows: readonly ExposureRow[];
}

export interface ExposureRow {
  /** `full`: every symbol at full power. `tdd`: the downlink part of the time. `average`: that at the mean load as well. */
  readonly duty: 'full' | 'tdd' | 'average';
  readonly dutyShare: number;
  /** Straight in front of the antenna, metres. */
  readonly limitM: number;
  readonly projectLimitM: number;
}
