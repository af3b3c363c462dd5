// The embedded store: one database process, one session, callers one after the other.
// An endless statement is ended by killing the process; PGlite survives kill -9 without losing a committed row
// (55 kills seen), and the next call, or the deadline itself, opens it again. A power cut is another matter: no fsync.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataLock, takeDataLock } from './data-lock.ts';
import { unpackTemplate } from './data-template.ts';
import type { ChildMessage, ParentMessage, RawResult } from './embedded-messages.ts';
import { sqlError } from './sql-errors.ts';
import {
  type Queryable,
  type QueryOptions,
  type QueryResult,
  type Store,
  StoreError,
  type StoreHealth,
} from './store.ts';
import {
  refuseInsideTransaction,
  runTransaction,
  type Session,
  type SessionStatement,
} from './transaction.ts';
import { Turns } from './turns.ts';
import { toParameter, valueParser } from './values.ts';

const childFile = fileURLToPath(new URL('./embedded-child.mjs', import.meta.url));

/** First start without a template: initdb and PostGIS take half a minute on a slow machine. */
const OPEN_LIMIT_MS = 120_000;
const CLOSE_LIMIT_MS = 10_000;
/** Deep recursion must end in PostgreSQL's own depth check, not in a JavaScript stack overflow nobody reports. */
const CHILD_STACK_KB = 6_000;
/** How long a caller waits for its turn behind others, and how many may wait: an act is worth waiting for longer. */
const TURN_LIMIT_MS = 30_000;
const ACT_TURN_LIMIT_MS = 60_000;
const MOST_ACTS = 2_000;
const MOST_OTHERS = 1_000;

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly deadlineMs: number;
  readonly report: (line: string) => void;
}

/** Opens (on first use: fills) the database below `dataDir`. Throws STORE_LOCKED, STORE_FULL, STORE_OPEN_FAILED. */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<EmbeddedStore> {
  const lock = await takeDataLock(options.dataDir).catch((error: unknown) => {
    throw openErrorOf(error);
  });
  const databaseDir = join(options.dataDir, 'pgdata');
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION')) && !(await unpackTemplate(databaseDir))) {
      options.report(
        'no database template for the installed packages: the first start takes half a minute (npm run template)',
      );
    }
    const store = new EmbeddedStore(databaseDir, lock, options);
    await store.open();
    return store;
  } catch (error) {
    lock.release();
    throw openErrorOf(error);
  }
}

/** Folders that cannot be made or filled fail before the database has a say. */
function openErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new StoreError(code === 'ENOSPC' ? 'STORE_FULL' : 'STORE_OPEN_FAILED', message);
}

export class EmbeddedStore implements Store {
  readonly kind = 'embedded';
  readonly #databaseDir: string;
  readonly #lock: DataLock;
  readonly #options: EmbeddedOptions;
  readonly #turns = new Turns({ mostActs: MOST_ACTS, mostOthers: MOST_OTHERS });
  #process: Promise<DatabaseProcess> | null = null;
  #previous: DatabaseProcess | null = null;
  #closed = false;
  #busySince: number | null = null;

  constructor(databaseDir: string, lock: DataLock, options: EmbeddedOptions) {
    this.#databaseDir = databaseDir;
    this.#lock = lock;
    this.#options = options;
  }

