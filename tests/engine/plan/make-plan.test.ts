// Plans on small squares of ground: every figure is recounted from grid, raster and single-site levels.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkPlan,
  computePlan,
  computeSiteLevels,
  FULL_GRADE_VALUE,
  GRADE_VALUE,
  HALF_GRADE,
  makePlan,
  NO_GRADE,
  NO_LEVEL,
  NO_SERVER,
  noRules,
  type PlanInput,
  type PlanProgress,
  type PlanResult,
  type PreparedCoverage,
  prepareCoverage,
  quickEffort,
  solveSelection,
  uncoveredReasons,
} from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite, aStreet, blocks, box, houses, people } from './a-place.ts';

const town = anInput({
  sites: [
    ...aMesh(1000, 1000, 125),
    aSite('tower', 500, -150, { structure: 'tower', heightM: 30, status: 'existing' }),
    aSite('roof', 250, 250, { structure: 'roof', heightM: 33, costCny: 150_000 }),
  ],
  buildings: blocks(1000, 1000),
  demand: people(1000, 1000, 25),
  districts: [
    { code: '01', name: '西', geometry: box(-500, -500, 430, 1500) },
    { code: '02', name: '东', geometry: box(430, -500, 1500, 1500) },
    { code: '03', name: '远', geometry: box(5000, 0, 6000, 1000) },
  ],
});
const prepared = prepareCoverage(town);
const plan = makePlan(prepared, aChoice());

test('the target is reached by a believable number of sites', () => {
  expect(plan.summary.status).toBe('reached');
  expect(plan.summary.coveredShare).toBeGreaterThanOrEqual(0.95);
  expect(plan.summary.sites).toBeGreaterThan(2);
  expect(plan.summary.sites).toBeLessThan(20);
});

test('covered shares and people recount from raster and grid alone', () => {
  expect(plan.summary.coveredShare).toBe(recount(prepared, plan).coveredShare);
  expect(plan.summary.coveredShareBinary).toBe(recount(prepared, plan).coveredShareBinary);
  expect(plan.summary.coveredPeople).toBeCloseTo(recount(prepared, plan).coveredPeople, 6);
  expect(plan.summary.people).toBeCloseTo(800 * 1 + 800 * 3, 6);
});

test('levels, servers and probability grades of the raster are the best of the open sites', () => {
  const best = bestOfSites(prepared, plan.raster.siteIds);
  prepared.grid.binAt.forEach((bin, place) => {
    const { level, grade, server } = plan.raster;
    if (bin < 0 || prepared.grid.indoor[bin] === 1) {
      expect([level[place], grade[place], server[place]]).toEqual([NO_LEVEL, NO_GRADE, NO_SERVER]);
    } else {
      expect(level[place]).toBe(best.level[bin]);
      expect(grade[place]).toBe(best.grade[bin]);
      expect(plan.raster.siteIds[server[place]!] ?? '').toBe(best.server[bin]);
    }
  });
});

test('gains add up to the totals, in order', () => {
  const sum = (pick: (item: (typeof plan.items)[number]) => number) =>
    plan.items.reduce((total, item) => total + pick(item), 0);
  expect(sum((item) => item.gainWeightShare)).toBeCloseTo(plan.summary.coveredShare, 12);
  expect(sum((item) => item.gainPeople!)).toBeCloseTo(plan.summary.coveredPeople!, 6);
  expect(sum((item) => item.costCny)).toBe(plan.summary.costCny);
  expect(sum((item) => item.gainBins)).toBe(recount(prepared, plan).coveredBins);
  expect(plan.items.at(-1)!.shareAfter).toBe(plan.summary.coveredShare);
  expect(plan.items.map((item) => item.rank)).toEqual(plan.items.map((_, index) => index));
});

test('an independent recount of the selection over real footprints finds nothing wrong', () => {
  const { problem, existing, grid } = prepared;
  const limits = [
    { budget: null, maxSites: null },
    { budget: 200_000, maxSites: null },
    { budget: null, maxSites: 4 },
  ];
  for (const limit of limits) {
    const required = [Math.ceil(0.95 * FULL_GRADE_VALUE * grid.totalWeight)];
    const choice = { required, ...limit, existing, locked: [], refused: [3, 7], rules: noRules };
    const selection = solveSelection(problem, choice, quickEffort);
    expect(checkPlan(problem, choice, selection)).toEqual([]);
  }
});

