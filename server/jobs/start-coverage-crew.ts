// The crew of a plan worker: threads that compute footprints beside it. They belong to the worker that started them and end
// with it, so cancelling a plan needs to know of no crew.
import { Worker } from 'node:worker_threads';
import type { CoverageThread } from '../../engine/index.ts';

/** Tables and a few blocks; what is large is shared memory or the plan worker's. */
const HEAP_MB = 512;

export interface CoverageCrew {
  readonly threads: readonly CoverageThread[];
  end(): Promise<void>;
}

/** Threads start up meanwhile; a message waits until its thread can read it. */
export function startCoverageCrew(size: number, memoryMb: number): CoverageCrew {
  const workers = Array.from(
    { length: size },
    () =>
      new Worker(new URL('./coverage-worker.mjs', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: Math.min(HEAP_MB, memoryMb) },
      }),
  );
  return {
    threads: workers.map(threadOf),
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function threadOf(worker: Worker): CoverageThread {
  let gone: { readonly error: unknown } | null = null;
  let tell = (_error: unknown): void => undefined;
  const lose = (error: unknown): void => {
    gone ??= { error };
    tell(error);
  };
  worker.on('error', lose);
  worker.on('messageerror', lose);
  worker.on('exit', (code) => lose(new Error(`a coverage thread ended with code ${code}`)));
  return {
    post: (message) => worker.postMessage(message),
    listen: (answer, lost) => {
      worker.removeAllListeners('message');
      worker.on('message', answer);
      tell = lost;
      // it may have been lost before anybody listened
      if (gone) lost(gone.error);
    },
  };
}
