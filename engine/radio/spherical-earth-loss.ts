// Diffraction over a smooth round earth: ITU-R P.1812 sections 4.3.2 and 4.3.3 (first term of the residue series), the
// "delta" of delta-Bullington. Negligible below about 5 km. Ground constants: land 22 and 0.003 S/m, sea 80 and 5 S/m.
import { acos, cbrt, cos, log10, pow } from '../geo/steady-math.ts';
import { WAVELENGTH_M_GHZ } from './bullington-loss.ts';

export type Polarisation = 'horizontal' | 'vertical';

export interface SphericalLink {
  readonly lengthKm: number;
  /** Antennas above the smooth earth, metres; above 0. */
  readonly txHeightM: number;
  readonly rxHeightM: number;
  readonly effectiveEarthRadiusKm: number;
  readonly frequencyGhz: number;
  readonly polarisation: Polarisation;
  /** Share of the path over sea, 0 to 1. */
  readonly seaShare: number;
}

/** Loss in dB beyond free space, at least 0 within sight. */
export function sphericalEarthLossDb(link: SphericalLink): number {
  const { lengthKm, txHeightM, rxHeightM, effectiveEarthRadiusKm: radiusKm } = link;
  const rootHeightsM = Math.sqrt(txHeightM) + Math.sqrt(rxHeightM);
  const sightKm = Math.sqrt(0.002 * radiusKm) * rootHeightsM;
  if (lengthKm >= sightKm) return firstTermDb(link, radiusKm);
  const { clearanceM, txPartKm } = leastClearance(link);
  const rxPartKm = lengthKm - txPartKm;
  const wavelengthM = WAVELENGTH_M_GHZ / link.frequencyGhz;
  const neededM = 17.456 * Math.sqrt((txPartKm * rxPartKm * wavelengthM) / lengthKm);
  if (clearanceM > neededM) return 0;
  // The radius at which the path would only just touch the earth.
  const touchingRadiusKm = 500 * pow(lengthKm / rootHeightsM, 2);
  return (1 - clearanceM / neededM) * Math.max(0, firstTermDb(link, touchingRadiusKm));
}

/** Least height of the ray above the round earth, and where: the middle root of a cubic. */
function leastClearance(link: SphericalLink): { clearanceM: number; txPartKm: number } {
  const { lengthKm, txHeightM, rxHeightM, effectiveEarthRadiusKm: radiusKm } = link;
  const sumM = txHeightM + rxHeightM;
  const tilt = (txHeightM - rxHeightM) / sumM;
  const m = (250 * lengthKm * lengthKm) / (radiusKm * sumM);
  const turn = acos(((3 * tilt) / 2) * Math.sqrt((3 * m) / pow(m + 1, 3)));
  const shift = 2 * Math.sqrt((m + 1) / (3 * m)) * cos(Math.PI / 3 + turn / 3);
  const txPartKm = (lengthKm / 2) * (1 + shift);
  const rxPartKm = lengthKm - txPartKm;
  const clearanceM =
    ((txHeightM - (500 * txPartKm * txPartKm) / radiusKm) * rxPartKm +
      (rxHeightM - (500 * rxPartKm * rxPartKm) / radiusKm) * txPartKm) /
    lengthKm;
  return { clearanceM, txPartKm };
}

function firstTermDb(link: SphericalLink, radiusKm: number): number {
  const { seaShare } = link;
  const landDb = seaShare < 1 ? firstTermOverDb(LAND, link, radiusKm) : 0;
  const seaDb = seaShare > 0 ? firstTermOverDb(SEA, link, radiusKm) : 0;
  return seaShare * seaDb + (1 - seaShare) * landDb;
}

interface Ground {
  readonly permittivity: number;
  readonly conductivitySPerM: number;
}

const LAND: Ground = { permittivity: 22, conductivitySPerM: 0.003 };
const SEA: Ground = { permittivity: 80, conductivitySPerM: 5 };

function firstTermOverDb(ground: Ground, link: SphericalLink, radiusKm: number): number {
  const { frequencyGhz } = link;
  const admittance = surfaceAdmittance(ground, link.polarisation, frequencyGhz, radiusKm);
  const k2 = admittance * admittance;
  const k4 = k2 * k2;
  const beta = (1 + 1.6 * k2 + 0.67 * k4) / (1 + 4.5 * k2 + 1.53 * k4);
  const distance = 21.88 * beta * cbrt(frequencyGhz / (radiusKm * radiusKm)) * link.lengthKm;
  const heightScale = 0.9575 * beta * beta * cbrt((frequencyGhz * frequencyGhz) / radiusKm);
  const distanceDb =
    distance >= 1.6
      ? 11 + 10 * log10(distance) - 17.6 * distance
      : -20 * log10(distance) - 5.6488 * pow(distance, 1.425);
  const leastGainDb = 2 + 20 * log10(admittance);
  const txGainDb = Math.max(leastGainDb, heightGainDb(heightScale * link.txHeightM));
  const rxGainDb = Math.max(leastGainDb, heightGainDb(heightScale * link.rxHeightM));
  return -distanceDb - txGainDb - rxGainDb;
}

function surfaceAdmittance(
  { permittivity, conductivitySPerM }: Ground,
  polarisation: Polarisation,
  frequencyGhz: number,
  radiusKm: number,
): number {
  const current = (18 * conductivitySPerM) / frequencyGhz;
  const horizontal =
    0.036 / cbrt(radiusKm * frequencyGhz) / pow(pow(permittivity - 1, 2) + current * current, 0.25);
  return polarisation === 'horizontal'
    ? horizontal
    : horizontal * Math.sqrt(permittivity * permittivity + current * current);
}

function heightGainDb(height: number): number {
  return height > 2
    ? 17.6 * Math.sqrt(height - 1.1) - 5 * log10(height - 1.1) - 8
    : 20 * log10(height + 0.1 * pow(height, 3));
}
