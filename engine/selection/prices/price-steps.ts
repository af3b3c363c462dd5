// The hot loops of the price search (find-prices.ts): flat arrays in, one number out, nothing allocated but a list
// of sites.

/**
 * Shares follow reduced costs: `moved` = the clipped step, `x` = the reflected average with `anchor`, `scratch` = earnings before and
 * the extrapolated shares after. Returns the squared move, weighted by size. A site of size 0 stays.
 */
export function moveSites(
  cost: Float64Array,
  size: Float64Array,
  anchor: Float64Array,
  x: Float64Array,
  moved: Float64Array,
  scratch: Float64Array,
  balance: number,
  keep: number,
): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    const from = x[k]!;
    const weight = size[k]!;
    let to = from;
    if (weight > 0) {
      to = from - (cost[k]! - scratch[k]!) / (balance * weight);
      to = Math.max(0, Math.min(1, to));
    }
    const move = to - from;
    sum += move * move * weight;
    moved[k] = to;
    scratch[k] = to + move;
    x[k] = keep * (to + move) + (1 - keep) * anchor[k]!;
  }
  return sum;
}

/**
 * Prices rise where bins are served too little: `moved` = how far they are served before and the clipped step after, `u` = the reflected
 * average with `anchor`. `needs`: sites per bin, null for one. Returns the sum of the moves times what the bins lack: inside
 * their box the squared moves over step and balance.
 */
export function moveBins(
  cap: Float32Array,
  step: Float32Array,
  needs: Uint8Array | null,
  anchor: Float32Array,
  u: Float32Array,
  moved: Float32Array,
  balance: number,
  keep: number,
): number {
  let sum = 0;
  for (let bin = 0; bin < u.length; bin++) {
    const most = cap[bin]!;
    if (most === 0) {
      moved[bin] = 0;
      continue;
    }
    const from = u[bin]!;
    const needed = needs === null ? 1 : needs[bin]!;
    const lacking = needed - moved[bin]!;
    const to = Math.max(0, Math.min(most, from + balance * step[bin]! * lacking));
    const move = to - from;
    sum += move * lacking;
    moved[bin] = to;
    u[bin] = keep * (to + move) + (1 - keep) * anchor[bin]!;
  }
  return sum;
}

/** Sum of the squared differences, each times its weight, or divided by it. */
export function squaredMoves(
  one: Float32Array | Float64Array,
  other: Float32Array | Float64Array,
  weight: Float32Array | Float64Array,
  isDivided: boolean,
): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) {
    const own = weight[at]!;
    if (own === 0) continue;
    const difference = one[at]! - other[at]!;
    sum += isDivided ? (difference * difference) / own : difference * difference * own;
  }
  return sum;
}

export function addWeights(into: Float32Array, weight: Int32Array, price: number): void {
  for (let bin = 0; bin < into.length; bin++) into[bin] = into[bin]! + weight[bin]! * price;
}

/** Weight of the bins times the share in which they are served, at the most once. */
export function servedWeight(weight: Int32Array, served: Float32Array, needs: Uint8Array | null): number {
  let sum = 0;
  for (let bin = 0; bin < weight.length; bin++) {
    const share = needs === null ? served[bin]! : served[bin]! / needs[bin]!;
    sum += weight[bin]! * Math.min(1, share);
  }
  return sum;
}

/** Indexes of the sites for which `isIn` holds. */
export function sitesWhere(siteCount: number, isIn: (site: number) => boolean): Uint32Array {
  let count = 0;
  for (let site = 0; site < siteCount; site++) if (isIn(site)) count++;
  const sites = new Uint32Array(count);
  let at = 0;
  for (let site = 0; at < count; site++) if (isIn(site)) sites[at++] = site;
  return sites;
}
