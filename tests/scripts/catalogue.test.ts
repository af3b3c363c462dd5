// The catalogue under data/ names a source for every number the engine plans with; the two must not drift apart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coverageRules, equipmentProfiles } from '../../engine/index.ts';
import { houseDir } from '../support/house-files.ts';

interface Sourced {
  readonly value: unknown;
  readonly source: string;
}
interface Equipment {
  readonly sources: Record<string, string>;
  readonly carriers: readonly (Record<string, Sourced> & { readonly id: string })[];
  readonly forms: Record<'macro' | 'pole', Record<string, Sourced>>;
}

// Both files are ours; their shape is what these tests check.
const equipment = readJson('equipment.json') as Equipment;
const ruleFile = readJson('coverage-rules.json') as {
  rules: (Record<string, unknown> & { source: string })[];
};

test('every equipment profile has the carrier and the station forms of the catalogue', () => {
  for (const profile of equipmentProfiles) {
    const carrier = equipment.carriers.find(({ id }) => id === profile.id);
    const { frequencyGhz, subcarrierKhz, resourceBlocks } = profile;
    expect(valuesOf(carrier)).toEqual({ frequencyGhz, subcarrierKhz, resourceBlocks });
    expect(valuesOf(equipment.forms.macro)).toEqual(profile.macro);
    expect(valuesOf(equipment.forms.pole)).toEqual(profile.pole);
  }
  expect(equipment.carriers).toHaveLength(equipmentProfiles.length);
});

test('every number of the equipment catalogue names a source that is listed', () => {
  const sourced = [...equipment.carriers, equipment.forms.macro, equipment.forms.pole].flatMap((group) =>
    Object.values(group).filter((entry): entry is Sourced => typeof entry === 'object'),
  );
  expect(sourced.filter(({ source }) => !(source in equipment.sources))).toEqual([]);
});

test('the coverage rules of the engine are those of the catalogue, each with its source', () => {
  expect(
    ruleFile.rules.map(({ word, targetShare, thresholdDbm, basis }) => ({
      word,
      targetShare,
      thresholdDbm,
      basis,
    })),
  ).toEqual(
    coverageRules.map(({ word, targetShare, thresholdDbm, basis }) => ({
      word,
      targetShare,
      thresholdDbm,
      basis,
    })),
  );
  expect(ruleFile.rules.every(({ source }) => source.length > 0)).toBe(true);
});

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(houseDir, 'data', 'catalogue', name), 'utf8'));
}

function valuesOf(group: Record<string, Sourced | string> | undefined): Record<string, unknown> {
  const entries = Object.entries(group ?? {}).filter(([key]) => key !== 'id');
  return Object.fromEntries(entries.map(([key, entry]) => [key, (entry as Sourced).value]));
}
