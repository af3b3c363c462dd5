// The library as people use it: what they find, what stays hidden, whose change wins, what a file brings and what a file takes along.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportReportJson } from '../../../server/contract/imports.ts';
import type { ResourceJson, ResourcePageJson } from '../../../server/contract/resources.ts';
import { makeWorkbook } from '../../../server/export/make-workbook.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import { upload } from '../app-on-town.ts';
import { parseFixture } from '../import/read-fixture.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, places, positionOf, tryOut } from '../permission/two-districts.ts';
import {
  emptyLibrary,
  FOREIGN,
  makeResource,
  ORGANISATION,
  OWN,
  openLibrary,
  peopleOf,
} from './a-library.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const parseList = (text: string, fileName = 'list.csv') =>
  parseImport(Buffer.from(text), { kind: 'resources', fileName, datum: 'CGCS2000' });
const issuesOf = ({ issues }: ImportReportJson) => issues.map(({ code, row }) => `${code} ${row ?? 'file'}`);

for (const { store } of stores) {
  describe(`the library on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Role, Browser>;
    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store);
      people = await peopleOf(app);
    });
    afterAll(() => app.app.close());
    beforeEach(() => emptyLibrary(store));

    const idsFor = async (browser: Browser, query = '') => {
      const page = (await browser.ask('GET', `/api/resources?${query}`)).json<ResourcePageJson>();
      expect(page.total).toBe(page.resources.length);
      return page.resources.map(({ id }) => id);
    };
    const put = (browser: Browser, url: string, body: object, headers: Record<string, string> = {}) =>
      app.app.inject({
        method: 'PUT',
        url,
        headers: { host: '127.0.0.1', cookie: browser.cookie!, ...headers },
        payload: body,
      });

    test('people find what lies in their territory or belongs to them, and nothing else has an address', async () => {
      await makeResource(store, { id: 'here' });
      await makeResource(store, { id: 'theirs', owner: '乙单位', town: '310901001' });
      await makeResource(store, { id: 'there', district: FOREIGN });
      expect(await idsFor(people.planner)).toEqual(['here', 'theirs']);
      expect(await idsFor(people.town)).toEqual(['theirs']);
      expect(await idsFor(people.owner)).toEqual(['here', 'there']);
      const unknown = await people.planner.ask('GET', '/api/resources/nobody');
      const foreign = await people.planner.ask('GET', '/api/resources/there');
      expect([unknown.statusCode, foreign.statusCode, codeOf(foreign)]).toEqual([
        404,
        404,
        'RESOURCE_UNKNOWN',
      ]);
      for (const path of ['there/history', 'there/moves'])
        expect(
          (
            await people.district.ask(
              path.endsWith('moves') ? 'POST' : 'GET',
              `/api/resources/${path}`,
              path.endsWith('moves') ? { to: '已开放' } : undefined,
            )
          ).statusCode,
        ).toBe(404);
      const change = await people.planner.ask(
        'PATCH',
        '/api/resources/there',
        { name: 'x' },
        { 'if-match': '1' },
      );
      expect(change.statusCode).toBe(404);
    });

    test('filters narrow, pages and totals agree, unknown heights come last', async () => {
      await makeResource(store, { id: 'a', state: '已开放', confirmed: true });
      await makeResource(store, { id: 'b', state: '待定位', type: '政府机关' });
      await makeResource(store, { id: 'c', state: '待产权确认', whitelisted: true, owner: '乙单位' });
      await store.query(
        "update resources set total_height_m = 9, constraint_flags = '{净空}' where id = 'c'",
        [],
      );
      expect(await idsFor(people.planner, 'state=已开放,待定位')).toEqual(['a', 'b']);
      expect(await idsFor(people.planner, 'resourceType=政府机关')).toEqual(['b']);
      expect(await idsFor(people.planner, 'whitelisted=true')).toEqual(['c']);
      expect(await idsFor(people.planner, 'confirmed=true')).toEqual(['a']);
      expect(await idsFor(people.planner, 'constraintFlag=净空')).toEqual(['c']);
      expect(await idsFor(people.planner, 'bbox=121,31,121.1,31.1')).toEqual(['a', 'c']);
      expect(await idsFor(people.planner, 'q=CODE B')).toEqual(['b']);
      expect(await idsFor(people.planner, 'sort=totalHeightM&order=desc')).toEqual(['c', 'b', 'a']);
      expect(await idsFor(people.planner, 'sort=totalHeightM')).toEqual(['c', 'a', 'b']);
      const page = (
        await people.planner.ask('GET', '/api/resources?page=2&pageSize=2')
      ).json<ResourcePageJson>();
      expect([page.total, page.resources.map(({ id }) => id)]).toEqual([3, ['c']]);
      expect((await people.planner.ask('GET', '/api/resources?state=开着')).statusCode).toBe(400);
      const { states, total } = (await people.planner.ask('GET', '/api/resources/counts')).json<{
        states: object[];
        total: number;
      }>();
      expect([states.length, total]).toEqual([3, 3]);
    });

    test('masked roles get no place more exactly than 0.001 degrees, in no field and no history', async () => {
      const made = await people.planner.ask('POST', '/api/resources', {
        code: 'at 121.030123456,31.050987654',
        name: '杆 121.030123456',
        address: '坐标 31.050987654',
        resourceType: '路灯杆',
        place: { position: [121.030123456, 31.050987654], datum: 'WGS84' },
      });
      const { id } = made.json<ResourceJson>();
      const answers = [
        await people.operator.ask('GET', '/api/resources'),
        await people.operator.ask('GET', `/api/resources/${id}`),
        await people.operator.ask('GET', `/api/resources/${id}/history`),
      ];
      for (const { statusCode, body } of answers) {
        expect(statusCode).toBe(200);
        expect(body).not.toMatch(/121\.030\d/);
        expect(body).not.toMatch(/31\.05(?:0|1)\d/);
      }
      expect(answers[1]!.json<ResourceJson>().position).toEqual([121.03, 31.051]);
      expect((await people.operator.ask('GET', '/api/resources/export.geojson')).statusCode).toBe(403);
      // the search does not tell digits it hides either
      expect(await idsFor(people.operator, 'q=121.0301')).toEqual([]);
    });

    test('the second of two changes is refused with the row as it is now', async () => {
      const id = await makeResource(store, { id: 'wanted' });
      const change = (name: string, version: string) =>
        people.planner.ask('PATCH', `/api/resources/${id}`, { name }, { 'if-match': version });
      expect((await change('first', '"1"')).json()).toMatchObject({ name: 'first', version: 2 });
      const late = await change('second', '"1"');
      expect([late.statusCode, codeOf(late)]).toEqual([412, 'RESOURCE_STALE']);
      expect(late.json()).toMatchObject({ resource: { name: 'first', version: 2 } });
      const blind = await people.planner.ask('PATCH', `/api/resources/${id}`, { name: 'x' });
      expect([blind.statusCode, codeOf(blind)]).toEqual([428, 'REQUEST_VERSION_MISSING']);
      const twin = await people.planner.ask('POST', '/api/resources', {
        code: 'code wanted',
        resourceType: '路灯杆',
      });
      expect(codeOf(twin)).toBe('RESOURCE_CODE_TAKEN');
    });

    test('nobody moves a resource into another territory or places it there', async () => {
      const id = await makeResource(store, { id: 'mine' });
      const away = await people.planner.ask(
        'PATCH',
        `/api/resources/${id}`,
        { districtCode: FOREIGN },
        { 'if-match': '1' },
      );
      expect(codeOf(away)).toBe('PERMISSION_DENIED');
      const placed = await put(
        people.planner,
        `/api/resources/${id}/position`,
        { position: [121.15, 31.05] },
        { 'if-match': '1' },
      );
      expect(codeOf(placed)).toBe('PERMISSION_DENIED');
      const swapped = await put(
        people.planner,
        `/api/resources/${id}/position`,
        { position: [31.05, 121.15] },
        { 'if-match': '1' },
      );
      expect(codeOf(swapped)).toBe('RESOURCE_POSITION');
    });

    test('contacts have an address of their own, and every reading of them is noted', async () => {
      const id = await makeResource(store, { id: 'with contacts', state: '已开放', confirmed: true });
      const contacts = [{ name: '李四CONTACT', phone: '13800000000', duty: '物业', note: '' }];
      const url = `/api/resources/${id}/contacts`;
      expect((await put(people.planner, url, { contacts })).statusCode).toBe(403);
      expect((await put(people.tower, url, { contacts })).json()).toEqual({ contacts });
      const read = await people.district.ask('GET', url);
      expect([read.headers['cache-control'], read.json()]).toEqual(['no-store', { contacts }]);
      for (const role of ['planner', 'operator', 'town'] as const)
        expect((await people[role].ask('GET', url)).statusCode).toBe(403);
      const { rows } = await store.query<{ action: string; account_name: string; text: string }>(
        `select action, account_name, coalesce(before::text, '') || coalesce(after::text, '') as text from audit_records
          where object = 'resource-contact' and object_id = $1 order by seq`,
        [id],
      );
      expect(rows.map(({ action, account_name }) => [action, account_name])).toEqual([
        ['create', '某人 tower'],
        ['read', '某人 district'],
      ]);
      expect(rows.map(({ text }) => text).join()).not.toContain('CONTACT');
      // an owner reads its own, and not those of others
      await makeResource(store, { id: 'of others', owner: '乙单位' });
      expect((await people.owner.ask('GET', url)).statusCode).toBe(200);
      expect((await people.owner.ask('GET', '/api/resources/of others/contacts')).statusCode).toBe(404);
      for (const path of [
        '/api/resources',
        `/api/resources/${id}`,
        `/api/resources/${id}/history`,
        '/api/resources/export.geojson',
        '/api/resources/export.xlsx',
      ])
        expect((await people.admin.ask('GET', path)).body).not.toMatch(/CONTACT|13800000000/);
    });

    test('a workbook that was taken along comes back as the same resources', async () => {
      await importAs(store, 'tower', parseFixture('good/resources-every-column.csv', 'resources'));
      const before = (await people.planner.ask('GET', '/api/resources')).json<ResourcePageJson>().resources;
      expect(before).toMatchObject([
        { code: 'LD-001', districtCode: OWN, state: '待产权确认', constraintFlags: ['净空', '拟并杆'] },
      ]);
      const file = await people.planner.ask('GET', '/api/resources/export.xlsx');
      expect(file.headers['content-type']).toContain('spreadsheetml');
      const parsed = parseImport(file.rawPayload, {
        kind: 'resources',
        fileName: '资源库.xlsx',
        datum: 'CGCS2000',
      });
      expect([parsed.format, parsed.issues]).toEqual(['xlsx', []]);
      const report = await importAs(store, 'planner', parsed);
      expect([report.outcome, report.stored]).toEqual(['stored', 1]);
      const after = (await people.planner.ask('GET', '/api/resources')).json<ResourcePageJson>().resources;
      const content = ({ version: _v, updatedAt: _u, sourceFile: _f, ...rest }: ResourceJson) => rest;
      expect(after.map(content)).toEqual(before.map(content));
      const { features } = (await people.planner.ask('GET', '/api/resources/export.geojson')).json<{
        features: object[];
      }>();
      expect(features).toMatchObject([
        { id: before[0]!.id, geometry: { type: 'Point', coordinates: [121.03, 31.05] } },
      ]);
    });

    test('a workbook sent to the service is read by its reader process, and known again', async () => {
      const columns = ['序号', '地址', '产权单位'].map((header) => ({ header, width: 12 }));
      const book = await makeWorkbook([{ name: '目录', columns, rows: [[1, '云汀路 9 号', ORGANISATION]] }]);
      const file = upload('目录.xlsx', book);
      const send = () =>
        app.app.inject({
          method: 'POST',
          url: '/api/imports?kind=resources&mode=usable',
          headers: { host: '127.0.0.1', cookie: people.planner.cookie!, ...file.headers },
          payload: file.payload,
        });
      expect((await send()).json()).toMatchObject({
        outcome: 'stored',
        format: 'xlsx',
        rows: 1,
        accepted: 1,
      });
      const [waiting] = (
        await people.planner.ask('GET', '/api/resources?state=待定位')
      ).json<ResourcePageJson>().resources;
      expect(waiting).toMatchObject({
        address: '云汀路 9 号',
        districtCode: OWN,
        position: null,
        resourceType: null,
      });
      expect((await send()).json()).toMatchObject({ outcome: 'repeated', stored: 0 });
    });

    test('a known code is updated by what the file says, and keeps its state and what the file leaves out', async () => {
      await makeResource(store, { id: 'known', state: '已开放', confirmed: true });
      await makeResource(store, { id: 'waiting', state: '待定位' });
      const list =
        '编码,名称,地址,产权单位,经度,纬度,杆高\ncode known,新名,,,,,12\ncode waiting,,,,121.04,31.05,\n';
      const report = await importAs(store, 'planner', parseList(list));
      expect([report.outcome, report.accepted, issuesOf(report)]).toEqual([
        'stored',
        2,
        ['IMPORT_RESOURCE_UNPLACED file'],
      ]);
      const rows = (await people.planner.ask('GET', '/api/resources')).json<ResourcePageJson>().resources;
      expect(rows).toMatchObject([
        {
          id: 'known',
          name: '新名',
          address: '某路 1 号',
          owner: ORGANISATION,
          totalHeightM: 12,
          state: '已开放',
        },
        { id: 'waiting', state: '待产权确认', position: [121.04, 31.05] },
      ]);
      const { records } = (await people.planner.ask('GET', '/api/resources/known/history')).json<{
        records: { after: object }[];
      }>();
      expect(records.map(({ after }) => after)).toEqual([{ name: '新名', total_height_m: 12 }]);
      const { rows: sites } = await store.query('select status, height_m from sites where id = $1', [
        'known',
      ]);
      expect(sites).toEqual([{ status: 'candidate', height_m: 12 }]);
    });

    test('rows beyond the territory, open ones with another owner and contacts of the wrong hands are told, not dropped', async () => {
      await makeResource(store, { id: 'open', state: '已开放', confirmed: true });
      await makeResource(store, { id: 'there', district: FOREIGN });
      const list = [
        '编码,地址,产权单位,区县,经度,纬度,联系人',
        'new,路 1 号,甲单位,,,,王五',
        'far,路 2 号,甲单位,乙区,,,',
        'beyond,路 3 号,甲单位,,121.15,31.05,',
        'code there,路 4 号,甲单位,,,,',
        'code open,路 5 号,丙单位,,,,',
        '',
      ].join('\n');
      const report = await importAs(store, 'planner', parseList(list));
      expect(issuesOf(report)).toEqual([
        'IMPORT_RESOURCE_UNPLACED file',
        'IMPORT_CONTACTS_DENIED file',
        'IMPORT_OUTSIDE_TERRITORY 2',
        'IMPORT_OUTSIDE_TERRITORY 3',
        'IMPORT_OUTSIDE_TERRITORY 4',
        'IMPORT_OWNER_OF_OPEN 5',
      ]);
      expect([report.rows, report.accepted, report.rejected]).toEqual([5, 1, 4]);
      expect(await idsFor(people.planner, 'q=new')).toHaveLength(1);
    });

    test('candidates of the plans are taken over: same sites, which wait for their owners from then on', async () => {
      const own = places.find(({ key }) => key === 'own')!;
      const siteStatus = async () =>
        (
          await store.query<{ id: string; status: string }>(
            "select id, status from sites where district_code = '310901' order by id",
            [],
          )
        ).rows;
      const ask = (dryRun: boolean) => people.planner.ask('POST', '/api/resources/take-over', { dryRun });
      expect((await ask(true)).json()).toEqual({ dryRun: true, taken: 2, held: 0, unfit: 0 });
      expect((await siteStatus()).map(({ status }) => status)).toEqual(['candidate', 'candidate']);
      expect((await ask(false)).json()).toEqual({ dryRun: false, taken: 2, held: 0, unfit: 0 });
      expect((await siteStatus()).map(({ status }) => status)).toEqual(['unavailable', 'unavailable']);
      const rows = (await people.planner.ask('GET', '/api/resources?sort=code')).json<ResourcePageJson>()
        .resources;
      expect(rows.map(({ siteId, state, origin }) => [siteId, state, origin])).toEqual([
        ['site own', '待产权确认', 'site'],
        ['site own-other-town', '待产权确认', 'site'],
      ]);
      expect(rows[0]!.position).toEqual([...positionOf(own)]);
      expect((await ask(false)).json()).toMatchObject({ taken: 0, held: 2 });
      const foreign = await people.planner.ask('POST', '/api/resources/take-over', {
        dryRun: true,
        siteIds: ['site foreign', 'site own'],
      });
      expect(foreign.json()).toMatchObject({ taken: 0, held: 1, unfit: 1 });
      await store.query("update sites set status = 'candidate' where district_code = '310901'", []);
    });

    test('a list of sites opens nothing of the library', async () => {
      await makeResource(store, { id: 'r' });
      const list =
        '编码,类型,经度,纬度,挂高,状态\ncode r,路灯杆,121.03,31.05,8,候选\nfree,路灯杆,121.04,31.05,8,候选\n';
      const parsed = parseImport(Buffer.from(list), { kind: 'sites', fileName: 's.csv', datum: 'CGCS2000' });
      const report = await importAs(store, 'planner', parsed);
      expect([report.accepted, issuesOf(report)]).toEqual([1, ['IMPORT_SITE_OF_LIBRARY 1']]);
      const planner = scopedStore(store, aPrincipal('planner'), context);
      const around = await tryOut(planner, "update sites set status = 'candidate' where id = 'r'");
      expect(around.refused).toBe('STORE_CONSTRAINT');
      await store.query("delete from sites where code = 'free'", []);
    });

    test('contacts cannot be read around their address, nor by the masked role at all', async () => {
      const id = await makeResource(store, { id: 'r' });
      await store.query(
        "insert into resource_contacts (id, resource_id, name, place) values ('c', $1, '李四', 0)",
        [id],
      );
      for (const [role, seen] of [
        ['tower', 1],
        ['planner', 0],
        ['town', 0],
        ['district', 1],
      ] as const) {
        const mine = scopedStore(store, aPrincipal(role), context);
        expect([role, (await tryOut(mine, 'select id from resource_contacts')).rowCount]).toEqual([
          role,
          seen,
        ]);
      }
      const operator = scopedStore(store, aPrincipal('operator'), context);
      expect((await tryOut(operator, 'select id from resource_contacts')).refused).toBe('STORE_DENIED');
      expect((await tryOut(operator, 'select geom from public.resources')).refused).toBe('STORE_DENIED');
    });
  });
}

function importAs(
  store: Store,
  role: Role,
  parsed: ReturnType<typeof parseImport>,
): Promise<ImportReportJson> {
  return storeImport(scopedStore(store, aPrincipal(role), context), parsed, 'usable', store);
}
