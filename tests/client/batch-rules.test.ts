// The review desk as plain functions: who may do what, what is shown while acts are on their way, the walk with the keyboard, addresses.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageFiles } from '../../client/format/i18n.ts';
import { keyCommand } from '../../client/parts/key-command.ts';
import { amendableOf, amendmentOf } from '../../client/screens/batches/amendment.ts';
import { amendHow, batchActs, mayOpine, waitsFor } from '../../client/screens/batches/batch-acts.ts';
import { deskKeys } from '../../client/screens/batches/batch-keys.tsx';
import {
  changedView,
  pageQueryOf,
  plainView,
  readBatchesView,
  writeBatchesView,
} from '../../client/screens/batches/batches-query.ts';
import { dueClock } from '../../client/screens/batches/due-clock.ts';
import { manyRows, reasonsInText, reasonsText } from '../../client/screens/batches/kept-reasons.ts';
import {
  countFilters,
  filterRows,
  firstToLookAt,
  nextWaiting,
  previewBulk,
  previewCountersign,
  rowAtStep,
  rowFilters,
  rowNews,
  searchRows,
  shownRows,
  worstCheck,
} from '../../client/screens/batches/row-rules.ts';
import { missingIn, verdictOfKey, verdictsOf, workOf } from '../../client/screens/batches/verdict.ts';
import type { UnsentAct } from '../../client/state/unsent-acts.ts';
import {
  batchDecisions,
  batchStates,
  checkRow,
  findEquipmentProfile,
  opinionDepartments,
  type RowCheckFacts,
  reviewReasonCodes,
} from '../../engine/index.ts';
import { aBatchJson, aBatchRow } from './batch-rows.ts';

const free = { isTyping: false, isOnButton: false, isDialogOpen: false };
const plain = { ctrlKey: false, altKey: false, metaKey: false };
const everywhere = { everywhere: true, districtCodes: [], townCodes: [] };
const inTown = { everywhere: false, districtCodes: [], townCodes: ['310101001'] };
const district = {
  permissions: { 'batch:decide': 'territory', 'batch:export': 'territory' },
  territory: everywhere,
} as const;
const town = { permissions: { 'batch:opinion': 'territory' }, territory: inTown } as const;
const planner = { permissions: { 'batch:submit': 'territory' }, territory: everywhere } as const;

test('nobody decides, closes or heads the letter of what they submitted', () => {
  const batch = aBatchJson({ state: '审查中' });
  expect(batchActs(district, batch)).toMatchObject({
    mode: 'decide',
    close: true,
    edit: true,
    departments: true,
  });
  const own = batchActs(district, { ...batch, submittedByMe: true });
  expect(own).toMatchObject({ mode: 'read', close: false, edit: false, departments: false });
});

test('a closed batch and a withdrawn one can only be read, and taken along', () => {
  for (const state of ['已关闭', '已撤回'] as const) {
    const acts = batchActs(district, aBatchJson({ state }));
    expect(acts).toMatchObject({ mode: 'read', close: false, withdraw: false, export: true });
    expect(batchActs(planner, aBatchJson({ state })).mode).toBe('read');
  }
});

test('a district of another territory only looks on', () => {
  const elsewhere = {
    ...district,
    territory: { everywhere: false, districtCodes: ['310102'], townCodes: [] },
  };
  expect(batchActs(elsewhere, aBatchJson({ state: '审查中' })).mode).toBe('read');
});

test('a town speaks of its own rows and waits for those it has not spoken of', () => {
  expect(batchActs(town, aBatchJson({ state: '已提交' })).mode).toBe('opine');
  const mine = aBatchRow(1, { townCode: '310101001' });
  expect(mayOpine(town, mine)).toBe(true);
  expect(mayOpine(town, aBatchRow(2, { townCode: '310101002' }))).toBe(false);
  expect(waitsFor(town, 'opine', mine)).toBe(true);
  const said = { opinion: '同意', text: '', byName: '某人', at: '2026-11-21T00:00:00Z' } as const;
  expect(waitsFor(town, 'opine', { ...mine, townOpinion: said })).toBe(false);
});

