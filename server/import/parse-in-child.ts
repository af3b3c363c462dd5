// Reads an untrusted file in a process of its own (reliability 4.2): a worker thread that runs out of memory can take the
// whole server with it, a child cannot. Memory cap, wall clock, no environment, killed when the caller gives up.
import { createInterface } from 'node:readline';
import { ProductError } from '../errors.ts';
import type { ImportRecords, ParsedImport, ParseOptions } from './import-types.ts';
import type { AntennaOptions } from './parse-antenna.ts';
import type { PdfOptions } from './pdf/read-pdf.ts';
import { keepReaderReady, takeReader } from './reader-process.ts';

export interface ReaderLimits {
  readonly seconds: number;
  readonly memoryMb: number;
}

/** Like parseFile, but safe for any bytes. Throws IMPORT_TIMEOUT, IMPORT_READER_FAILED, or the signal's reason. */
export async function parseInChild(
  bytes: Uint8Array,
  options: ParseOptions,
  limits: ReaderLimits,
  signal?: AbortSignal,
): Promise<ParsedImport> {
  return fromLines(await readInChild(bytes, options, limits, signal), options);
}

/** What parse-child.ts says of the bytes, line by line. Throws IMPORT_TIMEOUT, IMPORT_READER_FAILED, or the signal's reason. */
export async function readInChild(
  bytes: Uint8Array,
  options: ParseOptions | AntennaOptions | PdfOptions,
  limits: ReaderLimits,
  signal?: AbortSignal,
): Promise<string[]> {
  signal?.throwIfAborted();
  const child = takeReader(limits.memoryMb);
  let outOfTime = false;
  const timer = setTimeout(() => {
    outOfTime = true;
    child.kill('SIGKILL');
  }, limits.seconds * 1000);
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.once('error', () => resolve(null));
    });
    // a child that ends early closes its stdin; that is told by its exit code
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(options)}\n`);
    child.stdin.end(bytes);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }))
      lines.push(line);
    const exitCode = await ended;
    signal?.throwIfAborted();
    if (outOfTime) throw new ProductError('IMPORT_TIMEOUT', { seconds: limits.seconds });
    if (exitCode !== 0) throw new ProductError('IMPORT_READER_FAILED');
    return lines;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    stop();
    keepReaderReady(limits.memoryMb);
  }
}

/** The report and its records; a stream that does not add up is a failed reader, never half an import. */
function fromLines(lines: readonly string[], { kind }: ParseOptions): ParsedImport {
  const [head, ...rest] = lines;
  const report = JSON.parse(head ?? '{}') as Omit<ParsedImport, 'records'>; // our own child's first line
  const rows = rest.map((line) => JSON.parse(line) as never); // each line is a record of the kind asked for
  if (rows.length + report.rejected !== report.rowCount) throw new ProductError('IMPORT_READER_FAILED');
  return { ...report, records: { kind, rows } as ImportRecords };
}
