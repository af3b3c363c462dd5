// What the plan worker and its keeper say to each other. All of it survives structured clone.
import type {
  OperatorsChoice,
  OperatorView,
  PlanChoice,
  PlanInput,
  PlanningErrorCode,
  PlanProgress,
  ProvenPlan,
} from '../../engine/index.ts';

export interface PlanWorkerSettings {
  readonly memoryMb: number;
  /** Threads that share the coverage; 1 starts none. */
  readonly threads: number;
}

export interface PlanWork {
  readonly input: PlanInput;
  readonly choice: PlanChoice;
  /** A plan for several operators; null or left out: for one. */
  readonly operators?: OperatorsChoice | null;
}

/** `raster` as encodeRaster writes it; null for the first operator, whose raster is that of the plan. */
export interface EncodedView extends Omit<OperatorView, 'raster'> {
  readonly raster: Uint8Array | null;
}

/** As it is sent to the worker. */
export interface PlanOrder extends PlanWork {
  /** One number that is shared: not 0 ends the search with the best plan found so far. */
  readonly enough: Int32Array;
}

export type PlanWorkerMessage =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | {
      readonly kind: 'done';
      readonly result: Omit<ProvenPlan, 'raster'>;
      /** encodeRaster of the result's raster. */
      readonly raster: Uint8Array;
      /** One per operator; empty in a plan for one. */
      readonly views: readonly EncodedView[];
      readonly seconds: number;
      readonly peakMb: number;
      /** Sites whose footprint was kept from the plan before. */
      readonly footprintsReused: number;
    }
  | {
      readonly kind: 'refused';
      readonly code: PlanningErrorCode;
      readonly found: Readonly<Record<string, string | number>>;
      readonly peakMb: number;
    }
  /** A thread of the crew had no memory left. */
  | { readonly kind: 'outOfMemory' }
  | { readonly kind: 'failed'; readonly stack: string };
