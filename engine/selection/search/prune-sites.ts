// Pruning: close again what later sites made superfluous. Smallest loss per yuan first, as long as the loss fits into the slack that every
// target has above its duty; at equal ratio the dearest first (so useless sites go in order of price), then the larger id.
// Lazy: closing a site only raises the loss of the others, so a stale loss is a lower bound. With strict folds that does not
// hold (a bin already lost is lost once), so there the pass is repeated until it closes nothing.
import { compareProducts } from '../compare-products.ts';
import type { CoverState } from '../cover/cover-state.ts';
import { makeSiteQueue } from '../site-queue.ts';
import type { SiteRules } from '../wishes/site-rules.ts';

/**
 * Closes sites of `closable` and returns those that stay, in their order. Every target keeps its `required` worth, or what it
 * has now when that is less; every rule is kept.
 */
export function pruneSites(
  state: CoverState,
  rules: SiteRules,
  closable: readonly number[],
  required: ArrayLike<number>,
): number[] {
  const keep = Float64Array.from(state.covered, (covered, target) => Math.min(covered, required[target]!));
  let staying = [...closable];
  for (;;) {
    const before = staying.length;
    pruneOnce(state, rules, staying, keep);
    staying = staying.filter((site) => state.isOpen[site] === 1);
    if (staying.length === before || state.problem.fold?.counts !== 'strict') return staying;
  }
}

function pruneOnce(
  state: CoverState,
  rules: SiteRules,
  closable: readonly number[],
  keep: Float64Array,
): void {
  const { cost, siteIds, targets, fold } = state.problem;
  const duties = targets.map((_, target) => target).filter((target) => keep[target]! > 0);
  const losses = new Float64Array(targets.length);
  const loss = new Float64Array(cost.length);
  /** One duty: whole and exact. Several: shares of what each has to keep. */
  const lossNow = (site: number) => {
    state.losses(site, losses);
    if (duties.length === 1) return losses[duties[0]!]!;
    let sum = 0;
    for (const target of duties) sum += losses[target]! / keep[target]!;
    return sum;
  };
  // a site that does not fit now never will: its loss only grows, the slack only shrinks (strict folds: it may)
  const isStrict = fold?.counts === 'strict';
  const hopeful = closable.filter((site) => {
    loss[site] = lossNow(site);
    return isStrict || fits(state.covered, losses, keep);
  });
  const before = (a: number, b: number) => {
    const order = compareProducts(loss[a]!, cost[b]!, loss[b]!, cost[a]!);
    if (order !== 0) return order < 0;
    if (cost[a] !== cost[b]) return cost[a]! > cost[b]!;
    if (loss[a] !== loss[b]) return loss[a]! < loss[b]!;
    return siteIds[a]! > siteIds[b]!;
  };
  const queue = makeSiteQueue(hopeful, before);
  while (queue.size() > 0) {
    const site = queue.top();
    const now = lossNow(site);
    if (now !== loss[site]) {
      loss[site] = now;
      queue.sink();
      continue;
    }
    queue.pop();
    const worthClosing = now === 0 || cost[site]! > 0;
    if (!worthClosing || !rules.mayClose(site) || !fits(state.covered, losses, keep)) continue;
    state.closeSite(site);
    rules.closed(site);
  }
}

function fits(covered: Float64Array, losses: Float64Array, keep: Float64Array): boolean {
  for (let target = 0; target < keep.length; target++)
    if (covered[target]! - losses[target]! < keep[target]!) return false;
  return true;
}
