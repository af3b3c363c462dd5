// Requirements of a plan: from the form to the request and back, how many there are, and what is said to be wrong with them.
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { areasStore } from '../../client/state/areas.ts';
import {
  checkPlanRules,
  corridorField,
  type PlanLimits,
  phaseAreaField,
  phaseField,
  quotaField,
} from '../../client/state/check-plan-rules.ts';
import { configurationPreset, newConfigurationRow } from '../../client/state/configuration-rows.ts';
import { changedRules } from '../../client/state/live-rules.ts';
import {
  copyPlanToForm,
  emptyPlanForm,
  planFormStore,
  planRequestOf,
  replanRequestOf,
} from '../../client/state/plan-form.ts';
import {
  countPlanRules,
  emptyPlanRules,
  newPhaseRow,
  newQuotaRow,
  type PhaseRow,
  type PlanRules,
  phasePreset,
  type QuotaRow,
} from '../../client/state/plan-rules.ts';
import { isOtherGround } from '../../client/state/stale-ground.ts';
import { choiceRulesOf, coverageRules } from '../../engine/index.ts';
import { newPlanSchema } from '../../server/contract/plans.ts';
import { planOf } from './plan-rows.ts';

const quota = (changes: Partial<QuotaRow>): QuotaRow => ({ ...newQuotaRow(), ...changes });
const phase = (name: string, changes: Partial<PhaseRow> = {}): PhaseRow => ({
  ...newPhaseRow(name),
  ...changes,
});
const full: PlanRules = {
  ...emptyPlanRules,
  effort: 'deep',
  areaShares: { 'area-1': 0.97, gone: 0.5 },
  quotas: [quota({ by: 'owner', value: ' 路灯所 ', mostSites: 30, mostCostCny: 900_000 })],
  spacing: { poleM: 150, roofM: 400, towerM: 400 },
  siteOrder: 'build-mode',
  servers: { least: 2, counts: 'strict' },
  corridorShares: { 'name=沪嘉高速': 0.95, 'class=trunk': 0.9 },
  phases: [
    phase('第一年', { targetShare: 0.6, areaShares: { 'area-1': 0.9 }, maxSites: 40 }),
    phase('第二年', { budgetCny: 5_000_000 }),
    phase('第三年'),
  ],
  configurations: [
    newConfigurationRow('杆站 12 m', { heightM: 12, extraCostCny: 15_000 }),
    newConfigurationRow('四扇区', { structures: ['roof'], azimuthsDeg: [0, 90, 180, 270], costFactor: 1.25 }),
  ],
};
const areaIds = ['area-1', 'area-2'];
const limits: PlanLimits = { targetShare: 0.95, budgetCny: null, maxSites: null };
const requestOf = (rules: PlanRules) => planRequestOf({ ...emptyPlanForm, rules }, areaIds, '自动名称');
const problemsOf = (rules: Partial<PlanRules>, plan = limits) =>
  checkPlanRules({ ...emptyPlanRules, ...rules }, plan, areaIds);

test('requirements become what the service takes, without the shares of areas that are not chosen', () => {
  const request = requestOf(full);
  expect(Check(newPlanSchema, request)).toBe(true);
  expect(request).toMatchObject({
    effort: 'deep',
    areaShares: [{ areaId: 'area-1', share: 0.97 }],
    quotas: [{ by: 'owner', value: '路灯所', leastSites: null, mostSites: 30, mostCostCny: 900_000 }],
    spacing: { poleM: 150, roofM: 400, towerM: 400 },
    siteOrder: 'build-mode',
    servers: { least: 2, counts: 'strict' },
    corridorShares: [
      { corridorId: 'name=沪嘉高速', share: 0.95 },
      { corridorId: 'class=trunk', share: 0.9 },
    ],
  });
});

test('configurations become what the service takes, with ids by their place', () => {
  expect(requestOf(full).configurations).toMatchObject([
    { id: 'c1', name: '杆站 12 m', structures: ['pole'], heightM: 12, extraCostCny: 15_000, costFactor: 1 },
    { id: 'c2', structures: ['roof'], azimuthsDeg: [0, 90, 180, 270], heightM: null, costFactor: 1.25 },
  ]);
});

