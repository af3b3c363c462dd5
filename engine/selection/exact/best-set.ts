// The set of sites that covers most above what its sites are priced at, proved by going through all of them: a branch is left when what it
// could still cover, each row taken at the cheapest rate that any site left asks for it, is no more than the best at hand. Small windows
// only: some hundred branches for thirty sites (measured).

/** Sites and the rows they cover; a row counts once. */
export interface WindowCover {
  readonly siteCount: number;
  /** Rows of each site: `rows[starts[site]] ..`. */
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
  readonly worth: Float64Array;
}

export interface BestSet {
  /** Worth covered less prices; no set passes it by more than `margin`. */
  readonly value: number;
  /** Ever better ones, the best last; none when no set passes the floor. */
  readonly sets: readonly (readonly number[])[];
}

/** Null when more than `limit` branches were needed. No set passes `max(floor, value) + margin`, rounding included. */
export function findBestSet(
  cover: WindowCover,
  prices: Float64Array,
  floor: number,
  margin: number,
  limit: number,
): BestSet | null {
  const { siteCount, worth } = cover;
  const room = (siteCount * (siteCount + 3)) / 2 + 1;
  const search: Search = {
    cover,
    prices,
    covered: new Int32Array(worth.length),
    seen: new Int32Array(worth.length),
    stack: new Int32Array(room),
    gains: new Float64Array(room),
    rates: new Float64Array(room),
    chosen: [],
    sets: [],
    best: floor,
    half: margin / 2,
    mark: 0,
    left: limit,
  };
  for (let site = 0; site < siteCount; site++) search.stack[site] = site;
  return openBranch(search, 0, siteCount, 0) ? { value: search.best, sets: search.sets } : null;
}

interface Search {
  readonly cover: WindowCover;
  readonly prices: Float64Array;
  /** Per row how many chosen sites cover it. */
  readonly covered: Int32Array;
  readonly seen: Int32Array;
  /** Sites left at each depth, one stretch after another, with what they would add and the part of it that they cost. */
  readonly stack: Int32Array;
  readonly gains: Float64Array;
  readonly rates: Float64Array;
  readonly chosen: number[];
  readonly sets: number[][];
  best: number;
  readonly half: number;
  mark: number;
  left: number;
}

/** Chosen sites are worth `value`; sites from `from` to `to` of the stack may join them. False when the limit ended it. */
function openBranch(search: Search, from: number, to: number, value: number): boolean {
  if (--search.left < 0) return false;
  if (value > search.best) {
    search.best = value;
    search.sets.push(search.chosen.slice());
  }
  const { cover, covered, stack, gains } = search;
  const { starts, rows } = cover;
  let end = listHopeful(search, from, to);
  while (end > to) {
    if (value + mostLeft(search, to, end) <= search.best + search.half) return true;
    let at = to;
    for (let k = to + 1; k < end; k++)
      if (gains[k]! - search.prices[stack[k]!]! > gains[at]! - search.prices[stack[at]!]!) at = k;
    const site = stack[at]!;
    const more = gains[at]! - search.prices[site]!;
    end--;
    for (let k = at; k < end; k++) {
      stack[k] = stack[k + 1]!;
      gains[k] = gains[k + 1]!;
      search.rates[k] = search.rates[k + 1]!;
    }
    for (let k = starts[site]!; k < starts[site + 1]!; k++) covered[rows[k]!]!++;
    search.chosen.push(site);
    const isDone = openBranch(search, to, end, value + more);
    search.chosen.pop();
    for (let k = starts[site]!; k < starts[site + 1]!; k++) covered[rows[k]!]!--;
    if (!isDone) return false;
  }
  return true;
}

/** Sites that add more than they cost, behind `to` in order of their rate; returns their end. What adds less now never adds more. */
function listHopeful(search: Search, from: number, to: number): number {
  const { cover, prices, covered, stack, gains, rates } = search;
  const { starts, rows, worth } = cover;
  let end = to;
  for (let at = from; at < to; at++) {
    const site = stack[at]!;
    let gain = 0;
    for (let k = starts[site]!; k < starts[site + 1]!; k++)
      if (covered[rows[k]!] === 0) gain += worth[rows[k]!]!;
    if (gain <= prices[site]!) continue;
    const rate = prices[site]! / gain;
    let place = end++;
    for (; place > to && rates[place - 1]! > rate; place--) {
      stack[place] = stack[place - 1]!;
      gains[place] = gains[place - 1]!;
      rates[place] = rates[place - 1]!;
    }
    stack[place] = site;
    gains[place] = gain;
    rates[place] = rate;
  }
  return end;
}

/** Each row by the first site that covers it: sites lie in order of their rate, so no set of them adds more. */
function mostLeft(search: Search, from: number, to: number): number {
  const { cover, covered, seen, stack, rates } = search;
  const { starts, rows, worth } = cover;
  const mark = ++search.mark;
  let sum = 0;
  for (let at = from; at < to; at++) {
    const site = stack[at]!;
    const kept = 1 - rates[at]!;
    for (let k = starts[site]!; k < starts[site + 1]!; k++) {
      const row = rows[k]!;
      if (covered[row] !== 0 || seen[row] === mark) continue;
      seen[row] = mark;
      sum += worth[row]! * kept;
    }
  }
  return sum;
}
