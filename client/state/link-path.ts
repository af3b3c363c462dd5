// The path of the link on the card, for the map: where it ends, and the sample that is being read.
import type { LonLat } from '../../engine/index.ts';
import { makeStore } from './make-store.ts';

interface LinkPath {
  readonly end: LonLat | null;
  readonly reading: LonLat | null;
}

export const linkPathStore = makeStore<LinkPath>({ end: null, reading: null });

export function showLinkPath(end: LonLat | null): void {
  linkPathStore.set({ end, reading: null });
}

/** Marks a place on the path; null takes the mark away. */
export function markOnLinkPath(reading: LonLat | null): void {
  linkPathStore.set({ reading });
}
