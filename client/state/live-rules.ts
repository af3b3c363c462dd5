// Requirements that are changed while a preview stands take effect in it, like the share does: over the coverage that is kept, once the
// person has stopped for a moment, and only while nothing is wrong with them.
import { useEffect, useRef } from 'react';
import { type ChoiceRules, choiceRulesOf, type PlanChoice } from '../../engine/index.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { areasStore } from './areas.ts';
import { useStore } from './make-store.ts';
import { planFormStore } from './plan-form.ts';
import { type PlanRules, rulesRequestOf } from './plan-rules.ts';
import { changePreview, previewStore } from './preview.ts';
import { lacksCorridor } from './stale-ground.ts';

/** Longer than between two digits. */
const PAUSE_MS = 400;

export function useLiveRules(isSound: boolean): void {
  const rules = useStore(planFormStore, (form) => form.rules);
  const followed = useRef(rules);
  useEffect(() => {
    if (rules === followed.current || !isSound) return;
    const timer = setTimeout(() => {
      followed.current = rules;
      followRules(rules);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [rules, isSound]);
}

function followRules(rules: PlanRules): void {
  const { request, choice } = previewStore.get();
  if (request === null || choice === null) return;
  const changes = changedRules(rules, areasStore.get().chosenIds, request, choice);
  if (Object.keys(changes).length > 0) changePreview(changes);
}

/**
 * What the form asks for otherwise than the preview; nothing while other areas are chosen than the preview's, or corridors
 * that it has no roads of.
 */
export function changedRules(
  rules: PlanRules,
  areaIds: readonly string[],
  request: Pick<NewPlanJson, 'areaIds' | 'corridorShares'>,
  choice: PlanChoice,
): Partial<ChoiceRules> {
  if (JSON.stringify(areaIds) !== JSON.stringify(request.areaIds)) return {};
  const asked = choiceRulesOf(rulesRequestOf(rules, areaIds));
  const { keepSiteIds: _ofThePreview, ...others } = asked;
  if (lacksCorridor(request, others.corridorShares)) return {};
  const changed = Object.entries(others).filter(
    ([rule, value]) => JSON.stringify(value) !== JSON.stringify(choice[rule as keyof typeof others]),
  );
  // the same fields of the same rules
  return Object.fromEntries(changed) as Partial<ChoiceRules>;
}
