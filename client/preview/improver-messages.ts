// What the preview worker and the search beside it say to each other. A request passes by structured clone; footprints in shared memory
// are not copied.
import type {
  Effort,
  PriceClass,
  PriceSensitivity,
  Selection,
  SelectionNews,
  SelectionRequest,
} from '../../engine/index.ts';
import type { FoundSites } from './plan-desk.ts';

export type ToImprover =
  | {
      readonly kind: 'improve';
      readonly request: SelectionRequest;
      /** One search after the other, each told when it is done. */
      readonly efforts: readonly Effort[];
      /** Not 0: end with the best found. null without shared memory. */
      readonly enough: Int32Array | null;
    }
  | {
      readonly kind: 'weigh';
      readonly request: SelectionRequest;
      readonly selection: Selection;
      readonly classes: readonly PriceClass[];
    };

export type FromImprover =
  | { readonly kind: 'news'; readonly news: SelectionNews; readonly round: number }
  | { readonly kind: 'found'; readonly found: FoundSites; readonly isLast: boolean }
  | { readonly kind: 'weighing'; readonly done: number; readonly total: number }
  | { readonly kind: 'weighed'; readonly sensitivity: PriceSensitivity }
  | { readonly kind: 'failed'; readonly detail: string };
