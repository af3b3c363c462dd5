// Shares of radio quality over the outdoor weight, for the summary of a plan. Bins nobody serves count as failing, and with
// 0 Mbps; bins wholly under roofs have no weight.
import { type CoverageQuality, NO_LEVEL, type QualitySummary } from '../model/plan.ts';
import type { RadioQualityOptions } from '../model/radio-quality-options.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

/** Quality gate and its strict form (propagation reference 11), 0.1 dB. */
const GATE_TENTHS = -30;
const STRICT_GATE_TENTHS = 0;

export function summarizeQuality(
  { grid, input }: PreparedCoverage,
  quality: CoverageQuality,
  { load, indoorBuilding }: RadioQualityOptions,
): QualitySummary {
  const thresholdThousandths = Math.round(input.thresholdDbm * 1000);
  let gate = 0;
  let strict = 0;
  let rate = 0;
  let uplink = 0;
  let indoor = 0;
  let overlap = 0;
  for (let at = 0; at < quality.ssSinr.length; at++) {
    const bin = grid.binAt[at]!;
    if (bin < 0 || quality.ssSinr[at] === NO_LEVEL) continue;
    const weight = grid.weight[bin]!;
    if (quality.ssSinr[at]! >= GATE_TENTHS) gate += weight;
    if (quality.ssSinr[at]! >= STRICT_GATE_TENTHS) strict += weight;
    rate += weight * quality.downlinkMbps[at]!;
    if (quality.uplinkMargin[at]! >= 0) uplink += weight;
    if (quality.indoorLevel[at]! * 100 >= thresholdThousandths) indoor += weight;
    if (quality.servers[at]! > 1) overlap += weight;
  }
  const shareOf = (part: number): number => (grid.totalWeight > 0 ? part / grid.totalWeight : 0);
  return {
    load,
    ssSinrShare: shareOf(gate),
    ssSinrStrictShare: shareOf(strict),
    meanDownlinkMbps: shareOf(rate),
    uplinkShare: shareOf(uplink),
    indoorShare: shareOf(indoor),
    indoorBuilding,
    overlapShare: shareOf(overlap),
  };
}
