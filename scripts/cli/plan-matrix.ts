// `npm run plan -- --matrix`: coverage computed elsewhere in, summary.json, plan.csv and the proof out. The clock lives here: the engine
// counts steps and is asked to stop. Exit codes as for any plan.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  csvCell,
  type Effort,
  ENGINE_VERSION,
  encodeCertificate,
  PlanningError,
  plannedEffort,
  type Selection,
  type SelectionChoice,
  type SelectionNews,
  type SelectionProblem,
  solveExactly,
  solveSelection,
  takeExact,
  type Watch,
} from '../../engine/index.ts';
import { describeCode } from '../../server/errors.ts';
import { makeHighsSolver } from '../../server/jobs/highs-solver.ts';
import { makeFolder } from './make-folder.ts';
import { type MatrixOptions, matrixHelp, readMatrixOptions } from './matrix-options.ts';
import { type MatrixProblem, readMatrix } from './matrix-problem.ts';
import { matrixRequest } from './matrix-request.ts';
import { peakMb } from './measure.ts';
import { writeProof } from './proof-files.ts';

/** Share of the time that the price search may take, and how long one step takes for each one of the matrix. */
const PRICE_SHARE = 0.35;
const STEP_SECONDS_PER_ONE = 12e-9;
const LEAST_PRICE_STEPS = 60;
const MOST_PRICE_STEPS = 3000;
/** More than any clock allows. */
const UNTIL_STOPPED = 1e12;
const WRITING_SECONDS = 0.2;
/** Half of the time is the exact solver's where one is asked for; without a clock it has its own limits. */
const EXACT_SHARE = 0.5;
const EXACT_SECONDS = 120;
const EXACT_NODES = 3000;

/** The exit code. Throws what `tellRefusal` tells. */
export async function planMatrix(args: readonly string[]): Promise<number> {
  const options = readMatrixOptions(args);
  if (options === null) {
    console.log(matrixHelp);
    return 0;
  }
  makeFolder(options.out);
  const from = performance.now();
  const secondsNow = (): number => (performance.now() - from) / 1000;
  const matrix = readMatrix(options.matrix, options.sites);
  console.error(
    `${matrix.problem.siteIds.length} sites, ${matrix.problem.cover.binCount} bins, ${matrix.incidences} rows (${secondsNow().toFixed(1)} s)`,
  );
  for (const column of matrix.rounded) tellRounded(column, matrix);
  const { problem, choice } = matrixRequest(options, matrix);
  const effort = effortOf(options, matrix);
  const searchSeconds = options.seconds && options.seconds * (options.isExact ? 1 - EXACT_SHARE : 1);
  const watch = watchOf(searchSeconds, secondsNow, matrix.costDigits);
  let selection = solveSelection(problem, choice, effort, watch.watch);
  if (options.isExact && selection.status !== 'not-reachable' && !selection.certificate.optimal) {
    const { certificate } = selection;
    const start = selection.steps.map(({ site }) => site);
    const search = certificate.prices && { prices: certificate.prices, bound: certificate.bound };
    const left = options.seconds === null ? EXACT_SECONDS : Math.max(1, options.seconds - secondsNow());
    const { seconds } = options;
    const clock = { shouldStop: () => seconds !== null && secondsNow() > seconds - WRITING_SECONDS };
    const limits = { nodes: EXACT_NODES, seconds: left };
    try {
      const exact = await solveExactly(problem, choice, start, search, makeHighsSolver(), clock, limits);
      selection = takeExact(problem, choice, selection, exact);
    } catch (error) {
      if (!(error instanceof PlanningError && error.code === 'SELECTION_EXACT_TOO_LARGE')) throw error;
      const { message, hint } = describeCode(error.code, error.found);
      console.error(`warning ${error.code}: ${message.zh} / ${message.en}\n    → ${hint.zh} / ${hint.en}`);
    }
  }
  writeOutputs(options, matrix, { problem, choice, selection }, secondsNow(), watch.steps());
  return selection.status === 'reached' ? 0 : 3;
}

function effortOf({ seconds, seed }: MatrixOptions, { incidences }: MatrixProblem): Effort {
  if (seconds === null) return { ...plannedEffort, seed };
  const steps = Math.round((PRICE_SHARE * seconds) / (STEP_SECONDS_PER_ONE * incidences));
  return {
    priceSteps: Math.min(MOST_PRICE_STEPS, Math.max(LEAST_PRICE_STEPS, steps)),
    improveSteps: UNTIL_STOPPED,
    seed,
  };
}

