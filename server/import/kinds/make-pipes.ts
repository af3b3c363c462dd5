// Pipes and conduits (通信管道) from rows: lines with name, kind, owner and number of ducts.
import { checkLines } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import type { ImportField } from '../headers.ts';
import type { Numbered, PipeRow } from '../import-types.ts';
import { parseNumber } from '../parse-number.ts';
import { headerText, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';

export const makePipes: MakeRecords<PipeRow> = (rows, context) => {
  const { issues } = context;
  const made: Numbered<PipeRow>[] = [];
  for (const raw of rows) {
    const text = (field: ImportField): string => checkText(raw, field, headerText(context, field), issues);
    const geometry = checkLines(raw, context);
    const [code, name, owner] = [text('code'), text('name'), text('owner')];
    const kind = text('kind') || text('resourceType') || '通信管道';
    const cell = raw.cells.get('ducts');
    const ducts = cell === undefined ? null : (parseNumber(cell)?.value ?? Number.NaN);
    const ductsKnown = ducts !== null && Number.isInteger(ducts) && ducts >= 0 && ducts <= 1_000;
    if (ducts !== null && !ductsKnown) {
      const facts = { row: raw.row, field: headerText(context, 'ducts'), found: cell, expected: '0…1000' };
      issues.warning('IMPORT_VALUE_UNKNOWN', facts);
    }
    if (!geometry || issues.rejectedRows.has(raw.row)) continue;
    const id = code ? stableId('pipe', code) : stableId('pipe', geometry.coordinates);
    made.push({
      row: raw.row,
      value: { id, code, name, kind, owner, ducts: ductsKnown ? ducts : null, geometry },
    });
  }
  return withoutRepeats(
    made,
    (pipe) => pipe.id,
    ({ row }, other) => issues.error('IMPORT_ROW_REPEATED', { row, values: { other } }),
  );
};
