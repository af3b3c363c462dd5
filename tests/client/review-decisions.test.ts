// Decisions on the rows of a plan: the same rule as the engine's, counts that add up, a walk that loses no row.
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import {
  countDecisions,
  filterRows,
  missingInDraft,
  pendingReviews,
  previewBulk,
  reviewRequest,
  reviewRows,
  rowAt,
} from '../../client/screens/review/review-decisions.ts';
import { reviewAllowed, reviewDecisions, reviewReasonCodes } from '../../engine/index.ts';
import { newReviewSchema } from '../../server/contract/plans.ts';
import { judgement, planRow } from './plan-rows.ts';

const draft = {
  siteIds: ['s1'],
  decision: '不同意',
  reasonCode: '居民投诉风险',
  reasonText: ' 小区出入口 ',
  reviewer: ' 张工 ',
} as const;
const three = [planRow(1), planRow(2), planRow(3)];

test('a refusal needs rows, a name, a reason and a remark; an agreement only rows and a name', () => {
  expect(missingInDraft(draft)).toEqual([]);
  const empty = { siteIds: [], reasonCode: null, reasonText: ' ', reviewer: ' ' };
  expect(missingInDraft({ ...empty, decision: '退回' })).toEqual([
    'rows',
    'reviewer',
    'reasonCode',
    'reasonText',
  ]);
  expect(missingInDraft({ ...empty, decision: '同意' })).toEqual(['rows', 'reviewer']);
});

test('whatever the screen lets through, the engine allows', () => {
  const drafts = fc.record({
    siteIds: fc.constant(['s1']),
    decision: fc.constantFrom(...reviewDecisions),
    reasonCode: fc.constantFrom(null, ...reviewReasonCodes),
    reasonText: fc.string({ maxLength: 40 }),
    reviewer: fc.string({ maxLength: 20 }),
  });
  fc.assert(
    fc.property(drafts, (some) => {
      fc.pre(missingInDraft(some).length === 0);
      const { siteIds: _siteIds, ...rest } = reviewRequest(some);
      const next = { siteId: 's1', at: '2025-06-03T06:05:00Z', reasonCode: null, reasonText: '', ...rest };
      expect(reviewAllowed(null, next).ok).toBe(true);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('the request is trimmed and fits the contract; an agreement carries no reason', () => {
  const request = reviewRequest(draft);
  expect(request).toMatchObject({ reasonText: '小区出入口', reviewer: '张工' });
  expect(Check(newReviewSchema, request)).toBe(true);
  expect(reviewRequest({ ...draft, decision: '同意' })).toMatchObject({ reasonCode: null, reasonText: '' });
});

test('only new sites are reviewed, in the order of the plan, with decisions on their way laid over', () => {
  const pending = pendingReviews('p1', reviewRequest({ ...draft, siteIds: ['s1'] }), '2025-06-03T06:05:00Z');
  const rows = reviewRows([planRow(2), planRow(1), planRow(0, { status: 'existing' })], pending);
  expect(rows.map((row) => [row.rank, row.review?.decision])).toEqual([
    [1, '不同意'],
    [2, undefined],
  ]);
});

test('counts by decision add up to all rows', () => {
  const someRows = fc.array(fc.constantFrom(null, ...reviewDecisions), { maxLength: 40 });
  fc.assert(
    fc.property(someRows, (judged) => {
      const rows = judged.map((decision, index) =>
        planRow(index + 1, { review: decision && judgement(`s${index + 1}`, decision) }),
      );
      const counts = countDecisions(rows);
      expect(counts.none + counts.同意 + counts.退回 + counts.不同意).toBe(counts.all);
      for (const filter of ['none', ...reviewDecisions] as const) {
        expect(filterRows(rows, filter)).toHaveLength(counts[filter]);
      }
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('the first step leads to the first row, and the ends hold', () => {
  expect(rowAt(three, { siteId: null, index: 0 }, 1)).toEqual({ siteId: 's1', index: 0 });
  expect(rowAt(three, { siteId: 's1', index: 0 }, 1)).toEqual({ siteId: 's2', index: 1 });
  expect(rowAt(three, { siteId: 's3', index: 2 }, 1)).toEqual({ siteId: 's3', index: 2 });
  expect(rowAt(three, { siteId: 's1', index: 0 }, -1)).toEqual({ siteId: 's1', index: 0 });
  expect(rowAt([], { siteId: 's1', index: 0 }, 1)).toBeNull();
});

test('when the filter takes the decided row away, the next step does not jump over a row', () => {
  const left = [three[0]!, three[2]!];
  expect(rowAt(left, { siteId: 's2', index: 1 }, 1)).toEqual({ siteId: 's3', index: 1 });
  expect(rowAt(left, { siteId: 's2', index: 1 }, -1)).toEqual({ siteId: 's1', index: 0 });
});

test('the preview of many tells cost, replaced and unchanged judgements', () => {
  const rows = [
    planRow(1, { review: judgement('s1', '同意') }),
    planRow(2, { review: judgement('s2', '不同意') }),
    planRow(3),
  ];
  expect(previewBulk(rows, ['s1', 's2', 's3', 'gone'], '不同意')).toEqual({
    rows: 3,
    costCny: 105_000,
    overturned: 1,
    unchanged: 1,
  });
});
