// The life of a target area as sentences: submitted, decided, and re-based only by being changed.
import { describe, expect, test } from 'vitest';
import {
  type AreaState,
  areaMachine,
  areaStates,
  filledForArea,
  waterKind,
} from '../../../engine/review/area-states.ts';
import { moveAllowed, statesAfter } from '../../../engine/review/state-machine.ts';

const target = filledForArea({ kind: '高密区' });
const ask = (
  from: AreaState,
  to: AreaState,
  permission: string,
  { filled = target, reason = '' }: { filled?: ReadonlySet<string>; reason?: string } = {},
) => moveAllowed(areaMachine, from, to, { permissions: new Set([permission]), filled, reason });

describe('the life of a target area', () => {
  test('a planner submits, the district approves', () => {
    expect(areaMachine.first).toBe('草稿');
    expect(ask('草稿', '已送审', 'area:submit').ok).toBe(true);
    expect(ask('已送审', '已批准', 'area:decide').ok).toBe(true);
  });

  test('what is returned has a reason and may be submitted again', () => {
    expect(ask('已送审', '退回', 'area:decide')).toEqual({ ok: false, code: 'STATE_REASON_MISSING' });
    expect(ask('已送审', '退回', 'area:decide', { reason: '范围过大' }).ok).toBe(true);
    expect(ask('退回', '已送审', 'area:submit').ok).toBe(true);
  });

  test('what is submitted may be taken back by who submits, and not by who decides', () => {
    expect(ask('已送审', '草稿', 'area:submit').ok).toBe(true);
    expect(ask('已送审', '草稿', 'area:decide')).toMatchObject({ code: 'STATE_MOVE_FORBIDDEN' });
  });

  test('nothing is approved that was not submitted, and an approval is left by a change only', () => {
    for (const from of areaStates.filter((state) => state !== '已送审'))
      expect(statesAfter(areaMachine, from)).not.toContain('已批准');
    expect(statesAfter(areaMachine, '已批准')).toEqual(['草稿']);
    expect(ask('已批准', '草稿', 'area:change')).toEqual({
      ok: false,
      code: 'STATE_FIELDS_MISSING',
      missing: ['change'],
    });
    expect(ask('已批准', '草稿', 'area:change', { filled: new Set(['change']) }).ok).toBe(true);
  });

  test('no permission both submits and decides', () => {
    for (const { to, permissions } of areaMachine.moves) {
      const decides = to === '已批准' || to === '退回';
      expect([to, permissions.includes('area:decide')]).toEqual([to, decides]);
    }
  });

  test('water is no target: nobody submits or approves it', () => {
    const filled = filledForArea({ kind: waterKind });
    for (const [from, to, permission] of [
      ['草稿', '已送审', 'area:submit'],
      ['已送审', '已批准', 'area:decide'],
    ] as const)
      expect(ask(from, to, permission, { filled })).toEqual({
        ok: false,
        code: 'STATE_FIELDS_MISSING',
        missing: ['target'],
      });
  });
});
