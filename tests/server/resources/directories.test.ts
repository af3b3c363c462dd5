// Opening directories: what is open, frozen with a number and a date; the difference to the one before; never a contact, never a change.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  DirectoryDetailJson,
  DirectoryJson,
  DirectoryPreviewJson,
} from '../../../server/contract/directories.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { openTestStores } from '../../support/stores.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, tryOut } from '../permission/two-districts.ts';
import { FOREIGN, makeResource, OWN, openLibrary, peopleOf } from './a-library.ts';

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
      people.district.ask('POST', '/api/directories', { districtCode: OWN, ...body });
    let first: DirectoryJson;
    let second: DirectoryJson;

    test('nothing is published where nothing is open, and not by everybody', async () => {
      expect(codeOf(await publish())).toBe('DIRECTORY_EMPTY');
      for (const role of ['planner', 'tower', 'operator', 'owner', 'town', 'admin'] as const)
        expect((await people[role].ask('POST', '/api/directories', { districtCode: OWN })).statusCode).toBe(
          403,
        );
      const foreign = await people.district.ask('POST', '/api/directories', { districtCode: FOREIGN });
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
      const detail = (
        await people.city.ask('GET', `/api/directories/${second.id}`)
      ).json<DirectoryDetailJson>();
      expect(detail.diff).toEqual(diff);
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
  });
}
