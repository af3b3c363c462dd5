// Accounts while they are typed, permissions as a matrix, records as a readable difference, what waits on the home page.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messages } from '../../client/format/messages/zh/people.ts';
import { lateFields, typedOn, typedOnFresh } from '../../client/parts/typed-on-fresh.ts';
import { auditChanges, namesSite, valueText } from '../../client/screens/audit/audit-changes.ts';
import * as auditAddress from '../../client/screens/audit/audit-query.ts';
import { recordPath, thingOnMapPath } from '../../client/screens/audit/record-path.ts';
import {
  accountWorry,
  partOfDay,
  plansInReview,
  reviewCounts,
} from '../../client/screens/home/home-tasks.ts';
import {
  accountChangesOf,
  accountDraftOf,
  emptyDraft,
  missingInAccount,
  newAccountOf,
} from '../../client/screens/people/account-draft.ts';
import { makePassword } from '../../client/screens/people/make-password.ts';
import * as peopleAddress from '../../client/screens/people/people-query.ts';
import { permissionGroups } from '../../client/screens/people/permission-groups.ts';
import { roles } from '../../client/screens/people/role-list.ts';
import { territoryText } from '../../client/screens/people/territory-text.ts';
import type { AccountJson } from '../../server/contract/people.ts';
import type { PlanJson } from '../../server/contract/plans.ts';
import { checkPerson } from '../../server/people/check-person.ts';
import { checkPassword } from '../../server/people/password-rules.ts';
import * as table from '../../server/permission/permission-table.ts';

const nowhere = { everywhere: false, districtCodes: [], townCodes: [] };
const account: AccountJson = {
  id: 'a-1',
  login: 'li',
  name: '李',
  role: 'district',
  organisation: '区科委',
  territory: { everywhere: false, districtCodes: ['990101'], townCodes: [] },
  hasPassword: true,
  oidcLinked: false,
  oidcLinkAllowed: false,
  mustChangePassword: false,
  isDemo: false,
  disabledAt: null,
  lockedUntil: null,
  createdAt: '2025-06-01T00:00:00Z',
  lastSeenAt: null,
  version: 3,
};

test('the page knows the roles of the table, and every role, object and action has a word', () => {
  expect(roles).toEqual(table.roles);
  expect(Object.keys(messages.role)).toEqual([...roles]);
  for (const permission of table.permissionWords) {
    const [object, action] = permission.split(':');
    expect(Object.keys(messages.object), permission).toContain(object);
    expect(Object.keys(messages.action), permission).toContain(action);
  }
});

