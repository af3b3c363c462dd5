// CSV for spreadsheets, read back with the parser of the import.
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCsv } from '../../client/format/make-csv.ts';

test('a file starts with a byte order mark and ends each line with CRLF', () => {
  expect(makeCsv(['编码', 'name'], [['A1', 2.5]])).toBe('\uFEFF编码,name\r\nA1,2.5\r\n');
});

test('an empty cell is written for null and for what is no number', () => {
  expect(makeCsv(['a', 'b'], [[null, Number.NaN]])).toBe('\uFEFFa,b\r\n,\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', '\tx', '＝1'])('the text %j does not start a formula', (text) => {
  const [[cell]] = parse(makeCsv(['a'], [[text]]), { bom: true, from_line: 2 }) as [[string]];
  expect(cell).toBe(`'${text}`);
});

test('a negative number stays a number', () => {
  expect(makeCsv(['a'], [[-1]])).toBe('\uFEFFa\r\n-1\r\n');
});

test('any text comes back as it was, with the mark before a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const [[cell]] = parse(makeCsv(['a', 'b'], [[text, 'end']]), { bom: true, from: 2 }) as [[string]];
      expect([text, `'${text}`]).toContain(cell);
    }),
    { seed: 1, numRuns: 300 },
  );
});
