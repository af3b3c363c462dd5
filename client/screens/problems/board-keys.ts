// Arrows on the board by state: up and down within a column, left and right to the next column that has cards.

/** Ids of the cards by column, in order. Null: the key means nothing here, or there is nowhere to go. */
export function cardAfterKey(
  columns: readonly (readonly string[])[],
  at: string | null,
  key: string,
): string | null {
  const column = columns.findIndex((ids) => at !== null && ids.includes(at));
  if (column < 0)
    return key.startsWith('Arrow') ? (columns.find((ids) => ids.length > 0)?.[0] ?? null) : null;
  const ids = columns[column] ?? [];
  const row = ids.indexOf(at ?? '');
  switch (key) {
    case 'ArrowDown':
      return ids[row + 1] ?? null;
    case 'ArrowUp':
      return ids[row - 1] ?? null;
    case 'ArrowRight':
    case 'ArrowLeft': {
      const after = columns.slice(column + 1);
      const before = columns.slice(0, column).reverse();
      const next = (key === 'ArrowRight' ? after : before).find((one) => one.length > 0);
      return next?.[Math.min(row, next.length - 1)] ?? null;
    }
    default:
      return null;
  }
}
