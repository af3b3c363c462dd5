// Every route of the API description × everybody who could ask × own and foreign rows, over HTTP, compared with the permission table.
// Which permission a route asks for is committed in tests/fixtures/access.json: a new route fails here until somebody states it.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaMachine } from '../../../engine/review/area-states.ts';
import { caseMachine } from '../../../engine/review/case-states.ts';
import { planMachine } from '../../../engine/review/plan-states.ts';
import { problemMachine } from '../../../engine/review/problem-states.ts';
import { resourceMachine } from '../../../engine/review/resource-states.ts';
import { cookieOf } from '../../../scripts/bench/cookie-of.ts';
import { buildApp } from '../../../server/app.ts';
import { permissionTable, type Role, roles } from '../../../server/permission/permission-table.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { testConfig } from '../app-on-town.ts';
import { CANARY, makeTwoDistricts, ORGANISATION, OWN, OWN_TOWN } from './two-districts.ts';

const accessFile = new URL('../../fixtures/access.json', import.meta.url);
const committed = JSON.parse(readFileSync(accessFile, 'utf8')) as Readonly<Record<string, string>>;

let testStore: TestStore;
let app: App;
/** Everywhere, and in the first district only. */
const cookies = new Map<string, string>();
/** Its database makes its id. */
let foreignProblem = '';
let disabled = '';
let routes: readonly { readonly method: string; readonly path: string; readonly access: string }[] = [];

beforeAll(async () => {
  testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  const { store } = testStore;
  await makeTwoDistricts(store);
  // rows made for the store only: here they have to fit the replies of routes, and only being seen counts
  await store.query(
    `update plans set state = 'cancelled', summary = null, fingerprint = null, engine_version = null,
       request = request || '{"ruleWord": "连续覆盖", "profileId": "n78"}'`,
  );
  await store.query('delete from imports');
  await store.query(
    "insert into cases (id, site_id, operator, state) values ('case foreign', 'site foreign', $1, '候选')",
    [CANARY],
  );
  await store.query(
    "insert into relocations (id, cause, project, district_code) values ('relocation foreign', '其他', $1, '310902')",
    [CANARY],
  );
  await store.query(
    `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality,
       district_code, owner, whitelisted)
     select 'resource foreign', $1 || ' R', $1, '路灯杆', '已开放', s.geom, s.lon, s.lat, 'CGCS2000', '实测', s.district_code, $1, true
       from sites s where s.id = 'site foreign'`,
    [CANARY],
  );
  // named like its resource: an address with both asks for it
  await store.query(
    `insert into resource_photos (id, resource_id, kind, digest, sent_digest, media_type, bytes, width, height, file_name)
     values ('resource foreign', 'resource foreign', '全景', repeat('a', 64), repeat('b', 64), 'image/png', 1, 1, 1, $1)`,
    [CANARY],
  );
  await store.query(
    `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, search_radius_m, district_code)
     select 'demand foreign', $1, $1, s.geom, s.lon, s.lat, 'CGCS2000', 200, s.district_code from sites s where s.id = 'site foreign'`,
    [CANARY],
  );
  await store.query(
    "insert into claims (id, resource_id, company, for_operators, slots, until) values ('claim foreign', 'resource foreign', $1, array[$1], 1, now() + interval '9 days')",
    [CANARY],
  );
  await store.query(
    "insert into batches (id, title, district_code, created_name) values ('batch foreign', $1, '310902', $1)",
    [CANARY],
  );
  await store.transaction(async (tx) => {
    await tx.query(
      "insert into directories (id, district_code, note) values ('directory foreign', '310902', $1)",
      [CANARY],
    );
    // named like its resource: an address with both asks for it
    await tx.query(
      `insert into directory_rows (directory_id, resource_id, lon, lat, snapshot)
       values ('directory foreign', 'directory foreign', 121.12, 31.05, jsonb_build_object('code', $1::text))`,
      [CANARY],
    );
  });
  const raised = await store.query<{ id: string }>(
    "select raise_problem('其他', $1, $1, '[]', '310902', '', $1) as id",
    [CANARY],
  );
  foreignProblem = raised.rows[0]!.id;
  // named like what they belong to, as the photo above
  for (const [noun, id] of [
    ['problem', foreignProblem],
    ['case', 'case foreign'],
    ['relocation', 'relocation foreign'],
    ['resource', 'resource foreign'],
  ])
    await store.query(
      `insert into attachments (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages, file_name)
       values ($2, $1, $2, '其他', repeat('c', 64), repeat('c', 64), 'application/pdf', 1, 1, $3)`,
      [noun, id, CANARY],
    );
  // an area is everybody's whose district it touches
  await store.query("update target_areas set name = '横跨' where id = 'area across'");
  // and an owner sees what is theirs anywhere
  await store.query("update sites set name = '自有' where id = 'site foreign-of-mine'");
  ({ app } = await buildApp({ store, config: testConfig({ requestsPerMinute: 1_000_000 }) }));
  await app.ready();
  for (const role of roles) {
    cookies.set(role, await cookieOf(store, role));
    const isTown = role === 'town';
    cookies.set(
      `${role} of one district`,
      await cookieOf(store, role, {
        organisation: ORGANISATION,
        territory: {
          everywhere: false,
          districtCodes: isTown ? [] : [OWN],
          townCodes: isTown ? [OWN_TOWN] : [],
        },
      }),
    );
  }
  disabled = await cookieOf(store, 'tower');
  await store.query(
    'update accounts set disabled_at = now() where id = (select account_id from sessions order by created_at desc, id limit 1)',
  );
  const { paths } = JSON.parse((await app.inject('/api/openapi.json')).payload) as {
    paths: Record<string, Record<string, { 'x-access'?: string }>>;
  };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'head')
      .map(([method, { 'x-access': access = '' }]) => ({ method: method.toUpperCase(), path, access })),
  );
}, 300_000);

