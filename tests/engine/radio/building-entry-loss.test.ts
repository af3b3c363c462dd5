import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BuildingClass, buildingEntryLossDb } from '../../../engine/index.ts';

test('a loss that more places must not exceed is never smaller', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<BuildingClass>('traditional', 'thermallyEfficient'),
      fc.double({ min: 0.08, max: 100, noNaN: true }),
      fc.double({ min: 1, max: 98, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
      (building, frequencyGhz, placePercent, elevationDeg) => {
        const at = (percent: number) =>
          buildingEntryLossDb({ building, frequencyGhz, placePercent: percent, elevationDeg });
        expect(at(placePercent + 1)).toBeGreaterThanOrEqual(at(placePercent));
      },
    ),
    { seed: 2109, numRuns: 300 },
  );
});

test('a share of 0 or 100 percent is refused', () => {
  const entry = { building: 'traditional', frequencyGhz: 3.5, elevationDeg: 0 } as const;
  expect(() => buildingEntryLossDb({ ...entry, placePercent: 100 })).toThrow(RangeError);
  expect(() => buildingEntryLossDb({ ...entry, placePercent: 0 })).toThrow(RangeError);
});
