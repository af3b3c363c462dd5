// What the page and the preview worker say to each other. All of it survives structured clone.
import type {
  CoverageLayer,
  ExposureScreening,
  LonLat,
  PlanChoice,
  PlanningErrorCode,
  PlanProgress,
  PlanResult,
  Site,
  SiteLinkProfile,
  WhyNot,
} from '../../engine/index.ts';

export type TileRamp = 'green-red' | 'colour-blind';

export type ToPreview =
  /** Bytes of encodePlanInput; computes the coverage and keeps it. */
  | { readonly kind: 'start'; readonly input: Uint8Array<ArrayBuffer>; readonly choice: PlanChoice }
  /** Chooses again over the coverage that is kept. */
  | { readonly kind: 'choose'; readonly choice: PlanChoice }
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
  readonly whyNot: WhyNot | null;
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

export type FromPreview =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | {
      readonly kind: 'result';
      readonly result: PreviewResult;
      /** Chosen and existing sites of the plan, and the ones they displaced. */
      readonly sites: readonly Site[];
      /** Of this run alone: coverage and choice for a start, the choice for a change. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly found: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'tile'; readonly id: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> | null }
  | { readonly kind: 'explained'; readonly id: number; readonly explanation: PreviewExplanation | null };
