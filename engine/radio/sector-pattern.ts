// Shape of a sector antenna: the parabola of 3GPP TR 38.901 table 7.3-1 with the equipment's own widths and depth, below its
// peak gain. Real panels have side lobes and null fill that it lacks: far below the beam it is up to 15 dB too dark.
// Angles: azimuth clockwise from the boresight, zenith 90 at the horizon and more below it.
import { acos, atan2, cos, sin } from '../geo/steady-math.ts';

export interface PatternShape {
  readonly horizontalWidthDeg: number;
  readonly verticalWidthDeg: number;
  /** Deepest loss of each cut and of both together, dB. */
  readonly frontToBackDb: number;
}

/** Loss of the horizontal cut in dB, positive. */
export function horizontalLossDb(azimuthDeg: number, shape: PatternShape): number {
  const widths = wrapDeg(azimuthDeg) / shape.horizontalWidthDeg;
  return Math.min(12 * widths * widths, shape.frontToBackDb);
}

/** Loss of the vertical cut in dB, positive. Electrical tilt shifts the cut by the same angle at every azimuth. */
export function verticalLossDb(zenithDeg: number, downtiltDeg: number, shape: PatternShape): number {
  const widths = (zenithDeg - 90 - downtiltDeg) / shape.verticalWidthDeg;
  return Math.min(12 * widths * widths, shape.frontToBackDb);
}

/** Loss below the peak in dB for a direction seen from the panel. */
export function patternLossDb(
  azimuthDeg: number,
  zenithDeg: number,
  downtiltDeg: number,
  shape: PatternShape,
): number {
  const sum = horizontalLossDb(azimuthDeg, shape) + verticalLossDb(zenithDeg, downtiltDeg, shape);
  return Math.min(sum, shape.frontToBackDb);
}

/** A direction as the panel sees it after it was tilted down by hand: behind the panel this tilts up. */
export function tiltedDirection(
  azimuthDeg: number,
  zenithDeg: number,
  mechanicalTiltDeg: number,
): { azimuthDeg: number; zenithDeg: number } {
  const azimuth = azimuthDeg * RADIANS;
  const zenith = zenithDeg * RADIANS;
  const tilt = mechanicalTiltDeg * RADIANS;
  const forward = cos(azimuth) * sin(zenith);
  const cosine = forward * sin(tilt) + cos(zenith) * cos(tilt);
  return {
    zenithDeg: acos(Math.max(-1, Math.min(1, cosine))) / RADIANS,
    azimuthDeg: atan2(sin(azimuth) * sin(zenith), cos(tilt) * forward - sin(tilt) * cos(zenith)) / RADIANS,
  };
}

/** The same angle between -180 and 180. */
export function wrapDeg(angleDeg: number): number {
  const turned = (angleDeg + 180) % 360;
  return (turned < 0 ? turned + 360 : turned) - 180;
}

const RADIANS = Math.PI / 180;
