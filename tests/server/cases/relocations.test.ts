// Build before removal: nothing is taken down before as many replacements are on the air with transmission, whatever people try and in
// whatever order, unless a district says why; and what follows for sites, stations and the next report.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeskMapJson } from '../../../server/contract/desk-map.ts';
import type { ProgressJson } from '../../../server/contract/progress.ts';
import type {
  OverrideListJson,
  RelocationDetailJson,
  RelocationPageJson,
} from '../../../server/contract/relocations.ts';
import { readWorkbook } from '../../../server/import/read-workbook.ts';
import { relocationsAgenda } from '../../../server/store/agenda/relocations.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { StoreError } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context } from '../permission/two-districts.ts';
import {
  act,
  type Login,
  MOBILE,
  makeCase,
  makeSite,
  openSiteCases,
  peopleOfCases,
  readCase,
  TOWER,
  UNICOM,
} from './a-site-case.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

for (const { store } of stores) {
  describe(`relocations on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Login, Browser>;
    let made = 0;
    const standing = async (operator = MOBILE) => {
      made += 1;
      const id = `在网 ${made}`;
      const site = await makeSite(store, { id: `旧 ${made}`, status: 'existing' });
      await makeCase(store, { id, siteId: site, state: '验收', operator, company: TOWER });
      return { site, id };
    };
    const replacement = async (state: '交付' | '开通' = '交付', operator = MOBILE) => {
      made += 1;
      const id = `新建 ${made}`;
      const site = await makeSite(store, { id: `新 ${made}` });
      await makeCase(store, { id, siteId: site, state, operator, company: TOWER });
      return { site, id };
    };
    const register = (affectedSiteIds: string[], replacementSiteIds: string[] = [], who: Login = 'tower') =>
      act(people[who], 'POST', '/api/relocations', {
        cause: '道路改造',
        project: '某路拓宽',
        affectedSiteIds,
        replacementSiteIds,
      });
    const read = async (id: string, who: Login = 'district'): Promise<RelocationDetailJson> =>
      (await people[who].ask('GET', `/api/relocations/${id}`)).json();
    const move = async (who: Login, id: string, to: string, more: object = {}) =>
      act(people[who], 'POST', `/api/relocations/${id}/moves`, { to, ...more }, (await read(id)).version);
    const transmit = async (who: Login, id: string, siteId: string, ok = true) =>
      act(
        people[who],
        'PUT',
        `/api/relocations/${id}/transmission`,
        { siteId, ok },
        (await read(id)).version,
      );
    const statusOf = async (site: string) =>
      (
        await store.query<{ status: string; state: string }>(
          'select s.status, r.state from sites s join resources r on r.site_id = s.id where s.id = $1',
          [site],
        )
      ).rows[0];

    beforeAll(async () => {
      await openSiteCases(store);
      app = await openPeopleApp(store, { requestsPerMinute: 100_000 });
      people = await peopleOfCases(app);
    });
    afterAll(() => app.app.close());
    beforeEach(async () => {
      await store.query('delete from notices');
      await store.query(
        "update relocations set state = '撤销' where state in ('登记', '替补建设', '可拆除')",
      );
      await store.query('delete from relocations');
      await store.query('delete from cases');
    });

    test('registered, replaced, taken down: the station goes off the air and the site is gone for plans', async () => {
      const old = await standing();
      const fresh = await replacement();
      const registered = await register([old.site], [fresh.site]);
      expect(registered.statusCode).toBe(201);
      const { id, number, gate } = registered.json<RelocationDetailJson>();
      expect([number, gate]).toEqual([
        expect.stringMatching(/^310901-Q-\d{4}-\d{3}$/),
        { affected: 1, replacements: 1, onAir: 0, ready: 0, overridden: false, open: false },
      ]);
      expect((await readCase(people.mobile, old.id)).relocating).toBe(true);
      expect((await move('tower', id, '替补建设')).statusCode).toBe(200);
      expect((await readCase(people.tower, old.id)).state).toBe('迁改');
      expect(await statusOf(old.site)).toMatchObject({ status: 'existing' });
      // it radiates until it comes down
      const onAir = async () =>
        (await people.district.ask('GET', '/api/progress?form=all')).json<ProgressJson>().total.onAir.total;
      expect(await onAir()).toBe(1);

      const locked = await move('tower', id, '可拆除');
      expect([
        locked.statusCode,
        codeOf(locked),
        locked.json<{ message: { zh: string } }>().message.zh,
      ]).toEqual([409, 'RELOCATION_GATE', '先建后拆：1 处待拆，已开通且传输到位的替代站址 0 处。']);
      await store.query("update cases set state = '开通', on_air_on = '2026-05-01' where id = $1", [
        fresh.id,
      ]);
      expect((await read(id)).gate).toMatchObject({ onAir: 1, ready: 0, open: false });
      expect(codeOf(await transmit('tower', id, fresh.site))).toBe('PERMISSION_DENIED');
      expect(codeOf(await transmit('unicom', id, fresh.site))).toBe('PERMISSION_DENIED');
      expect(
        (await transmit('mobile', id, fresh.site)).json<RelocationDetailJson>().replacementSites[0],
      ).toMatchObject({
        onAir: true,
        transmissionOk: true,
        transmissionBy: '某人 mobile',
      });
      expect((await move('tower', id, '可拆除')).statusCode).toBe(200);
      expect(codeOf(await move('tower', id, '已拆除'))).toBe('STATE_FIELDS_MISSING');
      expect(codeOf(await move('tower', id, '已拆除', { removedOn: '9999-01-01' }))).toBe('DAY_AHEAD');
      expect((await move('tower', id, '已拆除', { removedOn: '2026-06-01' })).statusCode).toBe(200);
      expect((await readCase(people.tower, old.id)).state).toBe('退网');
      // the replacement alone
      expect(await onAir()).toBe(1);
      expect(await statusOf(old.site)).toEqual({ status: 'unavailable', state: '退出' });
      expect(await statusOf(fresh.site)).toMatchObject({ status: 'existing' });
      expect((await move('district', id, '已关闭')).statusCode).toBe(200);
      expect(
        (await people.district.ask('GET', '/api/relocations/overrides')).json<OverrideListJson>().relocations,
      ).toEqual([]);
    });

    test('a district lets it pass with a reason, which the next report and the parties hear', async () => {
      const [one, two] = [await standing(), await standing(UNICOM)];
      const fresh = await replacement('开通');
      const { id } = (await register([one.site, two.site], [fresh.site])).json<RelocationDetailJson>();
      await move('tower', id, '替补建设');
      await transmit('mobile', id, fresh.site);
      expect(codeOf(await move('tower', id, '可拆除'))).toBe('RELOCATION_GATE');
      const { version } = await read(id);
      const override = (who: Login, body: object) =>
        act(people[who], 'POST', `/api/relocations/${id}/override`, body, version);
      expect(codeOf(await override('tower', { reason: '赶工期' }))).toBe('PERMISSION_DENIED');
      expect((await override('district', { reason: ' ' })).statusCode).toBe(400);
      expect(
        (
          await override('district', { reason: '防汛抢险，另一处由移动站临时覆盖' })
        ).json<RelocationDetailJson>(),
      ).toMatchObject({
        gate: { open: true, overridden: true },
        override: { reason: '防汛抢险，另一处由移动站临时覆盖', by: '某人 district' },
      });
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
      const listed = async (query: string) =>
        (await people.city.ask('GET', `/api/relocations/overrides?${query}`))
          .json<OverrideListJson>()
          .relocations.map((one) => one.id);
      expect([await listed(`from=${today}&to=${today}`), await listed('to=2020-01-01')]).toEqual([[id], []]);
      const { rows } = await store.query<{ whom: string }>(
        "select coalesce(to_organisation, to_role) as whom from notices where kind = 'relocation-overridden' order by 1",
      );
      expect(rows.map(({ whom }) => whom).sort()).toEqual(
        ['city', 'district', 'tower', MOBILE, UNICOM].sort(),
      );
      const again = await act(
        people.district,
        'POST',
        `/api/relocations/${id}/override`,
        { reason: '再来' },
        (await read(id)).version,
      );
      expect(codeOf(again)).toBe('RELOCATION_OVERRIDE_IDLE');
      // who gave it and why stays, also against the system
      await store.query("update relocations set override_reason = '改了' where id = $1", [id]);
      expect((await read(id)).override?.reason).toContain('防汛');
      await move('tower', id, '可拆除');
      expect((await move('tower', id, '已拆除', { removedOn: '2026-06-01' })).statusCode).toBe(200);
    });

    test('cancelled, the stations are what they were, and their sites may be named again', async () => {
      const old = await standing();
      const fresh = await replacement();
      const { id } = (await register([old.site], [fresh.site])).json<RelocationDetailJson>();
      await move('tower', id, '替补建设');
      expect(codeOf(await register([old.site]))).toBe('RELOCATION_SITE_TAKEN');
      const other = await standing();
      expect(codeOf(await register([other.site], [fresh.site]))).toBe('RELOCATION_SITE_TAKEN');
      expect(codeOf(await move('tower', id, '撤销'))).toBe('STATE_REASON_MISSING');
      expect((await move('tower', id, '撤销', { reason: '道路改线' })).statusCode).toBe(200);
      expect((await readCase(people.tower, old.id)).state).toBe('验收');
      expect((await register([old.site], [fresh.site])).statusCode).toBe(201);
    });

    test('an owner asks for it, a tower company takes it up; the neighbour never hears of it', async () => {
      const old = await standing();
      const reply = await register([old.site], [], 'owner');
      const { id, owner, mayChange } = reply.json<RelocationDetailJson>();
      expect([reply.statusCode, owner, mayChange]).toEqual([201, '产权甲', false]);
      expect(codeOf(await move('owner', id, '替补建设'))).toBe('PERMISSION_DENIED');
      expect(codeOf(await register(['site foreign']))).toBe('RELOCATION_SITE');
      expect(codeOf(await register([old.site], [old.site]))).toBe('RELOCATION_SITE_BOTH');
      expect((await move('tower', id, '替补建设')).statusCode).toBe(200);
      await store.query(
        "update relocations set district_code = '310902', town_code = '', owner = '' where id = $1",
        [id],
      );
      for (const login of ['owner', 'tower', 'mobile', 'town', 'district', 'planner'] as const) {
        const reply404 = await people[login].ask('GET', `/api/relocations/${id}`);
        expect([login, reply404.statusCode, codeOf(reply404)]).toEqual([
          login,
          login === 'owner' ? 200 : 404,
          login === 'owner' ? undefined : 'RELOCATION_UNKNOWN',
        ]);
      }
    });

    test('a stale version answers 412 with the fresh row, and its sites stay once it is done', async () => {
      const old = await standing();
      const fresh = await replacement('开通');
      const { id, version } = (await register([old.site])).json<RelocationDetailJson>();
      const patch = (body: object, seen: number) =>
        act(people.tower, 'PATCH', `/api/relocations/${id}`, body, seen);
      const changed = await patch(
        {
          replacementSiteIds: [fresh.site],
          milestones: [{ name: '选址', dueOn: '2026-05-01', doneOn: null }],
        },
        version,
      );
      expect([changed.statusCode, changed.json<RelocationDetailJson>().milestones.length]).toEqual([200, 1]);
      const stale = await patch({ remark: '晚了' }, version);
      expect([
        stale.statusCode,
        codeOf(stale),
        stale.json<{ relocation: RelocationDetailJson }>().relocation.gate.replacements,
      ]).toEqual([412, 'RELOCATION_STALE', 1]);
      await move('tower', id, '替补建设');
      await transmit('mobile', id, fresh.site);
      await move('tower', id, '可拆除');
      await move('tower', id, '已拆除', { removedOn: '2026-06-01' });
      const late = await patch(
        { affectedSiteIds: [old.site, (await standing()).site] },
        (await read(id)).version,
      );
      expect(codeOf(late)).toBe('RELOCATION_SITES_CLOSED');
      await expect(
        store.query("delete from relocation_sites where part = 'replacement' and relocation_id = $1", [id]),
      ).rejects.toMatchObject({
        constraint: 'relocation_sites_closed',
      });
    });

    test('law: whatever is tried in whatever order, nobody takes down more than is replaced', async () => {
      const random = seeded(20261121);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      let removed = 0;
      let refused = 0;
      for (let round = 0; round < 12; round++) {
        const olds = await Promise.all([standing(), standing(), standing()]);
        const news = await Promise.all([replacement(), replacement(), replacement()]);
        const id = `law ${round}`;
        await store.query(
          "insert into relocations (id, cause, project, district_code) values ($1, '道路改造', '律', '310901')",
          [id],
        );
        let overridden = false;
        for (let step = 0; step < 40; step++) {
          const fresh = pick(news);
          const tries: readonly (readonly [string, readonly unknown[]])[] = [
            [
              "insert into relocation_sites (relocation_id, site_id, part, place) values ($1, $2, 'affected', 0)",
              [id, pick(olds).site],
            ],
            [
              "insert into relocation_sites (relocation_id, site_id, part, place) values ($1, $2, 'replacement', 0)",
              [id, fresh.site],
            ],
            [
              'delete from relocation_sites where relocation_id = $1 and site_id = $2',
              [id, pick([...olds, ...news]).site],
            ],
            ["update cases set state = '开通', on_air_on = '2026-05-01' where id = $1", [fresh.id]],
            ["update cases set state = '交付' where id = $1 and state = '开通'", [fresh.id]],
            [
              "update relocation_sites set transmission_ok = not transmission_ok where relocation_id = $1 and site_id = $2 and part = 'replacement'",
              [id, fresh.site],
            ],
            ["update relocations set state = '替补建设' where id = $1", [id]],
            ["update relocations set state = '可拆除' where id = $1", [id]],
            ["update relocations set state = '已拆除', removed_on = '2026-06-01' where id = $1", [id]],
            ["update relocations set state = '已拆除', removed_on = '2026-06-01' where id = $1", [id]],
            ...(round % 4 === 3
              ? [["update relocations set override_reason = '例外' where id = $1", [id]] as const]
              : []),
          ];
          const [sql, values] = pick(tries);
          const before = await standOf(id);
          try {
            await store.query(sql, values);
            overridden ||= sql.includes('override_reason');
          } catch (error) {
            refused += 1;
            expect((error as StoreError).sqlState).toMatch(/^23/);
          }
          const after = await standOf(id);
          if (before.state !== '已拆除' && after.state === '已拆除') {
            removed += 1;
            expect([round, before.affected > 0 && (overridden || before.ready >= before.affected)]).toEqual([
              round,
              true,
            ]);
          }
          // once it is down, nothing of it changes any more
          if (before.state === '已拆除')
            expect([after.state, after.affected, after.replacements]).toEqual([
              '已拆除',
              before.affected,
              before.replacements,
            ]);
        }
      }
      expect([removed > 2, refused > 50]).toEqual([true, true]);

      /** Counted here and not by the database's own function. */
      async function standOf(wanted: string) {
        const { rows } = await store.query<{
          state: string;
          affected: number;
          replacements: number;
          ready: number;
        }>(
          `select r.state, (select count(*) from relocation_sites s where s.relocation_id = r.id and s.part = 'affected') as affected,
                  (select count(*) from relocation_sites s where s.relocation_id = r.id and s.part = 'replacement') as replacements,
                  (select count(distinct s.site_id) from relocation_sites s join cases c on c.site_id = s.site_id and c.state in ('开通', '验收')
                    where s.relocation_id = r.id and s.part = 'replacement' and s.transmission_ok) as ready
             from relocations r where r.id = $1`,
          [wanted],
        );
        return rows[0]!;
      }
    }, 120_000);

    // the embedded store has one connection: nothing happens there at the same moment
    if (store.kind === 'native')
      test('a replacement that leaves the air at the same moment is not counted', async () => {
        const old = await standing();
        const fresh = await replacement('开通');
        const { id } = (await register([old.site], [fresh.site])).json<RelocationDetailJson>();
        await move('tower', id, '替补建设');
        await transmit('mobile', id, fresh.site);
        await move('tower', id, '可拆除');
        let seen = (): void => undefined;
        const held = new Promise<void>((wake) => {
          seen = wake;
        });
        const leaving = store.transaction(async (tx) => {
          await tx.query("update cases set state = '交付' where id = $1", [fresh.id]);
          seen();
          // time for the other to reach the row that is held here
          await new Promise((wake) => setTimeout(wake, 300));
        });
        await held;
        const removal = await store
          .query("update relocations set state = '已拆除', removed_on = '2026-06-01' where id = $1", [id])
          .catch((error: StoreError) => error.constraint);
        await leaving;
        expect(removal).toBe('relocations_gate');
        expect((await read(id)).state).toBe('可拆除');
      });

    test('the map beside the table shows a relocation at every site of it, and which of them go', async () => {
      const place = (site: string, east: number) =>
        store.query(
          'update sites set geom = ST_SetSRID(ST_MakePoint(121.0305 + $2::float8, 31.0507), 4490) where id = $1',
          [site, east],
        );
      for (const [index, sites] of [2, 1, 1].entries()) {
        const olds = [];
        for (let n = 0; n < sites; n += 1) olds.push((await standing()).site);
        const fresh = await replacement();
        for (const [n, old] of olds.entries()) await place(old, index * 0.00911 + n * 0.00077);
        // the last one is replaced where it stands
        await place(fresh.site, index * 0.00911 + (index === 2 ? 0 : 0.00303));
        expect((await register(olds, [fresh.site])).statusCode).toBe(201);
      }
      await store.query(
        "insert into relocations (id, cause, project, district_code) values ('nowhere', '其他', '未定', '310901')",
      );
      const desk: MapDesk<RelocationPageJson['relocations'][number]> = {
        path: '/api/relocations',
        rows: 'relocations',
        read: ({ id, positions, state, number }) => ({
          id,
          places: positions,
          state,
          label: number,
        }),
      };
      const seen = await expectMapOfList(people.district, desk);
      expect(seen.map(({ places }) => places.length).sort()).toEqual([0, 2, 2, 3]);
      expect(await expectMapOfList(people.tower, desk, '&cause=道路改造')).toHaveLength(3);
      const rough = await expectMapOfList(people.mobile, desk);
      expect(
        rough.flatMap(({ places }) => places).filter(([lon = 0]) => lon !== Number(lon.toFixed(3))),
      ).toEqual([]);
      const near = await people.district.ask('GET', '/api/relocations/map?bbox=121,31,122,32&zoom=17');
      const parts = near.json<DeskMapJson>().marks.map(({ lon, part }) => `${lon.toFixed(5)} ${part}`);
      expect(parts.sort()).toEqual([
        '121.03050 affected',
        '121.03127 affected',
        '121.03353 replacement',
        '121.03961 affected',
        '121.04264 replacement',
        '121.04872 null',
      ]);
    });

    test('the list is taken along as a workbook of what the filters show, and the taking is on record', async () => {
      await register([(await standing()).site], []);
      const { id } = (await register([(await standing()).site], [])).json<RelocationDetailJson>();
      await move('tower', id, '撤销', { reason: '工程取消' });
      const path = '/api/relocations?state=登记,替补建设';
      const { relocations, total } = (await people.tower.ask('GET', path)).json<RelocationPageJson>();
      const file = await people.tower.ask('GET', path.replace('?', '/export.xlsx?'));
      expect(file.statusCode).toBe(200);
      const [headers, ...lines] = readWorkbook(file.rawPayload, (row) => row.length);
      expect(headers?.slice(0, 4)).toEqual(['迁改编号', '项目', '原因', '状态']);
      expect(lines.map(([number]) => number)).toEqual(relocations.map(({ number }) => number));
      const { rows } = await store.query<{ rows: number }>(
        "select (after->>'rows')::int4 as rows from audit_records where object = 'relocation' and action = 'export'",
        [],
      );
      expect([total, rows]).toEqual([1, [{ rows: 1 }]]);
    });

    test('what waits is counted by the filter it leads to', async () => {
      const old = await standing();
      const fresh = await replacement('开通');
      const { id } = (await register([old.site], [fresh.site], 'owner')).json<RelocationDetailJson>();
      const second = (await register([(await standing()).site])).json<RelocationDetailJson>();
      await act(
        people.tower,
        'PATCH',
        `/api/relocations/${second.id}`,
        { dueOn: '2026-01-01' },
        second.version,
      );
      await move('tower', id, '替补建设');
      const counted: string[] = [];
      for (const [login, role, organisation] of [
        ['tower', 'tower', TOWER],
        ['mobile', 'operator', MOBILE],
        ['unicom', 'operator', UNICOM],
        ['owner', 'owner', '产权甲'],
      ] as const) {
        const person = aPrincipal(role, { organisation });
        const agenda = await relocationsAgenda(scopedStore(store, person, context), person);
        for (const { kind, count, path } of agenda) {
          const { total } = (
            await people[login].ask('GET', `/api${path.replace(/[^\x20-\x7e]+/g, encodeURIComponent)}`)
          ).json<RelocationPageJson>();
          expect([kind, total]).toEqual([kind, count]);
          if (count > 0) counted.push(`${login} ${kind} ${count}`);
        }
      }
      expect(counted).toEqual([
        'tower take-up 1',
        'tower wanted-soon 1',
        'mobile transmission 1',
        'owner asked 1',
      ]);
    });
  });
}

/** Mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
