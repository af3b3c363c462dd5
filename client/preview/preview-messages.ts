// What the page and the preview worker say to each other. All of it survives structured clone. Every wish that changes the plan carries
// a number, and every answer about a plan carries the number of the wish it belongs to: what is older than the last wish is not shown.
import type {
  ChosenConfiguration,
  CoverageLayer,
  ExposureScreening,
  LonLat,
  PlanChoice,
  PlanningErrorCode,
  PlanProgress,
  PlanResult,
  PlanSensitivity,
  ScenarioAmounts,
  SelectionNews,
  Site,
  SiteLinkProfile,
  SiteReasons,
  WhyNot,
} from '../../engine/index.ts';
import type { PlanMove } from './plan-desk.ts';
import type { PlanEdit } from './plan-edit.ts';

export type TileRamp = 'green-red' | 'colour-blind';

/** Round of a search that leaves the sites as they are and looks for a bound. */
export const BOUND_ROUND = -1;

/** What changes the plan, or looks for a better one. */
export type PreviewWish =
  /** Chooses again over the coverage that is kept. */
  | { readonly kind: 'choose'; readonly choice: PlanChoice }
  | { readonly kind: 'edit'; readonly edit: PlanEdit }
  | { readonly kind: 'undo' }
  /** The long search, from the choice as it is now. */
  | { readonly kind: 'optimise' };

export type ToPreview =
  /** Bytes of encodePlanInput; computes the coverage and keeps it. Its wish is number 0. */
  | { readonly kind: 'start'; readonly input: Uint8Array<ArrayBuffer>; readonly choice: PlanChoice }
  | (PreviewWish & { readonly wish: number })
  /** The list of differences stands on the screen: whatever takes longer may begin. */
  | { readonly kind: 'seen'; readonly wish: number }
  /** Ends the long search with what it has. */
  | { readonly kind: 'enough' }
  /** How firmly the sites of the plan stand when assumptions move this far; null ends it. */
  | { readonly kind: 'weigh'; readonly amounts: ScenarioAmounts | null }
  | {
      readonly kind: 'tile';
      readonly id: number;
      readonly z: number;
      readonly x: number;
      readonly y: number;
      readonly layer: CoverageLayer;
      readonly ramp: TileRamp;
    }
  | {
      readonly kind: 'explain';
      readonly id: number;
      readonly siteId: string;
      readonly receiver: LonLat | null;
    };

/** A result without its raster, which stays in the worker and comes as tiles. */
export type PreviewResult = Omit<PlanResult, 'raster'>;

export interface PreviewExplanation {
  readonly site: Site | null;
  /** What the figures are of; null: as listed. */
  readonly configuration: ChosenConfiguration | null;
  readonly whyNot: WhyNot | null;
  /** Prices of the plan at hand; null where there are none (PlanDesk.reasonsOf). */
  readonly reasons: SiteReasons | null;
  readonly link: {
    readonly profile: SiteLinkProfile | null;
    readonly exposure: ExposureScreening;
    /** Why there is no profile to the asked receiver. */
    readonly refusal: {
      readonly code: PlanningErrorCode;
      readonly found: Readonly<Record<string, string | number>>;
    } | null;
  };
}

type Found = Readonly<Record<string, string | number>>;

export type FromPreview =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  /** The sites are chosen; the rest of the result follows. */
  | {
      readonly kind: 'moved';
      readonly wish: number;
      readonly move: PlanMove;
      /** Opened and closed sites. */
      readonly sites: readonly Site[];
      readonly seconds: number;
    }
  | {
      readonly kind: 'result';
      readonly wish: number;
      /** What the plan was chosen by. */
      readonly choice: PlanChoice;
      readonly result: PreviewResult;
      /** Chosen and existing sites of the plan, and the ones they displaced. */
      readonly sites: readonly Site[];
      /** Of this run alone: coverage and choice for a start, the choice for a change. */
      readonly seconds: number;
    }
  /** News of the long search; null: it has ended. */
  | {
      readonly kind: 'improving';
      readonly wish: number;
      readonly news: (SelectionNews & { readonly round: number }) | null;
    }
  | { readonly kind: 'weighing'; readonly wish: number; readonly done: number; readonly total: number }
  | { readonly kind: 'weighed'; readonly wish: number; readonly sensitivity: PlanSensitivity | null }
  /** An edit that cannot be; the plan is as before. */
  | { readonly kind: 'refused'; readonly wish: number; readonly code: string; readonly found: Found }
  | { readonly kind: 'failed'; readonly code: string; readonly found: Found }
  | { readonly kind: 'tile'; readonly id: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> | null }
  | { readonly kind: 'explained'; readonly id: number; readonly explanation: PreviewExplanation | null };
