// Who judges: there is no sign-in yet, so the name is asked for once and kept on this machine.
import { makeStore } from './make-store.ts';

const storageKey = 'zhanzhi.reviewer';

export const reviewerStore = makeStore<{ readonly name: string }>({ name: storedName() });

export function setReviewer(name: string): void {
  reviewerStore.set({ name });
  try {
    localStorage.setItem(storageKey, name);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function storedName(): string {
  try {
    return (localStorage.getItem(storageKey) ?? '').slice(0, 100);
  } catch {
    return '';
  }
}
