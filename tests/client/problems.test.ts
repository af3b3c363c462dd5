// The problem list as plain functions: its address, what a person may do with a row, clocks, periods of the board, arrows on the cards.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageFiles } from '../../client/format/i18n.ts';
import { cardAfterKey } from '../../client/screens/problems/board-keys.ts';
import { type ActedProblem, offeredProblemWork } from '../../client/screens/problems/problem-acts.ts';
import { problemClock } from '../../client/screens/problems/problem-clock.ts';
import { lacksTown, townsWithin } from '../../client/screens/problems/problem-places.ts';
import {
  changedProblemView,
  type ProblemView,
  plainProblemView,
  problemClocks,
  problemExportQueryOf,
  problemNouns,
  problemSorts,
  problemTabs,
  readProblemView,
  writeProblemView,
} from '../../client/screens/problems/problem-query.ts';
import { periodOf, readPeriod, todayInChina } from '../../client/screens/problems/ranking-period.ts';
import { problemCategoryCodes, problemLevels, problemStates } from '../../engine/index.ts';
import type { MeJson } from '../../server/contract/people.ts';
import {
  problemStepKinds,
  problemNouns as servedNouns,
  problemSorts as servedSorts,
} from '../../server/contract/problems.ts';
import { permissionWords, type Role, scopeOf } from '../../server/permission/permission-table.ts';

/** With the permissions of the real table, in one district. */
function person(role: Role): Pick<MeJson, 'permissions' | 'organisation' | 'territory'> {
  const permissions = Object.fromEntries(
    permissionWords.flatMap((word) => {
      const scope = scopeOf(word, role);
      return scope === undefined ? [] : [[word, scope] as const];
    }),
  );
  return {
    permissions,
    organisation: '甲',
    territory: { everywhere: false, districtCodes: ['990101'], townCodes: [] },
  };
}

const aProblem: ActedProblem = {
  state: '处理中',
  level: '一般',
  ownerUnit: '乙',
  evidence: 1,
  evidenceFiles: 0,
  raisedByMe: false,
  handledByMe: false,
  districtCode: '990101',
  townCode: '',
  owner: '',
  dueAt: '2026-01-01T00:00:00Z',
};
const wordsOf = (role: Role, change: Partial<ActedProblem> = {}) =>
  offeredProblemWork(person(role), { ...aProblem, ...change }).moves.map(({ word, reasonNeeded }) =>
    reasonNeeded ? `${word}!` : word,
  );

test('a town is offered work on what is its own, an administrator on nothing', () => {
  const near = { state: '分派' as const, ownerUnit: '乙', handledByMe: true };
  expect([wordsOf('town', near), wordsOf('town', { ...near, handledByMe: false })]).toEqual([['start'], []]);
  expect(offeredProblemWork(person('town'), { ...aProblem, handledByMe: true })).toMatchObject({
    evidence: true,
    progress: true,
  });
  expect(wordsOf('admin', near)).toEqual([]);
});

test('a view of the list comes back from its address', () => {
  const anyView: fc.Arbitrary<ProblemView> = fc.record({
    tab: fc.constantFrom(...problemTabs),
    q: fc.string({ maxLength: 100 }),
    states: fc.subarray([...problemStates]),
    level: fc.constantFrom(null, ...problemLevels),
    category: fc.constantFrom(null, ...problemCategoryCodes),
    districtCode: fc.constantFrom(null, '990101'),
    townCode: fc.constantFrom(null, '990101001'),
    clock: fc.constantFrom(null, ...problemClocks),
    mine: fc.constantFrom(null, 'raised' as const, 'unit' as const),
    ranked: fc.constantFrom(null, 'overdue,2026-01-01,2026-03-31'),
    about: fc.constantFrom(null, { noun: 'batch-row' as const, id: 'row & 1' }),
    sort: fc.constantFrom(...problemSorts),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    page: fc.integer({ min: 1, max: 200_000 }),
    pageSize: fc.constantFrom(100 as const, 1000 as const),
    map: fc.constant(true),
    bbox: fc.constantFrom(null, '121.1,31.2,121.3,31.4'),
  });
  fc.assert(
    fc.property(anyView, (view) => {
      expect(readProblemView(new URLSearchParams(writeProblemView(view).toString()))).toEqual(view);
    }),
    { seed: 43, numRuns: 200 },
  );
  expect(writeProblemView(plainProblemView).toString()).toBe('');
  expect([...problemSorts, ...problemNouns]).toEqual([...servedSorts, ...servedNouns]);
});

test('nothing of a spoilt address is believed, and what raises a problem filters nothing', () => {
  expect(
    readProblemView(
      new URLSearchParams("state=开着&level=急&town=9'9&page=-1&rows=3&due=5&noun=ufo&object=1"),
    ),
  ).toEqual(plainProblemView);
  expect(readProblemView(new URLSearchParams('new=1&noun=resource&id=r&object=r')).about).toBeNull();
});

test('the service is asked for what is set, and a filter begins at the first page', () => {
  const view: ProblemView = { ...plainProblemView, states: ['新建', '分派'], clock: '3', page: 4 };
  expect(problemExportQueryOf(view)).toEqual({
    state: '新建,分派',
    dueWithinDays: 3,
    sort: 'raisedAt',
    order: 'desc',
  });
  expect(changedProblemView(view, { level: '督办' }).page).toBe(1);
  expect(changedProblemView(view, { page: 5 }).page).toBe(5);
});

