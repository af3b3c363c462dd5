// Cascaded knife edges after Deygout, at most three: the worst edge of the path, then the worst on either side of it.
// ITU-R P.526 form for terrain, checked against one public code only. A comparison beside bullington-loss.ts, which is
// preferred: here the choice of the principal edge can jump between neighbouring bins.
import { exp } from '../geo/steady-math.ts';
import { type DiffractionLink, type PathProfile, WAVELENGTH_M_GHZ } from './bullington-loss.ts';
import { CLEAR_EDGE, knifeEdgeLossDb } from './knife-edge-loss.ts';

export interface DeygoutEdges {
  readonly lossDb: number;
  /** nu of the worst edge of the whole path; minus infinity where no sample stands. */
  readonly principal: number;
  /** nu of the worst edge before it, and after it. */
  readonly txSide: number;
  readonly rxSide: number;
}

/** Loss in dB beyond free space, with the parameters of the edges it was made from. */
export function deygoutLoss(profile: PathProfile, link: DiffractionLink): DeygoutEdges {
  const last = profile.distanceKm.length - 1;
  const { txHeightAmslM, rxHeightAmslM } = link;
  const principal = worstEdge(profile, link, 0, txHeightAmslM, last, rxHeightAmslM);
  const none = Number.NEGATIVE_INFINITY;
  if (!(principal.edge > CLEAR_EDGE)) {
    return { lossDb: 0, principal: principal.edge, txSide: none, rxSide: none };
  }
  const at = principal.index;
  const topM = profile.heightM[at]!;
  const txSide = worstEdge(profile, link, 0, txHeightAmslM, at, topM).edge;
  const rxSide = worstEdge(profile, link, at, topM, last, rxHeightAmslM).edge;
  const principalDb = knifeEdgeLossDb(principal.edge);
  const sidesDb = knifeEdgeLossDb(txSide) + knifeEdgeLossDb(rxSide) + 10 + 0.04 * profile.distanceKm[last]!;
  const lossDb = principalDb + (1 - exp(-principalDb / 6)) * sidesDb;
  return { lossDb, principal: principal.edge, txSide, rxSide };
}

/** The sample with the largest nu strictly between two points of the path; the bulge of the earth is that of the part. */
function worstEdge(
  { distanceKm, heightM }: PathProfile,
  { frequencyGhz, effectiveEarthRadiusKm }: DiffractionLink,
  from: number,
  fromHeightM: number,
  to: number,
  toHeightM: number,
): { edge: number; index: number } {
  const startKm = distanceKm[from]!;
  const lengthKm = distanceKm[to]! - startKm;
  const wavelengthM = WAVELENGTH_M_GHZ / frequencyGhz;
  let edge = Number.NEGATIVE_INFINITY;
  let index = from;
  for (let i = from + 1; i < to; i++) {
    const d = distanceKm[i]! - startKm;
    const left = lengthKm - d;
    const rayM = (fromHeightM * left + toHeightM * d) / lengthKm;
    const aboveRayM = heightM[i]! + (500 * d * left) / effectiveEarthRadiusKm - rayM;
    const candidate = aboveRayM * Math.sqrt((0.002 * lengthKm) / (wavelengthM * d * left));
    if (candidate > edge) {
      edge = candidate;
      index = i;
    }
  }
  return { edge, index };
}
