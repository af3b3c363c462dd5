// Requirements of the form that a standing preview follows, and ground that it cannot follow.
import { expect, test } from 'vitest';
import { changedRules } from '../../client/state/live-rules.ts';
import { emptyPlanForm, planRequestOf } from '../../client/state/plan-form.ts';
import { emptyPlanRules, newQuotaRow } from '../../client/state/plan-rules.ts';
import { isOtherGround } from '../../client/state/stale-ground.ts';
import { aChoice } from '../engine/plan/a-place.ts';

const areaIds = ['area-1', 'area-2'];
const request = planRequestOf(emptyPlanForm, areaIds, '预览');
const choice = aChoice({ effort: emptyPlanRules.effort });

test('only what was changed is told, in the words of the choice', () => {
  expect(changedRules(emptyPlanRules, areaIds, request, choice)).toEqual({});
  const quota = { ...newQuotaRow(), value: '310101', mostSites: 3 };
  const rules = { ...emptyPlanRules, areaShares: { 'area-2': 0.9, gone: 1 }, quotas: [quota] };
  expect(changedRules(rules, areaIds, request, choice)).toEqual({
    areaShares: [{ areaId: 'area-2', share: 0.9 }],
    quotas: [{ by: 'district', value: '310101', leastSites: null, mostSites: 3, mostCostCny: null }],
  });
});

test('a rule taken away is a change, and the sites a preview stays near to are left alone', () => {
  const spaced = aChoice({
    effort: emptyPlanRules.effort,
    spacing: { poleM: 100, roofM: 0, towerM: 0 },
    keepSiteIds: ['a'],
  });
  expect(changedRules(emptyPlanRules, areaIds, request, spaced)).toEqual({ spacing: null });
});

test('a form for other areas says nothing to this preview', () => {
  const rules = { ...emptyPlanRules, effort: 'deep' as const };
  expect(changedRules(rules, ['area-1'], request, choice)).toEqual({});
  expect(changedRules(rules, areaIds, request, choice)).toEqual({ effort: 'deep' });
});

test('ground is other ground when areas, rule, equipment, bins, weights or radio differ, and nothing else makes it so', () => {
  const asked = (changes: Partial<typeof emptyPlanForm>, ids = areaIds) =>
    isOtherGround(request, planRequestOf({ ...emptyPlanForm, ...changes }, ids, '另一个名称'));
  expect(asked({ targetShare: 0.5, budgetCny: 1, maxSites: 2, name: '名' })).toBe(false);
  expect(asked({}, ['area-1'])).toBe(true);
  for (const changes of [
    { ruleWord: '基本覆盖' },
    { thresholdDbm: -100 },
    { profileId: 'n28' },
    { binSizeM: 50 },
    { weightBy: 'people' as const },
    { keyAreaFactor: 3 },
  ])
    expect(asked(changes)).toBe(true);
});
