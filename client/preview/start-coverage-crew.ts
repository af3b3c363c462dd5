// The crew of the preview worker: web workers started inside it, which the browser ends together with it.
import type { CoverageThread, FromCoverageThread } from '../../engine/index.ts';

/** Every thread without shared memory holds a copy of the ground, and the map wants a core. */
const MOST_THREADS = 4;

export interface CoverageCrew {
  readonly threads: readonly CoverageThread[];
  end(): void;
}

/** Nobody where the machine has one core. */
export function startCoverageCrew(cores: number): CoverageCrew {
  const size = Math.min(cores, MOST_THREADS);
  const workers = Array.from(
    { length: size < 2 ? 0 : size },
    () => new Worker(new URL('./coverage-worker.ts', import.meta.url), { type: 'module', name: 'coverage' }),
  );
  return {
    threads: workers.map(threadOf),
    end: () => {
      for (const worker of workers) worker.terminate();
    },
  };
}

function threadOf(worker: Worker): CoverageThread {
  return {
    post: (message) => worker.postMessage(message),
    listen: (answer, lost) => {
      worker.onmessage = (event: MessageEvent<FromCoverageThread>) => answer(event.data);
      worker.onmessageerror = () => lost(new Error('a coverage thread said something unreadable'));
      worker.onerror = (event) => lost(new Error(`a coverage thread was lost: ${event.message}`));
    },
  };
}
