// A published directory as a workbook (the rows, and what changed since the one before) and as GeoJSON.
import type {
  DirectoryDiffJson,
  DirectoryJson,
  DirectoryRowJson,
  ListedRowJson,
} from '../contract/directories.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const columns: readonly (readonly [
  header: string,
  width: number,
  value: (row: DirectoryRowJson) => SheetCell,
])[] = [
  ['资源编码', 22, (row) => row.code],
  ['资源名称', 24, (row) => row.name],
  ['资源类型', 14, (row) => row.resourceType],
  ['地址', 32, (row) => row.address],
  ['经度', 14, (row) => row.position[0] ?? null],
  ['纬度', 14, (row) => row.position[1] ?? null],
  ['区县代码', 12, (row) => row.districtCode],
  ['街镇代码', 14, (row) => row.townCode],
  ['产权单位', 24, (row) => row.owner],
  ['产权类型', 12, (row) => row.ownerType],
  ['是否免费', 12, (row) => row.freeStatus],
  ['年租金(元/年)', 14, (row) => row.feeCnyPerYear],
  ['收费标准', 20, (row) => row.feeBasis],
  ['白名单', 8, (row) => row.whitelisted],
  ['总高(米)', 10, (row) => row.totalHeightM],
  ['挂高(米)', 14, (row) => row.mountHeightsM?.join('/') ?? null],
  ['承重(千克)', 12, (row) => row.loadKg],
  ['可用数量', 10, (row) => row.slots],
  ['供电方式', 10, (row) => row.powerMode],
  ['光缆', 8, (row) => row.fibre],
  ['结构核查', 10, (row) => row.structureCheck],
  ['景观要求', 20, (row) => row.appearanceRequirement],
  ['限制因素', 20, (row) => row.constraintFlags.join('、')],
  ['有效期起', 12, (row) => row.validFrom],
  ['有效期止', 12, (row) => row.validTo],
];

const changeWords = { added: '新增', removed: '移出', changed: '变更', unchanged: '不变' } as const;

/** Rows as they were published, or those of a filter, which carry what they are against the one before. */
type ExportedRow = DirectoryRowJson | ListedRowJson;

export function directorySheets(
  { number, districtCode, publishedAt, publisher, note }: DirectoryJson,
  rows: readonly ExportedRow[],
  diff: DirectoryDiffJson,
  isPart: boolean,
): TableSheet[] {
  const total = diff.added + diff.changed + diff.unchanged;
  const facts: readonly (readonly [string, SheetCell])[] = [
    ['期号', number],
    ['区县代码', districtCode],
    ['发布时间', publishedAt],
    ['发布人', publisher],
    ['说明', note],
    ['资源数', total],
    ...(isPart ? [['本表为筛选结果，行数', rows.length] as const] : []),
    ['对比上一期', diff.against ?? '首期'],
    ['新增', diff.added],
    ['移出', diff.removed],
    ['变更', diff.changed],
  ];
  return [
    {
      name: '资源开放目录',
      columns: [
        { header: '序号', width: 8 },
        ...columns.map(([header, width]) => ({ header, width })),
        ...(isPart ? [{ header: '与上一期相比', width: 12 }] : []),
      ],
      rows: rows.map((row, index) => [
        index + 1,
        ...columns.map(([, , value]) => value(row)),
        ...('change' in row ? [changeWords[row.change]] : []),
      ]),
    },
    {
      name: '与上一期对比',
      columns: [
        { header: '变化', width: 8 },
        { header: '资源编码', width: 22 },
        { header: '资源名称', width: 24 },
        { header: '字段', width: 18 },
        { header: '原值', width: 24 },
        { header: '现值', width: 24 },
      ],
      rows: diff.rows.flatMap(({ change, code, name, fields }): SheetCell[][] =>
        fields.length === 0
          ? [[changeWords[change], code, name, null, null, null]]
          : fields.map(({ field, before, after }) => [
              changeWords[change],
              code,
              name,
              field,
              cellText(before),
              cellText(after),
            ]),
      ),
    },
    {
      name: '发布信息',
      columns: [
        { header: '项目', width: 16 },
        { header: '内容', width: 40 },
      ],
      rows: facts,
    },
  ];
}

const cellText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export function directoryGeojson(directory: DirectoryJson, rows: readonly ExportedRow[]): string {
  const features = rows.map((row) => {
    const { position, ...told } = row;
    // what changed is the workbook's, and who may read the library nobody else's business
    const {
      fields: _fields,
      inLibrary: _inLibrary,
      ...properties
    } = { fields: [], inLibrary: false, ...told };
    return JSON.stringify({
      type: 'Feature',
      id: properties.resourceId,
      geometry: { type: 'Point', coordinates: position },
      properties,
    });
  });
  const { number, districtCode, publishedAt } = directory;
  const head = JSON.stringify({ number, districtCode, publishedAt }).slice(1, -1);
  return `{"type":"FeatureCollection",${head},"features":[\n${features.join(',\n')}\n]}\n`;
}
