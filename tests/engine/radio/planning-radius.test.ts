// Radii of the planning table (propagation reference 10.7): far outside these figures means a gain, EPRE or unit error.
import { expect, test } from 'vitest';
import { findEquipmentProfile, powerPerElementDbm } from '../../../engine/index.ts';
import { planningRadiusM } from '../../support/vector-checks/planning-radius-of.ts';

test('the n78 macro of the catalogue reaches 899 m at -105 dBm, hidden, in its main beam', () => {
  const { macro, frequencyGhz, resourceBlocks } = findEquipmentProfile('n78')!;
  const peakDbm =
    powerPerElementDbm(macro.totalPowerDbm, resourceBlocks) + macro.ssbGainDbi - macro.feederLossDb;
  expect(planningRadiusM('UMa', 25, frequencyGhz, peakDbm + 105)).toBeCloseTo(899, -1);
});
