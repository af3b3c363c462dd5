// Okumura-Hata (Hata 1980, ITU-R P.529) and COST 231-Hata (final report, equation 4.4.3): a legacy comparison for macro
// stations. Range: 1 to 20 km, base 30 to 200 m, user 1 to 10 m; Hata 150 to 1500 MHz, COST 231 1500 to 2000 MHz.
// COST 231 has one receiver term, that of a medium city: the -4.97 dB of a large city does not belong to it.
import { log10, pow } from '../geo/steady-math.ts';

export interface HataLink {
  readonly frequencyMhz: number;
  readonly baseHeightM: number;
  readonly userHeightM: number;
  readonly distanceKm: number;
}

export type HataEnvironment = 'urban' | 'suburban' | 'open';
/** Size of the city, for the receiver term of Hata; suburb and open land are meant with 'medium'. */
export type HataCity = 'medium' | 'large';

/** Median path loss in dB, Okumura-Hata. */
export function hataPathLossDb(link: HataLink, environment: HataEnvironment, city: HataCity): number {
  const { frequencyMhz } = link;
  const receiverDb =
    city === 'large'
      ? largeCityReceiverDb(frequencyMhz, link.userHeightM)
      : mediumCityReceiverDb(frequencyMhz, link.userHeightM);
  const frequencyLog = log10(frequencyMhz);
  const urbanDb = 69.55 + 26.16 * frequencyLog + baseAndDistanceDb(link) - receiverDb;
  if (environment === 'suburban') return urbanDb - 2 * pow(log10(frequencyMhz / 28), 2) - 5.4;
  if (environment === 'open')
    return urbanDb - 4.78 * (frequencyLog * frequencyLog) + 18.33 * frequencyLog - 40.94;
  return urbanDb;
}

/** Median path loss in dB, COST 231-Hata; 3 dB more in a metropolitan centre. */
export function cost231PathLossDb(link: HataLink, centre: 'medium' | 'metropolitan'): number {
  const receiverDb = mediumCityReceiverDb(link.frequencyMhz, link.userHeightM);
  const centreDb = centre === 'metropolitan' ? 3 : 0;
  return 46.3 + 33.9 * log10(link.frequencyMhz) + baseAndDistanceDb(link) - receiverDb + centreDb;
}

function baseAndDistanceDb({ baseHeightM, distanceKm }: HataLink): number {
  const heightLog = log10(baseHeightM);
  return -13.82 * heightLog + (44.9 - 6.55 * heightLog) * log10(distanceKm);
}

function mediumCityReceiverDb(frequencyMhz: number, userHeightM: number): number {
  const frequencyLog = log10(frequencyMhz);
  return (1.1 * frequencyLog - 0.7) * userHeightM - (1.56 * frequencyLog - 0.8);
}

function largeCityReceiverDb(frequencyMhz: number, userHeightM: number): number {
  return frequencyMhz <= 300
    ? 8.29 * pow(log10(1.54 * userHeightM), 2) - 1.1
    : 3.2 * pow(log10(11.75 * userHeightM), 2) - 4.97;
}
