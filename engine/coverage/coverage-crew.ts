// Footprints by several threads. The crew is told the ground once and then gets block after block; a block's bytes depend
// on its places alone and counts add up in any order, so one thread and eight give the same footprints.
// What a thread is (a worker thread, a web worker, a test's echo) is the caller's business: `CoverageThread`.
import type { StationForm } from '../model/equipment-profile.ts';
import { makeBlockMaker, makeReachCounts, type ReachCounts } from './compute-footprints.ts';
import type { CoverageModel, HearingModel } from './coverage-model.ts';
import { BLOCK_SITES, type FootprintBlock, type Footprints } from './footprints.ts';
import type { StationPlace } from './station-place.ts';

/** What a thread needs to know: the model without the tables it makes itself. Arrays may be shared memory. */
export type CoverageGround = Omit<HearingModel, 'forms'>;

export type ToCoverageThread =
  | { readonly kind: 'ground'; readonly ground: CoverageGround; readonly forms: readonly StationForm[] }
  | { readonly kind: 'block'; readonly index: number; readonly places: PackedPlaces }
  /** Answered with the counts of all blocks since `ground`. */
  | { readonly kind: 'counts' };

export type FromCoverageThread =
  | { readonly kind: 'block'; readonly index: number; readonly block: FootprintBlock }
  | { readonly kind: 'counts'; readonly counts: ReachCounts };

/** Places as arrays: east, north, height in metres, and the form's place in the list. */
interface PackedPlaces {
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
  readonly heightM: Float64Array;
  readonly form: Uint32Array;
}

export interface CoverageThread {
  readonly post: (message: ToCoverageThread) => void;
  /** Called with each answer, and with an error when the thread is gone. Later listeners replace earlier ones. */
  readonly listen: (answer: (message: FromCoverageThread) => void, lost: (error: unknown) => void) => void;
}

/**
 * Blocks a thread has before it: one it computes and one that waits, so that it never waits for the way. They come one by one,
 * because a browser ends a worker between two messages, and by force only after two seconds.
 */
const BLOCKS_AHEAD = 2;

/** The thread's side: give it every message, it says the answers with what can be transferred. */
export function makeCoverageThread(
  say: (message: FromCoverageThread, transfer: ArrayBufferLike[]) => void,
): (message: ToCoverageThread) => void {
  let forms: readonly StationForm[] = [];
  let reach: ReachCounts | null = null;
  let make: ReturnType<typeof makeBlockMaker> | null = null;
  return (message) => {
    if (message.kind === 'ground') {
      forms = message.forms;
      reach = makeReachCounts(message.ground.grid.binCount);
      make = makeBlockMaker({ ...message.ground, forms: new Map() }, reach);
    } else if (make === null || reach === null) {
      throw new RangeError(`a coverage thread got ${message.kind} before the ground`);
    } else if (message.kind === 'block') {
      const block = make(unpack(message.places, forms));
      say({ kind: 'block', index: message.index, block }, buffersOf(block));
    } else {
      say({ kind: 'counts', counts: reach }, [reach.near.buffer, reach.seen.buffer]);
      make = null;
      reach = null;
    }
  };
}

/** Rejects when a thread is lost or `onProgress` throws, and hands out nothing more; the caller ends the threads. */
export function computeFootprintsWith(
  crew: readonly CoverageThread[],
  model: CoverageModel,
  places: readonly StationPlace[],
  onProgress?: (done: number, total: number) => void,
): Promise<Footprints> {
  if (crew.length === 0)
    throw new RangeError('computeFootprintsWith: expected at least one thread, got none');
  const { binCount } = model.grid;
  const ground = groundOf(model);
  const forms = [...new Set(places.map((place) => place.form))];
  const formIndex = new Map(forms.map((form, index) => [form, index]));
  const blockCount = Math.ceil(places.length / BLOCK_SITES);
  const blocks: FootprintBlock[] = new Array(blockCount);
  const reach = makeReachCounts(binCount);
  let next = 0;
  let done = 0;
  let counted = 0;
  let stopped = false;
  return new Promise((resolve, reject) => {
    const stop = (error: unknown): void => {
      stopped = true;
      reject(error);
    };
    const ahead = new Map(crew.map((thread) => [thread, 0]));
    const handOut = (thread: CoverageThread): void => {
      const waiting = ahead.get(thread)!;
      if (next < blockCount) {
        const part = places.slice(next * BLOCK_SITES, (next + 1) * BLOCK_SITES);
        thread.post({ kind: 'block', index: next, places: pack(part, formIndex) });
        ahead.set(thread, waiting + 1);
        next++;
      } else if (waiting === 0) thread.post({ kind: 'counts' });
    };
    const hear = (thread: CoverageThread, message: FromCoverageThread): void => {
      if (message.kind === 'block') {
        blocks[message.index] = message.block;
        done += message.block.sites;
        ahead.set(thread, ahead.get(thread)! - 1);
        onProgress?.(done, places.length);
        handOut(thread);
        return;
      }
      addCounts(reach.near, message.counts.near);
      addCounts(reach.seen, message.counts.seen);
      counted++;
      if (counted === crew.length) resolve({ binCount, siteCount: places.length, blocks, ...reach });
    };
    for (const thread of crew) {
      thread.listen((message) => {
        if (stopped) return;
        try {
          hear(thread, message);
        } catch (error) {
          stop(error);
        }
      }, stop);
      thread.post({ kind: 'ground', ground, forms });
    }
    // In turns, so that a few blocks are spread over all.
    for (let turn = 0; turn < BLOCKS_AHEAD; turn++)
      for (const thread of crew) if (turn === 0 || next < blockCount) handOut(thread);
  });
}

/** Without tables, weights, people and areas: what no station is heard by. */
function groundOf({ forms: _forms, grid, ...model }: CoverageModel): CoverageGround {
  const { binColumn: _column, binRow: _row, weight: _weight, areaM2: _area, people: _people, ...rest } = grid;
  return { ...model, grid: rest };
}

function pack(places: readonly StationPlace[], formIndex: ReadonlyMap<StationForm, number>): PackedPlaces {
  return {
    eastM: Float64Array.from(places, (place) => place.eastM),
    northM: Float64Array.from(places, (place) => place.northM),
    heightM: Float64Array.from(places, (place) => place.heightM),
    form: Uint32Array.from(places, (place) => formIndex.get(place.form)!),
  };
}

function unpack(packed: PackedPlaces, forms: readonly StationForm[]): StationPlace[] {
  return Array.from(packed.eastM, (eastM, index) => ({
    eastM,
    northM: packed.northM[index]!,
    heightM: packed.heightM[index]!,
    form: forms[packed.form[index]!]!,
  }));
}

function buffersOf(block: FootprintBlock): ArrayBufferLike[] {
  const { spanStarts, gradeStarts, spanFirst, spanLength, grades } = block;
  return [spanStarts, gradeStarts, spanFirst, spanLength, grades].map((array) => array.buffer);
}

function addCounts(to: Uint16Array, from: Uint16Array): void {
  for (let bin = 0; bin < to.length; bin++) to[bin] = to[bin]! + from[bin]!;
}
