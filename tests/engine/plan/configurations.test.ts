// One configuration per site out of several: heights, directions and bands as candidates of their own, of which one opens.
import { expect, test } from 'vitest';
import { GRADE_VALUE } from '../../../engine/coverage/probability-grades.ts';
import {
  checkConfigurations,
  chooseSites,
  decodePlanInput,
  encodePlanInput,
  explainSite,
  FULL_GRADE_VALUE,
  fingerprintOf,
  makePlan,
  makeSiteReasons,
  type PlanInput,
  type PreparedCoverage,
  planToCsv,
  planToGeoJson,
  prepareCoverage,
  requestOf,
  type Site,
  type SiteConfiguration,
  withSite,
} from '../../../engine/index.ts';
import { checkPlan } from '../../../engine/selection/check-plan.ts';
import { eachGrade } from '../../../engine/selection/cover/best-grades.ts';
import { aChoice, aMesh, anInput, aSite, blocks, box } from './a-place.ts';

function aConfiguration(id: string, changes: Partial<SiteConfiguration> = {}): SiteConfiguration {
  return {
    id,
    name: `配置${id}`,
    structures: ['pole', 'roof', 'tower'],
    profileId: null,
    heightM: null,
    heightDeltaM: null,
    azimuthsDeg: null,
    costFactor: 1,
    extraCostCny: 0,
    ...changes,
  };
}

const low = aConfiguration('p6', { structures: ['pole'], heightM: 6, extraCostCny: -10_000 });
const high = aConfiguration('p12', { structures: ['pole'], heightM: 12, extraCostCny: 15_000 });
const asListed = aConfiguration('as');

const place = anInput({ buildings: blocks(1000, 1000) });
const withThree = { ...place, configurations: [low, asListed, high] };
const three = prepareCoverage(withThree);

/** Everything that no name of a configuration is in. */
function figuresOf(input: PlanInput, changes = {}) {
  const { summary, items, raster } = makePlan(
    prepareCoverage(input),
    aChoice({ targetShare: 0.8, ...changes }),
  );
  return {
    summary: { ...summary, certificate: { ...summary.certificate } },
    items: items.map(({ configuration: _configuration, ...item }) => item),
    level: Array.from(raster.level),
  };
}

test('one configuration that changes nothing gives the plan without any', () => {
  expect(figuresOf({ ...place, configurations: [asListed] })).toEqual(figuresOf(place));
});

test('without configurations bytes and fingerprint are those of before; with them they tell, in any order', () => {
  expect(new TextDecoder().decode(encodePlanInput(place))).not.toContain('configurations');
  const print = (configurations: readonly SiteConfiguration[]) =>
    fingerprintOf({ ...place, configurations }, aChoice());
  expect(print([low, high])).toBe(print([high, low]));
  const others = [print([]), print([low]), print([{ ...low, heightM: 7 }]), print([low, high])];
  expect(new Set(others).size).toBe(4);
  expect(decodePlanInput(encodePlanInput(withThree)).configurations).toEqual(withThree.configurations);
});

test('every candidate stands once per configuration its structure can carry, with its height, directions and price', () => {
  const { sites, names, places } = prepareCoverage(
    anInput({
      sites: [
        aSite('a', 300, 300),
        aSite('b', 700, 300, { structure: 'roof', heightM: 30, costCny: 100_000 }),
        aSite('c', 700, 700, { status: 'existing' }),
      ],
      configurations: [
        low,
        aConfiguration('mast', {
          structures: ['roof'],
          heightDeltaM: 5,
          azimuthsDeg: [10, 190],
          costFactor: 1.25,
        }),
      ],
    }),
  );
  const rows = sites.map(({ id, heightM, azimuthsDeg, costCny }, index) => [
    names[index],
    id,
    heightM,
    azimuthsDeg,
    costCny,
    places[index]!.form.azimuthsDeg,
  ]);
  expect(rows.sort()).toEqual([
    ['a#p6', 'a', 6, null, 50_000, []],
    ['b#mast', 'b', 35, [10, 190], 125_000, [10, 190]],
    ['c', 'c', 8, null, 60_000, []],
  ]);
});

test('a plan opens one configuration of a site at the most, and the checker agrees', () => {
  const chosen = chooseSites(requestOf(three, aChoice({ targetShare: 0.85 })));
  const { problem, choice } = chosen.request;
  expect(checkPlan(problem, choice, chosen.selection)).toEqual([]);
  const { items, summary } = makePlan(three, aChoice({ targetShare: 0.85 }));
  expect(new Set(items.map(({ siteId }) => siteId)).size).toBe(items.length);
  expect(summary.candidates).toBe(place.sites.length);
  expect(items.every(({ configuration }) => configuration !== null)).toBe(true);
  expect(summary.costCny).toBe(items.reduce((sum, { costCny }) => sum + costCny, 0));
});

