// Districts from rows: outline, code (adcode) and name. They only group a plan's totals.
import { checkArea } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import type { DistrictRow, Numbered } from '../import-types.ts';
import { headerText, type MakeRecords, withoutRepeats } from './kind-context.ts';

export const makeDistricts: MakeRecords<DistrictRow> = (rows, context) => {
  const { issues } = context;
  const made: Numbered<DistrictRow>[] = [];
  for (const raw of rows) {
    const geometry = checkArea(raw, context);
    const code = checkText(raw, 'code', headerText(context, 'code'), issues);
    const name = checkText(raw, 'name', headerText(context, 'name'), issues);
    if (code === '')
      issues.error('IMPORT_CODE_MISSING', { row: raw.row, field: headerText(context, 'code') });
    if (name === '')
      issues.error('IMPORT_NAME_MISSING', { row: raw.row, field: headerText(context, 'name') });
    if (geometry && !issues.rejectedRows.has(raw.row))
      made.push({ row: raw.row, value: { code, name, geometry } });
  }
  return withoutRepeats(
    made,
    (district) => district.code,
    ({ row, value }, other) =>
      issues.error('IMPORT_CODE_REPEATED', {
        row,
        field: headerText(context, 'code'),
        found: value.code,
        values: { other },
      }),
  );
};
