// What keeps a plan from what was asked of it, in plain sentences: keys below proof.shortfall with their values, the main reason
// first. Reads the summary only; nothing is computed again.
import { BASE_SCENARIO } from '../../../engine/index.ts';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatNumber, formatShare } from '../../format/numbers.ts';
import { askedShare } from './asked-share.ts';

/** What was asked besides the share. */
export interface AskedLimits {
  readonly budgetCny: number | null;
  readonly maxSites: number | null;
  /** Whether spacing or quotas were asked for. */
  readonly hasRules: boolean;
}

/** Words for what the summary names by id and code. */
export interface ShortfallNames {
  readonly area: (areaId: string) => string;
  readonly corridor: (corridorId: string) => string;
  readonly scenario: (scenarioId: string) => string;
  /** null: types that are not told apart. */
  readonly resourceType: (code: string | null) => string;
}

export interface ShortfallSentence {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface Shortfall {
  readonly sentences: readonly ShortfallSentence[];
  /** A share that all candidates together do reach, whole percent; null where a lower one would not help. */
  readonly reachableShare: number | null;
}

const TINY = 1e-9;

/** null when everything asked for is there. */
export function shortfallOf(
  summary: PlanSummaryJson,
  asked: AskedLimits,
  names: ShortfallNames,
  language: Language,
): Shortfall | null {
  const sentences = [
    ...mainReason(summary, asked, language),
    ...reachSentences(summary, names, language),
    ...dutySentences(summary, names, language),
    ...corridorSentences(summary, names, language),
    ...scenarioSentences(summary, names, language),
    ...phaseSentences(summary, language),
  ];
  if (sentences.length === 0) return null;
  const share = Math.floor(askedShare(summary).bestShare * 100 + TINY) / 100;
  const helps = summary.status === 'not-reachable' && share < summary.targetShare && share >= 0.01;
  const { servers } = summary;
  const basis = servers === null ? [] : [{ key: 'servers', values: { least: String(servers.least) } }];
  return { sentences: [...basis, ...sentences], reachableShare: helps ? share : null };
}

function mainReason(summary: PlanSummaryJson, asked: AskedLimits, language: Language): ShortfallSentence[] {
  const { status, targetShare, costCny, sites } = summary;
  if (status === 'reached') return [];
  const { coveredShare, bestShare } = askedShare(summary);
  const missingFrom = (share: number) => formatPoints(targetShare - share, language);
  const values = {
    target: formatShare(targetShare, language),
    covered: formatShare(coveredShare, language),
    best: formatShare(bestShare, language),
    cost: formatMoney(costCny, language),
    sites: formatCount(sites, language),
    budget: formatMoney(asked.budgetCny, language),
  };
  switch (status) {
    case 'not-reachable':
      // with the whole within reach it is the share of an area or a corridor that is not: its own sentence follows
      return bestShare < targetShare - TINY
        ? [{ key: 'notReachable', values: { ...values, missing: missingFrom(bestShare) } }]
        : [...summary.duties, ...summary.corridors].some(
              ({ share, bestShare: best }) => best < share - TINY,
            ) || summary.scenarios.some(({ reached }) => !reached)
          ? []
          : [{ key: 'missed', values }];
    case 'rules-bind':
      return [
        { key: asked.hasRules ? 'rulesBind' : summary.phases.length > 0 ? 'phasesBind' : 'missed', values },
      ];
    case 'budget-spent':
      return [
        { key: 'budgetSpent', values: { ...values, missing: missingFrom(coveredShare) } },
        ...limitSentences(summary, language),
      ];
    case 'count-reached':
      return [
        { key: 'countReached', values: { ...values, missing: missingFrom(coveredShare) } },
        ...limitSentences(summary, language),
      ];
  }
}

/** How much more the limits could give at the most, and what a point more would cost. */
function limitSentences({ certificate }: PlanSummaryJson, language: Language): ShortfallSentence[] {
  if (certificate === null || certificate.kind !== 'covered') return [];
  const { bound, lastPointCny } = certificate;
  return [
    ...(bound < 1 - TINY ? [{ key: 'mostWithin', values: { bound: formatShare(bound, language) } }] : []),
    ...(lastPointCny === null || lastPointCny <= 0
      ? []
      : [{ key: 'lastPoint', values: { money: formatMoney(Math.round(lastPointCny), language) } }]),
  ];
}

/** Less than this is not worth a sentence, share 0..1. */
const LEAST_TOLD = 0.0005;
const MOST_CLASSES = 2;

/** Where the ground is missing, which limit lifted alone would help, and what sites that may not be used would add. */
function reachSentences(
  { status, reach }: PlanSummaryJson,
  names: ShortfallNames,
  language: Language,
): ShortfallSentence[] {
  if (reach === null) return [];
  const parts =
    status === 'not-reachable'
      ? (['nobody', 'refused', 'partly'] as const).filter((part) => reach.missing[part] >= LEAST_TOLD)
      : [];
  return [
    ...parts.map((part) => ({
      key: part,
      values: { missing: formatPoints(reach.missing[part], language) },
    })),
    ...reach.limits
      .filter(({ binds }) => binds)
      .map(({ limit, share, reached }) => ({
        key: `${reached ? 'suffices' : 'lifted'}.${limit}`,
        values: { share: formatShare(share, language) },
      })),
    ...reach.classes
      .filter(({ extraShare }) => extraShare >= LEAST_TOLD)
      .slice(0, MOST_CLASSES)
      .map(({ why, resourceType, sites, extraShare }) => ({
        key: `classes.${why}`,
        values: {
          type: names.resourceType(resourceType),
          sites: formatCount(sites, language),
          extra: formatPoints(extraShare, language),
        },
      })),
  ];
}

function dutySentences(
  { duties }: PlanSummaryJson,
  names: ShortfallNames,
  language: Language,
): ShortfallSentence[] {
  return duties
    .filter(({ share, coveredShare }) => coveredShare < share - TINY)
    .map(({ areaId, share, coveredShare, bestShare }) => ({
      key: bestShare < share - TINY ? 'duty' : 'dutyMissed',
      values: {
        area: names.area(areaId),
        asked: formatShare(share, language),
        reached: formatShare(coveredShare, language),
        best: formatShare(bestShare, language),
      },
    }));
}

function corridorSentences(
  { corridors }: PlanSummaryJson,
  names: ShortfallNames,
  language: Language,
): ShortfallSentence[] {
  return corridors
    .filter(({ share, coveredShare }) => coveredShare < share - TINY)
    .map(({ corridorId, share, coveredShare, bestShare }) => ({
      key: bestShare < share - TINY ? 'corridor' : 'corridorMissed',
      values: {
        corridor: names.corridor(corridorId),
        asked: formatShare(share, language),
        reached: formatShare(coveredShare, language),
        best: formatShare(bestShare, language),
      },
    }));
}

/** Of the plan's own assumptions the other sentences speak. */
function scenarioSentences(
  { scenarios, targetShare }: PlanSummaryJson,
  names: ShortfallNames,
  language: Language,
): ShortfallSentence[] {
  return scenarios
    .filter(({ id, reached }) => id !== BASE_SCENARIO && !reached)
    .map(({ id, coveredShare, bestShare }) => ({
      key: bestShare < targetShare - TINY ? 'scenario' : 'scenarioMissed',
      values: {
        scenario: names.scenario(id),
        reached: formatShare(coveredShare, language),
        best: formatShare(bestShare, language),
      },
    }));
}

/** The last phase is the plan itself; only those before it need a word of their own. */
function phaseSentences({ phases }: PlanSummaryJson, language: Language): ShortfallSentence[] {
  return phases.slice(0, -1).flatMap(({ name, reached, coveredShare, targetShare }) => {
    if (reached) return [];
    const isShare = targetShare !== null && coveredShare < targetShare - TINY;
    return [
      {
        key: isShare ? 'phase' : 'phaseRules',
        values: {
          name,
          reached: formatShare(coveredShare, language),
          asked: formatShare(targetShare, language),
        },
      },
    ];
  });
}

function formatPoints(difference: number, language: Language): string {
  const points = formatNumber(Math.max(0, difference) * 100, language, 1, 1);
  return language === 'zh-CN' ? `${points} 个百分点` : `${points} points`;
}