test('each sees what is theirs to do: handlers settle, raisers confirm, districts override with a reason', () => {
  expect(wordsOf('tower')).toEqual(['settle']);
  expect(wordsOf('planner')).toEqual([]);
  expect(wordsOf('tower', { state: '待确认' })).toEqual([]);
  expect(wordsOf('operator', { state: '待确认', raisedByMe: true })).toEqual(['return!', 'confirm']);
  expect(wordsOf('district', { state: '待确认' })).toEqual(['return!', 'override!']);
  expect(wordsOf('planner', { state: '已销号', raisedByMe: true })).toEqual(['reopen!']);
  expect(wordsOf('district', { districtCode: '990102' })).toEqual([]);
  const lacking = offeredProblemWork(person('tower'), { ...aProblem, evidence: 0 });
  expect(lacking.moves).toMatchObject([{ word: 'settle', missing: ['evidence'] }]);
});

test('assigning and levels are for the district while the clock runs; notes for whoever has to do with it', () => {
  const district = (change: Partial<ActedProblem>) =>
    offeredProblemWork(person('district'), { ...aProblem, ...change });
  expect(district({})).toMatchObject({
    assign: true,
    levels: ['督办', '领导小组'],
    progress: true,
    evidence: true,
  });
  expect(district({ level: '领导小组' }).levels).toEqual([]);
  expect(district({ state: '已销号' })).toMatchObject({ assign: false, levels: [], progress: false });
  const raiser = offeredProblemWork(person('planner'), { ...aProblem, raisedByMe: true });
  expect(raiser).toMatchObject({ assign: false, progress: true, evidence: false });
});

test('a clock is red when late, amber in the last three days, and still while nobody works on it', () => {
  const clock = (state: ActedProblem['state'], overdue: boolean, workingDaysLeft: number | null) => {
    const { tone, word, count } = problemClock({ state, overdue, workingDaysLeft });
    return `${tone} ${word} ${count}`;
  };
  expect(clock('处理中', true, -4)).toBe('late late 4');
  expect(clock('处理中', true, 0)).toBe('late lateToday 0');
  expect(clock('新建', false, 0)).toBe('soon today 0');
  expect(clock('分派', false, 3)).toBe('soon left 3');
  expect(clock('分派', false, 4)).toBe('ok left 4');
  expect(clock('待确认', true, null)).toBe('still waitsLate 0');
  expect(clock('已销号', false, null)).toBe('still closed 0');
});

test('the periods of the board are those of an office year in China', () => {
  expect(periodOf('month', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(periodOf('quarter', '2026-11-21')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(periodOf('half', '2026-06-30')).toEqual({ from: '2026-01-01', to: '2026-06-30' });
  expect(periodOf('year', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  expect(todayInChina(new Date('2026-11-20T16:30:00Z'))).toBe('2026-11-21');
  const asked = (text: string) => readPeriod(new URLSearchParams(text), '2026-11-21').period;
  expect(asked('period=own&from=2026-02-01&to=2026-02-03')).toEqual({ from: '2026-02-01', to: '2026-02-03' });
  for (const spoilt of ['period=own&from=2026-02-03&to=2026-02-01', 'period=own&from=x&to=y', 'period=soon'])
    expect(asked(spoilt)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
});

test('arrows walk the cards of the board, over columns that are empty', () => {
  const columns = [['a', 'b', 'c'], [], ['d']];
  expect(cardAfterKey(columns, null, 'ArrowDown')).toBe('a');
  expect(cardAfterKey(columns, 'a', 'ArrowDown')).toBe('b');
  expect(cardAfterKey(columns, 'c', 'ArrowDown')).toBeNull();
  expect(cardAfterKey(columns, 'c', 'ArrowRight')).toBe('d');
  expect(cardAfterKey(columns, 'd', 'ArrowLeft')).toBe('a');
  expect(cardAfterKey(columns, 'd', 'Enter')).toBeNull();
  expect(cardAfterKey([[], []], null, 'ArrowDown')).toBeNull();
});

test('every word of the data is said in both languages', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const words = messageFiles[language].problems as unknown as Record<string, Record<string, string>>;
    const said = (group: string) => Object.keys(words[group] ?? {});
    expect(said('state')).toEqual([...problemStates]);
    expect(said('level')).toEqual([...problemLevels]);
    expect(said('noun')).toEqual([...problemNouns]);
    expect(said('step').sort()).toEqual([...problemStepKinds].sort());
  }
});

test('a problem about a place lies in a district or a town of whoever raises it', () => {
  const towns = [
    { code: '990101001', districtCode: '990101' },
    { code: '990101002', districtCode: '990101' },
    { code: '990102001', districtCode: '990102' },
  ];
  const city: MeJson['territory'] = { everywhere: true, districtCodes: [], townCodes: [] };
  const district = { everywhere: false, districtCodes: ['990101'], townCodes: [] };
  const town = { everywhere: false, districtCodes: [], townCodes: ['990101002'] };
  const codes = (of: MeJson['territory']) => townsWithin(of, towns).map(({ code }) => code);
  expect(codes(city)).toHaveLength(3);
  expect(codes(district)).toEqual(['990101001', '990101002']);
  expect(codes(town)).toEqual(['990101002']);
  const whole = { districtCode: '990101', townCode: null };
  expect(lacksTown(city, { districtCode: null, townCode: null })).toBe(false);
  expect(lacksTown(district, whole)).toBe(false);
  // the district is not theirs, only a town of it
  expect(lacksTown(town, whole)).toBe(true);
  expect(lacksTown(town, { ...whole, townCode: '990101002' })).toBe(false);
});
