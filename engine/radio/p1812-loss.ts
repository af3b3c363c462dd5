// Point-to-area loss over a profile of ground and clutter: ITU-R P.1812-7/-8 (equal for these parts), 30 MHz to 6 GHz, about
// 0.25 to 3000 km. Diffraction, sight, ducting and troposcatter are each computed and then blended (section 4.6).
// Clutter stands at intermediate points only, so terminal clutter acts through the profile: sample the last 100 m finely.
// Building entry is left to building-entry-loss.ts. Cost: a dozen passes over the profile, two arrays.
import { exp, log1p, log10, pow, tanh } from '../geo/steady-math.ts';
import type { PathProfile } from './bullington-loss.ts';
import { deltaBullingtonLossDb } from './delta-bullington-loss.ts';
import { type P1812Climate, p1812Climate } from './p1812-climate.ts';
import { p1812DuctingLossDb } from './p1812-ducting-loss.ts';
import { type P1812Geometry, p1812Geometry } from './p1812-geometry.ts';
import { p1812InverseNormal } from './p1812-inverse-normal.ts';
import {
  assertP1812Link,
  CLIMATE_ZONE,
  DEFAULT_LAPSE_RATE,
  DEFAULT_SURFACE_REFRACTIVITY,
  type P1812Link,
  type P1812Profile,
} from './p1812-link.ts';
import { p1812TroposcatterLossDb } from './p1812-troposcatter-loss.ts';

/** The loss and what it was made of, for a link page that shows its budget; all in dB. */
export interface P1812Parts {
  /** Not exceeded for the asked percents of time and places. */
  readonly lossDb: number;
  readonly freeSpaceDb: number;
  /** Beyond free space. */
  readonly diffractionDb: number;
  readonly ductingDb: number;
  readonly troposcatterDb: number;
  /** What the percent of places adds; 0 at 50 %. */
  readonly locationDb: number;
}

/** Basic transmission loss in dB. Throws RangeError for a link that cannot be computed. */
export function p1812LossDb(link: P1812Link): number {
  return p1812Parts(link).lossDb;
}

export function p1812Parts(link: P1812Link): P1812Parts {
  assertP1812Link(link);
  const { profile, frequencyGhz, timePercent } = link;
  const last = profile.distanceKm.length - 1;
  const lengthKm = profile.distanceKm[last]!;
  const txHeightAmslM = profile.groundM[0]! + link.txHeightM;
  const rxHeightAmslM = profile.groundM[last]! + link.rxHeightM;
  const climate = p1812Climate(profile, link.latitudeDeg, link.lapseRate ?? DEFAULT_LAPSE_RATE);
  const geometry = p1812Geometry(link, climate.medianRadiusKm);
  const sight = sightLoss(lengthKm, txHeightAmslM - rxHeightAmslM, frequencyGhz, geometry);
  const diffraction = diffractionLoss(link, climate, geometry);
  const ductingDb = p1812DuctingLossDb({
    lengthKm,
    frequencyGhz,
    timePercent,
    txHeightAmslM,
    rxHeightAmslM,
    txToCoastKm: startsAtSea(profile, 0) ? 0 : (link.txToCoastKm ?? FAR_FROM_COAST_KM),
    rxToCoastKm: startsAtSea(profile, last) ? 0 : (link.rxToCoastKm ?? FAR_FROM_COAST_KM),
    climate,
    geometry,
  });
  const troposcatterDb = p1812TroposcatterLossDb({
    lengthKm,
    angularDistanceMrad: geometry.angularDistanceMrad,
    frequencyGhz,
    timePercent,
    surfaceRefractivity: link.surfaceRefractivity ?? DEFAULT_SURFACE_REFRACTIVITY,
  });
  const sightDb = sight.atPercent(timePercent);
  const throughAirDb = blend(link, climate, geometry, sight, diffraction, ductingDb);
  const medianDb = -5 * log10(pow(10, -0.2 * troposcatterDb) + pow(10, -0.2 * throughAirDb));
  const locationDb = startsAtSea(profile, last)
    ? 0
    : -p1812InverseNormal((link.locationPercent ?? 50) / 100) * (link.locationSigmaDb ?? 0);
  return {
    lossDb: Math.max(sightDb, medianDb + locationDb),
    freeSpaceDb: sight.freeSpaceDb,
    diffractionDb: diffraction.atTimeDb,
    ductingDb,
    troposcatterDb,
    locationDb,
  };
}

const FAR_FROM_COAST_KM = 500;

function startsAtSea({ zone }: P1812Profile, index: number): boolean {
  return zone?.[index] === CLIMATE_ZONE.sea;
}

interface SightLoss {
  readonly freeSpaceDb: number;
  /** With multipath and focusing, not exceeded for a percent of time (section 4.2). */
  atPercent(percent: number): number;
}

