// Ticks of robust planning: what each adds, what stays beside them, and the way into a request and back.
import { expect, test } from 'vitest';
import {
  countPlanRules,
  emptyPlanRules,
  planRulesOf,
  rulesRequestOf,
} from '../../client/state/plan-rules.ts';
import {
  kindOf,
  made,
  othersOf,
  scenarioOfKind,
  usualScenario,
  withKind,
} from '../../client/state/scenario-rows.ts';
import { plainScenario } from '../../engine/index.ts';

const both = made({ thresholdDeltaDb: 3, shadowSigmaDeltaDb: 2 });

test('a tick moves one thing to the harder side, by the usual amount', () => {
  expect(usualScenario('threshold', 'area').id).toBe('threshold+3');
  expect(usualScenario('sigma', 'area').id).toBe('sigma+2');
  expect(usualScenario('weight', 'area').id).toBe('weight=people');
  expect(usualScenario('weight', 'people').id).toBe('weight=area');
});

test('a tick is set, changed and taken away without touching what came with a plan', () => {
  const one = withKind([both], 'sigma', usualScenario('sigma', 'area'));
  const two = withKind(one, 'threshold', made({ thresholdDeltaDb: 3 }));
  expect(two.map(({ id }) => id)).toEqual(['threshold+3', 'sigma+2', both.id]);
  const changed = withKind(two, 'threshold', made({ thresholdDeltaDb: 4.5 }));
  expect(scenarioOfKind(changed, 'threshold')?.thresholdDeltaDb).toBe(4.5);
  expect(withKind(changed, 'threshold', null).map(({ id }) => id)).toEqual(['sigma+2', both.id]);
  expect(othersOf(changed)).toEqual([both]);
});

test('what has a name of its own, moves several things or makes it easier is no tick', () => {
  expect(kindOf(both)).toBeNull();
  expect(kindOf(made({ thresholdDeltaDb: -3 }))).toBeNull();
  expect(kindOf({ ...made({ thresholdDeltaDb: 3 }), name: '雨天' })).toBeNull();
  expect(kindOf(plainScenario)).toBeNull();
});

test('scenarios go into the request, come back from it, and are counted', () => {
  const priced = made({ priceFactors: [{ by: 'structure', value: 'roof', factor: 1.2 }] });
  const rules = { ...emptyPlanRules, scenarios: [usualScenario('threshold', 'area'), priced] };
  const { scenarios } = rulesRequestOf(rules, []);
  expect(scenarios).toEqual(rules.scenarios);
  const request = { name: '', areaIds: [], ruleWord: '', profileId: '', scenarios };
  expect(planRulesOf(request).scenarios).toEqual(rules.scenarios);
  expect(planRulesOf({ ...request, scenarios: undefined } as never).scenarios).toEqual([]);
  expect(countPlanRules(rules, [])).toBe(2);
});
