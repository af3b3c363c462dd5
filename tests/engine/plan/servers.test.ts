// Plans for capacity: a bin counts when several sites serve it. Known numbers on ground with few sites, laws over seeded choices, and
// the figures of the plan recounted from its footprints.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachRun } from '../../../engine/coverage/binary-runs.ts';
import {
  checkChoice,
  checkPlan,
  chooseSites,
  decodeCertificate,
  explainSite,
  FULL_GRADE_VALUE,
  GRADE_VALUE,
  HALF_GRADE,
  makePlan,
  makeRepairer,
  makeSiteReasons,
  type PlanChoice,
  type PreparedCoverage,
  type ProvenPlan,
  prepareCoverage,
  requestOf,
  type ServerDuty,
} from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite, box, people } from './a-place.ts';

const two: ServerDuty = { least: 2, counts: 'graded' };
const twoStrict: ServerDuty = { least: 2, counts: 'strict' };

/** Sites per bin by a plain loop over runs. */
function countedServers({ footprints, siteIndexes }: PreparedCoverage, siteIds: readonly string[]): number[] {
  const servers = new Array<number>(footprints.binCount).fill(0);
  for (const id of siteIds)
    eachRun(footprints, siteIndexes.get(id)!, HALF_GRADE, (first, length) => {
      for (let bin = first; bin < first + length; bin++) servers[bin]!++;
    });
  return servers;
}

function shareOf(prepared: PreparedCoverage, siteIds: readonly string[], duty: ServerDuty): number {
  const { weight, totalWeight } = prepared.grid;
  const worth = (count: number) =>
    duty.counts === 'graded' ? Math.min(count, duty.least) / duty.least : Number(count >= duty.least);
  return (
    countedServers(prepared, siteIds).reduce((sum, count, bin) => sum + weight[bin]! * worth(count), 0) /
    totalWeight
  );
}

const idsOf = ({ items }: ProvenPlan) => items.map(({ siteId }) => siteId);

describe('two masts on one square that both serve wholly', () => {
  const square = anInput({
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 60, 60) }],
    sites: [aSite('a', 30, 20), aSite('b', 30, 40)],
    thresholdDbm: -120,
  });
  const prepared = prepareCoverage(square);
  const planOf = (changes: Partial<PlanChoice>) =>
    makePlan(prepared, aChoice({ targetShare: 1, ...changes }));

  test('one of them is half of a graded pair and nothing of a strict one', () => {
    const graded = planOf({ servers: two, targetShare: 0.5 });
    expect(graded.summary).toMatchObject({ sites: 1, status: 'reached' });
    expect(graded.summary.servers).toEqual({ ...two, coveredShare: 0.5, bestShare: 1, existingShare: 0 });
    const strict = planOf({ servers: twoStrict, targetShare: 1, maxSites: 1 });
    expect(strict.summary.servers).toMatchObject({ coveredShare: 0, bestShare: 1 });
    expect(strict.summary.status).toBe('count-reached');
  });

  test('both of them make the pair, and the rows share it', () => {
    for (const servers of [two, twoStrict]) {
      const { summary, items } = planOf({ servers });
      expect(summary).toMatchObject({ sites: 2, status: 'reached', costCny: 120_000 });
      expect(summary.servers).toMatchObject({ coveredShare: 1, bestShare: 1 });
      expect(items.map(({ shareAfter }) => shareAfter)).toEqual([servers === two ? 0.5 : 0, 1]);
      expect(items.map(({ gainBins }) => gainBins)).toEqual([0, 9]);
      expect(items.map(({ uniqueBins }) => uniqueBins)).toEqual([9, 9]);
      expect(items.map(({ uniqueWeightShare }) => uniqueWeightShare)).toEqual(
        servers === two ? [0.5, 0.5] : [1, 1],
      );
    }
  });

  test('of three where there are two, two thirds are graded, none strict, and the plan says that nothing more is there', () => {
    const graded = planOf({ servers: { least: 3, counts: 'graded' } });
    expect(graded.summary.status).toBe('not-reachable');
    expect(graded.summary.servers!.bestShare).toBeCloseTo(2 / 3, 12);
    expect(graded.summary.reach!.missing.nobody + graded.summary.reach!.missing.partly).toBeCloseTo(
      1 / 3,
      12,
    );
    const strict = planOf({ servers: { least: 3, counts: 'strict' } });
    expect(strict.summary.status).toBe('not-reachable');
    expect(strict.summary.servers!.bestShare).toBe(0);
  });

  test('a station that stands already is the first of the pair', () => {
    const standing = prepareCoverage({
      ...square,
      sites: [aSite('a', 30, 20, { status: 'existing', costCny: 0 }), aSite('b', 30, 40)],
    });
    const { summary } = makePlan(standing, aChoice({ targetShare: 1, servers: two }));
    expect(summary).toMatchObject({ sites: 1, existingSites: 1, costCny: 60_000, status: 'reached' });
    expect(summary.servers).toMatchObject({ existingShare: 0.5, coveredShare: 1 });
  });

  test('what an unavailable class would add is counted in pairs', () => {
    const idle = prepareCoverage({
      ...square,
      sites: [aSite('a', 30, 20), aSite('b', 30, 40, { status: 'unavailable' })],
    });
    const { summary } = makePlan(idle, aChoice({ targetShare: 1, servers: two }));
    expect(summary.reach!.classes).toMatchObject([
      { why: 'unavailable', sites: 1, extraShare: 0.5, suffices: true },
    ]);
    const strict = makePlan(idle, aChoice({ targetShare: 1, servers: twoStrict }));
    expect(strict.summary.reach!.classes).toMatchObject([{ extraShare: 1, newBins: 9, suffices: true }]);
  });

  test('other numbers of servers and other words are refused', () => {
    for (const servers of [
      { least: 1, counts: 'graded' },
      { least: 5, counts: 'strict' },
      { least: 2, counts: 'half' },
    ])
      expect(() => checkChoice(aChoice({ servers: servers as ServerDuty }))).toThrow(
        /SELECTION_SERVERS_RANGE/,
      );
  });
});

