// Which field of a demand lies in which column, once for reading, changing and importing.

/** Field people fill in → column and its type. */
export const demandColumns = {
  code: ['code', 'text'],
  name: ['name', 'text'],
  batch: ['batch', 'text'],
  operator: ['operator', 'text'],
  scenario: ['scenario', 'text'],
  districtCode: ['district_code', 'text'],
  townCode: ['town_code', 'text'],
  searchRadiusM: ['search_radius_m', 'float8'],
  band: ['band', 'text'],
  form: ['form', 'text'],
  wantHeightM: ['want_height_m', 'float8'],
  azimuthsDeg: ['azimuths_deg', 'float8[]'],
  reason: ['reason', 'text'],
  tags: ['tags', 'text[]'],
  priority: ['priority', 'integer'],
  wantDate: ['want_date', 'date'],
  shareable: ['shareable', 'boolean'],
  keyArea: ['key_area', 'text'],
  note: ['note', 'text'],
} as const;
export type DemandField = keyof typeof demandColumns;

export const demandFields = Object.keys(demandColumns) as DemandField[]; // keys of the table above

/** `d.code as "code", …` of a row of `demands as d`. */
export const demandFieldsSql = demandFields
  .map((field) => `d.${demandColumns[field][0]} as "${field}"`)
  .join(', ');
