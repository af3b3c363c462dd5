// Derives candidates in a thread of its own, so that everybody else is answered meanwhile.
import { Worker } from 'node:worker_threads';
import type { DerivedSites, DeriveWork } from './derive-work.ts';

/** Throws what the engine throws, or the signal's reason; the thread is gone afterwards. */
export async function runDeriveWorker(work: DeriveWork, signal: AbortSignal): Promise<DerivedSites> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./derive-worker.mjs', import.meta.url), { workerData: work });
  const stop = (): void => {
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<DerivedSites>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(signal.aborted ? signal.reason : new Error(`exit code ${code}`)));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
