// A plan for several operators: who moves in where, what each pays, and what sharing saves.
import { expect, test } from 'vitest';
import { GRADE_VALUE } from '../../../engine/coverage/probability-grades.ts';
import {
  agreedDiscounts,
  checkOperators,
  checkPlan,
  decodeCertificate,
  FULL_GRADE_VALUE,
  findCoverageRule,
  makeOperatorsPlan,
  makePlan,
  type OperatorsChoice,
  operatorsRequestOf,
  type PlanInput,
  type PlanOperator,
  planOperators,
  planToGeoJson,
  prepareCoverage,
  prepareOperators,
  sharedCostCny,
} from '../../../engine/index.ts';
import { eachGrade } from '../../../engine/selection/cover/best-grades.ts';
import { aChoice, anInput, aSite, blocks, box } from './a-place.ts';

const terms = { ...agreedDiscounts, anchorId: null, joinCostCny: null };

function anOperator(id: string, changes: Partial<PlanOperator> = {}): PlanOperator {
  return { id, name: `运营商${id}`, profileId: 'n78', targetShare: 0.6, existingSiteIds: [], ...changes };
}

function asked(operators: readonly PlanOperator[], changes: Partial<OperatorsChoice> = {}): OperatorsChoice {
  return {
    operators,
    terms,
    budgetCny: null,
    refusedSiteIds: [],
    lockedSiteIds: [],
    effort: 'quick',
    ...changes,
  };
}

const planOf = (input: PlanInput, choice: OperatorsChoice) =>
  planOperators(prepareOperators(input, choice.operators), choice);

const place = anInput({ buildings: blocks(1000, 1000) });
const [east, west] = [anOperator('E'), anOperator('W')];

test('one operator alone gets the plan that it would get without this way of planning', () => {
  const plain = makePlan(prepareCoverage(place), aChoice({ targetShare: 0.6 }));
  const { items, summary } = planOf(place, asked([east]));
  expect(items.map(({ siteId }) => siteId)).toEqual(plain.items.map(({ siteId }) => siteId));
  expect([summary.costCny, summary.listPriceCny, summary.aloneCostCny]).toEqual(
    new Array(3).fill(plain.summary.costCny),
  );
  expect(summary.certificate.bound).toBe(plain.summary.certificate.bound);
  expect(summary.operators[0]).toMatchObject({
    coveredShare: plain.summary.coveredShare,
    coveredShareBinary: plain.summary.coveredShareBinary,
    bestShare: plain.summary.bestShare,
    sharedSites: 0,
  });
});

test('two alike share every site at 30 % off, three at 40 %, and the anchor pays 5 % less again', () => {
  const one = anInput({ sites: [aSite('a', 500, 500, { costCny: 100_000 })] });
  const need = (id: string) => anOperator(id, { targetShare: 0.1 });
  const costs = (ids: readonly string[], anchorId: string | null) =>
    planOf(one, asked(ids.map(need), { terms: { ...terms, anchorId } })).items.map(
      ({ operatorIds, paymentsCny, costCny, listPriceCny }) => [
        operatorIds,
        paymentsCny,
        costCny,
        listPriceCny,
      ],
    );
  expect(costs(['E', 'W'], null)).toEqual([[['E', 'W'], [70_000, 70_000], 140_000, 200_000]]);
  expect(costs(['E', 'W'], 'W')).toEqual([[['E', 'W'], [70_000, 65_000], 135_000, 200_000]]);
  expect(costs(['E', 'W', 'N'], null)).toEqual([
    [['E', 'W', 'N'], [60_000, 60_000, 60_000], 180_000, 300_000],
  ]);
  expect(costs(['E'], 'E')).toEqual([[['E'], [100_000], 100_000, 100_000]]);
});

test('who stands there already is free, halves nobody’s share, and makes it cheaper for who joins', () => {
  const sites = [
    aSite('tower', 500, 500, { status: 'existing', costCny: 0, owner: '运营商E' }),
    aSite('pole', 520, 500, { costCny: 100_000 }),
  ];
  const need = (id: string) => anOperator(id, { targetShare: 0.1 });
  const both = [need('E'), need('W')];
  const rows = (changes: Partial<OperatorsChoice>) =>
    planOf(anInput({ sites }), asked(both, changes)).items.map(
      ({ siteId, status, operatorIds, besideIds, costCny }) => [
        siteId,
        status,
        operatorIds,
        besideIds,
        costCny,
      ],
    );
  expect(rows({})).toEqual([
    ['tower', 'existing', ['E'], [], 0],
    ['pole', 'new', ['W'], [], 100_000],
  ]);
  expect(rows({ terms: { ...terms, joinCostCny: 50_000 } })).toEqual([
    ['tower', 'existing', ['E'], [], 0],
    ['tower', 'new', ['W'], ['E'], 35_000],
  ]);
  const named = [
    { ...need('E'), name: 'nobody' },
    { ...need('W'), existingSiteIds: ['tower'] },
  ];
  const { items, summary } = planOf(anInput({ sites }), asked(named));
  expect(items.map(({ siteId, operatorIds }) => [siteId, operatorIds])).toEqual([
    ['tower', ['W']],
    ['pole', ['E']],
  ]);
  expect(summary.unclaimedStations).toBe(0);
  const strangers = asked([anOperator('X'), anOperator('Y')]);
  expect(planOf(anInput({ sites }), strangers).summary.unclaimedStations).toBe(1);
});

