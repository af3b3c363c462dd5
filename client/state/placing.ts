// Something that waits for its place: who asked for it leaves the map to the person, and comes back with a position. Clicks on the map
// mean the place and nothing else meanwhile.
import type { LonLat } from '../../engine/index.ts';
import { clearFocus } from './focus.ts';
import { makeStore } from './make-store.ts';

export interface Placed {
  readonly id: string;
  /** As it was read: goes back with the change. */
  readonly version: number;
  readonly name: string;
  readonly address: string;
  /** In the queue of what has no place yet the next one follows by its code; null: it has a place, and gets another. */
  readonly queueCode: string | null;
  /** Address of the page to come back to. */
  readonly returnPath: string;
}

interface Placing {
  /** null: nothing waits. */
  readonly target: Placed | null;
  /** CGCS2000; null: not clicked yet. */
  readonly position: LonLat | null;
}

export const placingStore = makeStore<Placing>({ target: null, position: null });

export const isPlacing = (): boolean => placingStore.get().target !== null;

export function startPlacing(target: Placed): void {
  clearFocus();
  placingStore.set({ target, position: null });
}

/** Rounded to a centimetre: a click is no measurement. */
export function placeAt([lon, lat]: LonLat): void {
  if (isPlacing()) placingStore.set({ position: [Number(lon.toFixed(7)), Number(lat.toFixed(7))] });
}

export function stopPlacing(): void {
  placingStore.set({ target: null, position: null });
}
