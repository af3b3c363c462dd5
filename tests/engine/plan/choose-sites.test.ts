// What a person may ask for beyond a share, on a small made-up place: each rule is kept, recounted by the independent check, and planned
// the same way twice; what cannot be meant is refused with its code.
import { expect, test } from 'vitest';
import {
  type ChosenSites,
  checkPhasedPlan,
  checkPlan,
  chooseExactly,
  chooseSites,
  completePlan,
  distanceM,
  type MipSolver,
  makePlan,
  type PlanChoice,
  PlanningError,
  type PlanPhase,
  prepareCoverage,
  requestOf,
  type Site,
} from '../../../engine/index.ts';
import { highsHere } from '../selection/highs-here.ts';
import { aChoice, aMesh, anInput, aSite, box } from './a-place.ts';

const WEST = 'west';
const modes = ['新建', '改造', '直接利用'] as const;
const prepared = prepareCoverage(
  anInput({
    areas: [
      { id: WEST, name: '西片', kind: '商圈', geometry: box(0, 0, 400, 800) },
      { id: 'east', name: '东片', kind: '一般区', geometry: box(400, 0, 800, 800) },
    ],
    sites: [
      ...aMesh(800, 800, 100).map((site, index) => ({
        ...site,
        costCny: 40_000 + 7000 * (index % 4),
        districtCode: index % 8 < 4 ? '310114' : '310115',
        buildMode: modes[index % 3]!,
      })),
      aSite('old', 400, 400, { status: 'existing', costCny: 0 }),
    ],
    binSizeM: 40,
    thresholdDbm: -85,
  }),
);
const quick: Partial<PlanChoice> = { targetShare: 0.8, effort: 'quick' };

/** Chosen, and recounted from the footprints alone. */
function chosenWith(changes: Partial<PlanChoice>): ChosenSites {
  const chosen = chooseSites(requestOf(prepared, aChoice({ ...quick, ...changes })));
  const { problem, choice } = chosen.request;
  expect(checkPlan(problem, choice, chosen.selection)).toEqual([]);
  return chosen;
}

function newSitesOf({ selection }: ChosenSites): Site[] {
  return selection.steps
    .filter(({ placedBy }) => placedBy !== 'existing')
    .map(({ site }) => prepared.sites[site]!);
}

function codeOf(changes: Partial<PlanChoice>): string {
  try {
    chooseSites(requestOf(prepared, aChoice({ ...quick, ...changes })));
    return 'accepted';
  } catch (error) {
    return error instanceof PlanningError ? error.code : String(error);
  }
}

const plain = chosenWith({});
const plainIds = newSitesOf(plain).map(({ id }) => id);

test('the plain plan reaches its share with some sites and leaves others closed', () => {
  expect(plain.selection.status).toBe('reached');
  expect(plainIds.length).toBeGreaterThan(3);
  expect(plainIds.length).toBeLessThan(40);
});

test('a duty of one area is kept there, beside the share of the whole', () => {
  const wanted = 0.86;
  const { summary } = completePlan(
    prepared,
    aChoice({ ...quick, areaShares: [{ areaId: WEST, share: wanted }] }),
    chosenWith({ areaShares: [{ areaId: WEST, share: wanted }] }),
  );
  expect(summary.status).toBe('reached');
  expect(summary.duties).toHaveLength(1);
  expect(summary.duties[0]!.coveredShare).toBeGreaterThanOrEqual(wanted);
  const before = chosenWith({ areaShares: [{ areaId: WEST, share: 0 }] });
  const total = before.request.problem.targets[1]!.weight.reduce((sum, weight) => sum + weight, 0) * 10_000;
  expect(before.selection.covered[1]! / total).toBeLessThan(wanted);
});

test('a quota holds its least, its most and its money, and no more than it says', () => {
  const inDistrict = (sites: readonly Site[]) =>
    sites.filter(({ districtCode }) => districtCode === '310114');
  const quota = {
    by: 'district',
    value: '310114',
    leastSites: null,
    mostSites: null,
    mostCostCny: null,
  } as const;
  const before = inDistrict(newSitesOf(plain)).length;
  expect(before).toBeGreaterThan(1);
  const few = chosenWith({ quotas: [{ ...quota, mostSites: before - 1 }] });
  expect(inDistrict(newSitesOf(few)).length).toBeLessThan(before);
  const many = chosenWith({ quotas: [{ ...quota, leastSites: before + 3 }] });
  expect(inDistrict(newSitesOf(many))).toHaveLength(before + 3);
  const cheap = chosenWith({ quotas: [{ ...quota, mostCostCny: 90_000 }] });
  const paid = inDistrict(newSitesOf(cheap)).reduce((sum, { costCny }) => sum + costCny, 0);
  expect(paid).toBeLessThanOrEqual(90_000);
});

