// Whole towns with two threads, each in a process of its own: candidates per second, district, core city; and one site changed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  type PlanInput,
  plainRadio,
  prepareCoverageWith,
  type Site,
  type SiteStructure,
  withSite,
} from '../../engine/index.ts';
import { startCoverageCrew } from '../../server/jobs/start-coverage-crew.ts';
import { type BenchRow, measure, measureAsync, median } from './bench-row.ts';
import { BENCH_PROFILE, type BenchTown, makeBenchTown, THRESHOLD_DBM, type TownSize } from './bench-town.ts';
import type { TownFigures } from './town-child.ts';

/** 1.2 and 1.7 million bins of 20 m. */
const DISTRICT: TownSize = { sideM: 21_920, poles: 18_000, roofs: 2_000 };
const CITY: TownSize = { sideM: 26_080, poles: 490_000, roofs: 10_000 };
/** Sixteen square kilometres full of poles: nothing but the inner loop counts. */
const POLES: TownSize = { sideM: 4_000, poles: 30_000, roofs: 0 };

export async function benchTowns(short: boolean): Promise<BenchRow[]> {
  const poles = runTown(short ? scaled(POLES, 1, 0.3) : POLES, 'warm');
  const district = runTown(short ? scaled(DISTRICT, 0.25, 0.25) : DISTRICT);
  const city = runTown(short ? scaled(CITY, 0.04, 0.04) : CITY);
  return [
    {
      step: 'pole footprints, 2 threads',
      seconds: poles.seconds,
      figure: {
        value: poles.candidates / poles.seconds,
        unit: 'candidates/s',
        target: 10_000,
        better: 'more',
      },
      note: `${poles.candidates} poles of 300 m, ${sizeOf(poles)}, threads warm, ground handed over included, ${poles.cpuSeconds.toFixed(1)} s of processor`,
    },
    ...townRows('district footprints, 2 threads', district, DISTRICT, 8, 1000),
    ...townRows('core city footprints, 2 threads', city, CITY, 90, 3000),
    await benchChange(short ? scaled(DISTRICT, 0.25, 0.25) : DISTRICT),
  ];
}

function scaled({ sideM, poles, roofs }: TownSize, ground: number, sites: number): TownSize {
  return { sideM: Math.round(sideM * Math.sqrt(ground)), poles: poles * sites, roofs: roofs * sites };
}

/** A town of part size is held to the same part of the targets. */
function townRows(
  step: string,
  figures: TownFigures,
  full: TownSize,
  seconds: number,
  peakMb: number,
): BenchRow[] {
  const part = figures.candidates / (full.poles + full.roofs);
  const sites = `${full.poles * part} poles of 300 m and ${full.roofs * part} roofs of 1000 m`;
  const made = `town made in ${figures.townSeconds.toFixed(1)} s before`;
  return [
    {
      step,
      seconds: figures.seconds,
      figure: { value: figures.seconds, unit: 's', target: seconds * part, better: 'less' },
      note: `${sites}, ${sizeOf(figures)}, ${figures.cpuSeconds.toFixed(1)} s of processor; ${made}`,
    },
    {
      step: `${step.split(' footprints')[0]}, peak memory`,
      seconds: figures.seconds,
      figure: { value: figures.peakMb, unit: 'MB', target: peakMb * (part < 1 ? 0.5 : 1), better: 'less' },
      note: `resident, threads and their start included; ${figures.townMb.toFixed(0)} MB before, footprints ${figures.footprintMb.toFixed(0)} MB`,
    },
  ];
}

function sizeOf({ bins, builtShare }: TownFigures): string {
  return `${bins} bins, ${(builtShare * 100).toFixed(0)} % built`;
}

function runTown(size: TownSize, start: 'cold' | 'warm' = 'cold'): TownFigures {
  const [run, child] = ['../run.mjs', './town-child.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  const ended = spawnSync(process.execPath, [run!, child!, JSON.stringify(size), start], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ended.status !== 0) throw new Error(`the town of ${JSON.stringify(size)} ended with ${ended.status}`);
  return JSON.parse(ended.stdout) as TownFigures;
}

/** A site moved by 15 m in the prepared district, with the forms of the profile as they are. */
async function benchChange(size: TownSize): Promise<BenchRow> {
  const town = makeBenchTown(size);
  const crew = startCoverageCrew(2, 4096);
  const input = inputOf(town);
  const prepared = await measureAsync(() => prepareCoverageWith({ startCrew: () => crew.threads }, input));
  await crew.end();
  const { sites } = prepared.value;
  const poles = sites.filter(({ structure }) => structure === 'pole');
  const timesMs = Array.from({ length: 15 }, (_, turn) => {
    const site = poles[Math.floor((poles.length * (turn + 0.5)) / 15)]!;
    const [lon, lat] = site.position;
    return (
      1000 * measure(() => withSite(prepared.value, { ...site, position: [lon + 0.00016, lat] })).seconds
    );
  });
  const { macro, pole } = BENCH_PROFILE;
  return {
    step: 'one site changed in the district',
    seconds: median(timesMs) / 1000,
    figure: { value: median(timesMs), unit: 'ms', target: 50, better: 'less' },
    note: `median of 15 poles, worst ${Math.max(...timesMs).toFixed(0)} ms; ${sites.length} sites of ${pole.serviceRadiusM} and ${macro.serviceRadiusM} m prepared in ${prepared.seconds.toFixed(1)} s`,
  };
}

function inputOf({ zone, area, buildings, places }: BenchTown): PlanInput {
  const siteOf = (id: string, structure: SiteStructure, place: BenchTown['places'][number]): Site => ({
    id,
    code: id,
    name: id,
    resourceType: structure === 'pole' ? '路灯杆' : '普通楼面塔',
    structure,
    position: zone.toDegrees(place.eastM, place.northM),
    heightM: place.heightM,
    status: 'candidate',
    costCny: 50_000,
    owner: '',
    freeStatus: null,
    powerMode: null,
    buildMode: '改造',
    districtCode: '',
    townCode: '',
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
  });
  return {
    areas: [{ id: 'town', name: 'town', kind: '一般区', geometry: area }],
    districts: [],
    sites: places.map((place, index) =>
      siteOf(`b${index}`, place.form.model === 'UMi' ? 'pole' : 'roof', place),
    ),
    buildings,
    terrain: [],
    clutter: [],
    demand: null,
    excluded: [],
    profileId: BENCH_PROFILE.id,
    thresholdDbm: THRESHOLD_DBM,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    corridors: [],
    configurations: [],
    radio: plainRadio,
  };
}
