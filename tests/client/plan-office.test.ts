// The office life of a plan as the screen tells it: its steps, what comes next, what a step asks for and what is sent.
import { expect, test } from 'vitest';
import { noticePath } from '../../client/screens/notices/notice-path.ts';
import {
  draftOf,
  fieldsOf,
  lackingIn,
  moveOf,
  type OfficeChoice,
  typesFor,
} from '../../client/screens/plan/office-draft.ts';
import { daysOfWindow, nextInOffice, officeSteps } from '../../client/screens/plan/office-words.ts';
import { readPlansQuery } from '../../client/screens/plan/plans-query.ts';
import type { PlanOfficeJson } from '../../server/contract/plan-approval.ts';

const office = (change: Partial<PlanOfficeJson> = {}): PlanOfficeJson => ({
  planId: 'p',
  name: '甲方案',
  type: '情景方案',
  state: '草稿',
  since: '2026-06-01T00:00:00Z',
  documentNo: null,
  effectiveOn: null,
  version: 1,
  consultation: null,
  notice: null,
  submitted: null,
  decided: null,
  reason: '',
  replaces: null,
  replacedBy: null,
  comments: { total: 0, open: 0 },
  choices: [],
  replaceable: [],
  today: '2026-06-15',
  consultationTo: '2026-07-15',
  noticeTo: '2026-06-30',
  ...change,
});
const forward = (to: OfficeChoice['to']): OfficeChoice => ({
  to,
  act: 'forward',
  reasonNeeded: false,
  missing: [],
});
const steps = (change: Partial<PlanOfficeJson>) =>
  officeSteps(
    office(change),
    (day) => day,
    (at) => at,
  );

test('the steps say what is on record and where the plan stands', () => {
  const noticed = steps({
    type: '布局规划',
    state: '公示',
    consultation: { from: '2026-05-01', to: '2026-06-01' },
    notice: { from: '2026-06-02', to: '2026-06-17' },
    submitted: { name: '甲', at: '2026-06-02' },
  });
  expect(noticed.map(({ state, standing }) => [state, standing])).toEqual([
    ['草稿', 'finish'],
    ['征求意见', 'finish'],
    ['公示', 'process'],
    ['审查', 'wait'],
    ['批复', 'wait'],
    ['生效', 'wait'],
  ]);
  expect(noticed.map(({ said }) => said?.key ?? null)).toEqual([null, 'window', 'window', null, null, null]);
});

test('an annual plan that was not consulted on shows no such step, one in force has all behind it', () => {
  const annual = steps({
    type: '年度建设计划',
    state: '生效',
    submitted: { name: '甲', at: 'x' },
    decided: { name: '乙', at: 'y' },
    documentNo: '三号',
    effectiveOn: '2026-06-15',
  });
  expect(annual.map(({ state }) => state)).toEqual(['草稿', '审查', '批复', '生效']);
  expect(annual.every(({ standing }) => standing === 'finish')).toBe(true);
  expect(annual.map(({ said }) => said?.key ?? null)).toEqual([null, 'submitted', 'approved', 'effective']);
  expect(steps({ type: '年度建设计划' })[1]).toMatchObject({ state: '征求意见', said: { key: 'optional' } });
});

test('what is next and whose it is hangs on state and type', () => {
  const next = (state: PlanOfficeJson['state'], type: PlanOfficeJson['type']) =>
    nextInOffice({ state, type });
  expect(next('草稿', '情景方案')).toEqual({ states: ['征求意见', '审查'], who: 'submit' });
  expect(next('草稿', '布局规划')).toEqual({ states: ['征求意见'], who: 'submit' });
  expect(next('征求意见', '布局规划')?.states).toEqual(['公示']);
  expect(next('审查', '布局规划')).toEqual({ states: ['批复'], who: 'approve' });
  expect(next('生效', '布局规划')).toBeNull();
});

test('days of a window are counted to its last day', () => {
  const notice = { from: '2026-06-10', to: '2026-06-16' };
  expect(daysOfWindow(office({ state: '公示', notice }))).toEqual({ to: '2026-06-16', left: 1 });
  expect(daysOfWindow(office({ state: '审查', notice }))).toBeNull();
});

test('a draft is submitted as a type, with its window and the plan it replaces', () => {
  const replaceable = [{ id: 'old', name: '旧', type: '年度建设计划', documentNo: '二号' }] as const;
  const draft = office({ replaceable: [...replaceable], replaces: replaceable[0] });
  const consult = forward('征求意见');
  expect(fieldsOf(draft, consult)).toEqual(['type', 'from', 'until', 'replaces']);
  expect(moveOf(draft, consult, draftOf(draft, consult))).toEqual({
    to: '征求意见',
    type: '布局规划',
    from: '2026-06-15',
    until: '2026-07-15',
    // of another type
    replacesPlanId: null,
  });
  const submit = forward('审查');
  expect(typesFor(submit)).toEqual(['年度建设计划']);
  expect(moveOf(draft, submit, draftOf(draft, submit))).toEqual({
    to: '审查',
    type: '年度建设计划',
    replacesPlanId: 'old',
  });
});

test('an approval wants its number, coming into force its day, a return its reason', () => {
  const reviewed = office({ state: '审查', type: '布局规划' });
  const approve = forward('批复');
  const draft = draftOf(reviewed, approve);
  expect(lackingIn(reviewed, approve, draft)).toEqual(['documentNo']);
  expect(moveOf(reviewed, approve, { ...draft, documentNo: ' 三号 ' })).toEqual({
    to: '批复',
    documentNo: '三号',
  });
  const approved = office({ state: '批复', type: '布局规划', effectiveOn: '2026-07-01' });
  expect(draftOf(approved, forward('生效')).effectiveOn).toBe('2026-06-15');
  expect(
    lackingIn(approved, forward('生效'), { ...draftOf(approved, forward('生效')), effectiveOn: null }),
  ).toEqual(['effectiveOn']);
  const back: OfficeChoice = { to: '草稿', act: 'return', reasonNeeded: true, missing: [] };
  expect(lackingIn(reviewed, back, { ...draft, reason: ' ' })).toEqual(['reason']);
});

test('the address of the list says what is asked, and words it cannot mean are left out', () => {
  const read = (address: string) => readPlansQuery(new URLSearchParams(address));
  expect(read('waiting=approve&office=审查&type=布局规划')).toEqual({
    waiting: 'approve',
    office: '审查',
    type: '布局规划',
  });
  expect(read('waiting=all&office=done&type=')).toEqual({});
});

test('a notice of a step leads to the steps, one of a comment to the sites', () => {
  const plan = { noun: 'plan', objectId: 'a/b' } as const;
  expect(noticePath({ ...plan, kind: 'plan-approved' })).toBe('/plans/a%2Fb/office');
  expect(noticePath({ ...plan, kind: 'comment-made' })).toBe('/plans/a%2Fb/review');
});
