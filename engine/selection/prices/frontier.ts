// Bounds for every share and every budget at once: each pair of prices bounds the whole trade of cost against coverage, so a few
// pairs stored for different shares bound the years between them (selection reference, 6.1).
// c >= sum lambda_t f_t + K gives LB(D) = max over pairs (lambda D + K) and UB(B) = min over pairs (B - K - rest) / lambda_0.

/** Prices per unit of each target with the constant K they prove. */
export interface FrontierPair {
  readonly perTarget: ArrayLike<number>;
  readonly constant: number;
}

export interface Frontier {
  /** Least yuan at which the required weights can be had, 0 at least, and the pair that says so (-1: none). */
  readonly leastCost: (required: readonly number[]) => FrontierBound;
  /** Most of the first target that `budget` can buy, and the pair; `required` counts for the other targets. */
  readonly mostCovered: (budget: number, required: readonly number[]) => FrontierBound;
}

export interface FrontierBound {
  readonly bound: number;
  readonly pair: number;
}

/** `ceiling`: what all sites together cover of the first target. Costs and weights are whole, so bounds are rounded to whole numbers. */
export function frontierOf(pairs: readonly FrontierPair[], ceiling: number): Frontier {
  return {
    leastCost: (required) => {
      let best: FrontierBound = { bound: 0, pair: -1 };
      pairs.forEach((pair, index) => {
        const bound = Math.ceil(owedValue(pair, required, 0) + pair.constant);
        if (bound > best.bound) best = { bound, pair: index };
      });
      return best;
    },
    mostCovered: (budget, required) => {
      let best: FrontierBound = { bound: ceiling, pair: -1 };
      pairs.forEach((pair, index) => {
        const price = pair.perTarget[0]!;
        if (price <= 0) return;
        const bound = Math.floor((budget - pair.constant - owedValue(pair, required, 1)) / price);
        if (bound < best.bound) best = { bound: Math.max(0, bound), pair: index };
      });
      return best;
    },
  };
}

function owedValue({ perTarget }: FrontierPair, required: readonly number[], first: number): number {
  let sum = 0;
  for (let target = first; target < perTarget.length; target++) sum += perTarget[target]! * required[target]!;
  return sum;
}