test('a unique loss is what the plan loses without that site', () => {
  for (const item of plan.items) {
    const others = plan.raster.siteIds.filter((id) => id !== item.siteId);
    const lost = plan.summary.coveredShare - shareOfSites(prepared, others);
    expect(item.uniqueWeightShare).toBeCloseTo(lost, 12);
  }
});

test('an existing station outside the area counts, costs nothing and comes first', () => {
  const [first] = plan.items;
  expect(first).toMatchObject({
    siteId: 'tower',
    rank: 0,
    status: 'existing',
    placedBy: 'existing',
    costCny: 0,
  });
  expect(first!.gainBins).toBeGreaterThan(0);
  expect(plan.summary.existingShare).toBe(first!.shareAfter);
  expect(plan.areas[0]).toMatchObject({ existingSites: 0, newSites: plan.summary.sites });
});

test('displaced candidates are unchosen and lost at least half of their gain', () => {
  const rivals = plan.items.flatMap((item) => item.displaced.map((displaced) => ({ item, displaced })));
  expect(rivals.length).toBeGreaterThan(0);
  for (const { item, displaced } of rivals) {
    expect(plan.raster.siteIds).not.toContain(displaced.siteId);
    expect(displaced.overlapShare).toBeGreaterThanOrEqual(0.5);
    expect(displaced.overlapShare).toBeLessThanOrEqual(1);
    const price = town.sites.find((site) => site.id === displaced.siteId)!.costCny;
    expect(displaced.extraCostCny).toBe(price - item.costCny);
  }
});

test('two districts that split the area add up to it, and a far one is left out', () => {
  const [west, east] = plan.districts;
  const [area] = plan.areas;
  expect(plan.districts.map((district) => district.id)).toEqual(['01', '02']);
  expect(west!.areaKm2 + east!.areaKm2).toBeCloseTo(area!.areaKm2, 5);
  expect(west!.people! + east!.people!).toBeCloseTo(area!.people!, 1);
  expect(west!.newSites + east!.newSites).toBe(area!.newSites);
  expect(west!.coveredPeople! + east!.coveredPeople!).toBeCloseTo(area!.coveredPeople!, 1);
  const weighted = (share: 'coveredShare' | 'coveredShareBinary' | 'existingShare') =>
    [west!, east!].map((district) => district[share]);
  for (const share of ['coveredShare', 'coveredShareBinary', 'existingShare'] as const) {
    expect(Math.min(...weighted(share))).toBeLessThanOrEqual(area![share]);
    expect(Math.max(...weighted(share))).toBeGreaterThanOrEqual(area![share]);
  }
});

test('the total of a single area is the summary', () => {
  const [area] = plan.areas;
  expect(area!.areaKm2).toBeCloseTo(1, 4);
  expect(area!.coveredShare).toBeCloseTo(plan.summary.coveredShare, 10);
  expect(area!.coveredShareBinary).toBeCloseTo(plan.summary.coveredShareBinary, 10);
  expect(area!.existingShare).toBeCloseTo(plan.summary.existingShare, 10);
  expect(area!.coveredPeople).toBeCloseTo(plan.summary.coveredPeople!, 6);
  expect(area!.bins).toBe(plan.summary.bins);
});

test('shuffled sites give the same plan and the same fingerprint', () => {
  const ids = plan.items.map((item) => item.siteId);
  fc.assert(
    fc.property(fc.shuffledSubarray([...town.sites], { minLength: town.sites.length }), (sites) => {
      const again = computePlan({ ...town, sites }, aChoice());
      expect(again.items.map((item) => item.siteId)).toEqual(ids);
      expect(again.fingerprint).toBe(plan.fingerprint);
      expect(again.raster).toEqual(plan.raster);
      expect(again.uncovered).toEqual(plan.uncovered);
    }),
    { seed: 1, numRuns: 4 },
  );
});

