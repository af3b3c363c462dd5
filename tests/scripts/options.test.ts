// The command line of `npm run plan`: what it takes, and the coded refusals of what it does not.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainRadio } from '../../engine/index.ts';
import { makeFolder } from '../../scripts/cli/make-folder.ts';
import { CommandError } from '../../scripts/cli/options.ts';
import { planHelp, readPlanOptions } from '../../scripts/cli/plan-options.ts';
import { readAntenna } from '../../scripts/cli/read-antenna.ts';
import { houseDir } from '../support/house-files.ts';

const LEAST = ['--sites', 'sites.csv', '--area', 'area.geojson', '--out', 'out'];

test('sites, area and out are enough: continuous coverage on n78 in 20 m bins', () => {
  const options = readPlanOptions(LEAST);
  expect(options).toMatchObject({
    profileId: 'n78',
    binSizeM: 20,
    budgetCny: null,
    maxSites: null,
    datum: 'WGS84',
  });
  expect(options?.rule).toMatchObject({ word: '连续覆盖', thresholdDbm: -105, targetShare: 0.95 });
});

test('a threshold may be written with its minus sign, and replaces the number of the rule', () => {
  const options = readPlanOptions([...LEAST, '--threshold', '-98.5', '--share=0.9']);
  expect(options?.rule).toMatchObject({ word: '连续覆盖', thresholdDbm: -98.5, targetShare: 0.9 });
});

test('radio is at its defaults unless models, street, load, walls or an antenna file are named', () => {
  expect(readPlanOptions(LEAST)).toMatchObject({ radio: plainRadio, antenna: null });
  const named = ['--macro-model', 'P1812', '--pole-model=P1411', '--road', 'arterial', '--load', '0.3'];
  expect(readPlanOptions([...LEAST, ...named, '--indoor', 'high', '--antenna', 'a.msi'])).toMatchObject({
    radio: {
      macroModel: 'P1812',
      poleModel: 'P1411',
      roadHeightM: 1.3,
      load: 0.3,
      indoorBuilding: 'high',
      macroAntenna: null,
    },
    antenna: 'a.msi',
  });
  expect(codeOf([...LEAST, '--pole-model', 'ITM'])).toBe('COMMAND_OPTION_WORD');
  expect(codeOf([...LEAST, '--load', '2'])).toBe('COMMAND_OPTION_RANGE');
});

test('an antenna file of a command is read as an upload, or refused with its code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-antenna-'));
  const path = join(folder, 'cut.msi');
  writeFileSync(path, 'GAIN 17 dBi\nHORIZONTAL 360\n0 0\n');
  const refusal = (file: string): string | undefined => {
    try {
      readAntenna(file);
    } catch (error) {
      return error instanceof CommandError ? error.code : undefined;
    }
  };
  try {
    expect(readAntenna(join(houseDir, 'tests/fixtures/vectors/msi_example.msi')).name).toBe('EXAMPLE-65-6T');
    expect(refusal(path)).toBe('COVERAGE_ANTENNA_CUT_SHORT');
    expect(refusal(join(folder, 'none.msi'))).toBe('COMMAND_FILE_MISSING');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('bins may weigh roads, and key areas count several times', () => {
  expect(readPlanOptions(LEAST)).toMatchObject({ weightBy: 'area', keyAreas: null, keyFactor: 1 });
  const asked = ['--weight', 'roads', '--roads', 'r.geojson', '--key-areas', 'k.geojson', '--key-factor=3'];
  expect(readPlanOptions([...LEAST, ...asked])).toMatchObject({
    weightBy: 'roads',
    roads: 'r.geojson',
    keyAreas: 'k.geojson',
    keyFactor: 3,
  });
});

test('sites may be left out when candidates are derived from a layer that is given', () => {
  const derived = ['--area', 'bbox', '--out', 'out', '--derive', 'roofs,poles'];
  expect(codeOf(derived)).toBe('COMMAND_OPTION_MISSING');
  const options = readPlanOptions([...derived, '--buildings', 'b.geojson', '--roads', 'r.geojson']);
  expect(options?.derive).toEqual(['roofs', 'poles']);
});

test.each([
  ['COMMAND_OPTION_UNKNOWN', [...LEAST, '--colour', 'red']],
  ['COMMAND_OPTION_TWICE', [...LEAST, '--out', 'other']],
  ['COMMAND_OPTION_VALUE', ['--sites', '--area', 'a.geojson', '--out', 'out']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--share', '95']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--budget', 'plenty']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--share', '0x1']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--rule', '差不多']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--default-type', '飞碟']],
  ['COMMAND_OPTION_MISSING', [...LEAST, '--weight', 'people']],
  ['COMMAND_OPTION_MISSING', [...LEAST, '--weight', 'roads']],
  ['COMMAND_OPTION_MISSING', [...LEAST, '--key-areas', 'k.geojson']],
  ['COMMAND_OPTION_MISSING', [...LEAST, '--key-factor', '3']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--key-areas', 'k.geojson', '--key-factor', '0']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--key-areas', 'k.geojson', '--key-factor', '1000']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--profile', 'n99']],
  ['COMMAND_OPTION_MISSING', ['--sites', 's.csv', '--area', 'bbox']],
  ['COMMAND_NO_CANDIDATES', ['--area', 'a.geojson', '--out', 'out']],
])('%s refuses %j', (code, args) => {
  expect(codeOf(args)).toBe(code);
});

test('the output folder is made level by level, and refused where a file stands or the system says no', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-out-'));
  makeFolder(join(folder, 'a', 'b'));
  makeFolder(join(folder, 'a', 'b'));
  expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  writeFileSync(join(folder, 'file'), '');
  for (const path of [join(folder, 'file'), join(folder, 'file', 'below'), '/proc/zhanzhi/out'])
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'COMMAND_OUT_FOLDER' }));
  rmSync(folder, { recursive: true });
});

test('the help names every exit code and both languages', () => {
  expect(readPlanOptions(['--help'])).toBeNull();
  for (const word of ['exit code', '退出码', '--max-sites', '预算', '  3  '])
    expect(planHelp).toContain(word);
});

function codeOf(args: readonly string[]): string {
  try {
    readPlanOptions(args);
    return 'accepted';
  } catch (error) {
    return error instanceof CommandError ? error.code : String(error);
  }
}
