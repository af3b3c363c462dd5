// How good a plan is at the least: a bound that no plan with these candidates, footprints, weights and rules can pass, and the
// prices that prove it. Anyone can recompute the bound from the prices in one pass (check-certificate.ts).
//
// For prices lambda_t >= 0 per unit of target t and u_i per bin, 0 <= u_i <= L_i / k_i with L_i = worth of the bin fully served in
// these prices, every allowed plan S has
//   c(S) >= sum_t lambda_t f_t(S) + K,   K = sum_i (k_i u_i - L_i) + sum_j min(0, c_j - earned_j)
// where a site earns u_i at a bin it serves fully and max(0, u_i - (1 - v) L_i) where it serves the share v of it.
// (Lagrangian dual of the covering model; selection reference, section 6. With grades it is the dual of uncapacitated
// facility location, Cornuejols, Fisher and Nemhauser 1977: the best price per bin is one number, not one per grade.)

export interface Certificate {
  /** cost: no plan that reaches the required shares costs less. covered: no plan within the limits covers more. */
  readonly kind: 'cost' | 'covered';
  /** Whole yuan, or weight times worth of the first target. */
  readonly bound: number;
  /** `(cost - bound) / bound`, or `(bound - covered) / covered`; 0 when both are 0, Infinity for a bound of 0 alone. */
  readonly gap: number;
  /**
   * prices: the bound follows from `prices`. exact: a complete search proved it (then `prices` are the ones it started
   * from, and their own bound may be lower). counted: nothing to decide, everything was tried or nothing is needed.
   */
  readonly method: 'prices' | 'exact' | 'counted';
  /** True only when proved: bound and plan meet. */
  readonly optimal: boolean;
  readonly prices: BinPrices | null;
  /** The terms of the bound as the prices give them: what a reader adds up. */
  readonly parts: {
    readonly required: number;
    readonly bins: number;
    readonly sites: number;
  };
  /** Price steps that led here. */
  readonly steps: number;
}

export interface BinPrices {
  /** Yuan (or sites, when the count binds) per unit of weight times worth, one per target. */
  readonly perTarget: Float64Array;
  /** The price of one bin, single precision; 0 for guards. */
  readonly perBin: Float32Array;
}
