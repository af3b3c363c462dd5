// The child that reads uploads: it answers like the plain function, and no file can take the server with it.
import { expect, test } from 'vitest';
import { parseInChild } from '../../../server/import/parse-in-child.ts';
import { fixtureBytes, parseFixture } from './read-fixture.ts';

const limits = { seconds: 30, memoryMb: 256 };
const options = { kind: 'sites', fileName: 'sites-chinese-headers.csv', datum: 'CGCS2000' } as const;

test('the child gives the same report and records as the function', async () => {
  const path = 'good/sites-chinese-headers.csv';
  const parsed = await parseInChild(fixtureBytes(path), options, limits);
  expect(parsed).toEqual(JSON.parse(JSON.stringify(parseFixture(path, 'sites'))));
});

test('a file that needs more time than allowed is stopped with a sentence', async () => {
  const reading = parseInChild(fixtureBytes('good/demand.csv'), options, { seconds: 0.05, memoryMb: 256 });
  await expect(reading).rejects.toMatchObject({ code: 'IMPORT_TIMEOUT' });
});

test('a file that needs more memory than allowed ends the child, not the server', async () => {
  const large = Buffer.from(`[${'{"a":1},'.repeat(3_000_000)}1]`);
  const reading = parseInChild(large, { ...options, fileName: 'large.json' }, { seconds: 30, memoryMb: 80 });
  await expect(reading).rejects.toMatchObject({ code: 'IMPORT_READER_FAILED' });
});

test('a sender who leaves stops the child', async () => {
  const leaving = new AbortController();
  const reading = parseInChild(fixtureBytes('good/demand.csv'), options, limits, leaving.signal);
  leaving.abort(new Error('left'));
  await expect(reading).rejects.toThrow('left');
});