test('planning again on prepared coverage equals a fresh run', () => {
  const refused = aChoice({ refusedSiteIds: [plan.items[1]!.siteId], targetShare: 0.9 });
  makePlan(prepared, aChoice({ maxSites: 1 }));
  expect(makePlan(prepared, refused)).toEqual(computePlan(town, refused));
});

test('a refused site is replaced and never displaced, a locked one stays', () => {
  const [, first, second] = plan.items;
  const again = makePlan(
    prepared,
    aChoice({ refusedSiteIds: [first!.siteId], lockedSiteIds: [second!.siteId] }),
  );
  expect(again.summary.status).toBe('reached');
  expect(again.raster.siteIds).not.toContain(first!.siteId);
  expect(again.items.flatMap((item) => item.displaced.map((rival) => rival.siteId))).not.toContain(
    first!.siteId,
  );
  expect(again.items[1]).toMatchObject({ siteId: second!.siteId, placedBy: 'locked', rank: 1 });
});

test('ids that are no candidates in reach have nothing to say', () => {
  const odd = aChoice({ refusedSiteIds: ['nobody', 'tower'], lockedSiteIds: ['nowhere'] });
  expect(makePlan(prepared, odd).items).toEqual(plan.items);
});

test('a budget is never exceeded, and what it leaves open is called a limit', () => {
  for (const budgetCny of [0, 59_999, 60_000, 150_000, 300_000]) {
    const { summary, uncovered } = makePlan(prepared, aChoice({ budgetCny }));
    expect(summary.status).toBe('budget-spent');
    expect(summary.costCny).toBeLessThanOrEqual(budgetCny);
    expect(uncovered[0]!.reason).toBe('limit');
  }
});

test('a higher threshold never covers more with the same sites', () => {
  const strict = prepareCoverage({ ...town, thresholdDbm: -95 });
  expect(shareOfSites(strict, plan.raster.siteIds)).toBeLessThanOrEqual(plan.summary.coveredShare);
});

test('weighing people instead of ground changes the share to people', () => {
  const byPeople = { ...town, weightBy: 'people' as const };
  const other = computePlan(byPeople, aChoice({ maxSites: 3 }));
  expect(other.summary.status).toBe('count-reached');
  expect(other.summary.coveredPeople! / other.summary.people!).toBeCloseTo(other.summary.coveredShare, 6);
});

test('weighing roads in key areas recounts from raster and grid', () => {
  const input: PlanInput = {
    ...town,
    weightBy: 'roads',
    roads: [aStreet(), { ...aStreet(), path: [...aStreet().path].map(([lon, lat]) => [lon, lat + 0.002]) }],
    keyAreas: [{ geometry: box(200, 200, 500, 500), factor: 5 }],
  };
  const ground = prepareCoverage(input);
  const other = makePlan(ground, aChoice({ maxSites: 3 }));
  const { grid } = ground;
  const plain = prepareCoverage({ ...input, keyAreas: [] }).grid;
  let covered = 0;
  let ordinary = 0;
  for (let id = 0; id < grid.binCount; id++) {
    if (grid.weight[id] === 0) continue;
    const at = grid.binRow[id]! * grid.columns + grid.binColumn[id]!;
    covered += (grid.weight[id]! * GRADE_VALUE[other.raster.grade[at]!]!) / FULL_GRADE_VALUE;
    ordinary += plain.weight[id]!;
  }
  expect(other.summary.weightBy).toBe('roads');
  expect(other.summary.coveredShare).toBeCloseTo(covered / grid.totalWeight, 9);
  expect(ordinary).toBe(plain.totalWeight);
  expect(grid.totalWeight).toBeGreaterThan(1.5 * ordinary);
  expect(grid.totalWeight).toBeLessThan(5 * ordinary);
});

