// What keeps a plan from what was asked, and which next move helps.
import { expect, test } from 'vitest';
import { type AskedLimits, shortfallOf } from '../../client/screens/plan/shortfall.ts';
import type { PlanSummaryJson } from '../../server/contract/plans.ts';
import { planSummary } from './plan-rows.ts';

const free: AskedLimits = { budgetCny: null, maxSites: null, hasRules: false };
const shortfall = (change: Partial<PlanSummaryJson>, asked = free) =>
  shortfallOf(
    planSummary(change),
    asked,
    {
      area: (id) => `区域 ${id}`,
      corridor: (id) => id.replace(/^[a-z]+=/, ''),
      scenario: (id) => `情景 ${id}`,
      resourceType: (code) => code ?? '其他',
    },
    'zh-CN',
  );
const keys = (change: Partial<PlanSummaryJson>, asked = free) =>
  shortfall(change, asked)?.sentences.map(({ key }) => key);

test('a plan that keeps everything has no shortfall', () => {
  expect(shortfall({ status: 'reached' })).toBeNull();
});

test('out of reach of all candidates: how much is missing, and a whole percent that can be had', () => {
  const found = shortfall({ status: 'not-reachable', bestShare: 0.933, coveredShare: 0.93 });
  expect(found).toMatchObject({
    sentences: [{ key: 'notReachable', values: { best: '93.3%', target: '95.0%', missing: '1.7 个百分点' } }],
    reachableShare: 0.93,
  });
});

test('an area out of reach is named, and lowering the share of the whole is not offered', () => {
  const duties = [
    { areaId: 'a1', share: 0.98, coveredShare: 0.9, bestShare: 0.9 },
    { areaId: 'a2', share: 0.9, coveredShare: 0.92, bestShare: 0.99 },
  ];
  const found = shortfall({ status: 'not-reachable', bestShare: 0.99, duties });
  expect(found).toMatchObject({
    sentences: [{ key: 'duty', values: { area: '区域 a1', asked: '98.0%', best: '90.0%' } }],
    reachableShare: null,
  });
});

test('a corridor out of reach is named by its road, whatever its ground', () => {
  const corridor = {
    corridorId: 'name=沪嘉高速',
    name: '沪嘉高速',
    share: 0.95,
    lengthM: 4200,
    coveredShare: 0.8,
    bestShare: 0.85,
    coveredShareBinary: 0.8,
    lines: 1,
    gaps: [],
    gapsLeftOut: 0,
  };
  expect(shortfall({ status: 'not-reachable', bestShare: 0.99, corridors: [corridor] })).toMatchObject({
    sentences: [
      { key: 'corridor', values: { corridor: '沪嘉高速', asked: '95.0%', reached: '80.0%', best: '85.0%' } },
    ],
    reachableShare: null,
  });
  expect(keys({ status: 'reached', corridors: [{ ...corridor, coveredShare: 0.95 }] })).toBeUndefined();
});

test('a plan for capacity speaks of the share with enough servers, and says so first', () => {
  const servers = {
    least: 2,
    counts: 'graded',
    coveredShare: 0.6,
    bestShare: 0.715,
    existingShare: 0,
  } as const;
  const found = shortfall({ status: 'not-reachable', coveredShare: 0.97, bestShare: 0.99, servers });
  expect(found).toMatchObject({
    sentences: [
      { key: 'servers', values: { least: '2' } },
      { key: 'notReachable', values: { best: '71.5%', covered: '60.0%' } },
    ],
    reachableShare: 0.71,
  });
});

test('limits that bind say what more they could give at the most', () => {
  const certificate = {
    kind: 'covered',
    bound: 0.91,
    gap: 0.01,
    method: 'prices',
    optimal: false,
    priceSteps: 600,
    lastPointCny: 80_000,
  } as const;
  const asked = { ...free, budgetCny: 1_000_000 };
  expect(keys({ status: 'budget-spent', coveredShare: 0.9, certificate }, asked)).toEqual([
    'budgetSpent',
    'mostWithin',
    'lastPoint',
  ]);
  expect(keys({ status: 'count-reached', coveredShare: 0.9, certificate: null })).toEqual(['countReached']);
});

test('rules that bind are named by what was asked for', () => {
  const phases = [
    {
      name: '第一年',
      sites: 1,
      costCny: 1,
      coveredShare: 0.5,
      targetShare: null,
      reached: true,
      boundShare: null,
    },
  ];
  const status = 'rules-bind' as const;
  expect(keys({ status, coveredShare: 0.9 }, { ...free, hasRules: true })).toEqual(['rulesBind']);
  expect(keys({ status, coveredShare: 0.9, phases })).toEqual(['phasesBind']);
  expect(keys({ status, coveredShare: 0.9 })).toEqual(['missed']);
});

test('a phase on the way that misses its share is told even when the plan ends well', () => {
  const phase = { sites: 10, costCny: 100, boundShare: 0.7, name: '第一年' };
  const phases = [
    { ...phase, coveredShare: 0.55, targetShare: 0.6, reached: false },
    { ...phase, name: '第二年', coveredShare: 0.9, targetShare: 0.8, reached: false },
    { ...phase, name: '第三年', coveredShare: 0.95, targetShare: 0.95, reached: true },
  ];
  expect(shortfall({ status: 'reached', phases })).toMatchObject({
    sentences: [
      { key: 'phase', values: { name: '第一年', reached: '55.0%', asked: '60.0%' } },
      { key: 'phaseRules', values: { name: '第二年' } },
    ],
    reachableShare: null,
  });
});

test('where ground is missing, which limit would help and which sites, largest first and no trifles', () => {
  const reach = {
    missing: { nobody: 0.03, refused: 0.0001, partly: 0.004 },
    nobodyBins: 30,
    refusedBins: 1,
    limits: [
      { limit: 'budget', share: 0.9, reached: false, binds: true },
      { limit: 'count', share: 0.8, reached: false, binds: false },
      { limit: 'refused', share: 0.96, reached: true, binds: true },
    ],
    unlimited: { share: 0.97, reached: true },
    classes: [
      {
        why: 'unavailable',
        resourceType: '住宅天面',
        sites: 12,
        extraShare: 0.02,
        newBins: 20,
        suffices: true,
      },
      { why: 'refused', resourceType: null, sites: 3, extraShare: 0.001, newBins: 1, suffices: false },
      { why: 'refused', resourceType: '路灯杆', sites: 1, extraShare: 0.0009, newBins: 1, suffices: false },
    ],
  } as const;
  const told = { ...reach, limits: [...reach.limits], classes: [...reach.classes] };
  expect(shortfall({ status: 'not-reachable', bestShare: 0.9, reach: told })?.sentences.slice(1)).toEqual([
    { key: 'nobody', values: { missing: '3.0 个百分点' } },
    { key: 'partly', values: { missing: '0.4 个百分点' } },
    { key: 'lifted.budget', values: { share: '90.0%' } },
    { key: 'suffices.refused', values: { share: '96.0%' } },
    { key: 'classes.unavailable', values: { type: '住宅天面', sites: '12', extra: '2.0 个百分点' } },
    { key: 'classes.refused', values: { type: '其他', sites: '3', extra: '0.1 个百分点' } },
  ]);
});
