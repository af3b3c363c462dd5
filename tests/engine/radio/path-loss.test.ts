import { expect, test } from 'vitest';
import { umiPathLossDb } from '../../../engine/index.ts';

test('nearer than ten metres counts as ten metres', () => {
  const link = { state: 'LOS', baseHeightM: 10, userHeightM: 1.5, frequencyGhz: 3.5 } as const;
  expect(umiPathLossDb({ ...link, distance2dM: 0 })).toBe(umiPathLossDb({ ...link, distance2dM: 10 }));
});
