// What a step of a plan through the office asks for, what is filled in to begin with, what is still missing, and what is sent (pure).
import { formalPlanTypes, type OfficeState, type PlanType } from '../../../engine/index.ts';
import type { PlanMoveJson, PlanOfficeJson } from '../../../server/contract/plan-approval.ts';

export type OfficeChoice = PlanOfficeJson['choices'][number];
export type OfficeField = 'type' | 'from' | 'until' | 'documentNo' | 'effectiveOn' | 'replaces' | 'reason';

export interface OfficeDraft {
  readonly type: PlanType;
  readonly from: string | null;
  readonly until: string | null;
  readonly documentNo: string;
  readonly effectiveOn: string | null;
  readonly replaces: string | null;
  readonly reason: string;
}

const fieldsOfStep: Readonly<Record<OfficeState, readonly OfficeField[]>> = {
  草稿: ['reason'],
  征求意见: ['from', 'until'],
  公示: ['from', 'until'],
  审查: [],
  批复: ['documentNo', 'effectiveOn'],
  生效: ['effectiveOn', 'replaces'],
  被替代: [],
};

export const fieldsOf = ({ state }: Pick<PlanOfficeJson, 'state'>, { to }: OfficeChoice): OfficeField[] => [
  ...(state === '草稿' ? (['type'] as const) : []),
  ...fieldsOfStep[to],
  ...(state === '草稿' ? (['replaces'] as const) : []),
];

/** Straight to review goes an annual plan only. */
export const typesFor = ({ to }: OfficeChoice): readonly PlanType[] =>
  to === '审查' ? ['年度建设计划'] : formalPlanTypes;

export function draftOf(office: PlanOfficeJson, choice: OfficeChoice): OfficeDraft {
  const { today, type, effectiveOn, replaces } = office;
  const types = typesFor(choice);
  const isInForce = choice.to === '生效';
  return {
    type: office.state === '草稿' && !types.includes(type) ? (types[0] ?? type) : type,
    from: today,
    until: choice.to === '公示' ? office.noticeTo : office.consultationTo,
    documentNo: '',
    effectiveOn: isInForce && (effectiveOn === null || effectiveOn > today) ? today : effectiveOn,
    replaces: replaces?.id ?? null,
    reason: '',
  };
}

/** Plans that may be chosen to be replaced by one of this type. */
export const replaceableBy = ({ replaceable }: PlanOfficeJson, type: PlanType) =>
  replaceable.filter((plan) => plan.type === type);

export function lackingIn(office: PlanOfficeJson, choice: OfficeChoice, draft: OfficeDraft): OfficeField[] {
  const isNeeded = (field: OfficeField): boolean =>
    field !== 'replaces' && (field !== 'effectiveOn' || choice.to === '生效');
  return fieldsOf(office, choice).filter((field) => isNeeded(field) && (draft[field] ?? '').trim() === '');
}

export function moveOf(office: PlanOfficeJson, choice: OfficeChoice, draft: OfficeDraft): PlanMoveJson {
  const asked = fieldsOf(office, choice);
  const known = replaceableBy(office, draft.type).some(({ id }) => id === draft.replaces);
  return {
    to: choice.to,
    ...(asked.includes('type') && { type: draft.type }),
    ...(asked.includes('from') && draft.from !== null && { from: draft.from }),
    ...(asked.includes('until') && draft.until !== null && { until: draft.until }),
    ...(asked.includes('documentNo') && { documentNo: draft.documentNo.trim() }),
    ...(asked.includes('effectiveOn') && draft.effectiveOn !== null && { effectiveOn: draft.effectiveOn }),
    ...(asked.includes('replaces') && { replacesPlanId: known ? draft.replaces : null }),
    ...(asked.includes('reason') && { reason: draft.reason.trim() }),
  };
}