  /** Process number of the database, or null while there is none. */
  async processId(): Promise<number | null> {
    return (await this.#process)?.pid ?? null;
  }

  async open(): Promise<void> {
    await this.#database();
  }

  async query<Row>(
    sql: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<QueryResult<Row>> {
    refuseInsideTransaction(this);
    const deadlineMs = options?.deadlineMs ?? this.#options.deadlineMs;
    return (await this.#inTurn(
      (session) =>
        session.run({ sql, values: values ?? null, deadlineMs, keepPlan: options?.keepPlan ?? false }),
      options,
    )) as QueryResult<Row>;
  }

  async transaction<T>(work: (tx: Queryable) => Promise<T>, options?: QueryOptions): Promise<T> {
    refuseInsideTransaction(this);
    const deadlineMs = options?.deadlineMs ?? this.#options.deadlineMs;
    return this.#inTurn((session) => runTransaction(this, session, work, deadlineMs), options);
  }

  async health(): Promise<StoreHealth> {
    if (this.#closed) return { ok: false, detail: 'closed' };
    const busyMs = this.#busySince === null ? 0 : Date.now() - this.#busySince;
    if (busyMs > 0 && this.#process) return { ok: true, detail: `embedded, busy for ${busyMs} ms` };
    const opening = new Promise<StoreHealth>((resolve) => {
      setTimeout(() => resolve({ ok: false, detail: 'embedded, opening' }), 1_500).unref();
    });
    const probe = this.query<{ version: string }>("select current_setting('server_version') as version", [], {
      deadlineMs: 5_000,
    }).then(
      ({ rows }) => ({
        ok: true,
        detail: `embedded PostgreSQL ${rows[0]?.version}, no fsync: a power cut can lose data`,
      }),
      (error: Error) => ({ ok: false, detail: error.message }),
    );
    return Promise.race([probe, opening]);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    const endTurn = await this.#turns.take(CLOSE_LIMIT_MS).catch(() => () => undefined);
    this.#closed = true;
    const database = await this.#process?.catch(() => null);
    await database?.close();
    this.#lock.release();
    endTurn();
  }

  async #inTurn<T>(work: (session: Session) => Promise<T>, options?: QueryOptions): Promise<T> {
    const isAct = options?.isAct ?? false;
    const endTurn = await this.#turns.take(isAct ? ACT_TURN_LIMIT_MS : TURN_LIMIT_MS, isAct);
    try {
      if (this.#closed) throw new StoreError('STORE_CLOSED', 'the store is closed');
      const database = await this.#database();
      this.#busySince = Date.now();
      return await work({
        run: (statement) => this.#run(database, statement),
        drop: () => database.kill(),
      });
    } finally {
      this.#busySince = null;
      endTurn();
    }
  }

  async #run(database: DatabaseProcess, statement: SessionStatement): Promise<QueryResult<unknown>> {
    try {
      return toResult(await database.run(statement));
    } catch (error) {
      if (error instanceof StoreError && error.code === 'STORE_SILENT_FAILURE')
        await this.#checkAfterSilence(database);
      if (error instanceof StoreError && error.code === 'STORE_DEADLINE' && database.gone && !this.#closed) {
        this.#options.report(
          `a statement ran longer than ${statement.deadlineMs} ms: the embedded database is being reopened`,
        );
        // Open again at once instead of at the next call; a failure is told to that call.
        this.#database().catch(() => undefined);
      }
      throw error;
    }
  }

  /** What a statement did before it failed silently must not be kept, and the session may be broken. */
  async #checkAfterSilence(database: DatabaseProcess): Promise<void> {
    try {
      await database.run({ sql: 'rollback', values: null, deadlineMs: 2_000, keepPlan: false });
      const probe = await database.run({ sql: 'select 1', values: null, deadlineMs: 2_000, keepPlan: false });
      if (probe.rows.length === 1 && probe.rows[0]?.[0] === '1') return;
    } catch {
      // Fall through: a session that cannot answer `select 1` is ended below.
    }
    this.#options.report(
      'the embedded database failed silently and did not answer afterwards: it is being reopened',
    );
    database.kill();
  }

  /** The living database process; a new one when the last is gone. */
  #database(): Promise<DatabaseProcess> {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'the store is closed');
    this.#process ??= this.#start();
    return this.#process;
  }

  async #start(): Promise<DatabaseProcess> {
    try {
      // Two processes on one folder lose rows: a killed one must really be gone.
      await this.#previous?.exited;
      const database = new DatabaseProcess(this.#databaseDir, () => {
        this.#process = null;
      });
      this.#previous = database;
      this.#lock.noteDatabase(database.pid);
      await database.ready;
      return database;
    } catch (error) {
      this.#process = null;
      throw error;
    }
  }
}

function toResult({ fields, rows, command, rowCount }: RawResult): QueryResult<unknown> {
  const columns = fields.map(({ name, typeId }) => ({ name, parse: valueParser(typeId) }));
  const toRow = (values: readonly (string | null)[]) => {
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, parse }, i) => {
      const text = values[i];
      row[name] = text === null || text === undefined ? null : parse(text);
    });
    return row;
  };
  return { rows: rows.map(toRow), rowCount, command };
}

