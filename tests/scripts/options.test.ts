// The command line of `npm run plan`: what it takes, and the coded refusals of what it does not.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PlanningError, plainRadio } from '../../engine/index.ts';
import { makeFolder } from '../../scripts/cli/make-folder.ts';
import { CommandError } from '../../scripts/cli/options.ts';
import { planChoiceOf } from '../../scripts/cli/plan-choice.ts';
import { planHelp, readPlanOptions } from '../../scripts/cli/plan-options.ts';
import { readAntenna } from '../../scripts/cli/read-antenna.ts';
import { anInput, aSite } from '../engine/plan/a-place.ts';
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

test('everything else the engine can be asked for has its option, and is plain without it', () => {
  expect(readPlanOptions(LEAST)?.rules).toEqual({
    effort: 'thorough',
    areaShares: [],
    quotas: [],
    spacing: null,
    siteOrder: 'price',
    robust: [],
    sensitivity: null,
    servers: null,
    corridors: [],
    phases: null,
    keep: null,
    refuse: [],
    lock: [],
    seconds: null,
  });
  const asked = [
    ...['--effort', 'deep', '--area-share', '核心区=0.98,a2=1', '--area-share', '一=二=.5', '--seconds=20'],
    ...['--quota', 'district=310114:least=3,most=20', '--quota=owner=市政:cost=1000000'],
    ...['--spacing', 'pole=100,tower=500.5', '--site-order', 'build-mode', '--phases', 'p.json'],
    ...['--keep', 'plan.geojson', '--refuse', 'a,b', '--refuse', 'c', '--lock', 'list.txt'],
  ];
  const options = readPlanOptions([...LEAST, ...asked]);
  expect(options?.rules).toEqual({
    effort: 'deep',
    areaShares: [
      { area: '核心区', share: 0.98 },
      { area: 'a2', share: 1 },
      { area: '一=二', share: 0.5 },
    ],
    quotas: [
      { by: 'district', value: '310114', leastSites: 3, mostSites: 20, mostCostCny: null },
      { by: 'owner', value: '市政', leastSites: null, mostSites: null, mostCostCny: 1_000_000 },
    ],
    spacing: { poleM: 100, roofM: 0, towerM: 500.5 },
    siteOrder: 'build-mode',
    robust: [],
    sensitivity: null,
    servers: null,
    corridors: [],
    phases: 'p.json',
    keep: 'plan.geojson',
    refuse: ['a,b', 'c'],
    lock: ['list.txt'],
    seconds: 20,
  });
});

test('a single number spaces derived poles, words space open sites, and both may be said', () => {
  expect(readPlanOptions(LEAST)).toMatchObject({ spacingM: 60, rules: { spacing: null } });
  expect(readPlanOptions([...LEAST, '--spacing', '80'])).toMatchObject({
    spacingM: 80,
    rules: { spacing: null },
  });
  expect(readPlanOptions([...LEAST, '--spacing', '80', '--spacing', 'default'])).toMatchObject({
    spacingM: 80,
    rules: { spacing: 'usual' },
  });
  expect(codeOf([...LEAST, '--spacing', '5'])).toBe('COMMAND_OPTION_RANGE');
});

test('sites and areas are found by id or code and by id or name, lists come from files too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-choice-'));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const input = anInput({
    sites: [aSite('s1', 100, 100), aSite('s2', 300, 300), aSite('s3', 500, 500, { status: 'unavailable' })],
  });
  const choose = (...args: string[]) => planChoiceOf(readPlanOptions([...LEAST, ...args])!, input);
  const refusalOf = (...args: string[]): string => {
    try {
      choose(...args);
      return 'accepted';
    } catch (error) {
      return error instanceof CommandError || error instanceof PlanningError ? error.code : String(error);
    }
  };
  try {
    const list = write('list.csv', '\uFEFFs1\r\ncode-s2,\n');
    expect(choose('--refuse', list).choice.refusedSiteIds).toEqual(['s1', 's2']);
    expect(choose('--lock', 'code-s1').choice.lockedSiteIds).toEqual(['s1']);
    expect(choose('--area-share', '片区=0.9').choice.areaShares).toEqual([{ areaId: 'area', share: 0.9 }]);
    expect(choose('--spacing', 'default').choice.spacing).toEqual({ poleM: 150, roofM: 300, towerM: 300 });
    const feature = (siteId: string, status: string) => ({ properties: { siteId, status, costCny: 7 } });
    const earlier = write(
      'plan.geojson',
      JSON.stringify({
        features: [feature('s1', 'new'), feature('old', 'existing'), feature('gone', 'new')],
      }),
    );
    const { choice, kept } = choose('--keep', earlier);
    expect(choice.keepSiteIds).toEqual(['s1', 'gone']);
    expect(kept?.sites.map(({ costCny }) => costCny)).toEqual([7, 7]);
    const phases = write(
      'phases.json',
      '[{"name":"一","targetShare":0.5,"areaShares":{"片区":0.6}},{"name":"二","maxSites":9}]',
    );
    expect(choose('--phases', phases).choice.phases).toEqual([
      {
        name: '一',
        targetShare: 0.5,
        areaShares: [{ areaId: 'area', share: 0.6 }],
        budgetCny: null,
        maxSites: null,
      },
      {
        name: '二',
        targetShare: 0.5,
        areaShares: [{ areaId: 'area', share: 0.6 }],
        budgetCny: null,
        maxSites: 9,
      },
    ]);

    expect(refusalOf('--refuse', 's9')).toBe('COMMAND_SITE_UNKNOWN');
    expect(refusalOf('--lock', 's3')).toBe('COMMAND_SITE_UNAVAILABLE');
    expect(refusalOf('--refuse', 's3')).toBe('accepted');
    expect(refusalOf('--area-share', 'x=1')).toBe('SELECTION_AREA_UNKNOWN');
    expect(refusalOf('--keep', join(folder, 'none'))).toBe('COMMAND_FILE_MISSING');
    expect(refusalOf('--keep', list)).toBe('COMMAND_FILE_REFUSED');
    for (const text of [
      '{}',
      '[]',
      '[{"targetShare":0.5}]',
      '[{"name":"一","share":0.5}]',
      '[{"name":"一","targetShare":2}]',
      '[{"name":"一","maxSites":1.5}]',
      '[{"name":"一","areaShares":{"片区":"much"}}]',
    ])
      expect(refusalOf('--phases', write('bad.json', text))).toBe('COMMAND_PHASES');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['COMMAND_OPTION_WORD', [...LEAST, '--effort', 'hard']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--site-order', 'alphabet']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--area-share', '核心区']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--area-share', '核心区=98']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--quota', 'district=310114']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--quota', 'colour=red:most=1']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--quota', 'district=1:most=1,most=2']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--spacing', 'pole=100,mast=3']],
  ['COMMAND_OPTION_WORD', [...LEAST, '--spacing', 'default', '--spacing', 'pole=1']],
  ['COMMAND_OPTION_RANGE', [...LEAST, '--seconds', '0']],
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
