// One core at a time: closed-form coverage, line of sight against gdal_viewshed, terrain against SPLAT!.
import {
  Heard,
  hearStation,
  localZone,
  makeCoverageModel,
  makeDemandGrid,
  type StationForm,
} from '../../engine/index.ts';
import { type BenchRow, measure } from './bench-row.ts';
import { benchSight } from './bench-sight.ts';
import { benchTerrain } from './bench-terrain.ts';
import { BENCH_PROFILE, ROOF_FORM, THRESHOLD_DBM } from './bench-town.ts';

export function benchRadio(short: boolean): BenchRow[] {
  return [benchClosedForm(short), benchSight(short), benchTerrain(short)];
}

/** UMa with three sector patterns over open ground: both states of sight, their mixed chance, one grade per bin. */
function benchClosedForm(short: boolean): BenchRow {
  const zone = localZone(4549);
  const [eastM, northM, sideM] = [400_000, 3_456_000, 12_000];
  const corner = (east: number, north: number) => zone.toDegrees(eastM + east, northM + north);
  const ring = [corner(0, 0), corner(sideM, 0), corner(sideM, sideM), corner(0, sideM), corner(0, 0)];
  const grid = makeDemandGrid({
    areas: [{ type: 'MultiPolygon', coordinates: [[ring]] }],
    excluded: [],
    zone,
    binSizeM: 20,
    demand: null,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    outdoor: null,
  });
  const model = makeCoverageModel({
    grid,
    surface: null,
    profile: BENCH_PROFILE,
    thresholdDbm: THRESHOLD_DBM,
  });
  const heard = new Heard();
  const form: StationForm = ROOF_FORM;
  const stations = short ? 300 : 1000;
  const once = () => {
    let bins = 0;
    for (let index = 0; index < stations; index++) {
      // Two primes spread the stations over the middle of the square.
      const place = {
        eastM: eastM + 1000 + ((index * 7919) % (sideM - 2000)) + 0.3,
        northM: northM + 1000 + ((index * 104_729) % (sideM - 2000)) + 0.7,
        heightM: 25,
        form,
      };
      hearStation(model, place, heard, false);
      bins += heard.count;
    }
    return bins;
  };
  once();
  const runs = Array.from({ length: 5 }, () => measure(once));
  const seconds = Math.min(...runs.map((run) => run.seconds));
  const bins = runs[0]!.value;
  return {
    step: 'UMa, 3 sectors, probability, 1 core',
    seconds,
    figure: { value: bins / seconds / 1e6, unit: 'M bins/s', target: 15, better: 'more' },
    note: `${stations} macros of 1000 m, ${Math.round(bins / stations)} bins each, best of 5`,
  };
}
