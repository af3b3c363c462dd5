// Demand points from rows: a place and how much is wanted there (people, traffic); one each when the file says nothing.
import { checkPoint } from '../check-geometry.ts';
import type { DemandRow, Numbered } from '../import-types.ts';
import { parseNumber } from '../parse-number.ts';
import { headerText, type MakeRecords, stableId } from './kind-context.ts';

const HEAVIEST = 1e9;

export const makeDemand: MakeRecords<DemandRow> = (rows, context) => {
  const { issues, fileName } = context;
  const made: Numbered<DemandRow>[] = [];
  for (const raw of rows) {
    const place = checkPoint(raw, context);
    const cell = raw.cells.get('weight');
    const weight = cell === undefined ? 1 : (parseNumber(cell)?.value ?? Number.NaN);
    if (!(weight >= 0 && weight <= HEAVIEST)) {
      const field = headerText(context, 'weight');
      issues.error('IMPORT_WEIGHT', { row: raw.row, field, found: cell, expected: `0…${HEAVIEST}` });
    }
    if (!place || issues.rejectedRows.has(raw.row)) continue;
    // several people may want service at the same place, so the row is part of the id
    const id = stableId('demand', fileName, raw.row, place.position);
    made.push({ row: raw.row, value: { id, position: place.position, weight } });
  }
  return made;
};
