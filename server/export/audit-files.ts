// Records of the audit trail as rows of a workbook or of CSV. Objects, actions and roles keep the words the records hold: a record is
// what it was hashed as, and `npm run audit:verify` is asked about these very words.
import type { AuditRecordJson } from '../contract/audit.ts';
import { CSV_START, csvLine } from './csv-text.ts';
import type { TableSheet } from './make-workbook.ts';

type Cell = string | number | null;

const columns: readonly (readonly [header: string, width: number, value: (row: AuditRecordJson) => Cell])[] =
  [
    ['序号', 10, ({ seq }) => seq],
    ['时间', 26, ({ at }) => at],
    ['人员', 18, ({ accountName }) => accountName],
    ['账号编号', 38, ({ accountId }) => accountId],
    ['角色', 12, ({ role }) => role],
    ['来源地址', 18, ({ address }) => address],
    ['请求编号', 38, ({ requestId }) => requestId],
    ['动作', 16, ({ action }) => action],
    ['对象', 18, ({ object }) => object],
    ['对象编号', 38, ({ objectId }) => objectId],
    ['理由', 30, ({ reason }) => reason],
    ['之前', 50, ({ before }) => jsonCell(before)],
    ['之后', 50, ({ after }) => jsonCell(after)],
    ['哈希', 66, ({ hash }) => hash],
  ];

export function auditSheet(records: readonly AuditRecordJson[]): TableSheet {
  return {
    name: '审计记录',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: records.map(cellsOf),
  };
}

/** The first lines of a CSV file: byte order mark and headers. */
export const auditCsvHead = (): string => CSV_START + csvLine(columns.map(([header]) => header));

export const auditCsvLines = (records: readonly AuditRecordJson[]): string =>
  records.map((record) => csvLine(cellsOf(record))).join('');

const cellsOf = (record: AuditRecordJson): Cell[] => columns.map(([, , value]) => value(record));

const jsonCell = (side: unknown): string | null =>
  side === null || side === undefined ? null : JSON.stringify(side);
