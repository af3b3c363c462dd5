// The request for the plan that follows from the judgements: the same request, based on this plan, without the refused.
import type { NewPlanJson, PlanJson } from '../../../server/contract/plans.ts';
import { replanRequestOf } from '../../state/plan-form.ts';

/** Refused sites are never locked; locks of the plan before stay unless refused now. */
export function replanRequest(
  plan: PlanJson,
  name: string,
  judged: {
    readonly refusedIds: readonly string[];
    readonly lockedIds: readonly string[];
    /** Repair the plan instead of choosing afresh. */
    readonly stayNear?: boolean;
  },
): NewPlanJson {
  const request = replanRequestOf(plan, judged.refusedIds, name.trim());
  const refused = new Set(request.refusedSiteIds);
  const locked = new Set([...(request.lockedSiteIds ?? []), ...judged.lockedIds]);
  return {
    ...request,
    lockedSiteIds: [...locked].filter((siteId) => !refused.has(siteId)),
    ...(judged.stayNear === true && { stayNear: true }),
  };
}

/** `北城 · 重算 2`: counts on instead of piling up words. */
export function replanName(name: string, word: string): string {
  const mark = ` · ${word}`;
  const at = name.lastIndexOf(mark);
  const tail = at < 0 ? null : name.slice(at + mark.length);
  const isCounted = tail !== null && /^( \d{1,6})?$/.test(tail);
  const base = isCounted ? name.slice(0, at) : name;
  const number = isCounted ? Number(tail.trim() || 1) + 1 : 1;
  const suffix = number === 1 ? mark : `${mark} ${number}`;
  return `${base.slice(0, 200 - suffix.length)}${suffix}`;
}
