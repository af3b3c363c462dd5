// The library as people use it: what they find, what stays hidden, whose change wins, what a file brings and what a file takes along.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeskMapJson } from '../../../server/contract/desk-map.ts';
import type { ImportReportJson } from '../../../server/contract/imports.ts';
import type { ResourcePhotoJson, ResourcePhotoListJson } from '../../../server/contract/photos.ts';
import type {
  ContactListJson,
  ResourceHistoryJson,
  ResourceJson,
  ResourcePageJson,
} from '../../../server/contract/resources.ts';
import { makeWorkbook } from '../../../server/export/make-workbook.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { readWorkbook } from '../../../server/import/read-workbook.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { listVersion } from '../../../server/store/list-version.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { jsonText, type Store } from '../../../server/store/store.ts';
import { aJpeg } from '../../support/a-photo.ts';
import { openTestStores } from '../../support/stores.ts';
import { upload } from '../app-on-town.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
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

const once = () => ({ 'idempotency-key': randomUUID() });

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
    const photoDir = mkdtempSync(join(tmpdir(), 'zhanzhi-photos-'));
    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store, { photoDir, requestsPerMinute: 100_000 });
      people = await peopleOf(app);
    });
    afterAll(async () => {
      await app.app.close();
      rmSync(photoDir, { recursive: true });
    });
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
              { ...once(), 'if-match': '1' },
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
      const made = await people.planner.ask(
        'POST',
        '/api/resources',
        {
          code: 'at 121.030123456,31.050987654',
          name: '杆 121.030123456',
          address: '坐标 31.050987654',
          appearanceRequirement: '与 121.030123456 处一致',
          surveyor: '站 31.050987654',
          roomRef: '机房 121.030123456',
          feeBasis: '见 31.050987654',
          resourceType: '路灯杆',
          place: { position: [121.030123456, 31.050987654], datum: 'WGS84' },
        },
        { 'idempotency-key': randomUUID() },
      );
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

    test('the map beside the table shows the rows of the list and no others, grouped as on the screen', async () => {
      const made = fc.sample(
        fc.record({
          // few places, so that several stand at one
          east: fc.integer({ min: 0, max: 120 }),
          north: fc.integer({ min: 0, max: 60 }),
          district: fc.constantFrom(OWN, OWN, FOREIGN),
          owner: fc.constantFrom(ORGANISATION, '乙单位'),
          town: fc.constantFrom('310901001', '310901002'),
          state: fc.constantFrom('待产权确认', '暂停', '待定位', '退出'),
        }),
        { seed: 4711, numRuns: 400 },
      );
      const crowd = Array.from({ length: 25 }, () => ({
        ...made[0]!,
        state: '暂停' as const,
        district: OWN,
      }));
      await store.query(
        `insert into resources (id, code, name, state, geom, original_lon, original_lat, datum, location_quality, district_code,
           town_code, owner, origin)
         select 'r' || lpad(n::text, 3, '0'), '杆 ' || n, '杆', m.state, place, ST_X(place), ST_Y(place),
                case when place is not null then 'CGCS2000' end, case when place is null then '未定位' else '图上' end,
                m.district, m.town, m.owner, 'import'
           from rows from (json_to_recordset($1::json) as (east integer, north integer, district text, owner text, town text,
                  state text)) with ordinality as m (east, north, district, owner, town, state, n),
                lateral (select case when m.state <> '待定位' and (m.state <> '退出' or n % 2 = 0)
                  then ST_SetSRID(ST_MakePoint(121.0001 + m.east * 0.0007, 31.0002 + m.north * 0.0011), 4490) end) as at (place)`,
        [jsonText([...crowd, ...made])],
      );
      const library: MapDesk<ResourceJson> = {
        path: '/api/resources',
        rows: 'resources',
        read: ({ id, position, state, code }) => ({
          id,
          places: position ? [position] : [],
          state,
          label: code,
        }),
      };
      const seen = {
        planner: await expectMapOfList(people.planner, library),
        suspended: await expectMapOfList(people.planner, library, '&state=暂停'),
        searched: await expectMapOfList(people.planner, library, '&q=杆 1'),
        town: await expectMapOfList(people.town, library),
        owner: await expectMapOfList(people.owner, library),
        operator: await expectMapOfList(people.operator, library),
      };
      const sizes = Object.values(seen).map(({ length }) => length);
      expect(Math.min(...sizes)).toBeGreaterThan(20);
      expect(new Set(sizes).size).toBeGreaterThan(4);
      expect(seen.planner.map(({ id }) => id)).not.toContain(
        `r${String(26 + made.findIndex(({ district }) => district === FOREIGN)).padStart(3, '0')}`,
      );
      // whoever sees places roughly sees them so on the map
      for (const { places: shown } of seen.operator)
        for (const [lon = 0, lat = 0] of shown)
          expect([lon, lat]).toEqual([Number(lon.toFixed(3)), Number(lat.toFixed(3))]);
      const geojson = await people.planner.ask(
        'GET',
        '/api/resources/export.geojson?bbox=121.02,31.01,121.05,31.04',
      );
      const taken = geojson.json<{ features: { properties: { code: string } }[] }>().features.length;
      const within = await idsFor(people.planner, 'bbox=121.02,31.01,121.05,31.04&pageSize=1000');
      expect([taken > 10, taken]).toEqual([true, within.length]);
    });

    test('a window as small as one likes tells an operator no more than the rounded place', async () => {
      // stands at 121.030123456, 31.050987654
      await makeResource(store, { id: 'here' });
      const exact = '121.0301,31.0509,121.0302,31.051';
      const rough = '121.02999,31.05099,121.03001,31.05101';
      // less than a millimetre beside it
      const beside = '121.03012346,31.05,121.04,31.06';
      const found = async (browser: Browser, bbox: string) => {
        const counts = await browser.ask('GET', `/api/resources/counts?bbox=${bbox}`);
        const map = await browser.ask('GET', `/api/resources/map?bbox=${bbox}&zoom=20`);
        const { marks, located } = map.json<DeskMapJson>();
        expect(located).toBe(1);
        return [
          (await idsFor(browser, `bbox=${bbox}`)).length,
          counts.json<{ total: number }>().total,
          marks.map(({ lon, lat }) => [lon, lat]),
        ];
      };
      expect(await found(people.operator, exact)).toEqual([0, 0, []]);
      expect(await found(people.operator, rough)).toEqual([1, 1, [[121.03, 31.051]]]);
      expect(await found(people.planner, exact)).toEqual([1, 1, [[121.030123456, 31.050987654]]]);
      expect(await found(people.planner, rough)).toEqual([0, 0, []]);
      expect(await found(people.planner, beside)).toEqual([0, 0, []]);
    });

    test('a window that is none, and a zoom nobody draws at, are refused on every desk', async () => {
      const desks = ['resources', 'demands', 'claims', 'cases', 'problems', 'relocations'];
      const noWindows = [
        '121,31,122',
        '121,31,122,3x',
        '122,31,121,32',
        '121,32,122,31',
        '121,31,181,32',
        '121,31,122.,32',
        ',,,',
      ];
      for (const desk of desks) {
        const lists = desk.startsWith('batches')
          ? [desk]
          : [desk, `${desk}/counts`, ...(desk === 'relocations' ? [] : [`${desk}/export.xlsx`])];
        for (const bbox of noWindows)
          for (const url of [
            ...lists.map((path) => `/api/${path}?bbox=${bbox}`),
            `/api/${desk}/map?zoom=9&bbox=${bbox}`,
          ]) {
            const reply = await people.planner.ask('GET', url);
            expect([url, reply.statusCode, codeOf(reply)]).toEqual([url, 400, 'REQUEST_BOX']);
          }
        for (const query of [
          '',
          'zoom=9',
          ...['', '2', '21', '11.5', 'near', '1e1'].map((zoom) => `bbox=121,31,122,32&zoom=${zoom}`),
        ]) {
          const reply = await people.planner.ask('GET', `/api/${desk}/map?${query}`);
          expect([desk, query, reply.statusCode, codeOf(reply)]).toEqual([
            desk,
            query,
            400,
            'REQUEST_INVALID',
          ]);
        }
      }
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
      const twin = await people.planner.ask(
        'POST',
        '/api/resources',
        {
          code: 'code wanted',
          resourceType: '路灯杆',
        },
        { 'idempotency-key': randomUUID() },
      );
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
      const none = { 'if-match': `"${listVersion([])}"` };
      expect((await put(people.planner, url, { contacts }, none)).statusCode).toBe(403);
      expect((await put(people.tower, url, { contacts })).statusCode).toBe(428);
      expect((await put(people.tower, url, { contacts }, none)).json()).toMatchObject({ contacts });
      const read = await people.district.ask('GET', url);
      const { version } = read.json<ContactListJson>();
      expect([read.headers['cache-control'], read.headers.etag, read.json()]).toEqual([
        'no-store',
        `"${version}"`,
        { contacts, version },
      ]);
      // somebody who had opened them before sees what stands there now; that too is a reading
      const late = await put(people.tower, url, { contacts: [] }, none);
      expect([late.statusCode, late.json()]).toMatchObject([
        412,
        { code: 'RESOURCE_CONTACTS_STALE', list: { contacts, version } },
      ]);
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
        ['read', '某人 tower'],
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

    const photosUrl = (id: string) => `/api/resources/${id}/photos`;
    const photosFor = async (who: Browser, id: string) =>
      (await who.ask('GET', photosUrl(id))).json<ResourcePhotoListJson>().photos;
    const sendPhoto = (
      who: Browser,
      id: string,
      kind: string,
      content: Uint8Array,
      key: string = randomUUID(),
    ) => {
      const { payload, headers } = upload('121.030123, 31.050987 杆.jpg', content);
      const url = `${photosUrl(id)}?kind=${encodeURIComponent(kind)}`;
      return who.ask('POST', url, payload, { ...headers, 'idempotency-key': key });
    };
    const photoFiles = () =>
      readdirSync(photoDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        .length;

    test('an owner adds photos to its own; a retry is the same act, the same picture the same photo, and a far one is marked', async () => {
      await makeResource(store, { id: 'mine' });
      await makeResource(store, { id: 'theirs', owner: '乙单位' });
      const camera = { takenAt: '2026:03:02 10:00:00', position: [121.05, 31.051] as const };
      const far = aJpeg({ width: 40, camera });
      const sent = await sendPhoto(people.owner, 'mine', '全景', far, 'the-first-photo');
      const photo = sent.json<ResourcePhotoJson>();
      expect(photo).toMatchObject({
        resourceId: 'mine',
        kind: '全景',
        width: 40,
        warnings: ['far'],
        mine: true,
      });
      // 0.0199 degrees of longitude at 31.05° N
      expect(photo.distanceM).toBeGreaterThan(1_850);
      expect(photo.distanceM).toBeLessThan(1_930);
      const retry = await sendPhoto(people.owner, 'mine', '全景', far, 'the-first-photo');
      expect([
        sent.statusCode,
        retry.statusCode,
        retry.headers['idempotency-replayed'],
        retry.json(),
      ]).toEqual([201, 201, 'true', photo]);
      const other = await sendPhoto(people.owner, 'mine', '全景', aJpeg({ width: 41 }), 'the-first-photo');
      expect(codeOf(other)).toBe('IDEMPOTENCY_KEY_REUSED');
      const same = await sendPhoto(people.tower, 'mine', '全景', far);
      expect([same.statusCode, same.json<ResourcePhotoJson>().id]).toEqual([200, photo.id]);
      expect((await sendPhoto(people.owner, 'mine', '开通证据', far)).statusCode).toBe(400);

      expect(codeOf(await sendPhoto(people.owner, 'theirs', '全景', far))).toBe('RESOURCE_UNKNOWN');
      for (const role of ['operator', 'town', 'district', 'city'] as const)
        expect([role, codeOf(await sendPhoto(people[role], 'mine', '全景', far))]).toEqual([
          role,
          'PERMISSION_DENIED',
        ]);
      expect(
        codeOf(await sendPhoto(people.owner, 'mine', '其他', Buffer.from('<svg onload="alert(1)"/>'))),
      ).toBe('PHOTO_FORMAT');
      // the database asks again, whatever a route forgets
      const district = scopedStore(store, aPrincipal('district'), context);
      expect((await tryOut(district, 'delete from resource_photos')).rowCount).toBe(0);
      expect(
        (
          await tryOut(
            district,
            `insert into resource_photos (id, resource_id, kind, digest, sent_digest, media_type, bytes, width, height)
             select 'x', 'mine', '电源', digest, sent_digest, media_type, bytes, width, height from resource_photos`,
          )
        ).refused,
      ).toBe('STORE_DENIED');

      const [listed] = (await people.planner.ask('GET', '/api/resources?q=mine')).json<ResourcePageJson>()
        .resources;
      expect([listed?.photos, (await photosFor(people.district, 'mine')).length]).toEqual([1, 1]);
      const book = await people.planner.ask('GET', '/api/resources/export.xlsx?q=mine');
      const [head = [], line = []] = readWorkbook(book.rawPayload, (row) => row.length);
      expect(line[head.indexOf('照片(张)')]).toBe('1');
      expect((await people.planner.ask('GET', '/api/resources/export.geojson?q=mine')).body).toContain(
        '"photos":1',
      );

      // put where the photo was taken, it is near; the warning goes by where the resource stands now
      const placed = await put(
        people.owner,
        '/api/resources/mine/position',
        { position: [121.0501, 31.051] },
        { 'if-match': '"1"' },
      );
      expect(placed.statusCode).toBe(200);
      const [near] = await photosFor(people.owner, 'mine');
      expect([near?.warnings, near!.distanceM! < 20]).toEqual([[], true]);
    });

    test('an operator sees the picture and nothing of where it was taken', async () => {
      await makeResource(store, { id: 'mine' });
      const camera = { takenAt: '2026:03:02 10:00:00', position: [121.030123, 31.050987] as const };
      const sent = aJpeg({ width: 48, camera });
      const photo = (await sendPhoto(people.owner, 'mine', '安装位置', sent)).json<ResourcePhotoJson>();
      expect(photo.position?.map((degrees) => degrees.toFixed(5))).toEqual(['121.03012', '31.05099']);
      const url = `${photosUrl('mine')}/${photo.id}`;
      const shown = await people.operator.ask('GET', url);
      expect([shown.statusCode, shown.headers['content-type'], shown.headers['cache-control']]).toEqual([
        200,
        'image/jpeg',
        'private, no-cache',
      ]);
      expect(sent.includes('Exif')).toBe(true);
      for (const left of ['Exif', '2026:03:02']) expect(shown.rawPayload.includes(left)).toBe(false);
      const again = { 'if-none-match': String(shown.headers.etag) };
      expect((await people.operator.ask('GET', url, undefined, again)).statusCode).toBe(304);
      const [masked] = await photosFor(people.operator, 'mine');
      expect([masked?.position, masked?.distanceM, masked?.mine]).toEqual([null, null, false]);
      const history = await people.operator.ask('GET', '/api/resources/mine/history');
      for (const told of [JSON.stringify(masked), history.body])
        expect(told).not.toMatch(/121\.03012|31\.05098/);
      const { rows } = await store.query<{ words: string }>(
        "select coalesce(after, before)::text as words from audit_records where object = 'resource-photo' and object_id = 'mine'",
      );
      expect(rows.length).toBeGreaterThan(0);
      // the file's name is the sender's, and stays as it was sent
      for (const { words } of rows)
        expect(words.replace('121.030123, 31.050987 杆.jpg', '')).not.toMatch(/121\.0|31\.0/);
    });

    test('whoever may update it removes a photo; its file goes after the last row, and the history keeps both', async () => {
      await makeResource(store, { id: 'mine' });
      await makeResource(store, { id: 'there', district: FOREIGN, owner: '乙单位' });
      const before = photoFiles();
      const picture = aJpeg({ width: 56 });
      const first = (await sendPhoto(people.owner, 'mine', '全景', picture)).json<ResourcePhotoJson>();
      const second = (await sendPhoto(people.tower, 'mine', '电源', picture)).json<ResourcePhotoJson>();
      expect(photoFiles()).toBe(before + 1);
      const urlOf = ({ id }: ResourcePhotoJson, resource = 'mine') => `${photosUrl(resource)}/${id}`;
      expect(codeOf(await people.district.ask('DELETE', urlOf(first)))).toBe('PERMISSION_DENIED');
      expect(codeOf(await people.planner.ask('DELETE', urlOf(first, 'there')))).toBe('PHOTO_UNKNOWN');
      expect((await people.planner.ask('DELETE', urlOf(first))).statusCode).toBe(204);
      expect([(await people.planner.ask('GET', urlOf(first))).statusCode, photoFiles()]).toEqual([
        404,
        before + 1,
      ]);
      expect((await people.owner.ask('DELETE', urlOf(second))).statusCode).toBe(204);
      expect(photoFiles()).toBe(before);
      for (const path of [photosUrl('there'), urlOf(first, 'there')])
        expect((await people.planner.ask('GET', path)).statusCode).toBe(404);
      const { records } = (
        await people.district.ask('GET', '/api/resources/mine/history')
      ).json<ResourceHistoryJson>();
      expect(
        records
          .filter(({ object }) => object === 'resource-photo')
          .map(({ action, accountName }) => [action, accountName])
          .slice(0, 4),
      ).toEqual([
        ['remove', '某人 owner'],
        ['remove', '某人 planner'],
        ['create', '某人 tower'],
        ['create', '某人 owner'],
      ]);
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

    test('an upload sent again under its key is answered with the first report, and brings nothing twice', async () => {
      const send = (text: string, headers: Record<string, string>, mode = 'usable') => {
        const file = upload('清单.csv', Buffer.from(text));
        return app.app.inject({
          method: 'POST',
          url: `/api/imports?kind=resources&mode=${mode}`,
          headers: { host: '127.0.0.1', cookie: people.planner.cookie!, ...headers, ...file.headers },
          payload: file.payload,
        });
      };
      const list = (address: string) => `类型,地址,产权单位\n路灯杆,${address},${ORGANISATION}\n`;
      expect(codeOf(await send(list('云汀路 21 号'), {}))).toBe('IDEMPOTENCY_KEY_MISSING');
      // only looked at: nothing happens, however often
      expect((await send(list('云汀路 21 号'), {}, 'check')).json()).toMatchObject({ outcome: 'checked' });
      const act = once();
      const first = await send(list('云汀路 21 号'), act);
      const second = await send(list('云汀路 21 号'), act);
      expect(first.json()).toMatchObject({ outcome: 'stored', stored: 1 });
      expect([second.headers['idempotency-replayed'], second.json()]).toEqual(['true', first.json()]);
      expect(codeOf(await send(list('云汀路 22 号'), act))).toBe('IDEMPOTENCY_KEY_REUSED');
      // the same file under another key is known by its bytes, and that answer is kept, too
      const other = once();
      const known = await send(list('云汀路 21 号'), other);
      expect(known.json()).toMatchObject({ outcome: 'repeated', stored: 0 });
      expect((await send(list('云汀路 21 号'), other)).json()).toEqual(known.json());
      const { rows } = await store.query<{ n: number }>(
        "select count(*) as n from resources where address = '云汀路 21 号'",
        [],
      );
      expect(rows).toEqual([{ n: 1 }]);
    });

    test('a workbook sent to the service is read by its reader process, and known again', async () => {
      const columns = ['序号', '地址', '产权单位'].map((header) => ({ header, width: 12 }));
      const book = await makeWorkbook([{ name: '目录', columns, rows: [[1, '云汀路 9 号', ORGANISATION]] }]);
      const file = upload('目录.xlsx', book);
      const send = () =>
        app.app.inject({
          method: 'POST',
          url: '/api/imports?kind=resources&mode=usable',
          headers: { host: '127.0.0.1', cookie: people.planner.cookie!, ...once(), ...file.headers },
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
      const ask = (dryRun: boolean, headers: Record<string, string> = once()) =>
        people.planner.ask('POST', '/api/resources/take-over', { dryRun }, headers);
      expect((await ask(true, {})).json()).toEqual({ dryRun: true, taken: 2, held: 0, unfit: 0 });
      expect(codeOf(await ask(false, {}))).toBe('IDEMPOTENCY_KEY_MISSING');
      expect((await siteStatus()).map(({ status }) => status)).toEqual(['candidate', 'candidate']);
      const act = once();
      expect((await ask(false, act)).json()).toEqual({ dryRun: false, taken: 2, held: 0, unfit: 0 });
      expect((await ask(false, act)).json()).toMatchObject({ taken: 2, held: 0 });
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
  return storeImport(scopedStore(store, aPrincipal(role), context), parsed, 'usable', { upkeep: store });
}
