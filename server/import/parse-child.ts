// The child's side of reading a file: on stdin a line of options, then the bytes; on stdout one JSON line for the report and
// one per record, or one for an antenna or a PDF. Lines keep any single string small, whatever the file holds.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ParseOptions } from './import-types.ts';
import { type AntennaOptions, parseAntenna } from './parse-antenna.ts';
import { parseFile } from './parse-file.ts';
import { type PdfOptions, readPdf } from './pdf/read-pdf.ts';

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const sent = Buffer.concat(chunks);
const headEnd = sent.indexOf('\n');
// A waiting reader whose server has gone is told nothing: there is no file to read.
if (headEnd < 0) process.exit(0);
const options = JSON.parse(sent.toString('utf8', 0, headEnd)) as ParseOptions | AntennaOptions | PdfOptions; // written by parse-in-child.ts, nobody else
const file = sent.subarray(headEnd + 1);

async function* lines(): AsyncGenerator<string> {
  if (options.kind === 'antenna') {
    yield `${JSON.stringify(parseAntenna(file, options))}\n`;
    return;
  }
  if (options.kind === 'pdf') {
    yield `${JSON.stringify(readPdf(file))}\n`;
    return;
  }
  const { records, ...report } = await parseFile(file, options);
  yield `${JSON.stringify(report)}\n`;
  for (const record of records.rows) yield `${JSON.stringify(record)}\n`;
}
await pipeline(Readable.from(lines()), process.stdout);