test('the price of a row is that of its configuration, and exports show what is built', () => {
  const plan = makePlan(three, aChoice({ targetShare: 0.85 }));
  const prices = { p6: 50_000, as: 60_000, p12: 75_000 };
  const heights = { p6: 6, as: 8, p12: 12 };
  const { features } = planToGeoJson(plan, place.sites);
  const [head, ...lines] = planToCsv(plan, place.sites, 'en').slice(1).trim().split('\r\n');
  const column = (name: string) => head!.split(',').indexOf(name);
  plan.items.forEach(({ configuration, costCny }, at) => {
    const id = configuration!.id as keyof typeof prices;
    expect(costCny).toBe(prices[id]);
    expect(configuration).toEqual({
      id,
      name: `配置${id}`,
      profileId: 'n78',
      heightM: heights[id],
      azimuthsDeg: null,
    });
    const { properties } = features[at]!;
    expect([properties.configurationId, properties.heightM, properties.profileId]).toEqual([
      id,
      heights[id],
      'n78',
    ]);
    const cells = lines[at]!.split(',');
    expect([cells[column('configuration')], cells[column('height_m')]]).toEqual([
      `配置${id}`,
      String(heights[id]),
    ]);
  });
});

/** Weight times worth of these candidates together. */
function coveredBy(prepared: PreparedCoverage, open: readonly number[]): number {
  const best = new Uint8Array(prepared.grid.binCount);
  for (const site of open)
    eachGrade(prepared, site, (bin, grade) => {
      best[bin] = Math.max(best[bin]!, grade);
    });
  return best.reduce((sum, grade, bin) => sum + prepared.grid.weight[bin]! * GRADE_VALUE[grade]!, 0);
}

/** Cheapest choice of one configuration or none per site that reaches the share; Infinity without one. */
function cheapest(prepared: PreparedCoverage, share: number): number {
  const required = share * prepared.grid.totalWeight * FULL_GRADE_VALUE;
  const ids = [...new Set(prepared.sites.map(({ id }) => id))];
  const ways = ids.map((id) => [
    -1,
    ...prepared.sites.flatMap((site, index) => (site.id === id ? [index] : [])),
  ]);
  let least = Infinity;
  const walk = (at: number, open: readonly number[], cost: number): void => {
    if (cost >= least) return;
    if (at === ways.length) {
      if (coveredBy(prepared, open) >= required) least = cost;
      return;
    }
    for (const way of ways[at]!)
      walk(at + 1, way < 0 ? open : [...open, way], cost + (way < 0 ? 0 : prepared.problem.cost[way]!));
  };
  walk(0, [], 0);
  return least;
}

const tiny = [3, 5, 7, 11].map((seed) =>
  anInput({
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 500, 500) }],
    binSizeM: 50,
    buildings: blocks(500, 500),
    sites: [0, 1, 2, 3].map((index) =>
      aSite(`s${index}`, 60 + ((seed * 83 * (index + 1)) % 380), 60 + ((seed * 131 * (index + 2)) % 380), {
        costCny: 40_000 + ((seed * (index + 3) * 977) % 30_000),
      }),
    ),
  }),
);
const offers = [[], [low], [low, asListed], [low, asListed, high]] as const;

test('tiny places: the plan is the cheapest of all choices, and its bound is not above it', () => {
  let reached = 0;
  for (const input of tiny)
    for (const configurations of offers) {
      const prepared = prepareCoverage({ ...input, configurations });
      for (const share of [0.3, 0.5, 0.6]) {
        const best = cheapest(prepared, share);
        const { summary } = makePlan(prepared, aChoice({ targetShare: share, effort: 'thorough' }));
        if (best === Infinity) {
          expect(summary.status).not.toBe('reached');
          continue;
        }
        reached++;
        expect(summary.costCny).toBe(best);
        expect(summary.certificate.bound).toBeLessThanOrEqual(best);
      }
    }
  expect(reached).toBeGreaterThan(30);
});

test('one more configuration never makes the best plan dearer, nor proves a bound above the one before', () => {
  for (const input of tiny) {
    const some = prepareCoverage({ ...input, configurations: [low, asListed] });
    const more = prepareCoverage({ ...input, configurations: [low, asListed, high] });
    const best = cheapest(some, 0.5);
    expect(cheapest(more, 0.5)).toBeLessThanOrEqual(best);
    if (best === Infinity) continue;
    const { certificate } = makePlan(more, aChoice({ targetShare: 0.5, effort: 'thorough' })).summary;
    expect(certificate.bound).toBeLessThanOrEqual(best);
  }
});

