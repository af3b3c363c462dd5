// Which bins every candidate reaches, as row runs per probability level (layout: footprints.ts).
// Cost: hear-station per place, plus one pass over its bins. Memory: six bytes per run, arrays doubled as they fill.
import type { CoverageModel } from './coverage-model.ts';
import { type Footprints, LEVEL_FROM } from './footprints.ts';
import { Heard, hearStation } from './hear-station.ts';
import type { StationPlace } from './station-place.ts';

const PLACES_PER_REPORT = 64;

/** Footprints in the order of the places. `onProgress` is told after every 64 places; throw in it to stop. */
export function computeFootprints(
  model: CoverageModel,
  places: readonly StationPlace[],
  onProgress?: (done: number, total: number) => void,
): Footprints {
  const { binCount } = model.grid;
  const runs = new RunList();
  const runStarts = new Uint32Array(places.length + 1);
  const reach = new Uint8Array(binCount);
  const heard = new Heard();
  const byLevel = LEVEL_FROM.map(() => new RunList());
  places.forEach((place, index) => {
    if (index % PLACES_PER_REPORT === 0) onProgress?.(index, places.length);
    hearStation(model, place, heard, reach);
    for (let i = 0; i < heard.count; i++) {
      const known = heard.seen[i] === 1 ? 2 : 1;
      if (reach[heard.bins[i]!]! < known) reach[heard.bins[i]!] = known;
    }
    collectRuns(heard, byLevel);
    byLevel.forEach((level, k) => {
      runs.append(level, k * binCount);
    });
    runStarts[index + 1] = runs.count;
  });
  onProgress?.(places.length, places.length);
  return {
    binCount,
    levels: LEVEL_FROM.length,
    runStarts,
    runFirst: runs.first.slice(0, runs.count),
    runLength: runs.length.slice(0, runs.count),
    reach,
  };
}

/** Runs of consecutive bins that reach each level. Guards have ids of their own, so no run crosses a strip row. */
function collectRuns(heard: Heard, byLevel: readonly RunList[]): void {
  const { bins, reached, count } = heard;
  const openFrom = new Uint32Array(byLevel.length);
  for (const level of byLevel) level.count = 0;
  let openLevels = 0;
  let last = -1;
  const closeDownTo = (levels: number): void => {
    for (let k = openLevels - 1; k >= levels; k--) byLevel[k]!.add(openFrom[k]!, last - openFrom[k]! + 1);
    openLevels = Math.min(openLevels, levels);
  };
  for (let i = 0; i < count; i++) {
    const id = bins[i]!;
    const levels = reached[i]!;
    if (id !== last + 1) closeDownTo(0);
    if (levels < openLevels) closeDownTo(levels);
    while (openLevels < levels) openFrom[openLevels++] = id;
    last = id;
  }
  closeDownTo(0);
}

class RunList {
  count = 0;
  first: Uint32Array = new Uint32Array(1024);
  length: Uint16Array = new Uint16Array(1024);

  add(first: number, length: number): void {
    this.makeRoom(1);
    this.first[this.count] = first;
    this.length[this.count++] = length;
  }

  /** Appends another list, its bins moved up by `offset`. */
  append(other: RunList, offset: number): void {
    this.makeRoom(other.count);
    for (let i = 0; i < other.count; i++) this.first[this.count + i] = other.first[i]! + offset;
    this.length.set(other.length.subarray(0, other.count), this.count);
    this.count += other.count;
  }

  private makeRoom(more: number): void {
    if (this.count + more <= this.first.length) return;
    const size = Math.max(this.count + more, 2 * this.first.length);
    const first = new Uint32Array(size);
    first.set(this.first);
    this.first = first;
    const length = new Uint16Array(size);
    length.set(this.length);
    this.length = length;
  }
}