test('spacing keeps every pair of open sites apart', () => {
  const nearest = (chosen: ChosenSites): number => {
    const places = newSitesOf(chosen).map(({ position }) => position);
    return Math.min(
      ...places.flatMap((one, index) => places.slice(index + 1).map((other) => distanceM(one, other))),
    );
  };
  const apart = nearest(plain) + 20;
  const chosen = chosenWith({ spacing: { poleM: apart, roofM: 0, towerM: 0 } });
  expect(nearest(chosen)).toBeGreaterThanOrEqual(apart - 0.01);
});

test('build order uses what stands before it builds, at a price', () => {
  const built = (chosen: ChosenSites) =>
    newSitesOf(chosen).filter(({ buildMode }) => buildMode === '新建').length;
  const ordered = chosenWith({ siteOrder: 'build-mode' });
  expect(ordered.selection.status).toBe('reached');
  expect(built(plain)).toBeGreaterThan(0);
  expect(built(ordered)).toBeLessThan(built(plain));
  expect(ordered.selection.cost).toBeGreaterThanOrEqual(plain.selection.certificate.bound);
  expect(ordered.selection.steps.every(({ placedBy }) => placedBy !== 'locked')).toBe(true);
});

const phases: readonly PlanPhase[] = [
  {
    name: '一期',
    targetShare: 0.5,
    areaShares: [{ areaId: WEST, share: 0.6 }],
    budgetCny: null,
    maxSites: null,
  },
  {
    name: '二期',
    targetShare: 0.65,
    areaShares: [{ areaId: WEST, share: 0.6 }],
    budgetCny: null,
    maxSites: 30,
  },
  {
    name: '三期',
    targetShare: null,
    areaShares: [{ areaId: WEST, share: 0.6 }],
    budgetCny: null,
    maxSites: null,
  },
];

test('phases are nested and cumulative, end at the whole plan, and pass the check of years', () => {
  const withShares = phases.map((phase, index) => (index < 2 ? phase : { ...phase, targetShare: 0.8 }));
  const chosen = chosenWith({ phases: withShares });
  expect(checkPhasedPlan(chosen.request.problem, chosen.request.phases!, chosen.phased!)).toEqual([]);
  expect(chosen.phases.map(({ name, reached }) => [name, reached])).toEqual([
    ['一期', true],
    ['二期', true],
    ['三期', true],
  ]);
  const counted = [0, 1, 2].map((phase) => [...chosen.phaseOf.values()].filter((own) => own <= phase).length);
  expect(chosen.phases.map(({ sites }) => sites)).toEqual(counted);
  expect(counted[0]).toBeGreaterThan(0);
  expect(counted[0]).toBeLessThan(counted[2]!);
  const last = chosen.phases.at(-1)!;
  expect([last.sites, last.costCny]).toEqual([newSitesOf(chosen).length, chosen.selection.cost]);
  const order = chosen.selection.steps.map(({ site }) => chosen.phaseOf.get(site) ?? 0);
  expect(order).toEqual([...order].sort());
});

test('phases keep the build order over the whole horizon', () => {
  const built = (chosen: ChosenSites) =>
    newSitesOf(chosen).filter(({ buildMode }) => buildMode === '新建').length;
  const byPrice = chosenWith({ phases });
  const ordered = chosenWith({ phases, siteOrder: 'build-mode' });
  const { problem, phases: plan } = ordered.request;
  expect(checkPhasedPlan(problem, plan!, ordered.phased!)).toEqual([]);
  expect(ordered.phases.map(({ reached }) => reached)).toEqual([true, true, true]);
  expect(built(byPrice)).toBeGreaterThan(0);
  expect(built(ordered)).toBeLessThan(built(byPrice));
  const atOnce = chosenWith({ areaShares: phases[2]!.areaShares, siteOrder: 'build-mode' });
  expect(built(ordered)).toBe(built(atOnce));
  expect(ordered.selection.certificate.bound).toBeLessThanOrEqual(byPrice.selection.cost);
});

