// Carries a cut on a hull over to sites without a share in the fractional plan (lifting): such a site, put in place of shared ones that cover
// most of the same, adds what they do not cover. That holds for any number of them at once, whatever stands in for each.
import type { CoverRows } from './cover-rows.ts';
import type { SharedWindow } from './window-cover.ts';

/** Positions of all sites of the window with a price above 0, ascending, and the prices. `own`: its rows. */
export function priceOthers(
  rows: CoverRows,
  own: Uint32Array,
  { positions, siteCount }: SharedWindow,
  prices: Float64Array,
  worthOf: (row: number) => number,
): { positions: number[]; prices: number[] } {
  const placeOf = new Map(positions.map((position, place) => [position, place]));
  const priced = new Map(positions.map((position, place) => [position, prices[place]!]));
  const sharers: number[][] = [];
  const rowsOf = new Map<number, number[]>();
  own.forEach((row, index) => {
    const places: number[] = [];
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      const position = rows.sites[at]!;
      const place = placeOf.get(position);
      const list = rowsOf.get(position);
      if (place !== undefined) places.push(place);
      else if (list !== undefined) list.push(index);
      else rowsOf.set(position, [index]);
    }
    sharers.push(places);
  });
  const saved = new Float64Array(siteCount);
  for (const [position, list] of rowsOf) {
    let left = list;
    let price = 0;
    for (const index of list) price += worthOf(own[index]!);
    for (;;) {
      saved.fill(0);
      for (const index of left) for (const place of sharers[index]!) saved[place]! += worthOf(own[index]!);
      let best = -1;
      let most = 0;
      for (let place = 0; place < siteCount; place++) {
        if (saved[place]! - prices[place]! <= most) continue;
        most = saved[place]! - prices[place]!;
        best = place;
      }
      if (best < 0) break;
      price -= most;
      left = left.filter((index) => !sharers[index]!.includes(best));
    }
    priced.set(position, price);
  }
  const list = [...priced].filter(([, price]) => price > 0).sort(([a], [b]) => a - b);
  return { positions: list.map(([position]) => position), prices: list.map(([, price]) => price) };
}
