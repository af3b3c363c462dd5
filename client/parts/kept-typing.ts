// What was typed in a form as text for the storage of a tab, and back. The storage is outside input: another version of the page, or a
// person, may have written it, so only fields of the form come back, each of the kind it has there.
import { changedKeys } from './typed-on-fresh.ts';

/** The fields that differ; '' when none does. */
export function typedText<Draft extends object>(version: number, before: Draft, now: Draft): string {
  const typed = changedKeys(before, now);
  if (typed.length === 0) return '';
  return JSON.stringify({ version, typed: Object.fromEntries(typed.map((key) => [key, now[key]])) });
}

/** Nothing of another version of the row, and nothing of a text that is none of ours. */
export function typedInText<Draft extends object>(
  text: string | null,
  version: number,
  before: Draft,
): Partial<Draft> {
  const kept = parse(text);
  if (!isRecord(kept) || kept.version !== version || !isRecord(kept.typed)) return {};
  const fits = (key: string, value: unknown) => {
    const old = (before as Readonly<Record<string, unknown>>)[key];
    return Object.hasOwn(before, key) && (old === null || value === null || kindOf(old) === kindOf(value));
  };
  return Object.fromEntries(
    Object.entries(kept.typed).filter(([key, value]) => fits(key, value)),
  ) as Partial<Draft>;
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  kindOf(value) === 'object' && value !== null;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
