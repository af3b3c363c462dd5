// Opens sites until the shares hold again: greedy by what a site takes off the shortage per yuan, against the cheapest single site
// that is enough and the cheapest pair (both exact within the sites offered). The best of them stays, superfluous sites closed.
// Ties: larger share, lower price, smaller id by string order.
import { closeSuperfluous } from './close-superfluous.ts';
import {
  isBetter,
  mayOpen,
  priceOf,
  type RepairRun,
  revert,
  shortageOf,
  standingOf,
  toggle,
  worthOf,
} from './repair-run.ts';

/** Candidates that help now: what each takes off the shortage, and its price. */
interface Offers {
  readonly sites: readonly number[];
  readonly worth: Float64Array;
  readonly price: Float64Array;
  /** Bins that need several sites: two may help where neither helps alone. */
  readonly isStrict: boolean;
}

/**
 * `closable`: sites that may close when they became superfluous. `pairLooks`: gains to ask for in search of a pair; 0: no pairs. `limit`: gives
 * up where the sites opened would cost as much, the price of changes included.
 */
export function fillShortage(
  run: RepairRun,
  pool: readonly number[],
  closable: readonly number[],
  pairLooks: number,
  limit = Infinity,
): void {
  const shortage = shortageOf(run);
  if (shortage === 0) return;
  const mark = run.moves.length;
  const priceBefore = standingOf(run).price;
  const offers = offersOf(run, pool, limit);
  if (!openGreedily(run, offers, limit)) return;
  closeSuperfluous(run, [...closable, ...run.moves.slice(mark)]);
  let best = { standing: standingOf(run), moves: run.moves.slice(mark) };
  let least = best.standing.shortage > 0 ? Infinity : best.standing.price - priceBefore;
  const single = findSingle(offers, shortage);
  const isCheaper = single !== null && priceOf(run, single) < least;
  if (!isCheaper && pairLooks === 0) return;

  const consider = (sites: readonly number[]) => {
    for (const site of sites) toggle(run, site);
    closeSuperfluous(run, [...closable, ...sites]);
    const standing = standingOf(run);
    if (isBetter(standing, best.standing)) best = { standing, moves: run.moves.slice(mark) };
    revert(run, mark);
  };
  revert(run, mark);
  if (isCheaper) {
    least = priceOf(run, single);
    consider([single]);
  }
  const pair = pairLooks > 0 ? findPair(run, offers, least, pairLooks) : [];
  if (pair.length > 0) consider(pair);
  for (const site of best.moves) toggle(run, site);
}

function offersOf(run: RepairRun, pool: readonly number[], limit: number): Offers {
  const isStrict = run.problem.fold?.counts === 'strict';
  const sites: number[] = [];
  const worths: number[] = [];
  for (const site of pool) {
    if (!mayOpen(run, site) || priceOf(run, site) >= limit) continue;
    const worth = worthOf(run, site);
    if (worth === 0 && !isStrict) continue;
    sites.push(site);
    worths.push(worth);
  }
  const price = Float64Array.from(sites, (site) => priceOf(run, site));
  return { sites, worth: Float64Array.from(worths), price, isStrict };
}

/** False when the limit is spent. Lazily: a worth seen earlier is never less than now, except where bins need several sites. */
function openGreedily(
  run: RepairRun,
  { sites, worth: first, price, isStrict }: Offers,
  limit: number,
): boolean {
  const { siteIds } = run.problem;
  const worth = first.slice();
  const lookedAt = new Int32Array(sites.length);
  let opened = 0;
  let spent = 0;
  while (shortageOf(run) > 0) {
    const at = topOffer(sites, worth, price, siteIds);
    if (at < 0) break;
    if (lookedAt[at] !== opened) {
      lookedAt[at] = opened;
      worth[at] = worthOf(run, sites[at]!);
      continue;
    }
    worth[at] = 0;
    if (!mayOpen(run, sites[at]!)) continue;
    spent += price[at]!;
    if (spent >= limit) return false;
    toggle(run, sites[at]!);
    opened++;
    if (!isStrict) continue;
    for (let other = 0; other < sites.length; other++) {
      lookedAt[other] = opened;
      worth[other] = mayOpen(run, sites[other]!) ? worthOf(run, sites[other]!) : 0;
    }
  }
  return true;
}

/** The offer with the most worth per yuan, or -1 when none helps. */
function topOffer(
  sites: readonly number[],
  worth: Float64Array,
  price: Float64Array,
  siteIds: readonly string[],
): number {
  let top = -1;
  let topRatio = 0;
  for (let at = 0; at < sites.length; at++) {
    const now = worth[at]!;
    if (now === 0) continue;
    const ratio = price[at]! > 0 ? now / price[at]! : Infinity;
    if (top >= 0) {
      if (ratio < topRatio) continue;
      if (ratio === topRatio) {
        if (now < worth[top]!) continue;
        if (now === worth[top]!) {
          if (price[at]! > price[top]!) continue;
          if (price[at] === price[top] && siteIds[sites[at]!]! > siteIds[sites[top]!]!) continue;
        }
      }
    }
    top = at;
    topRatio = ratio;
  }
  return top;
}

/** The cheapest site that ends the shortage alone. */
function findSingle({ sites, worth, price }: Offers, shortage: number): number | null {
  let found = -1;
  for (let at = 0; at < sites.length; at++)
    if (worth[at]! >= shortage && (found < 0 || price[at]! < price[found]!)) found = at;
  return found < 0 ? null : sites[found]!;
}

/** The cheapest two sites that end the shortage together for less than `most`, cheapest first until the looks are used up. */
function findPair(run: RepairRun, offers: Offers, most: number, looks: number): number[] {
  const { sites, worth, price, isStrict } = offers;
  const shortage = shortageOf(run);
  const mark = run.moves.length;
  const until = run.tally.looks + looks;
  const order = Array.from(sites.keys()).sort(
    (a, b) =>
      price[a]! - price[b]! || (run.problem.siteIds[sites[a]!]! < run.problem.siteIds[sites[b]!]! ? -1 : 1),
  );
  let limit = most;
  let pair: number[] = [];
  for (let place = 0; place < order.length; place++) {
    const one = order[place]!;
    const next = order[place + 1];
    if (next === undefined || price[one]! + price[next]! >= limit || run.tally.looks > until) break;
    if (worth[one]! >= shortage) continue;
    let isOpen = false;
    for (let other = place + 1; other < order.length; other++) {
      const two = order[other]!;
      if (price[one]! + price[two]! >= limit) break;
      if (!isStrict && worth[one]! + worth[two]! < shortage) continue;
      if (!isOpen) toggle(run, sites[one]!);
      isOpen = true;
      if (!mayOpen(run, sites[two]!) || worthOf(run, sites[two]!) < shortageOf(run)) continue;
      limit = price[one]! + price[two]!;
      pair = [sites[one]!, sites[two]!];
      break;
    }
    revert(run, mark);
  }
  return pair;
}
