// Target areas submitted and approved, as tests of a file that has the two districts, their people and a store.
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { MultiPolygon } from '../../../engine/index.ts';
import type {
  AreaApprovalsJson,
  AreaHistoryJson,
  AreaJson,
  AreaListJson,
  AreaMovesResultJson,
  PlanAreasJson,
} from '../../../server/contract/areas.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { saveAreas } from '../../../server/store/areas.ts';
import { createPlan, takePlanJob } from '../../../server/store/plans.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { type Browser, codeOf } from '../people/people-app.ts';
import { aPrincipal, context, tryOut } from '../permission/two-districts.ts';

/** `people` signed in for the first district, as `openLibrary` makes them. */
export function describeAreaApprovals(store: Store, people: () => Record<Role, Browser>): void {
  describe('target areas', () => {
    const ring = (width: number) => [
      [121.021, 31.041],
      [121.021 + width, 31.041],
      [121.021 + width, 31.045],
      [121.021, 31.045],
      [121.021, 31.041],
    ];
    const square = (width = 0.004) => ({ type: 'Polygon', coordinates: [ring(width)] });
    const act = (who: Role, method: 'POST' | 'PATCH', url: string, body: object, version?: number) =>
      people()[who].ask(method, url, body, {
        'idempotency-key': randomUUID(),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      });
    const drawn = async (name = '核心区', who: Role = 'planner'): Promise<AreaJson> => {
      const reply = await act(who, 'POST', '/api/areas', {
        name,
        kind: '高密区',
        geometry: square(),
        coverageRule: '连续覆盖',
        targetShare: 0.95,
        deadline: '2027-06-30',
      });
      expect(reply.statusCode).toBe(201);
      return reply.json();
    };
    const move = (
      who: Role,
      { id, version }: Pick<AreaJson, 'id' | 'version'>,
      to: string,
      more: object = {},
    ) => act(who, 'POST', `/api/areas/${id}/moves`, { to, ...more }, version);
    const moved = async (who: Role, area: AreaJson, to: string, more: object = {}): Promise<AreaJson> => {
      const reply = await move(who, area, to, more);
      expect([to, reply.statusCode]).toEqual([to, 200]);
      return reply.json();
    };
    const change = (who: Role, { id, version }: AreaJson, changes: object) =>
      act(who, 'PATCH', `/api/areas/${id}`, changes, version);
    const approvals = async (who: Role, { id }: AreaJson) =>
      (await people()[who].ask('GET', `/api/areas/${id}/approvals`)).json<AreaApprovalsJson>().approvals;
    const agenda = async (who: Role) =>
      (await people()[who].ask('GET', '/api/home'))
        .json<HomeJson>()
        .agenda.filter(({ desk }) => desk === 'areas')
        .map(({ kind, count }) => [kind, count]);
    const kindsOf = async (who: Role) =>
      (await people()[who].ask('GET', '/api/notices'))
        .json<{ notices: { kind: string }[] }>()
        .notices.map(({ kind }) => kind);

    beforeEach(() => store.query('delete from notices'));

    test('a planner submits, the district approves, and what was approved stays under its number', async () => {
      const draft = await drawn();
      expect(draft).toMatchObject({ state: '草稿', version: 2, approval: null, mayChange: true });
      expect(draft.choices).toEqual([{ to: '已送审', reasonNeeded: false, missing: [] }]);
      const sent = await moved('planner', draft, '已送审');
      expect(sent).toMatchObject({ state: '已送审', mine: true, submittedName: '某人 planner', version: 3 });
      expect(await agenda('district')).toEqual([['decide', 1]]);
      expect(await agenda('planner')).toEqual([['asked', 1]]);
      expect(await kindsOf('district')).toEqual(['area-submitted']);
      const approved = await moved('district', sent, '已批准', { documentNo: '甲规〔2026〕1 号' });
      expect(approved).toMatchObject({
        state: '已批准',
        stateBy: '某人 district',
        approval: { number: 1, documentNo: '甲规〔2026〕1 号', byName: '某人 district', differs: [] },
      });
      expect(await kindsOf('planner')).toEqual(['area-approved']);
      expect(await agenda('district')).toEqual([]);

      const rebased = await change('planner', approved, { targetShare: 0.98, geometry: square(0.008) });
      expect([rebased.statusCode, rebased.json<AreaJson>()]).toMatchObject([
        200,
        { state: '草稿', approval: { number: 1, differs: ['geom', 'targetShare'] } },
      ]);
      expect(await kindsOf('district')).toContain('area-changed');
      const again = await moved('district', await moved('planner', rebased.json(), '已送审'), '已批准');
      expect(again.approval).toMatchObject({ number: 2, documentNo: '', differs: [] });
      for (const who of ['tower', 'operator', 'town', 'city', 'admin'] as const)
        expect([who, (await approvals(who, again)).map(({ number }) => number)]).toEqual([who, [2, 1]]);
      const [, first] = await approvals('planner', again);
      expect(first).toMatchObject({
        targetShare: 0.95,
        deadline: '2027-06-30',
        coverageRule: '连续覆盖',
        differs: ['geom', 'targetShare'],
        removedKm2: 0,
      });
      // twice as wide: as much ground again, 0.004° × 0.004° at 31° north
      expect(first?.addedKm2).toBeCloseTo(0.169, 2);
      for (const sql of ["update area_approvals set name = '别名'", 'delete from area_approvals'])
        await expect(store.query(`${sql} where area_id = $1`, [again.id])).rejects.toThrow();
      const removed = await people().planner.ask('DELETE', `/api/areas/${again.id}`, undefined, {
        'if-match': String(again.version),
      });
      expect([removed.statusCode, codeOf(removed)]).toEqual([409, 'AREA_APPROVED']);
    });

    test('nobody decides what they submitted or changed, and a refusal says why', async () => {
      const mine = await moved('admin', await drawn('管理员画的', 'admin'), '已送审');
      expect(mine.choices.find(({ to }) => to === '已批准')?.missing).toEqual(['own']);
      expect(codeOf(await move('admin', mine, '已批准'))).toBe('AREA_OWN');
      expect(codeOf(await move('district', mine, '退回'))).toBe('STATE_REASON_MISSING');
      const returned = await moved('district', mine, '退回', { reason: '范围过大' });
      expect(returned).toMatchObject({ state: '退回', stateNote: '范围过大' });
      expect(await agenda('planner')).toContainEqual(['returned', 1]);
      // sent by the planner, but changed by the administrator before
      const resent = await moved('planner', returned, '已送审');
      expect(codeOf(await move('admin', resent, '已批准'))).toBe('AREA_OWN');
      const direct = store.query(
        "update target_areas set state = '已批准' where id = $1 and state = '草稿'",
        [(await drawn('未送审')).id],
      );
      await expect(direct).rejects.toMatchObject({ constraint: 'state_move' });
      await moved('planner', resent, '草稿');
    });

    test('roles without the verb are refused, an owner is not told of areas at all', async () => {
      const draft = await drawn('各角色');
      for (const who of ['tower', 'operator', 'town', 'district', 'city'] as const)
        expect([who, (await move(who, draft, '已送审')).statusCode]).toEqual([who, 403]);
      const sent = await moved('planner', draft, '已送审');
      for (const who of ['planner', 'tower', 'operator', 'town'] as const)
        expect([who, (await move(who, sent, '已批准')).statusCode]).toEqual([who, 403]);
      expect((await move('owner', sent, '已批准')).statusCode).toBe(403);
      expect(codeOf(await people().owner.ask('GET', '/api/areas'))).toBe('PERMISSION_DENIED');
      expect(codeOf(await people().owner.ask('GET', `/api/areas/${sent.id}/timeline`))).toBe(
        'PERMISSION_DENIED',
      );
      for (const id of ['area foreign', 'area none'])
        expect(codeOf(await move('district', { id: encodeURIComponent(id), version: 1 }, '已批准'))).toBe(
          'AREA_UNKNOWN',
        );
      // it is read on both sides of a border and decided by whoever has both
      expect((await move('planner', { id: 'area%20across', version: 1 }, '已送审')).statusCode).toBe(403);
    });

    test('the database holds a district to its step, whatever is written', async () => {
      const sent = await moved('planner', await drawn('库内'), '已送审');
      const district = scopedStore(store, aPrincipal('district'), context);
      const write = (set: string) =>
        tryOut(
          district,
          `update target_areas set ${set} where id = $1 returning district_codes as codes, submitted_by as by`,
          [sent.id],
        );
      for (const set of [
        "name = '改'",
        "kind = '水域'",
        'target_share = 0.5',
        "source_file = 'x'",
        "state = '草稿'",
      ])
        expect([set, (await write(set)).refused]).toEqual([set, 'STORE_DENIED']);
      const { rows } = await write(
        "state = '已批准', district_codes = '{310902}', submitted_by = null, version = 90",
      );
      expect(rows).toMatchObject([{ codes: ['310901'], by: expect.any(String) }]);
      // the size is that of the outline, whatever is written
      const planner = scopedStore(store, aPrincipal('planner'), context);
      const sized = await tryOut(
        planner,
        'update target_areas set area_km2 = 90 where id = $1 returning area_km2 as size',
        [sent.id],
      );
      expect((sized.rows[0] as { size: number }).size).toBeCloseTo(0.169, 2);
      for (const sql of [
        'insert into area_approvals (area_id, number, name, kind, geom, area_km2) select id, 9, name, kind, geom, 1 from target_areas',
        "update area_approvals set name = '别名'",
        'delete from area_approvals',
      ])
        expect((await tryOut(district, sql)).refused).toBe('STORE_DENIED');
    });

    test('the water in the tiles is everybody’s, the areas are not an owner’s', async () => {
      await store.query(
        `insert into target_areas (id, name, kind, geom, area_km2)
         select 'lake', '湖', '水域', geom, 1 from target_areas where id = 'area own' on conflict do nothing`,
      );
      const namesFor = async (who: Role) => {
        const tile = gunzipSync(
          (await people()[who].ask('GET', '/api/tiles/areas/10/856/418.mvt')).rawPayload,
        );
        return ['湖', '地点 own'].filter((name) => tile.includes(name));
      };
      expect(await namesFor('planner')).toEqual(['湖', '地点 own']);
      expect(await namesFor('owner')).toEqual(['湖']);
      const { hits } = (await people().owner.ask('GET', '/api/search?q=区')).json<{
        hits: { kind: string }[];
      }>();
      expect(hits.filter(({ kind }) => kind === 'area')).toEqual([]);
      const { areas } = (await people().planner.ask('GET', '/api/areas')).json<AreaListJson>();
      const lake = areas.find(({ id }) => id === 'lake');
      expect(lake?.choices).toEqual([{ to: '已送审', reasonNeeded: false, missing: ['target'] }]);
      expect(codeOf(await move('planner', { id: 'lake', version: 1 }, '已送审'))).toBe(
        'STATE_FIELDS_MISSING',
      );
    });

    test('an act names the version it looked at, and the same key acts once', async () => {
      const draft = await drawn('版本');
      const headers = { 'idempotency-key': randomUUID() };
      const url = `/api/areas/${draft.id}/moves`;
      expect((await people().planner.ask('POST', url, { to: '已送审' }, headers)).statusCode).toBe(428);
      const withVersion = { 'idempotency-key': randomUUID(), 'if-match': `"${draft.version}"` };
      const [first, second] = [
        await people().planner.ask('POST', url, { to: '已送审' }, withVersion),
        await people().planner.ask('POST', url, { to: '已送审' }, withVersion),
      ];
      expect([first.statusCode, second.json()]).toEqual([200, first.json()]);
      const late = await move('planner', draft, '草稿');
      expect([late.statusCode, codeOf(late), late.json<{ area: AreaJson }>().area.state]).toEqual([
        412,
        'AREA_STALE',
        '已送审',
      ]);
      const withoutKey = await people().planner.ask('POST', '/api/areas', {
        name: '无键',
        kind: '高密区',
        geometry: square(),
      });
      expect(codeOf(withoutKey)).toBe('IDEMPOTENCY_KEY_MISSING');
    });

    test('of two decisions at once one is taken and the other sees it', async () => {
      const sent = await moved('planner', await drawn('同时'), '已送审');
      const replies = await Promise.all([
        move('district', sent, '已批准'),
        move('city', sent, '退回', { reason: '过大' }),
        move('admin', sent, '已批准'),
      ]);
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412]);
      const gone = await people().planner.ask('DELETE', `/api/areas/${sent.id}`, undefined, {
        'if-match': `"${sent.version}"`,
      });
      expect([gone.statusCode, codeOf(gone)]).toEqual([412, 'AREA_STALE']);
    });

    test('what lies in two districts is told to whoever has both, and to neither of one alone', async () => {
      const [{ id } = { id: '' }] = (
        await store.query<{ id: string }>(
          "update accounts set district_codes = '{310901,310902}' where login = 'city' returning id",
        )
      ).rows;
      await store.query("update target_areas set state = '已送审' where id = 'area across'");
      const { rows } = await store.query<{ to: string | null }>('select to_account as to from notices');
      expect(rows).toEqual([{ to: id }]);
      await store.query("update target_areas set state = '草稿' where id = 'area across'");
      await store.query("update accounts set district_codes = '{310901}' where login = 'city'");
    });

    test('many at once: each is judged, all or none move, or those that may', async () => {
      const [one, two] = [await drawn('甲'), await drawn('乙')];
      const rows = [one, two].map(({ id, version }) => ({ id, version }));
      const many = (who: Role, body: object) => act(who, 'POST', '/api/areas/moves', body);
      const stale = [...rows, { id: 'nowhere', version: 1 }, { id: 'area own', version: 9 }];
      const preview = await many('planner', { rows: stale, to: '已送审', dryRun: true });
      const { moved: would, refused } = preview.json<AreaMovesResultJson>();
      expect([would, refused.map(({ id, refusal }) => [id, refusal])]).toEqual([
        2,
        [
          ['nowhere', 'AREA_UNKNOWN'],
          ['area own', 'AREA_STALE'],
        ],
      ]);
      expect(codeOf(await many('planner', { rows: stale, to: '已送审', dryRun: false }))).toBe(
        'AREA_MOVES_REFUSED',
      );
      const done = await many('planner', { rows: stale, to: '已送审', dryRun: false, skipRefused: true });
      expect(done.json<AreaMovesResultJson>().moved).toBe(2);
      // one notice tells of both
      expect(await kindsOf('district')).toEqual(['area-submitted-many']);
      const { areas } = (await people().district.ask('GET', '/api/areas')).json<AreaListJson>();
      const sent = areas.filter(({ id }) => [one.id, two.id].includes(id));
      expect(sent.map(({ state }) => state)).toEqual(['已送审', '已送审']);
      const decided = await many('district', {
        rows: sent.map(({ id, version }) => ({ id, version })),
        to: '已批准',
        documentNo: '甲规〔2026〕2 号',
        dryRun: false,
      });
      expect(decided.json<AreaMovesResultJson>().moved).toBe(2);
      expect((await approvals('planner', one))[0]?.documentNo).toBe('甲规〔2026〕2 号');
    });

    test('its history tells each step with who and why, places in it to three decimals for masked roles', async () => {
      const sent = await moved('planner', await drawn('履历'), '已送审');
      await moved('district', sent, '退回', { reason: '改到 121.123456 以东' });
      const timeline = async (who: Role) =>
        (await people()[who].ask('GET', `/api/areas/${sent.id}/timeline`))
          .json<AreaHistoryJson>()
          .records.filter(({ action }) => action === 'change')
          .map(({ accountName, after, reason }) => [
            accountName,
            (after as { state?: string }).state,
            reason,
          ]);
      expect((await timeline('planner')).slice(0, 2)).toEqual([
        ['某人 district', '退回', '改到 121.123456 以东'],
        ['某人 planner', '已送审', null],
      ]);
      expect((await timeline('operator'))[0]?.[2]).toBe('改到 121.123 以东');
      const seen = (await people().operator.ask('GET', `/api/areas/${sent.id}`)).json<AreaJson>();
      expect(seen.stateNote).toBe('改到 121.123 以东');
    });

    test('a file that brings an approved area again leaves it approved, one that brings it otherwise does not', async () => {
      const sent = await moved('planner', await drawn('导入'), '已送审');
      const { geometry } = await moved('district', sent, '已批准');
      const bring = async (name: string) => {
        const shape = geometry as unknown as MultiPolygon;
        await saveAreas(
          store,
          [{ id: sent.id, name, kind: '高密区', geometry: shape, sourceFile: 'a.geojson' }],
          null,
        );
        const { state, version } = (
          await people().planner.ask('GET', `/api/areas/${sent.id}`)
        ).json<AreaJson>();
        return [state, version - sent.version];
      };
      expect(await bring('导入')).toEqual(['已批准', 1]);
      expect(await bring('另名')).toEqual(['草稿', 2]);
    });

    test('a plan says how its areas stood when it was made, whatever becomes of them', async () => {
      const [draft, target] = [await drawn('未批'), await drawn('已批')];
      const approved = await moved('district', await moved('planner', target, '已送审'), '已批准');
      const request = { areaIds: [draft.id, approved.id] } as never;
      await createPlan(store, { id: 'plan standing', name: '依据', request, basedOnPlanId: null });
      const standing = async () =>
        (await people().planner.ask('GET', '/api/plans/plan%20standing/areas')).json<PlanAreasJson>().areas;
      expect(await standing()).toMatchObject([
        { areaId: draft.id, state: '草稿', number: null, stillApproved: false },
        { areaId: approved.id, state: '已批准', number: 1, stillApproved: true },
      ]);
      await change('planner', approved, { name: '改名' });
      expect((await standing())?.[1]).toMatchObject({ name: '已批', state: '已批准', stillApproved: false });
      // a worker reads the areas as they are when it takes the plan up
      await takePlanJob(store, 60);
      expect((await standing())?.[1]).toMatchObject({ name: '改名', state: '草稿', number: null });
      const old = await people().planner.ask('GET', '/api/plans/plan%20own/areas');
      expect(old.json<PlanAreasJson>().areas).toMatchObject([{ areaId: 'area own', state: '草稿' }]);
      await store.query('update plans set area_standing = null where id = $1', ['plan own']);
      expect((await people().planner.ask('GET', '/api/plans/plan%20own/areas')).json()).toEqual({
        areas: null,
      });
      expect(codeOf(await people().planner.ask('GET', '/api/plans/plan%20foreign/areas'))).toBe(
        'PLAN_UNKNOWN',
      );
    });
  });
}
