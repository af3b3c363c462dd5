// The library as plain functions: its address, what a person may do with a row, drafts, pasted positions.
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { messageFiles } from '../../client/format/i18n.ts';
import { pageSizes } from '../../client/parts/page-sizes.ts';
import { shownColumns } from '../../client/parts/shown-columns.ts';
import {
  changedDirectories,
  directoriesQueryOf,
  isDirectoriesFiltered,
  readDirectoriesView,
  writeDirectoriesView,
} from '../../client/screens/directory/directories-query.ts';
import {
  changedDirectory,
  type DirectoryView,
  isDirectoryFiltered,
  noRowFilters,
  plainDirectory,
  readDirectoryView,
  rowChanges,
  rowCountQueryOf,
  rowPageQueryOf,
  rowSorts,
  writeDirectoryView,
} from '../../client/screens/directory/directory-query.ts';
import { columnKeys, usualColumns } from '../../client/screens/library/column-choice.ts';
import {
  changedView,
  exportQueryOf,
  isFiltered,
  type LibraryView,
  pageQueryOf,
  plainView,
  readLibraryView,
  resourceSorts,
  writeLibraryView,
} from '../../client/screens/library/library-query.ts';
import { readPosition } from '../../client/screens/library/read-position.ts';
import {
  type ActedResource,
  bulkTargets,
  offeredMoves,
  offeredWork,
} from '../../client/screens/library/resource-acts.ts';
import {
  draftOf,
  emptyResourceDraft,
  newResourceOf,
  resourceChangesOf,
} from '../../client/screens/library/resource-draft.ts';
import {
  fieldGroups,
  fieldKinds,
  fieldOfColumn,
  resourceFields,
} from '../../client/screens/library/resource-fields.ts';
import { heightsOf } from '../../client/screens/library/resource-form.tsx';
import { resourceOnMapPath } from '../../client/screens/library/resource-on-map-path.ts';
import { readAddress } from '../../client/state/address-bar.ts';
import { focusStore } from '../../client/state/focus.ts';
import { isPlacing, placeAt, placingStore, startPlacing, stopPlacing } from '../../client/state/placing.ts';
import { readTableSettings } from '../../client/state/table-settings.ts';
import { viewStore } from '../../client/state/view.ts';
import {
  constraintFlags,
  fibreStates,
  freeStatuses,
  libraryTypes,
  locationQualities,
  resourceStates,
  structureChecks,
} from '../../engine/index.ts';
import { directoryQuerySchema, directoryRowsQuerySchema } from '../../server/contract/directories.ts';
import type { MeJson } from '../../server/contract/people.ts';
import {
  newResourceSchema,
  type ResourceJson,
  resourceChangesSchema,
} from '../../server/contract/resources.ts';
import { permissionWords, type Role, scopeOf } from '../../server/permission/permission-table.ts';

const aResource: ResourceJson = {
  id: 'resource-1',
  code: '路灯杆-1',
  name: '人民路 1 号杆',
  address: '人民路 1 号',
  resourceType: '路灯杆/照明杆',
  districtCode: '990101',
  townCode: '990101001',
  committees: [],
  owner: '路灯所',
  ownerType: null,
  freeStatus: '必须免费',
  feeCnyPerYear: null,
  feeBasis: null,
  totalHeightM: 12,
  mountHeightsM: [8, 10],
  loadKg: null,
  slots: 2,
  powerMode: null,
  powerDistanceM: null,
  powerKva: null,
  powerPriceCnyPerKwh: null,
  fibre: null,
  ductDistanceM: null,
  roomRef: null,
  structureCheck: '未核',
  appearanceRequirement: null,
  existingSystems: null,
  constraintFlags: [],
  surveyDate: null,
  surveyor: null,
  validFrom: null,
  validTo: null,
  costCny: 60_000,
  buildMode: null,
  state: '待产权确认',
  position: [121.47371, 31.23041],
  originalPosition: [121.47371, 31.23041],
  datum: 'CGCS2000',
  locationQuality: '图上',
  ownerConfirmedAt: null,
  whitelisted: false,
  directoryNumber: null,
  siteId: 's&1',
  origin: 'entered',
  sourceFile: null,
  sourceRow: null,
  photos: 0,
  createdAt: '2026-03-01T00:00:00Z',
  updatedAt: '2026-03-01T00:00:00Z',
  version: 1,
};

type Person = Pick<MeJson, 'permissions' | 'organisation' | 'territory'>;

