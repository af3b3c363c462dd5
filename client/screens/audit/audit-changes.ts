// What a record says was different: one line for each field, in the order of the record. Of something new all its fields, of
// something removed what it was.

export interface AuditChange {
  readonly field: string;
  /** Undefined: not there. */
  readonly before: unknown;
  readonly after: unknown;
}

export function auditChanges(before: unknown, after: unknown): AuditChange[] {
  const old = flat(fieldsOf(before));
  const now = flat(fieldsOf(after));
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return fields
    .map((field) => ({ field, before: old[field], after: now[field] }))
    .filter((change) => !isNothing(change.before) || !isNothing(change.after))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** Whether a record of a review judges this site, alone or with others. */
export function namesSite({ after }: { readonly after: unknown }, siteId: string): boolean {
  const { siteIds } = fieldsOf(after);
  return Array.isArray(siteIds) && siteIds.includes(siteId);
}

export interface ValueWords {
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly separator: string;
  more(count: number): string;
}

const SHOWN_ITEMS = 4;
const SHOWN_LETTERS = 200;

/** A value in one line: lists by their first items, objects as they are written, nothing longer than a sentence or two. */
export function valueText(value: unknown, words: ValueWords): string {
  if (isNothing(value)) return words.none;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    const shown = value.slice(0, SHOWN_ITEMS).join(words.separator);
    return value.length > SHOWN_ITEMS ? shown + words.more(value.length) : shown;
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > SHOWN_LETTERS ? `${text.slice(0, SHOWN_LETTERS)}…` : text;
}

/** Fields of an object within the record stand for themselves: `request.areaIds`. Only one step: deeper it is no list of facts. */
function flat(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, part]) => [`${field}.${inner}`, part] as const)
        : [[field, value] as const],
    ),
  );
}

function fieldsOf(side: unknown): Readonly<Record<string, unknown>> {
  if (side === null || side === undefined) return {};
  // a record may hold a bare value; it is shown under the field's own word
  if (typeof side !== 'object' || Array.isArray(side)) return { value: side };
  return side as Readonly<Record<string, unknown>>;
}

export function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