test('every bin that is not covered has a reason and belongs to one patch of its reason', () => {
  const tight = makePlan(prepared, aChoice({ maxSites: 2 }));
  const { codes, patches } = recountPatches(tight);
  expect(tight.summary.status).toBe('count-reached');
  expect(new Set(tight.uncovered.map((patch) => patch.reason))).toEqual(new Set(['limit']));
  expect(tight.uncovered.length).toBe(patches);
  expect(tight.uncovered.reduce((sum, patch) => sum + patch.bins, 0)).toBe(codes);
  for (const patch of tight.uncovered) {
    expect(codeAt(tight, patch.position)).toBe(1 + uncoveredReasons.indexOf(patch.reason));
    expect(patch.reachableBySiteIds.length).toBeGreaterThan(0);
    expect(patch.reachableBySiteIds.length).toBeLessThanOrEqual(5);
  }
  expect(tight.uncovered.map((patch) => patch.areaM2)).toEqual(
    tight.uncovered.map((patch) => patch.areaM2).sort((a, b) => b - a),
  );
});

test('bins that only a refused site reaches are called refused', () => {
  const input = anInput({ sites: [aSite('only', 500, 500), aSite('corner', -350, -350)] });
  const refused = computePlan(input, aChoice({ refusedSiteIds: ['only'] }));
  expect(refused.summary.status).toBe('not-reachable');
  const patches = new Map(refused.uncovered.map((patch) => [patch.reason, patch.reachableBySiteIds]));
  expect(patches.get('refused')).toEqual(['only']);
  expect(patches.get('no-candidate-near')).toEqual([]);
});

test('ground no candidate is near says so', () => {
  const input = anInput({ sites: [aSite('west', -390, 500)] });
  expect(computePlan(input, aChoice()).uncovered[0]).toMatchObject({
    reason: 'no-candidate-near',
    reachableBySiteIds: [],
  });
});

test('ground behind a wall of towers is blocked, ground in sight that stays weak is too weak', () => {
  const wall = houses([{ west: 190, south: -200, east: 215, north: 1200, heightM: 200 }]);
  const open = houses([{ west: -900, south: -900, east: -880, north: -880, heightM: 10 }]);
  const area = [{ id: 'a', name: 'a', kind: '', geometry: box(240, 400, 440, 600) }];
  const input = anInput({ areas: area, sites: [aSite('p', 160, 500)], thresholdDbm: -80 });
  const reasons = (buildings: typeof wall) =>
    new Set(computePlan({ ...input, buildings }, aChoice()).uncovered.map((patch) => patch.reason));
  expect(reasons(wall)).toEqual(new Set(['blocked']));
  expect(reasons(open)).toContain('too-weak');
  expect(reasons(open)).not.toContain('blocked');
});

test('what is left when the target is reached was not needed', () => {
  const lazy = makePlan(prepared, aChoice({ targetShare: 0.6 }));
  expect(new Set(lazy.uncovered.map((patch) => patch.reason))).toEqual(new Set(['not-needed']));
});

test('a target of zero needs no site, and the whole share is never missed by rounding', () => {
  expect(makePlan(prepared, aChoice({ targetShare: 0 })).summary).toMatchObject({
    sites: 0,
    status: 'reached',
  });
  for (const targetShare of [0.07, 0.29, 0.57, 0.58, 0.83]) {
    const { summary } = makePlan(prepared, aChoice({ targetShare }));
    expect(summary.coveredShare).toBeGreaterThanOrEqual(targetShare);
  }
});

