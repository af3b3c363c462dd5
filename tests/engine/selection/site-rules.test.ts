// The rules of a plan while sites open and close: first by hand, then random walks against rules written as plain pairs and sums.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SelectionChoice } from '../../../engine/selection/selection-problem.ts';
import { makeSiteRules } from '../../../engine/selection/wishes/make-site-rules.ts';
import { choiceOf, problemOfTable, type Table } from './table-problem.ts';

const sitesAt = (...places: [number, number][]): Table => ({
  weights: [1],
  sites: places.map((_, index) => ({ id: `s${index}`, items: [1], cost: index + 1 })),
  places,
});
const rulesOf = (table: Table, changes: Partial<SelectionChoice>) =>
  makeSiteRules(problemOfTable(table), choiceOf(changes));
const spaced = (...spacingM: number[]) => ({
  rules: { spacingM: Float64Array.from(spacingM), groups: [] },
});

test('nearer than the smaller of both spacings is forbidden, exactly that far is allowed', () => {
  const table = sitesAt([0, 0], [100, 0], [99.9, 0]);
  const rules = rulesOf(table, spaced(500, 100, 100));
  rules.opened(0);
  expect(rules.mayOpen(1)).toBe(true);
  expect(rules.mayOpen(2)).toBe(false);
  expect(rules.whyNot(2)).toEqual([{ rule: 'spacing', with: 's0' }]);
  rules.closed(0);
  expect(rules.mayOpen(2)).toBe(true);
});

test('a spacing of 0 exempts a site from all others', () => {
  const rules = rulesOf(sitesAt([0, 0], [1, 0]), spaced(500, 0));
  rules.opened(0);
  expect(rules.mayOpen(1)).toBe(true);
});

test('candidates of one place are in conflict when both have a spacing', () => {
  const rules = rulesOf(sitesAt([0, 0], [0, 0]), spaced(5, 5));
  rules.opened(0);
  expect(rules.mayOpen(1)).toBe(false);
});

test('an existing station holds its spacing, costs nothing and is not counted', () => {
  const rules = rulesOf(sitesAt([0, 0], [50, 0]), { ...spaced(100, 100), existing: [0], maxSites: 1 });
  expect(rules.mayOpen(1)).toBe(false);
  expect([rules.cost(), rules.count()]).toEqual([0, 0]);
});

test('locked sites are open from the start, paid and counted, and stay', () => {
  const rules = rulesOf(sitesAt([0, 0], [50, 0]), { locked: [1], budget: 2 });
  expect([rules.cost(), rules.count()]).toEqual([2, 1]);
  expect(rules.mayClose(1)).toBe(false);
  expect(rules.whyNot(0)).toEqual([{ rule: 'budget', with: null }]);
});

test('refused, existing and locked sites are not in play', () => {
  const rules = rulesOf(sitesAt([0, 0], [1, 0], [2, 0], [3, 0]), {
    refused: [0, 1],
    existing: [1],
    locked: [2],
  });
  expect([0, 1, 2, 3].map(rules.isOut)).toEqual([true, true, true, false]);
  expect([0, 1, 2, 3].map(rules.mayOpen)).toEqual([false, false, false, true]);
  expect(rules.whyNot(0)).toEqual([{ rule: 'refused', with: null }]);
});

test('a group counts its new sites and their money, and asks for its least', () => {
  const group = { id: 'town', sites: [0, 1, 2], leastSites: 1, mostSites: 2, mostCost: 4 };
  const rules = rulesOf(sitesAt([0, 0], [1, 0], [2, 0], [3, 0]), {
    rules: { spacingM: null, groups: [group] },
  });
  expect(rules.lacking()).toEqual([{ group: 0, sites: 1 }]);
  rules.opened(1);
  expect(rules.lacking()).toEqual([]);
  expect(rules.mayClose(1)).toBe(false);
  expect(rules.whyNot(2)).toEqual([{ rule: 'group-cost', with: 'town' }]);
  rules.opened(0);
  expect(rules.mayClose(1)).toBe(true);
  expect(rules.whyNot(2)).toEqual([
    { rule: 'group-most', with: 'town' },
    { rule: 'group-cost', with: 'town' },
  ]);
  expect(rules.mayOpen(3)).toBe(true);
});

