// Scenarios: coverage under other assumptions, what a plan is worth there, and one plan that holds in all of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { variedModel } from '../../../engine/coverage/varied-model.ts';
import {
  BASE_SCENARIO,
  checkChoice,
  checkPlan,
  chooseSites,
  computeSiteLevels,
  coverageProbability,
  decodeCertificate,
  encodeRaster,
  fingerprintOf,
  GRADE_VALUE,
  gradeOf,
  makePlan,
  type PlanInput,
  type PlanScenario,
  type PreparedCoverage,
  plainScenario,
  planSensitivity,
  prepareCoverage,
  prepareScenarios,
  requestAlone,
  requestOf,
  scenarioText,
  shadowSigmaDb,
  usualScenarios,
  withScenario,
} from '../../../engine/index.ts';
import { bestGrades } from '../../../engine/selection/cover/best-grades.ts';
import { makeEchoCrew } from '../../support/echo-crew.ts';
import { aChoice, aMesh, anInput, aSite, aStreet, blocks, people } from './a-place.ts';

const roof = { structure: 'roof', heightM: 30, costCny: 150_000, buildMode: '新建' } as const;
// near enough to the best level that one roof does not serve the whole square
const input = anInput({
  thresholdDbm: -80,
  binSizeM: 50,
  sites: [
    ...aMesh(1000, 1000, 125),
    aSite('roof', 520, 480, roof),
    aSite('standing', 60, 60, { status: 'existing' }),
  ],
  buildings: blocks(1000, 1000),
  demand: people(1000, 1000, 50),
});
const prepared = prepareCoverage(input);
const choice = aChoice({ targetShare: 0.8 });
const plain = makePlan(prepared, choice);

function aScenario(changes: Partial<PlanScenario>): PlanScenario {
  const scenario = { ...plainScenario, ...changes };
  return { ...scenario, id: changes.id ?? scenarioText(scenario) };
}
const harder = aScenario({ thresholdDeltaDb: 3 });
const wider = aScenario({ shadowSigmaDeltaDb: 2 });
const byPeople = aScenario({ weightBy: 'people' });
const dearPoles = aScenario({ priceFactors: [{ by: 'structure', value: 'pole', factor: 1.2 }] });

/** Share of a coverage that these sites and what stands reach, from its footprints and weights alone. */
function shareIn({ footprints, grid, siteIndexes }: PreparedCoverage, siteIds: readonly string[]): number {
  const { binCount, siteCount } = footprints;
  const open = siteIds.map((id) => siteIndexes.get(id)!);
  const { best } = bestGrades(
    { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE },
    open,
  );
  let worth = 0;
  for (let bin = 0; bin < binCount; bin++) worth += grid.weight[bin]! * GRADE_VALUE[best[bin]!]!;
  return worth / (grid.totalWeight * 10_000);
}
const openIds = (plan: { readonly items: readonly { readonly siteId: string }[] }) =>
  plan.items.map(({ siteId }) => siteId);

test('a text says what moves and nothing else', () => {
  expect(scenarioText(plainScenario)).toBe('');
  expect(harder.id).toBe('threshold+3');
  expect(
    aScenario({
      thresholdDeltaDb: -1.5,
      shadowSigmaDeltaDb: 2,
      weightBy: 'people',
      priceFactors: [{ by: 'buildMode', value: '新建', factor: 0.8 }],
    }).id,
  ).toBe('threshold-1.5:sigma+2:weight=people:buildMode=新建*0.8');
});