function watchOf(
  seconds: number | null,
  secondsNow: () => number,
  costDigits: number,
): { watch: Watch; steps: () => number } {
  const done = new Map<SelectionNews['stage'], number>();
  let told = 0;
  return {
    steps: () => (done.get('improve') ?? 0) + (done.get('prices') ?? 0),
    watch: {
      onNews: ({ stage, done: steps, cost, bound }) => {
        const isFirst = !done.has(stage);
        done.set(stage, Math.max(done.get(stage) ?? 0, steps));
        if (!isFirst && secondsNow() - told < 2) return;
        told = secondsNow();
        const facts = [
          cost === null ? '' : `cost ${cost / 10 ** costDigits}`,
          bound === null ? '' : `bound ${bound}`,
        ];
        console.error(`${stage} ${steps} ${facts.join(' ')} (${told.toFixed(1)} s)`);
      },
      ...(seconds !== null && { shouldStop: () => secondsNow() > seconds - WRITING_SECONDS }),
    },
  };
}

function tellRounded(column: string, { weightDigits, costDigits }: MatrixProblem): void {
  const digits = column === 'weight' ? weightDigits : costDigits;
  const { message, hint } = describeCode('SELECTION_MATRIX_ROUNDED', { column, digits });
  console.error(`warning SELECTION_MATRIX_ROUNDED: ${message.zh} / ${message.en}`);
  console.error(`    → ${hint.zh} / ${hint.en}`);
}

interface Solved {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly selection: Selection;
}

function writeOutputs(
  options: MatrixOptions,
  matrix: MatrixProblem,
  { problem, choice, selection }: Solved,
  seconds: number,
  iterations: number,
): void {
  const { totalWeight, weightDigits, costDigits } = matrix;
  const { steps, covered, certificate, ceiling, status } = selection;
  const shareOf = (weight: number): number => (totalWeight > 0 ? weight / totalWeight : 1);
  const costOf = (units: number): number => units / 10 ** costDigits;
  const isCost = certificate.kind === 'cost';
  const summary = {
    status,
    sites: steps.length,
    cost: costOf(selection.cost),
    coveredShare: shareOf(covered[0]!),
    targetShare: options.costTarget === null ? null : Number(options.costTarget),
    bestShare: shareOf(ceiling[0]!),
    budget: options.budget,
    maxSites: options.maxSites,
    lowerBound: isCost ? costOf(certificate.bound) : null,
    upperBound: isCost ? null : shareOf(certificate.bound),
    gap: Number.isFinite(certificate.gap) ? certificate.gap : null,
    method: certificate.method,
    iterations: Math.max(iterations, certificate.steps),
    optimal: certificate.optimal,
    candidates: problem.siteIds.length,
    bins: problem.cover.binCount,
    incidences: matrix.incidences,
    totalWeight: totalWeight / 10 ** weightDigits,
    weightDigits,
    costDigits,
    rounded: matrix.rounded,
    seed: options.seed,
    seconds: Math.round(seconds * 100) / 100,
    peakMb: peakMb(),
    engineVersion: ENGINE_VERSION,
    files: matrix.files,
  };
  writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const rows = steps.map(({ site, gain, coveredAfter }, index) =>
    [
      index + 1,
      problem.siteIds[site]!,
      costOf(problem.cost[site]!),
      gain / 10 ** weightDigits,
      shareOf(coveredAfter),
    ]
      .map(csvCell)
      .join(','),
  );
  writeFileSync(join(options.out, 'plan.csv'), `${['rank,site,cost,gain,shareAfter', ...rows].join('\n')}\n`);
  writeProof(options.out, encodeCertificate(problem, choice, selection, ENGINE_VERSION));
  console.log(
    [
      `${status}: ${summary.sites} 站 sites, 造价 cost ${summary.cost}, 覆盖 covered ${(100 * summary.coveredShare).toFixed(3)} %`,
      isCost
        ? `下界 lower bound ${summary.lowerBound}, 差距 gap ${percent(summary.gap)}${certificate.optimal ? '（最优 optimal）' : ''}`
        : `上界 upper bound ${(100 * summary.upperBound!).toFixed(3)} %, 差距 gap ${percent(summary.gap)}${certificate.optimal ? '（最优 optimal）' : ''}`,
      `→ ${options.out}`,
    ].join('\n'),
  );
  if (status === 'not-reachable')
    console.error(
      `达不到目标：全部候选也只有 ${(100 * summary.bestShare).toFixed(3)} % / not reachable: all candidates together reach ${(100 * summary.bestShare).toFixed(3)} %`,
    );
}

const percent = (share: number | null): string => (share === null ? '∞' : `${(100 * share).toFixed(2)} %`);
