// Pruning: close again what later sites made superfluous. Smallest loss per yuan first, as long as the loss fits into the
// slack above the target; at equal ratio the dearest first (so useless sites go in order of price), then the larger id.
// Lazy: closing a site only raises the loss of the others, so a stale loss is a lower bound.
import { compareProducts } from './compare-products.ts';
import { lossOf, removeSite, type SelectionState } from './selection-state.ts';
import { makeSiteQueue } from './site-queue.ts';

/** Closes sites of `closable` and returns those that stay, in their order. Coverage stays at or above `keep`. */
export function pruneSites(
  state: SelectionState,
  closable: readonly number[],
  keep: number,
  idRank: Uint32Array,
): number[] {
  const { cost } = state.problem;
  const loss = new Float64Array(cost.length);
  for (const site of closable) loss[site] = lossOf(state, site);
  const before = (a: number, b: number) => {
    const order = compareProducts(loss[a]!, cost[b]!, loss[b]!, cost[a]!);
    if (order !== 0) return order < 0;
    if (cost[a] !== cost[b]) return cost[a]! > cost[b]!;
    if (loss[a] !== loss[b]) return loss[a]! < loss[b]!;
    return idRank[a]! > idRank[b]!;
  };
  const queue = makeSiteQueue(closable, before);
  const closed = new Set<number>();
  while (queue.size() > 0) {
    const site = queue.top();
    const now = lossOf(state, site);
    if (now !== loss[site]) {
      loss[site] = now;
      queue.sink();
      continue;
    }
    const worthClosing = now === 0 || cost[site]! > 0;
    if (worthClosing && state.covered - now >= keep) {
      removeSite(state, site);
      closed.add(site);
    }
    queue.pop(); // a site that does not fit now never will: its loss only grows, the slack only shrinks
  }
  return closable.filter((site) => !closed.has(site));
}
