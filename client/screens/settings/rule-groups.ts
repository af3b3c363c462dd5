// Rule values by what they rule, in the order of the work. A name of a later version shows under its own first word.
import type { RuleJson } from '../../../server/contract/rules.ts';

const order: readonly string[] = [
  'plan',
  'claim',
  'batch',
  'problem',
  'duplicate',
  'match',
  'tower',
  'price',
  'export',
];

export interface RuleGroup {
  readonly key: string;
  readonly rules: readonly RuleJson[];
}

export function ruleGroups(rules: readonly RuleJson[]): RuleGroup[] {
  const groups = new Map<string, RuleJson[]>();
  for (const rule of rules) {
    const key = rule.name.split('.')[0] ?? '';
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  const placeOf = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...groups]
    .map(([key, own]) => ({ key, rules: own }))
    .sort((a, b) => placeOf(a.key) - placeOf(b.key) || a.key.localeCompare(b.key));
}

const wholeUnits: readonly RuleJson['unit'][] = ['working-days', 'days', 'hours', 'years', 'count'];

export const isWholeUnit = (unit: RuleJson['unit']): boolean => wholeUnits.includes(unit);

/** The category of `problem.<category>.working_days`; null for any other name. */
export const problemCategoryOf = (name: string): string | null =>
  /^problem\.(.+)\.working_days$/.exec(name)?.[1] ?? null;
