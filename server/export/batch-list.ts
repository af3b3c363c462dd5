// Review batches as rows of a workbook: how far each one is.
import { batchDecisions } from '../../engine/index.ts';
import type { BatchJson } from '../contract/batches.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [header: string, width: number, value: (row: BatchJson) => SheetCell])[] = [
  ['批次编号', 20, (row) => row.number],
  ['标题', 36, (row) => row.title],
  ['状态', 12, (row) => row.state],
  ['区县', 16, (row) => row.districtName],
  ['申报单位', 24, (row) => row.organisation],
  ['使用运营商', 24, (row) => row.forOperators.join('、')],
  ['提交人', 14, (row) => row.submittedByName],
  ['提交时间', 18, (row) => chinaMinute(row.submittedAt)],
  ['最早到期', 18, (row) => chinaMinute(row.dueAt)],
  ['承办人', 14, (row) => row.handlerName],
  ['条数', 8, (row) => row.counts.rows],
  ...batchDecisions.map((decision) => [decision, 10, (row: BatchJson) => row.counts[decision]] as const),
  ['待定', 8, (row) => row.counts.undecided],
  ['办结人', 14, (row) => row.closedByName],
  ['办结时间', 18, (row) => chinaMinute(row.closedAt)],
];

export function batchListSheet(batches: readonly BatchJson[]): TableSheet {
  return {
    name: '批次',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: batches.map((row) => columns.map(([, , value]) => value(row))),
  };
}
