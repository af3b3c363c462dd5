// Demand from rows: a place or a cell of a grid, and how much is wanted there (people, traffic); one each when the file says
// nothing.
import { boxOf, type LonLat, type MultiPolygon } from '../../../engine/index.ts';
import { checkArea, checkPoint, isArea } from '../check-geometry.ts';
import type { DemandRow, Numbered } from '../import-types.ts';
import { parseNumber } from '../parse-number.ts';
import { headerText, type MakeRecords, stableId } from './kind-context.ts';

const HEAVIEST = 1e9;

export const makeDemand: MakeRecords<DemandRow> = (rows, context) => {
  const { issues, fileName } = context;
  const made: Numbered<DemandRow>[] = [];
  for (const raw of rows) {
    const cell = isArea(raw) ? checkArea(raw, context) : null;
    const position = cell ? middleOf(cell) : isArea(raw) ? null : checkPoint(raw, context)?.position;
    const text = raw.cells.get('weight');
    const weight = text === undefined ? 1 : (parseNumber(text)?.value ?? Number.NaN);
    if (!(weight >= 0 && weight <= HEAVIEST)) {
      const field = headerText(context, 'weight');
      issues.error('IMPORT_WEIGHT', { row: raw.row, field, found: text, expected: `0…${HEAVIEST}` });
    }
    if (!position || issues.rejectedRows.has(raw.row)) continue;
    // several people may want service at the same place, so the row is part of the id
    const id = stableId('demand', fileName, raw.row, position);
    made.push({ row: raw.row, value: { id, position, weight, cell } });
  }
  return made;
};

function middleOf(cell: MultiPolygon): LonLat {
  const [west, south, east, north] = boxOf(cell);
  return [(west + east) / 2, (south + north) / 2];
}
