// A rule value while it is typed. The product's own default has no source to show: whoever keeps the number keeps its origin.
import type { RuleChangeJson, RuleJson } from '../../../server/contract/rules.ts';

export interface RuleDraft {
  /** Null: the field is empty. */
  readonly value: number | null;
  readonly source: string;
  readonly note: string;
}

/** Stands for the product's own default. */
const OWN_DEFAULT = 'D';

export const ruleDraftOf = ({ value, source, note }: RuleJson): RuleDraft => ({
  value,
  source: source === OWN_DEFAULT ? '' : source,
  note,
});

/** Null: nothing that could be sent. */
export function ruleChangeOf(rule: RuleJson, { value, source, note }: RuleDraft): RuleChangeJson | null {
  if (value === null) return null;
  const said = source.trim();
  // left as it was, the number is still the product's own
  const from = said === '' && value === rule.value ? rule.source : said;
  return { value, source: from, note: note.trim() };
}
