// npm run plan: files in, plan.geojson, coverage.tif, summary.json and the proof out. No server, no database.
// Exit 0: target reached · 3: not reached · 2: bad input, with codes. Progress and issues go to standard error.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkChoice,
  completePlan,
  type PlanProgress,
  type ProvenPlan,
  planToGeoJson,
  prepareCoverage,
  prepareScenarios,
  requestOf,
} from '../engine/index.ts';
import { encodeCoverageGeotiff } from '../server/export/coverage-geotiff.ts';
import { chooseInTime, type TimedChoice } from './cli/choose-in-time.ts';
import { differenceTo, type PlanDifference } from './cli/kept-plan.ts';
import { makeFolder } from './cli/make-folder.ts';
import { asksForMatrix } from './cli/matrix-options.ts';
import { peakMb, reportSteps } from './cli/measure.ts';
import { writePhases } from './cli/phase-files.ts';
import { planChoiceOf } from './cli/plan-choice.ts';
import { planForOperators } from './cli/plan-for-operators.ts';
import { planMatrix } from './cli/plan-matrix.ts';
import { type PlanOptions, planHelp, readPlanOptions } from './cli/plan-options.ts';
import { sensitivityOf, writeSensitivity } from './cli/plan-sensitivity.ts';
import { writeProof } from './cli/proof-files.ts';
import { type PlanFiles, readPlanFiles } from './cli/read-plan-files.ts';
import { countByReason, tellPlan } from './cli/tell-plan.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

const EXIT = { reached: 0, notReached: 3 } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    if (asksForMatrix(args)) return await planMatrix(args);
    const options = readPlanOptions(args);
    if (options === null) {
      console.log(planHelp);
      return EXIT.reached;
    }
    return options.operators === null
      ? await planFiles(options)
      : await planForOperators(options, options.operators);
  } catch (error) {
    return tellRefusal(error);
  }
}

async function planFiles(options: PlanOptions): Promise<number> {
  makeFolder(options.out);
  const from = performance.now();
  const secondsNow = (): number => (performance.now() - from) / 1000;
  const onProgress = reportSteps<PlanProgress['step']>();
  const files = await readPlanFiles(options);
  const { choice, kept } = planChoiceOf(options, files.input);
  checkChoice(choice);
  const prepared = prepareCoverage(files.input, onProgress);
  await prepareScenarios({}, prepared, choice.scenarios, onProgress);
  const timed = await chooseInTime(
    requestOf(prepared, choice),
    onProgress,
    options.rules.seconds,
    secondsNow,
  );
  const result = completePlan(prepared, choice, timed.chosen, onProgress, timed.isOver);
  const sensitivity = sensitivityOf(options.rules.sensitivity, prepared, choice, timed.chosen);
  const difference = kept && differenceTo(kept, result.items, files.input.sites);
  writeOutputs(options, files, result, timed, difference, secondsNow());
  writeSensitivity(options.out, sensitivity);
  tellPlan({ result, ...timed, difference, sensitivity, out: options.out });
  return result.summary.status === 'reached' ? EXIT.reached : EXIT.notReached;
}

function writeOutputs(
  options: PlanOptions,
  files: PlanFiles,
  result: ProvenPlan,
  { iterations, isStopped }: TimedChoice,
  difference: PlanDifference | null,
  seconds: number,
): void {
  writeFileSync(join(options.out, 'plan.geojson'), JSON.stringify(planToGeoJson(result, files.input.sites)));
  writeFileSync(join(options.out, 'coverage.tif'), encodeCoverageGeotiff(result.raster));
  writeProof(options.out, result.proof);
  writePhases(options.out, result.proof.phases);
  const { summary } = result;
  const { kind, bound, gap, method, optimal } = summary.certificate;
  const written = {
    ...summary,
    cost: summary.costCny,
    lowerBound: kind === 'cost' ? bound : null,
    upperBound: kind === 'covered' ? bound : null,
    gap,
    method,
    iterations,
    optimal,
    stopped: isStopped,
    difference,
    seconds: Math.round(seconds * 100) / 100,
    peakMb: peakMb(),
    fingerprint: result.fingerprint,
    engineVersion: result.engineVersion,
    binSizeM: options.binSizeM,
    uncovered: countByReason(result),
    derived: files.derived,
    files: files.files,
    areas: result.areas,
    districts: result.districts,
  };
  writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify(written, null, 2)}\n`);
}
