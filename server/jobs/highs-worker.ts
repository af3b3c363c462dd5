// One solve in a thread of its own: the solver blocks while it runs, and ending the thread is the way to end it.
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import { runMip } from '../../engine/index.ts';
import type { FromHighs, ToHighs } from './highs-messages.ts';

const { model, options } = workerData as ToHighs;
const say = (message: FromHighs): void => parentPort?.postMessage(message);
const answer = runMip(await loadHighs(), model, options, (news, chosen) =>
  say({ kind: 'news', news, chosen }),
);
say({ kind: 'done', answer });
