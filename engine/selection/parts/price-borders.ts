// Prices along the borders of parts, sought once more over both sides: a part could count only its own share of what a site on the border
// costs. Inside, prices stay, and what a site earns there is taken off its cost; so the search is as small as the borders are,
// and each of its steps raises the bound of the whole (block coordinate ascent on the dual).
import type { BinPrices } from '../certificate.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { makeCoverPricer } from '../cover/make-cover-pricer.ts';
import { eachPiece } from '../cover/site-pieces.ts';
import type { Watch } from '../effort.ts';
import { findPrices } from '../prices/find-prices.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { cutPart, mapParts, PART_COST_UNITS, type PartMap } from './split-problem.ts';
import { NO_PART } from './tile-parts.ts';

/** The prices of the targets stay. `x`: the fractional plan so far. One pass over all footprints, then `steps` over the borders. */
export function priceBorders(
  problem: SelectionProblem,
  choice: SelectionChoice,
  map: PartMap,
  { perTarget, perBin, x }: BinPrices & { readonly x: Float64Array },
  steps: number,
  watch: Watch = {},
): BinPrices {
  const border = borderBins(problem, map);
  const left = { ...problem, cost: leftToEarn(problem, perTarget, perBin, border) };
  const borderMap = mapParts(problem, border);
  if (borderMap.count === 0) return { perTarget, perBin };
  const { work, sites } = cutPart(left, borderMap, 0, {
    choice,
    plan: [],
    factors: Array.from(perTarget, () => 0),
  });
  const own = new Float32Array(borderMap.binCounts[0]!);
  for (let bin = 0; bin < border.length; bin++)
    if (border[bin] === 0) own[borderMap.numbers[bin]!] = perBin[bin]! * PART_COST_UNITS;
  const change = fullWorth(problem) / fullWorth(work.problem);
  const found = findPrices(
    work.problem,
    { ...work.choice, required: Array.from(perTarget, (price) => (price > 0 ? 1 : 0)) },
    'cost',
    steps,
    watch,
    {
      perTarget: perTarget.map((price) => price * change * PART_COST_UNITS),
      perBin: own,
      x: Float64Array.from(sites, (site) => x[site]!),
      isHeld: true,
    },
  ).prices.perBin;
  return {
    perTarget,
    perBin: perBin.map((price, bin) =>
      border[bin] === 0 ? found[borderMap.numbers[bin]!]! / PART_COST_UNITS : price,
    ),
  };
}

/** Part 0 for bins that a site of several parts serves. */
function borderBins({ cover, cost }: SelectionProblem, { parts, siteStarts }: PartMap): Uint16Array {
  const border = new Uint16Array(cover.binCount).fill(NO_PART);
  for (let site = 0; site < cost.length; site++)
    if (siteStarts[site + 1]! - siteStarts[site]! > 1)
      eachPiece(cover, site, (first, length) => {
        for (let bin = first; bin < first + length; bin++) if (parts[bin] !== NO_PART) border[bin] = 0;
      });
  return border;
}

/** Cost of each site less what it earns inside, in thousandths kept by `cutPart`; 0 at the least. */
function leftToEarn(
  problem: SelectionProblem,
  perTarget: Float64Array,
  perBin: Float32Array,
  border: Uint16Array,
): Float64Array {
  const full = fullWorth(problem);
  const u = perBin.map((price, bin) => (border[bin] === 0 ? 0 : price));
  const worth = new Float32Array(perBin.length);
  problem.targets.forEach(({ weight }, target) => {
    for (let bin = 0; bin < worth.length; bin++) worth[bin]! += weight[bin]! * full * perTarget[target]!;
  });
  const earned = new Float64Array(problem.cost.length);
  makeCoverPricer(problem).earn(Uint32Array.from(problem.cost.keys()), u, worth, earned);
  return problem.cost.map((cost, site) => Math.max(0, cost - earned[site]!));
}
