// Resources as rows of a workbook and as GeoJSON features. The headers are those an import reads, so a file that was taken along
// and filled in comes back. No contacts: a resource here has none.
import type { ResourceJson } from '../contract/resources.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [
  header: string,
  width: number,
  value: (row: ResourceJson) => SheetCell,
])[] = [
  ['资源编码', 22, (row) => row.code],
  ['资源名称', 24, (row) => row.name],
  ['资源状态', 12, (row) => row.state],
  ['资源类型', 14, (row) => row.resourceType],
  ['地址', 32, (row) => row.address],
  ['经度', 14, (row) => row.position?.[0] ?? null],
  ['纬度', 14, (row) => row.position?.[1] ?? null],
  ['定位方式', 10, (row) => row.locationQuality],
  ['区县代码', 12, (row) => row.districtCode],
  ['街镇代码', 14, (row) => row.townCode],
  ['居委会', 18, (row) => row.committees.join('、')],
  ['产权单位', 24, (row) => row.owner],
  ['产权类型', 12, (row) => row.ownerType],
  ['产权确认时间', 18, (row) => chinaMinute(row.ownerConfirmedAt)],
  ['是否免费', 12, (row) => row.freeStatus],
  ['年租金(元/年)', 14, (row) => row.feeCnyPerYear],
  ['收费标准', 20, (row) => row.feeBasis],
  ['白名单', 8, (row) => row.whitelisted],
  ['目录期号', 18, (row) => row.directoryNumber],
  ['总高(米)', 10, (row) => row.totalHeightM],
  ['挂高(米)', 14, (row) => row.mountHeightsM?.join('/') ?? null],
  ['承重(千克)', 12, (row) => row.loadKg],
  ['可用数量', 10, (row) => row.slots],
  ['供电方式', 10, (row) => row.powerMode],
  ['引电距离(米)', 14, (row) => row.powerDistanceM],
  ['供电容量(kVA)', 14, (row) => row.powerKva],
  ['电价(元/度)', 12, (row) => row.powerPriceCnyPerKwh],
  ['光缆', 8, (row) => row.fibre],
  ['管道距离(米)', 14, (row) => row.ductDistanceM],
  ['机房', 16, (row) => row.roomRef],
  ['结构核查', 10, (row) => row.structureCheck],
  ['景观要求', 20, (row) => row.appearanceRequirement],
  ['现有系统', 20, (row) => row.existingSystems?.join('、') ?? null],
  ['限制因素', 20, (row) => row.constraintFlags.join('、')],
  ['勘察日期', 12, (row) => row.surveyDate],
  ['勘察人', 12, (row) => row.surveyor],
  ['有效期起', 12, (row) => row.validFrom],
  ['有效期止', 12, (row) => row.validTo],
  ['造价(元)', 12, (row) => row.costCny],
  ['建设方式', 12, (row) => row.buildMode],
  ['照片(张)', 10, (row) => row.photos],
];

export function resourceSheet(resources: readonly ResourceJson[]): TableSheet {
  return {
    name: '资源库',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: resources.map((row) => columns.map(([, , value]) => value(row))),
  };
}

/** Without a geometry while it waits for its place. */
export function resourceFeature({ position, ...properties }: ResourceJson): object {
  const geometry = position && { type: 'Point', coordinates: position };
  return { type: 'Feature', id: properties.id, geometry, properties };
}
