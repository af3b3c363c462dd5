// What a person may do to single sites of a preview, and the choice that follows from it.
import type { PlanChoice } from '../../engine/index.ts';

export interface PlanEdit {
  /** strike: never this one · lock: always · free: neither. */
  readonly act: 'strike' | 'lock' | 'free';
  readonly siteId: string;
}

export function choiceAfter(choice: PlanChoice, { act, siteId }: PlanEdit): PlanChoice {
  const others = (ids: readonly string[]) => ids.filter((id) => id !== siteId);
  const refusedSiteIds = others(choice.refusedSiteIds);
  const lockedSiteIds = others(choice.lockedSiteIds);
  return {
    ...choice,
    refusedSiteIds: act === 'strike' ? [...refusedSiteIds, siteId] : refusedSiteIds,
    lockedSiteIds: act === 'lock' ? [...lockedSiteIds, siteId] : lockedSiteIds,
  };
}
