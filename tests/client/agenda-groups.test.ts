// The first page, as plain functions: what is taken up first, how many days are left, and that every count has its words.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages as en } from '../../client/format/messages/en/home.ts';
import { messages as zh } from '../../client/format/messages/zh/home.ts';
import { agendaGroups, daysUntil, urgencyOf } from '../../client/screens/home/agenda-groups.ts';
import type { AgendaItem } from '../../server/contract/home.ts';

const now = '2026-11-20T08:00:00.000Z';
const item = (
  kind: string,
  count: number,
  soonestDueAt: string | null,
  section: AgendaItem['section'] = 'waiting',
): AgendaItem => ({
  desk: 'claims',
  kind,
  section,
  count,
  soonestDueAt,
  path: '/claims',
});

test('what is overdue comes first, then what is due next, then the most', () => {
  const groups = agendaGroups([
    item('few', 1, null),
    item('many', 9, null),
    item('later', 2, '2026-12-20T00:00:00.000Z'),
    item('late', 3, '2026-11-01T00:00:00.000Z'),
    item('mine', 4, null, 'asked'),
  ]);
  expect(groups.map(({ section, total }) => [section, total])).toEqual([
    ['waiting', 15],
    ['due', 0],
    ['asked', 4],
  ]);
  expect(groups[0]?.agenda.map(({ kind }) => kind)).toEqual(['late', 'later', 'many', 'few']);
});

test('three days before its time something is due soon, past it overdue', () => {
  const urgency = (due: string | null) => urgencyOf({ soonestDueAt: due }, now);
  expect(urgency('2026-11-20T07:59:59.000Z')).toBe('overdue');
  expect(urgency('2026-11-20T08:00:00.000Z')).toBe('soon');
  expect(urgency('2026-11-23T08:00:00.000Z')).toBe('soon');
  expect(urgency('2026-11-23T08:00:01.000Z')).toBe('later');
  expect(urgency(null)).toBe('none');
});

test('days left go by dates, not by hours', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
  expect(daysUntil(at(20, 23), at(20, 1))).toBe(0);
  expect(daysUntil(at(21, 1), at(20, 23))).toBe(1);
  expect(daysUntil(at(19, 23), at(20, 1))).toBe(-1);
});

test('every count of every desk has its words in both languages', () => {
  const folder = new URL('../../server/store/agenda/', import.meta.url);
  const told = readdirSync(folder)
    .filter((name) => name !== 'whole-agenda.ts')
    .flatMap((name) =>
      [
        ...readFileSync(new URL(name, folder), 'utf8').matchAll(
          /\bkind: '([a-z-]+)'(?=,\s*(?:section|permission):)/g,
        ),
      ].map(([, kind]) => `${name.replace('.ts', '')}.${kind}`),
    );
  const known = (words: Readonly<Record<string, object>>) =>
    Object.entries(words).flatMap(([desk, kinds]) => Object.keys(kinds).map((kind) => `${desk}.${kind}`));
  const missing = (words: Readonly<Record<string, object>>) =>
    told.filter((each) => !known(words).includes(each));
  expect(told.length).toBeGreaterThan(10);
  expect([missing(zh.agenda), missing(en.agenda)]).toEqual([[], []]);
});
