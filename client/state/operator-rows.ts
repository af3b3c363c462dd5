// Several operators on the plan form: rows as a person fills them in, what they pay where they share, what else on the form does not go
// with them, and the request they become.
import { agreedDiscounts, type ExistingRule, mobileOperators } from '../../engine/index.ts';
import type { NewPlanJson, PlanOperatorJson, SharingTermsJson } from '../../server/contract/plans.ts';
import type { RuleProblem } from './check-plan-rules.ts';
import type { PlanRules } from './plan-rules.ts';

export interface OperatorRow {
  /** One of `mobileOperators`; each once. */
  readonly id: string;
  readonly profileId: string;
  /** 0..1; null while it is not filled in. */
  readonly targetShare: number | null;
  readonly existing: ExistingRule;
}

/** null on the form: the price book of the service. */
export type SharingForm = Required<SharingTermsJson>;

export const agreedSharing: SharingForm = {
  percentOff: [...agreedDiscounts.percentOff],
  anchorPercentOff: agreedDiscounts.anchorPercentOff,
  anchorId: null,
  joinCostCny: null,
  source: '',
};

export const operatorField = (id: string, part: 'share') => `operator-${id}-${part}`;
/** The section itself, for what concerns all of them. */
export const OPERATORS_FIELD = 'operators-field';
export const sharingField = (part: 'two' | 'three' | 'anchor') => `sharing-${part}`;

/** With the next operator that is not there yet; the same rows when all are. Existing stations carry everybody until somebody says whose they are. */
export function withOperator(
  rows: readonly OperatorRow[],
  profileId: string,
  targetShare: number,
): readonly OperatorRow[] {
  const free = mobileOperators.find((id) => !rows.some((row) => row.id === id));
  return free === undefined ? rows : [...rows, { id: free, profileId, targetShare, existing: 'all' }];
}

/** Words of `operators.options`: what a plan for several operators does not look at. */
export type OperatorsOption =
  | 'effort'
  | 'areaShares'
  | 'servers'
  | 'corridorShares'
  | 'configurations'
  | 'spacing'
  | 'quotas'
  | 'scenarios'
  | 'siteOrder'
  | 'phases'
  | 'maxSites';

/** `areaShares`: whether a chosen area has a share of its own. */
export function checkOperatorRows(
  rules: PlanRules,
  {
    maxSites,
    hasAreaShares,
    isSpaced,
  }: { maxSites: number | null; hasAreaShares: boolean; isSpaced: boolean },
): RuleProblem[] {
  const { operators, sharing } = rules;
  if (operators.length === 0) return [];
  const asked: Readonly<Record<OperatorsOption, boolean>> = {
    effort: rules.effort === 'exact',
    areaShares: hasAreaShares,
    servers: rules.servers !== null,
    corridorShares: Object.keys(rules.corridorShares).length > 0,
    configurations: rules.configurations.length > 0,
    spacing: isSpaced,
    quotas: rules.quotas.length > 0,
    scenarios: rules.scenarios.length > 0,
    siteOrder: rules.siteOrder !== 'price',
    phases: rules.phases.length > 0,
    maxSites: maxSites !== null,
  };
  const option = Object.entries(asked).find(([, isAsked]) => isAsked)?.[0];
  const [, two = 0, three = two] = sharing?.percentOff ?? agreedSharing.percentOff;
  return [
    ...(option === undefined
      ? []
      : [{ field: OPERATORS_FIELD, code: 'operatorsWith' as const, values: { option } }]),
    ...operators.flatMap(({ id, targetShare }): RuleProblem[] =>
      targetShare === null ? [{ field: operatorField(id, 'share'), code: 'operatorShare', values: {} }] : [],
    ),
    ...(three < two
      ? [{ field: sharingField('three'), code: 'sharingFalls' as const, values: { two } }]
      : []),
  ];
}

type OperatorsOfRequest = Pick<NewPlanJson, 'operators' | 'sharing'>;

/** Nothing without operators: an older service knows neither. */
export function operatorsRequestOf({ operators, sharing }: PlanRules): OperatorsOfRequest {
  if (operators.length === 0) return {};
  return {
    operators: operators.map(
      ({ targetShare, ...row }): PlanOperatorJson => ({
        ...row,
        targetShare: targetShare ?? 0,
      }),
    ),
    sharing: sharing && termsOf(sharing, operators),
  };
}

/** An anchor that was taken off the form is none. */
function termsOf(sharing: SharingForm, operators: readonly OperatorRow[]): SharingTermsJson {
  const { source, anchorId, percentOff, ...rest } = sharing;
  return {
    ...rest,
    percentOff: [...percentOff],
    anchorId: operators.some(({ id }) => id === anchorId) ? anchorId : null,
    ...(source.trim() !== '' && { source: source.trim() }),
  };
}

/** Back from a request. */
export function operatorRowsOf({ operators = [] }: OperatorsOfRequest): OperatorRow[] {
  return operators.map(({ id, profileId, targetShare, existing = 'own' }) => ({
    id,
    profileId,
    targetShare,
    existing,
  }));
}

export function sharingFormOf({ sharing = null }: OperatorsOfRequest): SharingForm | null {
  return sharing && { ...agreedSharing, ...sharing };
}
