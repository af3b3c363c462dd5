// The life of a resource as sentences, and the laws every state machine of the house keeps.
import { describe, expect, test } from 'vitest';
import {
  filledForMove,
  openStates,
  type ResourceState,
  resourceMachine,
  resourceStates,
} from '../../../engine/review/resource-states.ts';
import { moveAllowed, statesAfter } from '../../../engine/review/state-machine.ts';

const everything = new Set(['position', 'consent']);
const may = (...permissions: readonly string[]) => new Set(permissions);
const ask = (
  from: ResourceState,
  to: ResourceState,
  permissions: ReadonlySet<string>,
  { filled = everything, reason = '' }: { filled?: ReadonlySet<string>; reason?: string } = {},
) => moveAllowed(resourceMachine, from, to, { permissions, filled, reason });

describe('the life of a resource', () => {
  test('goes from the locate queue over the owner to an opened resource', () => {
    expect(resourceMachine.first).toBe('待定位');
    expect(ask('待定位', '待产权确认', may('resource:update')).ok).toBe(true);
    expect(ask('待产权确认', '已开放', may('resource:open')).ok).toBe(true);
  });

  test('opens nothing without a place on the map', () => {
    expect(ask('待定位', '已开放', may('resource:open'))).toEqual({
      ok: false,
      code: 'STATE_MOVE_UNKNOWN',
      possible: ['待产权确认', '退出'],
    });
    expect(ask('待产权确认', '已开放', may('resource:open'), { filled: new Set(['consent']) })).toEqual({
      ok: false,
      code: 'STATE_FIELDS_MISSING',
      missing: ['position'],
    });
  });

  test('skips the consent of the owner for what stands on the whitelist, and for nothing else', () => {
    const place = { position: [121, 31] as const };
    const given = (confirmed: boolean, whitelisted: boolean) =>
      ask('待产权确认', '已开放', may('resource:open'), {
        filled: filledForMove({ ...place, confirmed, whitelisted }),
      });
    expect(given(false, true).ok).toBe(true);
    expect(given(true, false).ok).toBe(true);
    expect(given(false, false)).toEqual({ ok: false, code: 'STATE_FIELDS_MISSING', missing: ['consent'] });
  });

  test('asks for a reason where something is taken away', () => {
    const owner = may('resource:withdraw');
    const district = may('resource:open');
    for (const [from, to, person] of [
      ['已开放', '暂停', district],
      ['部分占用', '退出', owner],
      ['待定位', '退出', district],
    ] as const) {
      expect(ask(from, to, person, { reason: ' \n' })).toEqual({ ok: false, code: 'STATE_REASON_MISSING' });
      expect(ask(from, to, person, { reason: '拆除' }).ok).toBe(true);
    }
    expect(ask('待产权确认', '待定位', may('resource:update')).ok).toBe(false);
  });

  test('is suspended and opened again by the district, also while it is held', () => {
    for (const state of openStates) {
      expect(ask(state, '暂停', may('resource:open'), { reason: '检修' }).ok).toBe(true);
      expect(ask('暂停', state, may('resource:open')).ok).toBe(true);
    }
  });

  test('locks and fills by claims only, never by hand', () => {
    const byHand = may('resource:read', 'resource:update', 'resource:open', 'resource:withdraw');
    for (const from of openStates)
      for (const to of openStates.filter((state) => state !== from)) {
        expect(ask(from, to, byHand)).toMatchObject({ ok: false, code: 'STATE_MOVE_FORBIDDEN' });
        expect(ask(from, to, may('claim:create')).ok).toBe(true);
      }
  });

  test('ends with leaving: nothing comes back from there', () => {
    expect(statesAfter(resourceMachine, '退出')).toEqual([]);
    for (const state of resourceStates.filter((one) => one !== '退出'))
      expect(statesAfter(resourceMachine, state)).toContain('退出');
  });

  test('says first that there is no such move, then who may, then what is missing, then the reason', () => {
    const nothing = { filled: new Set<string>(), reason: '' };
    expect(ask('退出', '已开放', may(), nothing)).toMatchObject({ code: 'STATE_MOVE_UNKNOWN', possible: [] });
    expect(ask('待产权确认', '已开放', may(), nothing)).toEqual({
      ok: false,
      code: 'STATE_MOVE_FORBIDDEN',
      permissions: ['resource:open'],
    });
    expect(ask('待产权确认', '已开放', may('resource:open'), nothing)).toMatchObject({
      code: 'STATE_FIELDS_MISSING',
    });
  });
});

describe('every state machine', () => {
  test.each([[resourceMachine.noun, resourceMachine]])(
    '%s names known states, each move once, none to itself',
    (_, machine) => {
      const pairs = machine.moves.map(({ from, to }) => `${from} ${to}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      for (const { from, to, permissions } of machine.moves) {
        expect(machine.states).toEqual(expect.arrayContaining([from, to]));
        expect(from).not.toBe(to);
        expect(permissions.length).toBeGreaterThan(0);
      }
    },
  );

  test.each([[resourceMachine.noun, resourceMachine]])(
    '%s reaches every state from the first',
    (_, machine) => {
      const reached = new Set([machine.first]);
      for (const state of reached) for (const next of statesAfter(machine, state)) reached.add(next);
      expect([...reached].sort()).toEqual([...machine.states].sort());
    },
  );
});
