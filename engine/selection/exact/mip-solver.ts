// What the engine asks of a solver for mixed-integer programs. The solver itself is handed in: the engine runs where it is run.

export interface MipOptions {
  /** Wall-clock seconds the solver may take. */
  readonly seconds: number;
  /** Columns `x0`, `x1`, … of the model, each 0 or 1. */
  readonly choices: number;
  /** Value of each column named, of a plan that keeps every row; null: none known. */
  readonly start: MipStart | null;
  /** Difference to the bound, in the objective of the model, at which nothing better is left. */
  readonly gap: number;
  /** Told now and then; true ends the search with what is known. */
  readonly onNews?: (news: MipNews) => boolean;
}

export interface MipStart {
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** In the objective of the model, which is minimised. */
export interface MipNews {
  readonly seconds: number;
  readonly objective: number | null;
  readonly bound: number | null;
}

export interface MipAnswer {
  /** optimal and infeasible are proved; limit: time was up or somebody stopped it; failed: nothing but `bound` may be used. */
  readonly status: 'optimal' | 'infeasible' | 'limit' | 'failed';
  /** Best bound proved; null: none. */
  readonly bound: number | null;
  /** Columns at 1 in the best answer, by number; null: none found. */
  readonly chosen: readonly number[] | null;
}

/** `model` in CPLEX LP format. */
export type MipSolver = (model: string, options: MipOptions) => Promise<MipAnswer>;
