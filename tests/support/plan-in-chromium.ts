// Runs a plan in a real browser through the client's own preview worker, built as the client is built.
import { fileURLToPath } from 'node:url';
import type { PlanChoice, PlanResult } from '../../engine/index.ts';
import { pageInChromium } from './page-in-chromium.ts';
import type { PreviewAnswer } from './preview-page/main.ts';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface ChromiumAnswer extends Omit<PreviewAnswer, 'result'> {
  readonly result: Omit<PlanResult, 'raster'>;
}

/** Null, and reported as not run, where there is no Chromium. */
export async function planInChromium(
  input: Uint8Array,
  choice: PlanChoice,
  tile: TileAddress,
): Promise<ChromiumAnswer | null> {
  const answer = await pageInChromium<ChromiumAnswer>({
    what: 'the same plan in Node and in Chromium',
    folder: fileURLToPath(new URL('./preview-page', import.meta.url)),
    files: { '/input.bin': input, '/question.json': JSON.stringify({ choice, tile }) },
  });
  if (answer?.failed) throw new Error(`the browser refused the plan: ${answer.failed}`);
  return answer;
}
