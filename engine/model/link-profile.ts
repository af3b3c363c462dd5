// What lies between one antenna and one receiver, for people: ground, roofs, ray, Fresnel zone and the worst obstacle. The loss
// of the obstacle is information: the formulas hold buildings already, and what hills add is a line of the budget.
import type { LinkBudget } from './link-budget.ts';

export interface LinkProfile {
  /** The level of this budget is the level on the map. */
  readonly budget: LinkBudget;
  /** Level path length. */
  readonly distanceM: number;
  readonly frequencyGhz: number;
  /** Effective radius of the earth over the true one. */
  readonly earthFactor: number;
  /** What heights count from: sea level, or the ground itself where it is taken as flat. */
  readonly datum: 'sea-level' | 'flat-ground';
  readonly antenna: LinkEnd;
  readonly receiver: LinkEnd;
  /** Receiver under a roof: sight is judged at the facade, its own building does not count as an obstacle. */
  readonly receiverIndoor: boolean;
  readonly samples: LinkSamples;
  /** By the exact ray over every surface cell on the way. */
  readonly sight: 'clear' | 'blocked';
  /** The map decided otherwise: the receiver stands on the rim of a shadow. Never where sight is a chance. */
  readonly isShadowEdge: boolean;
  /** What comes closest to the ray, or rises highest into it; `null` where all stays clear by more than 0.55 Fresnel radii. */
  readonly obstacle: LinkObstacle | null;
  /** Lowest clearance under the ray in first Fresnel radii, bare ground included; `null` on paths within two cells. */
  readonly leastClearance: { readonly share: number; readonly distanceM: number } | null;
}

export interface LinkEnd {
  /** Above the datum. */
  readonly groundM: number;
  /** Above its own ground. */
  readonly heightM: number;
}

/** Equally long lists, from the antenna (distance 0) to the receiver. Heights in metres above the datum. */
export interface LinkSamples {
  readonly distanceM: readonly number[];
  readonly groundM: readonly number[];
  /** Roof or ground. */
  readonly topM: readonly number[];
  readonly isRoof: readonly boolean[];
  /** The straight ray, lowered by the bulge of the earth so that heights on the way need no correction. */
  readonly rayM: readonly number[];
  /** Radius of the first Fresnel zone. */
  readonly fresnelM: readonly number[];
}

export interface LinkObstacle {
  readonly kind: 'building' | 'terrain';
  readonly distanceM: number;
  readonly topM: number;
  /** Negative below the ray. */
  readonly aboveRayM: number;
  /** Diffraction parameter of ITU-R P.526 section 4.1. */
  readonly nu: number;
  /** J(nu) of a single knife edge; not part of the budget. */
  readonly knifeEdgeDb: number;
}
