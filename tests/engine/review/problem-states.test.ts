// The life of a problem as sentences, and the categories with their times.
import { describe, expect, test } from 'vitest';
import {
  filledOfProblem,
  type ProblemState,
  problemCategories,
  problemMachine,
  problemMoveAllowed,
  statesAfter,
} from '../../../engine/index.ts';

const given = { ownerUnit: '城运中心', dueAt: '2026-01-01T00:00:00Z', evidence: 1, evidenceFiles: 0 };
const everything = filledOfProblem(given);
const may = (...permissions: readonly string[]) => new Set(permissions);
const ask = (
  from: ProblemState,
  to: ProblemState,
  permissions: ReadonlySet<string>,
  { isRaiser = false, filled = everything, reason = '' } = {},
) => problemMoveAllowed(from, to, { permissions, filled, reason, isRaiser });

describe('a problem', () => {
  test('goes from raised over a unit to closed', () => {
    expect(problemMachine.first).toBe('新建');
    expect(ask('新建', '分派', may('problem:manage')).ok).toBe(true);
    expect(ask('分派', '处理中', may('problem:update')).ok).toBe(true);
    expect(ask('处理中', '待确认', may('problem:update')).ok).toBe(true);
    expect(ask('待确认', '已销号', may('problem:create'), { isRaiser: true }).ok).toBe(true);
  });

  test('skips nothing', () => {
    expect(ask('新建', '已销号', may('problem:manage'), { reason: '重复' })).toEqual({
      ok: false,
      code: 'STATE_MOVE_UNKNOWN',
      possible: ['分派'],
    });
    expect(statesAfter(problemMachine, '处理中')).toEqual(['分派', '待确认']);
  });

  test('is given to a unit with a due date, and settled with evidence', () => {
    const filled = filledOfProblem({ ownerUnit: ' ', dueAt: null, evidence: 0, evidenceFiles: 0 });
    expect(ask('新建', '分派', may('problem:manage'), { filled })).toEqual({
      ok: false,
      code: 'STATE_FIELDS_MISSING',
      missing: ['ownerUnit', 'dueAt'],
    });
    expect(ask('处理中', '待确认', may('problem:update'), { filled })).toMatchObject({
      missing: ['evidence'],
    });
    // a signed paper says as much as words
    const filed = filledOfProblem({ ...given, evidence: 0, evidenceFiles: 1 });
    expect(ask('处理中', '待确认', may('problem:update'), { filled: filed }).ok).toBe(true);
  });

  test('is confirmed, sent back and reopened by whoever raised it, not by somebody else who raises problems', () => {
    for (const [from, to] of [
      ['待确认', '已销号'],
      ['待确认', '处理中'],
      ['已销号', '处理中'],
    ] as const) {
      expect(ask(from, to, may('problem:create'), { isRaiser: true, reason: '看过了' }).ok).toBe(true);
      expect(ask(from, to, may('problem:create', 'problem:update'), { reason: '看过了' })).toMatchObject({
        code: 'STATE_MOVE_FORBIDDEN',
      });
    }
  });

  test('is closed by a district over their head with a reason only', () => {
    const district = may('problem:create', 'problem:update', 'problem:manage');
    expect(ask('待确认', '已销号', district, { reason: ' ' })).toEqual({
      ok: false,
      code: 'STATE_REASON_MISSING',
    });
    expect(ask('待确认', '已销号', district, { reason: '提出人已离职' }).ok).toBe(true);
    expect(ask('待确认', '已销号', district, { isRaiser: true }).ok).toBe(true);
  });

  test('comes back with a reason only', () => {
    for (const from of ['待确认', '已销号'] as const)
      expect(ask(from, '处理中', may('problem:create'), { isRaiser: true })).toEqual({
        ok: false,
        code: 'STATE_REASON_MISSING',
      });
  });
});

test('every state can be reached, and from every state another', () => {
  const reached = new Set([problemMachine.first]);
  for (const state of reached) for (const next of statesAfter(problemMachine, state)) reached.add(next);
  expect([...reached].sort()).toEqual([...problemMachine.states].sort());
  for (const state of problemMachine.states) expect(statesAfter(problemMachine, state)).not.toEqual([]);
});

test('the fifteen categories take 5 to 30 working days each', () => {
  expect(problemCategories.length).toBe(15);
  expect(new Set(problemCategories.map(({ code }) => code)).size).toBe(15);
  for (const { workingDays, source, en } of problemCategories) {
    expect(workingDays).toBeGreaterThanOrEqual(5);
    expect(workingDays).toBeLessThanOrEqual(30);
    expect([source, en]).not.toContain('');
  }
});