test('the usual scenarios move one thing at a time, and only what can be moved', () => {
  const facts = {
    weightBy: 'area',
    knowsPeople: true,
    structures: ['roof', 'pole'],
    isBudgeted: false,
  } as const;
  expect(usualScenarios(facts).map(({ id }) => id)).toEqual([
    'threshold+3',
    'threshold-3',
    'sigma+2',
    'sigma-2',
    'weight=people',
    'structure=pole*1.2',
    'structure=pole*0.8',
    'structure=roof*1.2',
    'structure=roof*0.8',
  ]);
  const bare = { ...facts, knowsPeople: false, structures: ['pole'] };
  const amounts = { thresholdDb: 0, sigmaDb: 1, priceShare: 0.1 };
  expect(usualScenarios(bare, amounts).map(({ id }) => id)).toEqual(['sigma+1', 'sigma-1']);
  expect(usualScenarios({ ...bare, isBudgeted: true }, amounts)).toHaveLength(4);
  expect(usualScenarios({ ...bare, weightBy: 'people' }, amounts).map(({ id }) => id)).toContain(
    'weight=area',
  );
});

test('a higher threshold gives the bytes of a coverage computed for it', () => {
  const there = withScenario(prepared, harder);
  const fresh = prepareCoverage({ ...input, thresholdDbm: input.thresholdDbm + 3 });
  expect(there.sites).toEqual(fresh.sites);
  expect(there.footprints).toEqual(fresh.footprints);
  expect(there.candidatesAtBin).toEqual(fresh.candidatesAtBin);
  expect(there.problem).toEqual(fresh.problem);
  expect(there.inputDigest()).toEqual(fresh.inputDigest());
});

test('another weight gives the weights of a coverage computed for it, over the footprints that are there', () => {
  const there = withScenario(prepared, byPeople);
  const fresh = prepareCoverage({ ...input, weightBy: 'people' });
  expect(there.footprints).toBe(prepared.footprints);
  expect(there.grid.weight).toEqual(fresh.grid.weight);
  expect(there.grid.totalWeight).toBe(fresh.grid.totalWeight);
  // 20 × 10 points of one person in the west and as many of three in the east, 1000 parts of weight each
  expect(there.grid.totalWeight).toBe(1000 * 200 * (1 + 3));
});

test('a wider spread turns the same levels into other chances, by the normal distribution', () => {
  const { model, places } = prepared;
  const varied = variedModel(model, { thresholdDeltaDb: 0, sigmaDeltaDb: 2 });
  const place = places[0]!;
  const before = computeSiteLevels(model, place);
  const after = computeSiteLevels(varied, place);
  expect(after.level).toEqual(before.level);
  expect(after.seen).toEqual(before.seen);
  const sigma = { LOS: 4 + 2, NLOS: 7.82 + 2 };
  expect(shadowSigmaDb('UMi', 'NLOS')).toBe(7.82);
  let compared = 0;
  after.bins.forEach((_, index) => {
    if (after.grade[index] === 0) return;
    const sigmaDb = after.seen[index] === 1 ? sigma.LOS : sigma.NLOS;
    const chance = coverageProbability(after.level[index]! / 10, input.thresholdDbm, sigmaDb);
    expect(Math.abs(after.grade[index]! - gradeOf(chance))).toBeLessThanOrEqual(1);
    compared++;
  });
  expect(compared).toBeGreaterThan(50);
});

test('a spread never falls below one decibel', () => {
  const [narrow, narrower] = [-3, -6].map((sigmaDeltaDb) => {
    const model = variedModel(prepared.model, { thresholdDeltaDb: 0, sigmaDeltaDb });
    return computeSiteLevels(model, prepared.places[0]!);
  });
  // line of sight has 4 dB: one decibel is left with 3 dB less, and with 6 dB less
  narrow!.seen.forEach((seen, index) => {
    if (seen === 1) expect(narrow!.grade[index]).toBe(narrower!.grade[index]);
  });
  expect(narrow!.grade).not.toEqual(narrower!.grade);
});

