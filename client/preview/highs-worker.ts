// One solve in a worker of its own: the solver blocks while it runs, and ending the worker is the way to end it. Its WASM is a file
// of this build, so nothing is asked of anybody else.
import loadHighs from 'highs';
import wasmUrl from 'highs/runtime?url';
import { runMip } from '../../engine/index.ts';
import type { FromHighs, ToHighs } from './highs-messages.ts';

self.addEventListener('message', ({ data }: MessageEvent<ToHighs>) => {
  solve(data).catch((error: unknown) => say({ kind: 'failed', detail: String(error) }));
});

async function solve({ model, options }: ToHighs): Promise<void> {
  const highs = await loadHighs({ locateFile: () => wasmUrl });
  const answer = runMip(highs, model, options, (news, chosen) => say({ kind: 'news', news, chosen }));
  say({ kind: 'done', answer });
}

function say(message: FromHighs): void {
  self.postMessage(message);
}
