// The real store: a pool of connections to PostgreSQL with PostGIS.
// Statements have the server's statement_timeout and, a second later, a deadline of our own: some GEOS calls ignore
// cancelling for minutes (seen), so such a backend is reported with its pid and its connection dropped, never waited for.
import pg from 'pg';
import { sqlError } from './sql-errors.ts';
import {
  type Queryable,
  type QueryOptions,
  type QueryResult,
  type Store,
  StoreError,
  type StoreHealth,
} from './store.ts';
import { refuseInsideTransaction, runTransaction, type SessionStatement } from './transaction.ts';
import { Turns } from './turns.ts';
import { type Parameter, toParameter, valueParser } from './values.ts';

const MAX_CONNECTIONS = 10;
/** Connections nobody else takes: for acts, and as many for everything else. */
const KEPT_CONNECTIONS = 2;
/** One more looks whether the database answers, however many wait. */
const HEALTH_CONNECTIONS = 1;
const CONNECT_LIMIT_MS = 5_000;
/** How long a caller waits for a connection, and how many may wait: an act is worth waiting for, a picture is not. */
const TURN_LIMIT_MS = 5_000;
const ACT_TURN_LIMIT_MS = 60_000;
const MOST_ACTS = 2_000;
const MOST_OTHERS = 1_000;
/** What the server gets on top of its own timeout before it is given up. */
const GRACE_MS = 1_000;

export interface NativeOptions {
  readonly databaseUrl: string;
  readonly deadlineMs: number;
  readonly report: (line: string) => void;
}

/** Connects and checks for PostGIS. Throws STORE_UNREACHABLE, STORE_POSTGIS_MISSING. */
export async function openNativeStore(options: NativeOptions): Promise<Store> {
  const store = new NativeStore(options);
  try {
    await store.checkPostgis();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A connection with what we know about it. */
interface Connection extends pg.PoolClient {
  readonly processID?: number | null;
  statementTimeoutMs?: number;
  isLost?: boolean;
}

class NativeStore implements Store {
  readonly kind = 'native';
  readonly #pool: pg.Pool;
  readonly #options: NativeOptions;
  readonly #turns = new Turns({
    atOnce: MAX_CONNECTIONS,
    kept: KEPT_CONNECTIONS,
    mostActs: MOST_ACTS,
    mostOthers: MOST_OTHERS,
  });
  #closed = false;

  constructor(options: NativeOptions) {
    this.#options = options;
    this.#pool = new pg.Pool({
      connectionString: options.databaseUrl,
      max: MAX_CONNECTIONS + HEALTH_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: 'zhanzhi',
      types: { getTypeParser: ((typeId: number) => valueParser(typeId)) as typeof pg.types.getTypeParser },
    });
    // A lost idle connection is not an event for anybody: the pool opens another one. Without listeners it would end us.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
      client
        // row policies make estimates high: compiling them takes seconds where the query takes milliseconds
        .query(
          "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set jit = off",
        )
        .catch(() => undefined);
    });
  }

  async query<Row>(
    sql: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<QueryResult<Row>> {
    refuseInsideTransaction(this);
    const deadlineMs = options?.deadlineMs ?? this.#options.deadlineMs;
    const statement = { sql, values: values ?? null, deadlineMs, keepPlan: options?.keepPlan ?? false };
    return this.#inTurn(
      (connection) => this.#run(connection, statement) as Promise<QueryResult<Row>>,
      options,
    );
  }

  async transaction<T>(work: (tx: Queryable) => Promise<T>, options?: QueryOptions): Promise<T> {
    refuseInsideTransaction(this);
    const deadlineMs = options?.deadlineMs ?? this.#options.deadlineMs;
    return this.#inTurn((connection) => {
      const session = {
        run: (statement: SessionStatement) => this.#run(connection, statement),
        drop: () => {
          connection.isLost = true;
        },
      };
      return runTransaction(this, session, work, deadlineMs);
    }, options);
  }

  async health(): Promise<StoreHealth> {
    if (this.#closed) return { ok: false, detail: 'closed' };
    const late = new Promise<StoreHealth>((resolve) => {
      setTimeout(() => resolve({ ok: false, detail: 'PostgreSQL does not answer' }), 1_500).unref();
    });
    const sql = "select current_setting('server_version') as version";
    const statement = { sql, values: [], deadlineMs: this.#options.deadlineMs, keepPlan: false };
    const probe = this.#withConnection((connection) => this.#run(connection, statement)).then(
      ({ rows }) => ({ ok: true, detail: `PostgreSQL ${(rows as { version: string }[])[0]?.version}` }),
      (error: Error) => ({ ok: false, detail: error.message }),
    );
    return Promise.race([probe, late]);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }

  async checkPostgis(): Promise<void> {
    const found = await this.query("select 1 from pg_extension where extname = 'postgis'", []);
    if (found.rowCount > 0) return;
    try {
      await this.query('create extension if not exists postgis');
    } catch (error) {
      if (!(error instanceof StoreError) || error.code === 'STORE_UNREACHABLE') throw error;
      throw new StoreError(
        'STORE_POSTGIS_MISSING',
        `the database answers, but it has no PostGIS and it cannot be created: ${error.message}`,
        error.sqlState,
      );
    }
  }

  async #inTurn<T>(work: (connection: Connection) => Promise<T>, options?: QueryOptions): Promise<T> {
    const isAct = options?.isAct ?? false;
    const endTurn = await this.#turns.take(isAct ? ACT_TURN_LIMIT_MS : TURN_LIMIT_MS, isAct);
    try {
      return await this.#withConnection(work);
    } finally {
      endTurn();
    }
  }

  async #withConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'the store is closed');
    const connection = await this.#connect();
    try {
      const result = await work(connection);
      connection.release();
      return result;
    } catch (error) {
      connection.release(connection.isLost === true || isSessionLost(error));
      throw error;
    }
  }

  async #connect(): Promise<Connection> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  async #run(
    connection: Connection,
    { sql, values, deadlineMs, keepPlan }: SessionStatement,
  ): Promise<QueryResult<unknown>> {
    if (connection.isLost) throw new StoreError('STORE_GONE', 'the connection was dropped');
    try {
      return await this.#withDeadline(connection, deadlineMs, async () => {
        // In a failed transaction nothing but its end would be heard.
        const isEnd = sql === 'rollback' || sql === 'commit';
        if (connection.statementTimeoutMs !== deadlineMs && !isEnd) {
          await connection.query(`set statement_timeout = ${Math.max(1, Math.round(deadlineMs))}`);
          connection.statementTimeoutMs = deadlineMs;
        }
        const answer =
          values === null
            ? await connection.query(sql)
            : await connection.query(oneStatement(sql, values.map(toParameter), keepPlan));
        // A rollback also takes back the setting, if it was made inside the transaction.
        if (sql === 'rollback') delete connection.statementTimeoutMs;
        return toResult(answer);
      });
    } catch (error) {
      delete connection.statementTimeoutMs;
      throw storeErrorOf(error);
    }
  }

  async #withDeadline<T>(connection: Connection, deadlineMs: number, work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const pid = connection.processID ?? 'unknown';
        connection.isLost = true;
        this.#options.report(
          `backend ${pid} ignored its deadline of ${deadlineMs} ms: its connection was dropped`,
        );
        reject(
          new StoreError(
            'STORE_DEADLINE',
            `backend ${pid} ran longer than ${deadlineMs} ms and did not stop`,
            '57014',
          ),
        );
      }, deadlineMs + GRACE_MS);
    });
    const answer = work();
    // When the deadline won, the connection is destroyed and this fails later: nobody is waiting for it any more.
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** With a list of values, an empty one too, there is one statement: without the mode, pg would send a script. */
function oneStatement(
  text: string,
  values: Parameter[],
  keepPlan: boolean,
): pg.QueryConfig<Parameter[]> & { queryMode: string } {
  return { text, values, queryMode: 'extended', ...(keepPlan && { name: nameOfText(text) }) };
}

