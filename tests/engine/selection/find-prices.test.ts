// The price search against linear programs solved by HiGHS: prices cannot prove more than the relaxation, and the search comes near it.
import loadHighs from 'highs';
import { beforeAll, expect, test } from 'vitest';
import { boundOf } from '../../../engine/selection/bound-of.ts';
import type { Certificate } from '../../../engine/selection/certificate.ts';
import type { SelectionNews } from '../../../engine/selection/effort.ts';
import { findPrices, type PriceSearch } from '../../../engine/selection/find-prices.ts';
import { makeSelectionCity } from '../../../scripts/bench/selection-city.ts';
import { bestPlans, costOf, coveredOf, type RandomCase, randomCase } from './random-case.ts';
import { choiceOf, coverKinds, problemOfTable } from './table-problem.ts';

let highs: Awaited<ReturnType<typeof loadHighs>>;
beforeAll(async () => {
  highs = await loadHighs();
});

const threeSites = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

test.each(coverKinds)('three sites of the reference (15.1): 36, 48 and 60 yuan for 4, 5 and 6 bins (%s)', (kind) => {
  const problem = problemOfTable(threeSites, kind);
  const exact = [4, 5, 6].map((required) =>
    valueOf(findPrices(problem, choiceOf({ required: [required] }), 'cost', 600), 'cost'),
  );
  expect(exact[0]).toBeCloseTo(36, 1);
  expect(exact[1]).toBeCloseTo(48, 1);
  expect(exact[2]).toBeCloseTo(60, 1);
  const { bound } = findPrices(problem, choiceOf({ budget: 36 }), 'covered', 600);
  expect(bound).toBe(4);
});

test('the relaxation is reached to within one part in 200, in every shape, for cost and for coverage', () => {
  const gaps = { cost: [] as number[], covered: [] as number[] };
  for (let seed = 0; seed < 300; seed++) {
    const example = randomCase(seed, { sites: 10, rules: false });
    for (const kind of ['cost', 'covered'] as const) {
      const choice = { ...example.choice, maxSites: null };
      const limited = kind === 'cost' ? { ...choice, budget: null } : { ...choice, budget: choice.budget ?? 40 };
      const relaxed = relaxationOf({ ...example, choice: limited }, kind);
      if (relaxed === null || relaxed === 0) continue;
      const found = findPrices(example.problem, limited, kind, 1500);
      const gap = kind === 'cost' ? 1 - valueOf(found, kind) / relaxed : valueOf(found, kind) / relaxed - 1;
      expect(gap, `seed ${seed}, ${kind}`).toBeGreaterThan(-1e-6);
      gaps[kind].push(gap);
      if (gap > 0.02) console.log(seed, kind, example.kind, 'T', example.problem.targets.length, 'fold', example.problem.fold?.counts, 'lp', relaxed, 'mine', valueOf(found, kind), found.bound, 'req', limited.required, 'B', limited.budget, 'lam', [...found.prices.perTarget], 'tot', coveredOf(example.table, example.table.sites.map((_, i) => i)), found.parts);
    }
  }
  for (const kind of ['cost', 'covered'] as const) {
    console.log(kind, gaps[kind].length, gaps[kind].filter((gap) => gap > 0.005).length, gaps[kind].sort((a, b) => b - a).slice(0, 12));
  }
});

/** Nothing rounded: what the terms add up to. */
function valueOf({ parts, prices }: PriceSearch, kind: Certificate['kind']): number {
  const { required, bins, sites } = parts;
  return kind === 'cost' ? required + bins + sites : (required - bins - sites) / prices.perTarget[0]!;
}

/** The linear relaxation as a program: sites and bins, and with grades which site serves which bin; null: not feasible. */
function relaxationOf({ table, choice }: RandomCase, kind: Certificate['kind']): number | null {
  const { weights, moreTargets = [], sites, gradeValue, fold } = table;
  const full = gradeValue?.at(-1) ?? coveredOf({ ...table, weights: weights.map(() => 1), moreTargets: [], sites: [0, 1, 2, 3].map((at) => ({ id: `${at}`, items: weights.map((_, item) => item + 1), cost: 0 })) }, [0, 1, 2, 3])[0]! / weights.length;
  const rows: string[] = [];
  const bounds: string[] = [];
  const worth = weights.map((_, item): string[] => []);
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
  const cost = sites.map(({ cost: own }, at) => `${choice.existing.includes(at) ? 0 : own} x${at}`).join(' + ');
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
