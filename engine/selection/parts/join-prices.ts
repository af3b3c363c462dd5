// Prices of parts as prices of the whole: every bin is priced by the part it belongs to, and a target has one price everywhere. Any prices
// prove a true bound (certificate.ts), so nothing here can make one wrong; `boundOf` over the whole problem says how tight it is.
import { exp, log } from '../../geo/steady-math.ts';
import type { BinPrices } from '../certificate.ts';
import { fullWorth } from '../cover/full-worth.ts';
import type { SelectionProblem } from '../selection-problem.ts';
import type { PartPlan } from './solve-part.ts';
import { PART_COST_UNITS, type PartMap } from './split-problem.ts';
import { NO_PART } from './tile-parts.ts';

/** A part's answer with what it was asked for. */
export interface SolvedPart {
  readonly plan: PartPlan;
  /** Number in the whole of each of its sites. */
  readonly sites: Uint32Array;
  readonly required: readonly number[];
  /** Weight times worth of everything in the part, per target. */
  readonly totals: readonly number[];
}

/** What the parts are asked for in the end: one price per target, and what each has to cover so that all pay it. */
export interface Agreement {
  /** Cost units of the parts per unit of weight fully served. */
  readonly perTarget: Float64Array;
  /** By part, per target. */
  readonly required: readonly (readonly number[])[];
}

/** Of a part that is as good as covered, so that its price counts at all. */
const LEAST_OPEN_SHARE = 0.001;
/** Change of the share that is left open per change of the price, both in logarithms (measured on cities: 0.6 to 0.8). */
const OPEN_SHARE_FALL = 0.7;

/**
 * The last units that a part leaves open are the dearer the fewer they are, so what it covers moves by the share it leaves open times
 * the change of the price, in logarithms. The common price is the mean that leaves the sum over all parts as it is.
 */
export function agreeOnPrices(problem: SelectionProblem, parts: readonly SolvedPart[]): Agreement {
  const perTarget = new Float64Array(problem.targets.length);
  const required = parts.map((part) => [...part.required]);
  for (let target = 0; target < perTarget.length; target++) {
    const paid = parts.map(({ plan }) => plan.perTarget[target]! * plan.worth);
    const open = parts.map((part) => {
      const total = part.totals[target]!;
      return Math.max(LEAST_OPEN_SHARE * total, total - part.required[target]!);
    });
    let sum = 0;
    let weight = 0;
    paid.forEach((price, part) => {
      if (!(price > 0)) return;
      sum += open[part]! * log(price);
      weight += open[part]!;
    });
    if (weight === 0) continue;
    const common = sum / weight;
    perTarget[target] = exp(common);
    paid.forEach((price, part) => {
      if (!(price > 0)) return;
      const moved = Math.round(OPEN_SHARE_FALL * open[part]! * (common - log(price)));
      required[part]![target] = Math.max(1, required[part]![target]! + moved);
    });
  }
  return { perTarget, required };
}

/** `perTarget` per unit of weight fully served, in cost units of the parts. */
export function joinPrices(
  problem: SelectionProblem,
  map: PartMap,
  parts: readonly SolvedPart[],
  perTarget: Float64Array,
): BinPrices & { readonly x: Float64Array } {
  const { cover, cost } = problem;
  const partAt = new Int32Array(map.count).fill(-1);
  parts.forEach(({ plan }, at) => {
    partAt[plan.part] = at;
  });
  const perBin = new Float32Array(cover.binCount);
  for (let bin = 0; bin < perBin.length; bin++) {
    const part = map.parts[bin]!;
    const at = part === NO_PART ? -1 : partAt[part]!;
    if (at >= 0) perBin[bin] = parts[at]!.plan.perBin[map.numbers[bin]!]! / PART_COST_UNITS;
  }
  const x = new Float64Array(cost.length);
  for (const { plan, sites } of parts)
    sites.forEach((site, place) => {
      x[site] = Math.max(x[site]!, plan.x[place]!);
    });
  const full = fullWorth(problem);
  return { perTarget: perTarget.map((price) => price / PART_COST_UNITS / full), perBin, x };
}
