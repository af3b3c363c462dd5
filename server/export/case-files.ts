// Cases as rows of a workbook.
import type { CaseJson } from '../contract/cases.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [header: string, width: number, value: (row: CaseJson) => SheetCell])[] = [
  ['办理编号', 20, (row) => row.number],
  ['状态', 12, (row) => row.state],
  ['进入状态时间', 22, (row) => row.stateSince],
  ['站址编码', 22, (row) => row.siteCode],
  ['站址名称', 24, (row) => row.siteName],
  ['经度', 14, (row) => row.position?.[0] ?? null],
  ['纬度', 14, (row) => row.position?.[1] ?? null],
  ['区县代码', 12, (row) => row.districtCode],
  ['街镇代码', 14, (row) => row.townCode],
  ['运营商', 16, (row) => row.operator],
  ['铁塔公司', 16, (row) => row.company],
  ['方案', 20, (row) => row.planName],
  ['列入计划时间', 18, (row) => chinaMinute(row.listedAt)],
  ['产权同意日期', 14, (row) => row.agreedOn],
  ['同意依据', 20, (row) => row.agreement],
  ['备案文号', 18, (row) => row.filingNumber],
  ['备案日期', 14, (row) => row.filedOn],
  ['开工日期', 14, (row) => row.startedOn],
  ['完工日期', 14, (row) => row.completedOn],
  ['交付确认时间', 18, (row) => chinaMinute(row.deliveryConfirmedAt)],
  ['开通日期', 14, (row) => row.onAirOn],
  ['开通依据', 24, (row) => row.onAirEvidence],
  ['验收日期', 14, (row) => row.acceptedOn],
  ['备注', 24, (row) => row.remark],
];

export function caseSheet(cases: readonly CaseJson[]): TableSheet {
  return {
    name: '站址办理',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: cases.map((row) => columns.map(([, , value]) => value(row))),
  };
}
