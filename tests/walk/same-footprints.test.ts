// The same answer everywhere: footprints of whole places hashed over every byte, by one thread, by crews of worker threads, in
// Chromium and by crews of its web workers; and the plans made on them, equal to the last digit of every figure.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  computeFootprintsWith,
  decodePlanInput,
  encodePlanInput,
  encodeRaster,
  type HeightRaster,
  makePlan,
  type PlanInput,
  prepareCoverage,
} from '../../engine/index.ts';
import { startCoverageCrew } from '../../server/jobs/start-coverage-crew.ts';
import { aChoice, aMesh, anInput, aSite, at, blocks, box, people } from '../engine/plan/a-place.ts';
import { footprintDigest } from '../support/footprint-digest.ts';
import type { FootprintAnswer } from '../support/footprint-page/main.ts';
import { pageInChromium } from '../support/page-in-chromium.ts';
import { samplePlanInput } from '../support/sample-plan-input.ts';

const choice = aChoice({ targetShare: 0.9 });

async function expectSameEverywhere(input: PlanInput, crewSizes = [1, 2, 3]): Promise<void> {
  const bytes = encodePlanInput(input);
  const prepared = prepareCoverage(decodePlanInput(bytes));
  const alone = footprintDigest(prepared.footprints);
  for (const size of crewSizes) {
    const crew = startCoverageCrew(size, 512);
    try {
      // The last of a crew hears first, so that blocks are handed out in another order.
      const threads = size === 3 ? crew.threads.toReversed() : crew.threads;
      const together = await computeFootprintsWith(threads, prepared.model, prepared.places);
      expect(footprintDigest(together), `${size} worker threads`).toBe(alone);
    } finally {
      await crew.end();
    }
  }
  const { raster, ...plan } = makePlan(prepared, choice);
  const there = await pageInChromium<FootprintAnswer>({
    what: 'the same footprints in Node and in Chromium',
    folder: fileURLToPath(new URL('../support/footprint-page', import.meta.url)),
    files: { '/input.bin': bytes, '/choice.json': JSON.stringify(choice) },
  });
  if (!there) return;
  expect(there.alone).toBe(alone);
  expect(there.crews).toEqual({ 2: alone, 3: alone });
  expect(there.plan).toBe(JSON.stringify(plan));
  expect(there.raster).toBe(createHash('sha256').update(encodeRaster(raster)).digest('hex'));
}

/** A valley and two hills, steep enough to hide what lies behind. */
function hills(): HeightRaster {
  const [westDeg, southDeg] = at(-2500, -2500);
  const [columns, rows, step] = [220, 220, 0.00028];
  const heightM = Float32Array.from({ length: columns * rows }, (_, index) => {
    const east = (index % columns) / columns;
    const north = Math.floor(index / columns) / rows;
    const hill = (x: number, y: number) => 60 / (1 + 200 * ((east - x) ** 2 + (north - y) ** 2));
    return 12 + hill(0.45, 0.5) + hill(0.62, 0.55);
  });
  return {
    id: 'hills',
    westDeg,
    northDeg: southDeg + rows * step,
    stepLonDeg: step,
    stepLatDeg: step,
    columns,
    rows,
    heightM,
  };
}

const town = anInput({
  sites: [
    ...aMesh(1000, 1000, 70),
    ...[150, 480, 810].map((east, index) =>
      aSite(`tower${index}`, east, 330 + 60 * index, {
        structure: 'tower',
        resourceType: '普通地面塔',
        heightM: 30 + 3.5 * index,
        status: index === 0 ? 'existing' : 'candidate',
      }),
    ),
    aSite('roof', 455, 455, { structure: 'roof', resourceType: '住宅天面', heightM: 27 }),
  ],
  buildings: blocks(1000, 1000),
  demand: people(1000, 1000, 33),
  districts: [{ code: '01', name: '甲', geometry: box(0, 0, 437, 1000) }],
  excluded: [box(612, 0, 683, 215)],
  thresholdDbm: -92,
});

test('houses on hills, poles, roofs and towers with sectors', async () => {
  await expectSameEverywhere({ ...town, terrain: [hills()] });
});

test('hills without houses, where sight is a chance', async () => {
  await expectSameEverywhere({ ...town, buildings: null, terrain: [hills()], binSizeM: 40 });
});

test('the sample district', async () => {
  await expectSameEverywhere(samplePlanInput('district'), [2]);
}, 300_000);
