// Buildings from rows: outline and height in metres. Without a height the number of storeys times 3 m is taken; without
// both the height stays unknown, and the file gets one remark with the count.
import { checkArea } from '../check-geometry.ts';
import type { BuildingRow, Numbered } from '../import-types.ts';
import { parseNumber } from '../parse-number.ts';
import type { RawRow } from '../raw-table.ts';
import { headerText, type KindContext, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';

const STOREY_M = 3;
const HIGHEST_BUILDING_M = 1_000;
const MOST_STOREYS = 300;

export const makeBuildings: MakeRecords<BuildingRow> = (rows, context) => {
  const { issues } = context;
  const made: Numbered<BuildingRow>[] = [];
  for (const raw of rows) {
    const geometry = checkArea(raw, context);
    const heightM = readHeight(raw, context);
    if (!geometry || issues.rejectedRows.has(raw.row)) continue;
    const code = raw.cells.get('code');
    const id = stableId('building', code ?? geometry.coordinates);
    made.push({ row: raw.row, value: { id, heightM, geometry } });
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

/** Metres, or null when unknown; 0 is how many sources write "unknown". */
function readHeight(raw: RawRow, context: KindContext): number | null {
  const heightM = readNumber(raw, 'heightM', HIGHEST_BUILDING_M, context);
  if (heightM !== null && heightM > 0) return heightM;
  const levels = readNumber(raw, 'levels', MOST_STOREYS, context);
  return levels !== null && levels > 0 ? levels * STOREY_M : null;
}

function readNumber(
  raw: RawRow,
  field: 'heightM' | 'levels',
  highest: number,
  context: KindContext,
): number | null {
  const cell = raw.cells.get(field);
  if (cell === undefined) return null;
  const facts = { row: raw.row, field: headerText(context, field), found: cell, expected: `0…${highest}` };
  const number = parseNumber(cell);
  if (!number) context.issues.error('IMPORT_HEIGHT_TEXT', facts);
  else if (number.value < 0 || number.value > highest || /^(?:ft|feet|英尺|')/.test(number.unit)) {
    context.issues.error('IMPORT_HEIGHT_RANGE', facts);
  } else return number.value;
  return null;
}
