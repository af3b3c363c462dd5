// The engine's steps on the made-up place, and lazy greedy against the plain one it has to agree with.
import {
  BLOCK_SITES,
  FULL_GRADE_VALUE,
  findCoverageRule,
  makePlan,
  type PlanChoice,
  type PlanInput,
  plainRadio,
  prepareCoverage,
  type SelectionProblem,
  selectSites,
} from '../../engine/index.ts';
import { packBuildings } from '../cli/read-plan-files.ts';
import { makeSample, type Sample, type SampleSize } from '../sample/make-sample.ts';
import { type BenchRow, measure, measureBest } from './bench-row.ts';

const RULE_WORD = '连续覆盖';

export function benchEngine(size: SampleSize): BenchRow[] {
  const rows: BenchRow[] = [];
  const { value: sample, seconds } = measure(() => makeSample(size));
  rows.push({
    step: `sample ${size}`,
    seconds,
    note: `${sample.sites.length} sites, ${sample.buildings.length} buildings`,
  });

  const input = planInputOf(sample);
  const choice = choiceOf();
  const stepSeconds = new Map<string, number>();
  let current = { step: 'prepare', from: performance.now() };
  const { value: prepared } = measure(() =>
    prepareCoverage(input, ({ step }) => {
      if (step === current.step) return;
      stepSeconds.set(current.step, (performance.now() - current.from) / 1000);
      current = { step, from: performance.now() };
    }),
  );
  stepSeconds.set(current.step, (performance.now() - current.from) / 1000);
  for (const step of ['grid', 'coverage']) {
    rows.push({ step: `${step} ${size}`, seconds: stepSeconds.get(step) ?? 0, note: '' });
  }
  const first = measure(() => makePlan(prepared, choice));
  const { summary } = first.value;
  rows.push({
    step: `selection and plan ${size}`,
    seconds: first.seconds,
    note: `${summary.sites} of ${summary.candidates} sites, ${(summary.coveredShare * 100).toFixed(2)} %, ${summary.bins} bins`,
  });
  const refused = first.value.items.filter((item) => item.status === 'new').slice(0, 10);
  const again = measure(() =>
    makePlan(prepared, { ...choice, refusedSiteIds: refused.map((item) => item.siteId) }),
  );
  rows.push({ step: `re-plan ${size}`, seconds: again.seconds, note: `${refused.length} sites refused` });
  return rows;
}

/** Lazy greedy looks at few candidates per step, plain greedy at all of them. */
export function benchGreedy(): BenchRow[] {
  const prepared = prepareCoverage(planInputOf(makeSample('small')));
  const { problem } = prepared;
  const totalWeight = problem.weight.reduce((sum, weight) => sum + weight, 0);
  const targetWeight = Math.ceil(totalWeight * FULL_GRADE_VALUE * 0.95);
  const choice = { targetWeight, budget: null, maxSites: null, existing: [], locked: [], refused: [] };
  const lazy = measureBest(() => selectSites(problem, choice));
  const plain = measureBest(() => plainGreedy(problem, targetWeight));
  return [
    {
      step: 'greedy lazy small',
      seconds: lazy.seconds,
      note: `${lazy.value.steps.length} sites, closing useless ones included`,
    },
    {
      step: 'greedy plain small',
      seconds: plain.seconds,
      note: `${plain.value} sites; lazy is ${(plain.seconds / lazy.seconds).toFixed(0)}x faster`,
    },
  ];
}

function plainGreedy(problem: SelectionProblem, targetWeight: number): number {
  const { footprints, weight, gradeValue, cost } = problem;
  const best = new Uint8Array(weight.length);
  let sum = 0;
  let opened = 0;
  const gainOf = (site: number, mark: boolean): number => {
    const { spanStarts, gradeStarts, spanFirst, spanLength, grades } =
      footprints.blocks[Math.floor(site / BLOCK_SITES)]!;
    const local = site % BLOCK_SITES;
    let at = gradeStarts[local]!;
    let gain = 0;
    for (let span = spanStarts[local]!; span < spanStarts[local + 1]!; span += 1) {
      const end = spanFirst[span]! + spanLength[span]!;
      for (let bin = spanFirst[span]!; bin < end; bin += 1) {
        const grade = grades[at]!;
        at += 1;
        if (grade <= best[bin]!) continue;
        gain += weight[bin]! * (gradeValue[grade]! - gradeValue[best[bin]!]!);
        if (mark) best[bin] = grade;
      }
    }
    return gain;
  };
  while (sum < targetWeight) {
    let best = -1;
    let bestRatio = 0;
    for (let site = 0; site < cost.length; site += 1) {
      const ratio = gainOf(site, false) / Math.max(cost[site]!, 1);
      if (ratio > bestRatio) [best, bestRatio] = [site, ratio];
    }
    if (best === -1) break;
    sum += gainOf(best, true);
    opened += 1;
  }
  return opened;
}

function planInputOf(sample: Sample): PlanInput {
  return {
    areas: sample.areas.filter((area) => area.kind === '一般区'),
    districts: sample.districts,
    sites: sample.sites.filter((site) => site.status !== 'unavailable'),
    buildings: packBuildings(sample.buildings),
    demand: Float64Array.from(
      sample.demand.flatMap(({ position: [lon, lat], weight }) => [lon, lat, weight]),
    ),
    terrain: [],
    clutter: [],
    excluded: sample.areas.filter((area) => area.kind === '水域').map((area) => area.geometry),
    profileId: 'n78',
    thresholdDbm: findCoverageRule(RULE_WORD)!.thresholdDbm,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    radio: plainRadio,
  };
}

function choiceOf(): PlanChoice {
  const rule = findCoverageRule(RULE_WORD)!;
  return {
    rule,
    targetShare: rule.targetShare,
    budgetCny: null,
    maxSites: null,
    refusedSiteIds: [],
    lockedSiteIds: [],
  };
}
