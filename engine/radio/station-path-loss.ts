// Which formula a station form uses. One place, so that coverage, link budget and tests cannot disagree.
// The NLOS formulas hold the buildings already: whoever uses one adds neither edges nor clutter to it.
import type { StationModel } from '../model/station-model.ts';
import { cost231PathLossDb, hataPathLossDb } from './hata-path-loss.ts';
import { rmaLosProbability, umaLosProbability, umiLosProbability } from './los-probability.ts';
import { p1411SiteGeneralLoss } from './p1411-site-general-loss.ts';
import { p1411StreetCanyonLoss } from './p1411-street-canyon-loss.ts';
import { rmaPathLossDb } from './rma-path-loss.ts';
import { LEAST_DISTANCE_M, type Link, slantDistanceM } from './sight-state.ts';
import { umaPathLossDb } from './uma-path-loss.ts';
import { umiPathLossDb } from './umi-path-loss.ts';

/** Models whose loss depends on distance and heights alone; P1812 reads the profile of each path. */
export type DistanceModel = Exclude<StationModel, 'P1812'>;

/** Open country as the standard takes it when nothing is known. */
const RURAL = { buildingHeightM: 5, streetWidthM: 20 } as const;
const HATA_TO_GHZ = 1.5;

/** Median path loss in dB. `roadHeightM`: traffic in the street, for P1411 alone (0 residential, 1.3 arterial). */
export function stationPathLossDb(model: DistanceModel, link: Link, roadHeightM = 0): number {
  switch (model) {
    case 'UMa':
      return umaPathLossDb(link);
    case 'UMi':
      return umiPathLossDb(link);
    case 'RMa':
      return rmaPathLossDb({ ...link, ...RURAL });
    case 'P1411':
      return streetLossDb(link, roadHeightM);
    case 'Hata':
      return hataLossDb(link);
  }
}

/** Chance of line of sight, 0..1. P.1411 gives none for the street: UMi's is taken. Hata knows no states. */
export function stationLosProbability(model: DistanceModel, distanceM: number, userHeightM: number): number {
  switch (model) {
    case 'UMa':
      return umaLosProbability(distanceM, userHeightM);
    case 'UMi':
    case 'P1411':
      return umiLosProbability(distanceM);
    case 'RMa':
      return rmaLosProbability(distanceM);
    case 'Hata':
      return 1;
  }
}

/** In sight the median of the street canyon, hidden the site-general row of the high-rise street, never less than in sight. */
function streetLossDb(link: Link, roadHeightM: number): number {
  const { baseHeightM, userHeightM, frequencyGhz } = link;
  const distanceM = slantDistanceM(Math.max(link.distance2dM, LEAST_DISTANCE_M), baseHeightM, userHeightM);
  const { medianDb } = p1411StreetCanyonLoss({
    distanceM,
    baseHeightM,
    userHeightM,
    frequencyGhz,
    roadHeightM,
  });
  if (link.state === 'LOS') return medianDb;
  const { lossDb } = p1411SiteGeneralLoss({
    edition: 'P.1411-12',
    place: 'below-roof-high-rise-nlos',
    distance3dM: distanceM,
    frequencyGhz,
  });
  return Math.max(medianDb, lossDb);
}

/** Urban, medium city; nearer than the formula's 1 km it is continued, and such bins are marked in the report. */
function hataLossDb({ distance2dM, baseHeightM, userHeightM, frequencyGhz }: Link): number {
  const link = {
    frequencyMhz: frequencyGhz * 1000,
    baseHeightM,
    userHeightM,
    distanceKm: Math.max(distance2dM, LEAST_DISTANCE_M) / 1000,
  };
  return frequencyGhz <= HATA_TO_GHZ
    ? hataPathLossDb(link, 'urban', 'medium')
    : cost231PathLossDb(link, 'medium');
}
