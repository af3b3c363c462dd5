// Opening directories: what is open, frozen with a number and a date; the difference to the one before; never a contact, never a change.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  DirectoryCountsJson,
  DirectoryDetailJson,
  DirectoryJson,
  DirectoryPreviewJson,
  ListedRowJson,
} from '../../../server/contract/directories.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { demandExportSize, MOST_EXPORTED_ROWS } from '../../../server/routes/directory-parts.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { openTestStores } from '../../support/stores.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, OWN_TOWN, tryOut } from '../permission/two-districts.ts';
import { FOREIGN, makeResource, ORGANISATION, OWN, openLibrary, peopleOf } from './a-library.ts';

const aKey = () => ({ 'idempotency-key': randomUUID() });

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const year = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).slice(0, 4);

for (const { store } of stores) {
  describe(`directories on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Role, Browser>;
    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store);
      people = await peopleOf(app);
    });
    afterAll(() => app.app.close());

    const preview = async () =>
      (
        await people.district.ask('GET', `/api/directories/preview?districtCode=${OWN}`)
      ).json<DirectoryPreviewJson>();
    const publish = (body: object = {}) =>
      people.district.ask('POST', '/api/directories', { districtCode: OWN, ...body }, aKey());
    const opened = async (
      { id }: DirectoryJson,
      filters = '',
      who: Role = 'city',
    ): Promise<DirectoryDetailJson> => {
      const reply = await people[who].ask('GET', `/api/directories/${id}${filters}`);
      expect([filters, reply.statusCode]).toEqual([filters, 200]);
      return reply.json<DirectoryDetailJson>();
    };
    let first: DirectoryJson;
    let second: DirectoryJson;

    test('nothing is published where nothing is open, and not by everybody', async () => {
      expect(codeOf(await publish())).toBe('DIRECTORY_EMPTY');
      for (const role of ['planner', 'tower', 'operator', 'owner', 'town', 'admin'] as const)
        expect((await people[role].ask('POST', '/api/directories', { districtCode: OWN })).statusCode).toBe(
          403,
        );
      const foreign = await people.district.ask(
        'POST',
        '/api/directories',
        { districtCode: FOREIGN },
        aKey(),
      );
      expect([foreign.statusCode, codeOf(foreign)]).toEqual([404, 'DISTRICT_UNKNOWN']);
      const beside = scopedStore(store, aPrincipal('district'), context);
      const forged = await tryOut(beside, "insert into directories (id, district_code) values ('x', $1)", [
        FOREIGN,
      ]);
      expect(forged.refused).toBe('STORE_DENIED');
    });

    test('the first one holds what is open, with a number and its publisher', async () => {
      for (const id of ['a', 'b', 'c']) await makeResource(store, { id, state: '已开放', confirmed: true });
      await makeResource(store, { id: 'full', state: '满载', whitelisted: true });
      await makeResource(store, { id: 'closed', state: '暂停', confirmed: true });
      await makeResource(store, { id: 'foreign', state: '已开放', confirmed: true, district: FOREIGN });
      await store.query(
        "insert into resource_contacts (id, resource_id, name, phone, place) values ('c', 'a', 'CONTACT', '13800000000', 0)",
        [],
      );
      expect(await preview()).toMatchObject({
        rows: 4,
        diff: { against: null, added: 4, removed: 0, changed: 0 },
      });
      expect(codeOf(await publish({ expectedRows: 3 }))).toBe('DIRECTORY_CHANGED');
      const reply = await publish({ expectedRows: 4, note: ' 第一批 ' });
      first = reply.json<DirectoryJson>();
      expect([reply.statusCode, first]).toMatchObject([
        201,
        {
          number: `${OWN}-${year}-01`,
          districtCode: OWN,
          publisher: '某人 district',
          note: '第一批',
          rows: 4,
        },
      ]);
      const detail = (
        await people.town.ask('GET', `/api/directories/${first.id}`)
      ).json<DirectoryDetailJson>();
      expect(detail.rows.map(({ resourceId }) => resourceId)).toEqual(['a', 'b', 'c', 'full']);
      const one = (await people.planner.ask('GET', '/api/resources/a')).json<{ directoryNumber: string }>();
      expect(one.directoryNumber).toBe(first.number);
    });

    test('the next one tells what came, what went and what is different', async () => {
      await store.query("update resources set state = '暂停' where id = 'b'", []);
      await store.query("update resources set fee_cny_per_year = 500, name = '改名' where id = 'c'", []);
      await makeResource(store, { id: 'd', state: '已开放', confirmed: true });
      const diff = {
        against: first.number,
        added: 1,
        removed: 1,
        changed: 1,
        unchanged: 2,
        rows: [
          { resourceId: 'b', code: 'code b', name: '名称 b', change: 'removed', fields: [] },
          {
            resourceId: 'c',
            code: 'code c',
            name: '改名',
            change: 'changed',
            fields: [
              { field: 'feeCnyPerYear', before: null, after: 500 },
              { field: 'name', before: '名称 c', after: '改名' },
            ],
          },
          { resourceId: 'd', code: 'code d', name: '名称 d', change: 'added', fields: [] },
        ],
      };
      expect((await preview()).diff).toEqual(diff);
      second = (await publish()).json<DirectoryJson>();
      expect(second.number).toBe(`${OWN}-${year}-02`);
      const told = async (filters: string) =>
        (await opened(second, filters)).rows.map(({ resourceId, change, fields }) => [
          resourceId,
          change,
          fields.map(({ field }) => field),
        ]);
      const all = [
        ['a', 'unchanged', []],
        ['c', 'changed', ['feeCnyPerYear', 'name']],
        ['d', 'added', []],
        ['full', 'unchanged', []],
      ];
      expect(await told('')).toEqual(all);
      expect((await opened(second)).against).toEqual({ id: first.id, number: first.number });
      for (const change of ['added', 'changed', 'unchanged'])
        expect(await told(`?change=${change}`)).toEqual(all.filter(([, of]) => of === change));
      expect(await told('?change=removed')).toEqual([['b', 'removed', []]]);
      expect((await opened(first)).against).toBe(null);
      expect((await opened(first)).rows.map(({ change }) => change)).toEqual(Array(4).fill('added'));
      const row = async (id: string) =>
        (await people.city.ask('GET', `/api/directories/${second.id}/rows/${id}`)).json<ListedRowJson>();
      expect(await row('c')).toMatchObject({ name: '改名', change: 'changed', fields: diff.rows[1]!.fields });
      expect(await row('b')).toMatchObject({ name: '名称 b', change: 'removed', inLibrary: true });
      expect(codeOf(await people.city.ask('GET', `/api/directories/${second.id}/rows/foreign`))).toBe(
        'RESOURCE_UNKNOWN',
      );
      const list = (await people.planner.ask('GET', '/api/directories')).json<{
        directories: DirectoryJson[];
        total: number;
      }>();
      expect([list.total, list.directories.map(({ number }) => number)]).toEqual([
        2,
        [second.number, first.number],
      ]);
    });

    test('a published one stays as it was, whatever becomes of the library and whoever tries', async () => {
      const rowsNow = async () =>
        (await people.admin.ask('GET', `/api/directories/${first.id}`)).json<DirectoryDetailJson>().rows;
      const before = await rowsNow();
      await store.query("update resources set name = 'later', state = '暂停' where id = 'a'", []);
      expect(await rowsNow()).toEqual(before);
      for (const sql of [
        "update directories set note = 'x'",
        'delete from directories',
        'truncate directories cascade',
        "update directory_rows set snapshot = '{}'",
        'delete from directory_rows',
        'truncate directory_rows',
        `insert into directory_rows (directory_id, resource_id, lon, lat, snapshot) values ('${first.id}', 'later', 0, 0, '{}')`,
      ])
        expect([sql, (await tryOut(store, sql, [])).refused]).toEqual([sql, 'STORE_FORBIDDEN']);
      const { rows } = await store.query(
        "select action from audit_records where object = 'directory' and object_id = $1",
        [first.id],
      );
      expect(rows).toEqual([{ action: 'create' }]);
    });

    test('other districts do not see it, and masked roles see places to 0.001 degrees', async () => {
      const elsewhere = scopedStore(
        store,
        aPrincipal('planner', { territory: { everywhere: false, districtCodes: [FOREIGN], townCodes: [] } }),
        context,
      );
      expect((await tryOut(elsewhere, 'select id from directories')).rowCount).toBe(0);
      expect((await tryOut(elsewhere, 'select resource_id from directory_rows')).rowCount).toBe(0);
      const masked = await people.operator.ask('GET', `/api/directories/${first.id}`);
      expect(masked.json<DirectoryDetailJson>().rows[0]!.position).toEqual([121.03, 31.051]);
      expect(masked.body).not.toMatch(/\.\d{4,}(?!Z)/);
    });

    test('it is taken along as workbook and GeoJSON, without contacts', async () => {
      const workbook = await people.planner.ask('GET', `/api/directories/${second.id}/export.xlsx`);
      const parsed = parseImport(workbook.rawPayload, {
        kind: 'resources',
        fileName: 'd.xlsx',
        datum: 'CGCS2000',
      });
      expect([parsed.records.rows.length, parsed.issues]).toEqual([4, []]);
      const geojson = await people.planner.ask('GET', `/api/directories/${second.id}/export.geojson`);
      expect(geojson.json()).toMatchObject({
        number: second.number,
        features: [{ id: 'a' }, { id: 'c' }, { id: 'd' }, { id: 'full' }],
      });
      expect(`${JSON.stringify(parsed.records)}${geojson.body}`).not.toMatch(/CONTACT|13800000000/);
      const { rows } = await store.query(
        "select count(*) as n from audit_records where object = 'directory' and action = 'export'",
        [],
      );
      expect(rows).toEqual([{ n: 2 }]);
    });

    test('its rows are found by text, type, town, owner, price, whitelist and change, in the order that was asked for', async () => {
      await store.query("update resources set state = '已开放' where state = '暂停' and id <> 'closed'", []);
      await store.query("update resources set state = '暂停' where id = 'd'", []);
      await store.query(
        `update resources set town_code = $1, owner = '乙单位', free_status = '商谈', total_height_m = 9,
           resource_type = '视频监控杆', name = 'Roof 乙' where id = 'd'`,
        [OWN_TOWN],
      );
      await store.query(
        "update resources set owner_confirmed_at = now(), state = '已开放' where id = 'd'",
        [],
      );
      await store.query("update resources set total_height_m = 30, whitelisted = true where id = 'c'", []);
      const third = (await publish()).json<DirectoryJson>();
      const found = async (filters: string) =>
        (await opened(third, filters)).rows.map(({ resourceId }) => resourceId);
      expect(await found('?sort=code&order=desc')).toEqual(['full', 'd', 'c', 'b', 'a']);
      for (const order of ['asc', 'desc'])
        expect((await found(`?sort=totalHeightM&order=${order}`)).slice(2)).toHaveLength(3);
      expect((await found('?sort=totalHeightM&order=asc')).slice(0, 2)).toEqual(['d', 'c']);
      expect((await found('?sort=totalHeightM&order=desc')).slice(0, 2)).toEqual(['c', 'd']);
      for (const [filter, ids] of [
        ['q=rOOf', ['d']],
        ['q=乙单位', ['d']],
        ['q=改名', ['c']],
        ['resourceType=视频监控杆,电线杆', ['d']],
        [`townCode=${OWN_TOWN}`, ['d']],
        ['owner=乙单位', ['d']],
        ['freeStatus=商谈', ['d']],
        ['whitelisted=true', ['c', 'full']],
        ['whitelisted=false&change=changed', ['a', 'd']],
        ['change=added', ['b']],
        ['q=nobody', []],
      ] as const)
        expect([filter, await found(`?${filter}`)]).toEqual([filter, ids]);
      const page = await opened(third, '?page=2&pageSize=2');
      expect([page.total, page.rows.map(({ resourceId }) => resourceId)]).toEqual([5, ['c', 'd']]);
      const counts = (
        await people.tower.ask('GET', `/api/directories/${third.id}/counts?whitelisted=false&change=added`)
      ).json<DirectoryCountsJson>();
      expect([counts.total, counts.owners]).toEqual([3, [ORGANISATION, '乙单位']]);
      expect(Object.fromEntries(counts.changes.map(({ change, count }) => [change, count]))).toEqual({
        added: 1,
        changed: 2,
      });
      const geojson = await people.planner.ask(
        'GET',
        `/api/directories/${third.id}/export.geojson?whitelisted=false&change=changed`,
      );
      const { features } = geojson.json<{ features: { id: string; properties: object }[] }>();
      expect(features.map(({ id }) => id)).toEqual(['a', 'd']);
      expect(features[0]!.properties).toMatchObject({ change: 'changed' });
      expect(features[0]!.properties).not.toHaveProperty('inLibrary');
      const workbook = await people.planner.ask(
        'GET',
        `/api/directories/${third.id}/export.xlsx?change=removed`,
      );
      expect(workbook.headers['content-disposition']).toContain(encodeURIComponent('筛选'));
    });

    test('the map shows each row where the list says, under the same filters, rounded for whom the list is rounded', async () => {
      for (let n = 0; n < 24; n += 1) {
        const id = await makeResource(store, {
          id: `m${String(n).padStart(2, '0')}`,
          state: '已开放',
          confirmed: true,
        });
        await store.query(
          'update resources set geom = ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490) where id = $1',
          [id, 121.02 + (n % 6) * 0.0021234567, 31.04 + Math.floor(n / 6) * 0.0034567],
        );
      }
      await store.query("update resources set state = '暂停' where id = 'b'", []);
      const fourth = (await publish()).json<DirectoryJson>();
      await store.query("update resources set state = '暂停' where id = 'm03'", []);
      await store.query(
        "update resources set geom = ST_SetSRID(ST_MakePoint(121.0204, 31.0404), 4490) where id = 'm00'",
        [],
      );
      const fifth = (await publish()).json<DirectoryJson>();
      const desk = ({ id }: DirectoryJson): MapDesk<ListedRowJson> => ({
        path: `/api/directories/${id}`,
        rows: 'rows',
        read: ({ resourceId, position, code, change }) => ({
          id: resourceId,
          places: [position],
          state: change,
          label: code,
        }),
        // counts look away from the filter of changes
        hasCounts: false,
      });
      const seen = await expectMapOfList(people.town, { ...desk(fourth), hasCounts: true });
      expect(seen).toHaveLength(28);
      expect(await expectMapOfList(people.town, desk(fourth), '&change=added')).toHaveLength(24);
      expect(await expectMapOfList(people.town, desk(fourth), '&change=removed')).toHaveLength(1);
      expect(await expectMapOfList(people.town, desk(fourth), '&q=m1')).toHaveLength(10);
      const rough = await expectMapOfList(people.operator, desk(fourth));
      expect(rough.flatMap(({ places }) => places.flat()).join()).not.toMatch(/\.\d{4}/);
      // forty metres away is a change for those who see it, and none for the others
      const changed = async (who: Role) =>
        (await opened(fifth, '?change=changed', who)).rows.map(({ resourceId, fields }) => [
          resourceId,
          fields,
        ]);
      expect(await changed('town')).toEqual([
        ['m00', [{ field: 'position', before: [121.02, 31.04], after: [121.0204, 31.0404] }]],
      ]);
      expect(await changed('operator')).toEqual([]);
      expect(await expectMapOfList(people.operator, desk(fifth), '&change=removed')).toHaveLength(1);
    });

    test('the list is found by text, district and days, and comes in the order that was asked for', async () => {
      const found = async (query: string) =>
        (await people.city.ask('GET', `/api/directories?${query}`)).json<{
          directories: DirectoryJson[];
          total: number;
        }>();
      const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });
      expect((await found('q=第一批')).directories.map(({ id }) => id)).toEqual([first.id]);
      expect((await found(`q=${second.number}`)).directories.map(({ id }) => id)).toEqual([second.id]);
      expect((await found(`districtCode=${FOREIGN}`)).total).toBe(0);
      expect((await found(`from=${today}&to=${today}`)).total).toBe(5);
      expect((await found('from=2026-02-31')).total).toBe(5);
      expect((await found('to=2020-01-01')).total).toBe(0);
      expect((await found('from=2099-01-01')).total).toBe(0);
      expect(
        (await found('sort=number&order=asc&pageSize=2')).directories.map(({ number }) => number),
      ).toEqual([first.number, second.number]);
    });
  });
}

test('a file of a directory holds all it was asked for, or is refused with its size', () => {
  expect(() => demandExportSize(MOST_EXPORTED_ROWS)).not.toThrow();
  expect(() => demandExportSize(MOST_EXPORTED_ROWS + 1)).toThrow(
    expect.objectContaining({ code: 'DIRECTORY_EXPORT_SIZE', values: { found: 200_001, limit: 200_000 } }),
  );
});
