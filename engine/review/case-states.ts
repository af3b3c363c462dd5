// The life of one operator's station on one site (domain reference, 8.1): from a wish to acceptance, with the ways aside. A step that
// follows from another desk (a claim is held, a batch is closed, a mast is gone) names that desk and is nobody's to set by hand.
// Talking with the owner (谈点) is skipped only for what stands on the whitelist.
import type { StateMachine, StateMove } from './state-machine.ts';

/** The chain of a case that nothing befalls. */
export const caseChain = [
  '需求',
  '候选',
  '入方案',
  '已申报',
  '审查中',
  '列入计划',
  '认领',
  '谈点',
  '勘察设计',
  '报建备案',
  '建设',
  '交付',
  '开通',
  '验收',
] as const;

export const caseStates = [...caseChain, '退回补正', '不同意', '疑难', '撤销', '迁改', '退网'] as const;
export type CaseState = (typeof caseStates)[number];

/** Nothing follows these: a new case is another case. */
export const lastCaseStates: readonly CaseState[] = ['撤销', '退网'];
/** The station radiates: its site counts as standing. */
export const onAirStates: readonly CaseState[] = ['开通', '验收'];
/** The tower company is at work on it. */
export const workStates: readonly CaseState[] = ['认领', '谈点', '勘察设计', '报建备案', '建设', '交付'];
/** The survey may still be written. */
export const surveyStates: readonly CaseState[] = [
  '认领',
  '谈点',
  '勘察设计',
  '已申报',
  '审查中',
  '列入计划',
  '退回补正',
  '疑难',
];

export const caseDesks = ['claims', 'batches', 'relocations'] as const;
export type CaseDesk = (typeof caseDesks)[number];

export interface CaseMove extends StateMove<CaseState> {
  /** Which desk makes the move when something happens there; null: people make it here. */
  readonly desk: CaseDesk | null;
}

export interface CaseMachine extends StateMachine<CaseState> {
  readonly moves: readonly CaseMove[];
}

/** What a move may have to find filled in. */
export const caseNeeds = [
  'site',
  'plan',
  // claimed by whoever builds it
  'claim',
  'whitelist',
  'agreement',
  'survey',
  'photos',
  // reviewed and taken into the annual plan once
  'listed',
  'filing',
  'completed',
  'delivery',
  'onAir',
  'evidence',
  'accepted',
  // the state it was held up in
  'before',
  // on no live relocation case as a site to go
  'free',
] as const;
export type CaseNeed = (typeof caseNeeds)[number];

type Given = Partial<Pick<CaseMove, 'reasonNeeded' | 'desk'>> & { readonly needs?: readonly CaseNeed[] };

function move(from: CaseState, to: CaseState, permissions: readonly string[], given: Given = {}): CaseMove {
  return { from, to, permissions, needs: [], reasonNeeded: false, desk: null, ...given };
}

const planner = ['case:create'];
const tower = ['case:update'];
const operator = ['case:confirm'];
const district = ['case:verify'];
const reason = { reasonNeeded: true };
const byBatch = { desk: 'batches' } as const;
const byClaim = { desk: 'claims' } as const;
const byRelocation = { desk: 'relocations' } as const;
const claiming = ['claim:create', 'claim:request', 'claim:release'];

const early: readonly CaseState[] = ['候选', '入方案'];
/** Work that may begin before the district has decided, and is taken up again after it has. */
const workBeforeReview: readonly CaseState[] = ['认领', '谈点', '勘察设计'];
const underReview: readonly CaseState[] = ['已申报', '审查中'];

const preparing = [
  move('需求', '候选', planner, { needs: ['site'] }),
  move('候选', '入方案', planner, { needs: ['plan'] }),
  move('入方案', '候选', planner, reason),
  move('退回补正', '入方案', planner),
  move('不同意', '候选', planner, reason),
  move('不同意', '入方案', planner, reason),
];

const reviewing = [
  ...[...early, ...workBeforeReview, '退回补正' as const, '不同意' as const, '疑难' as const].map((from) =>
    move(from, '已申报', ['batch:submit'], byBatch),
  ),
  move('已申报', '审查中', ['batch:submit', 'batch:opinion', 'batch:decide'], byBatch),
  ...underReview.flatMap((from) => [
    // the batch was withdrawn
    ...[...early, ...workBeforeReview].map((to) => move(from, to, ['batch:submit', 'batch:decide'], byBatch)),
    ...(['列入计划', '退回补正', '不同意', '疑难'] as const).map((to) =>
      move(from, to, ['batch:decide'], byBatch),
    ),
  ]),
];

const claimed = [
  ...(['需求', ...early, '退回补正'] as const).map((from) =>
    move(from, '认领', claiming, { ...byClaim, needs: ['site'] }),
  ),
  // also by the closing of a batch, when it is held already
  move('列入计划', '认领', [...claiming, 'batch:decide'], byClaim),
  // what was begun before the review goes on where it stood
  ...(['谈点', '勘察设计'] as const).map((to) =>
    move('列入计划', to, ['batch:decide', ...tower], { needs: ['claim', 'before'] }),
  ),
  ...(['认领', '谈点', '勘察设计', '报建备案', '建设'] as const).flatMap((from) =>
    (['候选', '入方案', '列入计划'] as const).map((to) => move(from, to, claiming, byClaim)),
  ),
];

