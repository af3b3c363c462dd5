// The office life of a plan (domain reference, 4.5 and 8.1): a draft goes out for consultation and public notice, is looked at, approved, put in
// force and replaced by a later one. An annual plan need not be consulted on; a scenario is for comparing and is never submitted.
import type { StateMachine, StateMove } from './state-machine.ts';

export const planTypes = ['布局规划', '重点站址布局规划', '年度建设计划', '情景方案'] as const;
export type PlanType = (typeof planTypes)[number];
const scenarioType = '情景方案' satisfies PlanType;
const annualType = '年度建设计划' satisfies PlanType;
/** What may be submitted. */
export const formalPlanTypes = planTypes.filter((type) => type !== scenarioType);

export const officeStates = ['草稿', '征求意见', '公示', '审查', '批复', '生效', '被替代'] as const;
export type OfficeState = (typeof officeStates)[number];

/** What a move may have to find: successor is never given by a person, another plan in force is it. */
const officeNeeds = [
  'done',
  'formal',
  'annual',
  'consulted',
  'noticed',
  'answered',
  'document',
  'effective',
  'successor',
] as const;
export type OfficeNeed = (typeof officeNeeds)[number];

const move = (
  from: OfficeState,
  to: OfficeState,
  permissions: readonly string[],
  needs: readonly OfficeNeed[] = [],
  reasonNeeded = false,
): StateMove<OfficeState> => ({ from, to, permissions, needs, reasonNeeded });

const submit = ['plan:submit'];
const approve = ['plan:approve'];

export const planMachine: StateMachine<OfficeState> = {
  noun: 'plans',
  states: officeStates,
  first: '草稿',
  moves: [
    move('草稿', '征求意见', submit, ['done', 'formal']),
    move('草稿', '审查', submit, ['done', 'formal', 'annual', 'answered']),
    move('征求意见', '公示', submit, ['consulted']),
    move('征求意见', '审查', submit, ['annual', 'consulted', 'answered']),
    move('公示', '审查', submit, ['noticed', 'answered']),
    move('审查', '批复', approve, ['document']),
    move('批复', '生效', approve, ['effective']),
    move('生效', '被替代', approve, ['successor']),
    // taken back
    move('征求意见', '草稿', submit, [], true),
    move('公示', '草稿', submit, [], true),
    // taken back, or returned by whoever would have approved it
    move('审查', '草稿', [...submit, ...approve], [], true),
  ],
};

/** A plan as far as its moves ask. Days are ISO dates in China. */
export interface OfficeFacts {
  readonly isDone: boolean;
  readonly type: PlanType;
  readonly consultationTo: string | null;
  readonly noticeTo: string | null;
  /** Without an answer. */
  readonly openComments: number;
  readonly documentNo: string | null;
  readonly effectiveOn: string | null;
}

/** Which needs of the machine are met on the day `today`. */
export function filledForOffice(facts: OfficeFacts, today: string): ReadonlySet<string> {
  const { type, documentNo, effectiveOn } = facts;
  const hasEnded = (lastDay: string | null) => lastDay !== null && lastDay < today;
  const met: Readonly<Record<OfficeNeed, boolean>> = {
    done: facts.isDone,
    formal: type !== scenarioType,
    annual: type === annualType,
    consulted: hasEnded(facts.consultationTo),
    noticed: hasEnded(facts.noticeTo),
    answered: facts.openComments === 0,
    document: documentNo !== null && documentNo.trim() !== '',
    effective: effectiveOn !== null && effectiveOn <= today,
    successor: false,
  };
  return new Set(officeNeeds.filter((need) => met[need]));
}

/** The states a plan of this type goes through, in their order; it may have gone further than it had to, or have been replaced. */
export const officeCourse = (type: PlanType, at: OfficeState): readonly OfficeState[] =>
  officeStates.filter(
    (state) => state === at || (state !== '被替代' && (type !== annualType || state !== '公示')),
  );

/** Why a plan waits for somebody, as home page and list count it. */
export const planWaitingWords = ['returned', 'ended', 'approve', 'effect', 'comment', 'submitted'] as const;
export type PlanWaitingWord = (typeof planWaitingWords)[number];
