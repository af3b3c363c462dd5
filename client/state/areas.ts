// Target areas the person has chosen for the next plan, and the one being drawn.
import type { MultiPolygon } from '../../engine/index.ts';
import { makeStore } from './make-store.ts';

interface AreaChoice {
  readonly chosenIds: readonly string[];
  readonly drawing: 'off' | 'polygon' | 'rectangle';
  /** Drawn and waiting for name and kind. */
  readonly drawn: MultiPolygon | null;
  readonly hoverId: string | null;
}

export const areasStore = makeStore<AreaChoice>({
  chosenIds: [],
  drawing: 'off',
  drawn: null,
  hoverId: null,
});

export function chooseAreas(chosenIds: readonly string[]): void {
  areasStore.set({ chosenIds });
}

export function startDrawing(drawing: 'polygon' | 'rectangle'): void {
  areasStore.set({ drawing, drawn: null });
}

export function finishDrawing(drawn: MultiPolygon): void {
  areasStore.set({ drawing: 'off', drawn });
}

export function stopDrawing(): void {
  areasStore.set({ drawing: 'off', drawn: null });
}
