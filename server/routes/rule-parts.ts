// What changing a rule value and proposing one share: the range of the value, and a day that the calendar has.
import type { RuleJson } from '../contract/rules.ts';
import { ProductError } from '../errors.ts';

const fractionalUnits: readonly RuleJson['unit'][] = ['m', 'percent', 'number'];

/** Throws RULE_RANGE. */
export function refuseRuleValue({ lowest, highest, unit }: RuleJson, value: number): void {
  const isWhole = fractionalUnits.includes(unit) || Number.isInteger(value);
  if (value < lowest || value > highest || !isWhole)
    throw new ProductError('RULE_RANGE', { lowest, highest });
}

/** The 30th of February has the form of a day. */
export const isRealDay = (day: string): boolean => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
