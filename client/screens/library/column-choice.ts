// Which columns of the library somebody wants to see, remembered on this machine. What is remembered is outside input.

/** In the order of the table. */
export const columnKeys = [
  'code',
  'name',
  'state',
  'resourceType',
  'owner',
  'ownerType',
  'districtCode',
  'townCode',
  'address',
  'totalHeightM',
  'mountHeightsM',
  'slots',
  'loadKg',
  'freeStatus',
  'feeCnyPerYear',
  'powerMode',
  'fibre',
  'structureCheck',
  'constraintFlags',
  'whitelisted',
  'ownerConfirmedAt',
  'locationQuality',
  'position',
  'directoryNumber',
  'costCny',
  'buildMode',
  'surveyDate',
  'validTo',
  'origin',
  'updatedAt',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

export const usualColumns: readonly ColumnKey[] = [
  'code',
  'name',
  'state',
  'resourceType',
  'owner',
  'districtCode',
  'townCode',
  'totalHeightM',
  'freeStatus',
  'whitelisted',
  'ownerConfirmedAt',
  'locationQuality',
  'directoryNumber',
  'updatedAt',
];

const storageKey = 'zhanzhi.library.columns';

/** Known ones in the order of the table, the code always among them; nothing known: the usual ones. */
export function readColumns(text: string | null): readonly ColumnKey[] {
  const named = new Set((text ?? '').split(','));
  const known = columnKeys.filter((key) => named.has(key));
  if (known.length === 0) return usualColumns;
  return columnKeys.filter((key) => key === 'code' || known.includes(key));
}

export function rememberedColumns(): readonly ColumnKey[] {
  try {
    return readColumns(localStorage.getItem(storageKey));
  } catch {
    return usualColumns;
  }
}

export function rememberColumns(keys: readonly ColumnKey[]): void {
  try {
    localStorage.setItem(storageKey, keys.join(','));
  } catch {
    // A browser that keeps nothing still shows them for this visit.
  }
}
