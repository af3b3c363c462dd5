// Forms on rows that others change meanwhile: what is typed is never lost, what others wrote is never undone, and people hear of it in both
// languages. The forms themselves are walked in tests/walk/hand-over-in-chromium.test.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../client/api/fetch-reply.ts';
import { freshRow } from '../../client/api/fresh-row.ts';
import { messageFiles } from '../../client/format/i18n.ts';
import {
  changedKeys,
  followedOnFresh,
  lateFields,
  type TypedOn,
  typedOn,
  typedOnFresh,
} from '../../client/parts/typed-on-fresh.ts';
import { amendableOf, amendmentOf } from '../../client/screens/batches/amendment.ts';
import { type DemandDraft, emptyDraft } from '../../client/screens/demands/demand-draft.ts';
import { demandFieldName } from '../../client/screens/demands/demand-field-text.ts';
import { emptyRelocation } from '../../client/screens/relocations/relocation-draft.ts';
import { fieldNames } from '../../client/screens/relocations/relocation-field-text.ts';
import { aBatchRow } from './batch-rows.ts';

interface Form {
  readonly name: string;
  readonly heightM: number | null;
  readonly operators: readonly string[];
}

const forms = fc.record<Form>({
  name: fc.constantFrom('', '东', '西'),
  heightM: fc.constantFrom(null, 8, 12),
  operators: fc.subarray(['移动', '联通', '电信']),
});
const typing = (row: Form, part: Partial<Form>): TypedOn<Form> => ({
  ...typedOn(row),
  draft: { ...row, ...part },
});
const plain: Form = { name: '东', heightM: 8, operators: ['移动'] };

describe('a row that somebody else was faster on', () => {
  test('keeps what was typed, takes what was left alone, and says what is new and what was typed over it', () => {
    const mine = typing(plain, { name: '我的', operators: ['移动', '联通'] });
    const after = typedOnFresh(mine, { name: '别人的', heightM: 12, operators: ['移动'] });
    expect(after.draft).toEqual({ name: '我的', heightM: 12, operators: ['移动', '联通'] });
    expect(lateFields(after)).toEqual([
      { key: 'name', isTyped: true },
      { key: 'heightM', isTyped: false },
    ]);
  });

  test('loses no typing and undoes nobody, however often it happens', () => {
    fc.assert(
      fc.property(forms, forms, fc.array(forms, { maxLength: 4 }), (row, draft, fresh) => {
        const typed = changedKeys(row, draft);
        const last = fresh.at(-1) ?? row;
        const after = fresh.reduce(typedOnFresh, { ...typedOn(row), draft });
        for (const key of typed) expect(after.draft[key]).toEqual(draft[key]);
        // what would be sent is only what the person typed themselves
        for (const key of changedKeys(after.base, after.draft)) {
          expect(typed).toContain(key);
          expect(after.draft[key]).toEqual(draft[key]);
        }
        expect(after.base).toBe(last);
        expect(lateFields(after).map(({ key }) => key)).toEqual(changedKeys(row, last));
      }),
      { seed: 412, numRuns: 300 },
    );
  });

  test('a field typed once is still typed after the second refusal', () => {
    const once = typedOnFresh(typing(plain, { name: '我的' }), { ...plain, heightM: 12 });
    const twice = typedOnFresh(once, { ...plain, name: '别人的', heightM: 12 });
    expect(twice.draft).toEqual({ ...plain, name: '我的', heightM: 12 });
    expect(lateFields(twice)).toEqual([
      { key: 'name', isTyped: true },
      { key: 'heightM', isTyped: false },
    ]);
  });
});

describe('a form that stays open', () => {
  test('begins again on what was saved', () => {
    const mine = typing(plain, { name: '我的' });
    const saved = { ...plain, name: '我的' };
    expect(followedOnFresh(mine, saved)).toEqual(typedOn(saved));
    expect(followedOnFresh(typedOn(plain), saved)).toEqual(typedOn(saved));
  });

  test('keeps what is not saved yet when the row changes under it', () => {
    const mine = typing(plain, { name: '我的' });
    const after = followedOnFresh(mine, { ...plain, heightM: 12 });
    expect(after.draft).toEqual({ ...plain, name: '我的', heightM: 12 });
    expect(lateFields(after)).toEqual([{ key: 'heightM', isTyped: false }]);
  });
});

test('an amended batch row sends its own changes alone after somebody else amended it', () => {
  const row = aBatchRow(1, { heightM: 8, note: '', address: '甲路' });
  const first = amendableOf(row);
  const after = typedOnFresh(
    { ...typedOn(first), draft: { ...first, note: '补充照片' } },
    amendableOf({ ...row, address: '乙路' }),
  );
  expect(amendmentOf({ ...row, address: '乙路' }, after.draft)).toEqual({ note: '补充照片' });
  expect(lateFields(after)).toEqual([{ key: 'address', isTyped: false }]);
});

test('the row as it is now is read out of a 412 under its name, and out of nothing else', () => {
  const refusal = { code: 'DEMAND_STALE', message: { zh: '', en: '' }, hint: { zh: '', en: '' } };
  const withRow = { ...refusal, demand: { id: 'd1', version: 4 } };
  expect(freshRow(new ApiError(412, withRow), 'demand')).toEqual({ id: 'd1', version: 4 });
  expect(freshRow(new ApiError(412, withRow), 'case')).toBeNull();
  expect(freshRow(new ApiError(409, withRow), 'demand')).toBeNull();
  expect(freshRow(new Error('offline'), 'demand')).toBeNull();
});

test('every field of the forms has its name in both languages', () => {
  const demand = Object.keys(emptyDraft('')) as (keyof DemandDraft)[];
  const relocation = Object.keys(emptyRelocation) as (keyof typeof emptyRelocation)[];
  for (const language of ['zh-CN', 'en'] as const) {
    const { demands, relocations } = messageFiles[language];
    for (const key of demand) expect(demands.field).toHaveProperty(demandFieldName(key));
    for (const key of relocation) expect(relocations.field).toHaveProperty(fieldNames[key] ?? key);
  }
});
