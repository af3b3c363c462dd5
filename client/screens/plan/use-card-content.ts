// The card's content from the saved plan's API, from the preview worker, or from the library when there is no plan.
import type { LinkBudget, LonLat, WhyNot } from '../../../engine/index.ts';
import type { LinkBudgetJson, ReviewJson, SiteCardJson } from '../../../server/contract/plans.ts';
import { useSiteCard } from '../../api/plans.ts';
import { useSite } from '../../api/sites.ts';
import { usePreviewExplanation } from '../../state/preview.ts';
import type { ShownItem, ShownPlan, ShownSite } from '../../state/shown-plan.ts';

export interface CardContent {
  readonly site: ShownSite | null;
  readonly item: ShownItem | null;
  readonly whyNot: SiteCardJson['whyNot'];
  readonly linkBudget: LinkBudgetJson | null;
  readonly reviews: readonly ReviewJson[];
  readonly isLoading: boolean;
  readonly isBudgetLoading: boolean;
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
  const saved = useSiteCard(planId, siteId, receiver);
  const explanation = usePreviewExplanation(isPreview ? siteId : null, receiver);
  const item = shown?.itemsBySite.get(siteId) ?? null;
  const library = useSite(item === null && !saved.data ? siteId : null);
  const fromLibrary = library.data ?? null;

  if (isPreview) {
    const site = item?.site ?? fromLibrary;
    return {
      site,
      item,
      whyNot: item === null && explanation ? mutableWhyNot(explanation.whyNot) : null,
      linkBudget: explanation?.linkBudget ? mutableBudget(explanation.linkBudget) : null,
      reviews: [],
      isLoading: library.isLoading,
      isBudgetLoading: explanation === undefined,
      error: site === null ? library.error : null,
      retry: () => void library.refetch(),
    };
  }
  return {
    site: item?.site ?? saved.data?.site ?? fromLibrary,
    item: saved.data?.item ?? item,
    whyNot: saved.data?.whyNot ?? null,
    linkBudget: saved.data?.linkBudget ?? null,
    reviews: saved.data?.reviews ?? [],
    isLoading: saved.isLoading || library.isLoading,
    isBudgetLoading: saved.isFetching,
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

function mutableBudget(budget: LinkBudget): LinkBudgetJson {
  return { ...budget, lines: budget.lines.map((line) => ({ ...line })) };
}
