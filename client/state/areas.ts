// Target areas the person has chosen for the next plan, and the one being drawn.
import type { MultiPolygon } from '../../engine/index.ts';
import { checkDrawn, type DrawnProblem } from './check-drawn.ts';
import { makeStore } from './make-store.ts';

interface AreaChoice {
  readonly chosenIds: readonly string[];
  readonly drawing: 'off' | 'polygon' | 'rectangle';
  /** Drawn and waiting for name and kind. */
  readonly drawn: MultiPolygon | null;
  /** Why the last figure was refused, while the next one is being drawn. */
  readonly problem: DrawnProblem | null;
  readonly hoverId: string | null;
}

export const areasStore = makeStore<AreaChoice>({
  chosenIds: [],
  drawing: 'off',
  drawn: null,
  problem: null,
  hoverId: null,
});

export function chooseAreas(chosenIds: readonly string[]): void {
  areasStore.set({ chosenIds });
}

export function startDrawing(drawing: 'polygon' | 'rectangle'): void {
  areasStore.set({ drawing, drawn: null, problem: null });
}

/** Takes a finished figure; false says that it cannot be an area and that drawing goes on. */
export function finishDrawing(drawn: MultiPolygon): boolean {
  const problem = checkDrawn(drawn);
  areasStore.set(problem === null ? { drawing: 'off', drawn, problem } : { problem });
  return problem === null;
}

export function stopDrawing(): void {
  areasStore.set({ drawing: 'off', drawn: null, problem: null });
}
