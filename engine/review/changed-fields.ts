// What differs between a row as it was returned (退回补正) and as it comes back: whoever reviews it again looks at these fields only.

/** What a review looks at, in the order people read it. */
export const reviewedFields = [
  'name',
  'address',
  'position',
  'resourceType',
  'structure',
  'owner',
  'consent',
  'resourceState',
  'heightM',
  'buildMode',
  'costCny',
  'forOperators',
  'profileId',
  'powerMode',
  'structureCheck',
  'constraintFlags',
  'note',
] as const;
export type ReviewedField = (typeof reviewedFields)[number];

export type ReviewedFacts = Readonly<Partial<Record<ReviewedField, unknown>>>;

export interface FieldChange {
  readonly field: ReviewedField;
  readonly before: unknown;
  readonly after: unknown;
}

/** In the order of `reviewedFields`. A list counts as a set: 电信、移动 is 移动、电信; an unknown field equals one left out. */
export function changedFields(before: ReviewedFacts, after: ReviewedFacts): FieldChange[] {
  return reviewedFields.flatMap((field) => {
    const [old = null, now = null] = [before[field], after[field]];
    return sameFact(field, old, now) ? [] : [{ field, before: old, after: now }];
  });
}

function sameFact(field: ReviewedField, old: unknown, now: unknown): boolean {
  // a position is a pair in its order, every other list a set
  const plain = (value: unknown): string =>
    JSON.stringify(Array.isArray(value) && field !== 'position' ? [...value].sort() : value);
  return plain(old) === plain(now);
}
