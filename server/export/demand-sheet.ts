// Demands as rows of a workbook. The headers are those an import reads, so a file that was taken along and filled in comes back.
import type { DemandJson } from '../contract/demands.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [header: string, width: number, value: (row: DemandJson) => SheetCell])[] =
  [
    ['需求编码', 22, (row) => row.code],
    ['需求名称', 24, (row) => row.name],
    ['需求批次', 16, (row) => row.batch],
    ['需求运营商', 16, (row) => row.operator],
    ['共享运营商', 18, (row) => row.jointOperators.join('、')],
    ['需求状态', 12, (row) => row.state],
    ['覆盖场景', 12, (row) => row.scenario],
    ['经度', 14, (row) => row.position[0] ?? null],
    ['纬度', 14, (row) => row.position[1] ?? null],
    ['区县代码', 12, (row) => row.districtCode],
    ['街镇代码', 14, (row) => row.townCode],
    ['搜索半径(米)', 14, (row) => row.searchRadiusM],
    ['频段', 12, (row) => row.band],
    ['站型', 10, (row) => row.form],
    ['挂高(米)', 10, (row) => row.wantHeightM],
    ['方位角', 14, (row) => row.azimuthsDeg?.join('/') ?? null],
    ['需求原因', 12, (row) => row.reason],
    ['标签', 18, (row) => row.tags.join('、')],
    ['优先级', 8, (row) => row.priority],
    ['期望日期', 12, (row) => row.wantDate],
    ['是否共享', 10, (row) => (row.shareable === null ? null : row.shareable ? '是' : '否')],
    ['重点区域', 18, (row) => row.keyArea],
    ['备注', 24, (row) => row.note],
    ['所选资源编码', 22, (row) => row.resourceCode],
  ];

export function demandSheet(demands: readonly DemandJson[]): TableSheet {
  return {
    name: '需求库',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: demands.map((row) => columns.map(([, , value]) => value(row))),
  };
}
