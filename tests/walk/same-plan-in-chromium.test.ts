// The engine in a Web Worker and in Node: the same plan to the last digit of every figure, and the same painted coverage, byte by
// byte.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  computePlan,
  coverageRules,
  decodePlanInput,
  encodePlanInput,
  type PlanChoice,
  type PlanInput,
  paintCoverageTile,
  plainChoice,
} from '../../engine/index.ts';
import { planInChromium } from '../support/plan-in-chromium.ts';
import { townPlanInput } from '../support/town-plan-input.ts';

const choice: PlanChoice = {
  rule: coverageRules[1]!,
  targetShare: 0.97,
  budgetCny: null,
  maxSites: null,
  refusedSiteIds: [],
  lockedSiteIds: [],
  ...plainChoice,
};

async function expectSamePlan(input: PlanInput): Promise<void> {
  const bytes = encodePlanInput(input);
  const here = computePlan(decodePlanInput(bytes), choice);
  const tile = tileAt(input.sites[0]!.position, 14);
  const there = await planInChromium(bytes, choice, tile);
  if (!there) return;
  const { raster, proof: _proof, ...result } = here;
  // a preview prices what could replace a site when somebody asks
  const items = result.items.map((item) => ({ ...item, replacement: null }));
  expect(there.result).toEqual({ ...result, items });
  const painted = paintCoverageTile(raster, {
    ...tile,
    ramp: 'green-red',
    size: 256,
    thresholdDbm: input.thresholdDbm,
  });
  expect(there.tileDigest).toBe(createHash('sha256').update(painted).digest('hex'));
}

function tileAt([lon, lat]: readonly [number, number], z: number) {
  const x = Math.floor(((lon + 180) / 360) * 2 ** z);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
  return { z, x, y };
}

test('a town with buildings gets the same plan in Node and in Chromium', async () => {
  await expectSamePlan(await townPlanInput());
});

test('a town without building data gets the same plan in Node and in Chromium', async () => {
  await expectSamePlan({ ...(await townPlanInput()), buildings: null });
});
