// Buildings from rows: outline and height in metres. Without a height the number of storeys times 3 m is taken; without
// both the height stays unknown. Feet are converted. Both give the file one remark with the count.
import { checkArea } from '../check-geometry.ts';
import { isFeetHeader } from '../headers.ts';
import type { BuildingRow, Numbered } from '../import-types.ts';
import { isFeetUnit, METRES_PER_FOOT, parseNumber } from '../parse-number.ts';
import type { RawRow } from '../raw-table.ts';
import { headerText, type KindContext, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';

const STOREY_M = 3;
const HIGHEST_BUILDING_M = 1_000;
const MOST_STOREYS = 300;

export const makeBuildings: MakeRecords<BuildingRow> = (rows, context) => {
  const { issues } = context;
  const made: Numbered<BuildingRow>[] = [];
  let inFeet = 0;
  for (const raw of rows) {
    const geometry = checkArea(raw, context);
    const { heightM, wasFeet } = readHeight(raw, context);
    if (!geometry || issues.rejectedRows.has(raw.row)) continue;
    if (wasFeet) inFeet += 1;
    const code = raw.cells.get('code');
    const id = stableId('building', code ?? geometry.coordinates);
    made.push({ row: raw.row, value: { id, heightM, geometry } });
  }
  if (inFeet > 0) {
    const field = headerText(context, 'heightM');
    const values = { count: inFeet };
    issues.warning('IMPORT_HEIGHT_FEET', { row: null, field, found: inFeet, expected: 'm', values });
  }
  const unknown = made.filter(({ value }) => value.heightM === null).length;
  if (unknown > 0) {
    const field = headerText(context, 'heightM');
    issues.warning('IMPORT_BUILDING_HEIGHT', {
      row: null,
      field,
      found: unknown,
      expected: 'm',
      values: { count: unknown },
    });
  }
  return withoutRepeats(
    made,
    (building) => building.id,
    ({ row }, other) => issues.error('IMPORT_ROW_REPEATED', { row, values: { other } }),
  );
};

interface ReadHeight {
  /** Null when unknown; 0 is how many sources write "unknown". */
  readonly heightM: number | null;
  readonly wasFeet: boolean;
}

function readHeight(raw: RawRow, context: KindContext): ReadHeight {
  const written = readNumber(raw, 'heightM', HIGHEST_BUILDING_M, context);
  if (written !== null && written.value > 0) return { heightM: written.value, wasFeet: written.wasFeet };
  const levels = readNumber(raw, 'levels', MOST_STOREYS, context);
  return { heightM: levels !== null && levels.value > 0 ? levels.value * STOREY_M : null, wasFeet: false };
}

function readNumber(
  raw: RawRow,
  field: 'heightM' | 'levels',
  highest: number,
  context: KindContext,
): { readonly value: number; readonly wasFeet: boolean } | null {
  const cell = raw.cells.get(field);
  if (cell === undefined) return null;
  const header = headerText(context, field);
  const facts = { row: raw.row, field: header, found: cell, expected: `0…${highest}` };
  const number = parseNumber(cell);
  if (!number) {
    context.issues.error('IMPORT_HEIGHT_TEXT', facts);
    return null;
  }
  const wasFeet = field === 'heightM' && (isFeetUnit(number.unit) || isFeetHeader(header));
  const value = wasFeet ? number.value * METRES_PER_FOOT : number.value;
  if (value >= 0 && value <= highest) return { value, wasFeet };
  context.issues.error('IMPORT_HEIGHT_RANGE', facts);
  return null;
}
