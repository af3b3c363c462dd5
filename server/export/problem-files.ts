// The problem list as rows of a workbook. No contacts, no coordinates.
import type { ProblemJson } from '../contract/problems.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const dayIn = (iso: string | null): string | null =>
  iso === null ? null : new Date(iso).toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });

const columns: readonly (readonly [header: string, width: number, value: (row: ProblemJson) => SheetCell])[] =
  [
    ['问题编号', 24, (row) => row.number],
    ['类别', 14, (row) => row.category],
    ['问题', 36, (row) => row.title],
    ['情况说明', 48, (row) => row.description],
    ['关联对象', 28, (row) => row.objects.map(({ name }) => name).join('、')],
    ['区县代码', 12, (row) => row.districtCode],
    ['街镇代码', 14, (row) => row.townCode],
    ['责任单位', 24, (row) => row.ownerUnit],
    ['配合单位', 28, (row) => row.coUnits.join('、')],
    ['状态', 10, (row) => row.state],
    ['督办级别', 12, (row) => row.level],
    ['提出人', 16, (row) => row.raiser],
    ['提出单位', 24, (row) => row.raiserOrganisation],
    ['提出日期', 12, (row) => dayIn(row.raisedAt)],
    ['办理时限', 12, (row) => dayIn(row.dueAt)],
    ['是否超期', 10, (row) => row.overdue],
    ['提请确认日期', 14, (row) => dayIn(row.settledAt)],
    ['销号日期', 12, (row) => dayIn(row.closedAt)],
    ['提出人确认', 12, (row) => row.confirmedByRaiser],
    ['重开次数', 10, (row) => row.reopenings],
  ];

export function problemSheet(problems: readonly ProblemJson[]): TableSheet {
  return {
    name: '问题清单',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: problems.map((row) => columns.map(([, , value]) => value(row))),
  };
}
