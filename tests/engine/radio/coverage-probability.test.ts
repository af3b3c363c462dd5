import fc from 'fast-check';
import { test } from 'vitest';
import { coverageProbability, mixedCoverageProbability } from '../../../engine/index.ts';

test('a mixed chance lies between the chances of its two states', () => {
  const level = fc.double({ min: -140, max: -40, noNaN: true });
  const law = fc.property(level, level, fc.double({ min: 0, max: 1, noNaN: true }), (los, nlos, share) => {
    const mixed = mixedCoverageProbability(
      { losProbability: share, losLevelDbm: los, nlosLevelDbm: nlos, losSigmaDb: 4, nlosSigmaDb: 6 },
      -105,
    );
    const open = coverageProbability(los, -105, 4);
    const hidden = coverageProbability(nlos, -105, 6);
    return mixed >= Math.min(open, hidden) - 1e-12 && mixed <= Math.max(open, hidden) + 1e-12;
  });
  fc.assert(law, { seed: 1, numRuns: 500 });
});
