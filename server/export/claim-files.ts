// Claims as rows of a workbook, with the rule of those that were not won.
import type { ClaimJson } from '../contract/claims.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [header: string, width: number, value: (row: ClaimJson) => SheetCell])[] = [
  ['资源编码', 22, ({ resource }) => resource.code],
  ['资源名称', 24, ({ resource }) => resource.name],
  ['资源类型', 14, ({ resource }) => resource.resourceType],
  ['资源状态', 12, ({ resource }) => resource.state],
  ['产权单位', 20, ({ resource }) => resource.owner],
  ['区县代码', 12, (row) => row.districtCode],
  ['街镇代码', 14, (row) => row.townCode],
  ['铁塔公司', 18, (row) => row.company],
  ['运营商', 18, (row) => row.operators.join('、')],
  ['状态', 10, (row) => row.state],
  ['位置数', 8, (row) => row.slots],
  ['承重（kg）', 12, (row) => row.loadKg],
  ['供电容量（kVA）', 14, (row) => row.powerKva],
  ['提交时间', 18, (row) => chinaMinute(row.submittedAt)],
  ['持有时间', 18, (row) => chinaMinute(row.heldAt)],
  ['到期时间', 18, (row) => chinaMinute(row.until)],
  ['结束时间', 18, (row) => chinaMinute(row.endedAt)],
  ['延长次数', 10, (row) => row.extensions],
  ['重点区域时限', 14, (row) => row.keyAreaDeadline],
  ['服务需求数', 12, (row) => row.demandIds.length],
  ['承诺开通日期', 14, (row) => row.onAirBy],
  ['规则', 24, (row) => row.explanation?.rule ?? null],
  ['说明', 48, (row) => row.explanation?.zh ?? null],
  ['越过规则的理由', 30, (row) => row.override?.reason ?? null],
  ['结束原因', 30, (row) => row.endReason],
];

export function claimSheet(claims: readonly ClaimJson[]): TableSheet {
  return {
    name: '认领',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: claims.map((row) => columns.map(([, , value]) => value(row))),
  };
}
