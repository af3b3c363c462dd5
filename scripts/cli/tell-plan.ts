// What a person reads on the console after `npm run plan`: figures, proof, phases, duties, changes, and why a plan falls short.
import type {
  PlanReach,
  PlanResult,
  PlanSensitivity,
  PlanSummary,
  ScenarioTotal,
  SiteFirmness,
} from '../../engine/index.ts';
import type { PlanDifference } from './kept-plan.ts';

export interface ToldPlan {
  readonly result: PlanResult;
  readonly iterations: number;
  readonly isStopped: boolean;
  readonly difference: PlanDifference | null;
  readonly sensitivity: PlanSensitivity | null;
  readonly out: string;
}

const SHOWN_IDS = 20;

export function tellPlan(told: ToldPlan): void {
  const { summary, fingerprint } = told.result;
  console.log(
    [
      `候选 candidates ${summary.candidates}, 现有 existing ${summary.existingSites}, 栅格 bins ${summary.bins}`,
      `新建 new sites ${summary.sites}, 造价 cost ${summary.costCny} CNY`,
      `覆盖 covered ${percent(summary.coveredShare)} (目标 target ${percent(summary.targetShare)}, ${summary.ruleWord} ${summary.thresholdDbm} dBm, EPSG:${summary.epsg})`,
      proofLine(told),
      ...summary.phases.map(
        ({ name, sites, costCny, coveredShare, targetShare, reached }) =>
          `分期 phase ${name}: ${sites} 站 sites, ${costCny} CNY, ${percent(coveredShare)}${targetShare === null ? '' : ` (${percent(targetShare)} ${reached ? '达到 reached' : '未达到 not reached'})`}`,
      ),
      ...summary.duties.map(
        ({ areaId, share, coveredShare, bestShare }) =>
          `区域 area ${areaId}: ${percent(coveredShare)} (目标 target ${percent(share)}, 最多 at best ${percent(bestShare)})`,
      ),
      ...dutyLines(summary),
      ...summary.scenarios.map(scenarioLine),
      ...sensitivityLines(told.sensitivity),
      ...differenceLines(told.difference),
      `指纹 fingerprint ${fingerprint}`,
      `→ ${told.out}`,
    ].join('\n'),
  );
  tellShortfall(told.result);
}

function proofLine({ result, iterations, isStopped }: ToldPlan): string {
  const { kind, bound, gap, method, optimal } = result.summary.certificate;
  const what = kind === 'cost' ? `下界 lower bound ${bound} CNY` : `上界 upper bound ${percent(bound)}`;
  const marks = [
    `差距 gap ${gap === null ? '∞' : percent(gap)}`,
    `${method}, ${iterations} 步 steps`,
    ...(optimal ? ['最优 optimal'] : []),
    ...(isStopped ? ['到时停止 stopped by the clock'] : []),
  ];
  return `${what}, ${marks.join(', ')}`;
}

function dutyLines({ servers, corridors }: PlanSummary): string[] {
  return [
    ...(servers === null
      ? []
      : [
          `多站 servers ≥ ${servers.least} (${servers.counts}): ${percent(servers.coveredShare)} (现有 existing ${percent(servers.existingShare)}, 最多 at best ${percent(servers.bestShare)})，各项目标均按此计 / all shares asked for are of this`,
        ]),
    ...corridors.map(
      ({ corridorId, lengthM, share, coveredShare, bestShare, gaps, gapsLeftOut }) =>
        `走廊 corridor ${corridorId}: ${(lengthM / 1000).toFixed(2)} km, ${percent(coveredShare)} (目标 target ${percent(share)}, 最多 at best ${percent(bestShare)}), 未覆盖段 gaps ${gaps.length + gapsLeftOut}`,
    ),
  ];
}

function scenarioLine({ id, coveredShare, reached, costCny, aloneCostCny }: ScenarioTotal): string {
  const alone =
    aloneCostCny === null
      ? '单独做不到 none alone'
      : `单独 alone ${aloneCostCny} CNY, 多花 extra ${costCny - aloneCostCny} CNY`;
  return `情景 scenario ${id}: ${percent(coveredShare)} ${reached ? '达到 holds' : '未达到 fails'}, ${costCny} CNY, ${alone}`;
}

