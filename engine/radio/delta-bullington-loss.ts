// Complete diffraction of ITU-R P.1812 section 4.3.4: Bullington over the real profile, plus what a round smooth earth
// costs beyond Bullington over that smooth earth. The smooth profile keeps the distances of the real one.
import { bullingtonLossDb, type PathProfile } from './bullington-loss.ts';
import { type Polarisation, sphericalEarthLossDb } from './spherical-earth-loss.ts';

export interface DeltaBullingtonLink {
  /** Antennas above mean sea level, metres. */
  readonly txHeightAmslM: number;
  readonly rxHeightAmslM: number;
  /** Smooth earth surface under the two antennas for diffraction, metres above mean sea level. */
  readonly txSmoothM: number;
  readonly rxSmoothM: number;
  readonly frequencyGhz: number;
  readonly polarisation: Polarisation;
  readonly seaShare: number;
  readonly effectiveEarthRadiusKm: number;
}

/** The two profiles: ground with clutter on it, and the same distances at height 0. */
export interface DeltaBullingtonProfiles {
  readonly actual: PathProfile;
  readonly smooth: PathProfile;
}

/** Loss in dB beyond free space. */
export function deltaBullingtonLossDb(
  { actual, smooth }: DeltaBullingtonProfiles,
  link: DeltaBullingtonLink,
): number {
  const txHeightM = link.txHeightAmslM - link.txSmoothM;
  const rxHeightM = link.rxHeightAmslM - link.rxSmoothM;
  const actualDb = bullingtonLossDb(actual, link);
  const smoothDb = bullingtonLossDb(smooth, { ...link, txHeightAmslM: txHeightM, rxHeightAmslM: rxHeightM });
  const lengthKm = actual.distanceKm[actual.distanceKm.length - 1]!;
  const sphereDb = sphericalEarthLossDb({ ...link, lengthKm, txHeightM, rxHeightM });
  return actualDb + Math.max(sphereDb - smoothDb, 0);
}
