// A plan that has just come on the screen is shown whole, unless the address or the person has chosen the place already.
import { useEffect, useRef } from 'react';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { moveMapToBox, viewStore } from '../../state/view.ts';

export function useShowPlanBox(shown: ShownPlan | null): void {
  const planId = shown?.plan?.id ?? null;
  const box = shown?.box ?? null;
  const [west, south, east, north] = box ?? [];
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (planId === null || planId === last.current) return;
    if (west === undefined || south === undefined || east === undefined || north === undefined) return;
    const isFirst = last.current === null;
    last.current = planId;
    const { centre, isPlaced } = viewStore.get();
    if (isFirst && isPlaced && isInside(centre, [west, south, east, north])) return;
    moveMapToBox([west, south, east, north]);
  }, [planId, west, south, east, north]);
}

function isInside(
  at: readonly [number, number] | null,
  [west, south, east, north]: readonly [number, number, number, number],
): boolean {
  return at !== null && at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
}
