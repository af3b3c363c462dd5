// One plan in one worker thread: started with its input, stopped by a signal within milliseconds.
import { Worker } from 'node:worker_threads';
import { PlanningError, type PlanProgress } from '../../engine/index.ts';
import { ProductError } from '../errors.ts';
import type { PlanWork, PlanWorkerMessage } from './plan-worker-messages.ts';

export type PlanOutcome = Omit<Extract<PlanWorkerMessage, { kind: 'done' }>, 'kind'>;

export interface PlanWorkerOptions {
  readonly memoryMb: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PlanProgress) => void;
}

/** The failure of a plan worker that no refusal explains; its stack is for the log only. */
export class PlanWorkerError extends Error {
  override readonly name = 'PlanWorkerError';
}

/** Throws PlanningError, ProductError PLAN_OUT_OF_MEMORY, PlanWorkerError, or the signal's reason. */
export async function runPlanWorker(
  work: PlanWork,
  { memoryMb, signal, onProgress }: PlanWorkerOptions,
): Promise<PlanOutcome> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./plan-worker.mjs', import.meta.url), {
    workerData: work,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const stop = (): void => {
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<PlanOutcome>((resolve, reject) => {
      worker.on('message', (message: PlanWorkerMessage) => {
        if (message.kind === 'progress') onProgress(message.progress);
        else if (message.kind === 'done') resolve(message);
        else if (message.kind === 'refused') reject(new PlanningError(message.code, message.found));
        else reject(new PlanWorkerError(message.stack));
      });
      worker.on('error', (error) => reject(errorOf(error, memoryMb)));
      worker.on('exit', (code) =>
        reject(signal.aborted ? signal.reason : new PlanWorkerError(`exit code ${code}`)),
      );
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

const errorOf = (error: unknown, limitMb: number): Error => {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (outOfMemory) return new ProductError('PLAN_OUT_OF_MEMORY', { limitMb });
  return new PlanWorkerError(error instanceof Error ? (error.stack ?? error.message) : String(error));
};
