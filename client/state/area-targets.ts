// What the chosen areas are to reach (domain reference, 4.4) and the form of the plan: picked areas fill it in where they agree; where they
// do not, it stays as it is and the person decides.
import { useEffect } from 'react';
import type { AreaJson } from '../../server/contract/areas.ts';
import { areasStore } from './areas.ts';
import { useKnownAreas } from './known-areas.ts';
import { useStore } from './make-store.ts';
import { emptyPlanForm, type PlanForm, planFormStore } from './plan-form.ts';

type Target = Pick<AreaJson, 'coverageRule' | 'targetShare'>;

/** Null: no area says it, or they differ. */
export interface AskedTarget extends Target {
  /** They ask for different rules or shares. */
  readonly differs: boolean;
}

const nothingAsked: AskedTarget = { coverageRule: null, targetShare: null, differs: false };

export function askedOf(areas: readonly Target[]): AskedTarget {
  const said = <Field extends keyof Target>(field: Field) => [
    ...new Set(areas.map((area) => area[field]).filter((value) => value !== null)),
  ];
  const [rules, shares] = [said('coverageRule'), said('targetShare')];
  return {
    coverageRule: rules.length === 1 ? (rules[0] ?? null) : null,
    targetShare: shares.length === 1 ? (shares[0] ?? null) : null,
    differs: rules.length > 1 || shares.length > 1,
  };
}

type Asking = Pick<PlanForm, 'ruleWord' | 'targetShare' | 'thresholdDbm'>;

/** What of the form changes from areas that ask for `before` to areas that ask for `now`: what a person has set otherwise stays. */
export function formForAsked(form: Asking, before: AskedTarget, now: AskedTarget): Partial<Asking> {
  if (now.differs) return {};
  const isUntouched = (field: keyof Target, value: string | number | null) =>
    before[field] !== null && before[field] === value;
  const ruleWord =
    now.coverageRule !== null && now.coverageRule !== before.coverageRule
      ? now.coverageRule
      : now.coverageRule === null && isUntouched('coverageRule', form.ruleWord)
        ? emptyPlanForm.ruleWord
        : form.ruleWord;
  const isOtherRule = ruleWord !== form.ruleWord;
  const targetShare =
    now.targetShare !== null && (isOtherRule || now.targetShare !== before.targetShare)
      ? now.targetShare
      : now.targetShare === null && (isOtherRule || isUntouched('targetShare', form.targetShare))
        ? null
        : form.targetShare;
  return {
    // the level belongs to the rule
    ...(isOtherRule && { ruleWord, thresholdDbm: null }),
    ...(targetShare !== form.targetShare && { targetShare }),
  };
}

/** What was asked for when the form was last filled in or the areas last agreed; the form outlives the screen, and so does this. */
let last = nothingAsked;

/** Fills in what the areas ask for, over whatever is set. */
export function takeAsked(asked: AskedTarget): void {
  planFormStore.set(formForAsked(planFormStore.get(), nothingAsked, asked));
}

/** Belongs where the form is. Answers what the chosen areas ask for; areas that change while they are chosen change no form. */
export function useAreaTargets(): AskedTarget {
  const { chosenIds, isPicked } = useStore(areasStore, (now) => now);
  const areas = useKnownAreas().data;
  const asked = askedOf((areas ?? []).filter(({ id }) => chosenIds.includes(id)));
  const { coverageRule, targetShare, differs } = asked;
  useEffect(() => {
    if (areas === undefined) return;
    const now = { coverageRule, targetShare, differs };
    if (isPicked) {
      planFormStore.set(formForAsked(planFormStore.get(), last, now));
      areasStore.set({ isPicked: false });
    }
    last = differs ? last : now;
  }, [areas, isPicked, coverageRule, targetShare, differs]);
  return asked;
}
