// The demand library as people use it: whose rows they are, whose change wins, what a file brings, which resources are proposed and why,
// and demands that say the same thing twice.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  distanceM,
  type LonLat,
  matchResources,
  matchRules,
  matchWeightName,
} from '../../../engine/index.ts';
import type {
  BulkMatchResultJson,
  DemandJson,
  DemandPageJson,
  DuplicatesJson,
  MatchListJson,
} from '../../../server/contract/demands.ts';
import type { ImportReportJson } from '../../../server/contract/imports.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { storeImport } from '../../../server/import/store-import.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { demandsAgenda } from '../../../server/store/agenda/demands.ts';
import { loadCandidates } from '../../../server/store/demand-matches.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { upload } from '../app-on-town.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context } from '../permission/two-districts.ts';
import { ORGANISATION, OWN, openLibrary, peopleOf } from '../resources/a-library.ts';

const BASE: LonLat = [121.03, 31.05];
let testStore: TestStore;
let store: Store;
let app: PeopleApp;
let people: Record<Role, Browser>;

beforeAll(async () => {
  testStore = await openEmbeddedTestStore();
  store = testStore.store;
  await openLibrary(store);
  app = await openPeopleApp(store, { requestsPerMinute: 100_000 });
  people = await peopleOf(app);
}, 300_000);
afterAll(async () => {
  await app.app.close();
  await testStore.close();
});
beforeEach(async () => {
  await store.query('delete from demands', []);
  await store.query('delete from resources', []);
});

let keys = 0;
const once = (): Record<string, string> => {
  keys += 1;
  return { 'idempotency-key': `test-key-${keys}` };
};
const versionOf = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });
const metresEast = (metres: number): number => metres / (111_195 * Math.cos((31.05 * Math.PI) / 180));

/** Written down by a planner, 200 m around BASE unless told otherwise. */
async function aDemand(changes: object = {}, by: Role = 'planner'): Promise<DemandJson> {
  const body = { operator: ORGANISATION, searchRadiusM: 200, place: { position: BASE }, ...changes };
  const reply = await people[by].ask('POST', '/api/demands', body, once());
  expect([reply.statusCode, reply.statusCode === 201 ? '' : reply.body]).toEqual([201, '']);
  return reply.json<DemandJson>();
}

/** An open resource so many metres east of BASE. */
async function aResource(id: string, metres: number, state = '已开放', changes = ''): Promise<string> {
  await store.query(
    `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality, owner,
       owner_confirmed_at, slots, origin)
     values ($1, 'code ' || $1, '名称 ' || $1, '路灯杆', $4, ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4490), $2::float8, $3::float8,
       'CGCS2000', '实测', '某业主', now(), 2, 'import')`,
    [id, BASE[0] + metresEast(metres), BASE[1], state],
  );
  if (changes) await store.query(`update resources set ${changes} where id = $1`, [id]);
  return id;
}

const matchesOf = async (id: string, who: Role = 'planner', query = '') =>
  (await people[who].ask('GET', `/api/demands/${id}/matches${query}`)).json<MatchListJson>();
const idsFor = async (who: Role, query = '') =>
  (await people[who].ask('GET', `/api/demands?sort=code&order=asc&${query}`))
    .json<DemandPageJson>()
    .demands.map(({ code }) => code);

