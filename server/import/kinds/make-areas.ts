// Target areas from rows: outline, name and kind. Water by any of its names becomes 水域, which every plan leaves out.
import { checkArea } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import type { AreaRow, Numbered } from '../import-types.ts';
import { headerText, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';

const DEFAULT_KIND = '一般区';
const LONGEST_KIND = 50;
const waterWords = new Set([
  ...[
    'water',
    'riverbank',
    'river',
    'lake',
    'pond',
    'basin',
    'dock',
    'canal',
    'reservoir',
    'swimming_pool',
    'ocean',
    'sea',
  ],
  ...['水域', '河流', '湖泊', '水面', '海域', '河道', '水库'],
]);

export const makeAreas: MakeRecords<AreaRow> = (rows, context) => {
  const { issues, defaults, fileName } = context;
  const made: Numbered<AreaRow>[] = [];
  for (const raw of rows) {
    const geometry = checkArea(raw, context);
    const name = checkText(raw, 'name', headerText(context, 'name'), issues);
    const written =
      checkText(raw, 'kind', headerText(context, 'kind'), issues) ||
      checkText(raw, 'resourceType', headerText(context, 'resourceType'), issues);
    if (!geometry || issues.rejectedRows.has(raw.row)) continue;
    const kind = waterWords.has(written.toLowerCase())
      ? '水域'
      : written.slice(0, LONGEST_KIND) || defaults.areaKind || DEFAULT_KIND;
    const id = stableId('area', geometry.coordinates, name, kind);
    made.push({
      row: raw.row,
      value: { id, name: name || `${kind} ${raw.row}`, kind, geometry, sourceFile: fileName },
    });
  }
  return withoutRepeats(
    made,
    (area) => area.id,
    ({ row }, other) => issues.error('IMPORT_ROW_REPEATED', { row, values: { other } }),
  );
};
