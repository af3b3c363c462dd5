// What is wrong with the requirements now, as sentences by field, for the fields themselves and for the run button.
import { useTranslation } from 'react-i18next';
import { useCoverageRules } from '../../api/catalogue.ts';
import { useRoads } from '../../api/roads.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { areasStore } from '../../state/areas.ts';
import { checkPlanRules } from '../../state/check-plan-rules.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';

/** Sentence by id of the field; the first one of a field counts. In the order of the screen. */
export function useRuleProblems(): ReadonlyMap<string, string> {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useStore(planFormStore, (now) => now);
  const areaIds = useStore(areasStore, (now) => now.chosenIds);
  const rules = useCoverageRules().data;
  const rule = rules?.find((one) => one.word === form.ruleWord) ?? rules?.[0];
  const asksCorridors = Object.keys(form.rules.corridorShares).length > 0;
  const roads = useRoads(asksCorridors ? areaIds : []).data;
  const corridorIds = roads === undefined ? null : new Set(roads.map(({ corridorId }) => corridorId));
  const limits = {
    targetShare: form.targetShare ?? rule?.targetShare ?? 1,
    budgetCny: form.budgetCny,
    maxSites: form.maxSites,
  };
  const words = (key: string, value: number | string): string => {
    if (key === 'option') return t(`operators.options.${value}`);
    if (typeof value === 'string') return value;
    if (key === 'share') return formatShare(value, language, 1);
    return key === 'budgetCny' ? formatMoney(value, language) : formatCount(value, language);
  };
  const found = new Map<string, string>();
  for (const { field, code, values } of checkPlanRules(form.rules, limits, areaIds, corridorIds)) {
    if (found.has(field)) continue;
    const shown: Record<string, string> = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, words(key, value)]),
    );
    found.set(field, t(`requirements.problems.${code}`, shown));
  }
  return found;
}
