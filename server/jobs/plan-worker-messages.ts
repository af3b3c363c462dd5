// What the plan worker and its keeper say to each other. All of it survives structured clone.
import type {
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
