// Lets a few callers through at a time; the next ones wait in order, and too many are refused at once.
import { ProductError } from '../errors.ts';

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Throws SERVICE_BUSY when `waiting` callers already stand before the gate. */
export function makeGate(atOnce: number, waiting: number): Gate {
  const queue: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside < atOnce) inside += 1;
    else if (queue.length >= waiting) throw new ProductError('SERVICE_BUSY');
    else await new Promise<void>((enter) => queue.push(enter));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
