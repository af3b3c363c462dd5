// A store is one immutable value that may change: what the person sees and edits, outside of the component tree, so that
// map and screens can meet in it without knowing each other.
import { useSyncExternalStore } from 'react';

export interface Store<Value> {
  get(): Value;
  /** Takes some fields; nobody is told when nothing changes. */
  set(change: Partial<Value> | ((now: Value) => Partial<Value>)): void;
  subscribe(listener: () => void): () => void;
}

export function makeStore<Value extends object>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      const part = typeof change === 'function' ? change(value) : change;
      const keys = Object.keys(part) as (keyof Value)[];
      if (keys.every((key) => Object.is(part[key], value[key]))) return;
      value = { ...value, ...part };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** One field (or anything else that keeps its identity) of a store; draws again when it changes. */
export function useStore<Value extends object, Part>(
  store: Store<Value>,
  pick: (value: Value) => Part,
): Part {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
