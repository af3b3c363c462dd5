// Focus: what the person has clicked. One plan on the screen (saved or preview), and in it one site or one uncovered patch.
import type { LonLat } from '../../engine/index.ts';
import { makeStore } from './make-store.ts';

interface Focus {
  /** Saved plan on the map and in the tables, or null. */
  readonly planId: string | null;
  readonly siteId: string | null;
  readonly patchId: number | null;
  /** Under the pointer, in the map or in a table. */
  readonly hoverSiteId: string | null;
  /** Place the link budget of the focused site is asked for; null is the far edge. */
  readonly receiver: LonLat | null;
}

export const focusStore = makeStore<Focus>({
  planId: null,
  siteId: null,
  patchId: null,
  hoverSiteId: null,
  receiver: null,
});

export function focusPlan(planId: string | null): void {
  if (focusStore.get().planId === planId) return;
  focusStore.set({ planId, patchId: null, receiver: null });
}

export function focusSite(siteId: string | null): void {
  focusStore.set({ siteId, patchId: null, receiver: null });
}

export function focusPatch(patchId: number | null): void {
  focusStore.set({ patchId, siteId: null, receiver: null });
}

export function askLinkBudgetTo(receiver: LonLat | null): void {
  focusStore.set({ receiver });
}

export function hoverSite(siteId: string | null): void {
  focusStore.set({ hoverSiteId: siteId });
}

/** Closes the card; the plan stays. */
export function clearFocus(): void {
  focusStore.set({ siteId: null, patchId: null, receiver: null });
}