const town = prepareCoverage(
  anInput({
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 500, 400) }],
    sites: [
      ...aMesh(500, 400, 80).map((site, index) => ({ ...site, costCny: 40_000 + 7_000 * (index % 4) })),
      aSite('stands', 120, 120, { status: 'existing' }),
    ],
    demand: people(500, 400, 40),
  }),
);

const duty: fc.Arbitrary<ServerDuty> = fc.record({
  least: fc.constantFrom(2 as const, 3 as const, 4 as const),
  counts: fc.constantFrom('graded' as const, 'strict' as const),
});

test('whatever is asked, shares, gains, losses and ceilings are those of the footprints, and the certificate is sound', () => {
  fc.assert(
    fc.property(
      duty,
      fc.double({ min: 0.2, max: 0.9, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
      fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 3 }),
      (servers, targetShare, maxSites, refused) => {
        const refusedSiteIds = refused.map((index) => `m${String(index).padStart(3, '0')}`);
        const choice = aChoice({ servers, targetShare, maxSites, refusedSiteIds });
        const plan = makePlan(town, choice);
        const { summary, items } = plan;
        const told = summary.servers!;
        const ids = idsOf(plan);
        const usable = [...town.siteIndexes.keys()].filter((id) => !refusedSiteIds.includes(id));
        expect(told.coveredShare).toBeCloseTo(shareOf(town, ids, servers), 12);
        expect(told.bestShare).toBeCloseTo(shareOf(town, usable, servers), 12);
        expect(told.existingShare).toBeCloseTo(shareOf(town, ['stands'], servers), 12);
        expect(summary.status === 'reached').toBe(told.coveredShare >= targetShare);
        items.forEach(({ shareAfter, uniqueWeightShare, siteId }, at) => {
          expect(shareAfter).toBeCloseTo(shareOf(town, ids.slice(0, at + 1), servers), 12);
          const without = shareOf(
            town,
            ids.filter((id) => id !== siteId),
            servers,
          );
          expect(uniqueWeightShare).toBeCloseTo(told.coveredShare - without, 12);
        });
        const { problem } = requestOf(town, choice);
        const decoded = decodeCertificate(problem, plan.proof.file, plan.proof.prices);
        expect(checkPlan(problem, decoded.choice, decoded.selection)).toEqual([]);
      },
    ),
    { seed: 20, numRuns: 25 },
  );
}, 60_000);