const building = [
  move('认领', '谈点', tower, { needs: ['claim'] }),
  move('认领', '勘察设计', tower, { needs: ['claim', 'whitelist'] }),
  move('谈点', '勘察设计', tower, { needs: ['agreement'] }),
  move('勘察设计', '谈点', tower, reason),
  move('勘察设计', '报建备案', tower, { needs: ['listed', 'survey', 'photos'] }),
  move('报建备案', '勘察设计', tower, reason),
  move('报建备案', '建设', tower, { needs: ['filing'] }),
  move('建设', '交付', tower, { needs: ['completed'] }),
  move('交付', '建设', operator, reason),
  move('交付', '开通', operator, { needs: ['delivery', 'onAir', 'evidence'] }),
  move('开通', '交付', district, reason),
  move('开通', '验收', district, { needs: ['accepted'] }),
];

const heldUp = [
  ...workStates.flatMap((state) => [
    move(state, '疑难', tower, reason),
    move('疑难', state, tower, { needs: ['before'] }),
  ]),
  move('疑难', '入方案', [...planner, ...tower], reason),
];

const leaving = [
  ...caseStates
    .filter((state) => !lastCaseStates.includes(state) && !onAirStates.includes(state) && state !== '迁改')
    .map((state) => move(state, '撤销', [...planner, ...tower, ...district], reason)),
  ...onAirStates.flatMap((state) => [
    move(state, '迁改', ['relocation:update', 'relocation:gate'], byRelocation),
    move('迁改', state, ['relocation:update', 'relocation:gate'], { ...byRelocation, needs: ['before'] }),
    move(state, '退网', operator, { needs: ['free'], ...reason }),
  ]),
  move('迁改', '退网', ['relocation:update', 'relocation:gate'], byRelocation),
];

export const caseMachine: CaseMachine = {
  noun: 'cases',
  states: caseStates,
  first: '需求',
  moves: [...preparing, ...reviewing, ...claimed, ...building, ...heldUp, ...leaving],
};

export const photoKinds = ['全景', '安装位置', '电源', '传输', '机房', '开通证据', '其他'] as const;
export type PhotoKind = (typeof photoKinds)[number];
/** Of what carries an antenna, whether or not anybody builds there. */
export const resourcePhotoKinds = [
  '全景',
  '安装位置',
  '电源',
  '传输',
  '机房',
  '其他',
] as const satisfies readonly PhotoKind[];
export type ResourcePhotoKind = (typeof resourcePhotoKinds)[number];
/** One of each has to be in the survey before it is filed. */
export const requiredPhotoKinds: readonly PhotoKind[] = ['全景', '安装位置', '电源'];

/** What is known of a case when somebody wants to move it; dates as yyyy-mm-dd. */
export interface CaseFacts {
  readonly siteId: string | null;
  readonly planId: string | null;
  readonly claimed: boolean;
  readonly whitelisted: boolean;
  readonly listed: boolean;
  readonly agreedOn: string | null;
  readonly agreement: string;
  readonly surveyed: boolean;
  /** Kinds of the photos in the survey. */
  readonly surveyPhotoKinds: readonly string[];
  readonly filingNumber: string;
  readonly filedOn: string | null;
  readonly completedOn: string | null;
  readonly deliveryConfirmed: boolean;
  readonly onAirOn: string | null;
  readonly onAirEvidence: string;
  readonly evidencePhotos: number;
  readonly acceptedOn: string | null;
  readonly stateBefore: CaseState | null;
  /** A live relocation case wants the site away. */
  readonly relocating: boolean;
}

/** Which needs of the machine are met for a move to `to`. */
export function filledForCase(facts: CaseFacts, to: CaseState): ReadonlySet<string> {
  const met: Readonly<Record<CaseNeed, boolean>> = {
    site: facts.siteId !== null,
    plan: facts.planId !== null,
    claim: facts.claimed,
    whitelist: facts.whitelisted,
    agreement: facts.agreedOn !== null && facts.agreement !== '',
    survey: facts.surveyed,
    photos: requiredPhotoKinds.every((kind) => facts.surveyPhotoKinds.includes(kind)),
    listed: facts.listed,
    filing: facts.filedOn !== null && facts.filingNumber !== '',
    completed: facts.completedOn !== null,
    delivery: facts.deliveryConfirmed,
    onAir: facts.onAirOn !== null,
    evidence: facts.onAirEvidence !== '' || facts.evidencePhotos > 0,
    accepted: facts.acceptedOn !== null,
    before: facts.stateBefore === to,
    free: !facts.relocating,
  };
  return new Set(caseNeeds.filter((need) => met[need]));
}