const tiny = [3, 7, 11].map((seed) =>
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

/** Every set of operators at every site, tried out with footprints and prices alone. */
function cheapest(input: PlanInput, operators: readonly PlanOperator[]): number {
  const { ground, operators: prepared } = prepareOperators(input, operators);
  const { weight, totalWeight, binCount } = ground.grid;
  const coveredBy = (operator: number, sites: readonly number[]) => {
    const best = new Uint8Array(binCount);
    for (const site of sites)
      eachGrade(prepared[operator]!, site, (bin, grade) => {
        best[bin] = Math.max(best[bin]!, grade);
      });
    return best.reduce((sum, grade, bin) => sum + weight[bin]! * GRADE_VALUE[grade]!, 0);
  };
  const sets = 1 << operators.length;
  const count = ground.sites.length;
  let least = Infinity;
  for (let code = 0; code < sets ** count; code++) {
    const bits = ground.sites.map((_, site) => Math.floor(code / sets ** site) % sets);
    const cost = bits.reduce((sum, own, site) => {
      const ids = operators.filter((_, index) => (own >> index) & 1);
      return (
        sum + ids.reduce((paid) => paid + sharedCostCny(ground.sites[site]!.costCny, ids.length, false), 0)
      );
    }, 0);
    if (cost >= least) continue;
    const isReached = operators.every(({ targetShare }, index) => {
      const own = bits.flatMap((set, site) => ((set >> index) & 1 ? [site] : []));
      return coveredBy(index, own) >= targetShare * totalWeight * FULL_GRADE_VALUE;
    });
    if (isReached) least = cost;
  }
  return least;
}

test('tiny places: the cheapest way to share is found, and no bound is above it', () => {
  let reached = 0;
  for (const input of tiny)
    for (const shares of [
      [0.3, 0.3],
      [0.5, 0.2],
    ]) {
      const operators = [
        anOperator('E', { targetShare: shares[0]! }),
        anOperator('W', { targetShare: shares[1]!, profileId: 'n41' }),
      ];
      const best = cheapest(input, operators);
      const { summary } = planOf(input, asked(operators, { effort: 'thorough' }));
      if (best === Infinity) {
        expect(summary.status).not.toBe('reached');
        continue;
      }
      reached++;
      expect(summary.costCny).toBe(best);
      expect(summary.certificate.bound).toBeLessThanOrEqual(best);
    }
  expect(reached).toBeGreaterThan(2);
}, 60_000);

test('sharing costs no more than planning apart, and every sum adds up', () => {
  const operators = [east, anOperator('W', { profileId: 'n28', targetShare: 0.5 })];
  const { items, summary } = planOf(place, asked(operators, { effort: 'thorough' }));
  expect(summary.status).toBe('reached');
  expect(summary.costCny).toBeLessThanOrEqual(summary.aloneCostCny!);
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  expect(sumOf(summary.operators.map(({ costCny }) => costCny))).toBe(summary.costCny);
  expect(sumOf(summary.operators.map(({ listPriceCny }) => listPriceCny))).toBe(summary.listPriceCny);
  expect(sumOf(items.map(({ costCny }) => costCny))).toBe(summary.costCny);
  for (const { paymentsCny, costCny } of items) expect(sumOf(paymentsCny)).toBe(costCny);
  for (const { coveredShare, targetShare, bestShare } of summary.operators) {
    expect(coveredShare).toBeGreaterThanOrEqual(targetShare);
    expect(coveredShare).toBeLessThanOrEqual(bestShare);
  }
  expect(new Set(items.map(({ siteId }) => siteId)).size).toBe(items.length);
}, 60_000);

test('the proof holds, and a refused or locked site is refused or taken for all', () => {
  const operators = [east, west];
  const prepared = prepareOperators(place, operators);
  const first = planOperators(prepared, asked(operators));
  const siteId = first.items[0]!.siteId;
  const refused = asked(operators, { refusedSiteIds: [siteId], lockedSiteIds: ['m000'] });
  const { items, proof } = planOperators(prepared, refused);
  expect(items.map((item) => item.siteId)).not.toContain(siteId);
  expect(items.map((item) => item.siteId)).toContain('m000');
  const request = operatorsRequestOf(prepared, refused);
  const { choice, selection } = decodeCertificate(request.shared.problem, proof.file, proof.prices);
  expect(choice.refused).toEqual(request.choice.refused);
  expect(checkPlan(request.shared.problem, choice, selection)).toEqual([]);
});

test('the plan as it is stored: rows and sums of the selection, means over all, and the coverage of each', () => {
  const sites = [
    ...place.sites,
    aSite('tower', 500, 500, { status: 'existing', costCny: 0, owner: '运营商E', heightM: 30 }),
  ];
  const operators = [
    anOperator('E', { targetShare: 0.5 }),
    anOperator('W', { profileId: 'n41', targetShare: 0.5 }),
  ];
  const choice = asked(operators, { terms: { ...terms, joinCostCny: 20_000 } });
  const prepared = prepareOperators({ ...place, sites }, operators);
  const plan = planOperators(prepared, choice);
  const steps: number[] = [];
  const stored = makeOperatorsPlan(
    prepared,
    choice,
    findCoverageRule('连续覆盖')!,
    ({ step, done, total }) => {
      if (step === 'plan') steps.push(done / total);
    },
  );
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect([stored.fingerprint, stored.summary.costCny]).toEqual([plan.fingerprint, plan.summary.costCny]);
  expect(stored.summary.sharing).toMatchObject({ operators: plan.summary.operators, unclaimedStations: 0 });
  const [first, second] = plan.summary.operators;
  expect(stored.summary.coveredShare).toBeCloseTo((first!.coveredShare + second!.coveredShare) / 2, 12);
  expect(stored.views.map(({ areas }) => areas[0]!.costCny)).toEqual([first!.costCny, second!.costCny]);
  stored.views.forEach(({ areas, raster }, index) => {
    const { coveredShare, coveredShareBinary, sites: own } = plan.summary.operators[index]!;
    expect(areas[0]!.coveredShare).toBeCloseTo(coveredShare, 9);
    expect(areas[0]!.coveredShareBinary).toBeCloseTo(coveredShareBinary, 9);
    expect(raster.siteIds).toHaveLength(own + (index === 0 ? 1 : 0));
  });
  // told as the command tells it: stations and those who join them apart
  const { features, summary } = planToGeoJson(stored, sites);
  const told = features.map(({ properties: { siteId, status, operatorIds, paymentsCny } }) => [
    siteId,
    status,
    operatorIds,
    paymentsCny,
  ]);
  expect(new Set(told)).toEqual(
    new Set(
      plan.items.map(({ siteId, status, operatorIds, paymentsCny }) => [
        siteId,
        status,
        operatorIds,
        paymentsCny,
      ]),
    ),
  );
  expect(summary).toMatchObject({
    operators: plan.summary.operators,
    listPriceCny: plan.summary.listPriceCny,
  });
  expect(summary).not.toHaveProperty('sharing');
});

test('a place without any candidate near is an answer for several operators, too', () => {
  const far = anInput({ sites: [aSite('far', 90_000, 90_000)] });
  const operators = [east, west];
  const { summary, items, uncovered } = makeOperatorsPlan(
    prepareOperators(far, operators),
    asked(operators),
    findCoverageRule('连续覆盖')!,
  );
  expect([summary.status, items, summary.sharing!.aloneCostCny]).toEqual(['not-reachable', [], null]);
  expect(uncovered[0]!.reason).toBe('no-candidate-near');
});

test('what cannot be meant is refused with its code', () => {
  const codeOf = (choice: OperatorsChoice): string => {
    try {
      checkOperators(choice);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return '';
  };
  expect(codeOf(asked([east, west]))).toBe('');
  expect(codeOf(asked([]))).toBe('PLAN_OPERATORS_COUNT');
  expect(codeOf(asked(['a', 'b', 'c', 'd', 'e'].map((id) => anOperator(id))))).toBe('PLAN_OPERATORS_COUNT');
  expect(codeOf(asked([east, east]))).toBe('PLAN_OPERATOR_TWICE');
  expect(codeOf(asked([anOperator('a+b')]))).toBe('PLAN_OPERATOR_ID');
  expect(codeOf(asked([anOperator('移动')]))).toBe('');
  expect(codeOf(asked([anOperator('a', { profileId: 'n99' })]))).toBe('COVERAGE_PROFILE_UNKNOWN');
  expect(codeOf(asked([anOperator('a', { targetShare: 1.1 })]))).toBe('SELECTION_SHARE_RANGE');
  for (const wrong of [
    { percentOff: [] },
    { percentOff: [0, 30, 20] },
    { anchorPercentOff: 101 },
    { anchorId: 'nobody' },
    { joinCostCny: 0.5 },
  ])
    expect(codeOf(asked([east], { terms: { ...terms, ...wrong } }))).toBe('PLAN_SHARING_TERMS');
  expect(codeOf(asked([east], { refusedSiteIds: ['a'], lockedSiteIds: ['a'] }))).toBe(
    'SELECTION_LOCK_CONFLICT',
  );
});
