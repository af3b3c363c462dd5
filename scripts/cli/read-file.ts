// One input file of a command: read, parsed by the same door as an upload, its issues printed with row, field, what was
// found, what was expected and the next move.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Datum, ImportIssueJson, ImportKind } from '../../server/contract/imports.ts';
import type { ImportDefaults, ImportRecords, ParsedImport } from '../../server/import/import-types.ts';
import { parseFile } from '../../server/import/parse-file.ts';
import { CommandError } from './options.ts';
import { rasterSummary } from './raster-summary.ts';

export interface FileRequest {
  readonly option: string;
  readonly path: string;
  readonly kind: ImportKind;
  readonly datum: Datum;
  readonly defaults: ImportDefaults;
  /** Refuse the file when any row is refused. */
  readonly strict: boolean;
}

export type RecordsOf<K extends ImportKind> = readonly Extract<
  ImportRecords,
  { kind: K }
>['rows'][number]['value'][];

/** Throws CommandError when the file is missing, unreadable, or has no usable row. */
export async function readImportFile(request: FileRequest): Promise<ParsedImport> {
  const { option, path } = request;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new CommandError(
      'COMMAND_FILE_MISSING',
      `--${option} ${path}: 读不到这个文件 / this file cannot be read`,
      '检查路径与权限 / check the path and its rights',
    );
  }
  const parsed = await parseFile(bytes, {
    kind: request.kind,
    fileName: basename(path),
    datum: request.datum,
    defaults: request.defaults,
  });
  printIssues(`--${option} ${basename(path)}`, parsed.issues, parsed.moreIssues);
  if (parsed.raster) console.error(`--${option} ${basename(path)}: ${rasterSummary(parsed.raster.facts)}`);
  if (parsed.records.rows.length === 0 || (request.strict && parsed.rejected > 0)) {
    throw new CommandError(
      'COMMAND_FILE_REFUSED',
      `--${option} ${path}: ${parsed.rowCount} 行中 ${parsed.rejected} 行不可用 / ${parsed.rejected} of ${parsed.rowCount} rows are not usable`,
      '按上面列出的问题修改文件 / mend the issues listed above',
    );
  }
  return parsed;
}

const SHOWN_PER_CODE = 20;

/** Issues on standard error; of one code at the most twenty, then a count. */
export function printIssues(title: string, issues: readonly ImportIssueJson[], more: number): void {
  const counts = new Map<string, number>();
  for (const issue of issues) {
    const count = (counts.get(issue.code) ?? 0) + 1;
    counts.set(issue.code, count);
    if (count > SHOWN_PER_CODE) continue;
    const place = [issue.row === null ? '' : `row ${issue.row}`, issue.field ?? '']
      .filter((part) => part !== '')
      .join(', ');
    const facts = [issue.found && `found: ${issue.found}`, issue.expected && `expected: ${issue.expected}`]
      .filter((part) => part !== '')
      .join('; ');
    console.error(
      `${title}: ${issue.severity} ${issue.code}${place ? ` (${place})` : ''}: ${issue.message.zh} / ${issue.message.en}`,
    );
    if (facts) console.error(`    ${facts}`);
    console.error(`    → ${issue.hint.zh} / ${issue.hint.en}`);
  }
  for (const [code, count] of counts) {
    if (count > SHOWN_PER_CODE) console.error(`${title}: … ${code}: ${count} in all`);
  }
  if (more > 0) console.error(`${title}: … and ${more} more issues`);
}
