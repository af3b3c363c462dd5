// The process of the embedded database: PGlite with PostGIS, one statement after the other.
// A process of its own, because a statement blocks its thread, a wasm fault can end it, and a kill is the only way to
// stop an endless statement. A watcher thread ends it when the parent is gone, even while a statement runs.
import { Worker } from 'node:worker_threads';
import { PGlite, protocol } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { fixes } from './embedded-fixes.ts';
import type { ChildMessage, ParentMessage, RawResult, Statement } from './embedded-messages.ts';

const { serialize } = protocol;

/** A message of the PostgreSQL protocol, as far as it is read here. */
interface BackendMessage {
  readonly name: string;
  readonly fields?: unknown;
  readonly text?: string;
  readonly code?: string;
  readonly message?: string;
  readonly constraint?: string;
}

watchParent();
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when the database closes.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
await main();

async function main(): Promise<void> {
  const [databaseDir] = process.argv.slice(2);
  let pg: PGlite;
  try {
    if (!databaseDir) throw new Error('no database folder given');
    pg = await PGlite.create({ dataDir: databaseDir, extensions: { fixes, postgis } });
    await pg.exec(
      "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; create extension if not exists postgis",
    );
  } catch (error) {
    send({ kind: 'open-failed', message: error instanceof Error ? error.message : String(error) });
    process.disconnect?.();
    return;
  }
  let line: Promise<void> = Promise.resolve();
  process.on('message', (message: ParentMessage) => {
    line = line.then(() => (message.kind === 'close' ? close(pg) : answer(pg, message.statement)));
  });
  send({ kind: 'ready' });
}

async function close(pg: PGlite): Promise<void> {
  await pg.close();
  process.exit(0);
}

/** Names of the statements whose plan is kept, by their text. */
const kept = new Map<string, string>();

async function answer(pg: PGlite, statement: Statement): Promise<void> {
  const { messages } = await pg.execProtocol(toBytes(statement), { throwOnError: false });
  const said = messages as readonly BackendMessage[];
  if (statement.keepPlan && said.some(({ name }) => name === 'parseComplete'))
    kept.set(statement.sql, nameOf(statement));
  send(reply(statement.id, said));
}

const nameOf = ({ sql, keepPlan }: Statement): string =>
  keepPlan ? (kept.get(sql) ?? `kept ${kept.size + 1}`) : '';

/** With parameters all five messages of the extended protocol go in one piece: one round trip instead of four. */
function toBytes(statement: Statement): Uint8Array {
  const { sql, values } = statement;
  if (values === null) return serialize.query(sql);
  const name = nameOf(statement);
  return Buffer.concat([
    ...(kept.get(sql) === name ? [] : [serialize.parse({ name, text: sql })]),
    serialize.bind({
      statement: name,
      values: values.map((value) =>
        value === null || typeof value === 'string' ? value : Buffer.from(value),
      ),
    }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]);
}

function reply(id: number, messages: readonly BackendMessage[]): ChildMessage {
  let fields: RawResult['fields'] = [];
  let rows: (readonly (string | null)[])[] = [];
  let result: RawResult | null = null;
  for (const message of messages) {
    switch (message.name) {
      case 'error':
        return { kind: 'error', id, failure: failureOf(message) };
      case 'rowDescription':
        fields = (message.fields as { name: string; dataTypeID: number }[]).map((f) => ({
          name: f.name,
          typeId: f.dataTypeID,
        }));
        rows = [];
        break;
      case 'dataRow':
        rows.push(message.fields as (string | null)[]);
        break;
      case 'commandComplete':
        result = { fields, rows, ...readTag(message.text ?? '') };
        fields = [];
        rows = [];
        break;
    }
  }
  // A failed C++ call or an overflown stack leaves no complete command, or one named '???'.
  const complete =
    result !== null && result.command !== '' && !result.command.startsWith('?') && rows.length === 0;
  return complete && result ? { kind: 'result', id, result } : { kind: 'silence', id };
}

function failureOf(message: BackendMessage) {
  return {
    message: message.message ?? 'unknown error',
    sqlState: message.code ?? null,
    constraint: message.constraint ?? null,
  };
}

/** 'INSERT 0 3' → INSERT, 3 rows. */
function readTag(tag: string): { command: string; rowCount: number } {
  const words = tag.split(' ');
  const count = Number(words.at(-1));
  return { command: words[0] ?? '', rowCount: Number.isInteger(count) ? count : 0 };
}

function send(message: ChildMessage): void {
  process.send?.(message);
}

function watchParent(): void {
  const code = `
    const parent = process.ppid;
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 250);
  `;
  new Worker(code, { eval: true, execArgv: [] }).unref();
}
