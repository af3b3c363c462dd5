// The made-up district as the engine takes it: built-up area, water, houses, people, every usable site.
import { findCoverageRule, type PlanInput, plainRadio } from '../../engine/index.ts';
import { packBuildings } from '../../scripts/cli/read-plan-files.ts';
import { makeSample, type SampleSize } from '../../scripts/sample/make-sample.ts';

export function samplePlanInput(size: SampleSize): PlanInput {
  const sample = makeSample(size);
  return {
    areas: sample.areas.filter((area) => area.kind === '一般区'),
    districts: sample.districts,
    sites: sample.sites.filter((site) => site.status !== 'unavailable'),
    buildings: packBuildings(sample.buildings),
    terrain: [],
    clutter: [],
    demand: Float64Array.from(
      sample.demand.flatMap(({ position: [lon, lat], weight }) => [lon, lat, weight]),
    ),
    excluded: sample.areas.filter((area) => area.kind === '水域').map((area) => area.geometry),
    profileId: 'n78',
    thresholdDbm: findCoverageRule('连续覆盖')!.thresholdDbm,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    corridors: [],
    configurations: [],
    radio: plainRadio,
  };
}
