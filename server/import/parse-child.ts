// The child's side of reading a file: bytes from stdin, options from the command line, one JSON line for the report and one
// per record to stdout. Lines keep any single string small, whatever the file holds.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ParseOptions } from './import-types.ts';
import { parseImport } from './parse-import.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as ParseOptions; // written by parse-in-child.ts, nobody else
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { records, ...report } = parseImport(Buffer.concat(chunks), options);

function* lines(): Generator<string> {
  yield `${JSON.stringify(report)}\n`;
  for (const record of records.rows) yield `${JSON.stringify(record)}\n`;
}
await pipeline(Readable.from(lines()), process.stdout);
