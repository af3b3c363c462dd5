// The worker's side of a plan job: one input in, progress and one result out. Long engine loops block only this thread.
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { computePlan, encodeRaster, PlanningError, type PlanProgress } from '../../engine/index.ts';
import type { PlanWork, PlanWorkerMessage } from './plan-worker-messages.ts';

const PROGRESS_EVERY_MS = 100;

const { input, choice } = workerData as PlanWork; // written by run-plan-worker.ts, nobody else
const send = (message: PlanWorkerMessage): void => parentPort?.postMessage(message);

let peakBytes = 0;
let lastSentMs = Number.NEGATIVE_INFINITY;
let lastStep = '';

/** Memory of this thread: its heap and its arrays. */
const measure = (): void => {
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external);
};

const onProgress = (progress: PlanProgress): void => {
  const nowMs = performance.now();
  if (progress.step === lastStep && nowMs - lastSentMs < PROGRESS_EVERY_MS) return;
  lastStep = progress.step;
  lastSentMs = nowMs;
  measure();
  send({ kind: 'progress', progress });
};

try {
  const startedMs = performance.now();
  const { raster, ...result } = computePlan(input, choice, onProgress);
  measure();
  const seconds = Math.round(performance.now() - startedMs) / 1000;
  const peakMb = Math.round(peakBytes / 1024 / 1024);
  send({ kind: 'done', result, raster: encodeRaster(raster), seconds, peakMb });
} catch (error) {
  if (error instanceof PlanningError) send({ kind: 'refused', code: error.code, found: error.found });
  else
    send({ kind: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
