// How likely a street-level place sees the antenna when no buildings are known: 3GPP TR 38.901 table 7.4.2-1.
// Distances are horizontal metres; results 0..1.

/** Urban macro. Receivers above 13 m see more (factor C'). */
export function umaLosProbability(distanceM: number, userHeightM: number): number {
  if (distanceM <= 18) return 1;
  const street = 18 / distanceM + Math.exp(-distanceM / 63) * (1 - 18 / distanceM);
  const lift = userHeightM <= 13 ? 0 : ((userHeightM - 13) / 10) ** 1.5;
  return street * (1 + lift * 1.25 * (distanceM / 100) ** 3 * Math.exp(-distanceM / 150));
}

/** Urban micro, street canyon. */
export function umiLosProbability(distanceM: number): number {
  if (distanceM <= 18) return 1;
  return 18 / distanceM + Math.exp(-distanceM / 36) * (1 - 18 / distanceM);
}

/** Rural macro. */
export function rmaLosProbability(distanceM: number): number {
  return distanceM <= 10 ? 1 : Math.exp(-(distanceM - 10) / 1000);
}

/** Indoor, mixed office. */
export function inhMixedLosProbability(distanceM: number): number {
  if (distanceM <= 1.2) return 1;
  if (distanceM < 6.5) return Math.exp(-(distanceM - 1.2) / 4.7);
  return 0.32 * Math.exp(-(distanceM - 6.5) / 32.6);
}

/** Indoor, open office. */
export function inhOpenLosProbability(distanceM: number): number {
  if (distanceM <= 5) return 1;
  if (distanceM <= 49) return Math.exp(-(distanceM - 5) / 70.8);
  return 0.54 * Math.exp(-(distanceM - 49) / 211.7);
}