test('prices of a scenario are whole yuan, factors multiply, and radio is not touched', () => {
  const both = aScenario({
    priceFactors: [
      { by: 'structure', value: 'pole', factor: 1.2 },
      { by: 'buildMode', value: '改造', factor: 0.5 },
    ],
  });
  const there = withScenario(prepared, both);
  expect(there.footprints).toBe(prepared.footprints);
  expect(there.problem.cost[there.siteIndexes.get('m000')!]).toBe(36_000);
  expect(there.problem.cost[there.siteIndexes.get('roof')!]).toBe(150_000);
  expect(there.problem.cost[there.siteIndexes.get('standing')!]).toBe(0);
});

test('a scenario that cannot be is refused by its name', () => {
  const bare = prepareCoverage({ ...input, demand: null });
  expect(() => withScenario(bare, byPeople)).toThrow('SELECTION_SCENARIO_WEIGHT');
  const nobody = aScenario({ priceFactors: [{ by: 'structure', value: 'tower', factor: 2 }] });
  expect(() => withScenario(prepared, nobody)).toThrow('SELECTION_SCENARIO_PRICE');
  const refusalOf = (scenarios: PlanScenario[]) => () => checkChoice({ ...choice, scenarios });
  expect(refusalOf([aScenario({ thresholdDeltaDb: Number.NaN })])).toThrow('SELECTION_SCENARIO_RANGE');
  expect(refusalOf([aScenario({ shadowSigmaDeltaDb: -7 })])).toThrow('SELECTION_SCENARIO_RANGE');
  expect(
    refusalOf([{ ...dearPoles, priceFactors: [{ by: 'structure', value: 'pole', factor: 0 }] }]),
  ).toThrow('SELECTION_SCENARIO_RANGE');
  expect(refusalOf([harder, harder])).toThrow('SELECTION_SCENARIO_TWICE');
  expect(refusalOf([{ ...harder, id: BASE_SCENARIO }])).toThrow('SELECTION_SCENARIO_TWICE');
  const many = Array.from({ length: 9 }, (_, index) => aScenario({ thresholdDeltaDb: index + 1 }));
  expect(refusalOf(many)).toThrow('SELECTION_SCENARIO_MANY');
});

test('a crew of threads computes the footprints of scenarios that one thread computes', async () => {
  const many = anInput({ ...input, sites: aMesh(1000, 1000, 31) });
  const one = prepareCoverage(many);
  const two = prepareCoverage(many);
  const crew = makeEchoCrew(2, 7);
  const told: number[][] = [];
  await prepareScenarios(
    { startCrew: () => crew.threads },
    two,
    [harder, wider, byPeople, harder],
    ({ done, total }) => told.push([done, total]),
  );
  expect(crew.posted.filter((kind) => kind === 'ground')).toHaveLength(2 * 2);
  for (const scenario of [harder, wider])
    expect(withScenario(two, scenario).footprints).toEqual(withScenario(one, scenario).footprints);
  expect(told.at(-1)).toEqual([2 * two.places.length, 2 * two.places.length]);
  const before = crew.posted.length;
  await prepareScenarios({ startCrew: () => crew.threads }, two, [wider]);
  expect(crew.posted).toHaveLength(before);
});

test('scenarios that memory would not hold are refused before they are computed', async () => {
  const fresh = prepareCoverage(input);
  await expect(prepareScenarios({ memoryMb: 1 }, fresh, [harder])).rejects.toThrow('COVERAGE_TOO_LARGE');
  await prepareScenarios({ memoryMb: 1 }, fresh, [byPeople, dearPoles]);
});