test('configurations: presets are right as they are, and what is wrong is told beside its field', () => {
  const presets = (['poles', 'sectors', 'asListed'] as const).flatMap((preset) =>
    configurationPreset(preset, (key, values) => `${key} ${Object.values(values).join()}`),
  );
  const heightsAndSectors = presets.map(({ heightM, azimuthsDeg }) => heightM ?? azimuthsDeg?.length ?? null);
  expect(heightsAndSectors).toEqual([6, 8, 12, 3, 4, null]);
  expect(problemsOf({ configurations: presets })).toEqual([]);
  const row = newConfigurationRow('x', { structures: [], azimuthsDeg: [400] });
  const codes = (rules: Partial<PlanRules>) => problemsOf(rules).map(({ field, code }) => [field, code]);
  expect(codes({ configurations: [row, newConfigurationRow('x'), newConfigurationRow(' ')] })).toEqual([
    [`configuration-${row.key}-structures`, 'configurationStructures'],
    [`configuration-${row.key}-azimuths`, 'configurationAzimuths'],
    [`configuration-${row.key + 1}-name`, 'configurationTwice'],
    [`configuration-${row.key + 2}-name`, 'configurationName'],
  ]);
  expect(codes({ configurations: presets, servers: { least: 2, counts: 'graded' } })).toEqual([
    [`configuration-${presets[0]!.key}-name`, 'configurationsServers'],
  ]);
  const many = Array.from({ length: 13 }, (_, index) => newConfigurationRow(`c${index}`));
  expect(codes({ configurations: many }).map(([, code]) => code)).toEqual(['configurationsMany']);
});

test('shares of a phase hold on, so that a later phase that says nothing does not fall below them', () => {
  expect(requestOf(full).phases).toEqual([
    {
      name: '第一年',
      targetShare: 0.6,
      areaShares: [{ areaId: 'area-1', share: 0.9 }],
      budgetCny: null,
      maxSites: 40,
    },
    {
      name: '第二年',
      targetShare: 0.6,
      areaShares: [{ areaId: 'area-1', share: 0.9 }],
      budgetCny: 5_000_000,
      maxSites: null,
    },
    {
      name: '第三年',
      targetShare: 0.6,
      areaShares: [{ areaId: 'area-1', share: 0.9 }],
      budgetCny: null,
      maxSites: null,
    },
  ]);
});

test('nothing asked for is a plain request, and spacing of nought is none', () => {
  const request = requestOf({ ...emptyPlanRules, spacing: { poleM: 0, roofM: 0, towerM: 0 } });
  expect(Check(newPlanSchema, request)).toBe(true);
  expect(request).toMatchObject({
    effort: 'thorough',
    areaShares: [],
    quotas: [],
    spacing: null,
    siteOrder: 'price',
    servers: null,
    corridorShares: [],
    phases: [],
    stayNear: false,
  });
});

test('a copied plan brings its requirements back, and an older plan has none', () => {
  const request = requestOf(full);
  copyPlanToForm(planOf({ request }));
  expect(planRequestOf(planFormStore.get(), areasStore.get().chosenIds, '自动名称')).toEqual(request);
  copyPlanToForm(planOf());
  expect(planFormStore.get().rules).toEqual(emptyPlanRules);
});

test('a re-plan keeps the requirements, but not whom the plan before stayed near to', () => {
  const request = { ...requestOf(full), stayNear: true, keepSiteIds: ['s1', 's2'] };
  const next = replanRequestOf(planOf({ request }), ['s3'], '重算');
  expect(next).toMatchObject({ phases: request.phases, quotas: request.quotas, spacing: request.spacing });
  expect(next).not.toHaveProperty('keepSiteIds');
  expect(next).not.toHaveProperty('stayNear');
});

test('staying near is only asked for with a plan to stay near to', () => {
  const asked = (basedOnPlanId: string | null) =>
    planRequestOf({ ...emptyPlanForm, basedOnPlanId, stayNear: true }, areaIds, '自动名称').stayNear;
  expect(asked('p1')).toBe(true);
  expect(asked(null)).toBe(false);
});

test('the badge counts every requirement once and nothing that is plain', () => {
  expect(countPlanRules(emptyPlanRules, areaIds)).toBe(0);
  // effort, order, spacing, servers, one area, two corridors, one quota, three phases, two configurations
  expect(countPlanRules(full, areaIds)).toBe(13);
  expect(countPlanRules({ ...emptyPlanRules, areaShares: { gone: 0.5 } }, areaIds)).toBe(0);
});

test('a corridor that the chosen areas have no road of is said beside its field, once the roads are known', () => {
  const rules = { ...emptyPlanRules, corridorShares: { 'name=沪嘉高速': 0.95, 'class=rail': 0.9 } };
  expect(checkPlanRules(rules, limits, areaIds, new Set(['name=沪嘉高速']))).toEqual([
    { field: corridorField('class=rail'), code: 'corridorGone', values: {} },
  ]);
  expect(checkPlanRules(rules, limits, areaIds)).toEqual([]);
});