function sightLoss(
  lengthKm: number,
  heightDifferenceM: number,
  frequencyGhz: number,
  { txHorizonKm, rxHorizonKm }: P1812Geometry,
): SightLoss {
  const squareKm = lengthKm * lengthKm + pow(heightDifferenceM / 1000, 2);
  const freeSpaceDb = 92.4 + 20 * log10(frequencyGhz) + 10 * log10(squareKm);
  const focusing = 2.6 * (1 - exp(-0.1 * (txHorizonKm + rxHorizonKm)));
  return { freeSpaceDb, atPercent: (percent) => freeSpaceDb + focusing * log10(percent / 50) };
}

interface DiffractionLoss {
  readonly medianDb: number;
  readonly atTimeDb: number;
  /** Where between the median (0) and beta0 (1) the percent of time lies (section 4.3.5). */
  readonly towardsLayer: number;
}

function diffractionLoss(link: P1812Link, climate: P1812Climate, geometry: P1812Geometry): DiffractionLoss {
  const { profile, timePercent } = link;
  const { distanceKm, groundM } = profile;
  const profiles = {
    actual: { distanceKm, heightM: heightWithClutter(profile) },
    smooth: { distanceKm, heightM: new Float64Array(distanceKm.length) },
  };
  const atRadius = (effectiveEarthRadiusKm: number) =>
    deltaBullingtonLossDb(profiles, {
      txHeightAmslM: groundM[0]! + link.txHeightM,
      rxHeightAmslM: groundM[groundM.length - 1]! + link.rxHeightM,
      txSmoothM: geometry.txSmoothM,
      rxSmoothM: geometry.rxSmoothM,
      frequencyGhz: link.frequencyGhz,
      polarisation: link.polarisation,
      seaShare: climate.seaShare,
      effectiveEarthRadiusKm,
    });
  const medianDb = atRadius(climate.medianRadiusKm);
  const towardsLayer =
    timePercent > climate.layerPercent
      ? p1812InverseNormal(timePercent / 100) / p1812InverseNormal(climate.layerPercent / 100)
      : 1;
  if (timePercent === 50) return { medianDb, atTimeDb: medianDb, towardsLayer };
  const layerDb = atRadius(climate.layerRadiusKm);
  return { medianDb, atTimeDb: medianDb + towardsLayer * (layerDb - medianDb), towardsLayer };
}

function heightWithClutter({ groundM, clutterM }: P1812Profile): PathProfile['heightM'] {
  if (clutterM === undefined) return groundM;
  const heightM = Float64Array.from(groundM);
  for (let i = 1; i < heightM.length - 1; i++) heightM[i]! += clutterM[i]!;
  return heightM;
}

/** Diffraction, sight and ducting for the percent of time (section 4.6, all but troposcatter). */
function blend(
  { profile, timePercent }: P1812Link,
  { layerPercent, seaShare }: P1812Climate,
  { angularDistanceMrad }: P1812Geometry,
  sight: SightLoss,
  diffraction: DiffractionLoss,
  ductingDb: number,
): number {
  const lengthKm = profile.distanceKm[profile.distanceKm.length - 1]!;
  const sightDb = sight.atPercent(timePercent);
  const medianDiffractionDb = sight.freeSpaceDb + diffraction.medianDb;
  const overLandDb = (1 - seaShare) * diffraction.atTimeDb;
  // Least loss of sight and of diffraction over the sea.
  const leastDb =
    timePercent < layerPercent
      ? sightDb + overLandDb
      : medianDiffractionDb +
        (sight.atPercent(layerPercent) + overLandDb - medianDiffractionDb) * diffraction.towardsLayer;
  // Least loss of sight and of enhancements beyond the horizon: their soft maximum, written so that it cannot overflow.
  const softness = 2.5;
  const largerDb = Math.max(ductingDb, sightDb);
  const smallerDb = Math.min(ductingDb, sightDb);
  const enhancedDb = largerDb + softness * log1p(exp((smallerDb - largerDb) / softness));
  const diffractedDb = sightDb + diffraction.atTimeDb;
  const ductedDb =
    enhancedDb <= diffractedDb
      ? enhancedDb + (diffractedDb - enhancedDb) * byDistance(lengthKm)
      : diffractedDb;
  return ductedDb + (leastDb - ductedDb) * byAngle(angularDistanceMrad);
}

/** From 1 for short paths to 0 for long ones, half way at 20 km. */
function byDistance(lengthKm: number): number {
  return 1 - 0.5 * (1 + tanh((3 * 0.5 * (lengthKm - 20)) / 20));
}

/** From 1 for paths within sight to 0 beyond the horizon, half way at 0.3 mrad. */
function byAngle(angularDistanceMrad: number): number {
  return 1 - 0.5 * (1 + tanh((3 * 0.8 * (angularDistanceMrad - 0.3)) / 0.3));
}
