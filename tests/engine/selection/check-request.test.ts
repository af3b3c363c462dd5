// Every request that cannot be meant is refused by its code, with the site, group or target in question.
import { expect, test } from 'vitest';
import { PlanningError } from '../../../engine/model/planning-error.ts';
import { checkRequest } from '../../../engine/selection/check-request.ts';
import type {
  SelectionChoice,
  SelectionProblem,
  SiteGroup,
} from '../../../engine/selection/selection-problem.ts';
import { errors } from '../../../server/errors.ts';
import { choiceOf, problemOfTable } from './table-problem.ts';

const table = {
  weights: [1, 2, 3],
  sites: [
    { id: 'a', items: [1], cost: 10 },
    { id: 'b', items: [2], cost: 20 },
    { id: 'c', items: [3], cost: 30 },
  ],
  places: [
    [0, 0],
    [50, 0],
    [500, 0],
  ] as const,
};

function refusal(changes: Partial<SelectionChoice>, problemChanges: Partial<SelectionProblem> = {}) {
  try {
    checkRequest({ ...problemOfTable(table, 'runs'), ...problemChanges }, choiceOf(changes));
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    expect(errors).toHaveProperty(error.code);
    return { code: error.code, ...error.found };
  }
  return null;
}

const group = (changes: Partial<SiteGroup>): SiteGroup => ({
  id: 'town',
  sites: [0, 1],
  leastSites: null,
  mostSites: null,
  mostCost: null,
  ...changes,
});
const grouped = (changes: Partial<SiteGroup>) => ({ rules: { spacingM: null, groups: [group(changes)] } });
const spaced = (...spacingM: number[]) => ({
  rules: { spacingM: Float64Array.from(spacingM), groups: [] },
});

test('a sound request passes, and so does a share that cannot be reached', () => {
  expect(refusal({})).toBeNull();
  expect(refusal({ required: [7], budget: 0, maxSites: 0 })).toBeNull();
});

test('a cost that is negative, no number, endless or a fraction is named with its site', () => {
  for (const cost of [-1, Number.NaN, Infinity, 1.5]) {
    const found = refusal({}, { cost: Float64Array.of(10, cost, 30) });
    expect(found).toEqual({ code: 'SELECTION_COST_RANGE', siteId: 'b', cost });
  }
});

test('a negative weight is named with its target and bin', () => {
  const targets = [{ id: 'all', weight: Int32Array.of(0, 1, -2, 3) }] as const;
  expect(refusal({}, { targets })).toEqual({
    code: 'SELECTION_WEIGHT_RANGE',
    targetId: 'all',
    bin: 2,
    weight: -2,
  });
});

test('a required worth below 0 or no number is refused', () => {
  for (const required of [-1, Number.NaN, Infinity])
    expect(refusal({ required: [required] })).toEqual({
      code: 'SELECTION_SHARE_RANGE',
      targetId: 'all',
      required,
    });
});

test('a budget and a count are whole numbers from 0', () => {
  for (const value of [-1, 0.5, Number.NaN, Infinity]) {
    expect(refusal({ budget: value })).toEqual({ code: 'SELECTION_BUDGET_RANGE', budget: value });
    expect(refusal({ maxSites: value })).toEqual({ code: 'SELECTION_BUDGET_RANGE', maxSites: value });
  }
});

test('locked sites have to fit into the budget and the count', () => {
  expect(refusal({ locked: [0, 1], budget: 29 })).toEqual({
    code: 'SELECTION_BUDGET_RANGE',
    siteId: 'b',
    lockedCost: 30,
    lockedSites: 2,
  });
  expect(refusal({ locked: [0, 1], maxSites: 1 })).toMatchObject({ code: 'SELECTION_BUDGET_RANGE' });
  expect(refusal({ locked: [0, 1], budget: 30, maxSites: 2 })).toBeNull();
});

test('a site id that appears twice is refused', () => {
  expect(refusal({}, { siteIds: ['a', 'b', 'a'] })).toEqual({ code: 'SELECTION_SITE_TWICE', siteId: 'a' });
  expect(refusal({ locked: [1, 1] })).toEqual({ code: 'SELECTION_SITE_TWICE', siteId: 'b' });
  expect(refusal({ refused: [1, 1] })).toBeNull();
});

