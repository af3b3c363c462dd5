// The price search against linear programs solved by HiGHS: prices cannot prove more than the relaxation, and the search comes near it.
import loadHighs from 'highs';
import { beforeAll, expect, test } from 'vitest';
import type { Certificate } from '../../../engine/selection/certificate.ts';
import type { SelectionNews } from '../../../engine/selection/effort.ts';
import { boundOf } from '../../../engine/selection/prices/bound-of.ts';
import { findPrices, type PriceSearch } from '../../../engine/selection/prices/find-prices.ts';
import { makeSelectionCity } from '../../../scripts/bench/selection-city.ts';
import { threeSites } from './guide-examples.ts';
import { bestPlans, costOf, coveredOf, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable } from './table-problem.ts';

let highs: Awaited<ReturnType<typeof loadHighs>>;
beforeAll(async () => {
  highs = await loadHighs();
});

test.each(coverKinds)(
  'three sites of the reference (15.1): 36, 48 and 60 yuan for 4, 5 and 6 bins (%s)',
  (kind) => {
    const problem = problemOfTable(threeSites, kind);
    const exact = [4, 5, 6].map((required) =>
      exactOf(findPrices(problem, choiceOf({ required: [required] }), 'cost', 600), 'cost'),
    );
    expect(exact[0]).toBeCloseTo(36, 1);
    expect(exact[1]).toBeCloseTo(48, 1);
    expect(exact[2]).toBeCloseTo(60, 1);
    const { bound } = findPrices(problem, choiceOf({ budget: 36 }), 'covered', 600);
    expect(bound).toBe(4);
  },
);

