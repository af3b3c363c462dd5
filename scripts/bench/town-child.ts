// The child's side: makes a town, computes all its footprints with two threads of the server's crew, and says what it took.
// Cold unless told `warm`: the start of the threads counts.
import {
  computeFootprintsWith,
  footprintBytes,
  makeCoverageModel,
  type StationPlace,
  sharedArrays,
} from '../../engine/index.ts';
import { startCoverageCrew } from '../../server/jobs/start-coverage-crew.ts';
import { measure, measureAsync } from './bench-row.ts';
import { BENCH_PROFILE, makeBenchTown, THRESHOLD_DBM, type TownSize } from './bench-town.ts';

const HEAP_MB = 4096;
const size = JSON.parse(process.argv[2]!) as TownSize; // written by bench-towns.ts
const made = measure(() => {
  const town = makeBenchTown(size);
  return { ...town, surface: sharedArrays(town.surface), grid: sharedArrays(town.grid) };
});
const { grid, surface, places, builtShare } = made.value;
const townMb = residentMb();
const compute = async (some: readonly StationPlace[]) => {
  const model = makeCoverageModel({ grid, surface, profile: BENCH_PROFILE, thresholdDbm: THRESHOLD_DBM });
  return computeFootprintsWith(crew.threads, model, some);
};
const crew = startCoverageCrew(2, HEAP_MB);
if (process.argv[3] === 'warm') await compute(places.slice(0, 4000));
const cpuBefore = process.cpuUsage();
const run = await measureAsync(() => compute(places));
const { user, system } = process.cpuUsage(cpuBefore);
await crew.end();

const figures: TownFigures = {
  bins: grid.bins,
  candidates: places.length,
  builtShare,
  townSeconds: made.seconds,
  townMb,
  seconds: run.seconds,
  cpuSeconds: (user + system) / 1e6,
  footprintMb: footprintBytes(run.value) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1000,
};
process.stdout.write(JSON.stringify(figures));

/** What a town took. Memory in millions of bytes. */
export interface TownFigures {
  readonly bins: number;
  readonly candidates: number;
  readonly builtShare: number;
  /** Buildings, roof raster, demand grid. */
  readonly townSeconds: number;
  readonly townMb: number;
  readonly seconds: number;
  /** Of all threads together: what the work needs, however busy the machine is. */
  readonly cpuSeconds: number;
  readonly footprintMb: number;
  /** Highest resident memory of the process with its threads. */
  readonly peakMb: number;
}

function residentMb(): number {
  return process.memoryUsage().rss / 1e6;
}
