// Plans in worker threads: started with an input, stopped by a signal within milliseconds. One worker stays alive for a while
// after its plan with the coverage it computed, because people plan again on the same ground.
import { Worker } from 'node:worker_threads';
import { PlanningError, type PlanProgress } from '../../engine/index.ts';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import type { PlanOrder, PlanWork, PlanWorkerMessage, PlanWorkerSettings } from './plan-worker-messages.ts';

export type PlanOutcome = Omit<Extract<PlanWorkerMessage, { kind: 'done' }>, 'kind'>;

export interface PlanRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanProgress) => void;
  /** One shared number; not 0 ends the search with the best plan found so far. */
  readonly enough?: Int32Array;
}

export interface PlanWorkers {
  /** Throws PlanningError, ProductError PLAN_OUT_OF_MEMORY, PlanWorkerError, or the signal's reason. */
  run(work: PlanWork, run: PlanRun): Promise<PlanOutcome>;
  /** Ends the worker that is kept. Those that compute end by their signals. */
  close(): Promise<void>;
}

/** The failure of a plan worker that no refusal explains; its stack is for the log only. */
export class PlanWorkerError extends Error {
  override readonly name = 'PlanWorkerError';
}

interface KeptWorker {
  readonly worker: Worker;
  readonly timer: NodeJS.Timeout;
}

export function makePlanWorkers({
  planMemoryMb: memoryMb,
  planThreads: threads,
  planKeepS,
}: Pick<Config, 'planMemoryMb' | 'planThreads' | 'planKeepS'>): PlanWorkers {
  let kept: KeptWorker | null = null;
  let closed = false;

  const takeKept = (): Worker | null => {
    const was = kept;
    kept = null;
    if (was === null) return null;
    clearTimeout(was.timer);
    unlisten(was.worker);
    was.worker.ref();
    return was.worker;
  };
  const dropKept = async (): Promise<void> => {
    await takeKept()?.terminate();
  };
  /** At most one, the last; it holds no process alive. A plan that took much memory is not worth it. */
  const keep = async (worker: Worker, peakMb: number): Promise<void> => {
    if (closed || planKeepS === 0 || peakMb > memoryMb / 2) {
      await worker.terminate();
      return;
    }
    await dropKept();
    unlisten(worker);
    const forget = (): void => {
      if (kept?.worker === worker) void dropKept();
    };
    worker.on('error', forget).on('exit', forget);
    worker.unref();
    kept = { worker, timer: setTimeout(forget, planKeepS * 1000).unref() };
  };

  return {
    async run(work, { signal, onProgress, enough = neverEnough() }) {
      signal.throwIfAborted();
      const worker = takeKept() ?? startWorker({ memoryMb, threads });
      const stop = (): void => {
        void worker.terminate();
      };
      signal.addEventListener('abort', stop, { once: true });
      let leftMb = Number.POSITIVE_INFINITY;
      try {
        return await new Promise<PlanOutcome>((resolve, reject) => {
          worker.on('message', (message: PlanWorkerMessage) => {
            if (message.kind === 'progress') onProgress(message.progress);
            else if (message.kind === 'done') {
              leftMb = message.peakMb;
              const { kind: _done, ...outcome } = message;
              resolve(outcome);
            } else if (message.kind === 'refused') {
              leftMb = message.peakMb;
              reject(new PlanningError(message.code, message.found));
            } else if (message.kind === 'outOfMemory') reject(outOfMemory(memoryMb));
            else reject(new PlanWorkerError(message.stack));
          });
          worker.on('error', (error) => reject(errorOf(error, memoryMb)));
          worker.on('exit', (code) =>
            reject(signal.aborted ? signal.reason : new PlanWorkerError(`exit code ${code}`)),
          );
          worker.postMessage({ ...work, enough } satisfies PlanOrder);
        });
      } finally {
        signal.removeEventListener('abort', stop);
        await (signal.aborted ? worker.terminate() : keep(worker, leftMb));
      }
    },

    async close() {
      closed = true;
      await dropKept();
    },
  };
}

const neverEnough = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/** Event by event: Node has listeners of its own on a worker, without which no message comes through. */
const unlisten = (worker: Worker): void => {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
};

const startWorker = (settings: PlanWorkerSettings): Worker =>
  new Worker(new URL('./plan-worker.mjs', import.meta.url), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMb },
  });

const outOfMemory = (limitMb: number): ProductError => new ProductError('PLAN_OUT_OF_MEMORY', { limitMb });

const errorOf = (error: unknown, limitMb: number): Error =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? outOfMemory(limitMb)
    : new PlanWorkerError(error instanceof Error ? (error.stack ?? error.message) : String(error));