const namesOfTexts = new Map<string, string>();

/** PostgreSQL keeps a statement under its name, one for each text. */
function nameOfText(text: string): string {
  const known = namesOfTexts.get(text);
  if (known !== undefined) return known;
  const name = `kept ${namesOfTexts.size + 1}`;
  namesOfTexts.set(text, name);
  return name;
}

/** A script gives one answer per statement; the last one counts. */
function toResult(answer: pg.QueryResult | pg.QueryResult[]): QueryResult<unknown> {
  const last = Array.isArray(answer) ? answer.at(-1) : answer;
  if (!last?.command) {
    throw new StoreError('STORE_SILENT_FAILURE', 'the database gave neither a result nor an error');
  }
  return { rows: last.rows, rowCount: last.rowCount ?? 0, command: last.command };
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOENT',
  'EAI_AGAIN',
]);

function storeErrorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof pg.DatabaseError) {
    return sqlError({
      message: error.message,
      sqlState: error.code ?? null,
      constraint: error.constraint ?? null,
    });
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  const isNetwork = typeof code === 'string' && networkCodes.has(code);
  if (isNetwork || /connection|connect|timeout|socket|closed/i.test(message)) {
    // The reason only: addresses and connection strings stay out of messages.
    return new StoreError(
      'STORE_UNREACHABLE',
      `no connection to the database (${isNetwork ? code : 'connection lost'})`,
    );
  }
  return new StoreError('STORE_INTERNAL', message);
}

/** True when the connection must not go back to the pool. */
function isSessionLost(error: unknown): boolean {
  return (
    error instanceof StoreError &&
    (error.code === 'STORE_UNREACHABLE' || error.code === 'STORE_SILENT_FAILURE')
  );
}
