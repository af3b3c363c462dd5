// A window as its sites see it: sites with a share of the fractional plan, rows that the same of them cover merged to one.
import type { WindowCover } from './best-set.ts';
import type { CoverRows } from './cover-rows.ts';

export interface SharedWindow extends WindowCover {
  /** Position of each site. */
  readonly positions: readonly number[];
  /** What each covers alone. */
  readonly alone: Float64Array;
  /** All worth of its rows. */
  readonly total: number;
}

/** `worthOf`: per row of the program. Sites with a share above `least`. */
export function makeWindowCover(
  rows: CoverRows,
  own: Uint32Array,
  shares: Float64Array,
  least: number,
  worthOf: (row: number) => number,
): SharedWindow {
  const placeOf = new Map<number, number>();
  const merged = new Map<string, number>();
  const members: number[][] = [];
  const worths: number[] = [];
  for (const row of own) {
    const sites: number[] = [];
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      const position = rows.sites[at]!;
      if (!(shares[position]! > least)) continue;
      const place = placeOf.get(position) ?? placeOf.size;
      placeOf.set(position, place);
      sites.push(place);
    }
    if (sites.length === 0) continue;
    const key = sites.join();
    const known = merged.get(key);
    if (known !== undefined) {
      worths[known]! += worthOf(row);
      continue;
    }
    merged.set(key, worths.length);
    worths.push(worthOf(row));
    members.push(sites);
  }
  const siteCount = placeOf.size;
  const starts = new Uint32Array(siteCount + 1);
  for (const sites of members) for (const site of sites) starts[site + 1]!++;
  for (let site = 0; site < siteCount; site++) starts[site + 1]! += starts[site]!;
  const next = starts.slice();
  const list = new Uint32Array(starts[siteCount]!);
  const alone = new Float64Array(siteCount);
  members.forEach((sites, row) => {
    for (const site of sites) {
      list[next[site]!++] = row;
      alone[site]! += worths[row]!;
    }
  });
  return {
    siteCount,
    starts,
    rows: list,
    worth: Float64Array.from(worths),
    positions: [...placeOf.keys()],
    alone,
    total: worths.reduce((sum, worth) => sum + worth, 0),
  };
}

export function worthOfSet({ starts, rows, worth }: WindowCover, set: readonly number[]): number {
  const seen = new Uint8Array(worth.length);
  let sum = 0;
  for (const site of set)
    for (let k = starts[site]!; k < starts[site + 1]!; k++) {
      const row = rows[k]!;
      if (seen[row] === 0) sum += worth[row]!;
      seen[row] = 1;
    }
  return sum;
}
