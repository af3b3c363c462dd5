// Which bins every candidate reaches, block by block (layout: footprints.ts). A block depends on its own places alone, so any
// number of workers, or one moved site, gives the same bytes. Cost: hear-station per place, plus one pass over its bins.
import type { CoverageModel, HearingModel } from './coverage-model.ts';
import { BLOCK_SITES, type FootprintBlock, type Footprints } from './footprints.ts';
import { Heard, hearStation } from './hear-station.ts';
import type { StationPlace } from './station-place.ts';

/** A gap of at most this many unreached bins stays inside a span: cheaper than a second span. */
const GAP_BINS = 4;

/** Sites per bin by what they are to it; see `Footprints`. */
export interface ReachCounts {
  readonly near: Uint16Array;
  readonly seen: Uint16Array;
}

export function makeReachCounts(binCount: number): ReachCounts {
  return { near: new Uint16Array(binCount), seen: new Uint16Array(binCount) };
}

/** Footprints in the order of the places. `onProgress` is told after every 64 places; throw in it to stop. */
export function computeFootprints(
  model: CoverageModel,
  places: readonly StationPlace[],
  onProgress?: (done: number, total: number) => void,
): Footprints {
  const { binCount } = model.grid;
  const reach = makeReachCounts(binCount);
  const maker = makeBlockMaker(model, reach);
  const blocks: FootprintBlock[] = [];
  for (let first = 0; first < places.length; first += BLOCK_SITES) {
    onProgress?.(first, places.length);
    blocks.push(maker(places.slice(first, first + BLOCK_SITES)));
  }
  onProgress?.(places.length, places.length);
  return { binCount, siteCount: places.length, blocks, ...reach };
}

/** Makes blocks one after the other and counts into `reach` (a null counts nothing). */
export function makeBlockMaker(
  model: HearingModel,
  reach: ReachCounts | null,
): (places: readonly StationPlace[]) => FootprintBlock {
  const heard = new Heard();
  let spanFirst = new Uint32Array(4096);
  let spanLength = new Uint8Array(4096);
  let grades = new Uint8Array(65_536);
  return (places) => {
    const spanStarts = new Uint32Array(places.length + 1);
    const gradeStarts = new Uint32Array(places.length + 1);
    let spans = 0;
    let graded = 0;
    places.forEach((place, index) => {
      hearStation(model, place, heard, false);
      const { count, bins, grade, seen } = heard;
      if (spans + count > spanFirst.length) {
        spanFirst = grown(spanFirst, new Uint32Array(2 * (spans + count)));
        spanLength = grown(spanLength, new Uint8Array(2 * (spans + count)));
      }
      // A gap is written as zeros: up to GAP_BINS more per bin heard.
      if (graded + (GAP_BINS + 1) * count > grades.length)
        grades = grown(grades, new Uint8Array(2 * (graded + (GAP_BINS + 1) * count)));
      let last = -2 - GAP_BINS;
      let rowEnd = -1;
      for (let i = 0; i < count; i++) {
        const id = bins[i]!;
        if (reach) {
          reach.near[id] = reach.near[id]! + 1;
          reach.seen[id] = reach.seen[id]! + seen[i]!;
        }
        if (grade[i] === 0) continue;
        const gap = id - last - 1;
        if (gap <= GAP_BINS && id < rowEnd) {
          for (let zero = 0; zero < gap; zero++) grades[graded++] = 0;
          spanLength[spans - 1] = spanLength[spans - 1]! + gap + 1;
        } else {
          spanFirst[spans] = id;
          spanLength[spans++] = 1;
          rowEnd = endOfRow(model.grid.rowStarts, id);
        }
        grades[graded++] = grade[i]!;
        last = id;
      }
      spanStarts[index + 1] = spans;
      gradeStarts[index + 1] = graded;
    });
    return {
      sites: places.length,
      spanStarts,
      gradeStarts,
      spanFirst: spanFirst.slice(0, spans),
      spanLength: spanLength.slice(0, spans),
      grades: grades.slice(0, graded),
    };
  };
}

/** First id behind the strip row of a bin. */
function endOfRow(rowStarts: Uint32Array, id: number): number {
  let low = 0;
  let high = rowStarts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rowStarts[middle]! <= id) low = middle;
    else high = middle;
  }
  return rowStarts[high]!;
}

function grown<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
