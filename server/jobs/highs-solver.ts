// HiGHS for exact plans: one thread and one instance per solve, because a 32-bit solver that has once grown stays grown. It is ended by
// the signal, by news that asks for the end, or when it runs past its own time limit; what it had found by then is the answer.
import { Worker } from 'node:worker_threads';
import type { MipAnswer, MipSolver } from '../../engine/index.ts';
import type { FromHighs, ToHighs } from './highs-messages.ts';

/** The solver looks at its clock only between steps, and its thread has to start. */
const GRACE_SECONDS = 15;

/** Rejects with the signal's reason, or with what the thread died of. */
export function makeHighsSolver(signal?: AbortSignal): MipSolver {
  return async (model, { onNews, ...options }) => {
    signal?.throwIfAborted();
    const work: ToHighs = { model, options };
    const worker = new Worker(new URL('./highs-worker.mjs', import.meta.url), { workerData: work });
    let known: MipAnswer = { status: 'limit', bound: null, chosen: null };
    let timer: NodeJS.Timeout | undefined;
    let stop = (): void => undefined;
    try {
      return await new Promise<MipAnswer>((resolve, reject) => {
        stop = () => reject(signal?.reason);
        signal?.addEventListener('abort', stop, { once: true });
        timer = setTimeout(() => resolve(known), (options.seconds + GRACE_SECONDS) * 1000);
        worker.on('message', (message: FromHighs) => {
          if (message.kind === 'done') {
            resolve(message.answer);
            return;
          }
          const { news, chosen } = message;
          known = { status: 'limit', bound: news.bound ?? known.bound, chosen: chosen ?? known.chosen };
          if (onNews?.(news)) resolve(known);
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`the solver thread ended with code ${code}`)));
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await worker.terminate();
    }
  };
}
