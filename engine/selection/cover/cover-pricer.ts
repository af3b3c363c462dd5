// The two products every price search is made of: what sites earn at given bin prices, and how much of each bin a fractional plan
// serves. One interface over the three shapes of cover. Hot loops are top-level functions on typed arrays.

export interface CoverPricer {
  /**
   * `into[k]` = what `sites[k]` earns: the sum over its bins of u_i where it serves the bin fully, of max(0, u_i - (1 - v) full_i) where it
   * serves the share v. `u` and `full` (worth of the bin in the prices of the targets) per bin. Sums in double precision.
   */
  readonly earn: (
    sites: Uint32Array,
    u: Float32Array | Float64Array,
    full: Float32Array | Float64Array,
    into: Float64Array,
  ) => void;
  /**
   * `into[bin]` = sum over `sites` of x_k times the share (0..1) in which the price of the bin reaches the site: 1 where it serves the
   * bin fully; with grades 1 where u_i > (1 - v) full_i and 0 elsewhere, softened over a small width. Overwrites `into`.
   */
  readonly serve: (
    sites: Uint32Array,
    x: Float64Array,
    u: Float32Array | Float64Array,
    full: Float32Array | Float64Array,
    into: Float32Array,
  ) => void;
}
