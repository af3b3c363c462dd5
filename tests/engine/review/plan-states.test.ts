// The office life of a plan as sentences: who may take which step, and what each finds missing.
import { describe, expect, test } from 'vitest';
import {
  filledForOffice,
  moveAllowed,
  type OfficeFacts,
  type OfficeState,
  officeCourse,
  officeStates,
  planMachine,
  statesAfter,
} from '../../../engine/index.ts';

const TODAY = '2026-06-15';
const facts: OfficeFacts = {
  isDone: true,
  type: '布局规划',
  consultationTo: '2026-06-12',
  noticeTo: '2026-06-12',
  openComments: 0,
  documentNo: '甲发〔2026〕3号',
  effectiveOn: TODAY,
};
const ask = (
  from: OfficeState,
  to: OfficeState,
  permission: 'plan:submit' | 'plan:approve',
  change: Partial<OfficeFacts> = {},
  reason = '',
) =>
  moveAllowed(planMachine, from, to, {
    permissions: new Set([permission]),
    filled: filledForOffice({ ...facts, ...change }, TODAY),
    reason,
  });

describe('a plan', () => {
  test('goes from draft over consultation, notice and review into force', () => {
    for (const [from, to, permission] of [
      ['草稿', '征求意见', 'plan:submit'],
      ['征求意见', '公示', 'plan:submit'],
      ['公示', '审查', 'plan:submit'],
      ['审查', '批复', 'plan:approve'],
      ['批复', '生效', 'plan:approve'],
    ] as const)
      expect([from, to, ask(from, to, permission).ok]).toEqual([from, to, true]);
  });

  test.each([
    ['草稿', '征求意见', 'plan:submit', { isDone: false }, 'done'],
    ['草稿', '征求意见', 'plan:submit', { type: '情景方案' }, 'formal'],
    ['草稿', '审查', 'plan:submit', {}, 'annual'],
    ['征求意见', '审查', 'plan:submit', {}, 'annual'],
    ['征求意见', '公示', 'plan:submit', { consultationTo: TODAY }, 'consulted'],
    ['公示', '审查', 'plan:submit', { noticeTo: TODAY }, 'noticed'],
    ['公示', '审查', 'plan:submit', { noticeTo: null }, 'noticed'],
    ['公示', '审查', 'plan:submit', { openComments: 1 }, 'answered'],
    ['审查', '批复', 'plan:approve', { documentNo: ' ' }, 'document'],
    ['批复', '生效', 'plan:approve', { effectiveOn: '2026-06-16' }, 'effective'],
    ['批复', '生效', 'plan:approve', { effectiveOn: null }, 'effective'],
    ['生效', '被替代', 'plan:approve', {}, 'successor'],
  ] as const)('from %s to %s it wants more with %s, %o', (from, to, permission, change, need) => {
    expect(ask(from, to, permission, change)).toEqual({
      ok: false,
      code: 'STATE_FIELDS_MISSING',
      missing: [need],
    });
  });

  test('of a year needs no consultation, and waits for one it began', () => {
    const annual = { type: '年度建设计划', consultationTo: null } as const;
    expect(ask('草稿', '审查', 'plan:submit', annual).ok).toBe(true);
    expect(ask('征求意见', '审查', 'plan:submit', { ...annual, consultationTo: TODAY })).toMatchObject({
      missing: ['consulted'],
    });
    expect(ask('征求意见', '审查', 'plan:submit', { type: '年度建设计划' }).ok).toBe(true);
  });

  test('is taken back by who submits and returned by who approves, with a reason, until it is approved', () => {
    for (const from of ['征求意见', '公示', '审查'] as const) {
      expect(ask(from, '草稿', 'plan:submit')).toEqual({ ok: false, code: 'STATE_REASON_MISSING' });
      expect(ask(from, '草稿', 'plan:submit', {}, '数据有误').ok).toBe(true);
    }
    expect(ask('审查', '草稿', 'plan:approve', {}, '数据有误').ok).toBe(true);
    expect(ask('公示', '草稿', 'plan:approve', {}, '数据有误')).toMatchObject({
      code: 'STATE_MOVE_FORBIDDEN',
    });
    expect(ask('批复', '草稿', 'plan:approve', {}, '数据有误')).toEqual({
      ok: false,
      code: 'STATE_MOVE_UNKNOWN',
      possible: ['生效'],
    });
  });

  test('is approved by nobody who only submits, and skips nothing', () => {
    expect(ask('审查', '批复', 'plan:submit')).toMatchObject({ code: 'STATE_MOVE_FORBIDDEN' });
    expect(ask('草稿', '生效', 'plan:approve')).toEqual({
      ok: false,
      code: 'STATE_MOVE_UNKNOWN',
      possible: ['征求意见', '审查'],
    });
    expect(statesAfter(planMachine, '被替代')).toEqual([]);
  });

  test('shows its way by its type', () => {
    expect(officeCourse('布局规划', '草稿')).toEqual(officeStates.slice(0, -1));
    expect(officeCourse('年度建设计划', '草稿')).toEqual(['草稿', '征求意见', '审查', '批复', '生效']);
    expect(officeCourse('年度建设计划', '公示')).toContain('公示');
    expect(officeCourse('布局规划', '被替代')).toEqual(officeStates);
  });
});
