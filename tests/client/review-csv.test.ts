// The review list as a file.
import { parse } from 'csv-parse/sync';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { reviewCsv } from '../../client/screens/review/review-csv.ts';
import type { SiteWords } from '../../client/screens/sites/use-site-words.ts';
import { judgement, planRow } from './plan-rows.ts';

const words: SiteWords = {
  language: 'zh-CN',
  resourceType: (code) => code,
  district: (code) => (code === '310115' ? '浦东新区' : code),
  term: (_list, value) => value ?? '—',
};
// Keys instead of sentences: the words themselves are tested in messages.test.ts.
const t = ((key: string) => key) as unknown as TFunction;

test('every row carries its figures, its hints and its judgement', () => {
  const rows = [planRow(1, { gainWeightShare: 0.012345678, review: judgement('s1', '退回') }), planRow(2)];
  const hints = new Map([
    ['s1', [{ key: 'negotiate', severity: 'low', value: null, siteId: null }] as const],
  ]);
  const [header, first, second] = parse(reviewCsv(rows, hints, words, t), { bom: true }) as string[][];
  expect(header).toHaveLength(18);
  expect(first).toEqual([
    '1',
    'C1',
    '灯杆 1',
    '路灯杆',
    '路灯所',
    '浦东新区',
    '121.41',
    '31.2',
    '8',
    '35000',
    '1.2346',
    '50',
    'review.hint.negotiate',
    '退回',
    '居民投诉风险',
    '小区出入口',
    '张工',
    '2025-06-03T06:05:00Z',
  ]);
  expect(second?.slice(12)).toEqual(['', 'none', '', '', '', '']);
});
