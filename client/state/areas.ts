// Target areas the person has chosen for the next plan, and the one being drawn.
import type { MultiPolygon } from '../../engine/index.ts';
import { checkDrawn, type DrawnProblem } from './check-drawn.ts';
import { makeStore } from './make-store.ts';

interface AreaChoice {
  readonly chosenIds: readonly string[];
  /** By hand, and the form of the plan has not looked at what they are to reach. */
  readonly isPicked: boolean;
  readonly drawing: 'off' | 'polygon' | 'rectangle';
  /** Drawn and waiting for name and kind. */
  readonly drawn: MultiPolygon | null;
  /** The area that gets a new outline; null: what is drawn is a new area. */
  readonly redrawId: string | null;
  /** Why the last figure was refused, while the next one is being drawn. */
  readonly problem: DrawnProblem | null;
  readonly hoverId: string | null;
}

export const areasStore = makeStore<AreaChoice>({
  chosenIds: [],
  isPicked: false,
  drawing: 'off',
  drawn: null,
  redrawId: null,
  problem: null,
  hoverId: null,
});

/** With a form that is filled already, such as that of another plan. */
export function chooseAreas(chosenIds: readonly string[]): void {
  areasStore.set({ chosenIds, isPicked: false });
}

/** By hand: what the areas are to reach goes into the form. */
export function pickAreas(chosenIds: readonly string[]): void {
  areasStore.set({ chosenIds, isPicked: true });
}

export function startDrawing(drawing: 'polygon' | 'rectangle', redrawId: string | null = null): void {
  areasStore.set({ drawing, drawn: null, redrawId, problem: null });
}

/** Takes a finished figure; false says that it cannot be an area and that drawing goes on. */
export function finishDrawing(drawn: MultiPolygon): boolean {
  const problem = checkDrawn(drawn);
  areasStore.set(problem === null ? { drawing: 'off', drawn, problem } : { problem });
  return problem === null;
}

export function stopDrawing(): void {
  areasStore.set({ drawing: 'off', drawn: null, redrawId: null, problem: null });
}
