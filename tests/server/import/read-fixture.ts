// Reads a fixture file the way an upload arrives: its bytes and its name.
import { readFileSync } from 'node:fs';
import type { ImportKind } from '../../../server/contract/imports.ts';
import type { ParsedImport, ParseOptions } from '../../../server/import/import-types.ts';
import { parseImport } from '../../../server/import/parse-import.ts';

export function fixtureBytes(path: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
}

export function parseFixture(
  path: string,
  kind: ImportKind,
  options: Partial<ParseOptions> = {},
): ParsedImport {
  const fileName = path.split('/').at(-1) ?? path;
  return parseImport(fixtureBytes(path), { kind, fileName, datum: 'CGCS2000', ...options });
}

export const parseText = (
  text: string,
  kind: ImportKind,
  options: Partial<ParseOptions> = {},
): ParsedImport =>
  parseImport(Buffer.from(text), { kind, fileName: 'typed.csv', datum: 'CGCS2000', ...options });

/** `severity CODE row` of every issue, for short expectations. */
export const shortIssues = ({ issues }: Pick<ParsedImport, 'issues'>): string[] =>
  issues.map(({ severity, code, row }) => `${severity} ${code} ${row ?? 'file'}`);
