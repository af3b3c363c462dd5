// Every desk's own counts of what waits for somebody, one after the other. A desk that cannot be counted must not take the page with
// it: it is named, and the rest is shown.
import type { Todo, TodoDesk } from '../../contract/home.ts';
import type { Principal } from '../../permission/principal.ts';
import { isoTimeSql } from '../sql-text.ts';
import type { Queryable, Store } from '../store.ts';
import { batchesTodos } from './batches.ts';
import { casesTodos } from './cases.ts';
import { claimsTodos } from './claims.ts';
import { demandsTodos } from './demands.ts';
import { libraryTodos } from './library.ts';
import { problemsTodos } from './problems.ts';
import { relocationsTodos } from './relocations.ts';

type CountTodos = (db: Queryable, principal: Principal) => Promise<Todo[]>;

const desks: readonly (readonly [TodoDesk, CountTodos])[] = [
  ['demands', demandsTodos],
  ['claims', claimsTodos],
  ['batches', batchesTodos],
  ['cases', casesTodos],
  ['problems', problemsTodos],
  ['relocations', relocationsTodos],
  ['library', libraryTodos],
];

export interface AllTodos {
  /** Only what there is something of. */
  readonly todos: Todo[];
  readonly missing: TodoDesk[];
}

/** `store` sees what the person sees. `report` hears why a desk was not counted. */
export async function allTodos(
  store: Store,
  principal: Principal,
  report: (desk: TodoDesk, error: unknown) => void,
): Promise<AllTodos> {
  const todos: Todo[] = [];
  const missing: TodoDesk[] = [];
  for (const [desk, count] of desks) {
    try {
      const counted = await store.transaction((tx) => count(tx, principal));
      todos.push(...counted.filter((todo) => todo.count > 0));
    } catch (error) {
      missing.push(desk);
      report(desk, error);
    }
  }
  return { todos, missing };
}

/** ISO time of the database. */
export async function loadNow(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ now: string }>(`select ${isoTimeSql('now()')} as now`, []);
  return rows[0]?.now ?? '';
}
