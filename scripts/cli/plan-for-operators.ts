// `npm run plan` for several operators: one selection over all of them, and files that say who stands where and what each pays.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkOperators,
  type OperatorsChoice,
  type OperatorsItem,
  type OperatorsPlan,
  type PlanInput,
  type PlanProgress,
  planOperators,
  prepareOperators,
  type Site,
} from '../../engine/index.ts';
import { makeFolder } from './make-folder.ts';
import { peakMb, reportSteps } from './measure.ts';
import { CommandError } from './options.ts';
import { siteIdsOf } from './plan-choice.ts';
import type { PlanOptions } from './plan-options.ts';
import { writeProof } from './proof-files.ts';
import type { OperatorOptions } from './read-operators.ts';
import { readPlanFiles } from './read-plan-files.ts';

const EXIT = { reached: 0, notReached: 3 } as const;

export async function planForOperators(options: PlanOptions, asked: OperatorOptions): Promise<number> {
  makeFolder(options.out);
  const from = performance.now();
  const onProgress = reportSteps<PlanProgress['step']>();
  const { input, files, derived } = await readPlanFiles(options);
  const choice = operatorsChoiceOf(options, asked, input);
  checkOperators(choice);
  const prepared = prepareOperators(input, choice.operators, onProgress);
  const plan = planOperators(prepared, choice, onProgress);
  writeFileSync(join(options.out, 'plan.geojson'), JSON.stringify(operatorsGeoJson(plan, input.sites)));
  writeProof(options.out, plan.proof);
  const { kind, bound, gap, method, optimal } = plan.summary.certificate;
  const written = {
    ...plan.summary,
    lowerBound: kind === 'cost' ? bound : null,
    upperBound: kind === 'covered' ? bound : null,
    gap,
    method,
    optimal,
    terms: choice.terms,
    seconds: Math.round((performance.now() - from) / 10) / 100,
    peakMb: peakMb(),
    fingerprint: plan.fingerprint,
    engineVersion: plan.engineVersion,
    binSizeM: options.binSizeM,
    derived,
    files,
  };
  writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify(written, null, 2)}\n`);
  tell(plan, options.out);
  return plan.summary.status === 'reached' ? EXIT.reached : EXIT.notReached;
}

/** The plan and its check ask the same. Throws CommandError COMMAND_SITE_UNKNOWN or COMMAND_OPTION_TOGETHER. */
export function operatorsChoiceOf(
  { rules, budgetCny }: PlanOptions,
  { operators, terms }: OperatorOptions,
  input: PlanInput,
): OperatorsChoice {
  if (rules.spacing !== null)
    throw new CommandError(
      'COMMAND_OPTION_TOGETHER',
      '--spacing 的站间距不能与多家运营商一起使用 / distances between sites do not go with operators',
      '去掉 / leave out --spacing',
    );
  return {
    operators: operators.map((operator) => ({
      ...operator,
      existingSiteIds: siteIdsOf('operators', operator.existingSiteIds, input),
    })),
    terms,
    budgetCny,
    refusedSiteIds: siteIdsOf('refuse', rules.refuse, input),
    lockedSiteIds: siteIdsOf('lock', rules.lock, input),
    effort: rules.effort === 'exact' ? 'deep' : rules.effort,
  };
}

/** One point per row: a station that is somebody's, or a site that somebody moves into; totals as the foreign member `summary`. */
export function operatorsGeoJson(plan: OperatorsPlan, sites: readonly Site[]): object {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return {
    type: 'FeatureCollection',
    features: plan.items.map((item) => featureOf(item, byId.get(item.siteId)!)), // every row is a site of the input
    summary: { ...plan.summary, fingerprint: plan.fingerprint, engineVersion: plan.engineVersion },
  };
}

function featureOf(item: OperatorsItem, site: Site): object {
  const { code, name, resourceType, structure, heightM, owner, districtCode, townCode } = site;
  return {
    type: 'Feature',
    id: item.siteId,
    geometry: { type: 'Point', coordinates: site.position },
    properties: { code, name, resourceType, structure, heightM, owner, districtCode, townCode, ...item },
  };
}

function tell({ summary, fingerprint }: OperatorsPlan, out: string): void {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const { kind, bound, gap } = summary.certificate;
  const saved = summary.listPriceCny - summary.costCny;
  console.log(
    [
      `候选 candidates ${summary.candidates}, 新建 new sites ${summary.sites}, 造价 cost ${summary.costCny} CNY`,
      `不共享的价格 without sharing ${summary.listPriceCny} CNY (节省 saved ${saved}), 各自单独规划 each alone ${summary.aloneCostCny ?? '—'} CNY`,
      kind === 'cost'
        ? `下界 lower bound ${bound} CNY, 差距 gap ${gap === null ? '∞' : percent(gap)}`
        : `上界 upper bound ${percent(bound)}`,
      ...summary.operators.map(
        (one) =>
          `${one.name} (${one.profileId}): ${percent(one.coveredShare)} (目标 target ${percent(one.targetShare)}), ${one.sites} 站 sites, 共址 shared ${one.sharedSites}, ${one.costCny} CNY (不共享 without ${one.listPriceCny}, 单独 alone ${one.aloneCostCny ?? '—'})`,
      ),
      ...(summary.unclaimedStations > 0
        ? [
            `现有站 ${summary.unclaimedStations} 个不属于任何一家，未计入 / ${summary.unclaimedStations} existing stations are nobody’s and serve nobody`,
          ]
        : []),
      `指纹 fingerprint ${fingerprint}`,
      `→ ${out}`,
    ].join('\n'),
  );
}
