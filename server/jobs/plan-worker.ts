// The worker's side of plan jobs: one input in, progress and one result out, then perhaps the next. Long engine loops block only
// this thread. The coverage of the last plan is kept, so that the next one on the same ground computes only what changed.
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import {
  checkChoice,
  checkOperators,
  encodeRaster,
  inOneThread,
  type MipSolver,
  makeOperatorsPlan,
  makePlanInParts,
  type OperatorsChoice,
  type PartsPlan,
  PlanningError,
  type PlanProgress,
  type PreparedCoverage,
  type ProvenPlan,
  prepareCoverageWith,
  prepareOperators,
  prepareScenarios,
} from '../../engine/index.ts';
import { makeHighsSolver } from './highs-solver.ts';
import type {
  EncodedView,
  PlanOrder,
  PlanWork,
  PlanWorkerMessage,
  PlanWorkerSettings,
} from './plan-worker-messages.ts';
import { type CoverageCrew, startCoverageCrew } from './start-coverage-crew.ts';
import { type SelectionCrew, startSelectionCrew } from './start-selection-crew.ts';

const PROGRESS_EVERY_MS = 100;
const MEGABYTE = 1024 * 1024;

const { memoryMb, threads } = workerData as PlanWorkerSettings; // written by plan-workers.ts, nobody else
const send = (message: PlanWorkerMessage): void => parentPort?.postMessage(message);

let kept: PreparedCoverage | null = null;
let peakBytes = 0;
let lastSentMs = Number.NEGATIVE_INFINITY;
let lastStep = '';

/** Memory of this thread: its heap, its arrays, and what it shares, which Node counts as nobody's. */
const measure = (): void => {
  const { heapUsed, external } = process.memoryUsage();
  peakBytes = Math.max(peakBytes, heapUsed + external + (kept ? sharedBytes(kept) : 0));
};

const sharedBytes = ({ grid, surface, model }: PreparedCoverage): number =>
  [grid, surface ?? {}, model]
    .flatMap((part) => Object.values(part))
    .reduce<number>((sum, array: unknown) => sum + (isShared(array) ? array.byteLength : 0), 0);

const isShared = (value: unknown): value is ArrayBufferView =>
  ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer;

const onProgress = (progress: PlanProgress): void => {
  const nowMs = performance.now();
  if (progress.step === lastStep && nowMs - lastSentMs < PROGRESS_EVERY_MS) return;
  lastStep = progress.step;
  lastSentMs = nowMs;
  measure();
  send({ kind: 'progress', progress });
};

async function prepare({ input, choice }: PlanWork): Promise<PreparedCoverage> {
  let crew: CoverageCrew | null = null;
  const startCrew = () => {
    if (threads < 2) return [];
    crew ??= startCoverageCrew(threads, memoryMb);
    return crew.threads;
  };
  try {
    const prepared = await prepareCoverageWith(
      {
        memoryMb,
        startCrew,
        takeKept: () => {
          const was = kept;
          kept = null;
          return was;
        },
      },
      input,
      onProgress,
    );
    await prepareScenarios({ memoryMb, startCrew }, prepared, choice.scenarios, onProgress);
    return prepared;
  } finally {
    await (crew as CoverageCrew | null)?.end(); // set in a callback, which the compiler does not see
  }
}

/** Threads for the parts of a large plan start when the first part is cut; with one thread parts are solved here. */
async function choose(prepared: PreparedCoverage, { choice, enough }: PlanOrder): Promise<ProvenPlan> {
  let crew: SelectionCrew | null = null;
  const solveMip = makeHighsSolver();
  const parts: PartsPlan & { readonly solveMip: MipSolver } =
    threads < 2
      ? { ...inOneThread, solveMip }
      : {
          ...inOneThread,
          solveMip,
          lanes: threads,
          runPart: (part, watch) => {
            crew ??= startSelectionCrew(threads, memoryMb, enough);
            return crew.runPart(part, watch);
          },
        };
  try {
    const shouldStop = () => Atomics.load(enough, 0) !== 0;
    return await makePlanInParts(prepared, choice, parts, onProgress, shouldStop);
  } finally {
    await (crew as SelectionCrew | null)?.end(); // set in a callback, which the compiler does not see
  }
}

interface WorkerPlan extends ProvenPlan {
  readonly views: readonly EncodedView[];
  readonly footprintsReused: number;
}

async function planForOne(work: PlanOrder): Promise<WorkerPlan> {
  const prepared = await prepare(work);
  kept = prepared;
  measure();
  const { footprintsReused } = prepared;
  return { ...(await choose(prepared, work)), views: [], footprintsReused };
}

/** Each band has footprints of its own, so what an earlier plan left is no help and makes room. */
function planForOperators({ input, choice, enough }: PlanOrder, operators: OperatorsChoice): WorkerPlan {
  checkOperators(operators);
  kept = null;
  const prepared = prepareOperators(input, operators.operators, onProgress, memoryMb);
  measure();
  const shouldStop = () => Atomics.load(enough, 0) !== 0;
  const { views, ...plan } = makeOperatorsPlan(prepared, operators, choice.rule, onProgress, shouldStop);
  const encoded = views.map(({ raster, ...view }, index) => ({
    ...view,
    raster: index === 0 ? null : encodeRaster(raster),
  }));
  return { ...plan, views: encoded, footprintsReused: 0 };
}

async function run(work: PlanOrder): Promise<void> {
  peakBytes = 0;
  lastStep = '';
  const peakMb = (): number => Math.round(peakBytes / MEGABYTE);
  try {
    const startedMs = performance.now();
    checkChoice(work.choice);
    const { raster, views, footprintsReused, ...result } = await (work.operators
      ? planForOperators(work, work.operators)
      : planForOne(work));
    measure();
    const seconds = Math.round(performance.now() - startedMs) / 1000;
    const message = { result, raster: encodeRaster(raster), views, seconds, peakMb: peakMb() };
    send({ kind: 'done', ...message, footprintsReused });
  } catch (error) {
    if (error instanceof PlanningError)
      send({ kind: 'refused', code: error.code, found: error.found, peakMb: peakMb() });
    else if (isOutOfMemory(error)) send({ kind: 'outOfMemory' });
    else
      send({
        kind: 'failed',
        stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

parentPort?.on('message', (work: PlanOrder) => void run(work));
