// Closes sites that no share needs any more: each time the one that saves most, as long as closing saves more than the change costs.
import { mayClose, priceOf, type RepairRun, spareLossOf, toggle } from './repair-run.ts';

/** Ties: smaller loss, then the larger id by string order goes. */
export function closeSuperfluous(run: RepairRun, closable: readonly number[]): void {
  const { siteIds } = run.problem;
  for (;;) {
    let found = -1;
    let foundLoss = 0;
    for (const site of closable) {
      const price = priceOf(run, site);
      if (price <= 0 || !mayClose(run, site)) continue;
      if (found >= 0 && price < priceOf(run, found)) continue;
      const loss = spareLossOf(run, site);
      if (loss < 0) continue;
      if (found >= 0 && price === priceOf(run, found)) {
        if (loss > foundLoss || (loss === foundLoss && siteIds[site]! <= siteIds[found]!)) continue;
      }
      found = site;
      foundLoss = loss;
    }
    if (found < 0) return;
    toggle(run, found);
  }
}
