// Resources from rows (domain reference 4.2, 4.7): at the least an address and an owner. What has no position waits for somebody
// who knows the place; every cell that cannot be read is an issue, and what says "unknown" is unknown.
import {
  type ConstraintFlag,
  constraintFlags,
  fibreStates,
  findLibraryType,
  libraryTypes,
  structureChecks,
} from '../../../engine/index.ts';
import type { ImportedResource } from '../../store/imported-resources.ts';
import type { ResourcePlace } from '../../store/resources.ts';
import { checkPoint } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import { type ImportField, isFeetHeader } from '../headers.ts';
import type { Numbered } from '../import-types.ts';
import { isFeetUnit, parseNumber } from '../parse-number.ts';
import type { RawRow } from '../raw-table.ts';
import {
  buildModeByWord,
  freeStatusByWord,
  powerModeByWord,
  typeByWord,
  typeSuggestion,
  wordOf,
  wordsOf,
} from '../resource-words.ts';
import { headerText, type KindContext, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';
import { isUnknown, partsOf, readDate } from './read-cell.ts';
import { readWord } from './read-word.ts';

export const makeResources: MakeRecords<ImportedResource> = (rows, context) => {
  const made: Numbered<ImportedResource>[] = [];
  const namesTaken = new Map<string, number>();
  for (const raw of rows) {
    const resource = makeResource(raw, context);
    if (resource) made.push({ row: raw.row, value: named(resource, raw, namesTaken, context) });
  }
  const unplaced = made.filter(({ value }) => value.place === null).length;
  if (unplaced > 0)
    context.issues.warning('IMPORT_RESOURCE_UNPLACED', { row: null, found: String(unplaced) });
  return withoutRepeats(
    made,
    (resource) => resource.code,
    ({ row, value }, other) =>
      context.issues.error('IMPORT_CODE_REPEATED', {
        row,
        field: headerText(context, 'code'),
        found: value.code,
        values: { other },
      }),
  );
};

function makeResource(raw: RawRow, context: KindContext): ImportedResource | null {
  const { issues } = context;
  const cellOf = (field: ImportField): string => checkText(raw, field, headerText(context, field), issues);
  const text = (field: ImportField): string | null => cellOf(field) || null;
  const known = (field: ImportField): string | null => (isUnknown(cellOf(field)) ? null : cellOf(field));
  const list = (field: ImportField): string[] | null => partsOf(known(field));
  const number = (field: ImportField & keyof typeof measures) => readMeasure(raw, field, context);
  const address = text('address');
  const code = text('code');
  const place = raw.geometry === null ? null : placeOf(raw, context);
  if (raw.geometry === null && address === null && code === null) {
    issues.error('IMPORT_ADDRESS_MISSING', { row: raw.row, field: headerText(context, 'address') });
  }
  const resource: ImportedResource = {
    code: code ?? '',
    name: text('name'),
    address,
    resourceType: readType(raw, context),
    place,
    districtCode: text('districtCode'),
    townCode: text('townCode'),
    committees: list('committees'),
    owner: text('owner'),
    ownerType: known('ownerType'),
    freeStatus: readWord(raw, 'freeStatus', freeStatusByWord, context),
    feeCnyPerYear: number('feeCnyPerYear'),
    feeBasis: known('feeBasis'),
    totalHeightM: number('totalHeightM'),
    mountHeightsM: readHeights(raw, context),
    loadKg: number('loadKg'),
    slots: number('slots'),
    powerMode: readWord(raw, 'powerMode', powerModeByWord, context),
    powerDistanceM: number('powerDistanceM'),
    powerKva: number('powerKva'),
    powerPriceCnyPerKwh: number('powerPriceCnyPerKwh'),
    fibre: readWord(raw, 'fibre', fibreByWord, context),
    ductDistanceM: number('ductDistanceM'),
    roomRef: known('roomRef'),
    structureCheck: readWord(raw, 'structureCheck', structureByWord, context),
    appearanceRequirement: known('appearanceRequirement'),
    existingSystems: list('existingSystems'),
    constraintFlags: readFlags(raw, context),
    surveyDate: readDate(raw, 'surveyDate', context),
    surveyor: known('surveyor'),
    validFrom: readDate(raw, 'validFrom', context),
    validTo: readDate(raw, 'validTo', context),
    costCny: number('costCny'),
    buildMode: readWord(raw, 'buildMode', buildModeByWord, context),
    contacts: contactsOf(cellOf('contactName'), cellOf('contactPhone'), cellOf('contactDuty')),
    sourceFile: context.fileName,
    sourceRow: raw.row,
  };
  const { validFrom, validTo } = resource;
  if (validFrom && validTo && validTo < validFrom) {
    const facts = { row: raw.row, field: headerText(context, 'validTo'), found: `${validFrom} … ${validTo}` };
    issues.error('IMPORT_DATE_ORDER', facts);
  }
  return issues.rejectedRows.has(raw.row) ? null : resource;
}

/**
 * What comes without a code is named after its owner and address, so the same list with positions added later updates it; only
 * what has no address is named after its place. A second one of the same name is numbered.
 */
function named(
  resource: ImportedResource,
  raw: RawRow,
  taken: Map<string, number>,
  context: KindContext,
): ImportedResource {
  if (resource.code !== '') return resource;
  const { owner, address, name, place } = resource;
  const source = address === null ? [place?.position] : [owner, address, name];
  const base = stableId('资源', ...source);
  const earlier = taken.get(base) ?? 0;
  taken.set(base, earlier + 1);
  if (earlier > 0) {
    const found = [owner, address].filter((text) => text !== null).join(', ');
    context.issues.warning('IMPORT_PLACE_REPEATED', {
      row: raw.row,
      field: headerText(context, 'address'),
      found,
    });
  }
  return { ...resource, code: earlier === 0 ? base : `${base}#${earlier + 1}` };
}

function placeOf(raw: RawRow, context: KindContext): ResourcePlace | null {
  const point = checkPoint(raw, context);
  // where nobody says how the place was found, it was read from somewhere
  const quality = readWord(raw, 'locationQuality', qualityByWord, context) ?? '图上';
  return point && { position: point.position, original: point.original, datum: context.datum, quality };
}

/** Null when nobody says; an unknown word is an issue unless a default was chosen. */
function readType(raw: RawRow, context: KindContext): string | null {
  const chosen = context.defaults.resourceType ?? null;
  const found = raw.cells.get('resourceType');
  if (found === undefined || isUnknown(found)) return chosen;
  const type = findLibraryType(typeByWord.get(wordOf(found)) ?? found.trim());
  if (type) return type.code;
  const facts = { row: raw.row, field: headerText(context, 'resourceType'), found };
  if (chosen !== null) {
    context.issues.warning('IMPORT_TYPE_DEFAULTED', { ...facts, expected: chosen });
    return chosen;
  }
  const values = { suggestion: typeSuggestion(found, libraryTypes) };
  context.issues.error('IMPORT_TYPE_UNKNOWN', {
    ...facts,
    expected: '路灯杆, 交通信号杆, 政府机关, …',
    values,
  });
  return null;
}

interface Measure {
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  /** Units that may stand behind the number or in the header, with what they are worth. */
  readonly units: readonly (readonly [RegExp, number])[];
  readonly whole?: boolean;
}

const metres: Measure['units'] = [
  [/^(?:km|公里|千米)$/, 1000],
  [/^(?:m|米|公尺)$/, 1],
];
const yuan: Measure['units'] = [
  [/^万/, 10_000],
  [/^(?:元|圆|cny|rmb|¥)/, 1],
];

const measures = {
  feeCnyPerYear: { least: 0, most: 1e9, unit: '元/年', units: yuan },
  totalHeightM: { least: 0.1, most: 1000, unit: 'm', units: metres },
  mountHeightsM: { least: 0.1, most: 1000, unit: 'm', units: metres },
  loadKg: {
    least: 0,
    most: 1e6,
    unit: 'kg',
    units: [
      [/^(?:t|吨)$/, 1000],
      [/^(?:kg|公斤|千克)$/, 1],
    ],
  },
  slots: { least: 0, most: 1000, unit: '', units: [[/^(?:个|副|处|套|根)$/, 1]], whole: true },
  powerDistanceM: { least: 0, most: 1e5, unit: 'm', units: metres },
  powerKva: { least: 0, most: 1e5, unit: 'kVA', units: [[/^(?:kva|kw|千伏安|千瓦)$/, 1]] },
  powerPriceCnyPerKwh: { least: 0, most: 100, unit: '元/kWh', units: [[/^元?\/?(?:度|kwh|千瓦时)?$/, 1]] },
  ductDistanceM: { least: 0, most: 1e5, unit: 'm', units: metres },
  costCny: { least: 0, most: 1e9, unit: '元', units: yuan, whole: true },
} as const satisfies Partial<Record<ImportField, Measure>>;

function readMeasure(raw: RawRow, field: keyof typeof measures, context: KindContext): number | null {
  const cell = raw.cells.get(field);
  if (cell === undefined || isUnknown(cell)) return null;
  const value = measured(cell, field, headerText(context, field));
  if (value === null) refuseNumber(raw, field, cell, context);
  return value;
}

/** Metres, kilograms, yuan; null for what is none of them. */
function measured(text: string, field: keyof typeof measures, header: string): number | null {
  const { least, most, units, whole = false }: Measure = measures[field];
  const number = parseNumber(text);
  if (!number || isFeetUnit(number.unit) || isFeetHeader(header)) return null;
  const unit = number.unit || unitOfHeader(header);
  const factor = unit === '' ? 1 : units.find(([pattern]) => pattern.test(unit))?.[1];
  if (factor === undefined && number.unit !== '') return null;
  const value = number.value * (factor ?? 1);
  const rounded = whole ? Math.round(value) : value;
  return rounded >= least && rounded <= most ? rounded : null;
}

const unitOfHeader = (header: string): string =>
  /[([（【]\s*([^)\]）】]{1,12})\s*[)\]）】]/.exec(header.normalize('NFKC'))?.[1]?.trim().toLowerCase() ?? '';

