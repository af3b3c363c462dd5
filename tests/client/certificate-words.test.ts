// How far from the best: figures rounded to the safe side, nothing for plans that do not know it.
import { expect, test } from 'vitest';
import { formatGap, gapBadge, proofSentences } from '../../client/screens/plan/certificate-words.ts';
import type { CertificateJson } from '../../server/contract/plans.ts';
import { planSummary } from './plan-rows.ts';

const certificate = (changes: Partial<CertificateJson> = {}): CertificateJson => ({
  kind: 'cost',
  bound: 9_700_000,
  gap: 0.0281,
  method: 'prices',
  optimal: false,
  priceSteps: 600,
  lastPointCny: 345_653.4,
  ...changes,
});

test('a gap is rounded up, so that "at most" stays true', () => {
  expect(formatGap(0.0281, 'zh-CN')).toBe('2.9%');
  expect(formatGap(0.029, 'zh-CN')).toBe('2.9%');
  expect(formatGap(0.00001, 'zh-CN')).toBe('0.1%');
  expect(formatGap(0, 'zh-CN')).toBe('0.0%');
});

test('the badge names the gap, the proof, or nothing', () => {
  expect(gapBadge(certificate(), 'en')).toEqual({ key: 'cost', gap: '2.9%', figure: 'cost' });
  expect(gapBadge(certificate({ kind: 'covered', gap: 0.004 }), 'en')).toEqual({
    key: 'covered',
    gap: '0.4%',
    figure: 'covered',
  });
  expect(gapBadge(certificate({ gap: 0, optimal: true }), 'en')).toMatchObject({ key: 'optimal' });
  expect(gapBadge(certificate({ bound: 0, gap: null }), 'en')).toBeNull();
  expect(gapBadge(null, 'en')).toBeNull();
});

test('the sentences say what is proved, how, and what the last point is worth', () => {
  const summary = planSummary({ costCny: 9_972_000, certificate: certificate() });
  expect(proofSentences(summary, 'zh-CN')).toEqual([
    { key: 'cost', values: { bound: '970 万元', value: '997.2 万元' } },
    { key: 'methods.prices', values: { steps: '600' } },
    { key: 'lastPoint', values: { money: '34.57 万元' } },
  ]);
});

test('a bound of the share is said in shares, and a proven plan says so', () => {
  const proved = certificate({
    kind: 'covered',
    bound: 0.9213,
    gap: 0,
    method: 'exact',
    optimal: true,
    lastPointCny: null,
  });
  const summary = planSummary({ coveredShare: 0.9213, certificate: proved });
  expect(proofSentences(summary, 'zh-CN')).toEqual([
    { key: 'covered', values: { bound: '92.13%', value: '92.13%' } },
    { key: 'optimal', values: {} },
    { key: 'methods.exact', values: { steps: '600' } },
  ]);
});

test('an older plan says nothing', () => {
  expect(proofSentences(planSummary({ certificate: null }), 'zh-CN')).toEqual([]);
});