const SITES = 12;
const perSite = <Value>(value: fc.Arbitrary<Value>) =>
  fc.array(value, { minLength: SITES, maxLength: SITES });
const metres = fc.integer({ min: -40, max: 40 });
const cases = fc.record({
  places: perSite(fc.tuple(metres, metres)),
  costs: perSite(fc.integer({ min: 0, max: 5 })),
  spacing: perSite(fc.constantFrom(0, 3, 10, 25)),
  roles: perSite(fc.constantFrom('free', 'free', 'free', 'existing', 'refused')),
  groups: fc.array(
    fc.record({
      sites: fc.uniqueArray(fc.integer({ min: 0, max: SITES - 1 })),
      leastSites: fc.option(fc.constantFrom(1, 2), { nil: null }),
      mostSites: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
      mostCost: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
    }),
    { maxLength: 3 },
  ),
  budget: fc.option(fc.integer({ min: 0, max: 15 }), { nil: null }),
  maxSites: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
  moves: fc.array(fc.integer({ min: 0, max: SITES - 1 }), { maxLength: 40 }),
});

test('along random walks every answer is that of the rules written as plain pairs and sums', () => {
  fc.assert(
    fc.property(cases, ({ places, costs, spacing, roles, groups, budget, maxSites, moves }) => {
      const table = {
        weights: [1],
        sites: costs.map((cost, index) => ({ id: `s${index}`, items: [1], cost })),
        places,
      };
      const withRole = (wanted: string) => [...roles.keys()].filter((site) => roles[site] === wanted);
      const existing = withRole('existing');
      const rules = rulesOf(table, {
        existing,
        refused: withRole('refused'),
        budget,
        maxSites,
        rules: {
          spacingM: Float64Array.from(spacing),
          groups: groups.map((group, index) => ({ ...group, id: `g${index}` })),
        },
      });
      const open = new Set<number>();
      const sumOf = (sites: Iterable<number>) => [...sites].reduce((sum, site) => sum + costs[site]!, 0);
      const isTooNear = (site: number) =>
        [...open, ...existing].some((other) => {
          const limit = Math.min(spacing[site]!, spacing[other]!);
          const [east, north] = [0, 1].map((axis) => places[site]![axis]! - places[other]![axis]!);
          return other !== site && east! * east! + north! * north! < limit * limit;
        });
      const mayOpen = (site: number) => {
        const after = [...open, site];
        if (roles[site] !== 'free' || isTooNear(site)) return false;
        if (after.length > (maxSites ?? Infinity) || sumOf(after) > (budget ?? Infinity)) return false;
        return groups.every(({ sites, mostSites, mostCost }) => {
          const own = after.filter((other) => sites.includes(other));
          const isIn = sites.includes(site);
          return !isIn || (own.length <= (mostSites ?? Infinity) && sumOf(own) <= (mostCost ?? Infinity));
        });
      };
      const mayClose = (site: number) =>
        groups.every(({ sites, leastSites }) => {
          const own = [...open].filter((other) => sites.includes(other));
          return !sites.includes(site) || own.length > (leastSites ?? 0);
        });
      for (const site of moves) {
        if (open.has(site)) {
          expect(rules.mayClose(site)).toBe(mayClose(site));
          open.delete(site);
          rules.closed(site);
        } else {
          expect(rules.mayOpen(site)).toBe(mayOpen(site));
          if (roles[site] === 'free') expect(rules.whyNot(site).length === 0).toBe(mayOpen(site));
          if (mayOpen(site)) {
            open.add(site);
            rules.opened(site);
          }
        }
        expect([rules.count(), rules.cost()]).toEqual([open.size, sumOf(open)]);
        expect(rules.lacking().map(({ group, sites }) => `${group}:${sites}`)).toEqual(
          groups.flatMap(({ sites, leastSites }, group) => {
            const lacking = (leastSites ?? 0) - sites.filter((own) => open.has(own)).length;
            return lacking > 0 ? [`${group}:${lacking}`] : [];
          }),
        );
      }
    }),
    { seed: 21, numRuns: 800 },
  );
});
