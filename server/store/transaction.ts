// One way to run a transaction, for both stores: statements one after the other, a limit on the pauses between them,
// and a clear refusal when the outer store is used inside (on the embedded store that would wait for itself for ever).
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Queryable, type QueryOptions, type QueryResult, StoreError } from './store.ts';

/** One database session that a transaction has for itself. */
export interface Session {
  run(statement: SessionStatement): Promise<QueryResult<unknown>>;
  /** Gives the session up: nobody may use it again. */
  drop(): void;
}

export interface SessionStatement {
  readonly sql: string;
  /** Null: a script. */
  readonly values: readonly unknown[] | null;
  readonly deadlineMs: number;
  readonly keepPlan: boolean;
}

interface Scope {
  readonly store: object;
  open: boolean;
}
const scopes = new AsyncLocalStorage<Scope>();

/** Throws STORE_NESTED when called from inside an open transaction of the same store. */
export function refuseInsideTransaction(store: object): void {
  const scope = scopes.getStore();
  if (scope?.open && scope.store === store) {
    throw new StoreError(
      'STORE_NESTED',
      'the store was used inside its own open transaction: use the tx it was given',
    );
  }
}

/** Runs `work` between begin and commit on a session nobody else uses. */
export async function runTransaction<T>(
  store: object,
  session: Session,
  work: (tx: Queryable) => Promise<T>,
  deadlineMs: number,
): Promise<T> {
  const say = (sql: string) => session.run({ sql, values: null, deadlineMs, keepPlan: false });
  await say('begin');
  const scope: Scope = { store, open: true };
  const line = new StatementLine(scope, session, deadlineMs);
  try {
    const result = await Promise.race([scopes.run(scope, () => work(line)), line.idleTooLong]);
    scope.open = false;
    await line.end();
    const done = await say('commit');
    if (done.command !== 'COMMIT') {
      throw new StoreError(
        'STORE_SQL',
        'the transaction was rolled back: one of its statements had failed',
        '25P02',
      );
    }
    return result;
  } catch (error) {
    scope.open = false;
    await line.end();
    // The error that ended the work is the one to tell.
    await say('rollback').catch(() => session.drop());
    throw error;
  }
}

/** The `tx` of a transaction: keeps statements in order and watches the pauses between them. */
class StatementLine implements Queryable {
  readonly idleTooLong: Promise<never>;
  readonly #scope: Scope;
  readonly #session: Session;
  readonly #deadlineMs: number;
  #tail: Promise<unknown> = Promise.resolve();
  #idleTimer: NodeJS.Timeout | undefined;
  #giveUp: (error: StoreError) => void = () => undefined;

  constructor(scope: Scope, session: Session, deadlineMs: number) {
    this.#scope = scope;
    this.#session = session;
    this.#deadlineMs = deadlineMs;
    this.idleTooLong = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.idleTooLong.catch(() => undefined);
    this.#watchPause();
  }

  query<Row>(
    sql: string,
    values?: readonly unknown[],
    { deadlineMs = this.#deadlineMs, keepPlan = false }: QueryOptions = {},
  ): Promise<QueryResult<Row>> {
    const result = this.#tail.then(async () => {
      if (!this.#scope.open) throw new StoreError('STORE_CLOSED', 'the transaction is over: nothing was run');
      clearTimeout(this.#idleTimer);
      try {
        const statement = { sql, values: values ?? null, deadlineMs, keepPlan };
        return (await this.#session.run(statement)) as QueryResult<Row>;
      } finally {
        this.#watchPause();
      }
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves when no statement is running any more. */
  async end(): Promise<void> {
    await this.#tail;
    clearTimeout(this.#idleTimer);
  }

  #watchPause(): void {
    clearTimeout(this.#idleTimer);
    if (!this.#scope.open) return;
    this.#idleTimer = setTimeout(() => {
      this.#scope.open = false;
      this.#giveUp(
        new StoreError('STORE_DEADLINE', `a transaction paused longer than ${this.#deadlineMs} ms`),
      );
    }, this.#deadlineMs);
  }
}
