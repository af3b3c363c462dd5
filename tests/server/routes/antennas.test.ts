// Antenna files over HTTP: in by an upload, listed, drawn, used by a plan, taken out; refused with code and line.

import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAntennaFile } from '../../../engine/index.ts';
import { errorReplySchema } from '../../../server/contract/shared.ts';
import { loadPlanInput } from '../../../server/jobs/load-plan-input.ts';
import { loadAntennaPattern } from '../../../server/store/antennas.ts';
import { openTownApp, type TownApp, upload } from '../app-on-town.ts';
import { fixtureBytes } from '../import/read-fixture.ts';

let on: TownApp;
beforeAll(async () => {
  on = await openTownApp();
  await on.jobs.resume();
});
afterAll(() => on.close());

const example = fixtureBytes('vectors/msi_example.msi');
const send = (fileName: string, bytes: Uint8Array, query = '') =>
  on.app.inject({ method: 'POST', url: `/api/antennas${query}`, ...upload(fileName, bytes) });
const list = async (): Promise<{ id: string; name: string }[]> =>
  (await on.app.inject('/api/antennas')).json().antennas;
const isErrorReply = Compile(errorReplySchema);

test('an antenna file comes in, is listed, drawn and read back sample by sample', async () => {
  const reply = await send('example.msi', example);
  expect(reply.statusCode).toBe(201);
  const antenna = reply.json();
  expect(antenna).toMatchObject({
    name: 'EXAMPLE-65-6T',
    maker: 'SYNTHETIC',
    sourceFile: 'example.msi',
    frequencyMhz: 2600,
    gainUnitAssumed: 'none',
    electricalTiltDeg: 6,
    warnings: [],
  });
  expect(antenna.gainDbi).toBeCloseTo(17, 6);
  expect(await list()).toEqual([antenna]);

  const parsed = parseAntennaFile(example.toString('utf8'));
  expect(await loadAntennaPattern(on.store, antenna.id)).toEqual(parsed);
  const cuts = (await on.app.inject(`/api/antennas/${antenna.id}/cuts`)).json();
  expect(cuts.horizontalLossDb).toHaveLength(360);
  expect(cuts.verticalLossDb[6]).toBe(0);
  expect(cuts.horizontalLossDb[18]).toBeCloseTo(0.9, 6);
});

test('the same file is the same antenna, read in another unit another one', async () => {
  const before = await list();
  expect((await send('copy.msi', example)).json().id).toBe(before[0]!.id);
  expect(await list()).toEqual(before);
  const bare = Buffer.from(example.toString('utf8').replace('14.85 dBd', '17'));
  const [dbd, dbi] = [await send('bare.msi', bare), await send('bare.msi', bare, '?gainUnit=dBi')];
  expect(dbd.json()).toMatchObject({ gainUnitAssumed: 'dBd' });
  expect(dbd.json().gainDbi).toBeCloseTo(19.15, 6);
  expect(dbi.json()).toMatchObject({ gainUnitAssumed: 'dBi', gainDbi: 17 });
  expect(dbi.json().id).not.toBe(dbd.json().id);
});

test('a file in GBK with a repaired cut tells what was repaired in both languages', async () => {
  const text = example
    .toString('latin1')
    .replace(/^NAME .*$/m, 'NAME \xcc\xec\xcf\xdf')
    .replace(/^(\d+) ([\d.]+)$/gm, '$1 -$2');
  const reply = await send('gbk.pln', Buffer.from(text, 'latin1'));
  expect(reply.statusCode).toBe(201);
  const { name, warnings } = reply.json();
  expect(name).toBe('天线');
  expect(warnings.map(({ code }: { code: string }) => code)).toEqual([
    'COVERAGE_ANTENNA_NEGATIVE',
    'COVERAGE_ANTENNA_NEGATIVE',
  ]);
  expect(warnings[0].message.zh).toContain('HORIZONTAL');
  expect(warnings[0].message.en).toContain('HORIZONTAL');
});

