// Which model a station form uses: UMa above the roofs, UMi below them. One place, so that coverage, link budget and tests
// cannot disagree.
import { umaLosProbability, umiLosProbability } from './los-probability.ts';
import type { Link } from './sight-state.ts';
import { umaPathLossDb } from './uma-path-loss.ts';
import { umiPathLossDb } from './umi-path-loss.ts';

export type StreetModel = 'UMa' | 'UMi';

/** Median path loss in dB of the model. */
export function stationPathLossDb(model: StreetModel, link: Link): number {
  return model === 'UMa' ? umaPathLossDb(link) : umiPathLossDb(link);
}

/** Chance of line of sight of the model, 0..1. */
export function stationLosProbability(model: StreetModel, distanceM: number, userHeightM: number): number {
  return model === 'UMa' ? umaLosProbability(distanceM, userHeightM) : umiLosProbability(distanceM);
}
