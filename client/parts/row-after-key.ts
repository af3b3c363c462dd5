// Which row of a table a key leads to: arrows, Home and End, and J and K for hands that stay on the letters.

/** From nowhere to the first row, and no step beyond the ends; null for a key that moves nothing. */
export function rowAfterKey(ids: readonly string[], currentId: string | null, key: string): string | null {
  if (ids.length === 0) return null;
  const at = currentId === null ? -1 : ids.indexOf(currentId);
  const [next, previous] = [at + 1, at < 0 ? 0 : at - 1];
  const target = {
    ArrowDown: next,
    j: next,
    ArrowUp: previous,
    k: previous,
    Home: 0,
    End: ids.length - 1,
  }[key.length === 1 ? key.toLowerCase() : key];
  if (target === undefined) return null;
  return ids[Math.min(Math.max(target, 0), ids.length - 1)] ?? null;
}
