// The profile of the link on the card from the saved plan's API or from the preview worker, in one shape.
import type { ExposureScreening, LonLat, PlanningErrorCode, SiteLinkProfile } from '../../../engine/index.ts';
import { useLinkProfile } from '../../api/plans.ts';
import type { PreviewExplanation } from '../../preview/preview-messages.ts';
import { standingOf } from '../../state/shown-operator.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';

export interface LinkContent {
  /** null when the site reaches nothing, or while the first answer is on its way. */
  readonly profile: SiteLinkProfile | null;
  readonly exposure: ExposureScreening | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  /** What the engine in this browser refused. */
  readonly refusal: LinkRefusal | null;
}

interface LinkRefusal {
  readonly code: PlanningErrorCode;
  readonly found: Readonly<Record<string, string | number>>;
}

/** With whose equipment: that of the operator that is looked at, where it has a station there; else the service chooses one that has. */
export function lookOf(shown: ShownPlan | null, siteId: string): string | null {
  if (!shown?.operatorId) return null;
  const item = shown.itemsBySite.get(siteId);
  return item === undefined || standingOf(item).includes(shown.operatorId) ? shown.operatorId : null;
}

/** `explanation` is the preview's answer for the same site and receiver; undefined while on its way. */
export function useLinkContent(
  shown: ShownPlan | null,
  siteId: string,
  receiver: LonLat | null,
  explanation: PreviewExplanation | null | undefined,
): LinkContent {
  const isPreview = shown?.kind === 'preview';
  const saved = useLinkProfile(shown?.plan?.id ?? null, siteId, receiver, lookOf(shown, siteId));
  if (isPreview) {
    return {
      profile: explanation?.link.profile ?? null,
      exposure: explanation?.link.exposure ?? null,
      isLoading: explanation === undefined,
      error: null,
      retry: () => {},
      refusal: explanation?.link.refusal ?? null,
    };
  }
  return {
    // The answer before this one must not stand beside its refusal.
    profile: saved.isError ? null : profileOf(saved.data?.profile ?? null),
    exposure: saved.data?.exposure ?? null,
    isLoading: saved.isFetching,
    error: saved.error,
    retry: () => void saved.refetch(),
    refusal: null,
  };
}

function profileOf(
  reply: (Omit<SiteLinkProfile, 'position'> & { readonly position: readonly number[] }) | null,
): SiteLinkProfile | null {
  if (reply === null) return null;
  const [lon = Number.NaN, lat = Number.NaN] = reply.position;
  return { ...reply, position: [lon, lat] };
}
