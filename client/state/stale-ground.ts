// Whether the form asks for other ground than the preview stands on: what coverage depends on is not followed live.
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { areasStore } from './areas.ts';
import { useStore } from './make-store.ts';
import { planFormStore, planRequestOf } from './plan-form.ts';
import { previewStore } from './preview.ts';

const groundFields = [
  'areaIds',
  'ruleWord',
  'thresholdDbm',
  'profileId',
  'binSizeM',
  'weightBy',
  'keyAreaFactor',
  'radio',
] as const satisfies readonly (keyof NewPlanJson)[];

/** False without a preview. */
export function useStaleGround(): boolean {
  const request = useStore(previewStore, (preview) => preview.request);
  const form = useStore(planFormStore, (now) => now);
  const areaIds = useStore(areasStore, (now) => now.chosenIds);
  return request !== null && isOtherGround(request, planRequestOf(form, areaIds, request.name));
}

export function isOtherGround(one: NewPlanJson, other: NewPlanJson): boolean {
  return (
    groundFields.some((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field])) ||
    lacksCorridor(one, other.corridorShares ?? [])
  );
}

/** Roads of a corridor come with the ground: one that the preview was not started with is not there. */
export function lacksCorridor(
  { corridorShares = [] }: Pick<NewPlanJson, 'corridorShares'>,
  asked: readonly { readonly corridorId: string }[],
): boolean {
  const known = new Set(corridorShares.map(({ corridorId }) => corridorId));
  return asked.some(({ corridorId }) => !known.has(corridorId));
}
