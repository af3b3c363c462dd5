// A plan as a workbook: its sites, and in a plan for several operators what each reaches and pays.
import { planTable, type Site } from '../../engine/index.ts';
import type { OperatorTotalJson, PlanSummaryJson } from '../contract/plans.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const WIDTH = 14;

type Rows = Parameters<typeof planTable>[0];

export function planSheets(
  { sharing }: Pick<PlanSummaryJson, 'sharing'>,
  rows: Rows,
  sites: readonly Site[],
): TableSheet[] {
  const table = planTable(rows, sites);
  const columns = table.head.map((header) => ({ header, width: WIDTH }));
  const listed: TableSheet = { name: '站址', columns, rows: table.rows };
  return sharing ? [listed, operatorSheet(sharing.operators)] : [listed];
}

interface Column {
  readonly header: string;
  readonly value: (total: OperatorTotalJson) => SheetCell;
}

const percent = (share: number): number => Number((100 * share).toFixed(2));

const columns: readonly Column[] = [
  { header: '运营商', value: ({ name }) => name },
  { header: '设备', value: ({ profileId }) => profileId },
  { header: '目标(%)', value: ({ targetShare }) => percent(targetShare) },
  { header: '覆盖(%)', value: ({ coveredShare }) => percent(coveredShare) },
  { header: '现有覆盖(%)', value: ({ existingShare }) => percent(existingShare) },
  { header: '新站', value: ({ sites }) => sites },
  { header: '其中共址', value: ({ sharedSites }) => sharedSites },
  { header: '出资(元)', value: ({ costCny }) => costCny },
  { header: '不共享(元)', value: ({ listPriceCny }) => listPriceCny },
  { header: '单独规划(元)', value: ({ aloneCostCny }) => aloneCostCny },
];

const operatorSheet = (totals: readonly OperatorTotalJson[]): TableSheet => ({
  name: '运营商',
  columns: columns.map(({ header }) => ({ header, width: WIDTH })),
  rows: totals.map((total) => columns.map(({ value }) => value(total))),
});
