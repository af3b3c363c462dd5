// One thread of the preview's crew: it is told the ground, then computes the blocks it is handed until it is ended.
import { makeCoverageThread, type ToCoverageThread } from '../../engine/index.ts';

const hear = makeCoverageThread((message, transfer) =>
  // blocks and counts are made here, never in shared memory
  self.postMessage(message, { transfer: transfer as ArrayBuffer[] }),
);

self.addEventListener('message', (event: MessageEvent<ToCoverageThread>) => hear(event.data));
