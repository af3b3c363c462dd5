// Comments as rows of a workbook (意见采纳情况表): what was said, by whom, and what became of it.
import type { CommentJson } from '../contract/comments.ts';
import { chinaMinute } from './china-minute.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

const nounNames = { resource: '资源', plan: '方案' } as const;

const columns: readonly (readonly [header: string, width: number, value: (row: CommentJson) => SheetCell])[] =
  [
    ['对象', 8, ({ noun }) => nounNames[noun]],
    ['名称', 32, ({ objectName }) => objectName],
    ['站址', 24, ({ siteName }) => siteName ?? ''],
    ['意见', 60, ({ body }) => body],
    ['提出单位', 24, ({ organisation }) => organisation],
    ['提出人', 16, ({ byName }) => byName],
    ['提出时间', 18, ({ at }) => chinaMinute(at)],
    ['采纳情况', 12, ({ answer }) => answer?.outcome ?? '未答复'],
    ['答复', 60, ({ answer }) => answer?.text ?? ''],
    ['答复人', 16, ({ answer }) => answer?.byName ?? ''],
    ['答复时间', 18, ({ answer }) => chinaMinute(answer?.at ?? null)],
  ];

export function commentSheet(comments: readonly CommentJson[]): TableSheet {
  return {
    name: '意见采纳情况表',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: comments.map((row) => columns.map(([, , value]) => value(row))),
  };
}