function refuseNumber(raw: RawRow, field: keyof typeof measures, found: string, context: KindContext): void {
  const { least, most, unit } = measures[field];
  context.issues.error('IMPORT_NUMBER', {
    row: raw.row,
    field: headerText(context, field),
    found,
    expected: `${least}…${most} ${unit}`.trim(),
    values: { expected: `${least}…${most} ${unit}`.trim() },
  });
}

const MOST_HEIGHTS = 20;

function readHeights(raw: RawRow, context: KindContext): number[] | null {
  const cell = raw.cells.get('mountHeightsM');
  if (cell === undefined || isUnknown(cell)) return null;
  const header = headerText(context, 'mountHeightsM');
  const heights = (partsOf(cell.normalize('NFKC').replace(/\s+/g, '/')) ?? []).map((part) =>
    measured(part, 'mountHeightsM', header),
  );
  const good = heights.filter((height) => height !== null);
  if (good.length === heights.length && good.length > 0 && good.length <= MOST_HEIGHTS) return good;
  refuseNumber(raw, 'mountHeightsM', cell, context);
  return null;
}

function readFlags(raw: RawRow, context: KindContext): ConstraintFlag[] | null {
  const cell = raw.cells.get('constraintFlags');
  if (cell === undefined || isUnknown(cell)) return null;
  const parts = partsOf(cell) ?? [];
  const flags = constraintFlags.filter((flag) => parts.includes(flag));
  const strange = parts.filter((part) => !(constraintFlags as readonly string[]).includes(part));
  if (strange.length > 0) {
    context.issues.warning('IMPORT_VALUE_UNKNOWN', {
      row: raw.row,
      field: headerText(context, 'constraintFlags'),
      found: strange.join('、'),
      expected: constraintFlags.join(', '),
    });
  }
  return flags;
}

function contactsOf(name: string, phone: string, duty: string): ImportedResource['contacts'] {
  const nobody = isUnknown(name) && isUnknown(phone);
  return nobody
    ? []
    : [{ name: isUnknown(name) ? phone : name, phone: isUnknown(phone) ? '' : phone, duty, note: '' }];
}

const qualityByWord = wordsOf<ResourcePlace['quality']>(
  ['实测', '图上', '地址估算'],
  [
    ['gps', '实测'],
    ['测量', '实测'],
    ['现场', '实测'],
    ['地图', '图上'],
    ['估算', '地址估算'],
  ],
);
const fibreByWord = wordsOf(fibreStates, [
  ['光缆到杆', '到杆'],
  ['已到杆', '到杆'],
  ['附近', '就近'],
  ['没有', '无'],
]);
const structureByWord = wordsOf(structureChecks, [
  ['未核查', '未核'],
  ['合格', '可用'],
  ['需加固', '加固'],
  ['不合格', '不可用'],
]);
