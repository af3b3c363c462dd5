// A binary heap of sites, best first. Keys may be stale as long as they never understate a site (lazy greedy) or never
// overstate its harm (lazy pruning); the caller refreshes the top and sifts it.

export interface SiteQueue {
  readonly size: () => number;
  readonly top: () => number;
  /** The key of the top became worse: move it to its place. */
  readonly sink: () => void;
  readonly pop: () => void;
}

/** Takes O(sites) to build. `before(a, b)`: a comes out before b; must be a strict total order. */
export function makeSiteQueue(
  sites: ArrayLike<number>,
  before: (a: number, b: number) => boolean,
): SiteQueue {
  const heap = Uint32Array.from(sites);
  let size = heap.length;
  const siftDown = (start: number) => {
    let at = start;
    const site = heap[at]!;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, site)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = site;
  };
  for (let at = (size >> 1) - 1; at >= 0; at--) siftDown(at);
  return {
    size: () => size,
    top: () => heap[0]!,
    sink: () => siftDown(0),
    pop: () => {
      size--;
      if (size > 0) {
        heap[0] = heap[size]!;
        siftDown(0);
      }
    },
  };
}
