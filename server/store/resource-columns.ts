// Which field of a resource lies in which column, once for reading, changing and importing.

/** Field people fill in → column and its type. */
export const editableColumns = {
  code: ['code', 'text'],
  name: ['name', 'text'],
  address: ['address', 'text'],
  resourceType: ['resource_type', 'text'],
  districtCode: ['district_code', 'text'],
  townCode: ['town_code', 'text'],
  committees: ['committees', 'text[]'],
  owner: ['owner', 'text'],
  ownerType: ['owner_type', 'text'],
  freeStatus: ['free_status', 'text'],
  feeCnyPerYear: ['fee_cny_per_year', 'float8'],
  feeBasis: ['fee_basis', 'text'],
  totalHeightM: ['total_height_m', 'float8'],
  mountHeightsM: ['mount_heights_m', 'float8[]'],
  loadKg: ['load_kg', 'float8'],
  slots: ['slots', 'integer'],
  powerMode: ['power_mode', 'text'],
  powerDistanceM: ['power_distance_m', 'float8'],
  powerKva: ['power_kva', 'float8'],
  powerPriceCnyPerKwh: ['power_price_cny_per_kwh', 'float8'],
  fibre: ['fibre', 'text'],
  ductDistanceM: ['duct_distance_m', 'float8'],
  roomRef: ['room_ref', 'text'],
  structureCheck: ['structure_check', 'text'],
  appearanceRequirement: ['appearance_requirement', 'text'],
  existingSystems: ['existing_systems', 'text[]'],
  constraintFlags: ['constraint_flags', 'text[]'],
  surveyDate: ['survey_date', 'date'],
  surveyor: ['surveyor', 'text'],
  validFrom: ['valid_from', 'date'],
  validTo: ['valid_to', 'date'],
  costCny: ['cost_cny', 'bigint'],
  buildMode: ['build_mode', 'text'],
} as const;
export type EditableField = keyof typeof editableColumns;

export const editableFields = Object.keys(editableColumns) as EditableField[]; // keys of the table above

/** Columns that are never NULL: nothing said is the empty value, and stays what it was when a list says nothing. */
export const emptyValueSql: Readonly<Partial<Record<EditableField, string>>> = {
  name: "''",
  address: "''",
  districtCode: "''",
  townCode: "''",
  committees: "'{}'",
  owner: "''",
  structureCheck: "'未核'",
  constraintFlags: "'{}'",
};

/** `r.code as "code", …` of a row of `resources as r`. */
export const editableFieldsSql = editableFields
  .map((field) => `r.${editableColumns[field][0]} as "${field}"`)
  .join(', ');