test('a submitter changes rows of a draft and amends returned ones, and no others', () => {
  const draft = aBatchJson({ state: '草稿' });
  const open = aBatchJson({ state: '审查中' });
  const acts = { mode: 'amend' } as const;
  expect(amendHow(draft, acts, aBatchRow(1))).toBe('change');
  expect(amendHow(open, acts, aBatchRow(1, { decision: '退回补正' }))).toBe('resubmit');
  expect(amendHow(open, acts, aBatchRow(1, { decision: '同意' }))).toBeNull();
  expect(amendHow(open, { mode: 'decide' }, aBatchRow(1, { decision: '退回补正' }))).toBeNull();
});

test('an amendment names only what differs, a list by its items', () => {
  const row = aBatchRow(1, { heightM: 8, forOperators: ['移动'], note: '' });
  const typed = { ...amendableOf(row), heightM: 8, forOperators: ['移动'], note: '补充照片' };
  expect(amendmentOf(row, typed)).toEqual({ note: '补充照片' });
});

const act = (work: UnsentAct['work'], stage: UnsentAct['stage'] = 'waiting'): UnsentAct => ({
  once: `once ${JSON.stringify(work)}`,
  batchId: 'b',
  work,
  hasLeft: false,
  stage,
});
const decided = (id: string, decision: '同意' | '不同意', stage?: UnsentAct['stage']) =>
  act({ kind: 'decide', rows: [{ id, version: 1 }], decision, reasonCode: null, reasonText: '' }, stage);

test('an act on its way shows at once and says so; one that waits for the person does not', () => {
  const rows = [aBatchRow(1), aBatchRow(2), aBatchRow(3)];
  const shown = shownRows(
    rows,
    [decided('row 1', '同意'), decided('row 1', '不同意'), decided('row 2', '同意', 'stale')],
    '某人',
  );
  expect(shown.map(({ decision, unsent }) => [decision, unsent])).toEqual([
    ['不同意', true],
    [null, false],
    [null, false],
  ]);
});

test('the walk goes to the next row that waits, past the end to the top, and ends when none is left', () => {
  const rows = [1, 2, 3, 4].map((place) => aBatchRow(place, { decision: place === 3 ? '同意' : null }));
  const waits = ({ decision }: { decision: unknown }) => decision === null;
  expect(nextWaiting(rows, 'row 2', waits, new Set(['row 2']))).toBe('row 4');
  expect(nextWaiting(rows, 'row 4', waits, new Set(['row 4']))).toBe('row 1');
  expect(nextWaiting(rows, null, waits, new Set())).toBe('row 1');
  expect(nextWaiting(rows, 'row 1', waits, new Set(rows.map(({ id }) => id)))).toBeNull();
});

test('deciding each row the walk leads to decides every row once', () => {
  const batches = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(batches, fc.nat(), (waiting, start) => {
      const rows = waiting.map((waits, at) => aBatchRow(at + 1, { decision: waits ? null : '同意' }));
      const acted = new Set<string>();
      const from = rows[start % rows.length]!.id;
      const waits = ({ decision }: { decision: unknown }) => decision === null;
      for (
        let id = nextWaiting(rows, from, waits, acted);
        id !== null;
        id = nextWaiting(rows, id, waits, acted)
      ) {
        expect(acted.has(id)).toBe(false);
        acted.add(id);
      }
      expect(acted.size).toBe(waiting.filter(Boolean).length);
    }),
    { seed: 44 },
  );
});

test('J and K stop at the ends, and go on from the place of a row a filter took away', () => {
  const rows = [aBatchRow(1), aBatchRow(2), aBatchRow(3)];
  expect(rowAtStep(rows, { id: 'row 3', index: 2 }, 1)?.id).toBe('row 3');
  expect(rowAtStep(rows, { id: 'row 1', index: 0 }, -1)?.id).toBe('row 1');
  expect(rowAtStep(rows, { id: 'gone', index: 1 }, 1)?.id).toBe('row 2');
  expect(rowAtStep(rows, { id: 'gone', index: 1 }, -1)?.id).toBe('row 1');
  expect(rowAtStep([], { id: null, index: 0 }, 1)).toBeNull();
});

