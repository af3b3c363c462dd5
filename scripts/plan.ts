// npm run plan: files in, plan.geojson, coverage.tif and summary.json out. No server, no database.
// Exit 0: target reached · 3: not reached · 2: bad input, with codes. Progress and issues go to standard error.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { computePlan, type PlanProgress, plainChoice, type PlanResult, type ProvenPlan, planToGeoJson } from '../engine/index.ts';
import { encodeCoverageGeotiff } from '../server/export/coverage-geotiff.ts';
import { makeFolder } from './cli/make-folder.ts';
import { asksForMatrix } from './cli/matrix-options.ts';
import { peakMb, reportSteps } from './cli/measure.ts';
import { type PlanOptions, planHelp, readPlanOptions } from './cli/plan-options.ts';
import { planMatrix } from './cli/plan-matrix.ts';
import { writeProof } from './cli/proof-files.ts';
import { type PlanFiles, readPlanFiles } from './cli/read-plan-files.ts';
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
    makeFolder(options.out);
    const from = performance.now();
    const files = await readPlanFiles(options);
    const result = computePlan(
      files.input,
      {
        rule: options.rule,
        targetShare: options.rule.targetShare,
        budgetCny: options.budgetCny,
        maxSites: options.maxSites,
        refusedSiteIds: [],
        lockedSiteIds: [],
        ...plainChoice,
      },
      reportSteps<PlanProgress['step']>(),
    );
    await writeOutputs(options, files, result, (performance.now() - from) / 1000);
    sayResult(options, result);
    return result.summary.status === 'reached' ? EXIT.reached : EXIT.notReached;
  } catch (error) {
    return tellRefusal(error);
  }
}

async function writeOutputs(
  options: PlanOptions,
  files: PlanFiles,
  result: ProvenPlan,
  seconds: number,
): Promise<void> {
  writeFileSync(join(options.out, 'plan.geojson'), JSON.stringify(planToGeoJson(result, files.input.sites)));
  writeFileSync(join(options.out, 'coverage.tif'), encodeCoverageGeotiff(result.raster));
  writeProof(options.out, result.proof);
  const { summary } = result;
  const uncovered = countByReason(result);
  const written = {
    ...summary,
    cost: summary.costCny,
    seconds: Math.round(seconds * 100) / 100,
    peakMb: peakMb(),
    fingerprint: result.fingerprint,
    engineVersion: result.engineVersion,
    binSizeM: options.binSizeM,
    uncovered,
    derived: files.derived,
    files: files.files,
    areas: result.areas,
    districts: result.districts,
  };
  writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify(written, null, 2)}\n`);
}

function sayResult(options: PlanOptions, result: PlanResult): void {
  const { summary } = result;
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  console.log(
    [
      `候选 candidates ${summary.candidates}, 现有 existing ${summary.existingSites}, 栅格 bins ${summary.bins}`,
      `新建 new sites ${summary.sites}, 造价 cost ${summary.costCny} CNY`,
      `覆盖 covered ${percent(summary.coveredShare)} (目标 target ${percent(summary.targetShare)}, ${summary.ruleWord} ${summary.thresholdDbm} dBm, EPSG:${summary.epsg})`,
      `指纹 fingerprint ${result.fingerprint}`,
      `→ ${options.out}`,
    ].join('\n'),
  );
  if (summary.status === 'reached') return;
  const share = percent(summary.status === 'not-reachable' ? summary.bestShare : summary.coveredShare);
  const why = {
    'not-reachable': `达不到目标：全部候选也只有 ${share} / not reachable: all candidates together reach ${share}`,
    'budget-spent': `预算用完时为 ${share} / the budget was spent at ${share}`,
    'rules-bind': `间距或限额所限，为 ${share} / spacing or quotas keep it at ${share}`,
    'count-reached': `站数用完时为 ${share} / the number of sites was reached at ${share}`,
  }[summary.status];
  console.error(why);
  for (const [reason, { bins }] of Object.entries(countByReason(result)))
    console.error(`    ${reason}: ${bins} bins`);
}

/** Uncovered places and bins of each reason, most bins first. */
function countByReason({ uncovered }: PlanResult): Record<string, { places: number; bins: number }> {
  const counts = new Map<string, { places: number; bins: number }>();
  for (const { reason, bins } of uncovered) {
    const before = counts.get(reason) ?? { places: 0, bins: 0 };
    counts.set(reason, { places: before.places + 1, bins: before.bins + bins });
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b.bins - a.bins));
}
