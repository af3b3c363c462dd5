// HiGHS for exact plans in the browser: one worker and one instance per solve, because a 32-bit solver that has once grown stays
// grown. Ended by the signal, by news that asks for the end, or when it runs past its time limit; what it had found by then is the answer.
import type { MipAnswer, MipSolver } from '../../engine/index.ts';
import type { FromHighs, ToHighs } from './highs-messages.ts';

/** The solver looks at its clock only between steps, and its worker has to start. */
const GRACE_SECONDS = 15;

/** Rejects with the signal's reason, or with what the worker died of. */
export function makeHighsSolver(signal?: AbortSignal): MipSolver {
  return async (model, { onNews, ...options }) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL('./highs-worker.ts', import.meta.url), {
      type: 'module',
      name: 'solver',
    });
    let known: MipAnswer = { status: 'limit', bound: null, chosen: null };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = (): void => undefined;
    try {
      return await new Promise<MipAnswer>((resolve, reject) => {
        stop = () => reject(signal?.reason);
        signal?.addEventListener('abort', stop, { once: true });
        timer = setTimeout(() => resolve(known), (options.seconds + GRACE_SECONDS) * 1000);
        worker.onmessage = ({ data }: MessageEvent<FromHighs>) => {
          if (data.kind === 'done') resolve(data.answer);
          else if (data.kind === 'failed') reject(new Error(data.detail));
          else {
            const { news, chosen } = data;
            known = { status: 'limit', bound: news.bound ?? known.bound, chosen: chosen ?? known.chosen };
            if (onNews?.(news)) resolve(known);
          }
        };
        worker.onerror = (event) => reject(new Error(`the solver worker was lost: ${event.message}`));
        worker.postMessage({ model, options } satisfies ToHighs);
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      worker.terminate();
    }
  };
}