test('a filter begins at its first row that waits, else at its first', () => {
  const rows = [aBatchRow(1, { decision: '同意' }), aBatchRow(2), aBatchRow(3)];
  const waits = ({ decision }: { decision: unknown }) => decision === null;
  expect(firstToLookAt(rows, waits)).toBe('row 2');
  expect(firstToLookAt(filterRows(rows, 'undecided').slice(1), waits)).toBe('row 3');
  expect(firstToLookAt(rows.slice(0, 1), waits)).toBe('row 1');
  expect(firstToLookAt([], waits)).toBeNull();
});

const check = (result: 'pass' | 'warn' | 'fail' | 'unknown') =>
  ({ id: 'CHECK-EMF', result, because: 'beyond', facts: {} }) as const;

test('a row is marked with its worst check, and each filter holds what it counts', () => {
  expect(worstCheck({ checks: [check('pass'), check('unknown'), check('warn')] })).toBe('warn');
  expect(worstCheck({ checks: [] })).toBe('unknown');
  const rows = [
    aBatchRow(1, { checks: [check('fail')] }),
    aBatchRow(2, { decision: '退回补正' }),
    aBatchRow(3, { round: 2 }),
  ];
  const counts = countFilters(rows);
  for (const filter of rowFilters) expect(filterRows(rows, filter).length, filter).toBe(counts[filter]);
  expect(counts).toMatchObject({ all: 3, undecided: 2, failed: 1, returned: 1, 'came-back': 1 });
  expect(searchRows([...rows], '路灯-002').map(({ place }) => place)).toEqual([2]);
});

test('what somebody else changed is named; the same version is no news', () => {
  const seen = aBatchRow(1);
  expect(rowNews(seen, { ...seen, decision: '同意' })).toEqual([]);
  expect(rowNews(seen, { ...seen, version: 2, decision: '同意' })).toEqual(['decision']);
  expect(rowNews(seen, { ...seen, version: 2 })).toEqual(['other']);
});

test('a decision on many rows says beforehand what it replaces', () => {
  const rows = [
    aBatchRow(1, { costCny: 100, decision: '同意' }),
    aBatchRow(2, { costCny: 50, decision: '不同意', checks: [check('fail')] }),
    aBatchRow(3, { costCny: 7 }),
  ];
  expect(previewBulk(rows, '同意')).toMatchObject({
    rows: 3,
    costCny: 157,
    overturned: 1,
    unchanged: 1,
    failing: 1,
  });
});

test('each key says what it says for this person, and Ctrl+Z is undo but Ctrl+R the browser’s', () => {
  expect(verdictOfKey('return', 'decide')).toEqual({ kind: 'decide', value: '退回补正' });
  expect(verdictOfKey('return', 'opine')).toEqual({ kind: 'town', value: '有条件同意' });
  expect(verdictOfKey('problem', 'opine')).toBeNull();
  expect(verdictOfKey('agree', 'read')).toBeNull();
  expect(verdictsOf('decide').map(({ value }) => value)).toEqual(batchDecisions);
  expect(keyCommand(deskKeys, { ...plain, key: 'z', ctrlKey: true }, free)).toBe('undo');
  expect(keyCommand(deskKeys, { ...plain, key: 'Z', ctrlKey: true, shiftKey: true }, free)).toBeNull();
  expect(keyCommand(deskKeys, { ...plain, key: 'r', ctrlKey: true }, free)).toBeNull();
  expect(keyCommand(deskKeys, { ...plain, key: 'z', ctrlKey: true }, { ...free, isTyping: true })).toBeNull();
});

test('everything but an agreement needs a reason code, 其他 a text, and a town its words', () => {
  const decide = (value: (typeof batchDecisions)[number]) => ({ kind: 'decide', value }) as const;
  expect(missingIn(decide('同意'), null, '')).toBeNull();
  for (const value of batchDecisions.filter((one) => one !== '同意')) {
    expect(missingIn(decide(value), null, '写了')).toBe('reasonCode');
    for (const code of reviewReasonCodes)
      expect(missingIn(decide(value), code, ' ')).toBe(code === '其他' ? 'reasonText' : null);
  }
  expect(missingIn({ kind: 'town', value: '有条件同意' }, null, '')).toBe('text');
  expect(workOf(decide('同意'), [], '其他', 'x')).toMatchObject({ reasonCode: null, reasonText: '' });
});