test('the shares of one server keep their meaning beside those of several', () => {
  const plan = makePlan(town, aChoice({ servers: two, targetShare: 0.8 }));
  const { grid, raster } = { grid: town.grid, raster: plan.raster };
  let worth = 0;
  let binary = 0;
  raster.grade.forEach((grade, at) => {
    const bin = grid.binAt[at]!;
    if (bin < 0 || grade === 255) return;
    worth += grid.weight[bin]! * GRADE_VALUE[grade]!;
    if (grade >= HALF_GRADE) binary += grid.weight[bin]!;
  });
  expect(plan.summary.coveredShare).toBeCloseTo(worth / (grid.totalWeight * FULL_GRADE_VALUE), 12);
  expect(plan.summary.coveredShareBinary).toBeCloseTo(binary / grid.totalWeight, 12);
  expect(plan.areas[0]!.coveredShare).toBeCloseTo(plan.summary.coveredShare, 9);
  expect(plan.summary.coveredPeople!).toBeLessThanOrEqual(plan.summary.people!);
  // a pair needs its first site
  expect(plan.summary.coveredShareBinary).toBeGreaterThanOrEqual(plan.summary.servers!.coveredShare);
});

test('more servers never cost less, and strict never costs less than graded', () => {
  const costOf = (servers: ServerDuty | null) =>
    chooseSites(requestOf(town, aChoice({ servers, targetShare: 0.7, effort: 'thorough' }))).selection;
  const bounds = [two, twoStrict].map((servers) => costOf(servers));
  expect(bounds[1]!.cost).toBeGreaterThanOrEqual(bounds[0]!.certificate.bound);
  const three = costOf({ least: 3, counts: 'strict' });
  expect(three.cost).toBeGreaterThanOrEqual(bounds[1]!.certificate.bound);
});

test('struck, locked and taken back, the plan keeps its pairs', () => {
  for (const servers of [two, twoStrict]) {
    const request = requestOf(town, aChoice({ servers, targetShare: 0.7 }));
    const chosen = chooseSites(request);
    const opened = chosen.selection.steps
      .filter(({ placedBy }) => placedBy !== 'existing')
      .map(({ site }) => site);
    const repairer = makeRepairer(request.problem, request.choice, opened, { looks: 6_000 });
    const struck = repairer.strike(opened[0]!);
    const ids = ['stands', ...struck.sites.map((site) => town.sites[site]!.id)];
    expect(struck.status).toBe('reached');
    expect(ids).not.toContain(town.sites[opened[0]!]!.id);
    expect(shareOf(town, ids, servers)).toBeGreaterThanOrEqual(0.7);
  }
});

test('reasons speak of pairs: what a site outside would add, and what it reaches alone', () => {
  const chosen = chooseSites(requestOf(town, aChoice({ servers: two, targetShare: 0.6 })));
  const ids = chosen.selection.steps.map(({ site }) => town.sites[site]!.id);
  const outside = town.sites.map(({ id }) => id).find((id) => !ids.includes(id))!;
  const reasons = makeSiteReasons(town, chosen, 3)(outside);
  if (reasons?.kind !== 'unchosen') throw new Error('expected a site outside the plan');
  const now = shareOf(town, ids, two);
  expect(reasons.gainShare).toBeCloseTo(shareOf(town, [...ids, outside], two) - now, 12);
  expect(reasons.aloneShare).toBeCloseTo(shareOf(town, [outside], two), 12);
  for (const { part } of reasons.coveredBy) expect(part).toBeLessThanOrEqual(1);
});

test('of a pair that nobody began, neither site adds anything, and neither is called covered', () => {
  const input = anInput({
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 60, 60) }],
    sites: [aSite('a', 30, 20), aSite('b', 30, 40)],
    thresholdDbm: -120,
  });
  const prepared = prepareCoverage(input);
  const choice = aChoice({ servers: twoStrict, targetShare: 1, maxSites: 1 });
  const plan = makePlan(prepared, choice);
  expect(plan.items).toEqual([]);
  expect(explainSite(input, choice, plan.raster, 'a').whyNot).toMatchObject({
    reason: 'too-dear',
    remainingGainShare: 0,
  });
  const reasons = makeSiteReasons(prepared, chooseSites(requestOf(prepared, choice)), 3)('a');
  expect(reasons).toMatchObject({ kind: 'unchosen', gainShare: 0, aloneShare: 0 });
  expect(['covered', 'unavailable']).not.toContain(reasons?.kind === 'unchosen' ? reasons.cause : null);
  const both = makePlan(prepared, aChoice({ servers: twoStrict, targetShare: 1 }));
  expect(both.raster.quality!.servers.filter((servers) => servers === 2)).toHaveLength(9);
});
