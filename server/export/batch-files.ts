// What is said in the files of a closed batch, once for paper and workbook: the annex (审查意见表) with a line for every row, and the
// letter (审查意见函) that counts them. No contacts: rows have none.
import {
  type BatchDecision,
  batchDecisions,
  type RowCheckId,
  type RowCheckResult,
} from '../../engine/index.ts';
import type { BatchJson, BatchRowJson } from '../contract/batches.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';
import type { PaperDocument, PaperTable } from './pdf/draw-paper.ts';

const structureWords = { pole: '杆', roof: '楼面', tower: '塔' } as const;

const checkWords: Readonly<Record<RowCheckId, string>> = {
  'CHECK-TERRITORY': '辖区',
  'CHECK-DUPLICATE': '重复站址',
  'CHECK-CONSTRAINT': '限制因素',
  'CHECK-CONSENT': '产权同意',
  'CHECK-OPEN': '资源开放',
  'CHECK-SHARING': '共享间距',
  'CHECK-EMF': '电磁环境',
  'CHECK-EARTH-STATION': '地球站间距',
};
const resultWords: Readonly<Record<RowCheckResult, string>> = {
  pass: '通过',
  warn: '提醒',
  fail: '未过',
  unknown: '缺数据',
};

/** What did not pass, such as 未过：产权同意；缺数据：电磁环境、地球站间距. */
const checksText = ({ checks }: BatchRowJson): string =>
  (['fail', 'warn', 'unknown'] as const)
    .flatMap((wanted) => {
      const names = checks.filter(({ result }) => result === wanted).map(({ id }) => checkWords[id]);
      return names.length > 0 ? [`${resultWords[wanted]}：${names.join('、')}`] : [];
    })
    .join('；') || '全部通过';

const opinionText = ({ opinion, text }: { readonly opinion: string; readonly text: string }): string =>
  text === '' ? opinion : `${opinion}：${text}`;
const townText = ({ townOpinion }: BatchRowJson): string => (townOpinion ? opinionText(townOpinion) : '');
const departmentsText = ({ departmentOpinions }: BatchRowJson): string =>
  departmentOpinions.map((one) => `${one.department}${opinionText(one)}`).join('；');
const reasonText = ({ reasonCode, reasonText: text }: BatchRowJson): string =>
  [reasonCode ?? '', text].filter((part) => part !== '').join('：');

interface AnnexColumn {
  readonly header: string;
  /** In a workbook, characters. */
  readonly width: number;
  /** On paper, share of the line; 0: in the workbook only. */
  readonly share: number;
  readonly value: (row: BatchRowJson) => SheetCell;
}

const column = (
  header: string,
  width: number,
  share: number,
  value: (row: BatchRowJson) => SheetCell,
): AnnexColumn => ({ header, width, share, value });

const annexColumns: readonly AnnexColumn[] = [
  column('序号', 6, 3.2, ({ place }) => place),
  column('站址编码', 22, 10, ({ code }) => code),
  column('站址名称', 28, 12, ({ name }) => name),
  column('地址', 30, 0, ({ address }) => address),
  column('街镇', 14, 7, ({ townName, townCode }) => townName || townCode),
  column('经度', 14, 0, ({ position }) => position[0] ?? null),
  column('纬度', 14, 0, ({ position }) => position[1] ?? null),
  column('资源类型', 14, 7, ({ resourceType, structure }) => resourceType ?? structureWords[structure]),
  column('产权单位', 24, 0, ({ owner }) => owner),
  column('建设方式', 10, 5.5, ({ buildMode }) => buildMode),
  column('挂高(米)', 10, 4.5, ({ heightM }) => heightM),
  column('造价(元)', 12, 0, ({ costCny }) => costCny),
  column('运营商', 20, 8, ({ forOperators }) => forOperators.join('、')),
  column('自动检查', 36, 14, checksText),
  column('街镇意见', 24, 9, townText),
  column('部门意见', 36, 11, departmentsText),
  column('审查意见', 12, 6, ({ decision }) => decision),
  column('理由', 40, 13, reasonText),
  column('申报说明', 30, 0, ({ note }) => note),
  column('审查次数', 10, 0, ({ round }) => round),
  column('审查人', 14, 0, ({ decidedByName }) => decidedByName),
  column('审查时间', 22, 0, ({ decidedAt }) => (decidedAt ? chinaTime(decidedAt) : null)),
];

export function annexSheet(rows: readonly BatchRowJson[]): TableSheet {
  return {
    name: '审查意见表',
    columns: annexColumns.map(({ header, width }) => ({ header, width })),
    rows: rows.map((row) => annexColumns.map(({ value }) => value(row))),
  };
}

