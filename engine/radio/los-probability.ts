// How likely a street-level place sees the antenna when no buildings are known: 3GPP TR 38.901 table 7.4.2-1.
// Distances are horizontal metres; results 0..1.
import { exp, pow } from '../geo/steady-math.ts';

/** Urban macro. Receivers above 13 m see more (factor C'). */
export function umaLosProbability(distanceM: number, userHeightM: number): number {
  if (distanceM <= 18) return 1;
  const street = 18 / distanceM + exp(-distanceM / 63) * (1 - 18 / distanceM);
  const lift = userHeightM <= 13 ? 0 : pow((userHeightM - 13) / 10, 1.5);
  const hundreds = distanceM / 100;
  return street * (1 + lift * 1.25 * hundreds * hundreds * hundreds * exp(-distanceM / 150));
}

/** Urban micro, street canyon. */
export function umiLosProbability(distanceM: number): number {
  if (distanceM <= 18) return 1;
  return 18 / distanceM + exp(-distanceM / 36) * (1 - 18 / distanceM);
}

/** Rural macro. */
export function rmaLosProbability(distanceM: number): number {
  return distanceM <= 10 ? 1 : exp(-(distanceM - 10) / 1000);
}

/** Indoor, mixed office. */
export function inhMixedLosProbability(distanceM: number): number {
  if (distanceM <= 1.2) return 1;
  if (distanceM < 6.5) return exp(-(distanceM - 1.2) / 4.7);
  return 0.32 * exp(-(distanceM - 6.5) / 32.6);
}

/** Indoor, open office. */
export function inhOpenLosProbability(distanceM: number): number {
  if (distanceM <= 5) return 1;
  if (distanceM <= 49) return exp(-(distanceM - 5) / 70.8);
  return 0.54 * exp(-(distanceM - 49) / 211.7);
}
