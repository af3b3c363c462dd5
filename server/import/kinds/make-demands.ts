// Demands from rows (domain reference 4.3, 4.7): at the least a place and an operator. Every cell that cannot be read is an issue; what
// says nothing is unknown, and a radius nobody names is the usual one of the scenario.
import {
  type DemandForm,
  demandForms,
  demandReasons,
  demandScenarios,
  usualSearchRadiusM,
} from '../../../engine/index.ts';
import type { ImportedDemand } from '../../store/imported-demands.ts';
import { checkPoint } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import { type ImportField, isFeetHeader } from '../headers.ts';
import type { Numbered } from '../import-types.ts';
import { MOST_SECTORS, parseAzimuths } from '../parse-azimuths.ts';
import { isFeetUnit, parseNumber } from '../parse-number.ts';
import type { RawRow } from '../raw-table.ts';
import { wordOf, wordsOf } from '../resource-words.ts';
import { headerText, type KindContext, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';
import { isUnknown, partsOf, readDate } from './read-cell.ts';
import { readWord } from './read-word.ts';

export const makeDemands: MakeRecords<ImportedDemand> = (rows, context) => {
  const made: Numbered<ImportedDemand>[] = [];
  const namesTaken = new Map<string, number>();
  for (const raw of rows) {
    const demand = makeDemand(raw, context);
    if (demand) made.push({ row: raw.row, value: named(demand, namesTaken) });
  }
  return withoutRepeats(
    made,
    ({ operator, code }) => JSON.stringify([operator, code]),
    ({ row, value }, other) =>
      context.issues.error('IMPORT_CODE_REPEATED', {
        row,
        field: headerText(context, 'code'),
        found: value.code,
        values: { other },
      }),
  );
};

function makeDemand(raw: RawRow, context: KindContext): ImportedDemand | null {
  const { issues } = context;
  const cellOf = (field: ImportField): string => checkText(raw, field, headerText(context, field), issues);
  const known = (field: ImportField): string | null => (isUnknown(cellOf(field)) ? null : cellOf(field));
  const operator = known('operator');
  if (operator === null)
    issues.error('IMPORT_OPERATOR_MISSING', { row: raw.row, field: headerText(context, 'operator') });
  const point = checkPoint(raw, context);
  const scenario = readWord(raw, 'scenario', scenarioByWord, context);
  const radius = readMetres(raw, 'searchRadiusM', 10, 20_000, context);
  const demand = {
    code: known('code') ?? '',
    name: known('name'),
    batch: known('batch'),
    scenario,
    districtCode: known('districtCode'),
    townCode: known('townCode'),
    searchRadiusM: radius ?? usualSearchRadiusM(scenario),
    band: known('band'),
    form: readWord(raw, 'form', formByWord, context),
    wantHeightM: readMetres(raw, 'wantHeightM', 0.1, 1000, context),
    azimuthsDeg: readAzimuths(raw, context),
    reason: readWord(raw, 'reason', reasonByWord, context),
    tags: partsOf(known('tags')),
    priority: readPriority(raw, context),
    wantDate: readDate(raw, 'wantDate', context),
    shareable: readYesNo(raw, context),
    keyArea: known('keyArea'),
    note: known('note'),
    sourceFile: context.fileName,
    sourceRow: raw.row,
  };
  if (!point || operator === null || issues.rejectedRows.has(raw.row)) return null;
  const place = { position: point.position, original: point.original, datum: context.datum };
  return { ...demand, operator, place };
}

/** What comes without a code is named after who wants it, where and in which band; a second one of the same name is numbered. */
function named(demand: ImportedDemand, taken: Map<string, number>): ImportedDemand {
  if (demand.code !== '') return demand;
  const base = stableId('需求', demand.operator, demand.place.position, demand.band, demand.form);
  const earlier = taken.get(base) ?? 0;
  taken.set(base, earlier + 1);
  return { ...demand, code: earlier === 0 ? base : `${base}#${earlier + 1}` };
}

function readMetres(
  raw: RawRow,
  field: 'searchRadiusM' | 'wantHeightM',
  least: number,
  most: number,
  context: KindContext,
): number | null {
  const cell = raw.cells.get(field);
  if (cell === undefined || isUnknown(cell)) return null;
  const header = headerText(context, field);
  const number = parseNumber(cell);
  const isMetric = !isFeetHeader(header) && /^(?:m|米|公尺|km|公里|千米)?$/.test(number?.unit ?? '');
  if (number && isMetric && !isFeetUnit(number.unit)) {
    const metres = number.value * (/^(?:km|公里|千米)$/.test(number.unit) ? 1000 : 1);
    if (metres >= least && metres <= most) return metres;
  }
  const expected = `${least}…${most} m`;
  context.issues.error('IMPORT_NUMBER', {
    row: raw.row,
    field: header,
    found: cell,
    expected,
    values: { expected },
  });
  return null;
}

function readAzimuths(raw: RawRow, context: KindContext): number[] | null {
  const cell = raw.cells.get('azimuthsDeg');
  if (cell === undefined || isUnknown(cell)) return null;
  const azimuths = parseAzimuths(cell);
  if (azimuths) return azimuths;
  const facts = { row: raw.row, field: headerText(context, 'azimuthsDeg'), found: cell };
  context.issues.error('IMPORT_AZIMUTH', { ...facts, expected: `0…360, ≤ ${MOST_SECTORS}` });
  return null;
}

/** 1 to 5, or high, middle and low as people write it; an unknown word is a remark and null. */
function readPriority(raw: RawRow, context: KindContext): number | null {
  const cell = raw.cells.get('priority');
  if (cell === undefined || isUnknown(cell)) return null;
  const level = Number(/^(?:p|第)?([1-5])级?$/.exec(wordOf(cell))?.[1] ?? Number.NaN);
  if (!Number.isNaN(level)) return level;
  const word = readWord(raw, 'priority', priorityByWord, context);
  return word === null ? null : Number(word);
}

function readYesNo(raw: RawRow, context: KindContext): boolean | null {
  const cell = raw.cells.get('shareable');
  if (cell === undefined || isUnknown(cell)) return null;
  const word = readWord(raw, 'shareable', shareableByWord, context);
  return word === null ? null : word === '是';
}

const scenarioByWord = wordsOf(demandScenarios, [
  ['主城区', '密集城区'],
  ['高密区', '密集城区'],
  ['城区', '一般城区'],
  ['铁路', '高铁'],
  ['高速公路', '高速'],
  ['室分', '室内'],
]);
const formByWord = wordsOf<DemandForm>(demandForms, [
  ['宏基站', '宏站'],
  ['macro', '宏站'],
  ['微基站', '微站'],
  ['小站', '微站'],
  ['micro', '微站'],
  ['灯杆站', '杆站'],
  ['pole', '杆站'],
  ['室内分布', '室分'],
  ['indoor', '室分'],
]);
const reasonByWord = wordsOf(demandReasons, [
  ['覆盖', '弱覆盖'],
  ['覆盖补盲', '弱覆盖'],
  ['补盲', '弱覆盖'],
  ['扩容', '容量'],
  ['用户投诉', '投诉'],
  ['拆迁', '拆迁补点'],
  ['指标', '指标保障'],
]);
const priorityByWord = wordsOf(['1', '3', '5'] as const, [
  ['高', '1'],
  ['紧急', '1'],
  ['high', '1'],
  ['中', '3'],
  ['一般', '3'],
  ['medium', '3'],
  ['低', '5'],
  ['low', '5'],
]);
const shareableByWord = wordsOf(['是', '否'] as const, [
  ['共享', '是'],
  ['可共享', '是'],
  ['yes', '是'],
  ['true', '是'],
  ['不共享', '否'],
  ['独享', '否'],
  ['no', '否'],
  ['false', '否'],
]);
