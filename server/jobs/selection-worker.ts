// One thread that solves parts of a plan, one after the other, until it is ended.
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { PlanningError, type SelectionNews, solvePart } from '../../engine/index.ts';
import type { PartMessage, PartOrder } from './selection-worker-messages.ts';

const NEWS_EVERY_MS = 200;

const send = (message: PartMessage, transfer: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transfer);

parentPort?.on('message', ({ work, enough }: PartOrder) => {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onNews = (news: SelectionNews): void => {
    const nowMs = performance.now();
    if (nowMs - lastMs < NEWS_EVERY_MS) return;
    lastMs = nowMs;
    send({ kind: 'news', news });
  };
  try {
    const plan = solvePart(work, { onNews, shouldStop: () => Atomics.load(enough, 0) !== 0 });
    const arrays = [plan.sites, plan.perTarget, plan.perBin, plan.x];
    // made in this thread, never in shared memory
    send({ kind: 'done', plan }, arrays.map(({ buffer }) => buffer) as ArrayBuffer[]);
  } catch (error) {
    if (error instanceof PlanningError) send({ kind: 'refused', code: error.code, found: error.found });
    else
      send({
        kind: 'failed',
        stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
});