test.each([
  ['2026-11-23T23:30:00', 'left', 2, 'warning'],
  ['2026-12-05T08:00:00', 'left', 14, 'default'],
  ['2026-11-21T23:00:00', 'today', 0, 'warning'],
  ['2026-11-21T08:00:00', 'over', 1, 'error'],
  ['2026-11-18T12:00:00', 'over', 3, 'error'],
] as const)('what is due at %s at noon of the 21st: %s', (dueAt, word, days, tone) => {
  expect(dueClock(dueAt, new Date('2026-11-21T12:00:00'))).toEqual({ word, days, tone });
});

test('an address is read back as it was written, and nonsense in it is nothing', () => {
  const view = changedView(plainView, {
    states: ['已提交', '审查中'],
    waiting: 'late',
    mine: 'true',
    q: '一期',
  });
  expect(readBatchesView(writeBatchesView(view))).toEqual(view);
  expect(writeBatchesView(plainView).toString()).toBe('');
  // a new batch before its plan is chosen
  const begun = { ...plainView, from: '' };
  expect(readBatchesView(writeBatchesView(begun))).toEqual(begun);
  const odd = new URLSearchParams('state=抢劫&waiting=x&page=-3&rows=7&district=%27--&sort=password');
  expect(readBatchesView(odd)).toEqual(plainView);
  expect(pageQueryOf(view)).toMatchObject({ state: '已提交,审查中', waiting: 'late', mine: 'true', page: 1 });
});

const facts = fc.record<RowCheckFacts>({
  districtCode: fc.constant('310101'),
  foundDistrictCode: fc.constantFrom('310101', '310102', null),
  outlineKnown: fc.boolean(),
  nearby: fc.array(
    fc.record({
      kind: fc.constantFrom('row', 'station'),
      code: fc.constantFrom('路灯-1', null),
      distanceM: fc.double({ min: 0, max: 49, noNaN: true }),
    }),
    { maxLength: 2 },
  ),
  constraintFlags: fc.option(fc.subarray(['文保', '林地', '敏感目标', '干扰协调区'])),
  areaKinds: fc.subarray(['禁建区', '限建区', '干扰协调区']),
  consent: fc.constantFrom('confirmed', 'whitelisted', 'missing', null),
  resourceState: fc.constantFrom('已开放', '满载', '暂停', '待定位', null),
  slotsFree: fc.constantFrom(0, 2, null),
  operators: fc.constantFrom(1, 3),
  operatorsClaimed: fc.constantFrom(0, 1),
  structure: fc.constantFrom('pole', 'roof', 'tower'),
  buildMode: fc.constantFrom('新建', '直接利用'),
  heightM: fc.constant(20),
  towerM: fc.constantFrom(100, 900, 5000, null),
  buildingsAround: fc.constantFrom(0, 30, null),
  tallBuildingM: fc.constantFrom(1, 20, 80, 240, null),
  buildingsWithoutHeight: fc.constantFrom(0, 4),
  profile: fc.constantFrom(null, findEquipmentProfile('n78') ?? null),
});