const bad: [what: string, fileName: string, bytes: Buffer, code: string, words: string[]][] = [
  [
    'a cut that breaks off',
    'cut.msi',
    Buffer.from(example.toString('utf8').split('\n').slice(0, 200).join('\n')),
    'COVERAGE_ANTENNA_CUT_SHORT',
    ['HORIZONTAL', '360', '189', '200'],
  ],
  ['an empty file', 'empty.msi', Buffer.from('\n'), 'COVERAGE_ANTENNA_EMPTY', []],
  ['a file without a gain', 'gain.msi', Buffer.from('NAME x\n'), 'COVERAGE_ANTENNA_NO_GAIN', []],
  [
    'a word in a cut',
    'word.msi',
    Buffer.from(example.toString('utf8').replace(/^18 0\.9/m, '18 ?')),
    'COVERAGE_ANTENNA_NUMBER',
    ['30'],
  ],
  ['a picture', 'logo.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'IMPORT_ENCODING', []],
  ['a file of two megabytes', 'big.msi', Buffer.alloc(2 * 1024 * 1024, 'x'), 'ANTENNA_FILE_TOO_LARGE', []],
];
test.each(bad)('%s is refused and nothing is stored', async (_, fileName, bytes, code, words) => {
  const before = await list();
  const reply = await send(fileName, bytes);
  expect(reply.statusCode).toBeGreaterThanOrEqual(413);
  expect(reply.statusCode).toBeLessThan(500);
  expect(isErrorReply.Check(reply.json())).toBe(true);
  expect(reply.json().code).toBe(code);
  for (const word of words) expect(reply.json().message.zh).toContain(word);
  expect(await list()).toEqual(before);
});

test('a plan uses the antenna, which then cannot be deleted until the plan is', async () => {
  const [antenna] = await list();
  const request = {
    ...on.request,
    binSizeM: 50,
    radio: { poleModel: 'P1411', roadHeightM: 1.3, antennaId: antenna!.id, load: 0.3 } as const,
  };
  const { radio } = await loadPlanInput(on.store, request);
  expect(radio).toMatchObject({ macroModel: 'UMa', poleModel: 'P1411', roadHeightM: 1.3, load: 0.3 });
  expect(radio.macroAntenna?.name).toBe(antenna!.name);

  const posted = await on.app.inject({ method: 'POST', url: '/api/plans', payload: request });
  expect(posted.statusCode).toBe(202);
  const plan = await on.jobs.whenDone(posted.json().plan.id);
  expect(plan.state).toBe('done');
  expect(plan.request.radio).toEqual(request.radio);
  const refused = await on.app.inject({ method: 'DELETE', url: `/api/antennas/${antenna!.id}` });
  expect(refused.statusCode).toBe(409);
  expect(refused.json().code).toBe('ANTENNA_IN_USE');
  expect(refused.json().message.zh).toContain(plan.name);
  expect((await on.app.inject({ method: 'DELETE', url: `/api/plans/${plan.id}` })).statusCode).toBe(204);
  expect((await on.app.inject({ method: 'DELETE', url: `/api/antennas/${antenna!.id}` })).statusCode).toBe(
    204,
  );
  expect((await list()).map(({ id }) => id)).not.toContain(antenna!.id);
});

test('an antenna that is not there is told wherever it is named', async () => {
  const payload = { ...on.request, radio: { antennaId: 'antenna-gone' } };
  for (const reply of [
    await on.app.inject({ method: 'POST', url: '/api/plans', payload }),
    await on.app.inject({ method: 'POST', url: '/api/plan-inputs', payload }),
    await on.app.inject({ url: '/api/antennas/antenna-gone/cuts' }),
    await on.app.inject({ method: 'DELETE', url: '/api/antennas/antenna-gone' }),
  ]) {
    expect(reply.statusCode).toBe(404);
    expect(reply.json().code).toBe('ANTENNA_UNKNOWN');
  }
});

test('options outside their ranges are refused, and a request without any gets the defaults', async () => {
  for (const radio of [{ load: 1.5 }, { roadHeightM: 3 }, { macroModel: 'ITM' }, { tilt: 6 }]) {
    const payload = { ...on.request, radio };
    const reply = await on.app.inject({ method: 'POST', url: '/api/plans', payload });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('REQUEST_INVALID');
  }
  expect((await loadPlanInput(on.store, on.request)).radio).toEqual({
    macroModel: 'UMa',
    poleModel: 'UMi',
    roadHeightM: 0,
    macroAntenna: null,
    useFileGain: false,
    load: 0.5,
    indoorBuilding: 'low',
  });
});
