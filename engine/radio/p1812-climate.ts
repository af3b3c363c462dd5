// How much of a path runs over land, coast and sea, and how often layers of strong refraction occur there:
// ITU-R P.1812 sections 3.2 and 3.6. A zone reaches half way to the neighbouring point of another zone.
import { exp, pow } from '../geo/steady-math.ts';
import { CLIMATE_ZONE, type P1812Profile } from './p1812-link.ts';

export interface P1812Climate {
  /** Share of the path over sea, 0 to 1. */
  readonly seaShare: number;
  /** Longest stretch without sea, and longest inland stretch, kilometres. */
  readonly longestLandKm: number;
  readonly longestInlandKm: number;
  /** beta0: percent of time with a lapse over 100 N-units per km in the lowest 100 m. */
  readonly layerPercent: number;
  /** Effective radius of the earth in the median, and exceeded for beta0 of the time, kilometres. */
  readonly medianRadiusKm: number;
  readonly layerRadiusKm: number;
}

const EARTH_RADIUS_KM = 6371;

export function p1812Climate(profile: P1812Profile, latitudeDeg: number, lapseRate: number): P1812Climate {
  const land = stretches(profile, (zone) => zone === CLIMATE_ZONE.inland || zone === CLIMATE_ZONE.coastal);
  const inland = stretches(profile, (zone) => zone === CLIMATE_ZONE.inland);
  const sea = stretches(profile, (zone) => zone === CLIMATE_ZONE.sea);
  const { distanceKm } = profile;
  return {
    seaShare: sea.totalKm / distanceKm[distanceKm.length - 1]!,
    longestLandKm: land.longestKm,
    longestInlandKm: inland.longestKm,
    layerPercent: layerPercent(latitudeDeg, land.longestKm, inland.longestKm),
    medianRadiusKm: (EARTH_RADIUS_KM * 157) / (157 - lapseRate),
    layerRadiusKm: EARTH_RADIUS_KM * 3,
  };
}

/** Weight of the inland stretch in the layer statistics; also used by the ducting model. */
export function inlandWeight(longestInlandKm: number): number {
  return 1 - exp(-4.12e-4 * pow(longestInlandKm, 2.41));
}

function layerPercent(latitudeDeg: number, longestLandKm: number, longestInlandKm: number): number {
  const latitude = Math.abs(latitudeDeg);
  const weight = inlandWeight(longestInlandKm);
  const landFactor = Math.min(
    1,
    pow(pow(10, -longestLandKm / (16 - 6.6 * weight)) + pow(10, -5 * (0.496 + 0.354 * weight)), 0.2),
  );
  return latitude <= 70
    ? pow(10, -0.015 * latitude + 1.67) * landFactor * pow(landFactor, -0.935 + 0.0176 * latitude)
    : 4.17 * landFactor * pow(landFactor, 0.3);
}

function stretches(
  { distanceKm, zone }: P1812Profile,
  belongs: (zone: number) => boolean,
): { totalKm: number; longestKm: number } {
  const last = distanceKm.length - 1;
  let totalKm = 0;
  let longestKm = 0;
  let startKm = -1;
  for (let i = 0; i <= last; i++) {
    const inside = belongs(zone === undefined ? CLIMATE_ZONE.inland : zone[i]!);
    if (inside && startKm < 0) startKm = i === 0 ? 0 : (distanceKm[i - 1]! + distanceKm[i]!) / 2;
    if (startKm < 0) continue;
    if (inside && i < last) continue;
    const endKm = inside ? distanceKm[last]! : (distanceKm[i - 1]! + distanceKm[i]!) / 2;
    totalKm += endKm - startKm;
    longestKm = Math.max(longestKm, endKm - startKm);
    startKm = -1;
  }
  return { totalKm, longestKm };
}
