// The office life of plans over HTTP and in the database, on the desk of the comments that are asked for meanwhile: who submits and approves,
// what each step waits for, one of two who come at once, and what a plan of another district tells nobody.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { HistoryJson } from '../../../server/contract/audit.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { PlanMoveJson, PlanOfficeJson } from '../../../server/contract/plan-approval.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { loadPlans } from '../../../server/store/plans.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { type Browser, codeOf } from '../people/people-app.ts';
import { aPrincipal, context, tryOut } from '../permission/two-districts.ts';

const PLAN = 'plan own';
const DOCUMENT = '甲发〔2026〕3号';

export function planApprovalCases(store: Store, people: () => Record<Role, Browser>): void {
  describe('the office life of a plan', () => {
    const path = (id: string, rest: string) => `/api/plans/${encodeURIComponent(id)}/${rest}`;
    const read = async (who: Role, id = PLAN) =>
      (await people()[who].ask('GET', path(id, 'office'))).json<PlanOfficeJson>();
    const send = (who: Role, move: PlanMoveJson, version: number, id = PLAN, key: string = randomUUID()) =>
      people()[who].ask('POST', path(id, 'moves'), move, {
        'idempotency-key': key,
        'if-match': `"${version}"`,
      });
    const step = async (who: Role, move: PlanMoveJson, id = PLAN) =>
      send(who, move, (await read(who, id)).version, id);
    const taken = async (who: Role, move: PlanMoveJson, id = PLAN): Promise<PlanOfficeJson> => {
      const reply = await step(who, move, id);
      expect([move.to, reply.statusCode, codeOf(reply)]).toEqual([move.to, 200, undefined]);
      return reply.json();
    };
    const refused = async (who: Role, move: PlanMoveJson, id = PLAN) => {
      const reply = await step(who, move, id);
      const { message, hint } = reply.json<{ message: { zh: string }; hint: { zh: string } }>();
      return [codeOf(reply), message.zh, hint.zh];
    };
    /** The windows of the plan ended yesterday: only the system turns a clock back. */
    const endWindows = () =>
      store.query(
        `update plans set consultation_from = today_in_china() - 9, consultation_to = today_in_china() - 1,
           notice_from = case when notice_to is not null then today_in_china() - 9 end,
           notice_to = case when notice_to is not null then today_in_china() - 1 end where id = $1`,
        [PLAN],
      );
    const today = async () => (await read('planner')).today;
    const agenda = async (who: Role) =>
      (await people()[who].ask('GET', '/api/home'))
        .json<HomeJson>()
        .agenda.filter(({ desk }) => desk === 'plans')
        .map(({ kind, count }) => `${kind} ${count}`);
    const told = async (who: Role) =>
      (await people()[who].ask('GET', '/api/notices'))
        .json<{ notices: { kind: string }[] }>()
        .notices.map(({ kind }) => kind);

    beforeEach(async () => {
      await store.query('alter table plans disable trigger plans_office');
      await store.query(
        `update plans set plan_type = '情景方案', office_state = '草稿', consultation_from = null, consultation_to = null,
           notice_from = null, notice_to = null, document_no = null, effective_on = null, replaces_plan_id = null, submitters = '{}',
           decided_at = null, decided_by = null, decided_name = null, office_reason = '', created_by = null`,
      );
      await store.query('alter table plans enable trigger plans_office');
    });

    test('a layout plan goes the whole way, each step by whose it is, and each hears of it', async () => {
      const consulted = await taken('planner', { to: '征求意见', type: '布局规划' });
      expect(consulted).toMatchObject({ type: '布局规划', state: '征求意见', documentNo: null });
      expect(consulted.consultation).toEqual({ from: consulted.today, to: consulted.consultationTo });
      expect(await agenda('tower')).toEqual(['comment 1']);
      expect(await agenda('planner')).toEqual(['submitted 1']);
      expect(await told('tower')).toEqual(['plan-consulted']);
      expect(await refused('planner', { to: '公示' })).toEqual([
        'STATE_FIELDS_MISSING',
        `转为“公示”之前还缺：征求意见期满（至 ${consulted.consultationTo}）。`,
        '补齐后再试。',
      ]);
      await endWindows();
      expect(await agenda('planner')).toEqual(['ended 1']);
      expect((await taken('planner', { to: '公示' })).notice?.to).toBe(consulted.noticeTo);
      await endWindows();
      const said = await people().town.ask(
        'POST',
        path(PLAN, 'comments'),
        { body: '距小学 40 米' },
        { 'idempotency-key': randomUUID() },
      );
      expect((await refused('planner', { to: '审查' }))[1]).toBe('转为“审查”之前还缺：答复 1 条意见。');
      const { id, version } = said.json<{ id: string; version: number }>();
      await people().planner.ask(
        'POST',
        `/api/comments/${id}/answers`,
        { outcome: '采纳' },
        { 'idempotency-key': randomUUID(), 'if-match': `"${version}"` },
      );
      await taken('planner', { to: '审查' });
      expect(await agenda('district')).toEqual(['approve 1']);
      expect((await told('district'))[0]).toBe('plan-submitted');
      expect((await refused('district', { to: '批复' }))[1]).toBe('转为“批复”之前还缺：批复文号。');
      const approved = await taken('district', { to: '批复', documentNo: DOCUMENT });
      expect(approved).toMatchObject({ documentNo: DOCUMENT, decided: { name: '某人 district' } });
      expect((await told('planner'))[0]).toBe('plan-approved');
      expect(await agenda('city')).toEqual(['effect 1']);
      expect((await refused('city', { to: '生效' }))[0]).toBe('STATE_FIELDS_MISSING');
      expect(await refused('city', { to: '生效', effectiveOn: '2999-01-01' })).toMatchObject([
        'STATE_FIELDS_MISSING',
        `转为“生效”之前还缺：不晚于今天（${await today()}）的生效日期。`,
        '补齐后再试。',
      ]);
      const inForce = await taken('city', { to: '生效', effectiveOn: await today() });
      expect([inForce.state, inForce.choices]).toEqual(['生效', []]);
      expect(await agenda('city')).toEqual([]);
    });

    test('roles take their own steps only, an unknown step names what is possible', async () => {
      for (const who of ['tower', 'operator', 'town', 'district', 'city'] as const) {
        expect([who, (await refused(who, { to: '征求意见', type: '布局规划' }))[0]]).toEqual([
          who,
          'PERMISSION_DENIED',
        ]);
        expect([who, (await read(who)).choices]).toEqual([who, []]);
      }
      expect(await refused('planner', { to: '批复', documentNo: 'x' })).toEqual([
        'STATE_MOVE_UNKNOWN',
        '不能从“草稿”转为“批复”。',
        '可以转为：征求意见、审查',
      ]);
      expect((await refused('planner', { to: '征求意见' }))[1]).toBe(
        '转为“征求意见”之前还缺：情景方案以外的方案类型。',
      );
      expect((await refused('planner', { to: '审查', type: '布局规划' }))[0]).toBe('STATE_FIELDS_MISSING');
      await store.query("update plans set state = 'cancelled' where id = $1", [PLAN]);
      expect((await refused('planner', { to: '征求意见', type: '布局规划' }))[1]).toContain('方案算完');
      await store.query("update plans set state = 'done' where id = $1", [PLAN]);
      await taken('planner', { to: '审查', type: '年度建设计划' });
      expect((await refused('planner', { to: '批复', documentNo: 'x' }))[0]).toBe('PERMISSION_DENIED');
    });

    test('a day the calendar does not have is refused, and nobody is asked to speak before the window begins', async () => {
      for (const day of ['2027-02-30', '0000-01-01']) {
        const reply = await step('planner', { to: '征求意见', type: '布局规划', until: day });
        expect([day, reply.statusCode]).toEqual([day, 422]);
      }
      const { rows } = await store.query<{ from: string }>('select (today_in_china() + 7)::text as from', []);
      await taken('planner', { to: '征求意见', type: '布局规划', from: rows[0]!.from, until: rows[0]!.from });
      expect(await agenda('tower')).toEqual([]);
    });

    test('a window begins today or later, and its last day is a working day', async () => {
      const from = await today();
      expect((await refused('planner', { to: '征求意见', type: '布局规划', from: '2020-01-01' }))[0]).toBe(
        'PLAN_WINDOW',
      );
      expect(
        (await refused('planner', { to: '征求意见', type: '布局规划', from, until: '2020-01-01' }))[0],
      ).toBe('PLAN_WINDOW');
      await store.query(
        `insert into calendar_days (day, works, note) select today_in_china() + n, n = 12, '试' from generate_series(10, 12) as n
         on conflict (day) do update set works = excluded.works`,
      );
      const { rows } = await store.query<{ off: string; works: string }>(
        'select (today_in_china() + 10)::text as off, (today_in_china() + 12)::text as works',
      );
      const { consultation } = await taken('planner', {
        to: '征求意见',
        type: '布局规划',
        until: rows[0]!.off,
      });
      expect(consultation).toEqual({ from, to: rows[0]!.works });
      await store.query("delete from calendar_days where note = '试'");
    });

    test('it is returned with a reason, and taken back by who submitted', async () => {
      await taken('planner', { to: '审查', type: '年度建设计划' });
      expect((await refused('district', { to: '草稿' }))[0]).toBe('STATE_REASON_MISSING');
      const returned = await taken('district', { to: '草稿', reason: '121.123456, 31.5 处重复' });
      expect(returned).toMatchObject({ state: '草稿', decided: { name: '某人 district' } });
      expect(returned.reason).toBe('121.123, 31.5 处重复');
      expect([await agenda('planner'), (await told('planner'))[0]]).toEqual([
        ['returned 1'],
        'plan-returned',
      ]);
      await taken('planner', { to: '审查', type: '年度建设计划' });
      expect((await read('planner')).choices).toMatchObject([{ to: '草稿', act: 'take-back' }]);
      const back = await taken('planner', { to: '草稿', reason: '补充材料' });
      expect([back.decided, back.reason]).toEqual([null, '补充材料']);
      expect(await told('district')).toContain('plan-taken-back');
    });

    test('nobody approves what they made or submitted', async () => {
      const { rows } = await store.query<{ id: string }>("select id from accounts where login = 'admin'");
      await taken('admin', { to: '审查', type: '年度建设计划' });
      expect(await agenda('admin')).toEqual(['submitted 1']);
      expect((await read('admin')).choices).toMatchObject([
        { to: '批复', missing: [{ need: 'other' }] },
        { to: '草稿', act: 'take-back', missing: [] },
      ]);
      expect((await refused('admin', { to: '批复', documentNo: DOCUMENT }))[0]).toBe('PLAN_OWN');
      await taken('admin', { to: '草稿', reason: '换人送审' });
      await store.query('update plans set created_by = $2 where id = $1', [PLAN, rows[0]!.id]);
      await taken('planner', { to: '审查', type: '年度建设计划' });
      expect((await refused('admin', { to: '批复', documentNo: DOCUMENT }))[0]).toBe('PLAN_OWN');
      const own = scopedStore(store, aPrincipal('admin', { accountId: rows[0]!.id }), context);
      expect(
        (await tryOut(own, "update plans set office_state = '批复', document_no = 'x' where id = $1", [PLAN]))
          .refused,
      ).toBe('STORE_CONSTRAINT');
    });

    test('of two approvals at once one is done and the other sees it, and a repeated call is one act', async () => {
      const { version } = await taken('planner', { to: '审查', type: '年度建设计划' });
      const approval = { to: '批复', documentNo: DOCUMENT } as const;
      const replies = await Promise.all([
        send('district', approval, version),
        send('city', approval, version),
        send('admin', approval, version),
      ]);
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412]);
      const late = replies.find(({ statusCode }) => statusCode === 412)!;
      expect(late.json()).toMatchObject({ code: 'PLAN_OFFICE_STALE', office: { state: '批复' } });
      const without = await people().district.ask('POST', path(PLAN, 'moves'), approval, {
        'idempotency-key': randomUUID(),
      });
      expect([without.statusCode, codeOf(without)]).toEqual([428, 'REQUEST_VERSION_MISSING']);
      const key = randomUUID();
      const effective = { to: '生效', effectiveOn: await today() } as const;
      const [first, again] = [
        await send('district', effective, version + 1, PLAN, key),
        await send('district', effective, version + 1, PLAN, key),
      ];
      expect([first.statusCode, again.statusCode, again.headers['idempotency-replayed']]).toEqual([
        200,
        200,
        'true',
      ]);
      expect(again.json<PlanOfficeJson>().version).toBe(version + 2);
    });

    test('a plan that comes into force takes the place of the one it names, of its type and ground only', async () => {
      const inForce = async (id: string, type: PlanMoveJson['type'], replaces: string | null) => {
        await taken('planner', { to: '审查', type: type!, replacesPlanId: replaces }, id);
        await taken('district', { to: '批复', documentNo: DOCUMENT, effectiveOn: await today() }, id);
        return taken('district', { to: '生效' }, id);
      };
      await inForce('plan own-other-town', '年度建设计划', null);
      expect((await read('planner')).replaceable).toMatchObject([
        { id: 'plan own-other-town', documentNo: DOCUMENT },
      ]);
      const wrong = { to: '征求意见', type: '布局规划', replacesPlanId: 'plan own-other-town' } as const;
      expect((await refused('planner', wrong))[0]).toBe('PLAN_REPLACES');
      for (const replacesPlanId of ['plan foreign', 'plan across', 'nobody', PLAN])
        expect((await refused('planner', { to: '审查', type: '年度建设计划', replacesPlanId }))[0]).toMatch(
          /PLAN_REPLACES/,
        );
      expect((await inForce(PLAN, '年度建设计划', 'plan own-other-town')).replaces?.id).toBe(
        'plan own-other-town',
      );
      expect(await read('planner', 'plan own-other-town')).toMatchObject({
        state: '被替代',
        replacedBy: { id: PLAN },
        choices: [],
      });
      const planner = scopedStore(store, aPrincipal('planner'), context);
      expect((await loadPlans(planner, 9, { office: '被替代' })).map(({ id }) => id)).toEqual([
        'plan own-other-town',
      ]);
      expect(
        (await loadPlans(planner, 9, { type: '年度建设计划', office: '生效' })).map(({ id }) => id),
      ).toEqual([PLAN]);
    });

    test('what is no draft is neither removed nor, approved, renamed, and its state changes by steps only, whoever tries', async () => {
      const planner = scopedStore(store, aPrincipal('planner'), context);
      const both =
        "update plans set office_state = '征求意见', plan_type = '布局规划', deleted_at = now() where id = $1";
      expect((await tryOut(planner, both, [PLAN])).refused).toBe('STORE_CONSTRAINT');
      // only what computed it says that it is done
      for (const state of ['queued', 'cancelled', 'failed'])
        expect(
          (await tryOut(planner, 'update plans set state = $2 where id = $1', [PLAN, state])).refused,
        ).toBe('STORE_DENIED');
      for (const to of ['征求意见', '公示', '审查'] as const) {
        await taken('planner', { to, ...(to === '征求意见' && { type: '布局规划' }) });
        const removed = await people().planner.ask('DELETE', `/api/plans/${encodeURIComponent(PLAN)}`);
        expect([to, removed.statusCode, codeOf(removed)]).toEqual([to, 409, 'PLAN_KEPT']);
        if (to !== '审查') await endWindows();
      }
      await taken('district', { to: '批复', documentNo: DOCUMENT });
      await expect(store.query("update plans set name = '新名' where id = $1", [PLAN])).rejects.toThrow();
      await expect(
        store.query("update plans set office_state = '草稿' where id = $1", [PLAN]),
      ).rejects.toThrow();
      const tries: readonly (readonly [Role, string])[] = [
        ['district', "update plans set name = '新名' where id = $1"],
        ['district', 'update plans set deleted_at = now() where id = $1'],
        ['district', "update plans set document_no = '另一号' where id = $1"],
        ['district', 'update plans set version = 9 where id = $1'],
        ['planner', "update plans set office_state = '生效', effective_on = today_in_china() where id = $1"],
        ['planner', "update plans set decided_name = 'x' where id = $1"],
      ];
      for (const [role, sql] of tries) {
        const { refused: code, rowCount } = await tryOut(scopedStore(store, aPrincipal(role), context), sql, [
          PLAN,
        ]);
        expect([role, sql, code === null ? rowCount : code]).toEqual([
          role,
          sql,
          sql.includes('set name') ||
          sql.includes('deleted_at') ||
          sql.includes('office_state') ||
          sql.includes('document_no')
            ? expect.stringMatching(/STORE_(DENIED|CONSTRAINT)/)
            : 'STORE_DENIED',
        ]);
      }
    });

    test('its history is one click away for who reads it, and a foreign plan is unknown', async () => {
      await taken('planner', { to: '征求意见', type: '布局规划' });
      await taken('planner', { to: '草稿', reason: '杆在 121.123456 旁' });
      const history = async (who: Role) =>
        (await people()[who].ask('GET', path(PLAN, 'timeline'))).json<HistoryJson>().records;
      expect((await history('town'))[0]).toMatchObject({
        accountName: '某人 planner',
        action: 'change',
        before: { office_state: '征求意见' },
        after: { office_state: '草稿' },
        reason: '杆在 121.123456 旁',
      });
      expect((await history('operator'))[0]?.reason).toBe('杆在 121.123 旁');
      for (const id of ['plan foreign', 'plan across', 'plan none']) {
        for (const rest of ['office', 'timeline'])
          expect(codeOf(await people().planner.ask('GET', path(id, rest)))).toBe('PLAN_UNKNOWN');
        const move = await send('planner', { to: '征求意见', type: '布局规划' }, 1, id);
        expect([id, move.statusCode, codeOf(move)]).toEqual([id, 404, 'PLAN_UNKNOWN']);
        const district = scopedStore(store, aPrincipal('district'), context);
        expect(
          (await tryOut(district, "update plans set office_state = '审查' where id = $1", [id])).rowCount,
        ).toBe(0);
      }
    });
  });
}