test('a preview follows several servers and known corridors live, and asks for new ground when a corridor is added', () => {
  const request = requestOf({ ...emptyPlanRules, corridorShares: { 'class=trunk': 0.9 } });
  const choice = {
    rule: coverageRules[0]!,
    targetShare: 0.95,
    budgetCny: null,
    maxSites: null,
    refusedSiteIds: [],
    lockedSiteIds: [],
    ...choiceRulesOf(request),
  };
  const asked = (rules: Partial<PlanRules>) =>
    changedRules(
      { ...emptyPlanRules, corridorShares: { 'class=trunk': 0.9 }, ...rules },
      areaIds,
      request,
      choice,
    );
  expect(asked({ servers: { least: 3, counts: 'graded' } })).toEqual({
    servers: { least: 3, counts: 'graded' },
  });
  expect(asked({ corridorShares: { 'class=trunk': 0.8 } })).toEqual({
    corridorShares: [{ corridorId: 'class=trunk', share: 0.8 }],
  });
  const more = { 'class=trunk': 0.9, 'name=G15': 0.9 };
  expect(asked({ corridorShares: more })).toEqual({});
  expect(isOtherGround(request, requestOf({ ...emptyPlanRules, corridorShares: more }))).toBe(true);
  expect(isOtherGround(request, requestOf(emptyPlanRules))).toBe(false);
});

test('three years climb to the share of the plan, which the last one leaves to it', () => {
  expect(phasePreset(['一', '二', '三'], 0.95).map(({ targetShare }) => targetShare)).toEqual([
    0.57,
    0.8,
    null,
  ]);
  expect(phasePreset(['一', '二'], 0.9).map(({ targetShare }) => targetShare)).toEqual([0.63, null]);
  expect(problemsOf({ phases: phasePreset(['一', '二', '三'], 0.95) })).toEqual([]);
});

test('a quota needs a value and a number, crosses nothing and stands there once', () => {
  const quotas = [
    quota({ mostSites: 3 }),
    quota({ value: '310115' }),
    quota({ value: '310101', leastSites: 5, mostSites: 4 }),
    quota({ value: '310104', leastSites: 30 }),
    quota({ value: '310101 ', mostSites: 9 }),
    quota({ by: 'town', value: '310101', mostSites: 0 }),
  ];
  const keys = quotas.map(({ key }) => key);
  expect(problemsOf({ quotas }, { ...limits, maxSites: 20 })).toEqual([
    { field: quotaField(keys[0]!, 'value'), code: 'quotaValue', values: {} },
    { field: quotaField(keys[1]!, 'least'), code: 'quotaEmpty', values: {} },
    { field: quotaField(keys[2]!, 'most'), code: 'quotaCrossed', values: { least: 5 } },
    { field: quotaField(keys[3]!, 'least'), code: 'quotaOverLimit', values: { maxSites: 20 } },
    { field: quotaField(keys[4]!, 'value'), code: 'quotaTwice', values: {} },
  ]);
});

test('cumulative values never fall, over phases that say nothing too, and stay within the plan', () => {
  const phases = [
    phase('一', { targetShare: 0.7, budgetCny: 4_000_000, maxSites: 50 }),
    phase('二', { budgetCny: 3_000_000 }),
    phase('三', { targetShare: 0.6, maxSites: 90 }),
    phase('四', { targetShare: 0.99 }),
  ];
  const [, second, third] = phases.map(({ key }) => key);
  expect(problemsOf({ phases }, { ...limits, maxSites: 80 })).toEqual([
    { field: phaseField(second!, 'budget'), code: 'budgetFalls', values: { budgetCny: 4_000_000 } },
    { field: phaseField(third!, 'share'), code: 'shareFalls', values: { share: 0.7 } },
    { field: phaseField(third!, 'sites'), code: 'sitesOverPlan', values: { sites: 80 } },
  ]);
});

test('only the last phase may ask for more than the plan, and every other one has to ask for something', () => {
  const phases = [phase('一', { targetShare: 0.96 }), phase('一'), phase(' ', { targetShare: 0.97 })];
  const [first, second, third] = phases.map(({ key }) => key);
  expect(problemsOf({ phases })).toEqual([
    { field: phaseField(first!, 'share'), code: 'shareOverPlan', values: { share: 0.95 } },
    { field: phaseField(second!, 'name'), code: 'phaseTwice', values: {} },
    { field: phaseField(second!, 'share'), code: 'phaseEmpty', values: {} },
    { field: phaseField(third!, 'name'), code: 'phaseName', values: {} },
  ]);
});

test('areas that come first keep their share, up to what the plan asks of them', () => {
  const phases = [
    phase('一', { areaShares: { 'area-1': 0.9, 'area-2': 0.99 } }),
    phase('二', { areaShares: { 'area-1': 0.8 } }),
    phase('三'),
  ];
  const [first, second] = phases.map(({ key }) => key);
  expect(problemsOf({ phases, areaShares: { 'area-2': 0.95 } })).toEqual([
    { field: phaseAreaField(first!, 'area-2'), code: 'shareOverPlan', values: { share: 0.95 } },
    { field: phaseAreaField(second!, 'area-1'), code: 'shareFalls', values: { share: 0.9 } },
  ]);
});