test('the share that a plan keeps falls when the threshold rises, and is the recount in each scenario', () => {
  const deltas = [-3, -1, 0, 1, 3, 6];
  const scenarios = deltas.map((thresholdDeltaDb) =>
    aScenario({ thresholdDeltaDb, id: `${thresholdDeltaDb}` }),
  );
  const chosen = chooseSites(requestOf(prepared, choice));
  const told: number[][] = [];
  const outcome = planSensitivity(prepared, choice, chosen, scenarios, (done, total) =>
    told.push([done, total]),
  );
  const shares = outcome.scenarios.map(({ keptShare }) => keptShare);
  for (let at = 1; at < shares.length; at++) expect(shares[at]).toBeLessThan(shares[at - 1]!);
  outcome.scenarios.forEach(({ scenario, keptShare, holds, own, bestShare }) => {
    const there = prepareCoverage({ ...input, thresholdDbm: input.thresholdDbm + scenario.thresholdDeltaDb });
    expect(keptShare).toBeCloseTo(shareIn(there, openIds(plain)), 12);
    expect(holds).toBe(keptShare >= 0.8);
    expect(own === null).toBe(bestShare < 0.8);
    if (own === null) return;
    expect(own.coveredShare).toBeGreaterThanOrEqual(0.8);
    const kept = openIds(plain).filter((id) => !own.closed.includes(id));
    expect(shareIn(there, [...kept, ...own.opened])).toBeCloseTo(own.coveredShare, 12);
    expect(own.sites).toBe(kept.length - 1 + own.opened.length);
  });
  expect(outcome.scenarios[0]!.own!.costCny).toBeLessThanOrEqual(outcome.scenarios[2]!.own!.costCny);
  expect(told.at(-1)).toEqual([
    scenarios.length + outcome.sites.length,
    scenarios.length + outcome.sites.length,
  ]);
});

test('a core site stays in every scenario and a fragile one has a reason', () => {
  const scenarios = usualScenarios({
    weightBy: 'area',
    knowsPeople: true,
    structures: ['pole', 'roof'],
    isBudgeted: false,
  });
  const chosen = chooseSites(requestOf(prepared, choice));
  const { scenarios: outcomes, sites } = planSensitivity(prepared, choice, chosen, scenarios);
  const own = outcomes.flatMap((outcome) => outcome.own ?? []);
  expect(own.length).toBeGreaterThan(5);
  expect(sites.map(({ siteId }) => siteId)).toEqual(openIds(plain).filter((id) => id !== 'standing'));
  for (const { siteId, firmness, keptIn, breakEvenCny } of sites) {
    const price = prepared.problem.cost[prepared.siteIndexes.get(siteId)!]!;
    expect(keptIn).toBe(own.filter(({ closed }) => !closed.includes(siteId)).length);
    if (firmness === 'core') expect(keptIn).toBe(own.length);
    if (breakEvenCny !== null) expect(breakEvenCny).toBeGreaterThanOrEqual(price);
    const isEasy = keptIn <= own.length / 2 || (breakEvenCny !== null && breakEvenCny <= 1.1 * price);
    expect(firmness === 'fragile').toBe(isEasy);
  }
  const priced = outcomes.find(({ scenario }) => scenario.id === 'structure=pole*1.2')!;
  const poles = plain.items.filter(({ siteId, rank }) => rank > 0 && siteId !== 'roof').length;
  expect(priced.keptCostCny - plain.summary.costCny).toBe(12_000 * poles);
  expect(priced.keptShare).toBe(plain.summary.coveredShare);
});

