// The stairs of the house: who may look at whom, read from the import statements of every source file. Also what must
// be absent: SQL outside the store, clocks and chance in the engine, machine paths, registry addresses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingOptional } from '../scripts/boot/complete-lock.mjs';
import { codeOf, houseDir, type ImportOf, importsOf, sourceFiles, textFiles } from './support/house-files.ts';

/** Rooms from the lowest step to the highest; a room may import itself and everything below. Equal steps: not each other. */
const ENGINE_STEPS = [
  ['model'],
  ['geo'],
  ['candidates'],
  ['radio'],
  ['grid'],
  ['coverage'],
  ['selection'],
  ['plan'],
  ['review'],
];
const SERVER_STEPS = [
  ['run-packed.mjs'],
  ['permission'],
  ['contract'],
  ['store'],
  ['errors.ts'],
  ['config.ts'],
  ['import', 'export', 'people', 'photos'],
  ['jobs'],
  ['plugins'],
  ['routes'],
  ['app.ts'],
  ['main.ts'],
];
const CLIENT_STEPS = [
  ['format', 'parts', 'theme.ts'],
  ['api', 'preview'],
  ['state'],
  ['map', 'screens'],
  ['app.tsx'],
  ['main.tsx'],
];
const ENGINE_PACKAGES =
  /^(gcoord|@stdlib\/math-base-special-[a-z0-9]+|@noble\/hashes(\/.*)?|rbush|flatbush|@turf\/turf)$/;

const imports = sourceFiles('engine', 'server', 'client', 'scripts').flatMap(importsOf);

test('every engine room looks only at the rooms before it', () => {
  expect(against('engine', ENGINE_STEPS)).toEqual([]);
});

test('the engine looks at no other house and at few packages', () => {
  const wrong = inHouse('engine').filter(({ target, isRelative }) =>
    isRelative ? houseOf(target) !== 'engine' : !ENGINE_PACKAGES.test(target),
  );
  const turf = inHouse('engine').filter(
    ({ file, target }) => target === '@turf/turf' && !['geo', 'candidates'].includes(roomOf(file)),
  );
  expect([...wrong, ...turf].map(said)).toEqual([]);
});

test('the checker of plans and the search share no code: each imports types of the other and nothing else', () => {
  const isChecker = (path: string) => /^engine\/selection\/(check\/|check-plan\.ts)/.test(path);
  const wrong = inHouse('engine').filter(
    ({ file, target, typeOnly }) =>
      !typeOnly &&
      file !== 'engine/index.ts' &&
      isChecker(file) !== isChecker(target) &&
      (isChecker(target) || target !== 'engine/coverage/footprints.ts'),
  );
  expect(wrong.map(said)).toEqual([]);
});

