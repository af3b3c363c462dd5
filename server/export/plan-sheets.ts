// A plan as a workbook: its sites, in a plan for several operators what each reaches and pays, and what the plan is to the office.
import { planTable, type Site } from '../../engine/index.ts';
import type { OperatorTotalJson, PlanJson, PlanSummaryJson } from '../contract/plans.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const WIDTH = 14;

type Rows = Parameters<typeof planTable>[0];

export function planSheets(
  {
    summary: { sharing },
    ...plan
  }: Pick<PlanJson, 'name' | 'fingerprint' | 'office'> & {
    readonly summary: Pick<PlanSummaryJson, 'sharing'>;
  },
  rows: Rows,
  sites: readonly Site[],
): TableSheet[] {
  const table = planTable(rows, sites);
  const columns = table.head.map((header) => ({ header, width: WIDTH }));
  const listed: TableSheet = { name: '站址', columns, rows: table.rows };
  return [listed, ...(sharing ? [operatorSheet(sharing.operators)] : []), officeSheet(plan)];
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

const officeSheet = ({
  name,
  fingerprint,
  office,
}: Pick<PlanJson, 'name' | 'fingerprint' | 'office'>): TableSheet => ({
  name: '方案',
  columns: ['方案', '类型', '办理状态', '批复文号', '生效日期', '指纹'].map((header) => ({
    header,
    width: header === '方案' || header === '指纹' ? 2 * WIDTH : WIDTH,
  })),
  rows: [[name, office.type, office.state, office.documentNo, office.effectiveOn, fingerprint]],
});
