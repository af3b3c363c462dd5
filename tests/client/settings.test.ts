// Rule values and the calendar, as plain functions: every value has its words, a year is drawn as it is counted.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages as en } from '../../client/format/messages/en/settings.ts';
import { messages as zh } from '../../client/format/messages/zh/settings.ts';
import { daysBetween, monthsOf, workingDaysOf } from '../../client/screens/settings/calendar-days.ts';
import { problemCategoryOf, ruleGroups } from '../../client/screens/settings/rule-groups.ts';
import type { RuleJson } from '../../server/contract/rules.ts';

const folder = new URL('../../server/store/migrations/', import.meta.url);
const names = readdirSync(folder).flatMap((file) =>
  [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/\('([a-z]+\.[^']+)', -?\d[\d.]*, '[a-z-]+',/g),
  ].map(([, name]) => name!),
);

test('every rule value of the database has its words in both languages', () => {
  const wordOf = (words: object, path: readonly string[]): unknown =>
    path.reduce<unknown>((tree, key) => (tree as Record<string, unknown> | undefined)?.[key], words);
  expect(names.length).toBeGreaterThan(25);
  for (const { rule, category, group } of [zh, en]) {
    const unnamed = names.filter((name) => {
      const problem = problemCategoryOf(name);
      return problem === null ? wordOf(rule, name.split('.')) === undefined : !(problem in category);
    });
    expect(unnamed).toEqual([]);
    expect(names.filter((name) => !(name.split('.')[0]! in group))).toEqual([]);
  }
});

test('rule values stand by what they rule, in the order of the work', () => {
  const rule = (name: string): RuleJson => ({
    name,
    value: 1,
    unit: 'days',
    lowest: 0,
    highest: 9,
    source: 'D',
    note: '',
    updatedAt: '',
    version: 1,
  });
  const groups = ruleGroups(['zz.later', 'tower.a', 'claim.a', 'aa.later', 'claim.b'].map(rule));
  expect(groups.map(({ key, rules }) => [key, rules.length])).toEqual([
    ['claim', 2],
    ['tower', 1],
    ['aa', 1],
    ['zz', 1],
  ]);
});

test('a year is drawn from Monday, with its holidays and worked weekends', () => {
  const known = [
    { day: '2026-10-01', works: false, note: '国庆节' },
    { day: '2026-10-10', works: true, note: '调休上班' },
  ];
  const months = monthsOf(2026, known);
  const october = months[9]!;
  // the first of October 2026 is a Thursday
  expect([october.month, october.before, october.days.length]).toEqual([10, 3, 31]);
  const kindOf = (day: string) => october.days.find((each) => each.day === day)?.kind;
  expect(['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-10'].map(kindOf)).toEqual([
    'holiday',
    'plain',
    'weekend',
    'worked',
  ]);
  expect(months[1]?.days).toHaveLength(28);
  expect(monthsOf(2028, [])[1]?.days).toHaveLength(29);
  // 261 days from Monday to Friday in 2026, one less and one more
  expect(workingDaysOf(monthsOf(2026, []))).toBe(261);
  expect(workingDaysOf(months)).toBe(261);
});

test('a run of days goes over the end of a month and of a leap February', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  expect(daysBetween('2026-12-31', '2026-12-31')).toEqual(['2026-12-31']);
  expect(daysBetween('2026-12-31', '2026-12-30')).toEqual([]);
});
