// Forms on rows that others change meanwhile: what is typed is never lost, what others wrote is never undone, and people hear of it in both
// languages. The forms themselves are walked in tests/walk/hand-over-in-chromium.test.ts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../client/api/fetch-reply.ts';
import { freshRow } from '../../client/api/fresh-row.ts';
import { messageFiles } from '../../client/format/i18n.ts';
import { typedInText, typedText } from '../../client/parts/kept-typing.ts';
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
import {
  type ContactDraft,
  contactDraftOf,
  contactsOf,
  oneMoreContact,
} from '../../client/screens/library/contact-draft.ts';
import { emptyRelocation } from '../../client/screens/relocations/relocation-draft.ts';
import { fieldNames } from '../../client/screens/relocations/relocation-field-text.ts';
import { calendarDraftOf } from '../../client/screens/settings/calendar-days.ts';
import { ruleChangeOf, ruleDraftOf } from '../../client/screens/settings/rule-draft.ts';
import type { RuleJson } from '../../server/contract/rules.ts';
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

test('contacts that two people change meet person by person', () => {
  const contact = (name: string, phone = '') => ({ name, phone, duty: '', note: '' });
  const opened = contactDraftOf({ contacts: [contact('甲', '1'), contact('乙', '2'), contact('丙', '3')] });
  // mine: another number for 乙, 丙 away, 戊 new; theirs: 甲 away, another number for 乙 too, 丁 new
  const mine = { ...opened, 'of 乙': contact('乙', '22'), 'of 丙': null, ...oneMoreContact(opened) };
  const typed = { ...mine, 'new 1': contact('戊') };
  const fresh = contactDraftOf({ contacts: [contact('乙', '20'), contact('丙', '3'), contact('丁')] });
  const after = typedOnFresh({ ...typedOn<ContactDraft>(opened), draft: typed }, fresh);
  expect(contactsOf(after.draft)).toEqual([contact('乙', '22'), contact('丁'), contact('戊')]);
  expect(lateFields(after)).toEqual([
    { key: 'of 甲', isTyped: false },
    { key: 'of 乙', isTyped: true },
    { key: 'of 丁', isTyped: false },
  ]);
  // two of one name are two people
  expect(Object.keys(contactDraftOf({ contacts: [contact('甲'), contact('甲')] }))).toHaveLength(2);
});

test('a rule value keeps its origin until somebody gives it another number', () => {
  const rule: RuleJson = {
    name: 'claim.hold_working_days',
    value: 15,
    unit: 'working-days',
    lowest: 1,
    highest: 250,
    source: 'D',
    note: '',
    updatedAt: '2026-01-01T00:00:00Z',
    version: 1,
  };
  const typed = { ...ruleDraftOf(rule), note: '试行' };
  expect(ruleChangeOf(rule, typed)).toEqual({ value: 15, source: 'D', note: '试行' });
  expect(ruleChangeOf(rule, { ...typed, value: null })).toBeNull();
  const fresh = { ...rule, value: 20, source: '某文〔2026〕1号', version: 2 };
  const after = typedOnFresh({ ...typedOn(ruleDraftOf(rule)), draft: typed }, ruleDraftOf(fresh));
  expect(ruleChangeOf(fresh, after.draft)).toEqual({ value: 20, source: '某文〔2026〕1号', note: '试行' });
  expect(lateFields(after).map(({ key }) => key)).toEqual(['value', 'source']);
});

test('days somebody else set meanwhile are told among those asked for, and no others', () => {
  const day = (on: string, works: boolean) => ({ day: on, works, note: '' });
  const asked = ['2027-02-08', '2027-02-09'];
  const before = calendarDraftOf({ days: [day('2027-02-08', false)] }, asked);
  const now = calendarDraftOf({ days: [day('2027-02-09', true), day('2027-02-10', false)] }, asked);
  expect(changedKeys(before, now)).toEqual(asked);
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

test('what was typed comes back for the same version of the row, and only what fits the form', () => {
  const before = { note: '', heightM: 8, operators: ['甲'], profile: null as string | null };
  const now = { ...before, note: '已补', profile: 'n78' };
  const text = typedText(3, before, now);
  expect(typedInText(text, 3, before)).toEqual({ note: '已补', profile: 'n78' });
  expect(typedInText(text, 4, before)).toEqual({});
  expect(typedText(3, before, { ...before, operators: ['甲'] })).toBe('');
  for (const foreign of [null, '', 'x', '[]', '{"version":3}', '{"version":3,"typed":[1]}'])
    expect(typedInText(foreign, 3, before)).toEqual({});
  const bent = JSON.stringify({
    version: 3,
    typed: { heightM: 'tall', operators: '甲', toString: 1, note: 'x' },
  });
  expect(typedInText(bent, 3, before)).toEqual({ note: 'x' });
});