test('the relaxation is never passed and mostly reached, in every shape, for cost and for coverage', () => {
  const gaps = { cost: [] as number[], covered: [] as number[] };
  for (let seed = 0; seed < 240; seed++) {
    const example = randomCase(seed, { sites: 10, rules: false });
    const { choice, problem } = example;
    for (const kind of ['cost', 'covered'] as const) {
      const budget = kind === 'cost' ? null : (choice.budget ?? 40);
      const limited = { ...example, choice: { ...choice, maxSites: null, budget } };
      const relaxed = relaxationOf(limited, kind);
      if (relaxed === null || relaxed === 0) continue;
      const found = findPrices(problem, limited.choice, kind, 1000);
      const ceiling = ceilingOf(limited);
      const gap =
        kind === 'cost'
          ? 1 - exactOf(found, kind) / relaxed
          : Math.min(exactOf(found, kind), ceiling) / Math.min(relaxed, ceiling) - 1;
      expect(gap, `seed ${seed}, ${kind}`).toBeGreaterThan(-1e-6);
      gaps[kind].push(gap);
    }
  }
  for (const kind of ['cost', 'covered'] as const) {
    const sorted = gaps[kind].sort((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(150);
    expect(sorted[Math.floor(0.5 * sorted.length)]).toBeLessThan(0.001);
    expect(sorted[Math.floor(0.8 * sorted.length)]).toBeLessThan(0.01);
    expect(sorted.at(-1)).toBeLessThan(0.25);
  }
});

test('under every rule there is, and with several targets, no bound passes the best of all sets', () => {
  let compared = 0;
  for (let seed = 0; seed < 240; seed++) {
    const example = randomCase(seed + 900);
    const { problem, choice, table } = example;
    const { cheapest, widest } = bestPlans(example);
    if (cheapest) {
      const { bound } = findPrices(problem, choice, 'cost', 120);
      expect(bound, `seed ${seed}`).toBeLessThanOrEqual(costOf(table, cheapest));
      compared++;
    }
    if (widest) {
      const { bound } = findPrices(problem, choice, 'covered', 120);
      const most = coveredOf(table, [...choice.existing, ...widest])[0]!;
      expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(most);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(300);
});

const town = makeSelectionCity({
  seed: 7,
  areaKm2: 4,
  binSizeM: 20,
  candidates: 800,
  radiusM: [150, 800],
  weights: 'demand',
  costs: 'mixed',
  bands: 2,
});
const shareOf = (share: number) =>
  choiceOf({
    required: town.targets.map(({ weight }) => Math.floor(share * weight.reduce((sum, own) => sum + own, 0))),
  });

test('a town is near its limit after 300 steps, and needs less for a smaller share', () => {
  const [few, many] = [300, 3000].map((steps) => findPrices(town, shareOf(0.9), 'cost', steps));
  expect(few!.bound).toBeGreaterThan(0.99 * many!.bound);
  expect(few!.bound).toBeLessThanOrEqual(many!.bound);
  expect(findPrices(town, shareOf(0.7), 'cost', 300).bound).toBeLessThan(0.7 * many!.bound);
});

test('the prices found prove the bound that is told, and the same input gives the same bytes', () => {
  const choice = shareOf(0.9);
  const found = findPrices(town, choice, 'cost', 130);
  const again = findPrices(town, choice, 'cost', 130);
  expect(again).toEqual(found);
  const proved = boundOf(town, choice, 'cost', found.prices);
  expect(proved).toEqual({ bound: found.bound, parts: found.parts, reduced: found.reduced });
  expect(found.x.every((share) => share >= 0 && share <= 1)).toBe(true);
});

test('a budget in yuan or in sites bounds what can be covered', () => {
  const total = town.targets[0].weight.reduce((sum, own) => sum + own, 0);
  const most = (limits: { budget?: number; maxSites?: number }) =>
    findPrices(town, choiceOf({ required: [0, 0, 0], ...limits }), 'covered', 300).bound;
  const { bound: cost } = findPrices(
    town,
    choiceOf({ required: [Math.floor(0.8 * total), 0, 0] }),
    'cost',
    600,
  );
  // Both are the same frontier of the relaxation: what 80 % cost at the least buys 80 % at the most.
  expect(most({ budget: cost }) / total).toBeCloseTo(0.8, 2);
  expect(most({ maxSites: 3 })).toBeLessThan(most({ maxSites: 6 }));
  expect(most({ maxSites: 6, budget: cost })).toBeLessThanOrEqual(most({ budget: cost }) * 1.01);
  expect(most({ budget: 1e12 })).toBe(
    boundOf(town, choiceOf({ required: [0, 0, 0] }), 'covered', noPrices).bound,
  );
});

test('it tells how far it is, stops when asked, and starts from prices of before', () => {
  const news: SelectionNews[] = [];
  let asked = 0;
  const found = findPrices(town, shareOf(0.9), 'cost', 500, {
    onNews: (one) => news.push(one),
    shouldStop: () => ++asked > 100,
  });
  expect(found.steps).toBe(100);
  expect(news.map(({ done }) => done)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(news.at(-1)).toMatchObject({ stage: 'prices', total: 500, cost: null, covered: null });
  expect(news.at(-1)!.bound).toBe(found.bound);
  const onwards = findPrices(town, shareOf(0.9), 'cost', 0, {}, found.prices);
  expect(onwards.bound).toBeGreaterThanOrEqual(found.bound);
  expect(findPrices(town, shareOf(0.9), 'cost', 60, {}, found.prices).bound).toBeGreaterThan(found.bound);
});

const noPrices = { perTarget: new Float64Array(3), perBin: new Float32Array(town.cover.binCount) };

/** What all sites that are not refused cover of the first target. */
function ceilingOf({ table, choice: { refused, existing } }: RandomCase): number {
  const all = table.sites.map((_, site) => site);
  return coveredOf(
    table,
    all.filter((site) => existing.includes(site) || !refused.includes(site)),
  )[0]!;
}

/** Nothing rounded: what the terms add up to. */
function exactOf({ parts, prices }: PriceSearch, kind: Certificate['kind']): number {
  const { required, bins, sites } = parts;
  return kind === 'cost' ? required + bins + sites : (required - bins - sites) / prices.perTarget[0]!;
}

/** The linear relaxation as a program: sites and bins, and with grades which site serves which bin; null: not feasible. */
function relaxationOf({ table, choice }: RandomCase, kind: Certificate['kind']): number | null {
  const { weights, moreTargets = [], sites, gradeValue, fold } = table;
  const needs = fold?.counts === 'graded' ? fold.sites : [];
  const full = gradeValue?.at(-1) ?? (needs.includes(2) ? 2 : 1) * (needs.includes(3) ? 3 : 1);
  const rows: string[] = [];
  const bounds: string[] = [];
  const worth = weights.map((): string[] => []);
  weights.forEach((_, item) => {
    const servers = sites.flatMap((site, at) => {
      const index = site.items.indexOf(item + 1);
      const grade = index < 0 ? 0 : (site.grades?.[index] ?? 1);
      return grade > 0 ? [{ at, value: gradeValue ? gradeValue[grade]! : full }] : [];
    });
    if (servers.length === 0) return;
    if (gradeValue) {
      for (const { at, value } of servers) {
        rows.push(`y${item}_${at} - x${at} <= 0`);
        worth[item]!.push(`${value} y${item}_${at}`);
      }
      rows.push(`${servers.map(({ at }) => `y${item}_${at}`).join(' + ')} <= 1`);
    } else {
      rows.push(`${fold?.sites[item] ?? 1} z${item} - ${servers.map(({ at }) => `x${at}`).join(' - ')} <= 0`);
      bounds.push(`0 <= z${item} <= 1`);
      worth[item]!.push(`${full} z${item}`);
    }
  });
  const share = (target: readonly number[]) =>
    target
      .flatMap((weight, item) =>
        worth[item]!.map((term) => {
          const [value, name] = term.split(' ');
          return `${weight * Number(value)} ${name}`;
        }),
      )
      .join(' + ');
  const cost = sites
    .map(({ cost: own }, at) => `${choice.existing.includes(at) ? 0 : own} x${at}`)
    .join(' + ');
  sites.forEach((_, at) => {
    const least = choice.existing.includes(at) || choice.locked.includes(at) ? 1 : 0;
    bounds.push(`${least} <= x${at} <= ${least === 0 && choice.refused.includes(at) ? 0 : 1}`);
  });
  if (kind === 'cost')
    [weights, ...moreTargets].forEach((target, at) => {
      rows.push(`${share(target) || '0 x0'} >= ${choice.required[at]}`);
    });
  else rows.push(`${cost} <= ${choice.budget}`);
  const goal = kind === 'cost' ? `Minimize\n obj: ${cost}` : `Maximize\n obj: ${share(weights) || '0 x0'}`;
  const model = `${goal}\nSubject To\n${rows.map((row, at) => ` r${at}: ${row}`).join('\n')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`;
  const solved = highs.solve(model);
  return solved.Status === 'Optimal' ? solved.ObjectiveValue : null;
}
