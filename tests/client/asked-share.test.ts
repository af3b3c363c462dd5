// Which share a plan is judged by, and how chainages are written.
import { expect, test } from 'vitest';
import { formatChainage } from '../../client/format/measures.ts';
import { askedShare } from '../../client/screens/plan/asked-share.ts';
import { proofSentences } from '../../client/screens/plan/certificate-words.ts';
import { planSummary } from './plan-rows.ts';

const servers = {
  least: 2,
  counts: 'strict',
  coveredShare: 0.6,
  bestShare: 0.7,
  existingShare: 0.1,
} as const;

test('a plan for capacity is judged by the ground that enough sites serve, others by the ground that one serves', () => {
  expect(askedShare(planSummary())).toEqual({ coveredShare: 0.951, bestShare: 0.99, existingShare: 0 });
  expect(askedShare(planSummary({ servers }))).toEqual({
    coveredShare: 0.6,
    bestShare: 0.7,
    existingShare: 0.1,
  });
});

test('a bound on the share stands beside the share it bounds', () => {
  const { certificate } = planSummary();
  const covered = planSummary({
    servers,
    certificate: certificate && { ...certificate, kind: 'covered', bound: 0.65 },
  });
  expect(proofSentences(covered, 'zh-CN')[0]).toEqual({
    key: 'covered',
    values: { bound: '65.00%', value: '60.00%' },
  });
});

test('chainages are kilometres and metres', () => {
  expect([0, 7.4, 380, 1250, 12_004.6].map(formatChainage)).toEqual([
    'K0+000',
    'K0+007',
    'K0+380',
    'K1+250',
    'K12+005',
  ]);
});
