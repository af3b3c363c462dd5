// A plan for several operators as it is asked for over the API: what may not be asked for beside it, and what the engine makes of it.
import { type EffortWord, mobileOperators, type OperatorsChoice, type Site } from '../../engine/index.ts';
import type { NewPlanJson, SharingTermsJson } from '../contract/plans.ts';
import { ProductError, type Sentence } from '../errors.ts';

/** Null for a plan for one operator. `sites` are those of the plan's input. The request is complete (complete-request.ts). */
export function operatorsChoiceOf(
  request: NewPlanJson,
  sites: readonly Pick<Site, 'id' | 'status'>[],
): OperatorsChoice | null {
  const { operators = [], sharing = null } = request;
  if (operators.length === 0) return null;
  if (sharing === null)
    throw new TypeError('operatorsChoiceOf: expected a complete request, got no sharing terms');
  const standing = sites.filter(({ status }) => status === 'existing').map(({ id }) => id);
  return {
    operators: operators.map(({ id, profileId, targetShare, existing, existingSiteIds = [] }) => ({
      id,
      name: id,
      profileId,
      targetShare,
      existingSiteIds: existing === 'all' ? standing : existingSiteIds,
    })),
    terms: termsOf(sharing),
    budgetCny: request.budgetCny ?? null,
    refusedSiteIds: request.refusedSiteIds ?? [],
    lockedSiteIds: request.lockedSiteIds ?? [],
    effort: effortOf(request),
  };
}

function termsOf({ source: _source, ...terms }: SharingTermsJson): OperatorsChoice['terms'] {
  return terms;
}

function effortOf({ effort = 'thorough' }: NewPlanJson): Exclude<EffortWord, 'exact'> {
  if (effort === 'exact') throw new ProductError('PLAN_OPERATORS_TOGETHER', { option: optionWords.exact });
  return effort;
}

/** What is asked for beside operators and would go unseen. Throws PLAN_OPERATOR_UNKNOWN and PLAN_OPERATORS_TOGETHER. */
export function checkOperatorsRequest(request: NewPlanJson): void {
  const { operators = [] } = request;
  if (operators.length === 0) {
    if (request.sharing) throw new ProductError('PLAN_OPERATORS_TOGETHER', { option: optionWords.nobody });
    return;
  }
  const known: readonly string[] = mobileOperators;
  const stranger = operators.find(({ id }) => !known.includes(id));
  if (stranger)
    throw new ProductError('PLAN_OPERATOR_UNKNOWN', { id: stranger.id, known: mobileOperators.join('、') });
  const option = optionBeside(request);
  if (option) throw new ProductError('PLAN_OPERATORS_TOGETHER', { option: optionWords[option] });
}

const optionWords = {
  nobody: { zh: '共享条件（没有写运营商）', en: 'sharing terms without any operator' },
  profileId: {
    zh: '与第一家不同的设备（profileId）',
    en: 'equipment (profileId) other than that of the first operator',
  },
  targetShare: {
    zh: '方案的目标覆盖率（各家有自己的目标）',
    en: 'a share of the whole plan (each operator has its own)',
  },
  maxSites: { zh: '站数上限', en: 'a number of sites' },
  areaShares: { zh: '单个区域的目标', en: 'shares of single areas' },
  quotas: { zh: '分组配额', en: 'quotas' },
  spacing: { zh: '站间距', en: 'distances between sites' },
  siteOrder: { zh: '按建设方式的先后', en: 'an order of build modes' },
  servers: { zh: '多站服务', en: 'several servers (capacity)' },
  corridorShares: { zh: '道路目标', en: 'shares of roads' },
  phases: { zh: '分期', en: 'phases' },
  scenarios: { zh: '稳健场景', en: 'scenarios' },
  configurations: { zh: '多种站点配置', en: 'configurations of a site' },
  keep: { zh: '尽量少改动原方案', en: 'staying near another plan' },
  exact: { zh: '精确求解', en: 'the complete search' },
} satisfies Readonly<Record<string, Sentence>>;

type Option = keyof typeof optionWords;

function optionBeside(request: NewPlanJson): Option | null {
  const asked: Readonly<Partial<Record<Option, boolean>>> = {
    profileId: request.profileId !== request.operators?.[0]?.profileId,
    targetShare: (request.targetShare ?? null) !== null,
    maxSites: (request.maxSites ?? null) !== null,
    areaShares: (request.areaShares ?? []).length > 0,
    quotas: (request.quotas ?? []).length > 0,
    spacing: Object.values(request.spacing ?? {}).some((metres) => metres > 0),
    siteOrder: request.siteOrder === 'build-mode',
    servers: (request.servers ?? null) !== null,
    corridorShares: (request.corridorShares ?? []).length > 0,
    phases: (request.phases ?? []).length > 0,
    scenarios: (request.scenarios ?? []).length > 0,
    configurations: (request.configurations ?? []).length > 0,
    keep: request.stayNear === true || (request.keepSiteIds ?? null) !== null,
    exact: request.effort === 'exact',
  };
  const found = Object.entries(asked).find(([, isAsked]) => isAsked);
  return found ? (found[0] as Option) : null; // keys of `asked` are options
}
