// Sites from rows: resource type, height, status and cost with the defaults of the type (domain reference 4.1, 4.2).
// A site without a code is named after its place, so importing a corrected list does not double it.
import {
  findResourceType,
  type ResourceType,
  resourceTypes,
  type SiteStatus,
} from '../../../engine/index.ts';
import type { StoredSite } from '../../store/sites.ts';
import { checkPoint } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import { type ImportField, isFeetHeader } from '../headers.ts';
import type { Numbered } from '../import-types.ts';
import { MOST_SECTORS, parseAzimuths } from '../parse-azimuths.ts';
import { isFeetUnit, parseNumber } from '../parse-number.ts';
import type { RawRow } from '../raw-table.ts';
import {
  buildModeByWord,
  freeStatusByWord,
  powerModeByWord,
  typeByWord,
  typeSuggestion,
  wordOf,
} from '../resource-words.ts';
import { headerText, type KindContext, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';
import { readWord } from './read-word.ts';

const HIGHEST_MOUNT_M = 200;
const LOWEST_MOUNT_M = 1.5;
const HIGHEST_COST_CNY = 1_000_000_000;
const STEEPEST_TILT_DEG = 30;

const statusByWord = new Map<string, SiteStatus>([
  ...(['existing', 'candidate', 'proposed', 'unavailable'] as const).map((s) => [s, s] as const),
  ...(['存量', '现网', '在用', '已建', '已开通', '开通', '建成'] as const).map(
    (w) => [w, 'existing'] as const,
  ),
  ...(['候选', '备选', '可用', '资源'] as const).map((w) => [w, 'candidate'] as const),
  ...(['拟建', '规划', '在建', '待建'] as const).map((w) => [w, 'proposed'] as const),
  ...(['不可用', '停用', '拆除', '拟拆除', '禁用'] as const).map((w) => [w, 'unavailable'] as const),
]);

export const makeSites: MakeRecords<StoredSite> = (rows, context) => {
  const defaults = noteDefaults(rows, context);
  const made: Numbered<StoredSite>[] = [];
  const placesOf = new Map<string, number>();
  for (const raw of rows) {
    const site = makeSite(raw, context, defaults);
    if (site) made.push({ row: raw.row, value: nameByPlace(site, raw, placesOf, context) });
  }
  return withoutRepeats(
    made,
    (site) => site.code,
    ({ row, value }, other) =>
      context.issues.error('IMPORT_CODE_REPEATED', {
        row,
        field: headerText(context, 'code'),
        found: value.code,
        values: { other },
      }),
  );
};

interface SiteDefaults {
  readonly type: ResourceType | null;
  readonly status: SiteStatus;
  /** Columns that are missing altogether: one remark for the file instead of one per row. */
  readonly heightColumn: boolean;
  readonly typeColumn: boolean;
}

function noteDefaults(rows: readonly RawRow[], context: KindContext): SiteDefaults {
  const { defaults, headerOf, issues } = context;
  const typeColumn = headerOf.has('resourceType') || headerOf.has('kind');
  const heightColumn = headerOf.has('heightM');
  if (!heightColumn && rows.length > 0) {
    issues.warning('IMPORT_HEIGHT_MISSING', { row: null, field: 'heightM', expected: '挂高 / height_m' });
  }
  return {
    type: findResourceType(defaults.resourceType ?? '') ?? null,
    status: defaults.status ?? 'candidate',
    heightColumn,
    typeColumn,
  };
}

function makeSite(raw: RawRow, context: KindContext, defaults: SiteDefaults): StoredSite | null {
  const { issues } = context;
  const text = (field: ImportField): string => checkText(raw, field, headerText(context, field), issues);
  const place = checkPoint(raw, context);
  const type = readType(raw, context, defaults);
  const status = readWord(raw, 'status', statusByWord, context) ?? defaults.status;
  const heightM = type && readHeight(raw, type, context, defaults);
  const costCny = type && (status === 'existing' ? 0 : readCost(raw, type, context));
  const code = text('code');
  const name = text('name');
  const owner = text('owner');
  const districtCode = text('districtCode');
  const townCode = text('townCode');
  const azimuthsDeg = readAzimuths(raw, context);
  const electricalTiltDeg = readTilt(raw, 'electricalTiltDeg', context);
  const mechanicalTiltDeg = readTilt(raw, 'mechanicalTiltDeg', context);
  if (!place || !type || heightM === null || costCny === null || issues.rejectedRows.has(raw.row))
    return null;
  return {
    id: '',
    code,
    name,
    resourceType: type.code,
    structure: type.structure,
    position: place.position,
    originalPosition: place.original,
    datum: context.datum,
    heightM,
    status,
    costCny,
    owner,
    freeStatus: readWord(raw, 'freeStatus', freeStatusByWord, context) ?? type.freeStatus,
    powerMode: readWord(raw, 'powerMode', powerModeByWord, context),
    buildMode: readWord(raw, 'buildMode', buildModeByWord, context) ?? type.buildMode,
    districtCode,
    townCode,
    azimuthsDeg,
    electricalTiltDeg,
    mechanicalTiltDeg,
    origin: 'import',
    sourceFile: context.fileName,
    sourceRow: raw.row,
  };
}

/** Gives a site without a code one from its type and place; a second one at the same place is numbered. */
function nameByPlace(
  site: StoredSite,
  raw: RawRow,
  placesOf: Map<string, number>,
  context: KindContext,
): StoredSite {
  let { code } = site;
  if (code === '') {
    const [lon, lat] = site.position;
    const place = `${site.resourceType}@${lon.toFixed(6)},${lat.toFixed(6)}`;
    const earlier = placesOf.get(place) ?? 0;
    placesOf.set(place, earlier + 1);
    code = earlier === 0 ? place : `${place}#${earlier + 1}`;
    if (earlier > 0) {
      context.issues.warning('IMPORT_PLACE_REPEATED', {
        row: raw.row,
        field: raw.geometryField,
        found: place,
      });
    }
  }
  return { ...site, code, name: site.name || code, id: stableId('site', code) };
}

function readType(raw: RawRow, context: KindContext, defaults: SiteDefaults): ResourceType | null {
  const field: ImportField = raw.cells.has('resourceType') ? 'resourceType' : 'kind';
  const found = raw.cells.get(field);
  const known = found === undefined ? undefined : findResourceType(typeByWord.get(wordOf(found)) ?? found);
  if (known) return known;
  const facts = {
    row: raw.row,
    field: headerText(context, field),
    found,
    expected: '路灯杆, 交通信号杆, 政府机关, …',
  };
  if (defaults.type) {
    // a chosen default for a file without the column is no remark: the person just said it
    if (defaults.typeColumn) {
      context.issues.warning('IMPORT_TYPE_DEFAULTED', { ...facts, expected: defaults.type.code });
    }
    return defaults.type;
  }
  if (found === undefined) context.issues.error('IMPORT_TYPE_MISSING', facts);
  else
    context.issues.error('IMPORT_TYPE_UNKNOWN', {
      ...facts,
      values: { suggestion: typeSuggestion(found, resourceTypes) },
    });
  return null;
}

function readHeight(
  raw: RawRow,
  type: ResourceType,
  context: KindContext,
  defaults: SiteDefaults,
): number | null {
  const header = headerText(context, 'heightM');
  const cell = raw.cells.get('heightM');
  const expected = `${LOWEST_MOUNT_M}…${HIGHEST_MOUNT_M} m`;
  if (cell === undefined) {
    const heightM = context.defaults.heightM ?? type.defaultHeightM;
    if (defaults.heightColumn) {
      context.issues.warning('IMPORT_HEIGHT_MISSING', {
        row: raw.row,
        field: header,
        expected: `${heightM} m`,
      });
    }
    return heightM;
  }
  const number = parseNumber(cell);
  if (!number) {
    context.issues.error('IMPORT_HEIGHT_TEXT', { row: raw.row, field: header, found: cell, expected });
    return null;
  }
  const inFeet = isFeetUnit(number.unit) || isFeetHeader(header);
  if (inFeet || number.value < LOWEST_MOUNT_M || number.value > HIGHEST_MOUNT_M) {
    context.issues.error('IMPORT_HEIGHT_RANGE', { row: raw.row, field: header, found: cell, expected });
    return null;
  }
  return number.value;
}

/** Null without a cell: the site has what the equipment has. */
function readAzimuths(raw: RawRow, context: KindContext): number[] | null {
  const cell = raw.cells.get('azimuthsDeg');
  if (cell === undefined) return null;
  const azimuths = parseAzimuths(cell);
  if (azimuths) return azimuths;
  const field = headerText(context, 'azimuthsDeg');
  const expected = `0/120/240 (0…360°, 1…${MOST_SECTORS})`;
  context.issues.error('IMPORT_AZIMUTH', { row: raw.row, field, found: cell, expected });
  return null;
}

function readTilt(
  raw: RawRow,
  field: 'electricalTiltDeg' | 'mechanicalTiltDeg',
  context: KindContext,
): number | null {
  const cell = raw.cells.get(field);
  if (cell === undefined) return null;
  const number = parseNumber(cell);
  if (number && /^(°|度|deg)?$/.test(number.unit) && Math.abs(number.value) <= STEEPEST_TILT_DEG)
    return number.value;
  const expected = `-${STEEPEST_TILT_DEG}…${STEEPEST_TILT_DEG}°`;
  context.issues.error('IMPORT_TILT', {
    row: raw.row,
    field: headerText(context, field),
    found: cell,
    expected,
  });
  return null;
}

function readCost(raw: RawRow, type: ResourceType, context: KindContext): number | null {
  const cell = raw.cells.get('costCny');
  if (cell === undefined) return type.defaultCostCny;
  const header = headerText(context, 'costCny');
  const number = parseNumber(cell);
  const inTenThousands = /万/.test(header) || /^万/.test(number?.unit ?? '');
  const yuan = Math.round((number?.value ?? Number.NaN) * (inTenThousands ? 10_000 : 1));
  if (yuan >= 0 && yuan <= HIGHEST_COST_CNY) return yuan;
  const expected = `0…${HIGHEST_COST_CNY} 元`;
  context.issues.error('IMPORT_COST_TEXT', { row: raw.row, field: header, found: cell, expected });
  return null;
}
