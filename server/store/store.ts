// The store door as everybody else sees it: one `query`, one `transaction`, two stores behind it.
// Nouns (sites.ts, plans.ts, …) take a `Queryable`, so they work alone or inside somebody's transaction.

export interface QueryResult<Row> {
  rows: Row[];
  /** Rows returned or changed, as the command tag says. */
  rowCount: number;
  /** First word of the command tag: SELECT, INSERT, … */
  command: string;
}

export interface QueryOptions {
  /** Milliseconds until the statement is given up with STORE_DEADLINE; bulk imports pass a longer one. */
  readonly deadlineMs?: number;
  /** Waits in the line of the acts; with a transaction or a statement of its own (act-store.ts). */
  readonly isAct?: boolean;
  /**
   * Parsed and planned once for each connection: for texts that are asked for with every request or act, and whose best plan is the
   * same whatever the values.
   */
  readonly keepPlan?: boolean;
}

export interface Queryable {
  /**
   * Runs one statement with `$1 …` parameters, or a script when there are none.
   * A JavaScript array is a PostgreSQL array; a plain object or `jsonText(value)` is JSON; a Buffer is bytea.
   * Answers are equal on both stores: int8 and numeric → number, date → 'YYYY-MM-DD', timestamptz → ISO string in UTC,
   * bytea → Buffer, json → parsed, geometry → hex EWKB text.
   */
  query<Row = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<QueryResult<Row>>;
}

export interface StoreHealth {
  readonly ok: boolean;
  readonly detail: string;
}

export interface Store extends Queryable {
  readonly kind: 'embedded' | 'native';
  /**
   * Commits when `work` returns, rolls back when it throws. Inside, use `tx`: a query through the outer store is
   * refused with STORE_NESTED. `deadlineMs` holds for every statement and for the pauses between them.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** Never throws; answers within two seconds. */
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

export const storeErrorCodes = [
  'STORE_LOCKED',
  'STORE_OPEN_FAILED',
  'STORE_UNREACHABLE',
  'STORE_POSTGIS_MISSING',
  'STORE_SCHEMA_NEWER',
  'STORE_SCHEMA_CHANGED',
  'STORE_GONE',
  'STORE_CLOSED',
  'STORE_DEADLINE',
  'STORE_BUSY',
  'STORE_NESTED',
  'STORE_SILENT_FAILURE',
  'STORE_CONFLICT',
  'STORE_CONSTRAINT',
  'STORE_VALUE',
  'STORE_GEOMETRY',
  'STORE_LIMIT',
  'STORE_RETRY',
  'STORE_FULL',
  'STORE_FORBIDDEN',
  'STORE_DENIED',
  'STORE_ROLES_MISSING',
  'STORE_SQL',
  'STORE_INTERNAL',
] as const;
/**
 * LOCKED: another process has the data folder · OPEN_FAILED: embedded database did not start · UNREACHABLE: no
 * connection · POSTGIS_MISSING · SCHEMA_NEWER: made by a newer version · SCHEMA_CHANGED: an applied migration differs ·
 * GONE: the database died under the call, the next call reopens it · CLOSED · DEADLINE · BUSY: too many wait for
 * their turn, or it waited too long · NESTED: outer store used inside a transaction · SILENT_FAILURE: no result and no error · CONFLICT: unique
 * violation, or the row is in another state · CONSTRAINT: other constraints · VALUE: bad value (class 22) · GEOMETRY:
 * PostGIS refused the geometry · LIMIT: too deep or too large · RETRY: serialization or deadlock · FULL: disk ·
 * FORBIDDEN: rights of the database account · DENIED: rights of the person who acts · ROLES_MISSING: the database's roles for
 * people are not there and cannot be made · SQL: our own mistake · INTERNAL: anything else.
 */
export type StoreErrorCode = (typeof storeErrorCodes)[number];

/** Every failure of the store. The message never holds a password or a connection string. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  readonly sqlState: string | null;
  /** Name of the violated constraint or index, when there is one. */
  readonly constraint: string | null;

  constructor(
    code: StoreErrorCode,
    message: string,
    sqlState: string | null = null,
    constraint: string | null = null,
  ) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
    this.constraint = constraint;
  }
}

/** JSON text for a json or jsonb parameter; needed for arrays, which would be PostgreSQL arrays otherwise. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value);
}

/** Runs `work` in a transaction of its own, or in the one `db` already is. */
export function inTransaction<T>(
  db: Queryable,
  work: (tx: Queryable) => Promise<T>,
  options?: QueryOptions,
): Promise<T> {
  return isStore(db) ? db.transaction(work, options) : work(db);
}

function isStore(db: Queryable): db is Store {
  return 'transaction' in db;
}
