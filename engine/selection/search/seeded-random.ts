// A small generator of chances for searches: the same seed gives the same sequence on every machine (mulberry32, Ettinger 2017:
// one 32-bit state, whole-number steps only).

export interface SeededRandom {
  /** Even in [0, 1). */
  readonly next: () => number;
  /** Whole number, 0 to `end` - 1. */
  readonly below: (end: number) => number;
}

/** The seed counts modulo 2^32. */
export function makeSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, below: (end) => Math.floor(next() * end) };
}
