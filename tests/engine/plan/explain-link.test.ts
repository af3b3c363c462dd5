// The profile of one link of a finished plan: the same link as the budget, and receivers that make no link.
import { expect, test } from 'vitest';
import { explainSite, makePlan, PlanningError, prepareCoverage } from '../../../engine/index.ts';
import { aChoice, aMesh, anInput, aSite, at, blocks } from './a-place.ts';

const input = anInput({
  sites: [
    ...aMesh(1000, 1000, 250),
    aSite('tower', 500, 300, { structure: 'tower', heightM: 30 }),
    aSite('far', -3000, 300),
  ],
  buildings: blocks(1000, 1000),
  terrain: [],
  clutter: [],
});
const choice = aChoice({ targetShare: 0.7 });
const plan = makePlan(prepareCoverage(input), choice);
const explain = (siteId: string) => explainSite(input, choice, plan.raster, siteId);

test('profile and budget of a link are one, with a receiver and without', () => {
  const { linkBudget, linkProfile } = explain('tower');
  for (const receiver of [at(700, 590), at(500, 310), undefined]) {
    const profile = linkProfile(receiver)!;
    expect(profile.budget).toEqual(linkBudget(receiver));
    expect(profile.distanceM).toBe(profile.budget.distanceM);
    if (receiver) expect(profile.position).toEqual(receiver);
  }
});

test('without a receiver the position is where the far edge lies on the map', () => {
  const { linkProfile } = explain('tower');
  const edge = linkProfile()!;
  expect(linkProfile(edge.position)!.distanceM).toBeCloseTo(edge.distanceM, 3);
  expect(explain('far').linkProfile()).toBeNull();
});

test('a receiver too far away or under the antenna is refused with a code', () => {
  const { linkBudget, linkProfile } = explain('tower');
  for (const receiver of [at(500, 3000), [0, 0], [180, 90], [Number.NaN, 31]] as const) {
    expect(() => linkProfile(receiver)).toThrow('COVERAGE_RECEIVER_FAR');
    expect(linkBudget(receiver)).toBeNull();
  }
  expect(() => linkProfile(at(500, 300))).toThrow(PlanningError);
  expect(() => linkProfile(at(500, 300))).toThrow('COVERAGE_RECEIVER_NEAR');
});

test('exposure belongs to the form of the site', () => {
  const tower = explain('tower').exposure;
  const pole = explain('m000').exposure;
  expect(tower.rows[0]!.limitM).toBeGreaterThan(10 * pole.rows[0]!.limitM);
  // Domain reference section 9: pole of 20 W at 12 dBi 7 m; here 8 dBi less half a dB of feeder.
  expect(pole.rows[0]!.limitM).toBeCloseTo(7.36 * 10 ** (-4.5 / 20), 1);
});
