// The card's content from the saved plan's API, from the preview worker, or from the library when there is no plan.
import type { ChosenConfiguration, LonLat, SiteReplacement } from '../../../engine/index.ts';
import type { ReviewJson } from '../../../server/contract/plans.ts';
import { useSiteCard } from '../../api/plans.ts';
import { useSite } from '../../api/sites.ts';
import type { PreviewExplanation } from '../../preview/preview-messages.ts';
import { usePreviewExplanation } from '../../state/preview.ts';
import type { ShownItem, ShownPlan, ShownSite } from '../../state/shown-plan.ts';
import { type LinkContent, lookOf, useLinkContent } from './use-link-content.ts';
import { type WhyNotView, whyNotOfPlan, whyNotOfPreview } from './why-not-view.ts';

export interface CardContent {
  readonly site: ShownSite | null;
  readonly item: ShownItem | null;
  /** Of the row, or of a site not in the plan what the figures are of; null: as listed. */
  readonly configuration: ChosenConfiguration | null;
  /** What would come in its stead; null for a site that is not chosen, and where it is not known. */
  readonly replacement: SiteReplacement | null;
  readonly whyNot: WhyNotView | null;
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
  const saved = useSiteCard(planId, siteId, null, lookOf(shown, siteId));
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
      configuration: item === null ? (explanation?.configuration ?? null) : item.configuration,
      replacement: explanation?.reasons?.kind === 'chosen' ? explanation.reasons : null,
      whyNot: item === null && explanation ? whyNotIn(explanation) : null,
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
    configuration: saved.data?.configuration ?? item?.configuration ?? null,
    replacement: (saved.data?.item ?? item)?.replacement ?? null,
    whyNot: saved.data?.whyNot ? whyNotOfPlan(saved.data.whyNot) : null,
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

function whyNotIn({ whyNot, reasons }: PreviewExplanation): WhyNotView | null {
  return whyNotOfPreview(whyNot, reasons?.kind === 'unchosen' ? reasons : null);
}
