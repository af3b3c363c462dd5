// Every role × every change of state, told by the machine of the engine and kept by the database; then the moves as people make them.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  filledForMove,
  moveAllowed,
  type ResourceState,
  resourceMachine,
  resourceStates,
} from '../../../engine/index.ts';
import type { BulkMoveResultJson, ResourceJson } from '../../../server/contract/resources.ts';
import { type Role, roles } from '../../../server/permission/permission-table.ts';
import { permissionsOnRow } from '../../../server/permission/reaches-row.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { openTestStores } from '../../support/stores.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, tryOut } from '../permission/two-districts.ts';
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
/** Rows as they were made. */
const asMade = (ids: readonly string[]) => ids.map((id) => ({ id, version: 1 }));
/** Into another state as it is read just before. */
const moveAsRead = async (browser: Browser, id: string, to: ResourceState, reason?: string) => {
  const { version } = (await browser.ask('GET', `/api/resources/${id}`)).json<ResourceJson>();
  return browser.ask(
    'POST',
    `/api/resources/${id}/moves`,
    { to, ...(reason && { reason }) },
    { ...once(), 'if-match': `"${version}"` },
  );
};

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

for (const { store } of stores) {
  describe(`resources on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Role, Browser>;
    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store);
      people = await peopleOf(app);
    });
    afterAll(() => app.app.close());
    beforeEach(() => emptyLibrary(store));

    test.each(roles)('the database moves them for %s exactly as the machine says', async (role) => {
      const person = aPrincipal(role);
      const mine = scopedStore(store, person, { ...context, reason: '测试' });
      for (const state of resourceStates) await makeResource(store, { id: state, state, confirmed: true });
      await makeResource(store, { id: '未确认', state: '待产权确认' });
      const place = { districtCode: OWN, townCode: '', owner: ORGANISATION };
      const wrong: string[] = [];
      for (const id of [...resourceStates, '未确认'] as const) {
        const from: ResourceState = id === '未确认' ? '待产权确认' : id;
        for (const to of resourceStates.filter((state) => state !== from)) {
          const filled = filledForMove({
            position: from !== '待定位',
            confirmed: id !== '未确认',
            whitelisted: false,
          });
          const expected = moveAllowed(resourceMachine, from, to, {
            permissions: permissionsOnRow(person, place),
            filled,
            reason: '测试',
          });
          const { rowCount, refused } = await tryOut(
            mine,
            "update resources set state = $2, geom = case when $2 = '待定位' then null else geom end where id = $1",
            [id, to],
          );
          const moved = refused === null && rowCount === 1;
          // this update gives no place, so what lies in the locate queue can only leave
          if (moved !== (expected.ok && (from !== '待定位' || to === '退出')))
            wrong.push(`${id} → ${to}: ${moved}, ${refused}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    test('the system too moves along the machine only', async () => {
      await makeResource(store, { id: 'gone', state: '退出' });
      expect(
        (await tryOut(store, "update resources set state = '已开放', whitelisted = true", [])).refused,
      ).toBe('STORE_CONSTRAINT');
    });

    test('nothing is taken away without a reason, whatever the route forgets', async () => {
      await makeResource(store, { id: 'open', state: '已开放', confirmed: true });
      const silent = scopedStore(store, aPrincipal('district'), context);
      const { refused } = await tryOut(silent, "update resources set state = '暂停'", []);
      expect(refused).toBe('STORE_CONSTRAINT');
    });

    test('whoever may only open them changes nothing else of them, and an owner consents only for itself', async () => {
      await makeResource(store, { id: 'mine', state: '待产权确认' });
      await makeResource(store, { id: 'theirs', state: '待产权确认', owner: '乙单位' });
      const district = scopedStore(store, aPrincipal('district'), context);
      const owner = scopedStore(store, aPrincipal('owner'), context);
      const planner = scopedStore(store, aPrincipal('planner'), context);
      expect((await tryOut(district, "update resources set name = 'x' where id = 'mine'")).refused).toBe(
        'STORE_DENIED',
      );
      expect((await tryOut(district, 'update resources set owner_confirmed_at = now()')).refused).toBe(
        'STORE_DENIED',
      );
      expect((await tryOut(planner, 'update resources set owner_confirmed_at = now()')).refused).toBe(
        'STORE_DENIED',
      );
      expect((await tryOut(planner, 'update resources set whitelisted = true')).refused).toBe('STORE_DENIED');
      expect((await tryOut(owner, 'update resources set owner_confirmed_at = now()')).rowCount).toBe(1);
    });

    test('an administrator does all of it within the territory, and nothing beyond', async () => {
      for (const [id, district] of [
        ['here', OWN],
        ['there', FOREIGN],
      ] as const) {
        await makeResource(store, { id, state: '待产权确认', owner: '乙单位', district });
        const mine = scopedStore(store, aPrincipal('admin'), { ...context, reason: '按纸质同意书' });
        const reached = id === 'here' ? 1 : 0;
        const change = async (sets: string) =>
          (await tryOut(mine, `update resources set ${sets} where id = $1`, [id])).rowCount;
        expect([id, await change('owner_confirmed_at = now()')]).toEqual([id, reached]);
        expect([
          id,
          await change("owner_confirmed_at = now(), state = '已开放', whitelisted = true, name = '改'"),
        ]).toEqual([id, reached]);
        const said = await tryOut(
          mine,
          "insert into comments (id, resource_id, body) values ('said', $1, '已核对')",
          [id],
        );
        expect([id, said.refused]).toEqual([id, reached === 1 ? null : 'STORE_DENIED']);
      }
      const seen = await people.admin.ask('GET', '/api/resources/here');
      const ok = await people.admin.ask(
        'POST',
        '/api/resources/confirmations',
        { rows: asMade(['here']), dryRun: false },
        once(),
      );
      expect([seen.statusCode, ok.json<BulkMoveResultJson>().moved]).toEqual([200, 1]);
      expect((await moveAsRead(people.admin, 'here', '已开放')).statusCode).toBe(200);
      // it waits for the owner and the office all the same
      const { agenda } = (await people.admin.ask('GET', '/api/home')).json<{
        agenda: { desk: string; kind: string }[];
      }>();
      expect(agenda.filter(({ desk, kind }) => desk === 'library' && kind !== 'locate')).toEqual([]);
    });

    test('an owner consents to many at once; what was consented to or has left is named and stays', async () => {
      await makeResource(store, { id: 'asked' });
      await makeResource(store, { id: 'agreed', confirmed: true });
      await makeResource(store, { id: 'left', state: '退出' });
      await makeResource(store, { id: 'of others', owner: '乙单位' });
      const ids = ['asked', 'agreed', 'left', 'of others'];
      const consent = (more: object) =>
        people.owner.ask(
          'POST',
          '/api/resources/confirmations',
          { rows: asMade(ids), dryRun: false, ...more },
          once(),
        );
      const preview = (await consent({ dryRun: true })).json<BulkMoveResultJson>();
      expect([preview.moved, preview.refused.map(({ id, refusal }) => [id, refusal])]).toEqual([
        1,
        [
          ['agreed', 'RESOURCE_CONFIRMED'],
          ['left', 'RESOURCE_LEFT'],
          ['of others', 'RESOURCE_UNKNOWN'],
        ],
      ]);
      expect(codeOf(await consent({}))).toBe('RESOURCE_MOVES_REFUSED');
      expect((await consent({ skipRefused: true })).json<BulkMoveResultJson>().moved).toBe(1);
      const one = await people.owner.ask(
        'POST',
        '/api/resources/left/confirmation',
        {},
        { ...once(), 'if-match': '"1"' },
      );
      expect(codeOf(one)).toBe('RESOURCE_LEFT');
      const { rows } = await store.query<{ id: string }>(
        'select id from resources where owner_confirmed_at is not null and id = any ($1::text[]) order by id',
        [ids],
      );
      expect(rows.map(({ id }) => id)).toEqual(['agreed', 'asked']);
    });

    test('a resource goes from the list to the plan: made, placed, confirmed, opened, and its site with it', async () => {
      const made = await people.planner.ask(
        'POST',
        '/api/resources',
        {
          resourceType: '路灯杆',
          code: 'LD-1',
          address: '云汀路 1 号',
          owner: ORGANISATION,
          mountHeightsM: [6, 8.5],
        },
        { 'idempotency-key': randomUUID() },
      );
      expect([made.statusCode, made.json<ResourceJson>().state]).toEqual([201, '待定位']);
      const { id, districtCode, freeStatus, siteId } = made.json<ResourceJson>();
      // the planner has one district: where else should it be
      expect([districtCode, freeStatus, siteId]).toEqual([OWN, '必须免费', null]);

      const put = (browser: Browser, path: string, version: number, body: object) =>
        app.app.inject({
          method: 'PUT',
          url: `/api/resources/${id}/${path}`,
          headers: { host: '127.0.0.1', cookie: browser.cookie!, 'if-match': `"${version}"` },
          payload: body,
        });
      const placed = await put(people.planner, 'position', 1, {
        position: [121.035, 31.05],
        quality: '实测',
      });
      expect(placed.json()).toMatchObject({
        state: '待产权确认',
        position: [121.035, 31.05],
        siteId: id,
        version: 2,
      });
      const siteOf = async () =>
        (await store.query('select code, status, height_m, origin, cost_cny from sites where id = $1', [id]))
          .rows[0];
      expect(await siteOf()).toMatchObject({
        code: 'LD-1',
        status: 'unavailable',
        height_m: 8.5,
        origin: 'library',
      });

      const open = () => moveAsRead(people.district, id, '已开放');
      expect([codeOf(await open())]).toEqual(['STATE_FIELDS_MISSING']);
      const confirmed = await people.owner.ask(
        'POST',
        `/api/resources/${id}/confirmation`,
        {},
        { ...once(), 'if-match': '2' },
      );
      expect(confirmed.json<ResourceJson>().ownerConfirmedAt).not.toBeNull();
      expect((await open()).json()).toMatchObject({ state: '已开放' });
      expect(await siteOf()).toMatchObject({ status: 'candidate', cost_cny: 35_000 });

      const suspend = (reason?: string) => moveAsRead(people.district, id, '暂停', reason);
      expect(codeOf(await suspend())).toBe('STATE_REASON_MISSING');
      expect((await suspend('灯杆检修')).statusCode).toBe(200);
      expect(await siteOf()).toMatchObject({ status: 'unavailable' });
      expect(codeOf(await moveAsRead(people.owner, id, '已开放'))).toBe('PERMISSION_DENIED');

      const { records } = (await people.planner.ask('GET', `/api/resources/${id}/history`)).json<{
        records: { accountName: string; action: string; after: { state?: string }; reason: string | null }[];
      }>();
      expect(
        records.map(({ accountName, action, after, reason }) => [accountName, action, after.state, reason]),
      ).toEqual([
        ['某人 district', 'change', '暂停', '灯杆检修'],
        ['某人 district', 'change', '已开放', null],
        ['某人 owner', 'change', undefined, null],
        ['某人 planner', 'change', '待产权确认', null],
        ['某人 planner', 'create', '待定位', null],
      ]);
    });

    test('the whitelist stands for the consent, and neither may go while it is open', async () => {
      const id = await makeResource(store, { id: 'public', type: '政府机关' });
      const list = (whitelisted: boolean, version: number) =>
        app.app.inject({
          method: 'PUT',
          url: `/api/resources/${id}/whitelist`,
          headers: { host: '127.0.0.1', cookie: people.district.cookie!, 'if-match': String(version) },
          payload: { whitelisted, reason: '公共资源' },
        });
      expect((await list(true, 1)).json()).toMatchObject({ whitelisted: true, version: 2 });
      expect((await moveAsRead(people.district, id, '已开放')).statusCode).toBe(200);
      expect((await list(false, 3)).json()).toMatchObject({ code: 'RESOURCE_CONSENT_MISSING' });
    });

    test('another owner has consented to nothing: an open one keeps its owner', async () => {
      const id = await makeResource(store, { id: 'sold', confirmed: true });
      const change = (version: number) =>
        people.planner.ask(
          'PATCH',
          `/api/resources/${id}`,
          { owner: '乙单位' },
          { 'if-match': String(version) },
        );
      expect((await change(1)).json()).toMatchObject({ owner: '乙单位', ownerConfirmedAt: null });
      await makeResource(store, { id: 'open', state: '已开放', confirmed: true });
      const refused = await people.planner.ask(
        'PATCH',
        '/api/resources/open',
        { owner: '乙单位' },
        { 'if-match': '1' },
      );
      expect(codeOf(refused)).toBe('RESOURCE_CONSENT_MISSING');
    });

    test('a preview says what would be refused and why; nothing is moved by halves', async () => {
      for (const key of ['a', 'b']) await makeResource(store, { id: key, confirmed: true });
      await makeResource(store, { id: 'no consent' });
      await makeResource(store, { id: 'gone', state: '退出' });
      await makeResource(store, { id: 'foreign', district: FOREIGN, confirmed: true });
      const ids = ['a', 'b', 'no consent', 'gone', 'foreign'];
      const ask = (body: object) =>
        people.district.ask(
          'POST',
          '/api/resources/moves',
          { rows: asMade(ids), to: '已开放', ...body },
          once(),
        );
      const preview = await ask({ dryRun: true });
      expect(preview.json()).toMatchObject({ dryRun: true, moved: 2 });
      expect(
        preview
          .json<{ refused: { id: string; refusal: string }[] }>()
          .refused.map(({ id, refusal }) => [id, refusal]),
      ).toEqual([
        ['no consent', 'STATE_FIELDS_MISSING'],
        ['gone', 'STATE_MOVE_UNKNOWN'],
        ['foreign', 'RESOURCE_UNKNOWN'],
      ]);
      const statesNow = async () =>
        (await store.query<{ state: string }>('select state from resources order by id', [])).rows.map(
          ({ state }) => state,
        );
      const before = await statesNow();
      expect(codeOf(await ask({ dryRun: false }))).toBe('RESOURCE_MOVES_REFUSED');
      expect(await statesNow()).toEqual(before);
      expect((await ask({ dryRun: false, skipRefused: true })).json()).toMatchObject({ moved: 2 });
      expect(await statesNow()).toEqual(['已开放', '已开放', '待产权确认', '退出', '待产权确认']);
    });

    test('one move is one act: not without its version and key, the same answer to the same key, and told how it is when late', async () => {
      const id = await makeResource(store, { id: 'pole', confirmed: true });
      const path = `/api/resources/${id}/moves`;
      const move = (body: object, headers: Record<string, string>) =>
        people.district.ask('POST', path, body, headers);
      expect(codeOf(await move({ to: '已开放' }, once()))).toBe('REQUEST_VERSION_MISSING');
      expect(codeOf(await move({ to: '已开放' }, { 'if-match': '"1"' }))).toBe('IDEMPOTENCY_KEY_MISSING');
      const act = { ...once(), 'if-match': '"1"' };
      const first = await move({ to: '已开放' }, act);
      const second = await move({ to: '已开放' }, act);
      expect([first.statusCode, second.statusCode, second.headers['idempotency-replayed']]).toEqual([
        200,
        200,
        'true',
      ]);
      expect(second.json()).toEqual(first.json());
      expect(codeOf(await move({ to: '暂停', reason: '检修' }, act))).toBe('IDEMPOTENCY_KEY_REUSED');
      const late = await move({ to: '暂停', reason: '检修' }, { ...once(), 'if-match': '"1"' });
      expect([late.statusCode, late.json()]).toMatchObject([
        412,
        { code: 'RESOURCE_STALE', resource: { state: '已开放', version: 2 } },
      ]);
      // a refusal is an answer as well: what was forbidden then is told again, although it would do by now
      const refused = { ...once(), 'if-match': '"2"' };
      expect(codeOf(await move({ to: '暂停' }, refused))).toBe('STATE_REASON_MISSING');
      expect((await move({ to: '暂停' }, refused)).headers['idempotency-replayed']).toBe('true');
    });

    test('many at once: one that was changed since it was looked at is named and stays, and the same key moves them once', async () => {
      for (const key of ['a', 'b', 'c']) await makeResource(store, { id: key, confirmed: true });
      await store.query("update resources set name = '改名' where id = 'b'", []);
      const body = { rows: asMade(['a', 'b']), to: '已开放' };
      const ask = (more: object, headers: Record<string, string> = once()) =>
        people.district.ask('POST', '/api/resources/moves', { ...body, ...more }, headers);
      const preview = (await ask({ dryRun: true }, {})).json<BulkMoveResultJson>();
      expect([preview.moved, preview.refused.map(({ id, refusal }) => [id, refusal])]).toEqual([
        1,
        [['b', 'RESOURCE_STALE']],
      ]);
      expect(codeOf(await ask({ dryRun: false }, {}))).toBe('IDEMPOTENCY_KEY_MISSING');
      const act = once();
      const first = await ask({ dryRun: false, skipRefused: true }, act);
      expect((await ask({ dryRun: false, skipRefused: true }, act)).json()).toEqual(first.json());
      expect(first.json()).toMatchObject({ moved: 1 });
      const consent = once();
      const agree = () =>
        people.owner.ask(
          'POST',
          '/api/resources/confirmations',
          { rows: asMade(['c']), dryRun: false },
          consent,
        );
      expect([(await agree()).statusCode, (await agree()).json()]).toMatchObject([
        409,
        { code: 'RESOURCE_MOVES_REFUSED' },
      ]);
    });
  });
}