test('a refused site is refused in every configuration', () => {
  const plan = makePlan(three, aChoice({ targetShare: 0.8 }));
  const siteId = plan.items[0]!.siteId;
  const without = makePlan(three, aChoice({ targetShare: 0.8, refusedSiteIds: [siteId] }));
  expect(without.items.map((item) => item.siteId)).not.toContain(siteId);
  expect(requestOf(three, aChoice({ refusedSiteIds: [siteId] })).choice.refused).toHaveLength(3);
});

test('a locked site stands in exactly one configuration, and its row says that people placed it', () => {
  const corner = 'm000';
  const chosen = chooseSites(requestOf(three, aChoice({ targetShare: 0.5, lockedSiteIds: [corner] })));
  expect(checkPlan(chosen.request.problem, chosen.request.choice, chosen.selection)).toEqual([]);
  const { items } = makePlan(three, aChoice({ targetShare: 0.5, lockedSiteIds: [corner] }));
  const rows = items.filter(({ siteId }) => siteId === corner);
  expect(rows.map(({ placedBy }) => placedBy)).toEqual(['locked']);
});

test('a plan to stay near to keeps its configurations', () => {
  const plan = makePlan(three, aChoice({ targetShare: 0.8 }));
  const keepSiteIds = plan.items.map(({ siteId, configuration }) => `${siteId}#${configuration!.id}`);
  const kept = makePlan(three, aChoice({ targetShare: 0.8, keepSiteIds }));
  const rowsOf = ({ items }: typeof plan) =>
    items.map(({ siteId, configuration }) => `${siteId}#${configuration!.id}`).sort();
  expect(rowsOf(kept)).toEqual(rowsOf(plan));
});

test('substitutes are other sites, and nobody displaced or named as reachable is a site of the plan', () => {
  const choice = aChoice({ targetShare: 0.8 });
  const chosen = chooseSites(requestOf(three, choice));
  const plan = makePlan(three, choice);
  const open = plan.items.map(({ siteId }) => siteId);
  const reasonsOf = makeSiteReasons(three, chosen, 5);
  for (const siteId of open) {
    const reasons = reasonsOf(siteId);
    if (reasons?.kind !== 'chosen') throw new Error('a site of the plan has chosen reasons');
    const substitutes = reasons.substitutes.map((one) => one.siteId);
    expect(substitutes).not.toContain(siteId);
    expect(new Set(substitutes).size).toBe(substitutes.length);
  }
  for (const { displaced } of plan.items) for (const one of displaced) expect(open).not.toContain(one.siteId);
  for (const { reachableBySiteIds } of plan.uncovered)
    expect(new Set(reachableBySiteIds).size).toBe(reachableBySiteIds.length);
});

test('why a site is not there is told of the configuration that would cost the plan least', () => {
  const choice = aChoice({ targetShare: 0.6 });
  const chosen = chooseSites(requestOf(three, choice));
  const open = new Set(chosen.selection.steps.map(({ site }) => three.sites[site]!.id));
  const siteId = place.sites.find(({ id }) => !open.has(id))!.id;
  const reasons = makeSiteReasons(three, chosen, 3)(siteId);
  if (reasons?.kind !== 'unchosen') throw new Error('the site is not in the plan');
  expect(['p6', 'as', 'p12']).toContain(reasons.configurationId);
  expect(reasons.extraCostCny).toBeGreaterThanOrEqual(0);
});

test('a site of a stored plan is looked at with the height it was chosen with', () => {
  const choice = aChoice({ targetShare: 0.85 });
  const { items, raster } = makePlan(three, choice);
  const item = items[0]!;
  const explained = explainSite(withThree, choice, raster, item.siteId, item.configuration!.id);
  expect(explained.whyNot).toBeNull();
  expect(explained.configuration).toEqual(item.configuration);
  expect(explained.linkProfile()!.antenna.heightM).toBe(item.configuration!.heightM);
});