test('whatever a check finds has its sentence in both languages', () => {
  const rules = { duplicateRadiusM: 50, towerSpacingSettlementM: 500, towerSpacingOtherM: 3000 };
  const sentence = (language: 'zh-CN' | 'en', path: readonly string[]): unknown =>
    path.reduce<unknown>(
      (tree, key) => (tree as Record<string, unknown> | undefined)?.[key],
      messageFiles[language],
    );
  fc.assert(
    fc.property(facts, (some) => {
      for (const { id, because, facts: known } of checkRow(some, rules))
        for (const language of ['zh-CN', 'en'] as const) {
          const text = sentence(language, ['batches', 'because', id, because]);
          expect(text, `${language} ${id} ${because}`).toBeTypeOf('string');
          // every value the sentence names is among the facts
          for (const [, name] of String(text).matchAll(/\{\{\s*(\w+)/g)) expect(known).toHaveProperty(name!);
        }
    }),
    { seed: 44, numRuns: 600 },
  );
});

test('verbs beside deciding are the reviewers’, and urging the district is the submitter’s', () => {
  const batch = aBatchJson();
  expect(batchActs(district, batch)).toMatchObject({ urge: true, countersign: true, handover: true });
  const none = { urge: false, countersign: false, handover: false };
  expect(batchActs(district, { ...batch, submittedByMe: true })).toMatchObject(none);
  expect(batchActs(district, { ...batch, state: '已关闭' })).toMatchObject(none);
  expect(batchActs(town, batch)).toMatchObject(none);
  expect(batchActs(planner, batch)).toMatchObject(none);
  expect(batchActs(planner, { ...batch, submittedByMe: true })).toMatchObject({ ...none, urge: true });
  // colleagues of whoever submitted it
  expect(batchActs({ ...planner, organisation: '规划院' }, batch)).toMatchObject({ ...none, urge: true });
  expect(keyCommand(deskKeys, { ...plain, key: 'U' }, free)).toBe('urge');
  expect(keyCommand(deskKeys, { ...plain, key: 'c' }, free)).toBe('countersign');
  expect(keyCommand(deskKeys, { ...plain, key: 'c', ctrlKey: true }, free)).toBeNull();
  expect(keyCommand(deskKeys, { ...plain, key: 't' }, free)).toBe('handover');
});

test('a department that is asked stands on the row at once, until it is taken back or has answered', () => {
  const act = (work: UnsentAct['work']): UnsentAct => ({
    once: 'once',
    batchId: 'b',
    work,
    hasLeft: false,
    stage: 'waiting',
  });
  const rows = [{ id: 'row 1', version: 1 }];
  const ask = act({ kind: 'countersign', rows, department: '规划资源', dueAt: null, note: '绿线' });
  const shown = (acts: readonly UnsentAct[], row = aBatchRow(1)) =>
    shownRows([row], acts, '张三')[0]?.countersigns ?? [];
  expect(shown([ask])).toEqual([{ department: '规划资源', byName: '张三', at: '', dueAt: '', note: '绿线' }]);
  expect(shown([ask, act({ kind: 'countersign-back', rows, department: '规划资源' })])).toEqual([]);
  expect(
    shown([ask, act({ kind: 'department', rows, department: '规划资源', opinion: '同意', text: '' })]),
  ).toEqual([]);
  const asked = aBatchRow(2, { countersigns: shown([ask]), decision: '同意' });
  const answered = aBatchRow(3, {
    departmentOpinions: [{ department: '规划资源', opinion: '同意', text: '', byName: '李四', at: '' }],
  });
  expect(countFilters([aBatchRow(1), asked, answered]).countersign).toBe(1);
  expect(previewCountersign([aBatchRow(1), asked, answered], '规划资源')).toEqual({
    already: 1,
    answered: 1,
    decided: 1,
  });
  expect(rowNews(aBatchRow(2), { ...aBatchRow(2), countersigns: shown([ask]), version: 2 })).toEqual([
    'countersigns',
  ]);
});

test('every state, decision and department has its word', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const words = messageFiles[language].batches as unknown as Record<string, Record<string, string>>;
    for (const state of batchStates) expect(words.state?.[state]).toBeTruthy();
    for (const decision of batchDecisions) expect(words.decision?.[decision]).toBeTruthy();
    const { option } = words.department as unknown as { readonly option: Record<string, string> };
    expect(Object.keys(option)).toEqual(opinionDepartments);
  }
});

test('a reason that was begun comes back by row, and nothing of a text that is none of ours', () => {
  const drafts = new Map([
    [
      'row-1',
      { verdict: { kind: 'decide', value: '不同意' }, reasonCode: '居民投诉风险', text: '紧邻幼儿园' },
    ],
    [manyRows, { verdict: { kind: 'town', value: '有条件同意' }, reasonCode: null, text: '' }],
  ] as const);
  expect(reasonsInText(reasonsText(drafts))).toEqual(drafts);
  expect(reasonsText(new Map())).toBe('');
  for (const text of [null, '', '{}', '[1]', '[["row-1",{"text":1}]]', '[["row-1",null]]', '[[1,{}]]'])
    expect(reasonsInText(text)).toEqual(new Map());
  const spoilt = '[["row-1",{"verdict":{"kind":"decide","value":"也许"},"text":"x"}]]';
  expect(reasonsInText(spoilt)).toEqual(new Map());
  const unknownCode =
    '[["row-1",{"verdict":{"kind":"decide","value":"同意"},"reasonCode":"天气","text":"x"}]]';
  expect(reasonsInText(unknownCode).get('row-1')?.reasonCode).toBeNull();
});
