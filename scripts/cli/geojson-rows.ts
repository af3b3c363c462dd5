// A plan.geojson that somebody may have changed: every field is looked at before it is believed.

export type Row = Readonly<Record<string, unknown>>;

/** Properties of all features; none where there is no list. */
export function rowsOf(geojson: unknown): Row[] {
  const { features } = objectOf(geojson);
  return Array.isArray(features) ? features.map((feature) => objectOf(objectOf(feature).properties)) : [];
}

export function objectOf(value: unknown): Row {
  return typeof value === 'object' && value !== null ? (value as Row) : {}; // its fields stay unknown
}

/** For a finding. */
export function said(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string'
    ? value
    : (JSON.stringify(value) ?? 'nothing');
}