export function letterSheet(batch: BatchJson, rows: readonly BatchRowJson[]): TableSheet {
  const { title, number, addressee, paragraphs, office, date, copies } = letterOf(batch, rows);
  const lines: readonly (readonly [string, SheetCell])[] = [
    ['标题', title],
    ['编号', number],
    ['主送', addressee],
    ...paragraphs.map((text, index): [string, SheetCell] => [index === 0 ? '正文' : '', text]),
    ['附件', annexTitle(batch, rows)],
    ['落款', office],
    ['日期', date],
    ...(copies === '' ? [] : [['抄送', copies] as const]),
    ...batchDecisions.map((decision): [string, SheetCell] => [decision, countOf(rows, decision)]),
    ['合计', rows.length],
  ];
  return {
    name: '审查意见函',
    columns: [
      { header: '项目', width: 12 },
      { header: '内容', width: 90 },
    ],
    rows: lines,
  };
}

/** The annex by itself. */
export function annexPaper(batch: BatchJson, rows: readonly BatchRowJson[]): PaperDocument {
  const table = annexTable(batch, rows);
  return { title: table.title, madeAt: batch.closedAt ?? batch.updatedAt, letter: null, table };
}

/** The letter, and the annex behind it. */
export function letterPaper(batch: BatchJson, rows: readonly BatchRowJson[]): PaperDocument {
  const letter = letterOf(batch, rows);
  const table = annexTable(batch, rows);
  return { title: letter.title, madeAt: batch.closedAt ?? batch.updatedAt, letter, table };
}

function annexTable(batch: BatchJson, rows: readonly BatchRowJson[]): PaperTable {
  const shown = annexColumns.filter(({ share }) => share > 0);
  return {
    title: annexTitle(batch, rows),
    subtitle: `编号：${batch.number ?? ''}　　${countsText(rows)}`,
    columns: shown.map(({ header, share }) => ({ header, share })),
    rows: rows.map((row) => shown.map(({ value }) => String(value(row) ?? ''))),
    foot: '自动检查按系统内数据得出，仅供筛查；电磁环境以实测为准。',
  };
}

/** Some say in the title of a batch what it is of, some do not. */
const subjectOf = ({ title }: BatchJson): string =>
  title.includes('基站') ? title : `${title}移动通信基站选址`;

const annexTitle = (batch: BatchJson, rows: readonly BatchRowJson[]): string =>
  `${subjectOf(batch)}审查意见表（共${rows.length}个站址）`;

const countOf = (rows: readonly BatchRowJson[], decision: BatchDecision): number =>
  rows.filter((row) => row.decision === decision).length;

const countsText = (rows: readonly BatchRowJson[]): string =>
  batchDecisions.map((decision) => `${decision}${countOf(rows, decision)}个`).join('，');

/** What is done about each decision. */
const consequences: Readonly<Record<BatchDecision, string>> = {
  同意: '列入年度建设计划，请按规定办理后续手续',
  退回补正: '请按所列理由补正后重新申报',
  不同意: '请另选站址',
  转问题: '转入疑难站址问题清单协调处理',
};
/** Longer lists are left to the annex. */
const MOST_NAMED = 10;
const ordinals = ['一', '二', '三', '四'] as const;

/** Everything the letter says. */
function letterOf(batch: BatchJson, rows: readonly BatchRowJson[]): NonNullable<PaperDocument['letter']> {
  const { number, addressee, organisation, office, districtName, submittedAt, closedAt, copyTo } = batch;
  const decided = batchDecisions.filter((decision) => countOf(rows, decision) > 0);
  return {
    title: `关于${subjectOf(batch)}审查意见的函`,
    number: `编号：${number ?? ''}`,
    addressee: `${addressee || organisation}：`,
    paragraphs: [
      `你单位${submittedAt ? `于${chinaDate(submittedAt)}` : ''}申报的${subjectOf(batch)}（共${rows.length}个站址）收悉。经街镇和有关部门审查，意见函复如下：`,
      ...decided.map((decision, index) => decisionText(ordinals[index] ?? '', decision, rows)),
      '各站址的意见和理由见附件。自动检查按系统内数据得出，仅供筛查；电磁环境以实测为准。',
    ],
    annex: `附件：${annexTitle(batch, rows)}`,
    office: office || `${districtName}移动通信基站选址审查`,
    date: closedAt ? chinaDate(closedAt) : '',
    copies: copyTo.length === 0 ? '' : `${copyTo.join('，')}。`,
  };
}

function decisionText(ordinal: string, decision: BatchDecision, rows: readonly BatchRowJson[]): string {
  const concerned = rows.filter((row) => row.decision === decision);
  const words = `${ordinal}、${decision}${concerned.length}个站址，${consequences[decision]}`;
  if (decision === '同意' || concerned.length > MOST_NAMED) return `${words}。`;
  return `${words}：${concerned.map((row) => `第${row.place}号${row.name}（${reasonText(row)}）`).join('；')}。`;
}

const chinaDay = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});
const chinaMinute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** 2026年11月21日, as GB/T 9704 writes dates. */
function chinaDate(at: string): string {
  const part = Object.fromEntries(
    chinaDay.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
  );
  return `${part.year}年${part.month}月${part.day}日`;
}

/** 2026-11-21 16:30, in China. */
const chinaTime = (at: string): string => chinaMinute.format(new Date(at));
