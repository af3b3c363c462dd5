// Why a plan falls short, on places where the answer is known: ground that nobody serves, a limit that binds, and sites that would help.
import { expect, test } from 'vitest';
import { makePlan, type PlanChoice, type PlanInput, prepareCoverage } from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite } from './a-place.ts';

const reachOf = (input: Partial<PlanInput>, choice: Partial<PlanChoice>) =>
  makePlan(
    prepareCoverage(anInput({ binSizeM: 50, thresholdDbm: -85, ...input })),
    aChoice({ effort: 'quick', ...choice }),
  ).summary;

test('a plan that is reached has nothing to explain', () => {
  expect(reachOf({}, { targetShare: 0.5 })).toMatchObject({ status: 'reached', reach: null });
});

test('without limits only ground and candidates are to blame, and the shares of the gap add up', () => {
  const { status, bestShare, reach } = reachOf({ sites: [aSite('a', 100, 100)] }, { targetShare: 0.9 });
  expect(status).toBe('not-reachable');
  expect(reach).toMatchObject({ limits: [], unlimited: null, classes: [], refusedBins: 0 });
  const { nobody, refused, partly } = reach!.missing;
  expect(refused).toBe(0);
  expect(nobody).toBeGreaterThan(0.1);
  expect(reach!.nobodyBins).toBeGreaterThan(40);
  expect(nobody + refused + partly).toBeCloseTo(1 - bestShare, 12);
});

test('a refused half of the mesh is named by its type with what it would bring, and unavailable sites by theirs', () => {
  const sites = aMesh(1000, 1000, 125).map((site, index) =>
    index % 8 < 4 ? site : { ...site, resourceType: '政府机关' },
  );
  const idle = aSite('idle', 950, 950, { status: 'unavailable', resourceType: '学校' });
  const refusedSiteIds = sites.filter(({ resourceType }) => resourceType === '政府机关').map(({ id }) => id);
  const { bestShare, status, reach } = reachOf(
    { sites: [...sites, idle] },
    { targetShare: 0.8, refusedSiteIds },
  );
  const open = reachOf({ sites }, { targetShare: 0.8 });
  expect([status, open.status]).toEqual(['not-reachable', 'reached']);
  expect(reach!.limits).toMatchObject([{ limit: 'refused', reached: true, binds: true }]);
  expect(reach!.classes.map(({ why, resourceType, sites: count }) => [why, resourceType, count])).toEqual([
    ['refused', '政府机关', 32],
    ['unavailable', '学校', 1],
  ]);
  const [offices, school] = reach!.classes;
  expect(offices!.extraShare).toBeCloseTo(open.bestShare - bestShare, 12);
  expect(offices).toMatchObject({ suffices: true });
  expect(school).toMatchObject({ suffices: false });
  expect(school!.extraShare).toBeGreaterThan(0);
  const alone = reachOf(
    { sites: [...sites, { ...idle, status: 'candidate' }] },
    { targetShare: 0.8, refusedSiteIds },
  );
  expect(school!.extraShare).toBeCloseTo(alone.bestShare - bestShare, 12);
});

test.each<[string, Partial<PlanChoice>]>([
  ['count', { maxSites: 1 }],
  ['budget', { budgetCny: 60_000 }],
  ['spacing', { spacing: { poleM: 900, roofM: 0, towerM: 0 } }],
  [
    'groups',
    { quotas: [{ by: 'structure', value: 'pole', leastSites: null, mostSites: 1, mostCostCny: null }] },
  ],
])('of two limits the %s that binds is told from the one that does not', (limit, changes) => {
  const idle = limit === 'budget' ? { maxSites: 999 } : { budgetCny: 90_000_000 };
  const { status, coveredShare, reach } = reachOf({}, { targetShare: 0.8, ...changes, ...idle });
  expect(status).not.toBe('reached');
  expect(reach!.limits.filter(({ binds }) => binds)).toMatchObject([{ limit, reached: true }]);
  expect(reach!.limits).toHaveLength(2);
  for (const { share } of reach!.limits) expect(share).toBeGreaterThanOrEqual(coveredShare);
  expect(reach!.unlimited).toMatchObject({ reached: true });
  expect(reach!.classes).toEqual([]);
});