test('phases that were tampered with do not pass the check of years', () => {
  const withShares = phases.map((phase, index) => (index < 2 ? phase : { ...phase, targetShare: 0.8 }));
  const { request, phased } = chosenWith({ phases: withShares });
  const [one, ...rest] = phased!.years;
  const spoilt = { ...phased!, years: [{ ...one!, opened: one!.opened.slice(1) }, ...rest] };
  const codes = checkPhasedPlan(request.problem, request.phases!, spoilt).map(({ code }) => code);
  expect(codes).toContain('PHASE_TOTAL');
});

test('a plan that stays near another changes little when one site is struck', () => {
  const [struck] = plainIds;
  const near = chosenWith({ keepSiteIds: plainIds, refusedSiteIds: [struck!] });
  const ids = newSitesOf(near).map(({ id }) => id);
  expect(near.selection.status).toBe('reached');
  expect(ids).not.toContain(struck);
  expect(plainIds.filter((id) => !ids.includes(id)).length).toBeLessThanOrEqual(2);
  expect(ids.filter((id) => !plainIds.includes(id)).length).toBeLessThanOrEqual(3);
  expect(
    newSitesOf(chosenWith({ keepSiteIds: plainIds }))
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...plainIds].sort());
});

test('the word exact goes on to a proven optimum, for plans by price alone', async () => {
  let asked = 0;
  const idle: MipSolver = async () => {
    asked++;
    return { status: 'limit', bound: null, chosen: null };
  };
  const exact = await chooseExactly(chosenWith({ effort: 'quick' }), idle);
  expect([asked, exact.selection]).toEqual([0, plain.selection]);
  const few = {
    effort: 'exact' as const,
    refusedSiteIds: prepared.sites.filter((_, index) => index % 5 > 0).map(({ id }) => id),
    targetShare: 0.3,
  };
  const searched = chosenWith(few);
  expect(searched.selection.status).toBe('reached');
  const { request, selection } = await chooseExactly(searched, await highsHere());
  expect(checkPlan(request.problem, request.choice, selection)).toEqual([]);
  expect(selection.certificate).toMatchObject({ optimal: true, bound: selection.cost });
  expect(selection.cost).toBeLessThanOrEqual(searched.selection.cost);
  const ordered = chosenWith({ ...few, siteOrder: 'build-mode' });
  expect(await chooseExactly(ordered, idle)).toBe(ordered);
});

test('where no candidate is near nothing is chosen, and that is an answer', () => {
  const nowhere = prepareCoverage(anInput({ sites: [aSite('far', -9000, 0)], binSizeM: 100 }));
  const { selection } = chooseSites(requestOf(nowhere, aChoice({ targetShare: 0.8 })));
  expect(selection).toMatchObject({ status: 'not-reachable', steps: [], covered: [0], ceiling: [0] });
  const { summary } = makePlan(nowhere, aChoice({ maxSites: 3 }));
  expect(summary).toMatchObject({ status: 'not-reachable', bestShare: 0 });
  expect(summary.reach).toMatchObject({ missing: { nobody: 1 }, limits: [{ limit: 'count', binds: false }] });
});

test('equal requests give equal plans, rule by rule', () => {
  for (const changes of [{ siteOrder: 'build-mode' as const }, { keepSiteIds: plainIds }, { maxSites: 4 }])
    expect(chosenWith(changes).selection.steps).toEqual(chosenWith(changes).selection.steps);
});

test.each<[string, Partial<PlanChoice>]>([
  ['SELECTION_AREA_UNKNOWN', { areaShares: [{ areaId: 'nowhere', share: 0.9 }] }],
  [
    'SELECTION_QUOTA_UNKNOWN',
    { quotas: [{ by: 'owner', value: '无此人', leastSites: 1, mostSites: null, mostCostCny: null }] },
  ],
  [
    'SELECTION_GROUP_LEAST',
    { quotas: [{ by: 'district', value: '310114', leastSites: 999, mostSites: null, mostCostCny: null }] },
  ],
  [
    'SELECTION_PHASES_ORDER',
    { phases: [{ ...phases[0]!, targetShare: 0.79 }, { ...phases[1]!, targetShare: 0.5 }, phases[2]!] },
  ],
])('%s refuses what cannot be meant', (code, changes) => {
  expect(codeOf(changes)).toBe(code);
});