test('a robust plan holds in every scenario, is reported on the base, and costs no less than any plan alone', () => {
  const scenarios = [harder, wider, byPeople, dearPoles];
  const asked = { ...choice, scenarios };
  const robust = makePlan(prepared, asked);
  const { summary } = robust;
  expect(summary.status).toBe('reached');
  expect(summary.coveredShare).toBeCloseTo(shareIn(prepared, openIds(robust)), 12);
  expect(summary.scenarios.map(({ id }) => id)).toEqual([BASE_SCENARIO, ...scenarios.map(({ id }) => id)]);
  const rows = new Map(summary.scenarios.map((row) => [row.id, row]));
  expect(
    shareIn(prepareCoverage({ ...input, thresholdDbm: input.thresholdDbm + 3 }), openIds(robust)),
  ).toBeCloseTo(rows.get('threshold+3')!.coveredShare, 12);
  expect(shareIn(prepareCoverage({ ...input, weightBy: 'people' }), openIds(robust))).toBeCloseTo(
    rows.get('weight=people')!.coveredShare,
    12,
  );
  for (const { coveredShare, bestShare, reached, aloneCostCny, costCny } of rows.values()) {
    expect(reached).toBe(true);
    expect(coveredShare).toBeGreaterThanOrEqual(0.8);
    expect(bestShare).toBeGreaterThanOrEqual(coveredShare);
    expect(aloneCostCny).toBeLessThanOrEqual(costCny);
  }
  expect(rows.get(BASE_SCENARIO)!.costCny).toBe(summary.costCny);
  expect(rows.get(BASE_SCENARIO)!.coveredShare).toBe(summary.coveredShare);
  expect(rows.get(dearPoles.id)!.coveredShare).toBe(summary.coveredShare);
  expect(rows.get('threshold+3')!.aloneCostCny).toBeGreaterThan(rows.get(BASE_SCENARIO)!.aloneCostCny!);
  expect(summary.certificate.kind).toBe('cost');
  expect(summary.certificate.bound).toBeLessThanOrEqual(summary.costCny);
  expect(summary.costCny).toBeGreaterThan(plain.summary.costCny);
  expect(rows.get('threshold+3')!.coveredShare).toBeGreaterThan(
    shareIn(withScenario(prepared, harder), openIds(plain)),
  );
});

test('with one empty scenario the plan is the plain one, byte for byte but for its name and its rows', () => {
  const idle = { ...plainScenario, id: 'idle', name: '原样' };
  const made = makePlan(prepared, { ...choice, scenarios: [idle] });
  const { raster, summary, fingerprint, ...rest } = made;
  const { raster: plainRaster, summary: plainSummary, fingerprint: plainName, ...plainRest } = plain;
  expect(encodeRaster(raster)).toEqual(encodeRaster(plainRaster));
  expect(rest).toEqual(plainRest);
  expect({ ...summary, scenarios: [] }).toEqual(plainSummary);
  expect(fingerprint).not.toBe(plainName);
  expect(
    summary.scenarios.map(({ id, name, coveredShare, costCny }) => [id, name, coveredShare, costCny]),
  ).toEqual([
    [BASE_SCENARIO, '', summary.coveredShare, summary.costCny],
    ['idle', '原样', summary.coveredShare, summary.costCny],
  ]);
});

test('scenarios of the same radio share their bins, and those that move no share ask for nothing', () => {
  const both = aScenario({ thresholdDeltaDb: 3, weightBy: 'people' });
  const {
    problem,
    choice: wanted,
    scenarios,
  } = requestOf(prepared, {
    ...choice,
    areaShares: [{ areaId: 'area', share: 0.7 }],
    scenarios: [dearPoles, harder, byPeople, both],
  });
  expect(problem.cover.binCount).toBe(2 * prepared.grid.binCount);
  expect(problem.targets.map(({ id }) => id)).toEqual([
    'all',
    'area',
    'weight=people/all',
    'weight=people/area',
    'threshold+3/all',
    'threshold+3/area',
    'threshold+3:weight=people/all',
    'threshold+3:weight=people/area',
  ]);
  expect(scenarios.map(({ targets }) => targets)).toEqual([
    [0, 1],
    [4, 5],
    [2, 3],
    [6, 7],
  ]);
  const alone = requestAlone(withScenario(prepared, both), {
    ...choice,
    areaShares: [{ areaId: 'area', share: 0.7 }],
  });
  expect(wanted.required.slice(6)).toEqual(alone.choice.required);
});