test('without sites there is nothing to choose from', () => {
  const empty = problemOfTable({ weights: [1], sites: [] }, 'lists');
  expect(() => checkRequest(empty, choiceOf())).toThrow('SELECTION_SITES_EMPTY');
});

test('a locked site that is refused or stands already is a conflict', () => {
  const conflict = { code: 'SELECTION_LOCK_CONFLICT', siteId: 'b' };
  expect(refusal({ locked: [1], refused: [1] })).toEqual(conflict);
  expect(refusal({ locked: [1], existing: [1] })).toEqual(conflict);
  expect(refusal({ existing: [1], refused: [1] })).toBeNull();
});

test('locked sites that are too near each other or to a station are named', () => {
  const tooNear = { code: 'SELECTION_QUOTA_LOCKED', siteId: 'b', rule: 'spacing', with: 'a' };
  expect(refusal({ ...spaced(100, 100, 100), locked: [0, 1] })).toEqual(tooNear);
  expect(refusal({ ...spaced(100, 100, 100), existing: [0], locked: [1] })).toEqual(tooNear);
  expect(refusal({ ...spaced(100, 50, 100), locked: [0, 1] })).toBeNull();
});

test('locked sites beyond the most of a group are named', () => {
  const found = { code: 'SELECTION_QUOTA_LOCKED', siteId: 'b', with: 'town' };
  expect(refusal({ ...grouped({ mostSites: 1 }), locked: [0, 1] })).toEqual({ ...found, rule: 'group-most' });
  expect(refusal({ ...grouped({ mostCost: 29 }), locked: [0, 1] })).toEqual({ ...found, rule: 'group-cost' });
});

test('a group cannot have more sites than it may or than there are', () => {
  const found = { code: 'SELECTION_GROUP_LEAST', groupId: 'town' };
  expect(refusal(grouped({ leastSites: 3 }))).toEqual({ ...found, leastSites: 3, possible: 2 });
  expect(refusal(grouped({ leastSites: 2, mostSites: 1 }))).toEqual({ ...found, leastSites: 2, possible: 1 });
  expect(refusal({ ...grouped({ leastSites: 2 }), refused: [0] })).toEqual({
    ...found,
    leastSites: 2,
    possible: 1,
  });
  expect(refusal(grouped({ leastSites: 2 }))).toBeNull();
});

test('a limit of a group that is no whole number, or a member that does not exist, is refused', () => {
  expect(refusal(grouped({ mostSites: -1 }))).toMatchObject({
    code: 'SELECTION_GROUP_RANGE',
    limit: 'mostSites',
  });
  expect(refusal(grouped({ mostCost: 0.5 }))).toMatchObject({
    code: 'SELECTION_GROUP_RANGE',
    limit: 'mostCost',
  });
  expect(refusal(grouped({ sites: [0, 3] }))).toEqual({
    code: 'SELECTION_GROUP_UNKNOWN',
    groupId: 'town',
    site: 3,
  });
});

test('a spacing below 0 or no number is refused', () => {
  for (const spacingM of [-1, Number.NaN, Infinity])
    expect(refusal(spaced(0, spacingM, 0))).toEqual({
      code: 'SELECTION_SPACING_RANGE',
      siteId: 'b',
      spacingM,
    });
});

test('arrays and indexes that do not belong to the problem are a wrong call', () => {
  expect(() => refusal({ required: [] })).toThrow('required has 0 values, expected 1');
  expect(() => refusal({}, { cost: new Float64Array(2) })).toThrow('cost has 2 values, expected 3');
  expect(() => refusal(spaced(1))).toThrow('spacingM has 1 values, expected 3');
  expect(() => refusal(spaced(1, 1, 1), { places: null })).toThrow('spacing needs places');
  expect(() => refusal({ refused: [3] })).toThrow('site 3 is unknown');
  expect(() => refusal({}, { fold: { sites: new Uint8Array(4), counts: 'strict' } })).toThrow(
    'fold.sites has a 0',
  );
});
