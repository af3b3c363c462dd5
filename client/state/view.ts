// What part of the world is on the screen, and which panels are open around it.
import type { Box, CoverageLayer, LonLat } from '../../engine/index.ts';
import { makeStore } from './make-store.ts';

export type Ramp = 'green-red' | 'colour-blind';
export type LeftTab = 'layers' | 'setup';
export type BottomTab = 'items' | 'library' | 'uncovered' | 'areas' | 'districts';

/** A wish to move the map; `serial` makes the same wish twice two wishes. */
export interface MapMove {
  readonly serial: number;
  readonly to:
    | { readonly centre: LonLat; readonly zoom: number | null }
    | { readonly box: Box }
    /** The middle of the map, whatever lies over it. */
    | { readonly middle: LonLat; readonly zoom: number };
}

interface View {
  /** Where the map is now; null before the first position is known. */
  readonly centre: LonLat | null;
  readonly zoom: number;
  /** Whether the address, a wish or a hand has said where to look; the first look at all the data has not. */
  readonly isPlaced: boolean;
  readonly move: MapMove | null;
  readonly ramp: Ramp;
  /** What the coverage shows, where the plan holds it (`layerHeld`). */
  readonly coverageLayer: CoverageLayer;
  /** In a plan for several operators the one that is looked at; null: all sites, on the coverage of the first. */
  readonly operatorId: string | null;
  readonly leftTab: LeftTab;
  readonly leftOpen: boolean;
  /** The section 更多要求 of the set-up. */
  readonly requirementsOpen: boolean;
  readonly bottomTab: BottomTab;
  readonly bottomOpen: boolean;
}

export const viewStore = makeStore<View>({
  centre: null,
  zoom: 12,
  isPlaced: false,
  move: null,
  ramp: 'green-red',
  coverageLayer: 'level',
  operatorId: null,
  leftTab: 'setup',
  leftOpen: true,
  requirementsOpen: false,
  bottomTab: 'items',
  bottomOpen: false,
});

let serial = 0;

/** Moves the map to a place; with `zoom` null it only comes closer, never further away. */
export function moveMapTo(centre: LonLat, zoom: number | null = null): void {
  serial += 1;
  viewStore.set({ move: { serial, to: { centre, zoom } } });
}

/** Puts the map where an address says it stood, at once. */
export function placeMap(middle: LonLat, zoom: number): void {
  serial += 1;
  viewStore.set({ centre: middle, zoom, isPlaced: true, move: { serial, to: { middle, zoom } } });
}

export function moveMapToBox(box: Box): void {
  serial += 1;
  viewStore.set({ move: { serial, to: { box } } });
}

export function showBottom(bottomTab: BottomTab): void {
  viewStore.set({ bottomTab, bottomOpen: true });
}