test('the engine has no clock, no chance, no file, no network and no environment', () => {
  const forbidden =
    /\b(Math\.random|Date\.now|new Date|performance\.now|process\.|fetch\(|localStorage|navigator\.|globalThis\.)/;
  const wrong = sourceFiles('engine').filter(({ text }) => forbidden.test(codeOf(text)));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('server rooms are stairs', () => {
  expect(against('server', SERVER_STEPS)).toEqual([]);
});

test('other houses enter the engine through its front door', () => {
  const wrong = imports.filter(
    ({ file, target, isRelative }) =>
      isRelative &&
      houseOf(target) === 'engine' &&
      houseOf(file) !== 'engine' &&
      target !== 'engine/index.ts',
  );
  expect(wrong.map(said)).toEqual([]);
});

test('the server looks at no client, script or test', () => {
  const wrong = inHouse('server').filter(
    ({ target, isRelative }) => isRelative && ['client', 'scripts', 'tests'].includes(houseOf(target)),
  );
  expect(wrong.map(said)).toEqual([]);
});

test('the contract imports the engine, the permission table and the schema library, nothing more', () => {
  const wrong = imports.filter(
    ({ file, target, isRelative }) =>
      file.startsWith('server/contract/') &&
      !(isRelative
        ? /^(engine\/index\.ts|server\/(contract|permission)\/)/.test(target)
        : target === 'typebox'),
  );
  expect(wrong.map(said)).toEqual([]);
});

test('client rooms are stairs: map and screens meet in state, parts and format use nobody', () => {
  expect(against('client', CLIENT_STEPS)).toEqual([]);
});

test('the client takes types from the contract and nothing else from the server', () => {
  const wrong = inHouse('client').filter(
    ({ target, isRelative, typeOnly }) =>
      isRelative &&
      houseOf(target) !== 'client' &&
      houseOf(target) !== 'engine' &&
      !(target.startsWith('server/contract/') && typeOnly),
  );
  expect(wrong.map(said)).toEqual([]);
});

test('nobody but the golden and validation commands looks at tests, and scripts do not look at the client', () => {
  const wrong = imports.filter(
    ({ file, target, isRelative }) =>
      isRelative &&
      !['scripts/golden.ts', 'scripts/validation.ts'].includes(file) &&
      (houseOf(target) === 'tests' || (houseOf(file) === 'scripts' && houseOf(target) === 'client')),
  );
  expect(wrong.map(said)).toEqual([]);
});

test('the boots need no package before anything is installed', () => {
  const boots = sourceFiles('scripts').filter(({ path }) => path.endsWith('.mjs'));
  const wrong = boots.flatMap(({ path, text }) =>
    [...text.matchAll(/^import .* from '([^.'][^']*)'/gm)]
      .map((match) => match[1]!)
      .filter((target) => !target.startsWith('node:'))
      .map((target) => `${path} → ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('SQL is written in the store and nowhere else but where a bench fills one', () => {
  const sql =
    /['"`]\s*(select\s[\s\S]{0,200}?\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|create\s+(table|index|schema)\s)/i;
  const wrong = sourceFiles('engine', 'server', 'client', 'scripts').filter(
    ({ path, text }) =>
      !path.startsWith('server/store/') && !path.startsWith('scripts/bench/') && sql.test(codeOf(text)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('no file names a place on one machine', () => {
  const homes = ['work', 'farm', 'home', 'Users', 'root'].join('|');
  const machinePath = new RegExp(`(^|[^A-Za-z0-9_.:/-])/(${homes})/[A-Za-z]`, 'm');
  expect(
    textFiles()
      .filter(({ text }) => machinePath.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});

test('no file names a package registry, and the lock holds no download address', () => {
  const host = new RegExp(['registry', '[a-z0-9-]+', '(org|com|cn|io)'].join('\\.'));
  expect(
    textFiles()
      .filter(({ text }) => host.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
  expect(readFileSync(join(houseDir, 'package-lock.json'), 'utf8')).not.toContain('"resolved": "http');
});

test('the lock lists every package it asks for, so that npm ci takes it on any platform', () => {
  const lock = JSON.parse(readFileSync(join(houseDir, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  // To mend: node scripts/boot/complete-lock.mjs
  expect(missingOptional(lock.packages).map(({ name }) => name)).toEqual([]);
  expect(Object.entries(lock.packages).filter(([path, { version }]) => path !== '' && !version)).toEqual([]);
});

test('no test is left out by hand', () => {
  const left = new RegExp(`\\b(it|test|describe)\\.(${['only', 'skip', 'todo', 'fails'].join('|')})\\(`);
  expect(
    sourceFiles('tests')
      .filter(({ text }) => left.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});

function inHouse(house: string): ImportOf[] {
  return imports.filter(({ file }) => houseOf(file) === house);
}

/** Imports inside one house that go up the stairs or across a step, as `file → target`. */
function against(house: string, steps: readonly (readonly string[])[]): string[] {
  const stepOf = new Map(steps.flatMap((rooms, step) => rooms.map((room) => [room, step] as const)));
  return inHouse(house)
    .filter(({ file, target, isRelative }) => {
      if (!isRelative || houseOf(target) !== house || target.endsWith('.css')) return false;
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to) return false;
      const [fromStep, toStep] = [stepOf.get(from), stepOf.get(to)];
      return fromStep === undefined || toStep === undefined || toStep >= fromStep;
    })
    .filter(({ file }) => file !== `${house}/index.ts`)
    .map(said);
}

function said({ file, target }: ImportOf): string {
  return `${file} → ${target}`;
}

function houseOf(path: string): string {
  return path.split('/')[0]!;
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}