test('another band has its own reach and its own quality, and stations of two bands do not disturb each other', () => {
  const n28 = aConfiguration('n28', { profileId: 'n28', costFactor: 2 });
  const pair = [aSite('a', 300, 500), aSite('b', 700, 500)];
  const input = anInput({ sites: pair });
  const both = prepareCoverage({ ...input, configurations: [n28, aConfiguration('own')] });
  expect(both.forms.reachM).toBe(2000);
  const radii = both.places.map(({ form }) => form.serviceRadiusM).sort();
  expect(radii).toEqual([400, 400, 600, 600]);
  const alone = (configurations: readonly SiteConfiguration[], sites = pair, profileId = 'n78') => {
    const prepared = prepareCoverage({ ...input, sites, profileId, configurations });
    return makePlan(prepared, aChoice({ targetShare: 1, lockedSiteIds: sites.map(({ id }) => id) }));
  };
  const others = alone([aConfiguration('n28', { profileId: 'n28' })]);
  const whole = alone([], pair, 'n28');
  expect(others.raster.quality).toEqual(whole.raster.quality);
  expect(others.raster.level).toEqual(whole.raster.level);
  // a on n28 beside b on n78: every square is as if one of the two stood alone
  const [a, b] = pair as [Site, Site];
  const onN28 = [aConfiguration('n28', { profileId: 'n28' })];
  const standing = { ...b, status: 'existing' as const };
  const sinrOf = ({ raster }: ReturnType<typeof alone>) => raster.quality!.ssSinr;
  const mixed = sinrOf(alone(onN28, [a, standing]));
  const onlyA = sinrOf(alone(onN28, [a]));
  const onlyB = sinrOf(alone([], [b]));
  const seen = { a: 0, b: 0 };
  mixed.forEach((sinr, square) => {
    expect([onlyA[square], onlyB[square]]).toContain(sinr);
    if (sinr !== onlyB[square]) seen.a++;
    if (sinr !== onlyA[square]) seen.b++;
  });
  expect(Math.min(seen.a, seen.b)).toBeGreaterThan(100);
});

test('a site moved in a prepared plan moves in all its configurations', () => {
  const moved = { ...place.sites[0]!, position: place.sites[1]!.position };
  const again = withSite(three, moved);
  const fresh = prepareCoverage({ ...withThree, sites: [moved, ...place.sites.slice(1)] });
  expect(again.names).toEqual(fresh.names);
  expect(again.footprints.near).toEqual(fresh.footprints.near);
});

test('what cannot be meant is refused with its code', () => {
  const codeOf = (configurations: readonly SiteConfiguration[]): string => {
    try {
      checkConfigurations(configurations);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return '';
  };
  expect(codeOf([low, asListed, high])).toBe('');
  expect(codeOf([low, low])).toBe('PLAN_CONFIGURATION_TWICE');
  expect(codeOf([aConfiguration('a b')])).toBe('PLAN_CONFIGURATION_ID');
  expect(codeOf([aConfiguration('x', { structures: [] })])).toBe('PLAN_CONFIGURATION_STRUCTURES');
  expect(codeOf([aConfiguration('x', { profileId: 'n99' })])).toBe('COVERAGE_PROFILE_UNKNOWN');
  expect(codeOf(Array.from({ length: 13 }, (_, index) => aConfiguration(`c${index}`)))).toBe(
    'PLAN_CONFIGURATIONS_MANY',
  );
  for (const wrong of [
    { heightM: 0 },
    { heightM: 6, heightDeltaM: 2 },
    { heightDeltaM: Number.NaN },
    { azimuthsDeg: [361] },
    { costFactor: -1 },
    { extraCostCny: 0.5 },
  ])
    expect(codeOf([aConfiguration('x', wrong)])).toBe('PLAN_CONFIGURATION_RANGE');
  expect(() => requestOf(three, aChoice({ servers: { least: 2, counts: 'graded' } }))).toThrow(
    'PLAN_CONFIGURATION_SERVERS',
  );
});

test('an absolute height makes a site usable that the list has no height of; a difference too deep leaves it out', () => {
  const noHeight = aSite('z', 500, 500, { heightM: 0 });
  const sites = [aSite('a', 300, 300), noHeight];
  const usable = prepareCoverage(anInput({ sites, configurations: [low] }));
  expect(usable.names).toContain('z#p6');
  const deep = aConfiguration('deep', { heightDeltaM: -3 });
  const left = prepareCoverage(anInput({ sites, configurations: [deep] }));
  expect(left.names).toEqual(['a#deep']);
  expect(left.leftOut.map(({ siteIds }) => siteIds)).toEqual([['z']]);
});

test('meshes of many sites and configurations plan as one, whatever order the configurations come in', () => {
  const sites = aMesh(1000, 1000, 250);
  const planOf = (configurations: readonly SiteConfiguration[]) =>
    makePlan(prepareCoverage({ ...place, sites, configurations }), aChoice({ targetShare: 0.7 })).items;
  expect(planOf([high, low, asListed])).toEqual(planOf([low, asListed, high]));
});
