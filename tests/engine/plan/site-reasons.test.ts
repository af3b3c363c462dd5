// Prices of single sites of a plan: substitutes, why not, and which rule leaves no room.
import { expect, test } from 'vitest';
import {
  chooseSites,
  findBlocks,
  makePlan,
  makeSiteReasons,
  prepareCoverage,
  requestOf,
} from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite, blocks } from './a-place.ts';

const input = anInput({
  sites: [
    ...aMesh(1000, 1000, 125),
    aSite('dear', 500, 510, { costCny: 900_000 }),
    aSite('standing', 60, 60, { status: 'existing' }),
  ],
  buildings: blocks(1000, 1000),
});
const prepared = prepareCoverage(input);
const choice = aChoice({ targetShare: 0.8 });
const chosen = chooseSites(requestOf(prepared, choice));
const reasonsOf = makeSiteReasons(prepared, chosen, 3);
const open = chosen.selection.steps.map(({ site }) => prepared.sites[site]!.id);

test('the price of a substitute is what the plan costs more with it, and it is not in the plan', () => {
  const { request, selection } = chosen;
  for (const siteId of open.slice(1)) {
    const reasons = reasonsOf(siteId);
    if (reasons?.kind !== 'chosen') throw new Error('a chosen site has chosen reasons');
    expect(reasons.substitutes.length).toBeLessThanOrEqual(3);
    for (const one of reasons.substitutes) {
      expect(open).not.toContain(one.siteId);
      if (one.extraCostCny === null) continue;
      const gone = new Set([siteId, ...one.alsoClosed]);
      const sites = [...open.filter((id) => !gone.has(id)), one.siteId, ...one.alsoOpened];
      const cost = sites.reduce((sum, id) => sum + request.problem.cost[prepared.siteIndexes.get(id)!]!, 0);
      expect(cost - selection.cost).toBe(one.extraCostCny);
    }
  }
});

test('an existing station and an unknown site have no price', () => {
  expect(reasonsOf('standing')).toBeNull();
  expect(reasonsOf('nobody')).toBeNull();
});

test('a dear site would be chosen at a price below its own', () => {
  const reasons = reasonsOf('dear');
  if (reasons?.kind !== 'unchosen') throw new Error('the dear site is not chosen');
  expect(['too-dear', 'covered']).toContain(reasons.cause);
  expect(reasons.extraCostCny).toBeGreaterThan(0);
  expect(reasons.breakEvenCny).toBe(900_000 - reasons.extraCostCny!);
  for (const { siteId, part } of reasons.coveredBy) {
    expect(open).toContain(siteId);
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThanOrEqual(1);
  }
});

test('a plan that is kept carries what could replace its sites, and the bins that hang on each', () => {
  const { items } = makePlan(prepared, choice);
  for (const item of items) {
    if (item.status === 'existing') {
      expect(item.replacement).toBeNull();
      continue;
    }
    const reasons = makeSiteReasons(prepared, chosen, 3)(item.siteId);
    if (reasons?.kind !== 'chosen') throw new Error('a chosen site has chosen reasons');
    const { kind: _kind, ...replacement } = reasons;
    expect(item.replacement).toEqual(replacement);
    expect(item.uniqueBins).toBeGreaterThanOrEqual(0);
    if (item.uniqueBins! > 0) expect(item.uniqueWeightShare).toBeGreaterThan(0);
  }
});

test('the rules that leave no room for a site are named', () => {
  const rows = open.map((id) => {
    const site = prepared.sites[prepared.siteIndexes.get(id)!]!;
    return { site, isExisting: site.status === 'existing', costCny: site.costCny };
  });
  const beside = { ...rows[1]!.site, id: 'beside', position: rows[1]!.site.position };
  const epsg = prepared.grid.epsg;
  const count = rows.filter(({ isExisting }) => !isExisting).length;
  const cost = rows.reduce((sum, { costCny, isExisting }) => sum + (isExisting ? 0 : costCny), 0);
  expect(findBlocks(choice, beside, rows, epsg)).toEqual([]);
  expect(
    findBlocks({ ...choice, spacing: { poleM: 50, roofM: 50, towerM: 50 } }, beside, rows, epsg),
  ).toEqual([{ rule: 'spacing', with: rows[1]!.site.id }]);
  const quota = {
    by: 'structure',
    value: 'pole',
    leastSites: null,
    mostSites: count,
    mostCostCny: cost,
  } as const;
  expect(findBlocks({ ...choice, quotas: [quota] }, beside, rows, epsg).map(({ rule }) => rule)).toEqual([
    'group-most',
    'group-cost',
  ]);
  expect(findBlocks({ ...choice, quotas: [{ ...quota, value: 'tower' }] }, beside, rows, epsg)).toEqual([]);
  const limits = { budgetCny: cost, maxSites: count };
  expect(findBlocks({ ...choice, ...limits }, beside, rows, epsg).map(({ rule }) => rule)).toEqual([
    'budget',
    'count',
  ]);
});
