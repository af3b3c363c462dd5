// Local exchanges of a repair: close one or two open sites of the neighbourhood, fill the shortage anew without them, keep what is better.
// First improvement in a fixed order, again from the start, until nothing helps or the looks are used up.
import { closeSuperfluous } from './close-superfluous.ts';
import { fillShortage } from './fill-shortage.ts';
import { mayClose, mayOpen, type RepairRun, standingOf, toggle, tryOut } from './repair-run.ts';

/** A trial ends where it has spent this many times what the closed sites saved: so much is seldom won back by closing others. */
const MOST_SPENT = 2;

/** `wished`: sites to try to open beside what is open. Changes only sites of `region` and what shares ground with its open ones. */
export function exchangeNear(
  run: RepairRun,
  region: readonly number[],
  wished: readonly number[],
  looks: number,
): void {
  const until = run.tally.looks + looks;
  const inOrder = region.toSorted((a, b) => (run.problem.siteIds[a]! < run.problem.siteIds[b]! ? -1 : 1));
  let improved = true;
  while (improved && run.tally.looks < until) {
    const open = inOrder.filter((site) => mayClose(run, site));
    improved = wished.some((site) => tryOpening(run, site, open)) || tryClosing(run, inOrder, open, until);
  }
}

function tryOpening(run: RepairRun, site: number, open: readonly number[]): boolean {
  if (!mayOpen(run, site)) return false;
  return tryOut(run, () => {
    toggle(run, site);
    closeSuperfluous(run, open);
    return true;
  });
}

function tryClosing(
  run: RepairRun,
  region: readonly number[],
  open: readonly number[],
  until: number,
): boolean {
  const pools = new Map(open.map((site) => [site, new Set([...region, ...run.overlaps.of(site)])]));
  for (const { closed, pool } of trials(open, pools)) {
    if (run.tally.looks > until) return false;
    const isKept = tryOut(run, (before) => {
      for (const site of closed) {
        if (!mayClose(run, site)) return false;
        toggle(run, site);
      }
      const saved = before.shortage > 0 ? Infinity : before.price - standingOf(run).price;
      const others = pool.filter((site) => !closed.includes(site));
      fillShortage(run, others, open, 0, MOST_SPENT * saved);
      return true;
    });
    if (isKept) return true;
  }
  return false;
}

/** Every open site alone, then every two. */
function* trials(open: readonly number[], pools: ReadonlyMap<number, ReadonlySet<number>>) {
  for (const site of open) yield { closed: [site], pool: [...pools.get(site)!] };
  for (const [at, site] of open.entries())
    for (const other of open.slice(at + 1))
      yield { closed: [site, other], pool: [...new Set([...pools.get(site)!, ...pools.get(other)!])] };
}
