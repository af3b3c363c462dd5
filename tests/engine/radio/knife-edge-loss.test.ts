import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fresnelRadiusM, knifeEdgeLossDb, knifeEdgeParameter } from '../../../engine/index.ts';

test('a higher edge never costs less', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 50, noNaN: true }),
      fc.double({ min: 0, max: 10, noNaN: true }),
      (edge, higher) => {
        expect(knifeEdgeLossDb(edge + higher)).toBeGreaterThanOrEqual(knifeEdgeLossDb(edge));
      },
    ),
    { seed: 526, numRuns: 500 },
  );
});

test('nu is height over the first Fresnel radius times the root of two', () => {
  const at = { fromTransmitterM: 200, fromReceiverM: 800, frequencyGhz: 2.6 };
  const edge = knifeEdgeParameter({ ...at, heightAboveRayM: 10 });
  expect(edge).toBeCloseTo((10 / fresnelRadiusM(200, 800, 2.6)) * Math.SQRT2, 12);
});
