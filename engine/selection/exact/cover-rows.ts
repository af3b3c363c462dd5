// The covering rows of an exact model: `need * z <= sum of x over sites`, 0 <= z <= most, and z counts with its worth for every
// target. A bin is one row; with grades one row per level, because a bin at its third grade holds the worth of the first two as well.
// Rows with the same sites are one row with summed worth (identical bins; selection reference, section 4.6): of a raster whose
// candidates are few, most bins go.

export interface CoverRows {
  readonly count: number;
  /** First entry of each row in `sites`, then the end. */
  readonly starts: Uint32Array;
  /** Sites of each row, ascending. */
  readonly sites: Uint32Array;
  /** Sites one unit of z needs: more than 1 only where nothing counts below all of them. */
  readonly need: Uint8Array;
  /** Units of z at the most: more than 1 only where each further site counts. */
  readonly most: Uint8Array;
  /** Weight times worth of one unit of z, row by row, one per target. */
  readonly worth: Float64Array;
  /** What sites are paid for serving the row, of the prices given; 0 without prices. */
  readonly price: Float64Array;
}

/** Gathers rows and merges equal ones. */
export interface RowGatherer {
  /** `sites` ascending, read and not kept; `worth` one per target. Rows without sites or worth are left out. */
  readonly add: (
    sites: ArrayLike<number>,
    from: number,
    to: number,
    need: number,
    most: number,
    worth: ArrayLike<number>,
    worthFrom: number,
    price: number,
  ) => void;
  readonly rows: () => CoverRows;
}

export function gatherRows(targetCount: number): RowGatherer {
  const starts = [0];
  const rowSites: number[] = [];
  const needs: number[] = [];
  const mosts: number[] = [];
  const worths: number[] = [];
  const prices: number[] = [];
  const byHash = new Map<number, number[]>();

  const add: RowGatherer['add'] = (sites, from, to, need, most, worth, worthFrom, price) => {
    let sum = 0;
    for (let target = 0; target < targetCount; target++) sum += worth[worthFrom + target]!;
    const units = Math.min(most, to - from);
    if (sum === 0 || to - from < need || units <= 0) return;
    const hash = hashOf(sites, from, to, need, units);
    const known = byHash.get(hash);
    const same = known?.find(
      (row) =>
        needs[row] === need &&
        mosts[row] === units &&
        equals(rowSites, starts[row]!, starts[row + 1]!, sites, from, to),
    );
    if (same !== undefined) {
      for (let target = 0; target < targetCount; target++)
        worths[same * targetCount + target]! += worth[worthFrom + target]!;
      prices[same]! += price;
      return;
    }
    const row = needs.length;
    if (known) known.push(row);
    else byHash.set(hash, [row]);
    for (let at = from; at < to; at++) rowSites.push(sites[at]!);
    starts.push(rowSites.length);
    needs.push(need);
    mosts.push(units);
    prices.push(price);
    for (let target = 0; target < targetCount; target++) worths.push(worth[worthFrom + target]!);
  };

  return {
    add,
    rows: () => ({
      count: needs.length,
      starts: Uint32Array.from(starts),
      sites: Uint32Array.from(rowSites),
      need: Uint8Array.from(needs),
      most: Uint8Array.from(mosts),
      worth: Float64Array.from(worths),
      price: Float64Array.from(prices),
    }),
  };
}

/** The same rows over fewer sites: `to` is a part of `from`, both ascending. */
export function restrictRows(
  rows: CoverRows,
  from: readonly number[],
  to: readonly number[],
  targetCount: number,
): CoverRows {
  const positionOf = new Map(to.map((site, position) => [site, position]));
  const newPosition = from.map((site) => positionOf.get(site) ?? -1);
  const gatherer = gatherRows(targetCount);
  const left: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    left.length = 0;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) {
      const position = newPosition[rows.sites[at]!]!;
      if (position >= 0) left.push(position);
    }
    const { need, most, worth, price } = rows;
    gatherer.add(left, 0, left.length, need[row]!, most[row]!, worth, row * targetCount, price[row]!);
  }
  return gatherer.rows();
}

/** FNV-1a over the numbers of the row; equal hashes are compared in full. */
function hashOf(sites: ArrayLike<number>, from: number, to: number, need: number, most: number): number {
  let hash = 0x811c9dc5 ^ (need * 256 + most);
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ sites[at]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function equals(
  one: ArrayLike<number>,
  oneFrom: number,
  oneTo: number,
  other: ArrayLike<number>,
  otherFrom: number,
  otherTo: number,
): boolean {
  if (oneTo - oneFrom !== otherTo - otherFrom) return false;
  for (let at = oneFrom; at < oneTo; at++) if (one[at] !== other[at - oneFrom + otherFrom]) return false;
  return true;
}
