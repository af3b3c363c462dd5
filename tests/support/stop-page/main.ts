// A page that starts the client's preview and, when asked through `window.stopPreview`, ends it while its crew computes.
import { startPreview } from '../../../client/preview/preview-runner.ts';
import type { PlanChoice } from '../../../engine/index.ts';

/** `computing` when it can be stopped, or what came instead. */
export type StopAnswer = string;

declare global {
  interface Window {
    stopPreview?: () => void;
  }
}

const bytes = new Uint8Array(await (await fetch('/input.bin')).arrayBuffer());
const choice = (await (await fetch('/choice.json')).json()) as PlanChoice;
const leave = (answer: StopAnswer) => {
  (window as { answer?: unknown }).answer ??= answer;
};
const runner = startPreview(bytes, choice, {
  onProgress: ({ step, done }) => {
    if (step === 'coverage' && done > 0) leave('computing');
  },
  onFailure: (code, found) => leave(`${code} ${JSON.stringify(found)}`),
  onResult: () => leave('done'),
  onMoved: () => undefined,
  onImproving: () => undefined,
  onWeighing: () => undefined,
  onRefusal: (code) => leave(code),
});
window.stopPreview = () => runner.end();
