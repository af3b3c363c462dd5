// Relocations as rows of a workbook. No coordinates.
import type { RelocationJson } from '../contract/relocations.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [
  header: string,
  width: number,
  value: (row: RelocationJson) => SheetCell,
])[] = [
  ['迁改编号', 22, (row) => row.number],
  ['项目', 32, (row) => row.project],
  ['原因', 14, (row) => row.cause],
  ['状态', 12, (row) => row.state],
  ['进入当前状态', 18, (row) => chinaMinute(row.stateSince)],
  ['区县代码', 12, (row) => row.districtCode],
  ['街镇代码', 14, (row) => row.townCode],
  ['提出单位', 24, (row) => row.owner],
  ['待拆站址数', 12, (row) => row.gate.affected],
  ['替代站址数', 12, (row) => row.gate.replacements],
  ['已就绪替代数', 14, (row) => row.gate.ready],
  ['可以拆除', 10, (row) => row.gate.open],
  ['交地时限', 12, (row) => row.dueOn],
  ['拆除日期', 12, (row) => row.removedOn],
  ['补偿（元）', 14, (row) => row.compensationCny],
  ['补偿说明', 30, (row) => row.compensationNote],
  ['例外放行理由', 36, (row) => row.override?.reason ?? null],
  ['例外放行时间', 18, (row) => chinaMinute(row.override?.at ?? null)],
  ['备注', 36, (row) => row.remark],
];

export function relocationSheet(relocations: readonly RelocationJson[]): TableSheet {
  return {
    name: '迁改',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: relocations.map((row) => columns.map(([, , value]) => value(row))),
  };
}
