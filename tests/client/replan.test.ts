// The plan that follows from the judgements, and what it changed.
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { comparePlans } from '../../client/screens/review/plan-difference.ts';
import { replanName, replanRequest } from '../../client/screens/review/replan-request.ts';
import { newPlanSchema } from '../../server/contract/plans.ts';
import { planOf, planRow, planSummary } from './plan-rows.ts';

test('the new request is the old one, based on the plan, without the refused sites', () => {
  const plan = planOf({
    request: { ...planOf().request, refusedSiteIds: ['s9'], lockedSiteIds: ['s1', 's2'] },
  });
  const request = replanRequest(plan, ' 北城 · 重算 ', { refusedIds: ['s2'], lockedIds: ['s3'] });
  expect(request).toEqual({
    name: '北城 · 重算',
    areaIds: ['a1'],
    ruleWord: '连续覆盖',
    profileId: 'n78',
    basedOnPlanId: 'p1',
    refusedSiteIds: ['s9', 's2'],
    lockedSiteIds: ['s1', 's3'],
  });
  expect(Check(newPlanSchema, request)).toBe(true);
});

test('names count on instead of piling up words', () => {
  expect(replanName('北城', '重算')).toBe('北城 · 重算');
  expect(replanName('北城 · 重算', '重算')).toBe('北城 · 重算 2');
  expect(replanName('北城 · 重算 9', '重算')).toBe('北城 · 重算 10');
  expect(replanName('北城 · 重算版', '重算')).toBe('北城 · 重算版 · 重算');
  expect(replanName('长'.repeat(200), '重算')).toHaveLength(200);
});

test('the difference names who left and who came, in the order of their plans', () => {
  const before = { summary: planSummary(), items: [planRow(3), planRow(1), planRow(2)] };
  const after = {
    summary: planSummary({ sites: 4, costCny: 140_000, coveredShare: 0.952 }),
    items: [planRow(1), planRow(5), planRow(4), planRow(0, { status: 'existing' }), planRow(3)],
  };
  const difference = comparePlans(before, after);
  expect(difference.left.map((item) => item.site.id)).toEqual(['s2']);
  expect(difference.came.map((item) => item.site.id)).toEqual(['s4', 's5']);
  expect(difference).toMatchObject({ kept: 2, sites: 1, costCny: 35_000 });
  expect(difference.coveredShare).toBeCloseTo(0.001, 12);
});

test('a plan does not differ from itself', () => {
  const side = { summary: planSummary(), items: [planRow(1)] };
  expect(comparePlans(side, side)).toMatchObject({
    left: [],
    came: [],
    kept: 1,
    sites: 0,
    costCny: 0,
    coveredShare: 0,
  });
});
