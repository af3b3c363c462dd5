// What operators pay for a location they share: 30 % less each when two stand there, 40 % less when three or more, and the anchor
// 5 % more off (agreement text for 2018-2022, domain reference 8.3.4). Editable; whole yuan per operator.

export interface ShareDiscounts {
  /** Percent off by the number of operators at the location: one, two, three; the last holds for more. */
  readonly percentOff: readonly number[];
  /** Further percent off for the anchor once others stand there. */
  readonly anchorPercentOff: number;
}

export const agreedDiscounts: ShareDiscounts = { percentOff: [0, 30, 40], anchorPercentOff: 5 };

/** Whole yuan of an operator whose price alone is `costCny`, with `operators` (1 or more) at the location, itself included. */
export function sharedCostCny(
  costCny: number,
  operators: number,
  isAnchor: boolean,
  discounts: ShareDiscounts = agreedDiscounts,
): number {
  const { percentOff, anchorPercentOff } = discounts;
  const off = percentOff[Math.min(operators, percentOff.length) - 1];
  if (off === undefined || !(costCny >= 0))
    throw new RangeError(
      `sharedCostCny: expected a price and 1 or more operators, got ${costCny}, ${operators}`,
    );
  const more = isAnchor && operators > 1 ? anchorPercentOff : 0;
  return Math.round((costCny * Math.max(0, 100 - off - more)) / 100);
}
