// One thread of a plan's crew: it is told the ground, then computes the blocks it is handed until it is ended.
import { parentPort } from 'node:worker_threads';
import { makeCoverageThread } from '../../engine/index.ts';

const hear = makeCoverageThread((message, transfer) =>
  // blocks and counts are made here, never in shared memory
  parentPort?.postMessage(message, transfer as ArrayBuffer[]),
);
parentPort?.on('message', hear);
