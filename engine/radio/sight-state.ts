// Line of sight or not, and what every closed formula of TR 38.901 needs to know about a link.

export type SightState = 'LOS' | 'NLOS';

export interface Link {
  readonly state: SightState;
  /** Horizontal distance, metres. */
  readonly distance2dM: number;
  /** Antenna above ground, metres. */
  readonly baseHeightM: number;
  /** Receiver above ground, metres; 1.5 in the street. */
  readonly userHeightM: number;
  readonly frequencyGhz: number;
}

/** The standard starts at 10 m; nearer links count as 10 m. */
export const LEAST_DISTANCE_M = 10;

/** Straight distance between the two antennas, metres. */
export function slantDistanceM(distance2dM: number, baseHeightM: number, userHeightM: number): number {
  const heightM = baseHeightM - userHeightM;
  return Math.sqrt(distance2dM * distance2dM + heightM * heightM);
}

/**
 * Breakpoint of UMa and UMi in metres: 4 h'BS h'UT f / c with both heights lowered by the 1 m of street clutter (hE = 1 m,
 * exact for receivers under 13 m) and c = 3.0e8 as the table notes say. Antennas lower than 1.5 m count as 1.5 m.
 */
export function effectiveBreakpointM(baseHeightM: number, userHeightM: number, frequencyGhz: number): number {
  const base = Math.max(baseHeightM, 1.5);
  return (4 * (base - 1) * (userHeightM - 1) * frequencyGhz * 1e9) / 3.0e8;
}