test('an account lacks what the service would refuse it for', () => {
  const draft = fc.record({
    role: fc.constantFrom(...roles),
    organisation: fc.constantFrom('', ' ', '某公司'),
    territory: fc.record({
      everywhere: fc.boolean(),
      districtCodes: fc.constantFrom<string[]>([], ['990101']),
      townCodes: fc.constantFrom<string[]>([], ['990101001']),
    }),
  });
  fc.assert(
    fc.property(draft, (person) => {
      const missing = missingInAccount({ ...emptyDraft, login: 'li', name: '李', ...person });
      expect(missing.length === 0).toBe(isFit(person));
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(missingInAccount(emptyDraft)).toEqual(['login', 'name']);
});

function isFit(person: Parameters<typeof checkPerson>[0]): boolean {
  try {
    checkPerson(person);
    return true;
  } catch {
    return false;
  }
}

test('only what was touched is sent, and an untouched account sends nothing', () => {
  const draft = accountDraftOf(account);
  expect(accountChangesOf(account, draft)).toEqual({});
  expect(accountChangesOf(account, { ...draft, name: ' 李审 ', role: 'city' })).toEqual({
    name: '李审',
    role: 'city',
  });
  const everywhere = { ...draft, territory: { ...draft.territory, everywhere: true } };
  expect(accountChangesOf(account, everywhere)).toEqual({
    territory: { everywhere: true, districtCodes: [], townCodes: [] },
  });
  expect(newAccountOf({ ...emptyDraft, login: ' li ', name: '李' })).toMatchObject({
    login: 'li',
    password: null,
  });
});

test('a change that came too late keeps what was typed and follows the rest of the fresh row', () => {
  const fresh = { ...account, version: 4, organisation: '区数据局', role: 'city' as const };
  const typed = { ...accountDraftOf(account), name: '李审', role: 'town' as const };
  const after = typedOnFresh({ ...typedOn(accountDraftOf(account)), draft: typed }, accountDraftOf(fresh));
  expect(lateFields(after)).toEqual([
    { key: 'role', isTyped: true },
    { key: 'organisation', isTyped: false },
  ]);
  expect(after.draft).toMatchObject({ name: '李审', role: 'town', organisation: '区数据局' });
  expect(accountChangesOf(fresh, after.draft)).toEqual({ name: '李审', role: 'town' });
});

test('the filters of the accounts survive their address, and nonsense in it is left out', () => {
  const { readPeopleView, writePeopleView, plainView, changedView, pageQueryOf, isFiltered } = peopleAddress;
  const view = {
    ...plainView,
    q: '李',
    state: 'locked' as const,
    role: 'town' as const,
    district: '990101',
    door: 'none' as const,
    seen: 'idle90' as const,
    sort: 'lastSeenAt' as const,
    order: 'desc' as const,
    page: 3,
    pageSize: 200,
    account: 'a-1',
  };
  expect(readPeopleView(writePeopleView(view))).toEqual(view);
  expect(writePeopleView(plainView).toString()).toBe('');
  const nonsense = 'state=asleep&role=king&district=%27&door=window&seen=x&sort=hash&order=up&page=-1&rows=7';
  expect(readPeopleView(new URLSearchParams(nonsense))).toEqual(plainView);
  expect(changedView(view, { account: null }).page).toBe(3);
  expect(changedView(view, { role: null }).page).toBe(1);
  expect([isFiltered(plainView), isFiltered({ ...plainView, state: 'active' })]).toEqual([false, true]);
  expect(pageQueryOf({ ...plainView, q: ' ' })).toEqual({
    sort: 'login',
    order: 'asc',
    page: 1,
    pageSize: 100,
  });
});

test('a made password is one the service takes, and no two are alike', () => {
  const made = Array.from({ length: 300 }, () => makePassword());
  for (const password of made) expect(() => checkPassword(password, account)).not.toThrow();
  expect(new Set(made).size).toBe(300);
  expect(makePassword(() => 0)).toMatch(/^.{5}-.{5}-.{4}$/);
});

test('permissions stand under their object, in the order of the table', () => {
  const groups = permissionGroups(
    table.permissionWords.map((permission) => ({ permission, scopes: table.permissionTable[permission] })),
  );
  expect(
    groups.flatMap(({ object, rows }) => rows.map(({ action }) => `${object}:${action}`)).sort(),
  ).toEqual([...table.permissionWords].sort());
  expect(new Set(groups.map(({ object }) => object)).size).toBe(groups.length);
});

test('a territory is one line', () => {
  const words = {
    everywhere: '全部',
    none: '无',
    separator: '、',
    nameOf: (code: string) => `街${code}`,
    more: (names: string, count: number) => `${names}等${count}处`,
  };
  expect(territoryText({ ...nowhere, everywhere: true, districtCodes: ['1'] }, words)).toBe('全部');
  expect(territoryText(nowhere, words)).toBe('无');
  expect(territoryText({ ...nowhere, districtCodes: ['1'], townCodes: ['2'] }, words)).toBe('街1、街2');
  expect(territoryText({ ...nowhere, townCodes: ['1', '2', '3', '4'] }, words)).toBe('街1、街2、街3等4处');
});

test('a record shows the fields that differ, and no line for what is empty on both sides', () => {
  expect(auditChanges({ name: '甲', role: 'town' }, { name: '乙', role: 'town' })).toEqual([
    { field: 'name', before: '甲', after: '乙' },
  ]);
  expect(auditChanges(null, { id: '1', note: null, codes: [], on: false })).toEqual([
    { field: 'id', before: undefined, after: '1' },
    { field: 'on', before: undefined, after: false },
  ]);
  expect(auditChanges({ name: '甲' }, null)).toEqual([{ field: 'name', before: '甲', after: undefined }]);
  expect(auditChanges(null, { request: { areaIds: ['a'], rules: { deep: 1 } } })).toEqual([
    { field: 'request.areaIds', before: undefined, after: ['a'] },
    { field: 'request.rules', before: undefined, after: { deep: 1 } },
  ]);
  expect([auditChanges(null, null), auditChanges(null, 7)]).toEqual([
    [],
    [{ field: 'value', before: undefined, after: 7 }],
  ]);
  expect(namesSite({ after: { siteIds: ['s1', 's2'] } }, 's2')).toBe(true);
  expect(namesSite({ after: null }, 's2')).toBe(false);
});

test('a value is a line people can read', () => {
  const words = {
    yes: '是',
    no: '否',
    none: '空',
    separator: '、',
    more: (count: number) => `…等 ${count} 项`,
  };
  const read = (value: unknown) => valueText(value, words);
  expect([true, false, null, [], 3, 'x'].map(read)).toEqual(['是', '否', '空', '空', '3', 'x']);
  expect(read(['a', 'b', 'c', 'd', 'e'])).toBe('a、b、c、d…等 5 项');
  expect(read({ a: 'x'.repeat(500) })).toHaveLength(201);
});

test('the filters of the audit page survive its address, and nonsense in it is left out', () => {
  const { readAuditView, writeAuditView, plainView, changedView } = auditAddress;
  const view = {
    ...plainView,
    q: '例行',
    object: 'plan',
    objectId: 'p 1',
    person: '李',
    role: 'town',
    from: '2025-06-01',
    to: '2025-06-03',
    order: 'asc' as const,
    page: 2,
    pageSize: 500,
    record: 12,
  };
  expect(readAuditView(writeAuditView(view))).toEqual(view);
  expect(writeAuditView(plainView).toString()).toBe('');
  const nonsense = new URLSearchParams({
    object: 'x'.repeat(101),
    role: 'king',
    from: 'soon',
    to: '2025-13-40',
    page: '-1',
    record: 'first',
  });
  expect(readAuditView(nonsense)).toEqual(plainView);
  expect([changedView(view, { record: null }).page, changedView(view, { q: '' }).page]).toEqual([2, 1]);
});

test('the last day of the filter counts whole', () => {
  const { from, to } = auditAddress.exportQueryOf({
    ...auditAddress.plainView,
    from: '2025-06-03',
    to: '2025-06-03',
  });
  expect(Date.parse(to!) - Date.parse(from!)).toBe(86_400_000);
});

test('a record leads to the page of its thing, to what it hangs on, and to its place', () => {
  const thing = { name: 'x', pageId: 'id 1', siteId: null, position: [121.5, 31.2] };
  const path = (object: string) => recordPath(object, 'own', thing)?.path;
  expect([path('resource-contact'), path('claim'), path('photo'), path('batch-row')]).toEqual([
    '/library?resource=id%201',
    '/claims?claim=id%201',
    '/cases/id%201',
    '/batches/id%201',
  ]);
  expect(path('relocation-site')).toBe('/relocations/id%201');
  expect(path('problem-attachment')).toBe('/problems/id%201');
  // an account has its page whether or not the reader of the trail may see it: the page asks
  expect(recordPath('account', 'a-1', null)).toEqual({
    path: '/people?account=a-1',
    permission: 'account:read',
  });
  expect([recordPath('plan', 'gone', null), recordPath('token', 't', thing)]).toEqual([null, null]);
  expect(thingOnMapPath(thing)).toBe('/?map=17/31.20000/121.50000');
  expect(thingOnMapPath({ ...thing, siteId: 's 1' })).toBe('/?site=s+1&map=17/31.20000/121.50000');
  expect(thingOnMapPath({ ...thing, position: null })).toBeNull();
});

const aPlan = (id: string, change: Partial<PlanJson>) =>
  ({ id, state: 'done', basedOnPlanId: null, createdAt: '2025-06-01', ...change }) as PlanJson;

test('older versions of a plan wait for nobody, and a running new version does not hide them', () => {
  const plans = [
    aPlan('old', {}),
    aPlan('new', { basedOnPlanId: 'old', createdAt: '2025-06-02' }),
    aPlan('other', { createdAt: '2025-06-03' }),
    aPlan('next', { basedOnPlanId: 'other', state: 'running', createdAt: '2025-06-04' }),
  ];
  expect(plansInReview(plans).map(({ id }) => id)).toEqual(['other', 'new']);
});

test('rows are counted by their latest judgement, existing sites not at all', () => {
  const row = (decision: string | null, status = 'new') =>
    ({ status, review: decision === null ? null : { decision } }) as Parameters<
      typeof reviewCounts
    >[0][number];
  const rows = [row(null), row(null), row('同意'), row('退回'), row('不同意'), row(null, 'existing')];
  expect(reviewCounts(rows)).toEqual({ total: 5, left: 2, returned: 1, refused: 1 });
});

test('an account is worth a look for its first reason, unless it is off', () => {
  expect(accountWorry(account)).toBeNull();
  expect(accountWorry({ ...account, hasPassword: false })).toBe('noDoor');
  expect(accountWorry({ ...account, hasPassword: false, oidcLinkAllowed: true })).toBeNull();
  expect(accountWorry({ ...account, mustChangePassword: true, isDemo: true })).toBe('mustChange');
  expect(accountWorry({ ...account, isDemo: true })).toBe('demo');
  expect(accountWorry({ ...account, isDemo: true, disabledAt: '2025-06-01T00:00:00Z' })).toBeNull();
});

test('the day has its parts', () => {
  expect([4, 5, 11, 13, 18].map(partOfDay)).toEqual(['evening', 'morning', 'noon', 'afternoon', 'evening']);
});
