// Sets of a window that are worth more than a floor, by adding and dropping one site at a time from a few beginnings: quick, and proves
// nothing. What it finds spares the complete search (best-set.ts) most of its turns.
import type { WindowCover } from './best-set.ts';

const CLIMBS = 4;
/** Less is rounding. */
const LEAST_GAIN = 1e-9;

/** Worth of a set: what it covers less its prices. `turn` turns the beginnings elsewhere. */
export function climbSets(cover: WindowCover, prices: Float64Array, floor: number, turn: number): number[][] {
  const { siteCount, starts, rows, worth } = cover;
  const found: number[][] = [];
  const covered = new Int32Array(worth.length);
  const isIn = new Uint8Array(siteCount);
  for (let climb = 0; climb < CLIMBS; climb++) {
    covered.fill(0);
    let value = 0;
    for (let site = 0; site < siteCount; site++) {
      isIn[site] = climb > 0 && (site * 7 + turn * 5 + climb * 3) % 5 === 0 ? 1 : 0;
      if (isIn[site] === 0) continue;
      value -= prices[site]!;
      for (let k = starts[site]!; k < starts[site + 1]!; k++)
        if (covered[rows[k]!]!++ === 0) value += worth[rows[k]!]!;
    }
    for (let step = 0; step < 2 * siteCount; step++) {
      const { site, gain } = bestMove(cover, prices, covered, isIn);
      if (site < 0) break;
      value += gain;
      const by = isIn[site] === 1 ? -1 : 1;
      isIn[site] = 1 - isIn[site]!;
      for (let k = starts[site]!; k < starts[site + 1]!; k++) covered[rows[k]!]! += by;
    }
    if (value > floor) found.push(Array.from(isIn.keys()).filter((site) => isIn[site] === 1));
  }
  return found;
}

/** The site whose adding or dropping gains most; -1: none gains. */
function bestMove(
  { siteCount, starts, rows, worth }: WindowCover,
  prices: Float64Array,
  covered: Int32Array,
  isIn: Uint8Array,
): { site: number; gain: number } {
  let at = -1;
  let most = LEAST_GAIN;
  for (let site = 0; site < siteCount; site++) {
    const inside = isIn[site]!;
    let alone = 0;
    for (let k = starts[site]!; k < starts[site + 1]!; k++)
      if (covered[rows[k]!] === inside) alone += worth[rows[k]!]!;
    const gain = inside === 1 ? prices[site]! - alone : alone - prices[site]!;
    if (gain <= most) continue;
    most = gain;
    at = site;
  }
  return { site: at, gain: most };
}