function sensitivityLines(sensitivity: PlanSensitivity | null): string[] {
  if (sensitivity === null) return [];
  const count = (firmness: SiteFirmness): number =>
    sensitivity.sites.filter((site) => site.firmness === firmness).length;
  return [
    ...sensitivity.scenarios.map(({ scenario, keptShare, holds, own }) => {
      const there =
        own === null
          ? '候选不够 out of reach'
          : `${own.costCny} CNY, 开 opened ${own.opened.length}, 关 closed ${own.closed.length}`;
      return `敏感性 sensitivity ${scenario.id}: ${percent(keptShare)} ${holds ? '仍达到 holds' : '不再达到 fails'}; ${there}`;
    }),
    `核心 core ${count('core')}, 一般 fair ${count('fair')}, 易替换 fragile ${count('fragile')}`,
  ];
}

function differenceLines(difference: PlanDifference | null): string[] {
  if (difference === null) return [];
  const { opened, closed, extraCostCny } = difference;
  const named = (ids: readonly string[]): string =>
    ids.length === 0
      ? '0'
      : `${ids.length}: ${ids.slice(0, SHOWN_IDS).join(', ')}${ids.length > SHOWN_IDS ? ', …' : ''}`;
  return [
    `新开 opened ${named(opened)}`,
    `撤销 closed ${named(closed)}`,
    `造价变化 extra cost ${extraCostCny} CNY`,
  ];
}

function tellShortfall(result: PlanResult): void {
  const { summary } = result;
  if (summary.status === 'reached') return;
  const asked = summary.servers ?? summary;
  const share = percent(summary.status === 'not-reachable' ? asked.bestShare : asked.coveredShare);
  const why = {
    'not-reachable': `达不到目标：全部候选也只有 ${share} / not reachable: all candidates together reach ${share}`,
    'budget-spent': `预算用完时为 ${share} / the budget was spent at ${share}`,
    'rules-bind': `间距或限额所限，为 ${share} / spacing or quotas keep it at ${share}`,
    'count-reached': `站数用完时为 ${share} / the number of sites was reached at ${share}`,
  }[summary.status];
  console.error(why);
  for (const [reason, { bins }] of Object.entries(countByReason(result)))
    console.error(`    ${reason}: ${bins} bins`);
  for (const line of reachLines(summary)) console.error(`    ${line}`);
}

const limitWords: Readonly<Record<PlanReach['limits'][number]['limit'], string>> = {
  refused: '已排除站址 refused sites',
  spacing: '间距 spacing',
  groups: '限额 quotas',
  budget: '预算 budget',
  count: '站数 count',
};

function reachLines({ reach }: PlanSummary): string[] {
  if (reach === null) return [];
  const { missing, limits, unlimited, classes } = reach;
  return [
    `缺口 out of reach: 无候选 nobody ${percent(missing.nobody)}, 仅被排除站址 refused only ${percent(missing.refused)}, 覆盖不足 partly ${percent(missing.partly)}`,
    ...limits.map(
      ({ limit, share, reached, binds }) =>
        `不计 without ${limitWords[limit]}: ${percent(share)}${reached ? ' 达到 reached' : ''}${binds ? ' ← 起限制作用 binds' : ''}`,
    ),
    ...(unlimited && limits.length > 1
      ? [
          `全部放开 without all of them: ${percent(unlimited.share)}${unlimited.reached ? ' 达到 reached' : ''}`,
        ]
      : []),
    ...classes.map(
      ({ why, resourceType, sites, extraShare, newBins, suffices }) =>
        `增加 adding ${sites} ${why === 'refused' ? '已排除 refused' : '不可用 unavailable'} ${resourceType ?? '其他 others'}: +${percent(extraShare)}, ${newBins} bins${suffices ? ' 即可达到 suffices' : ''}`,
    ),
  ];
}

/** Uncovered places and bins of each reason, most bins first. */
export function countByReason({ uncovered }: PlanResult): Record<string, { places: number; bins: number }> {
  const counts = new Map<string, { places: number; bins: number }>();
  for (const { reason, bins } of uncovered) {
    const before = counts.get(reason) ?? { places: 0, bins: 0 };
    counts.set(reason, { places: before.places + 1, bins: before.bins + bins });
  }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b.bins - a.bins));
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
