// The card's content from the saved plan's API, from the preview worker, or from the library when there is no plan.
import type { LonLat, WhyNot } from '../../../engine/index.ts';
import type { ReviewJson, SiteCardJson } from '../../../server/contract/plans.ts';
import { useSiteCard } from '../../api/plans.ts';
import { useSite } from '../../api/sites.ts';
import { usePreviewExplanation } from '../../state/preview.ts';
import type { ShownItem, ShownPlan, ShownSite } from '../../state/shown-plan.ts';
import { type LinkContent, useLinkContent } from './use-link-content.ts';

export interface CardContent {
  readonly site: ShownSite | null;
  readonly item: ShownItem | null;
  readonly whyNot: SiteCardJson['whyNot'];
  readonly link: LinkContent;
  readonly reviews: readonly ReviewJson[];
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

export function useCardContent(
  shown: ShownPlan | null,
  siteId: string,
  receiver: LonLat | null,
): CardContent {
  const isPreview = shown?.kind === 'preview';
  const planId = shown?.plan?.id ?? null;
  const saved = useSiteCard(planId, siteId, null);
  const explanation = usePreviewExplanation(isPreview ? siteId : null, receiver);
  const link = useLinkContent(shown, siteId, receiver, explanation);
  const item = shown?.itemsBySite.get(siteId) ?? null;
  const library = useSite(item === null && !saved.data ? siteId : null);
  const fromLibrary = library.data ?? null;

  if (isPreview) {
    const site = item?.site ?? fromLibrary;
    return {
      site,
      item,
      whyNot: item === null && explanation ? mutableWhyNot(explanation.whyNot) : null,
      link,
      reviews: [],
      isLoading: library.isLoading,
      error: site === null ? library.error : null,
      retry: () => void library.refetch(),
    };
  }
  return {
    site: item?.site ?? saved.data?.site ?? fromLibrary,
    item: saved.data?.item ?? item,
    whyNot: saved.data?.whyNot ?? null,
    link,
    reviews: saved.data?.reviews ?? [],
    isLoading: saved.isLoading || library.isLoading,
    error: saved.error ?? library.error,
    retry: () => {
      void saved.refetch();
      void library.refetch();
    },
  };
}

function mutableWhyNot(whyNot: WhyNot | null): SiteCardJson['whyNot'] {
  return whyNot === null ? null : { ...whyNot, coveredBySiteIds: [...whyNot.coveredBySiteIds] };
}
