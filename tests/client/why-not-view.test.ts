// Why a candidate is not in the plan, from prices tried out or from stored rows.
import { expect, test } from 'vitest';
import { whyNotOfPlan, whyNotOfPreview } from '../../client/screens/plan/why-not-view.ts';
import type { UnchosenSiteReasons, WhyNot } from '../../engine/index.ts';

const looked: WhyNot = {
  reason: 'too-dear',
  remainingGainShare: 0.01,
  costPerPointCny: 60_000,
  coveredBySiteIds: ['a'],
};
const priced: UnchosenSiteReasons = {
  kind: 'unchosen',
  configurationId: null,
  cause: 'blocked',
  gainShare: 0.01,
  aloneShare: 0.02,
  coveredBy: [{ siteId: 'b', part: 0.4 }],
  breaches: [
    { rule: 'refused', with: null },
    { rule: 'spacing', with: 'b' },
  ],
  extraCostCny: 10_000,
  breakEvenCny: 50_000,
};

test('prices tried out say more than a look at the raster', () => {
  expect(whyNotOfPreview(looked, priced)).toEqual({
    cause: 'blocked',
    gainShare: 0.01,
    coveredBy: [{ siteId: 'b', part: 0.4 }],
    blockedBy: [{ rule: 'spacing', with: 'b' }],
    insteadOf: [],
    extraCostCny: 10_000,
    breakEvenCny: 50_000,
    isEstimate: false,
  });
});

test('an unavailable site is unavailable whatever its price', () => {
  expect(whyNotOfPreview({ ...looked, reason: 'unavailable' }, priced)!.cause).toBe('unavailable');
});

test('without prices the look has to do', () => {
  expect(whyNotOfPreview(looked, null)).toMatchObject({
    cause: 'too-dear',
    coveredBy: [{ siteId: 'a', part: null }],
    breakEvenCny: null,
  });
  expect(whyNotOfPreview(null, null)).toBeNull();
});

test('a stored plan tells what the site is worth at its margin, as an estimate', () => {
  const view = whyNotOfPlan({
    ...looked,
    coveredBySiteIds: ['a'],
    reason: 'blocked',
    blockedBy: [{ rule: 'group-most', with: 'owner=市政' }],
    insteadOf: [{ siteId: 'c', extraCostCny: 500 }],
    worthCny: 4_000,
  });
  expect(view).toMatchObject({
    cause: 'blocked',
    blockedBy: [{ rule: 'group-most', with: 'owner=市政' }],
    insteadOf: [{ siteId: 'c', extraCostCny: 500 }],
    breakEvenCny: 4_000,
    isEstimate: true,
  });
});
