// A loss that knows whether its model was meant for this link: outside the stated range the number is an extrapolation, and
// whoever asked has to count it.
export interface RangedLoss {
  readonly lossDb: number;
  /** False when frequency, distance or a height lies outside what the standard states. */
  readonly inRange: boolean;
}

/** True when the value lies between the two, both included. */
export function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