/** With the permissions of the real table. */
function person(role: Role, change: Partial<Person> = {}): Person {
  const permissions = Object.fromEntries(
    permissionWords.flatMap((word) => {
      const scope = scopeOf(word, role);
      return scope === undefined ? [] : [[word, scope] as const];
    }),
  );
  const territory = { everywhere: false, districtCodes: ['990101'], townCodes: [] };
  return { permissions, organisation: '', territory, ...change };
}
const words = (me: Person, change: Partial<ActedResource> = {}) =>
  offeredMoves(me, { ...aResource, ...change })
    .filter(({ missing }) => missing.length === 0)
    .map(({ word }) => word);

test('a view of the library comes back from its address', () => {
  const anyView: fc.Arbitrary<LibraryView> = fc.record({
    q: fc.string({ maxLength: 100 }),
    state: fc.constantFrom(null, ...resourceStates),
    resourceType: fc.constantFrom(null, ...libraryTypes.map(({ code }) => code)),
    districtCode: fc.constantFrom(null, '990101'),
    townCode: fc.constantFrom(null, '990101001'),
    whitelisted: fc.constantFrom(null, true, false),
    confirmed: fc.constantFrom(null, true, false),
    sort: fc.constantFrom(...resourceSorts),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    page: fc.integer({ min: 1, max: 200_000 }),
    pageSize: fc.constantFrom(...pageSizes),
    resourceId: fc.constantFrom(null, 'resource-1'),
    map: fc.constant(true),
    bbox: fc.constantFrom(null, '121.1,31.2,121.3,31.4'),
  });
  fc.assert(
    fc.property(anyView, (view) => {
      expect(readLibraryView(new URLSearchParams(writeLibraryView(view).toString()))).toEqual(view);
    }),
    { seed: 5, numRuns: 200 },
  );
  expect(writeLibraryView(plainView).toString()).toBe('');
});

test('nothing of a spoilt address is believed', () => {
  const params = new URLSearchParams('state=开着&type=飞艇&district=9901%27&page=-3&rows=7&sort=secret');
  expect(readLibraryView(params)).toEqual(plainView);
});

test('a view of a directory comes back from its address, and the service understands it', () => {
  const anyView: fc.Arbitrary<DirectoryView> = fc.record({
    q: fc.constantFrom(null, '人民路', 'a&b=c'),
    resourceType: fc.constantFrom(null, ...libraryTypes.map(({ code }) => code)),
    townCode: fc.constantFrom(null, '990101001'),
    owner: fc.constantFrom(null, '路灯所'),
    freeStatus: fc.constantFrom(null, ...freeStatuses),
    whitelisted: fc.constantFrom(null, 'true', 'false'),
    change: fc.constantFrom(null, ...rowChanges),
    sort: fc.constantFrom(...rowSorts),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    page: fc.integer({ min: 1, max: 200_000 }),
    pageSize: fc.constantFrom(...pageSizes),
    row: fc.constantFrom(null, 'resource-1'),
    map: fc.constant(true),
    bbox: fc.constantFrom(null, '121.1,31.2,121.3,31.4'),
  });
  fc.assert(
    fc.property(anyView, (view) => {
      expect(readDirectoryView(new URLSearchParams(writeDirectoryView(view).toString()))).toEqual(view);
      expect(Check(directoryRowsQuerySchema, rowPageQueryOf(view))).toBe(true);
      expect(rowCountQueryOf(view)).not.toHaveProperty('change');
      expect(isDirectoryFiltered({ ...view, ...noRowFilters })).toBe(false);
    }),
    { seed: 6, numRuns: 200 },
  );
  expect(writeDirectoryView(plainDirectory).toString()).toBe('');
  const spoilt =
    'resourceType=飞艇&change=gone&whitelisted=yes&page=0&rows=7&sort=secret&order=up&freeStatus=x';
  expect(readDirectoryView(new URLSearchParams(spoilt))).toEqual(plainDirectory);
  const third = { ...plainDirectory, page: 3 };
  expect(changedDirectory(third, { row: 'resource-1' }).page).toBe(3);
  expect(changedDirectory(third, { change: 'removed' }).page).toBe(1);
});

test('the list of directories comes back from its address, newest first where nothing is said', () => {
  const address =
    'q=首批&districtCode=990101&from=2026-03-01&to=2026-04-30&sort=number&order=asc&page=2&rows=200';
  const view = readDirectoriesView(new URLSearchParams(address));
  expect(readDirectoriesView(writeDirectoriesView(view))).toEqual(view);
  expect(Check(directoryQuerySchema, directoriesQueryOf(view))).toBe(true);
  expect(directoriesQueryOf(view)).toMatchObject({ q: '首批', from: '2026-03-01', page: 2, pageSize: 200 });
  expect(changedDirectories(view, { to: null }).page).toBe(1);
  const plain = readDirectoriesView(
    new URLSearchParams('from=gestern&districtCode=9901%27&sort=secret&rows=7&page=10001'),
  );
  expect(writeDirectoriesView(plain).toString()).toBe('');
  expect(isDirectoriesFiltered(plain)).toBe(false);
  expect(directoriesQueryOf(plain)).toEqual({ sort: 'publishedAt', order: 'desc', page: 1, pageSize: 100 });
});

