// The engine's steps on the made-up place.
import {
  findCoverageRule,
  makePlan,
  type PlanChoice,
  type PlanInput,
  plainChoice,
  plainRadio,
  prepareCoverage,
} from '../../engine/index.ts';
import { packBuildings } from '../cli/read-plan-files.ts';
import { makeSample, type Sample, type SampleSize } from '../sample/make-sample.ts';
import { type BenchRow, measure } from './bench-row.ts';

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
    corridors: [],
    configurations: [],
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
    ...plainChoice,
  };
}
