// What the plan worker and its keeper say to each other. All of it survives structured clone.
import type {
  PlanChoice,
  PlanInput,
  PlanningErrorCode,
  PlanProgress,
  PlanResult,
} from '../../engine/index.ts';

export interface PlanWork {
  readonly input: PlanInput;
  readonly choice: PlanChoice;
}

export type PlanWorkerMessage =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | {
      readonly kind: 'done';
      readonly result: Omit<PlanResult, 'raster'>;
      /** encodeRaster of the result's raster. */
      readonly raster: Uint8Array;
      readonly seconds: number;
      readonly peakMb: number;
    }
  | {
      readonly kind: 'refused';
      readonly code: PlanningErrorCode;
      readonly found: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'failed'; readonly stack: string };