test('the checker finds a robust plan that fails in one scenario alone, and bounds it by the joint problem', () => {
  const asked = { ...choice, scenarios: [harder] };
  const robust = makePlan(prepared, asked);
  const { problem } = requestOf(prepared, asked);
  const { file, prices } = robust.proof;
  const sound = decodeCertificate(problem, file, prices);
  expect(checkPlan(problem, sound.choice, sound.selection)).toEqual([]);
  const weaker = chooseSites(requestOf(prepared, choice)).selection;
  const spoilt = {
    ...sound.selection,
    steps: weaker.steps,
    cost: weaker.cost,
    covered: [weaker.covered[0]!, sound.selection.covered[1]!],
  };
  const about = checkPlan(problem, sound.choice, spoilt).map((finding) => JSON.stringify(finding));
  expect(about.some((text) => text.includes('threshold+3/all'))).toBe(true);
});

test('the order of the sites changes no byte of a robust plan', () => {
  const scenarios = [harder, byPeople];
  fc.assert(
    fc.property(fc.shuffledSubarray(input.sites.slice(), { minLength: input.sites.length }), (sites) => {
      const turned: PlanInput = { ...input, sites };
      const one = makePlan(prepared, { ...choice, scenarios });
      const other = makePlan(prepareCoverage(turned), { ...choice, scenarios });
      expect(encodeRaster(other.raster)).toEqual(encodeRaster(one.raster));
      expect({ ...other, raster: null, proof: null }).toEqual({ ...one, raster: null, proof: null });
    }),
    { seed: 51, numRuns: 2 },
  );
});

test('phases, strict order, several servers, corridors and a plan to stay near to go with scenarios', () => {
  const ground = prepareCoverage({
    ...input,
    corridors: [{ id: 'street', name: '中山路', lines: [aStreet().path] }],
  });
  const scenarios = [harder];
  const there = withScenario(ground, harder);
  const phase = { name: '一期', targetShare: 0.5, areaShares: [], budgetCny: null, maxSites: null };
  const phased = makePlan(ground, {
    ...choice,
    scenarios,
    phases: [phase, { ...phase, name: '二期', targetShare: null }],
  });
  expect(phased.summary.status).toBe('reached');
  expect(phased.summary.scenarios.every(({ reached }) => reached)).toBe(true);
  const first = phased.items.filter(({ phase: built }) => built === 0);
  expect(shareIn(there, openIds({ items: first }))).toBeGreaterThanOrEqual(0.5);
  expect(shareIn(there, openIds(phased))).toBeGreaterThanOrEqual(0.8);
  for (const changes of [
    { siteOrder: 'build-mode' },
    { corridorShares: [{ corridorId: 'street', share: 0.9 }] },
    { keepSiteIds: openIds(plain) },
    { budgetCny: 5_000_000, maxSites: 90 },
  ] as const) {
    const made = makePlan(ground, { ...choice, scenarios, ...changes });
    expect(made.summary.status).toBe('reached');
    expect(shareIn(there, openIds(made))).toBeGreaterThanOrEqual(0.8);
  }
  const folded = makePlan(ground, {
    ...choice,
    targetShare: 0.4,
    scenarios,
    servers: { least: 2, counts: 'strict' },
  });
  expect(folded.summary.scenarios.map(({ reached }) => reached)).toEqual([true, true]);
});

test('a scenario that no candidates can meet is named by its row, not hidden by the base', () => {
  const { summary } = makePlan(prepared, { ...choice, scenarios: [aScenario({ thresholdDeltaDb: 30 })] });
  expect(summary.status).toBe('not-reachable');
  const [base, hard] = summary.scenarios;
  expect(base!.bestShare).toBeGreaterThan(0.8);
  expect(hard!.reached).toBe(false);
  expect(hard!.bestShare).toBeLessThan(0.8);
  expect(hard!.aloneCostCny).toBeNull();
});

test('scenarios are in the fingerprint, and none leaves it as it was', () => {
  const name = (scenarios: PlanScenario[]) => fingerprintOf(input, { ...choice, scenarios });
  expect(name([])).toBe(plain.fingerprint);
  const names = [
    name([]),
    name([harder]),
    name([wider]),
    name([harder, wider]),
    name([{ ...harder, name: '难' }]),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(name([Object.assign({ extra: 1 }, harder)])).toBe(name([harder]));
});
