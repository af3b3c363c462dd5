// Names to numbers without a string per row: the bytes of each name stand once in an arena, found by hash (FNV-1a, open addressing).
// Seven million rows name a few hundred thousand sites and bins; only those become strings, and only when asked for.

export interface IdTable {
  /** Number of the name, given in the order of first use. */
  readonly add: (bytes: Uint8Array, start: number, end: number) => number;
  /** -1 when it is not known. */
  readonly find: (bytes: Uint8Array, start: number, end: number) => number;
  readonly size: () => number;
  /** Bytes of the names in order. */
  readonly bytesOf: (id: number) => Uint8Array;
}

const FIRST_SLOTS = 1 << 16;
const FIRST_BYTES = 1 << 20;

/** Takes about 12 bytes per name and its bytes. */
export function makeIdTable(): IdTable {
  let slots = new Int32Array(FIRST_SLOTS).fill(-1);
  let arena = new Uint8Array(FIRST_BYTES);
  let starts = new Uint32Array(FIRST_SLOTS);
  let count = 0;
  let last = -1;

  const isAt = (id: number, bytes: Uint8Array, start: number, end: number): boolean => {
    const from = starts[id]!;
    if (starts[id + 1]! - from !== end - start) return false;
    for (let at = start, own = from; at < end; at++, own++) if (bytes[at] !== arena[own]) return false;
    return true;
  };
  const slotOf = (bytes: Uint8Array, start: number, end: number): number => {
    const mask = slots.length - 1;
    let slot = hashOf(bytes, start, end) & mask;
    while (slots[slot]! >= 0 && !isAt(slots[slot]!, bytes, start, end)) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < count; id++) {
      let slot = hashOf(arena, starts[id]!, starts[id + 1]!) & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    const more = new Uint32Array(slots.length);
    more.set(starts);
    starts = more;
  };
  const find = (bytes: Uint8Array, start: number, end: number): number => {
    // rows of one site mostly stand together
    if (last >= 0 && isAt(last, bytes, start, end)) return last;
    const id = slots[slotOf(bytes, start, end)]!;
    if (id >= 0) last = id;
    return id;
  };
  return {
    find,
    add: (bytes, start, end) => {
      const known = find(bytes, start, end);
      if (known >= 0) return known;
      if (2 * (count + 2) > slots.length) grow();
      const from = starts[count]!;
      const until = from + end - start;
      if (until > arena.length) {
        const more = new Uint8Array(Math.max(2 * arena.length, until));
        more.set(arena);
        arena = more;
      }
      arena.set(bytes.subarray(start, end), from);
      slots[slotOf(bytes, start, end)] = count;
      starts[count + 1] = until;
      last = count;
      return count++;
    },
    size: () => count,
    bytesOf: (id) => arena.subarray(starts[id]!, starts[id + 1]!),
  };
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