test('a filter begins at the first page, a page turned or a row opened keeps its place', () => {
  const third = { ...plainView, page: 3 };
  expect(changedView(third, { q: '人民路' }).page).toBe(1);
  expect(changedView(third, { resourceId: 'resource-1' }).page).toBe(3);
  expect(changedView(third, { page: 4 }).page).toBe(4);
  expect(changedView(third, { map: true }).page).toBe(3);
  expect(changedView(third, { bbox: '121.1,31.2,121.3,31.4' }).page).toBe(1);
});

test('the service is asked for what is set and nothing else; a file takes all pages', () => {
  const view: LibraryView = { ...plainView, q: ' 杆 ', state: '待定位', whitelisted: false, page: 2 };
  expect(exportQueryOf(view)).toEqual({
    q: '杆',
    state: '待定位',
    whitelisted: 'false',
    sort: 'code',
    order: 'asc',
  });
  expect(pageQueryOf(view)).toMatchObject({ page: 2, pageSize: 200 });
  expect([isFiltered(plainView), isFiltered(view)]).toEqual([false, true]);
});

test('a district opens only what its owner or the whitelist lets it, and sees what is missing', () => {
  const district = person('district');
  expect(words(district)).toEqual(['withdraw']);
  expect(offeredMoves(district, aResource).find(({ word }) => word === 'open')).toMatchObject({
    to: '已开放',
    missing: ['consent'],
  });
  expect(words(district, { ownerConfirmedAt: '2026-03-01T00:00:00Z' })).toEqual(['open', 'withdraw']);
  expect(words(district, { whitelisted: true })).toEqual(['open', 'withdraw']);
  expect(words(district, { districtCode: '990102' })).toEqual([]);
});

test('closing asks for a reason, opening does not', () => {
  const moves = offeredMoves(person('district'), { ...aResource, state: '已开放', whitelisted: true });
  expect(moves.map(({ word, reasonNeeded }) => [word, reasonNeeded])).toEqual([
    ['suspend', true],
    ['withdraw', true],
  ]);
  expect(words(person('district'), { state: '暂停', whitelisted: true })).toEqual(['reopen', 'withdraw']);
  expect(words(person('district'), { state: '退出', whitelisted: true })).toEqual([]);
});

test('an owner confirms and withdraws what is theirs alone', () => {
  const owner = person('owner', { organisation: '路灯所' });
  expect(offeredWork(owner, aResource)).toMatchObject({ edit: true, confirm: true, contacts: 'change' });
  expect(words(owner)).toEqual(['sendBack', 'withdraw']);
  const other = person('owner', { organisation: '公交公司' });
  expect(offeredWork(other, aResource)).toEqual({
    edit: false,
    locate: false,
    confirm: false,
    whitelist: false,
    contacts: 'none',
  });
  expect(words(other)).toEqual([]);
});

test('nobody without an organisation owns what has no owner', () => {
  expect(offeredWork(person('owner'), { ...aResource, owner: '' }).edit).toBe(false);
});

test('many at once go only where this person moves anything', () => {
  const targets = (role: Role) => bulkTargets(person(role)).map(({ to }) => to);
  expect(targets('district')).toEqual(['已开放', '暂停', '退出']);
  expect(targets('planner')).toEqual(['待定位', '待产权确认']);
  expect(targets('operator')).toEqual([]);
});

test('the form holds every field the service takes, each once', () => {
  const grouped = fieldGroups.flatMap(({ fields }) => [...fields]);
  expect([...grouped].sort()).toEqual([...resourceFields].sort());
  expect([...grouped].sort()).toEqual(Object.keys(resourceChangesSchema.properties).sort());
});

test('only what was touched is sent', () => {
  const draft = { ...draftOf(aResource), name: '人民路 2 号杆', mountHeightsM: [9] };
  expect(resourceChangesOf(aResource, draft)).toEqual({ name: '人民路 2 号杆', mountHeightsM: [9] });
  expect(resourceChangesOf(aResource, draftOf(aResource))).toEqual({});
});