interface PendingCall {
  readonly resolve: (result: RawResult) => void;
  readonly reject: (error: StoreError) => void;
  readonly timer: NodeJS.Timeout;
}

/** The child process and the calls it owes an answer to. */
class DatabaseProcess {
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;
  readonly #calls = new Map<number, PendingCall>();
  readonly #onGone: () => void;
  #gone = false;
  #nextId = 1;
  #lastWords = '';

  constructor(databaseDir: string, onGone: () => void) {
    this.#onGone = onGone;
    this.#child = fork(childFile, [databaseDir], {
      execArgv: [`--stack-size=${CHILD_STACK_KB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: childEnvironment(),
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', () => resolve());
    });
    this.#child.stderr?.on('data', (bytes: Buffer) => {
      this.#lastWords = `${this.#lastWords}${bytes}`.slice(-2_000);
    });
    this.ready = new Promise((resolve, reject) => {
      const failed = (message: string) => reject(new StoreError('STORE_OPEN_FAILED', message));
      const timer = setTimeout(() => {
        failed(`the embedded database did not open within ${OPEN_LIMIT_MS / 1000} s`);
        this.kill();
      }, OPEN_LIMIT_MS);
      this.#child.on('message', (message: ChildMessage) => {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'open-failed')
          failed(`the embedded database did not open: ${message.message}`);
        else this.#settle(message);
      });
      this.#child.on('error', (error) => {
        clearTimeout(timer);
        failed(`the database process did not start: ${error.message}`);
        this.#end('did not start');
      });
      this.#child.on('exit', (code, signal) => {
        clearTimeout(timer);
        const how = signal ? `signal ${signal}` : `exit code ${code}`;
        failed(`the database process ended while opening (${how}) ${this.#lastWords}`.trim());
        this.#end(how);
      });
      this.#child.once('message', () => clearTimeout(timer));
    });
    this.ready.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get gone(): boolean {
    return this.#gone;
  }

  run({ sql, values, deadlineMs, keepPlan }: SessionStatement): Promise<RawResult> {
    if (this.#gone) return Promise.reject(new StoreError('STORE_GONE', 'the embedded database is gone'));
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#calls.delete(id);
        this.kill();
        reject(new StoreError('STORE_DEADLINE', `the statement ran longer than ${deadlineMs} ms`, '57014'));
      }, deadlineMs);
      this.#calls.set(id, { resolve, reject, timer });
      const statement = { id, sql, values: values?.map(toParameter) ?? null, keepPlan };
      this.#send({ kind: 'statement', statement });
    });
  }

  /** Ends the process now. Nothing waits for it: callers are told at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
    this.#end('killed');
  }

  async close(): Promise<void> {
    if (this.#gone) return;
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_LIMIT_MS);
    this.#send({ kind: 'close' });
    await this.exited;
    clearTimeout(timer);
  }

  #send(message: ParentMessage): void {
    // A process that died between two calls is reported by its exit event, not by the failed send.
    this.#child.send(message, () => undefined);
  }

  #settle(message: Exclude<ChildMessage, { kind: 'ready' | 'open-failed' }>): void {
    const call = this.#calls.get(message.id);
    if (!call) return;
    this.#calls.delete(message.id);
    clearTimeout(call.timer);
    if (message.kind === 'result') call.resolve(message.result);
    else if (message.kind === 'error') call.reject(sqlError(message.failure));
    else {
      call.reject(
        new StoreError(
          'STORE_SILENT_FAILURE',
          'the database gave neither a result nor an error; nothing was kept',
        ),
      );
    }
  }

  #end(how: string): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const call of this.#calls.values()) {
      clearTimeout(call.timer);
      call.reject(new StoreError('STORE_GONE', `the database process ended during the call (${how})`));
    }
    this.#calls.clear();
    this.#onGone();
  }
}

/** The child needs to find programs and temporary folders, and nothing else: no passwords, no settings. */
function childEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
