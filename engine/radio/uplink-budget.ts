// The way back: the largest path loss at which the base station still hears the phone (propagation reference 10.4). Carriers
// above 2 GHz end here before the downlink does when much uplink is asked for.
import { noisePerElementDbm, powerPerElementDbm } from './power-per-element.ts';

export interface UplinkBudget {
  readonly userPowerDbm: number;
  /** Resource blocks the user sends on at once: its power is spread over them. */
  readonly resourceBlocks: number;
  readonly subcarrierKhz: number;
  readonly baseGainDbi: number;
  readonly feederLossDb: number;
  readonly baseNoiseFigureDb: number;
  readonly requiredSinrDb: number;
  /** Rise of the noise by other users. */
  readonly interferenceMarginDb: number;
}

/** MAPL of the uplink in dB: median, without a margin for shadowing. */
export function uplinkMostLossDb(uplink: UplinkBudget): number {
  const sentDbm = powerPerElementDbm(uplink.userPowerDbm, uplink.resourceBlocks);
  const heardDbm = noisePerElementDbm(uplink.subcarrierKhz, uplink.baseNoiseFigureDb) + uplink.requiredSinrDb;
  return sentDbm + uplink.baseGainDbi - uplink.feederLossDb - heardDbm - uplink.interferenceMarginDb;
}

/** How much more path loss the uplink would bear, dB; negative where it is lost. */
export function uplinkMarginDb(uplink: UplinkBudget, pathLossDb: number): number {
  return uplinkMostLossDb(uplink) - pathLossDb;
}
