// How long most of many took: half of them at most so long (0.5), all but one in a hundred (0.99), the slowest (1).

/** The value that this share of them does not exceed, by rank; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))] ?? Number.NaN;
}
