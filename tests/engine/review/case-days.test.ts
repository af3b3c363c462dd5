// The days of a case: nothing has happened tomorrow, and building keeps its order.
import { expect, test } from 'vitest';
import { caseDayTrouble } from '../../../engine/index.ts';

const today = '2026-05-20';

test('what has happened has no day to come; works may be given theirs', () => {
  for (const day of ['agreedOn', 'filedOn', 'completedOn', 'onAirOn', 'acceptedOn'] as const) {
    expect(caseDayTrouble({ [day]: '2026-05-21' }, {}, today)).toEqual({ kind: 'ahead', day });
    expect(caseDayTrouble({ [day]: today }, {}, today)).toBeNull();
  }
  expect(caseDayTrouble({ startedOn: '2026-06-01' }, {}, today)).toBeNull();
});

test('begun, completed, on the air, accepted: in this order, also across days nobody knows; papers come when they come', () => {
  const order = (earlier: string, later: string) => ({ kind: 'order', earlier, later });
  const known = { startedOn: '2026-03-01', completedOn: null, onAirOn: '2026-04-01' };
  expect(caseDayTrouble({ acceptedOn: '2026-03-31' }, known, today)).toEqual(order('onAirOn', 'acceptedOn'));
  expect(caseDayTrouble({ acceptedOn: '2026-04-01' }, known, today)).toBeNull();
  expect(caseDayTrouble({ completedOn: '2026-02-28' }, known, today)).toEqual(
    order('startedOn', 'completedOn'),
  );
  expect(caseDayTrouble({ startedOn: '2026-04-02' }, known, today)).toEqual(order('startedOn', 'onAirOn'));
  expect(caseDayTrouble({ startedOn: null, completedOn: '2026-02-28' }, known, today)).toBeNull();
  expect(caseDayTrouble({ filedOn: '2026-05-01', agreedOn: '2026-05-02' }, known, today)).toBeNull();
});

test('what was wrong before is not held against another day', () => {
  const known = { completedOn: '2026-04-01', onAirOn: '2026-03-01' };
  expect(caseDayTrouble({ filedOn: '2026-02-01' }, known, today)).toBeNull();
});