describe('rows and people', () => {
  test('a demand lies in the district of its place, and an operator reads its own wherever they are', async () => {
    const made = await aDemand({ code: 'mine' });
    expect([made.districtCode, made.state, made.priority, made.version]).toEqual([OWN, '新建', 3, 1]);
    await aDemand({ code: 'of others', operator: '乙运营商' });
    await aDemand({ code: 'abroad', place: { position: [121.13, 31.05] } }, 'operator');
    expect(await idsFor('planner')).toEqual(['mine', 'of others']);
    expect(await idsFor('operator')).toEqual(['abroad', 'mine']);
    expect(await idsFor('city')).toEqual(['mine', 'of others']);
    expect((await people.owner.ask('GET', '/api/demands')).statusCode).toBe(403);
  });

  test('other districts answer like nothing, and nobody writes there or for another operator', async () => {
    const abroad = await aDemand({ code: 'abroad', place: { position: [121.13, 31.05] } }, 'operator');
    for (const path of ['', '/history', '/matches'])
      expect((await people.planner.ask('GET', `/api/demands/${abroad.id}${path}`)).statusCode).toBe(404);
    const changed = await people.planner.ask(
      'PATCH',
      `/api/demands/${abroad.id}`,
      { name: 'x' },
      versionOf(abroad),
    );
    expect([changed.statusCode, codeOf(changed)]).toEqual([404, 'DEMAND_UNKNOWN']);
    const outside = { operator: 'x', place: { position: [121.13, 31.05] } };
    const written = await people.planner.ask('POST', '/api/demands', outside, once());
    expect([written.statusCode, codeOf(written)]).toEqual([403, 'PERMISSION_DENIED']);
    const borrowed = { operator: '乙运营商', place: { position: BASE } };
    expect((await people.operator.ask('POST', '/api/demands', borrowed, once())).statusCode).toBe(403);
    const mine = await aDemand({ code: 'mine' });
    const moved = { place: { position: [121.13, 31.05] } };
    const away = await people.planner.ask('PATCH', `/api/demands/${mine.id}`, moved, versionOf(mine));
    expect([away.statusCode, codeOf(away)]).toEqual([403, 'PERMISSION_DENIED']);
    const town = await people.planner.ask(
      'PATCH',
      `/api/demands/${mine.id}`,
      { townCode: '310902001' },
      versionOf(mine),
    );
    expect([town.statusCode, codeOf(town)]).toEqual([422, 'DEMAND_TOWN']);
    // an operator changes its own, and gives it to nobody else
    const given = await people.operator.ask(
      'PATCH',
      `/api/demands/${mine.id}`,
      { operator: '乙运营商' },
      versionOf(mine),
    );
    expect(given.statusCode).toBe(403);
    const own = await people.operator.ask(
      'PATCH',
      `/api/demands/${mine.id}`,
      { note: '先做' },
      versionOf(mine),
    );
    expect(own.json()).toMatchObject({ note: '先做', version: 2, position: BASE });
  });

  test('the second of two changes is refused with the demand as it is now, and a retry is one act', async () => {
    const made = await aDemand();
    const first = await people.planner.ask(
      'PATCH',
      `/api/demands/${made.id}`,
      { priority: 1 },
      versionOf(made),
    );
    expect(first.json()).toMatchObject({ priority: 1, version: 2 });
    const late = await people.planner.ask(
      'PATCH',
      `/api/demands/${made.id}`,
      { priority: 5 },
      versionOf(made),
    );
    expect([late.statusCode, codeOf(late)]).toEqual([412, 'DEMAND_STALE']);
    expect(late.json()).toMatchObject({ demand: { priority: 1, version: 2 } });
    expect((await people.planner.ask('PATCH', `/api/demands/${made.id}`, {})).statusCode).toBe(428);
    const key = once();
    const cancel = () =>
      people.planner.ask(
        'POST',
        `/api/demands/${made.id}/moves`,
        { to: '已取消', reason: '撤回' },
        {
          ...key,
          'if-match': '2',
        },
      );
    const [done, again] = [await cancel(), await cancel()];
    expect([done.json(), again.json()]).toMatchObject([{ state: '已取消', version: 3 }, { version: 3 }]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const twin = await people.planner.ask(
      'POST',
      '/api/demands',
      { operator: ORGANISATION, code: made.code, place: { position: BASE } },
      once(),
    );
    expect(codeOf(twin)).toBe('DEMAND_CODE_TAKEN');
  });

  test('it ends with a reason only, by those who may, and its history tells all of it', async () => {
    const made = await aDemand();
    const move = (who: Role, body: object, version: number) =>
      people[who].ask('POST', `/api/demands/${made.id}/moves`, body, { ...once(), 'if-match': `${version}` });
    expect(codeOf(await move('planner', { to: '已取消' }, 1))).toBe('STATE_REASON_MISSING');
    expect((await move('district', { to: '已取消', reason: 'x' }, 1)).statusCode).toBe(403);
    expect(codeOf(await move('planner', { to: '新建', reason: 'x' }, 1))).toBe('STATE_MOVE_UNKNOWN');
    expect((await move('operator', { to: '已取消', reason: '不再需要' }, 1)).json()).toMatchObject({
      state: '已取消',
    });
    expect((await move('tower', { to: '新建', reason: '又要了' }, 2)).json()).toMatchObject({
      state: '新建',
    });
    // of a town that is not the demand's
    expect((await people.town.ask('GET', `/api/demands/${made.id}/history`)).statusCode).toBe(404);
    const told = (await people.planner.ask('GET', `/api/demands/${made.id}/history`)).json<{
      records: object[];
    }>();
    expect(told.records).toMatchObject([
      {
        action: 'change',
        role: 'tower',
        before: { state: '已取消' },
        after: { state: '新建' },
        reason: '又要了',
      },
      { action: 'change', role: 'operator', reason: '不再需要' },
      { action: 'create', role: 'planner' },
    ]);
    await expect(
      store.query("update demands set state = '已满足' where id = $1", [made.id]),
    ).rejects.toMatchObject({
      code: 'STORE_CONSTRAINT',
      constraint: 'state_move',
    });
  });
});

describe('a file of demands', () => {
  const send = (who: Role, text: string) => {
    const file = upload('需求.csv', Buffer.from(text));
    return app.app.inject({
      method: 'POST',
      url: '/api/imports?kind=demands&mode=usable',
      headers: { host: '127.0.0.1', cookie: people[who].cookie!, ...once(), ...file.headers },
      payload: file.payload,
    });
  };

  test('brings its good rows, names the bad ones, and updates what it brought before', async () => {
    const header =
      '需求编号,需求运营商,东经,北纬,覆盖场景,搜索半径（米）,挂高,方位角,优先级,期望日期,是否共享,频段,站型,需求原因';
    const rows = [
      'X-1,甲运营商,121.03,31.05,密集城区,,25米,0/120/240,高,2027/3/1,是,3.5GHz,宏站,弱覆盖',
      'X-2,,121.03,31.05,,,,,,,,,,',
      'X-3,甲运营商,121.03,131.05,,,,,,,,,,',
      'X-4,甲运营商,121.03,31.05,,5 米,,,,,,,,',
      'X-5,甲运营商,121.13,31.05,,,,,,,,,,',
      'X-6,甲运营商,121.03,31.05,太空,300,,,,,,,,',
      'X-1,甲运营商,121.03,31.05,,,,,,,,,,',
      ',甲运营商,121.031,31.05,,,,400,,,,,,',
      ',乙运营商,121.032,31.05,,,,,,昨天,,,,',
    ];
    const report = (await send('planner', [header, ...rows].join('\n'))).json<ImportReportJson>();
    expect([report.rows, report.accepted, report.stored]).toEqual([9, 2, 2]);
    expect(report.issues.map(({ code, row }) => `${code} ${row}`)).toEqual([
      'IMPORT_OPERATOR_MISSING 2',
      'IMPORT_POSITION_RANGE 3',
      'IMPORT_NUMBER 4',
      'IMPORT_OUTSIDE_TERRITORY 5',
      'IMPORT_VALUE_UNKNOWN 6',
      'IMPORT_CODE_REPEATED 7',
      'IMPORT_AZIMUTH 8',
      'IMPORT_DATE 9',
    ]);
    const [first] = (await people.planner.ask('GET', '/api/demands?q=x-1')).json<DemandPageJson>().demands;
    expect(first).toMatchObject({
      operator: '甲运营商',
      scenario: '密集城区',
      searchRadiusM: 150,
      wantHeightM: 25,
      azimuthsDeg: [0, 120, 240],
      priority: 1,
      wantDate: '2027-03-01',
      shareable: true,
      band: '3.5GHz',
      form: '宏站',
      reason: '弱覆盖',
      districtCode: OWN,
      sourceRow: 1,
    });
    const second = (
      await send('planner', `${header}\nX-1,甲运营商,121.0301,31.05,,400,,,,,,,,`)
    ).json<ImportReportJson>();
    expect(second.stored).toBe(1);
    const [after] = (await people.planner.ask('GET', '/api/demands?q=x-1')).json<DemandPageJson>().demands;
    expect(after).toMatchObject({
      id: first!.id,
      searchRadiusM: 400,
      scenario: '密集城区',
      position: [121.0301, 31.05],
    });
  });

  test('an operator brings its own demands from anywhere, nobody else’s, and no other list', async () => {
    const header = '需求编码,需求运营商,经度,纬度';
    const rows = [`A-1,${ORGANISATION},121.13,31.05`, 'A-2,乙运营商,121.03,31.05'];
    const report = (await send('operator', [header, ...rows].join('\n'))).json<ImportReportJson>();
    expect([report.stored, report.issues.map(({ code, row }) => `${code} ${row}`)]).toEqual([
      1,
      ['IMPORT_OUTSIDE_TERRITORY 2'],
    ]);
    expect(await idsFor('operator')).toEqual(['A-1']);
    const file = upload(
      '站址.csv',
      Buffer.from('编码,名称,资源类型,经度,纬度,挂高\nS,S,路灯杆,121.03,31.05,8'),
    );
    const sites = await app.app.inject({
      method: 'POST',
      url: '/api/imports?kind=sites&mode=usable',
      headers: { host: '127.0.0.1', cookie: people.operator.cookie!, ...once(), ...file.headers },
      payload: file.payload,
    });
    expect([sites.statusCode, codeOf(sites)]).toEqual([403, 'PERMISSION_DENIED']);
  });

  test('a workbook that was taken along comes back as the same demands, and the taking is noted', async () => {
    await aDemand({
      code: 'A-1',
      name: '广场',
      tags: ['急', '重点'],
      azimuthsDeg: [0, 90],
      wantDate: '2027-01-02',
    });
    await aDemand({
      code: 'A-2',
      operator: '乙运营商',
      shareable: false,
      form: '杆站',
      band: 'n78',
      note: '沿街',
    });
    const file = await people.planner.ask('GET', '/api/demands/export.xlsx');
    const parsed = parseImport(file.rawPayload, {
      kind: 'demands',
      fileName: '需求库.xlsx',
      datum: 'CGCS2000',
    });
    expect([parsed.format, parsed.issues, parsed.records.rows.length]).toEqual(['xlsx', [], 2]);
    const content = async () =>
      (await people.planner.ask('GET', '/api/demands?sort=code'))
        .json<DemandPageJson>()
        .demands.map(
          ({ version: _v, updatedAt: _u, sourceFile: _f, sourceRow: _r, origin: _o, ...rest }) => rest,
        );
    const before = await content();
    expect((await storeImport(store, parsed, 'all')).stored).toBe(2);
    expect(await content()).toEqual(before);
    const { rows } = await store.query(
      "select action from audit_records where object = 'demand' and action = 'export'",
      [],
    );
    expect(rows).toEqual([{ action: 'export' }]);
  });
});

describe('matching', () => {
  test('ranks what is open within the radius, says why, and puts what is blocked behind', async () => {
    const demand = await aDemand({ wantHeightM: 8, form: '杆站' });
    await aResource('far', 150);
    await aResource('near', 20);
    await aResource('full', 1, '满载');
    await aResource('doomed', 2, '已开放', "constraint_flags = '{拟拆除}'");
    await aResource('outside', 230);
    await aResource('closed', 3, '暂停');
    const list = await matchesOf(demand.id);
    // what is blocked comes last however near it is
    expect(list.matches.map(({ resourceId, blockedBy }) => [resourceId, ...blockedBy])).toEqual([
      ['near'],
      ['far'],
      ['doomed', 'MATCH-CONSTRAINT'],
      ['full', 'MATCH-SLOTS'],
    ]);
    expect([list.total, list.free]).toEqual([4, 2]);
    const [best] = list.matches;
    expect(best!.distanceM).toBeCloseTo(20, 1);
    expect(best!.reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(best!.score, 2);
    expect(list.rules.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    // an administrator's weights, as the rule values have them
    const { rows } = await store.query<{ name: string; value: number }>(
      "select name, value from rule_values where name like 'match.%' order by name",
      [],
    );
    const usual = matchRules.filter(({ weight }) => weight > 0);
    expect(rows).toEqual(
      usual
        .map(({ id, weight }) => ({ name: matchWeightName(id), value: weight }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    await store.query("update rule_values set value = 75 where name = 'match.distance'", []);
    const weighed = await matchesOf(demand.id);
    expect(weighed.rules.find(({ id }) => id === 'MATCH-DISTANCE')!.weight).toBeCloseTo(50, 6);
    await store.query("update rule_values set value = 25 where name = 'match.distance'", []);
    const all = await matchesOf(demand.id, 'planner', '?all=true');
    expect(all.matches.find(({ resourceId }) => resourceId === 'closed')!.blockedBy).toEqual(['MATCH-STATE']);
  });

  test('finds what a look at every resource finds', async () => {
    const random = seeded(7);
    const at = (): LonLat => [121.001 + random() * 0.09, 31.001 + random() * 0.09];
    const places = Array.from({ length: 2000 }, at);
    await store.query(
      `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality, owner,
         owner_confirmed_at, total_height_m, origin)
       select 'r' || place, 'r' || place, '', '路灯杆', case when place % 5 = 0 then '待产权确认' else '已开放' end,
         ST_SetSRID(ST_MakePoint(lon, lat), 4490), lon, lat, 'CGCS2000', '图上', '', now(), 5 + place % 20, 'import'
         from unnest($1::float8[], $2::float8[]) with ordinality as p (lon, lat, place)`,
      [places.map(([lon]) => lon), places.map(([, lat]) => lat)],
    );
    const made = [];
    for (const radius of [150, 400, 1200, 3000])
      made.push(await aDemand({ place: { position: at() }, searchRadiusM: radius, wantHeightM: 12 }));
    for (const { demand, candidates } of await loadCandidates(
      store,
      made.map(({ id }) => id),
      false,
    )) {
      const ranked = matchResources(demand, candidates);
      const open = places.flatMap((position, index) =>
        (index + 1) % 5 !== 0 && distanceM(demand.position, position) <= demand.searchRadiusM
          ? [{ ...candidates[0]!, id: `r${index + 1}`, position, totalHeightM: 5 + ((index + 1) % 20) }]
          : [],
      );
      expect(open.length).toBeGreaterThan(0);
      expect(ranked).toEqual(matchResources(demand, open));
    }
  });

  test('counts what the latest plan around it gained, for whoever may read the plan', async () => {
    const demand = await aDemand();
    await aResource('planned', 100);
    await aResource('nearer', 90);
    await store.query(
      `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
         unique_weight_share, displaced) values ('plan own', 'planned', 9, 'new', 'target-gain', 1, 1, 0.02, 0.5, 0, '[]')`,
      [],
    );
    await store.query("update plans set box = '{121.0,31.0,121.1,31.1}' where id = 'plan own'", []);
    const list = await matchesOf(demand.id);
    expect(list.plan).toMatchObject({ id: 'plan own' });
    expect(list.matches.map(({ resourceId }) => resourceId)).toEqual(['planned', 'nearer']);
    expect(list.matches[0]!.reasons.find(({ rule }) => rule === 'MATCH-GAIN')).toMatchObject({
      part: 1,
      value: 0.02,
    });
    await store.query("delete from plan_items where site_id = 'planned'", []);
    await store.query("update plans set box = null where id = 'plan own'", []);
    expect((await matchesOf(demand.id)).plan).toBeNull();
  });

  test('takes one that nothing blocks, gives it back with a reason, and takes another instead', async () => {
    const demand = await aDemand();
    for (const [id, metres, state] of [
      ['good', 50, '已开放'],
      ['other', 60, '已开放'],
      ['full', 5, '满载'],
      ['away', 900, '已开放'],
    ] as const)
      await aResource(id, metres, state);
    const take = (who: Role, resourceId: string, version: number) =>
      people[who].ask(
        'POST',
        `/api/demands/${demand.id}/match`,
        { resourceId },
        { ...once(), 'if-match': `${version}` },
      );
    expect(codeOf(await take('planner', 'full', 1))).toBe('DEMAND_MATCH_BLOCKED');
    expect(codeOf(await take('planner', 'away', 1))).toBe('DEMAND_MATCH_OUTSIDE');
    expect((await take('district', 'good', 1)).statusCode).toBe(403);
    expect((await take('tower', 'good', 1)).json()).toMatchObject({
      state: '已匹配',
      resourceId: 'good',
      resourceCode: 'code good',
      version: 2,
    });
    expect((await take('planner', 'other', 1)).statusCode).toBe(412);
    expect((await take('planner', 'other', 2)).json()).toMatchObject({
      state: '已匹配',
      resourceId: 'other',
    });
    const back = await people.planner.ask(
      'POST',
      `/api/demands/${demand.id}/moves`,
      { to: '新建', reason: '业主反悔' },
      { ...once(), 'if-match': '3' },
    );
    expect(back.json()).toMatchObject({ state: '新建', resourceId: null, matchedAt: null });
  });

  test('an operator sees candidates to 0.001 degrees, and learns no distance more exactly', async () => {
    const demand = await aDemand();
    await aResource('pole', 60);
    const [exact] = (await matchesOf(demand.id)).matches;
    const [masked] = (await matchesOf(demand.id, 'operator')).matches;
    expect(masked!.position).toEqual([121.031, 31.05]);
    expect(masked!.distanceM).toBeCloseTo(distanceM(BASE, [121.031, 31.05]), 6);
    expect(masked!.distanceM).not.toBeCloseTo(exact!.distanceM, 0);
  });

  test('many at once get their best in order of urgency, and looking first changes nothing', async () => {
    await aResource('one', 30);
    await aResource('two', 400);
    await aDemand({ code: 'B', priority: 2 });
    await aDemand({ code: 'A', priority: 1, searchRadiusM: 500 });
    await aDemand({ code: 'none', priority: 5, place: { position: [121.08, 31.08] } });
    const bulk = async (dryRun: boolean) =>
      (
        await people.planner.ask('POST', '/api/demands/matches', { filters: {}, dryRun }, once())
      ).json<BulkMatchResultJson>();
    const preview = await bulk(true);
    expect(preview).toMatchObject({ dryRun: true, demands: 3, matched: 2, left: 0 });
    expect(preview.rows.map(({ code, best, free }) => [code, best?.resourceId ?? null, free])).toEqual([
      ['A', 'one', 2],
      ['B', 'one', 1],
      ['none', null, 0],
    ]);
    expect(await idsFor('planner', 'state=新建')).toEqual(['A', 'B', 'none']);
    expect((await bulk(false)).matched).toBe(2);
    expect(await idsFor('planner', 'state=已匹配')).toEqual(['A', 'B']);
  });

  test('many at once are not sent to the last place of one resource', async () => {
    await aResource('single', 30, '已开放', 'slots = 1');
    await aResource('next', 120);
    for (const code of ['A', 'B', 'C', 'D']) await aDemand({ code });
    const reply = await people.planner.ask(
      'POST',
      '/api/demands/matches',
      { filters: {}, dryRun: true },
      once(),
    );
    const places = reply.json<BulkMatchResultJson>().rows.map(({ best }) => best?.resourceId ?? null);
    expect(places.sort()).toEqual(['next', 'next', null, 'single']);
  });

  test('a demand is served once all its operators are on air there, and no longer when one goes off', async () => {
    const demand = await aDemand({ operator: '甲运营商' });
    await aResource('pole', 20);
    await store.query(
      "update demands set state = '已认领', resource_id = 'pole', joint_operators = '{乙运营商}' where id = $1",
      [demand.id],
    );
    const stateNow = async () =>
      (await people.planner.ask('GET', `/api/demands/${demand.id}`)).json<DemandJson>().state;
    for (const operator of ['甲运营商', '乙运营商'])
      await store.query(
        `insert into cases (id, site_id, resource_id, operator, company, state, on_air_on)
         values ('case ' || $1, 'pole', 'pole', $1, '铁塔', '交付', current_date)`,
        [operator],
      );
    const move = (operator: string, state: string) =>
      store.query("update cases set state = $2 where id = 'case ' || $1", [operator, state]);
    await move('甲运营商', '开通');
    expect(await stateNow()).toBe('已认领');
    await move('乙运营商', '开通');
    expect(await stateNow()).toBe('已满足');
    await move('乙运营商', '交付');
    expect(await stateNow()).toBe('已认领');
    await store.query('delete from cases', []);
  });

  test('the home page counts what waits, and its links list exactly that', async () => {
    await aResource('pole', 20);
    await aDemand({ code: 'A', wantDate: '2020-01-01' });
    await aDemand({ code: 'B', operator: '乙运营商' });
    await aDemand({ code: 'C', operator: '乙运营商', place: { position: [121.08, 31.08] } });
    await store.query("update demands set state = '已匹配', resource_id = 'pole' where code = 'B'", []);
    const agendaOf = (role: Role) =>
      scopedStore(store, aPrincipal(role), context).transaction((tx) => demandsAgenda(tx, aPrincipal(role)));
    for (const role of ['planner', 'tower', 'operator'] as const)
      for (const { count, path } of await agendaOf(role)) {
        const listed = await idsFor(role, path.slice('/demands?'.length));
        expect([role, path, listed.length]).toEqual([role, path, count]);
      }
    expect((await agendaOf('tower')).map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'match 2',
      'twins 2',
      'claim 1',
      'soon 1',
    ]);
    expect((await agendaOf('tower')).at(-1)!.soonestDueAt).toBe('2020-01-01T15:59:59Z');
    expect((await agendaOf('operator')).map(({ kind, count }) => `${kind} ${count}`)).toEqual(['mine 1']);
    expect(await agendaOf('town')).toEqual([]);
  });
});

describe('demands that say the same thing twice', () => {
  const mergeBody = (keep: DemandJson, merge: DemandJson, reason = '同一处') => ({
    keep: { id: keep.id, version: keep.version },
    merge: [{ id: merge.id, version: merge.version }],
    reason,
  });

  test('are found within the rule value, and become one that keeps both operators on record', async () => {
    const kept = await aDemand({ code: 'mine' });
    const twin = await aDemand({
      code: 'theirs',
      operator: '乙运营商',
      place: { position: [BASE[0] + metresEast(45), BASE[1]] },
    });
    await aDemand({
      code: 'farther',
      operator: '乙运营商',
      place: { position: [BASE[0] + metresEast(60), BASE[1]] },
    });
    await aDemand({ code: 'same operator', place: { position: BASE }, band: 'n1' });
    const pairs = (
      await people.tower.ask('GET', `/api/demands/duplicates?demandId=${kept.id}`)
    ).json<DuplicatesJson>();
    expect([pairs.radiusM, pairs.total, pairs.pairs[0]!.second.code]).toEqual([50, 1, 'theirs']);
    expect(pairs.pairs[0]!.distanceM).toBeCloseTo(45, 1);
    expect(await idsFor('planner', 'duplicate=true')).toEqual(['mine', 'same operator', 'theirs']);
    // an operator learns of no rival
    const seen = (await people.operator.ask('GET', '/api/demands/duplicates')).json<DuplicatesJson>();
    expect(seen.total).toBe(0);
    expect(
      (await people.operator.ask('POST', '/api/demands/merge', mergeBody(kept, twin), once())).statusCode,
    ).toBe(403);
    expect(
      codeOf(await people.tower.ask('POST', '/api/demands/merge', mergeBody(kept, twin, ''), once())),
    ).toBe('STATE_REASON_MISSING');
    expect(codeOf(await people.tower.ask('POST', '/api/demands/merge', mergeBody(kept, kept), once()))).toBe(
      'DEMAND_MERGE_SAME',
    );
    const merged = await people.tower.ask('POST', '/api/demands/merge', mergeBody(kept, twin), once());
    expect(merged.json()).toMatchObject({ id: kept.id, jointOperators: ['乙运营商'], version: 2 });
    const gone = (await people.planner.ask('GET', `/api/demands/${twin.id}`)).json<DemandJson>();
    expect(gone).toMatchObject({ state: '已取消', mergedInto: kept.id });
    const stale = await people.tower.ask('POST', '/api/demands/merge', mergeBody(kept, twin), once());
    expect(stale.statusCode).toBe(412);
    const taken = await people.planner.ask(
      'POST',
      `/api/demands/${twin.id}/moves`,
      { to: '新建', reason: 'x' },
      { ...once(), ...versionOf(gone) },
    );
    expect(codeOf(taken)).toBe('STATE_FIELDS_MISSING');
  });

  test('the operator that joined reads what became of its demand, its place to 0.001 degrees', async () => {
    const kept = await aDemand({
      code: 'theirs',
      operator: '乙运营商',
      place: { position: [121.030123, 31.050456] },
    });
    const mine = await aDemand({ code: 'mine' });
    expect((await people.operator.ask('GET', `/api/demands/${kept.id}`)).statusCode).toBe(404);
    await people.planner.ask('POST', '/api/demands/merge', mergeBody(kept, mine), once());
    const seen = await people.operator.ask('GET', `/api/demands/${kept.id}`);
    expect(seen.json()).toMatchObject({ jointOperators: [ORGANISATION], position: [121.03, 31.05] });
    const history = await people.operator.ask('GET', `/api/demands/${kept.id}/history`);
    expect(`${seen.body}${history.body}`).not.toMatch(/121\.030\d|31\.050\d/);
    const changed = await people.operator.ask(
      'PATCH',
      `/api/demands/${kept.id}`,
      { note: 'x' },
      { 'if-match': '2' },
    );
    expect(changed.statusCode).toBe(403);
  });
});

test('the map beside the table shows the demands of the list, and those of other operators roughly', async () => {
  await store.query(
    `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, search_radius_m, district_code, state)
     select 'd' || lpad(n::text, 3, '0'), '需 ' || n, case when n % 3 = 0 then $1 else '乙运营商' end, place, ST_X(place), ST_Y(place),
            'CGCS2000', 200, '', case when n % 4 = 0 then '已取消' else '新建' end
       from generate_series(1, 90) as n,
            ST_SetSRID(ST_MakePoint(121.0105 + (n * 7 % 40) * 0.00437, 31.0103 + (n * 5 % 23) * 0.00071), 4490) as place`,
    [ORGANISATION],
  );
  const desk: MapDesk<DemandJson> = {
    path: '/api/demands',
    rows: 'demands',
    read: ({ id, position, state, code }) => ({ id, places: [position], state, label: code }),
  };
  const seen = {
    planner: await expectMapOfList(people.planner, desk),
    cancelled: await expectMapOfList(people.planner, desk, '&state=已取消'),
    found: await expectMapOfList(people.city, desk, '&q=需 1'),
    operator: await expectMapOfList(people.operator, desk),
  };
  const sizes = Object.values(seen).map(({ length }) => length);
  expect([Math.min(...sizes) > 5, Math.max(...sizes) < 90]).toEqual([true, true]);
  const own = new Set(
    (await idsFor('operator', `operator=${ORGANISATION}&pageSize=1000`)).map((code) => code),
  );
  const isRough = ([lon = 0, lat = 0]: readonly number[]) =>
    lon === Number(lon.toFixed(3)) && lat === Number(lat.toFixed(3));
  const exact = seen.operator.filter(({ places }) => !isRough(places[0]!));
  expect(exact.length).toBeGreaterThan(5);
  expect(exact.filter(({ label }) => !own.has(label))).toEqual([]);
});

/** Numbers 0 … 1 that are the same every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