test.each([
  ['121.4737, 31.2304', [121.4737, 31.2304], false],
  ['121.4737 31.2304', [121.4737, 31.2304], false],
  ['121.4737，31.2304', [121.4737, 31.2304], false],
  ['31.2304\t121.4737', [121.4737, 31.2304], true],
  ['E121.4737° N31.2304°', [121.4737, 31.2304], false],
  ['-0.5, 51.5', [-0.5, 51.5], false],
] as const)('%s is a position', (text, position, swapped) => {
  expect(readPosition(text)).toEqual({ position, swapped });
});

test.each(['', '121.4737', '0, 0', '121, 95', '人民路 1 号', '1 2 3', '121°28′ 31°13′25″'])(
  '%s is no position',
  (text) => {
    expect(readPosition(text)).toBeNull();
  },
);

test('heights are numbers above the ground, each once, from low to high', () => {
  expect(heightsOf(['10', '8.5', '10', '-1', '九米'])).toEqual([8.5, 10]);
  expect(heightsOf(['0'])).toBeNull();
});

test('the columns somebody chose keep the order of the table and the code', () => {
  const columns = columnKeys.map((key) => ({
    key,
    fixed: key === 'code',
    optional: !usualColumns.includes(key),
  }));
  const shown = (chosen: readonly string[] | null) => shownColumns(columns, chosen).map(({ key }) => key);
  expect(shown(['owner', 'name', 'nonsense'])).toEqual(['code', 'name', 'owner']);
  expect(shown(null)).toEqual(usualColumns);
  expect(shown([])).toEqual(usualColumns);
  expect(shown(columnKeys)).toEqual(columnKeys);
});

test('what a browser kept of a table is believed as far as it is columns and views', () => {
  const views = [{ name: '我的', query: 'state=已开放' }];
  const kept = { columns: ['code', 'owner'], views };
  expect(readTableSettings(JSON.stringify(kept))).toEqual(kept);
  expect(readTableSettings(JSON.stringify({ columns: 'code', views: [...views, { name: 1 }] }))).toEqual({
    columns: null,
    views,
  });
  for (const nothing of [null, 'null', '{', '7'])
    expect(readTableSettings(nothing)).toEqual({ columns: null, views: [] });
});

test('the map understands where a resource stands', () => {
  readAddress(resourceOnMapPath(aResource)!.slice(1));
  expect(focusStore.get().siteId).toBe('s&1');
  expect(viewStore.get()).toMatchObject({ centre: [121.47371, 31.23041], zoom: 17 });
  expect(resourceOnMapPath({ siteId: null, position: null })).toBeNull();
});

test('records name columns, the library names fields', () => {
  expect(['total_height_m', 'fee_cny_per_year', 'state'].map(fieldOfColumn)).toEqual([
    'totalHeightM',
    'feeCnyPerYear',
    'state',
  ]);
});

test('every state, field and closed list has its words', () => {
  const { library } = messageFiles['zh-CN'] as { library: Record<string, Record<string, unknown>> };
  expect(Object.keys(library.state!)).toEqual([...resourceStates]);
  const fields = Object.keys(library.field!);
  for (const field of [...Object.keys(fieldKinds), ...columnKeys]) expect(fields).toContain(field);
  const lists = { fibre: fibreStates, structureCheck: structureChecks, locationQuality: locationQualities };
  for (const [list, values] of Object.entries({ ...lists, constraintFlags }))
    expect(Object.keys(library.word![list] as object)).toEqual([...values]);
});

test('a new resource takes along what was filled in and nothing else', () => {
  expect(newResourceOf(emptyResourceDraft(''))).toEqual({});
  const draft = {
    ...emptyResourceDraft('城投物业'),
    code: 'WD-1',
    slots: 2,
    structureCheck: '可用' as const,
  };
  expect(newResourceOf(draft)).toEqual({ owner: '城投物业', code: 'WD-1', slots: 2, structureCheck: '可用' });
  expect(Check(newResourceSchema, emptyResourceDraft(''))).toBe(false);
  expect(Check(newResourceSchema, newResourceOf(draft))).toBe(true);
});

test('while something waits for its place a click on the map is that place, and afterwards none', () => {
  placeAt([121.47, 31.23]);
  expect(placingStore.get().position).toBe(null);
  focusStore.set({ siteId: 'somebody' });
  startPlacing({ id: 'r', version: 3, name: '门牌', address: '', queueCode: null, returnPath: '/library' });
  expect([isPlacing(), focusStore.get().siteId]).toEqual([true, null]);
  placeAt([121.473_700_019, 31.230_400_04]);
  expect(placingStore.get().position).toEqual([121.4737, 31.2304]);
  stopPlacing();
  expect(placingStore.get()).toEqual({ target: null, position: null });
});
