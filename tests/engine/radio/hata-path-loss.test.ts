import { expect, test } from 'vitest';
import { cost231PathLossDb, hataPathLossDb } from '../../../engine/index.ts';

test('the receiver term of a large city has its low band below 300 MHz', () => {
  // By hand from 8.29 (log 1.54 hm)² - 1.1 at hm 1.5 m against 3.2 (log 11.75 hm)² - 4.97.
  const link = { baseHeightM: 30, userHeightM: 1.5, distanceKm: 1 };
  const receiverDb = (frequencyMhz: number) => {
    const fixedDb = 69.55 + 26.16 * Math.log10(frequencyMhz) - 13.82 * Math.log10(30);
    return fixedDb - hataPathLossDb({ ...link, frequencyMhz }, 'urban', 'large');
  };
  expect(receiverDb(300)).toBeCloseTo(8.29 * 0.36361 ** 2 - 1.1, 4);
  expect(receiverDb(301)).toBeCloseTo(3.2 * 1.24613 ** 2 - 4.97, 4);
});

test('a metropolitan centre costs 3 dB in COST 231', () => {
  const link = { frequencyMhz: 1800, baseHeightM: 30, userHeightM: 1.5, distanceKm: 1 };
  expect(cost231PathLossDb(link, 'medium')).toBeCloseTo(136.1969, 4);
  expect(cost231PathLossDb(link, 'metropolitan')).toBeCloseTo(139.1969, 4);
});