test('wrong choices and inputs are named before anything is computed', () => {
  const refuse = (choice: Parameters<typeof aChoice>[0], input = town) => {
    try {
      computePlan(input, aChoice(choice));
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return 'accepted';
  };
  expect(refuse({ targetShare: 1.01 })).toBe('SELECTION_SHARE_RANGE');
  expect(refuse({ targetShare: Number.NaN })).toBe('SELECTION_SHARE_RANGE');
  expect(refuse({ budgetCny: -1 })).toBe('SELECTION_BUDGET_RANGE');
  expect(refuse({ maxSites: 1.5 })).toBe('SELECTION_BUDGET_RANGE');
  expect(refuse({ lockedSiteIds: ['m001'], refusedSiteIds: ['m001'] })).toBe('SELECTION_LOCK_CONFLICT');
  expect(refuse({}, { ...town, profileId: 'n99' })).toBe('COVERAGE_PROFILE_UNKNOWN');
  expect(refuse({}, { ...town, areas: [] })).toBe('GRID_AREA_EMPTY');
  expect(refuse({}, { ...town, sites: [] })).toBe('COVERAGE_NO_SITES');
  expect(refuse({}, { ...town, sites: [aSite('x', 0, 0, { heightM: 0 })] })).toBe('COVERAGE_SITE_HEIGHT');
});

test('progress walks through the steps in order, and throwing in it stops the run', () => {
  const seen: PlanProgress[] = [];
  computePlan(town, aChoice(), (progress) => seen.push(progress));
  const steps = seen.map((progress) => progress.step);
  expect([...new Set(steps)]).toEqual(['grid', 'coverage', 'selection', 'plan']);
  for (const { done, total } of seen) expect(done).toBeLessThanOrEqual(total);
  const stop = () => {
    throw new Error('cancelled');
  };
  expect(() => computePlan(town, aChoice(), stop)).toThrow('cancelled');
});

function recount({ grid }: PreparedCoverage, { raster }: PlanResult) {
  let covered = 0;
  let binary = 0;
  let total = 0;
  let coveredBins = 0;
  let coveredPeople = 0;
  grid.binAt.forEach((bin, place) => {
    const grade = raster.grade[place]!;
    if (bin < 0 || grade === NO_GRADE) return;
    total += grid.weight[bin]!;
    covered += grid.weight[bin]! * GRADE_VALUE[grade]!;
    coveredPeople += (grid.people![bin]! * GRADE_VALUE[grade]!) / FULL_GRADE_VALUE;
    if (grade >= HALF_GRADE) {
      binary += grid.weight[bin]!;
      coveredBins++;
    }
  });
  return {
    coveredShare: covered / (FULL_GRADE_VALUE * total),
    coveredShareBinary: binary / total,
    coveredBins,
    coveredPeople,
  };
}

function bestOfSites({ grid, model, places, siteIndexes }: PreparedCoverage, siteIds: readonly string[]) {
  const level = new Int16Array(grid.binCount).fill(NO_LEVEL);
  const grade = new Uint8Array(grid.binCount);
  const server: string[] = Array.from({ length: grid.binCount }, () => '');
  for (const siteId of [...siteIds].sort()) {
    const levels = computeSiteLevels(model, places[siteIndexes.get(siteId)!]!);
    levels.bins.forEach((bin, index) => {
      grade[bin] = Math.max(grade[bin]!, levels.grade[index]!);
      if (levels.level[index]! <= level[bin]!) return;
      level[bin] = levels.level[index]!;
      server[bin] = siteId;
    });
  }
  return { level, grade, server };
}

function shareOfSites(coverage: PreparedCoverage, siteIds: readonly string[]): number {
  const { grade } = bestOfSites(coverage, siteIds);
  let covered = 0;
  coverage.grid.weight.forEach((weight, bin) => {
    covered += weight * GRADE_VALUE[grade[bin]!]!;
  });
  return covered / (FULL_GRADE_VALUE * coverage.grid.totalWeight);
}

function codeAt({ raster }: PlanResult, position: readonly [number, number]): number {
  const [eastM, northM] = prepared.zone.toMetres(position);
  const column = Math.floor((eastM - raster.westM) / raster.binSizeM);
  const row = Math.floor((raster.northM - northM) / raster.binSizeM);
  return raster.uncovered[row * raster.columns + column]!;
}

/** Patches counted by joining neighbours, another way than the engine's flood fill. */
function recountPatches({ raster }: PlanResult): { codes: number; patches: number } {
  const parent = Array.from(raster.uncovered, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at]!;
    return at;
  };
  let codes = 0;
  let joins = 0;
  const join = (a: number, b: number) => {
    if (raster.uncovered[a] !== raster.uncovered[b] || root(a) === root(b)) return;
    parent[root(a)] = root(b);
    joins++;
  };
  raster.uncovered.forEach((code, at) => {
    if (code === 0) return;
    codes++;
    if (at % raster.columns > 0) join(at, at - 1);
    if (at >= raster.columns) join(at, at - raster.columns);
  });
  return { codes, patches: codes - joins };
}
