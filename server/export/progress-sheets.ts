// The progress report as a workbook: the basis of counting stands in it, because a figure without it means nothing.
import type { ProgressJson } from '../contract/progress.ts';
import type { TableSheet } from './make-workbook.ts';

const unitWords = { physical: '物理站址', logical: '逻辑基站（按运营商）', shared: '共享去重（承建方计一）' };
const formWords = { macro: '室外宏', pole: '室外微与杆', outdoor: '室外', indoor: '室内', all: '全部' };
const stages = [
  ['listed', '列入计划'],
  ['built', '建成'],
  ['onAir', '开通'],
  ['accepted', '验收'],
] as const;

export function progressSheets({ basis, rows, total, overrides }: ProgressJson): TableSheet[] {
  const figures = (row: ProgressJson['total']) => [
    ...stages.flatMap(([stage]) => [row[stage].total, row[stage].added]),
    row.standing,
  ];
  return [
    {
      name: '进度',
      columns: [
        { header: '区县', width: 14 },
        { header: '街镇', width: 18 },
        ...stages.flatMap(([, word]) => [
          { header: `${word}（期末累计）`, width: 18 },
          { header: `${word}（期内新增）`, width: 18 },
        ]),
        { header: '存量站址', width: 12 },
      ],
      rows: [
        ...rows.map((row) => [
          row.districtName || row.districtCode,
          row.townName || row.townCode,
          ...figures(row),
        ]),
        ['合计', '', ...figures(total)],
      ],
    },
    {
      name: '口径',
      columns: [
        { header: '项目', width: 16 },
        { header: '取值', width: 60 },
      ],
      rows: [
        ['单位', unitWords[basis.unit]],
        ['形态', formWords[basis.form]],
        ['期间', `${basis.from} 至 ${basis.to}`],
        ['时点', `${basis.to} 期末`],
        ['存量站址', '未经本系统流程而已在用的物理站址，无开通日期，不计入以上各列'],
      ],
    },
    {
      name: '先建后拆例外',
      columns: [
        { header: '编号', width: 24 },
        { header: '项目', width: 30 },
        { header: '时间', width: 26 },
        { header: '批准人', width: 16 },
        { header: '理由', width: 60 },
      ],
      rows: overrides.map(({ number, project, at, by, reason }) => [number, project, at, by, reason]),
    },
  ];
}
