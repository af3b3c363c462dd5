// One edge in the way: ITU-R P.526-15 section 4.1. The approximation of J is within 0.124 dB of the Fresnel integral for
// -0.7 < nu < 10 and 0 below -0.78, where the edge stands clear of the ray.
import { log10 } from '../geo/steady-math.ts';

const LIGHT_SPEED_M_PER_GHZ = 0.299792458;

/** Below this parameter an edge costs nothing. */
export const CLEAR_EDGE = -0.78;

/** J(nu): loss in dB of a knife edge with diffraction parameter nu. */
export function knifeEdgeLossDb(edge: number): number {
  if (!(edge > CLEAR_EDGE)) return 0;
  const shifted = edge - 0.1;
  return 6.9 + 20 * log10(Math.sqrt(shifted * shifted + 1) + shifted);
}

export interface KnifeEdge {
  /** Top of the edge above the straight ray, metres; negative below it. */
  readonly heightAboveRayM: number;
  readonly fromTransmitterM: number;
  readonly fromReceiverM: number;
  readonly frequencyGhz: number;
}

/** The diffraction parameter nu of an edge; no unit. */
export function knifeEdgeParameter(edge: KnifeEdge): number {
  const wavelengthM = LIGHT_SPEED_M_PER_GHZ / edge.frequencyGhz;
  return (
    edge.heightAboveRayM * Math.sqrt((2 / wavelengthM) * (1 / edge.fromTransmitterM + 1 / edge.fromReceiverM))
  );
}

/** Radius in metres of the first Fresnel zone at a point of the path. */
export function fresnelRadiusM(
  fromTransmitterM: number,
  fromReceiverM: number,
  frequencyGhz: number,
): number {
  const wavelengthM = LIGHT_SPEED_M_PER_GHZ / frequencyGhz;
  return Math.sqrt((wavelengthM * fromTransmitterM * fromReceiverM) / (fromTransmitterM + fromReceiverM));
}
