// The machines of cases and relocations as graphs: every state can be reached and left, nothing is said twice, and the guards are the
// ones of the domain reference (8.1, 8.4).
import { describe, expect, test } from 'vitest';
import {
  type CaseFacts,
  type CaseState,
  caseChain,
  caseMachine,
  caseNeeds,
  caseStates,
  filledForCase,
  lastCaseStates,
  onAirStates,
  requiredPhotoKinds,
  surveyStates,
  workStates,
} from '../../../engine/review/case-states.ts';
import { nextCaseStep } from '../../../engine/review/next-case-step.ts';
import {
  filledForRelocation,
  gateIsOpen,
  lastRelocationStates,
  relocationMachine,
  relocationNeeds,
  relocationStates,
} from '../../../engine/review/relocation-states.ts';
import { moveAllowed, type StateMachine, statesAfter } from '../../../engine/review/state-machine.ts';
import { permissionWords } from '../../../server/permission/permission-table.ts';

function reached<State extends string>(machine: StateMachine<State>): Set<State> {
  const seen = new Set<State>([machine.first]);
  // a set that grows while it is walked is walked to its end
  for (const state of seen) for (const next of statesAfter(machine, state)) seen.add(next);
  return seen;
}

describe.each([
  ['cases', caseMachine, caseStates, lastCaseStates, caseNeeds],
  ['relocations', relocationMachine, relocationStates, lastRelocationStates, relocationNeeds],
] as const)('the machine of %s', (noun, machine, states, last, needs) => {
  const plain: StateMachine<string> = machine;
  test('reaches every state from its first', () => {
    expect([...reached(plain)].sort()).toEqual([...states].sort());
    expect(plain.noun).toBe(noun);
  });

  test('has a way out of every state but the last ones, and none out of those', () => {
    const stuck = states.filter((state) => statesAfter(plain, state).length === 0);
    expect([...stuck].sort()).toEqual([...last].sort());
  });

  test('says each move once, between two states, for words of the permission table', () => {
    const pairs = plain.moves.map(({ from, to }) => `${from} → ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(plain.moves.filter(({ from, to }) => from === to)).toEqual([]);
    const words = new Set<string>(permissionWords);
    expect(plain.moves.flatMap(({ permissions }) => permissions).filter((word) => !words.has(word))).toEqual(
      [],
    );
    expect(plain.moves.filter(({ permissions }) => permissions.length === 0)).toEqual([]);
  });

  test('asks only for what it knows', () => {
    const known = new Set<string>(needs);
    expect(plain.moves.flatMap((move) => move.needs).filter((need) => !known.has(need))).toEqual([]);
  });
});

const nothing: CaseFacts = {
  siteId: null,
  planId: null,
  claimed: false,
  whitelisted: false,
  listed: false,
  agreedOn: null,
  agreement: '',
  surveyed: false,
  surveyPhotoKinds: [],
  filingNumber: '',
  filedOn: null,
  completedOn: null,
  deliveryConfirmed: false,
  onAirOn: null,
  onAirEvidence: '',
  evidencePhotos: 0,
  acceptedOn: null,
  stateBefore: null,
  relocating: false,
};

const tower = new Set(['case:update']);
const verdictOf = (
  from: CaseState,
  to: CaseState,
  facts: Partial<CaseFacts>,
  permissions: ReadonlySet<string> = tower,
) =>
  moveAllowed(caseMachine, from, to, {
    permissions,
    filled: filledForCase({ ...nothing, ...facts }, to),
    reason: '',
  });

test('the chain runs from the wish to acceptance, one step after the other', () => {
  for (const [index, state] of caseChain.slice(0, -1).entries())
    expect([state, statesAfter(caseMachine, state)]).toEqual([
      state,
      expect.arrayContaining([caseChain[index + 1]]),
    ]);
});

test('talking with the owner is skipped only for what stands on the whitelist', () => {
  expect(verdictOf('认领', '勘察设计', { claimed: true })).toMatchObject({
    ok: false,
    missing: ['whitelist'],
  });
  expect(verdictOf('认领', '勘察设计', { claimed: true, whitelisted: true }).ok).toBe(true);
  expect(verdictOf('谈点', '勘察设计', { agreedOn: '2026-01-01' })).toMatchObject({
    ok: false,
    missing: ['agreement'],
  });
  expect(verdictOf('谈点', '勘察设计', { agreedOn: '2026-01-01', agreement: '会议纪要' }).ok).toBe(true);
});

test('a case is filed with a survey, one photo of each kind asked for, and a place in the plan', () => {
  const whole = { listed: true, surveyed: true, surveyPhotoKinds: requiredPhotoKinds };
  expect(verdictOf('勘察设计', '报建备案', whole).ok).toBe(true);
  for (const kind of requiredPhotoKinds)
    expect(
      verdictOf('勘察设计', '报建备案', {
        ...whole,
        surveyPhotoKinds: requiredPhotoKinds.filter((one) => one !== kind),
      }),
    ).toMatchObject({ missing: ['photos'] });
  expect(verdictOf('勘察设计', '报建备案', { ...whole, listed: false })).toMatchObject({
    missing: ['listed'],
  });
  expect(verdictOf('勘察设计', '报建备案', { ...whole, surveyed: false })).toMatchObject({
    missing: ['survey'],
  });
});

test('the operator alone puts a station on the air, with delivery, day and evidence; the district alone accepts it', () => {
  const [operator, district] = [new Set(['case:confirm']), new Set(['case:verify'])];
  const given = { deliveryConfirmed: true, onAirOn: '2026-05-01', onAirEvidence: '开通单 7' };
  expect(verdictOf('交付', '开通', given)).toMatchObject({ ok: false, code: 'STATE_MOVE_FORBIDDEN' });
  expect(verdictOf('交付', '开通', given, operator).ok).toBe(true);
  expect(verdictOf('交付', '开通', { ...given, onAirEvidence: '' }, operator)).toMatchObject({
    missing: ['evidence'],
  });
  expect(verdictOf('交付', '开通', { ...given, onAirEvidence: '', evidencePhotos: 1 }, operator).ok).toBe(
    true,
  );
  expect(verdictOf('交付', '开通', { ...given, deliveryConfirmed: false }, operator)).toMatchObject({
    missing: ['delivery'],
  });
  expect(verdictOf('开通', '验收', { acceptedOn: '2026-06-01' }, operator)).toMatchObject({
    code: 'STATE_MOVE_FORBIDDEN',
  });
  expect(verdictOf('开通', '验收', { acceptedOn: '2026-06-01' }, district).ok).toBe(true);
  expect(verdictOf('开通', '验收', {}, district)).toMatchObject({ missing: ['accepted'] });
});

test('a held-up case goes back to where it stood and nowhere else among the work', () => {
  for (const state of workStates)
    for (const stateBefore of workStates)
      expect([state, stateBefore, verdictOf('疑难', state, { stateBefore }).ok]).toEqual([
        state,
        stateBefore,
        state === stateBefore,
      ]);
});

test('every way back or out needs a reason, unless another desk goes it', () => {
  const backwards = caseMachine.moves.filter(
    ({ from, to, desk, needs }) =>
      desk === null &&
      !needs.includes('before') &&
      from !== '退回补正' &&
      (to === '撤销' || to === '疑难' || caseStates.indexOf(to) < caseStates.indexOf(from)),
  );
  expect(backwards.length).toBeGreaterThan(20);
  expect(backwards.filter(({ reasonNeeded }) => !reasonNeeded)).toEqual([]);
});

test('what is on the air leaves it by a relocation or by its operator, never by being cancelled', () => {
  for (const state of onAirStates) {
    expect(statesAfter(caseMachine, state)).not.toContain('撤销');
    expect(verdictOf(state, '退网', { relocating: true }, new Set(['case:confirm']))).toMatchObject({
      missing: ['free'],
    });
  }
  expect(surveyStates.filter((state) => onAirStates.includes(state))).toEqual([]);
});

test('the gate opens with as many replacements on the air with transmission as sites that go', () => {
  for (let affected = 0; affected < 5; affected++)
    for (let ready = 0; ready < 5; ready++) {
      const gate = { affected, ready, replacements: 9, onAir: 9, overridden: false };
      expect([affected, ready, gateIsOpen(gate)]).toEqual([
        affected,
        ready,
        affected > 0 && ready >= affected,
      ]);
      expect(gateIsOpen({ ...gate, overridden: true })).toBe(affected > 0);
    }
});

test('only a district passes an open case on, and nothing is taken down without a day', () => {
  const gate = { affected: 1, ready: 1, replacements: 1, onAir: 1, overridden: false };
  const verdict = (removedOn: string | null, word: string) =>
    moveAllowed(relocationMachine, '可拆除', '已拆除', {
      permissions: new Set([word]),
      filled: filledForRelocation(gate, removedOn),
      reason: '',
    });
  expect(verdict(null, 'relocation:update')).toMatchObject({ missing: ['removed'] });
  expect(verdict('2026-05-01', 'relocation:update').ok).toBe(true);
  expect(verdict('2026-05-01', 'relocation:confirm')).toMatchObject({ code: 'STATE_MOVE_FORBIDDEN' });
});

describe('the next step of a case', () => {
  test('follows the chain to acceptance, each by whose it is', () => {
    const walk: [string, string | null][] = [];
    for (let state: CaseState | null = '需求'; state !== null; ) {
      const step = nextCaseStep(state);
      if (step) walk.push([step.to, step.desk]);
      state = step?.to ?? null;
    }
    expect(walk).toEqual([
      ['候选', null],
      ['入方案', null],
      ['已申报', 'batches'],
      ['审查中', 'batches'],
      ['列入计划', 'batches'],
      ['认领', 'claims'],
      ['谈点', null],
      ['勘察设计', null],
      ['报建备案', null],
      ['建设', null],
      ['交付', null],
      ['开通', null],
      ['验收', null],
    ]);
  });

  test('what was returned is declared again; what befell it otherwise has no one way on', () => {
    expect(nextCaseStep('退回补正')).toMatchObject({ to: '已申报', desk: 'batches' });
    for (const state of ['不同意', '疑难', '撤销', '迁改', '退网', '验收'] as const)
      expect([state, nextCaseStep(state)]).toEqual([state, null]);
  });
});
