// The same store for what people do: its calls wait in the line of the acts (turns.ts), not behind everybody's reading.
import type { Store } from './store.ts';

export function actStore(store: Store): Store {
  return {
    kind: store.kind,
    query: (sql, values, options) => store.query(sql, values, { ...options, isAct: true }),
    transaction: (work, options) => store.transaction(work, { ...options, isAct: true }),
    health: () => store.health(),
    close: () => store.close(),
  };
}
