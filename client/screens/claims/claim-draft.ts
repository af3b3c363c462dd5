// What the claim dialog holds and what is sent of it. Texts stay as typed until they are numbers the service would take.
import type { NewClaimJson } from '../../../server/contract/claims.ts';

export interface ClaimDraft {
  readonly resourceId: string;
  /** Empty: those of the demands, else those whom the plan lets move in there. */
  readonly operators: readonly string[];
  readonly demandIds: readonly string[];
  /** A row of this plan; needs the site of the resource. */
  readonly planId: string | null;
  /** Null: one for each operator. */
  readonly slots: number | null;
  readonly loadKg: number | null;
  readonly powerKva: number | null;
  readonly onAirBy: string | null;
  readonly note: string;
}

export const emptyClaim: Omit<ClaimDraft, 'resourceId'> = {
  operators: [],
  demandIds: [],
  planId: null,
  slots: null,
  loadKg: null,
  powerKva: null,
  onAirBy: null,
  note: '',
};

/** What a claim cannot go without; the rest is for the service to say. */
export function claimLacks(draft: ClaimDraft): 'operators' | null {
  const { operators, demandIds, planId } = draft;
  return operators.length === 0 && demandIds.length === 0 && planId === null ? 'operators' : null;
}

/** A row of a plan stands for the resource of its site; without a site the resource goes alone. */
export function newClaimOf(draft: ClaimDraft, siteId: string | null): NewClaimJson {
  const { resourceId, operators, demandIds, planId, slots, loadKg, powerKva, onAirBy, note } = draft;
  return {
    ...(planId !== null && siteId !== null ? { planId, siteId } : { resourceId }),
    ...(operators.length > 0 && { operators: [...operators] }),
    ...(demandIds.length > 0 && { demandIds: [...demandIds] }),
    ...(slots !== null && { slots }),
    ...(loadKg !== null && { loadKg }),
    ...(powerKva !== null && { powerKva }),
    ...(onAirBy !== null && { onAirBy }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}

/** The same wish at another place: whoever loses one takes a substitute with one click. */
export function sameClaimAt(draft: ClaimDraft, resourceId: string): NewClaimJson {
  return newClaimOf({ ...draft, resourceId, planId: null }, null);
}
