// A page with nothing but the client's own preview worker: takes input and choice from the server that gave the page, and
// leaves the answer where the test looks for it.

import { type PreviewRunner, startPreview } from '../../../client/preview/preview-runner.ts';
import type { PlanChoice } from '../../../engine/index.ts';

export interface PreviewAnswer {
  readonly failed: string | null;
  readonly result: unknown;
  readonly firstSeconds: number;
  readonly againSeconds: number;
  /** SHA-256 of the painted tile, hex. */
  readonly tileDigest: string;
  /** Longest time the page's own thread stood still, ms. */
  readonly longestBlockMs: number;
}

declare global {
  interface Window {
    answer?: PreviewAnswer;
  }
}

const bytes = new Uint8Array(await (await fetch('/input.bin')).arrayBuffer());
const { choice, tile } = (await (await fetch('/question.json')).json()) as {
  choice: PlanChoice;
  tile: { z: number; x: number; y: number };
};

let longestBlockMs = 0;
let lastMs = performance.now();
setInterval(() => {
  longestBlockMs = Math.max(longestBlockMs, performance.now() - lastMs - 10);
  lastMs = performance.now();
}, 10);

let firstSeconds = -1;
let againSeconds = -1;
let latest: unknown = null;
const runner: PreviewRunner = startPreview(bytes, choice, {
  onProgress: () => undefined,
  onMoved: () => undefined,
  onWeighing: () => undefined,
  onRefusal: (code, found) => void leave(`${code} ${JSON.stringify(found)}`, null),
  onFailure: (code, found) => void leave(`${code} ${JSON.stringify(found)}`, null),
  onResult: ({ result, seconds }) => {
    latest = result;
    if (firstSeconds < 0) {
      firstSeconds = seconds;
      runner.follow({ kind: 'choose', choice });
    } else if (againSeconds < 0) againSeconds = seconds;
  },
  // the plan that the search beside it ends with
  onImproving: (news) => {
    if (news === null && againSeconds >= 0) void leave(null, latest);
  },
});

async function leave(failed: string | null, result: unknown): Promise<void> {
  const rgba = failed ? null : await runner.paintTile({ ...tile, layer: 'level', ramp: 'green-red' });
  const digest = await crypto.subtle.digest('SHA-256', rgba ?? new Uint8Array());
  const tileDigest = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  window.answer = { failed, result, firstSeconds, againSeconds, tileDigest, longestBlockMs };
}
