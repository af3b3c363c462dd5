// Whom a plan for several operators is looked at as: one of them, or all on the coverage of the first.
import type { PlanJson } from '../../server/contract/plans.ts';
import { useStore } from './make-store.ts';
import type { ShownItem } from './shown-plan.ts';
import { viewStore } from './view.ts';

/** Null: all, or a plan for one operator. Another plan may not have the one that was looked at. */
export function useShownOperator(plan: Pick<PlanJson, 'request'> | null | undefined): string | null {
  const wanted = useStore(viewStore, (view) => view.operatorId);
  return (plan?.request.operators ?? []).some(({ id }) => id === wanted) ? wanted : null;
}

/** Everybody who will stand at a row of the plan, who stood there before first. */
export function standingOf({ sharing }: Pick<ShownItem, 'sharing'>): readonly string[] {
  return sharing ? [...sharing.besideIds, ...sharing.operatorIds] : [];
}
