// Reviews: what may be recorded, and which sites a re-plan leaves out.
import { expect, test } from 'vitest';
import { type Review, refusedSiteIds, reviewAllowed } from '../../../engine/index.ts';

function aReview(siteId: string, decision: Review['decision'], minute: number): Review {
  const at = `2026-05-01T08:${String(minute).padStart(2, '0')}:00Z`;
  const reasonCode = decision === '同意' ? null : '其他';
  return { siteId, decision, reasonCode, reasonText: '', reviewer: '张三', at };
}

const agreed = { decision: '同意', reasonCode: null, reasonText: '', reviewer: '张三' } as const;

test('agreeing needs no reason, sending back and disagreeing do', () => {
  expect(reviewAllowed(null, agreed)).toEqual({ ok: true });
  for (const decision of ['退回', '不同意'] as const) {
    expect(reviewAllowed(null, { ...agreed, decision })).toMatchObject({
      ok: false,
      code: 'REVIEW_REASON_MISSING',
    });
    expect(reviewAllowed(null, { ...agreed, decision, reasonCode: '电力引入困难' })).toEqual({ ok: true });
  }
});

test('a judgement needs a name, a known decision and a known reason', () => {
  const wrong = [{ reviewer: ' ' }, { decision: '也许' as '同意' }, { reasonCode: '不喜欢' as '其他' }];
  for (const changes of wrong)
    expect(reviewAllowed(null, { ...agreed, ...changes })).toMatchObject({
      ok: false,
      code: 'REVIEW_NOT_ALLOWED',
    });
});

test('people may change their minds, but not in the past', () => {
  const held = aReview('s', '不同意', 30);
  expect(reviewAllowed(held, agreed)).toEqual({ ok: true });
  expect(reviewAllowed(held, { ...agreed, at: '2026-05-01T08:31:00Z' })).toEqual({ ok: true });
  expect(reviewAllowed(held, { ...agreed, at: '2026-05-01T08:29:00Z' })).toMatchObject({
    code: 'REVIEW_NOT_ALLOWED',
  });
});

test('the latest judgement wins, whatever the order of the list', () => {
  const reviews = [
    aReview('b', '不同意', 1),
    aReview('a', '不同意', 5),
    aReview('a', '同意', 3),
    aReview('c', '不同意', 2),
    aReview('c', '退回', 4),
    aReview('d', '同意', 1),
  ];
  expect(refusedSiteIds(reviews)).toEqual(['a', 'b']);
  expect(refusedSiteIds(reviews.toReversed())).toEqual(['a', 'b']);
});

test('at the same time the later entry wins', () => {
  expect(refusedSiteIds([aReview('a', '同意', 1), aReview('a', '不同意', 1)])).toEqual(['a']);
  expect(refusedSiteIds([aReview('a', '不同意', 1), aReview('a', '同意', 1)])).toEqual([]);
});
