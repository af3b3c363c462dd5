// Several operators on the plan form: rows that start, what does not go with them, and the request there and back.
import { expect, test } from 'vitest';
import { checkPlanRules } from '../../client/state/check-plan-rules.ts';
import { agreedSharing, withOperator } from '../../client/state/operator-rows.ts';
import { copyPlanToForm, emptyPlanForm, planFormStore, planRequestOf } from '../../client/state/plan-form.ts';
import { emptyPlanRules, type PlanRules } from '../../client/state/plan-rules.ts';
import { agreedDiscounts, mobileOperators } from '../../engine/index.ts';
import { planOf } from './plan-rows.ts';

const two = withOperator(withOperator([], 'n78', 0.9), 'n41', 0.8);
const limits = { targetShare: 0.95, budgetCny: null, maxSites: null };
const rulesWith = (changes: Partial<PlanRules>): PlanRules => ({
  ...emptyPlanRules,
  operators: two,
  ...changes,
});
const codesOf = (rules: PlanRules, maxSites: number | null = null) =>
  checkPlanRules(rules, { ...limits, maxSites }, ['area']).map(({ code, values }) => [code, values.option]);

test('operators are added once each, until all four are there', () => {
  let rows = two;
  for (let more = 0; more < 5; more++) rows = withOperator(rows, 'n28', 0.5);
  expect(rows.map(({ id }) => id)).toEqual(mobileOperators);
});

test('what a plan for several does not look at is said beside them; without operators it is fine', () => {
  expect(codesOf(rulesWith({}))).toEqual([]);
  for (const [changes, option] of [
    [{ effort: 'exact' }, 'effort'],
    [{ servers: { least: 2, counts: 'graded' } }, 'servers'],
    [{ areaShares: { area: 0.9 } }, 'areaShares'],
    [{ corridorShares: { 'class=trunk': 0.9 } }, 'corridorShares'],
    [{ spacing: { poleM: 100, roofM: 0, towerM: 0 } }, 'spacing'],
    [{ siteOrder: 'build-mode' }, 'siteOrder'],
  ] as const) {
    expect(codesOf(rulesWith(changes))).toContainEqual(['operatorsWith', option]);
    expect(codesOf(rulesWith({ ...changes, operators: [] })).map(([code]) => code)).not.toContain(
      'operatorsWith',
    );
  }
  expect(codesOf(rulesWith({}), 3)).toEqual([['operatorsWith', 'maxSites']]);
  expect(codesOf(rulesWith({ spacing: { poleM: 0, roofM: 0, towerM: 0 } }))).toEqual([]);
  // a share of an area that is not chosen asks for nothing
  expect(codesOf(rulesWith({ areaShares: { elsewhere: 0.9 } }))).toEqual([]);
});

test('a share that is missing and discounts that fall are said at their fields', () => {
  const [first, second] = two;
  expect(codesOf(rulesWith({ operators: [first!, { ...second!, targetShare: null }] }))).toEqual([
    ['operatorShare', undefined],
  ]);
  expect(codesOf(rulesWith({ sharing: { ...agreedSharing, percentOff: [0, 40, 30] } }))).toEqual([
    ['sharingFalls', undefined],
  ]);
  expect(agreedSharing.percentOff).toEqual(agreedDiscounts.percentOff);
});

test('the request has equipment of the first and no share of its own, and comes back as it was', () => {
  const sharing = { ...agreedSharing, anchorId: '中国广电', joinCostCny: 20_000, source: ' 协议 ' };
  const form = {
    ...emptyPlanForm,
    targetShare: 0.9,
    profileId: 'n28',
    rules: rulesWith({ sharing }),
  };
  const request = planRequestOf(form, ['area'], '方案');
  expect([request.profileId, request.targetShare]).toEqual(['n78', null]);
  expect(request.operators).toEqual([
    { id: '中国移动', profileId: 'n78', targetShare: 0.9, existing: 'all' },
    { id: '中国电信', profileId: 'n41', targetShare: 0.8, existing: 'all' },
  ]);
  // the anchor was taken off the form
  expect(request.sharing).toMatchObject({ anchorId: null, joinCostCny: 20_000, source: '协议' });
  // an older service knows nothing of operators
  expect(planRequestOf(emptyPlanForm, ['area'], '方案')).not.toHaveProperty('operators');
  copyPlanToForm(planOf({ request }));
  expect(planFormStore.get().rules.operators).toEqual(two);
  expect(planFormStore.get().rules.sharing?.joinCostCny).toBe(20_000);
  planFormStore.set(emptyPlanForm);
});
