// The catalogue under data/ names a source for every number the engine plans with; the two must not drift apart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coverageRules, equipmentProfiles, findEquipmentProfile } from '../../engine/index.ts';
import { houseDir } from '../support/house-files.ts';

interface Sourced {
  readonly value: unknown;
  readonly source: string;
}
interface Group {
  readonly [name: string]: Sourced | Group;
}
interface Equipment {
  readonly sources: Record<string, string>;
  readonly carriers: readonly ({ readonly id: string } & Record<string, Sourced | Group | string>)[];
  readonly forms: Record<string, Record<'macro' | 'pole', Group>>;
}

// Both files are ours; their shape is what these tests check.
const equipment = readJson('equipment.json') as Equipment;
const ruleFile = readJson('coverage-rules.json') as {
  rules: (Record<string, unknown> & { source: string })[];
};

test('every equipment profile has the carrier and the station forms of the catalogue', () => {
  const ofCatalogue = equipment.carriers.map(({ id, ...carrier }) => ({
    id,
    ...(valuesOf(carrier as Group) as object),
    ...(valuesOf(equipment.forms[id]!) as object),
  }));
  expect(ofCatalogue).toEqual(equipmentProfiles.map(({ name, band, ...numbers }) => numbers));
  expect(Object.keys(equipment.forms)).toEqual(equipmentProfiles.map(({ id }) => id));
});

test('every number of the equipment catalogue names a source that is listed', () => {
  const groups = [...equipment.carriers.map(({ id, ...carrier }) => carrier as Group), equipment.forms];
  const sourced = groups.flatMap((group) => sourcesOf(group));
  expect(sourced.length).toBeGreaterThan(150);
  expect(sourced.filter((source) => !(source in equipment.sources))).toEqual([]);
});

test('what earlier plans were computed with has not moved: n41 and n78', () => {
  const { macro, pole, ...carrier } = findEquipmentProfile('n78')!;
  expect(carrier).toMatchObject({ frequencyGhz: 3.5, subcarrierKhz: 30, resourceBlocks: 273 });
  expect(macro).toMatchObject({ totalPowerDbm: 53.01, ssbGainDbi: 17, feederLossDb: 0, downtiltDeg: 6 });
  expect(macro).toMatchObject({ horizontalWidthDeg: 65, verticalWidthDeg: 12, serviceRadiusM: 1000 });
  expect(pole).toMatchObject({ totalPowerDbm: 43.01, ssbGainDbi: 8, feederLossDb: 0.5, serviceRadiusM: 400 });
  expect(findEquipmentProfile('n41')).toMatchObject({ frequencyGhz: 2.6, resourceBlocks: 273, macro, pole });
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

function isSourced(entry: Sourced | Group): entry is Sourced {
  return typeof entry.source === 'string';
}

function valuesOf(group: Group): unknown {
  return Object.fromEntries(
    Object.entries(group).map(([key, entry]) => [key, isSourced(entry) ? entry.value : valuesOf(entry)]),
  );
}

function sourcesOf(group: Group): string[] {
  return Object.values(group).flatMap((entry) => (isSourced(entry) ? [entry.source] : sourcesOf(entry)));
}
