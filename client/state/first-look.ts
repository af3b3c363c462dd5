// What a person sees who opens the map without an address: the newest finished plan, and its areas chosen in the form.
import { useEffect } from 'react';
import { usePlan, usePlans } from '../api/plans.ts';
import { areasStore, chooseAreas } from './areas.ts';
import { focusPlan, focusStore } from './focus.ts';
import { useStore } from './make-store.ts';
import { useMay } from './session.ts';

let isDecided = false;

/** Belongs into the workspace, after the address bar was read. Decides once per visit. */
export function useFirstLook(): void {
  const plans = usePlans(useMay('plan:read'));
  const planId = useStore(focusStore, (focus) => focus.planId);
  const plan = usePlan(planId).data?.plan;

  useEffect(() => {
    if (isDecided || plans.data === undefined) return;
    isDecided = true;
    if (focusStore.get().planId !== null) return;
    const done = plans.data.filter((one) => one.state === 'done');
    const newest = done.sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
    if (newest !== undefined) focusPlan(newest.id);
  }, [plans.data]);

  useEffect(() => {
    if (plan !== undefined && areasStore.get().chosenIds.length === 0) chooseAreas(plan.request.areaIds);
  }, [plan]);
}