afterAll(async () => {
  await app.close();
  await testStore.close();
});

/** An address nobody has, with numbers where numbers are wanted. */
const addressOf = (path: string, id = 'nobody'): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => (/^[zxy]$/.test(name) ? '1' : encodeURIComponent(id))) +
  // the map of a desk is asked for by its window: all of it, by places
  (path.endsWith('/map') ? '?bbox=-180,-90,180,90&zoom=20' : '');

const ask = (method: string, url: string, cookie: string | undefined) =>
  app.inject({
    method: method as 'GET',
    url,
    headers: { host: '127.0.0.1', ...(cookie !== undefined && { cookie }) },
  });

test('every route states what is committed, and every word of the table is used', () => {
  expect(Object.fromEntries(routes.map(({ method, path, access }) => [`${method} ${path}`, access]))).toEqual(
    committed,
  );
  // some are asked for by the state a resource moves to, not by the route
  const used = new Set([
    ...routes.map(({ access }) => access),
    ...areaMachine.moves.flatMap(({ permissions }) => permissions),
    ...caseMachine.moves.flatMap(({ permissions }) => permissions),
    ...planMachine.moves.flatMap(({ permissions }) => permissions),
    ...problemMachine.moves.flatMap(({ permissions }) => permissions),
    ...resourceMachine.moves.flatMap(({ permissions }) => permissions),
  ]);
  expect(Object.keys(permissionTable).filter((permission) => !used.has(permission))).toEqual([]);
});

test('nobody and the disabled pass open doors only', async () => {
  for (const { method, path, access } of routes) {
    if (path.startsWith('/api/session')) continue;
    for (const cookie of [undefined, disabled]) {
      const { statusCode } = await ask(method, addressOf(path), cookie);
      expect([method, path, access === 'open' ? statusCode !== 401 : statusCode === 401]).toEqual([
        method,
        path,
        true,
      ]);
    }
  }
});

test.each(roles)(
  '%s passes exactly where the table says so, everywhere and in one district',
  async (role) => {
    for (const { method, path, access } of routes) {
      // would end the session that asks
      if (path.startsWith('/api/session')) continue;
      const allowed = access === 'open' || access === 'signed-in' || scopeOf(access, role) !== undefined;
      for (const who of [role, `${role} of one district`]) {
        const reply = await ask(method, addressOf(path), cookies.get(who));
        const isDenied =
          reply.statusCode === 403 && reply.json<{ code: string }>().code === 'PERMISSION_DENIED';
        expect([who, method, path, isDenied, reply.statusCode < 500]).toEqual([
          who,
          method,
          path,
          !allowed,
          true,
        ]);
      }
    }
  },
);

const scopeOf = (access: string, role: Role): string | undefined =>
  (permissionTable as Record<string, Partial<Record<Role, string>>>)[access]?.[role];

test('a foreign row answers like one that does not exist, and no list names it', async () => {
  const foreign = [
    'plan foreign',
    'area foreign',
    'site foreign',
    'plan across',
    'plan none',
    'area none',
    'site none',
    'case foreign',
    'relocation foreign',
    'resource foreign',
    'demand foreign',
    'claim foreign',
    'batch foreign',
    'directory foreign',
    foreignProblem,
  ];
  let asked = 0;
  for (const role of roles) {
    const cookie = cookies.get(`${role} of one district`);
    for (const { method, path, access } of routes) {
      // what has no place is everybody's who may read it
      if (scopeOf(access, role) === 'all') continue;
      if (method !== 'GET' || !path.startsWith('/api/') || path.startsWith('/api/session')) continue;
      if (!path.includes('{id}') && !path.includes('{siteId}')) {
        expect([role, path, (await ask(method, addressOf(path), cookie)).payload.includes(CANARY)]).toEqual([
          role,
          path,
          false,
        ]);
        continue;
      }
      for (const id of foreign) {
        const [known, unknown] = [
          await ask(method, addressOf(path, id), cookie),
          await ask(method, addressOf(path, `${id.split(' ')[0]} nowhere`), cookie),
        ];
        expect([role, path, id, known.statusCode, faceOf(known.payload, id)]).toEqual([
          role,
          path,
          id,
          unknown.statusCode,
          faceOf(unknown.payload, `${id.split(' ')[0]} nowhere`),
        ]);
        asked += 1;
      }
    }
  }
  expect(asked).toBeGreaterThan(500);
}, 900_000);

/** Without what every request has of its own. */
const faceOf = (payload: string, id: string): string =>
  payload
    .replaceAll(id, '…')
    .replace(/"requestId":"[^"]*"/, '')
    .replace(/请求编号 [\w-]+|request id [\w-]+/g, '');
