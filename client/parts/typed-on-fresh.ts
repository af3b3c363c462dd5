// What somebody typed on a row that somebody else changed meanwhile: their fields stay, the others follow the row as it is now, and the
// person is told which are new. Values are compared as JSON: fields are texts, figures, choices and lists of them.
export interface LateField<Draft> {
  readonly key: keyof Draft & string;
  /** The person typed another value there, which goes over the new one. */
  readonly isTyped: boolean;
}

export interface TypedOn<Draft> {
  /** As it was when the form opened. */
  readonly first: Draft;
  /** What the changes are made on: the first, or the one of the last refusal. */
  readonly base: Draft;
  readonly draft: Draft;
  /** Typed before the last refusal: theirs even where somebody else happened to write the same. */
  readonly typed: readonly (keyof Draft & string)[];
}

/** Nothing is typed yet. */
export const typedOn = <Draft extends object>(draft: Draft): TypedOn<Draft> => ({
  first: draft,
  base: draft,
  draft,
  typed: [],
});

/** Another row came: `fresh` becomes the base. */
export function typedOnFresh<Draft extends object>(on: TypedOn<Draft>, fresh: Draft): TypedOn<Draft> {
  const typed = typedKeys(on);
  const kept = Object.fromEntries(typed.map((key) => [key, on.draft[key]])) as Partial<Draft>;
  return { first: on.first, base: fresh, draft: { ...fresh, ...kept }, typed };
}

/** The row came without a refusal: saved by this person, or changed by another one. What is typed and not yet in it stays, with its news. */
export function followedOnFresh<Draft extends object>(on: TypedOn<Draft>, fresh: Draft): TypedOn<Draft> {
  const isOpen = typedKeys(on).some((key) => !isSame(on.draft[key], fresh[key]));
  return isOpen ? typedOnFresh(on, fresh) : typedOn(fresh);
}

/** Fields that are not as they were when the form opened, through somebody else. */
export function lateFields<Draft extends object>({ first, base, draft }: TypedOn<Draft>): LateField<Draft>[] {
  return changedKeys(first, base).map((key) => ({ key, isTyped: !isSame(draft[key], base[key]) }));
}

/** In the order of the fields. A list that is a form has fields that come and go. */
export function changedKeys<Row extends object>(before: Row, now: Row): (keyof Row & string)[] {
  const keys = Object.keys({ ...before, ...now }) as (keyof Row & string)[];
  return keys.filter((key) => !isSame(before[key], now[key]));
}

const typedKeys = <Draft extends object>({ base, draft, typed }: TypedOn<Draft>) => [
  ...new Set([...typed, ...changedKeys(base, draft)]),
];

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
