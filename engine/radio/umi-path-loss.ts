// Small cell below the roofs: 3GPP TR 38.901 table 7.4.1-1, UMi street canyon. Range: 10 m to 5 km, receiver 1.5 to 22.5 m.
// The standard states an antenna height of 10 m; poles of 4 to 8 m extend it.
import { log10 } from '../geo/steady-math.ts';
import { effectiveBreakpointM, LEAST_DISTANCE_M, type Link, slantDistanceM } from './sight-state.ts';

/** Median path loss in dB. */
export function umiPathLossDb(link: Link): number {
  const { baseHeightM, userHeightM, frequencyGhz } = link;
  const distance2dM = Math.max(link.distance2dM, LEAST_DISTANCE_M);
  const distance3dM = slantDistanceM(distance2dM, baseHeightM, userHeightM);
  const frequencyLog = log10(frequencyGhz);
  const breakpointM = effectiveBreakpointM(baseHeightM, userHeightM, frequencyGhz);
  const sight =
    distance2dM <= breakpointM
      ? 32.4 + 21 * log10(distance3dM) + 20 * frequencyLog
      : 32.4 +
        40 * log10(distance3dM) +
        20 * frequencyLog -
        9.5 * log10(breakpointM * breakpointM + (baseHeightM - userHeightM) * (baseHeightM - userHeightM));
  if (link.state === 'LOS') return sight;
  const hidden = 22.4 + 35.3 * log10(distance3dM) + 21.3 * frequencyLog - 0.3 * (userHeightM - 1.5);
  return Math.max(sight, hidden);
}
