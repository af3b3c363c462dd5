// What a plan worker and the threads that solve its parts say to each other.
import type { PartPlan, PartWork, PlanningErrorCode, SelectionNews } from '../../engine/index.ts';

export interface PartOrder {
  readonly work: PartWork;
  /** One number that is shared: not 0 ends the search with the best found so far. */
  readonly enough: Int32Array;
}

export type PartMessage =
  | { readonly kind: 'news'; readonly news: SelectionNews }
  | { readonly kind: 'done'; readonly plan: PartPlan }
  | {
      readonly kind: 'refused';
      readonly code: PlanningErrorCode;
      readonly found: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'failed'; readonly stack: string };
