// Files with coordinates: what somebody takes within a day is summed up, what is beyond the limit waits for somebody's word, and that
// word is good for one person, one file and so many rows.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportRequestJson, ExportRequestPageJson } from '../../../server/contract/export-requests.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { openTestStores } from '../../support/stores.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { makeResource, openLibrary, peopleOf } from '../resources/a-library.ts';

const ROWS = 6;
const FILE = '/api/resources/export.geojson';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

for (const { store } of stores) {
  describe(`files with coordinates on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Role, Browser>;
    const take = async (who: Role, address = FILE) => people[who].ask('GET', address);
    const request = (who: Role, address = FILE, reason = '规划编制用') =>
      people[who].ask(
        'POST',
        '/api/export-requests',
        { address, reason },
        { 'idempotency-key': randomUUID() },
      );
    const decide = (who: Role, { id, version }: ExportRequestJson, agree: boolean, text = '') =>
      people[who].ask(
        'POST',
        `/api/export-requests/${id}/decisions`,
        { agree, text },
        { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
      );
    const list = async (who: Role, query = ''): Promise<ExportRequestPageJson> =>
      (await people[who].ask('GET', `/api/export-requests${query}`)).json();
    const agenda = async (who: Role) =>
      (await people[who].ask('GET', '/api/home'))
        .json<HomeJson>()
        .agenda.filter(({ desk }) => desk === 'exports')
        .map(({ kind, count }) => [kind, count]);

    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store, { requestsPerMinute: 100_000 });
      people = await peopleOf(app);
      for (let n = 0; n < ROWS; n += 1)
        await makeResource(store, { id: `r${n}`, state: '已开放', confirmed: true });
    });
    afterAll(() => app.app.close());
    beforeEach(async () => {
      await store.query('delete from place_takings');
      await store.query('delete from export_requests');
      await store.query('delete from notices');
      await store.query("update rule_values set value = 10 where name = 'export.places_per_day'");
    });

    test('a day’s rows are summed up over files, and the file beyond the limit does not leave', async () => {
      expect((await take('planner')).statusCode).toBe(200);
      const over = await take('planner');
      expect([over.statusCode, codeOf(over)]).toEqual([403, 'EXPORT_OVER_LIMIT']);
      expect(over.json<{ message: { zh: string } }>().message.zh).toBe(
        '这份带坐标的文件有 6 行，近一天已导出 6 行，最多 10 行。',
      );
      expect(codeOf(await take('planner', '/api/resources/export.xlsx'))).toBe('EXPORT_OVER_LIMIT');
      expect((await take('planner', `${FILE}?q=r1`)).statusCode).toBe(200);
      // a colleague has a day of their own
      expect((await take('tower')).statusCode).toBe(200);
      const { rows } = await store.query<{ exports: number }>(
        "select count(*) as exports from audit_records where action = 'export' and object = 'resource'",
      );
      expect(rows).toEqual([{ exports: 3 }]);
      await store.query("update place_takings set at = at - interval '25 hours'");
      expect((await take('planner')).statusCode).toBe(200);
    });

    test('whoever may allow it is not held up, and who has no say can only take less', async () => {
      for (const who of ['district', 'city', 'admin'] as const)
        expect([who, (await take(who)).statusCode, (await take(who)).statusCode]).toEqual([who, 200, 200]);
      for (const who of ['district', 'town', 'owner'] as const)
        expect([who, (await request(who)).statusCode]).toEqual([who, 403]);
    });

    test('a request is for what was refused, once, and names as many rows as there were', async () => {
      expect(codeOf(await request('planner'))).toBe('EXPORT_REQUEST_TRIED');
      await take('planner');
      await take('planner');
      const asked = await request('planner', `${FILE}?`);
      expect([asked.statusCode, asked.json<ExportRequestJson>()]).toMatchObject([
        201,
        { address: FILE, rows: ROWS, state: '待批', mine: true, decidable: false, usable: false },
      ]);
      expect(codeOf(await request('planner'))).toBe('EXPORT_REQUEST_TWICE');
      expect(await agenda('planner')).toEqual([['asked', 1]]);
      expect(await agenda('district')).toEqual([['decide', 1]]);
      expect((await list('tower')).total).toBe(0);
      const { notices } = (await people.district.ask('GET', '/api/notices')).json<{
        notices: { kind: string }[];
      }>();
      expect(notices.map(({ kind }) => kind)).toEqual(['export-asked']);
    });

    test('what the district allows leaves once, for whoever asked, with no more rows than were allowed', async () => {
      await take('planner');
      await take('planner', `${FILE}?state=%E5%B7%B2%E5%BC%80%E6%94%BE&q=r`);
      const asked = (await request('planner', `${FILE}?q=r&state=已开放`)).json<ExportRequestJson>();
      for (const who of ['planner', 'tower', 'operator', 'town', 'owner'] as const)
        expect([who, (await decide(who, asked, true)).statusCode]).toEqual([who, 403]);
      expect((await decide('district', asked, true)).json<ExportRequestJson>()).toMatchObject({
        state: '同意',
      });
      expect(await agenda('planner')).toEqual([['take', 1]]);
      const late = await decide('city', asked, false, '不必');
      expect([late.statusCode, codeOf(late)]).toEqual([412, 'EXPORT_REQUEST_STALE']);
      expect(codeOf(await take('planner'))).toBe('EXPORT_OVER_LIMIT');
      await makeResource(store, { id: 'r-late', state: '已开放', confirmed: true });
      const address = `${FILE}?q=r&state=%E5%B7%B2%E5%BC%80%E6%94%BE`;
      expect(codeOf(await take('planner', address))).toBe('EXPORT_OVER_LIMIT');
      await store.query("delete from resources where id = 'r-late'");
      expect((await take('planner', address)).statusCode).toBe(200);
      expect(codeOf(await take('planner', address))).toBe('EXPORT_OVER_LIMIT');
      expect((await list('planner')).requests).toMatchObject([
        { state: '已用', usable: false, usedAt: expect.any(String) },
      ]);
    });

    test('a file that grew is asked for anew, and what was allowed before is over without having been used', async () => {
      await take('planner');
      await take('planner');
      const asked = (await request('planner')).json<ExportRequestJson>();
      await decide('district', asked, true);
      expect(codeOf(await request('planner'))).toBe('EXPORT_REQUEST_TWICE');
      await makeResource(store, { id: 'r-more', state: '已开放', confirmed: true });
      expect(codeOf(await take('planner'))).toBe('EXPORT_OVER_LIMIT');
      expect((await request('planner')).json<ExportRequestJson>()).toMatchObject({ rows: ROWS + 1 });
      const over = (await list('planner')).requests.find(({ id }) => id === asked.id);
      expect(over).toMatchObject({ state: '已用', usedAt: null });
      await store.query("delete from resources where id = 'r-more'");
    });

    test('a refusal needs its reason, and an allowance runs out', async () => {
      await take('planner');
      await take('planner');
      const asked = (await request('planner')).json<ExportRequestJson>();
      expect(codeOf(await decide('district', asked, false))).toBe('EXPORT_REQUEST_REASON');
      expect((await decide('district', asked, false, '范围过大')).json<ExportRequestJson>()).toMatchObject({
        state: '不同意',
        decisionText: '范围过大',
      });
      const again = (await request('planner')).json<ExportRequestJson>();
      await decide('district', again, true);
      await store.query('alter table export_requests disable trigger export_requests_kept');
      await store.query(
        "update export_requests set valid_until = now() - interval '1 minute' where state = '同意'",
      );
      await store.query('alter table export_requests enable trigger export_requests_kept');
      expect(codeOf(await take('planner'))).toBe('EXPORT_OVER_LIMIT');
      expect((await request('planner')).statusCode).toBe(201);
      expect((await list('planner', '?show=usable')).total).toBe(0);
    });

    test('two at the same moment take no more than one of them may', async () => {
      const both = await Promise.all([take('tower'), take('tower', '/api/resources/export.xlsx')]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403]);
    });
  });
}
