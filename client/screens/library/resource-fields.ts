// The fields of a resource that people fill in, in the groups of the data dictionary (4.2), with how each is typed and shown.
import {
  buildModes,
  constraintFlags,
  fibreStates,
  freeStatuses,
  libraryTypes,
  powerModes,
  structureChecks,
} from '../../../engine/index.ts';
import type { ResourceChangesJson } from '../../../server/contract/resources.ts';

export type ResourceField = keyof ResourceChangesJson;

/** text: '' is unknown · note: null is unknown · date: 2026-03-01 · tags: free words · heights: numbers above the ground. */
export type FieldKind =
  | { readonly kind: 'text' | 'note'; readonly longest: number }
  | {
      readonly kind: 'number';
      readonly unit: string;
      readonly smallest: number;
      readonly largest: number;
      readonly digits: number;
    }
  | { readonly kind: 'choice'; readonly words: readonly string[]; readonly isNeeded?: boolean }
  | { readonly kind: 'flags'; readonly words: readonly string[] }
  | { readonly kind: 'date' | 'tags' | 'tagsOrUnknown' | 'heights' | 'district' | 'town' };

const text = (longest: number) => ({ kind: 'text', longest }) as const;
const note = (longest: number) => ({ kind: 'note', longest }) as const;
const number = (unit: string, largest: number, digits = 1, smallest = 0) =>
  ({ kind: 'number', unit, smallest, largest, digits }) as const;
const choice = (words: readonly string[]) => ({ kind: 'choice', words }) as const;

export const fieldKinds = {
  code: text(200),
  name: text(200),
  address: text(200),
  resourceType: choice(libraryTypes.map((type) => type.code)),
  districtCode: { kind: 'district' },
  townCode: { kind: 'town' },
  committees: { kind: 'tags' },
  owner: text(200),
  ownerType: note(50),
  freeStatus: choice(freeStatuses),
  feeCnyPerYear: number('CNY', 1e9, 2),
  feeBasis: note(200),
  totalHeightM: number('m', 1000, 1, 0.1),
  mountHeightsM: { kind: 'heights' },
  loadKg: number('kg', 1e6),
  slots: number('', 1000, 0),
  structureCheck: { kind: 'choice', words: structureChecks, isNeeded: true },
  existingSystems: { kind: 'tagsOrUnknown' },
  powerMode: choice(powerModes),
  powerDistanceM: number('m', 1e5),
  powerKva: number('kVA', 1e5),
  powerPriceCnyPerKwh: number('CNY/kWh', 100, 4),
  fibre: choice(fibreStates),
  ductDistanceM: number('m', 1e5),
  roomRef: note(200),
  appearanceRequirement: note(200),
  constraintFlags: { kind: 'flags', words: constraintFlags },
  costCny: number('CNY', 1_000_000_000, 0),
  buildMode: choice(buildModes),
  surveyDate: { kind: 'date' },
  surveyor: note(100),
  validFrom: { kind: 'date' },
  validTo: { kind: 'date' },
} as const satisfies Readonly<Record<ResourceField, FieldKind>>;

export const fieldGroups = [
  {
    group: 'identity',
    fields: ['code', 'name', 'address', 'resourceType', 'districtCode', 'townCode', 'committees'],
  },
  {
    group: 'ownership',
    fields: ['owner', 'ownerType', 'freeStatus', 'feeCnyPerYear', 'feeBasis'],
  },
  {
    group: 'structure',
    fields: ['totalHeightM', 'mountHeightsM', 'loadKg', 'slots', 'structureCheck', 'existingSystems'],
  },
  {
    group: 'power',
    fields: [
      'powerMode',
      'powerDistanceM',
      'powerKva',
      'powerPriceCnyPerKwh',
      'fibre',
      'ductDistanceM',
      'roomRef',
    ],
  },
  { group: 'limits', fields: ['appearanceRequirement', 'constraintFlags'] },
  { group: 'building', fields: ['costCny', 'buildMode'] },
  { group: 'survey', fields: ['surveyDate', 'surveyor', 'validFrom', 'validTo'] },
] as const satisfies readonly { readonly group: string; readonly fields: readonly ResourceField[] }[];

export const resourceFields = Object.keys(fieldKinds) as ResourceField[];

/** Records of the audit name columns of the store: total_height_m is totalHeightM. */
export function fieldOfColumn(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
