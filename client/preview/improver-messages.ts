// What the preview worker and the search beside it say to each other. A request passes by structured clone; footprints in shared memory
// are not copied.
import type {
  Effort,
  FirmSite,
  PlanScenario,
  ScenarioOutcome,
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
  /** What the plan is worth in a scenario; `request`: of the scenario, `plan`: all new sites. */
  | {
      readonly kind: 'weigh-scenario';
      readonly scenario: PlanScenario;
      readonly request: SelectionRequest;
      readonly plan: readonly number[];
    }
  | {
      readonly kind: 'weigh-sites';
      readonly request: SelectionRequest;
      readonly selection: Selection;
      readonly outcomes: readonly ScenarioOutcome[];
    };

export type FromImprover =
  | { readonly kind: 'news'; readonly news: SelectionNews; readonly round: number }
  | { readonly kind: 'found'; readonly found: FoundSites; readonly isLast: boolean }
  | { readonly kind: 'weighing'; readonly done: number; readonly total: number }
  | { readonly kind: 'outcome'; readonly outcome: ScenarioOutcome }
  | { readonly kind: 'weighed'; readonly sites: readonly FirmSite[] }
  | { readonly kind: 'failed'; readonly detail: string };
