// An ended preview is gone with its whole crew: web workers inside a web worker, under the page's own security policy.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { encodePlanInput } from '../../engine/index.ts';
import { aChoice, aMesh, anInput, blocks } from '../engine/plan/a-place.ts';
import { pageInChromium } from '../support/page-in-chromium.ts';
import type { StopAnswer } from '../support/stop-page/main.ts';

/** Far below what the run itself would take. */
const MOST_WAIT_MS = 5_000;

test('ending a preview while it computes ends the worker and its crew', async () => {
  const input = anInput({ sites: aMesh(1000, 1000, 12), buildings: blocks(1000, 1000), binSizeM: 4 });
  let during = 0;
  let left = Number.POSITIVE_INFINITY;
  const answer = await pageInChromium<StopAnswer>({
    what: 'ending a preview in Chromium',
    folder: fileURLToPath(new URL('../support/stop-page', import.meta.url)),
    files: { '/input.bin': encodePlanInput(input), '/choice.json': JSON.stringify(aChoice()) },
    look: async ({ browser, page }) => {
      const session = await browser.newBrowserCDPSession();
      const countWorkers = async (): Promise<number> => {
        const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
        return targetInfos.filter(({ type }) => type === 'worker').length;
      };
      during = await countWorkers();
      const startedMs = performance.now();
      await page.evaluate(() => window.stopPreview?.());
      do left = await countWorkers();
      while (left > 0 && performance.now() - startedMs < MOST_WAIT_MS);
      console.info(`${during} web workers gone after ${Math.round(performance.now() - startedMs)} ms`);
    },
  });
  if (answer === null) return;
  expect(answer).toBe('computing');
  // The preview worker, and its crew where the machine has more than one core.
  expect(during).toBeGreaterThan(availableParallelism() > 1 ? 2 : 0);
  expect(left).toBe(0);
});
