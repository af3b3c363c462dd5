// Comments: who may say what of which resource or plan, who reads it, who answers, and that nothing said is lost. The plans
// they speak of go their way through the office meanwhile.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CommentJson, CommentPageJson } from '../../../server/contract/comments.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import { readWorkbook } from '../../../server/import/read-workbook.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import { openTestStores } from '../../support/stores.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { OWN_TOWN } from '../permission/two-districts.ts';
import { FOREIGN, makeResource, openLibrary, peopleOf } from '../resources/a-library.ts';
import { describeAreaApprovals } from './area-approvals.ts';
import { planApprovalCases } from './plan-approval-cases.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

for (const { store } of stores) {
  describe(`comments on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let people: Record<Role, Browser>;
    const post = (who: Role, url: string, body: object, headers: Record<string, string> = {}) =>
      people[who].ask('POST', url, body, { 'idempotency-key': randomUUID(), ...headers });
    const onResource = (who: Role, id: string, body = '临近小学，请另选') =>
      post(who, `/api/resources/${encodeURIComponent(id)}/comments`, { body });
    const onPlan = (who: Role, id: string, body = '此处已有塔', siteId?: string) =>
      post(who, `/api/plans/${encodeURIComponent(id)}/comments`, { body, ...(siteId && { siteId }) });
    const answer = (who: Role, { id, version }: CommentJson, body: object) =>
      post(who, `/api/comments/${id}/answers`, body, { 'if-match': `"${version}"` });
    const list = async (who: Role, query = ''): Promise<CommentPageJson> =>
      (await people[who].ask('GET', `/api/comments${query}`)).json();
    const agenda = async (who: Role) =>
      (await people[who].ask('GET', '/api/home'))
        .json<HomeJson>()
        .agenda.filter(({ desk }) => desk === 'comments');

    beforeAll(async () => {
      await openLibrary(store);
      app = await openPeopleApp(store, { requestsPerMinute: 100_000 });
      people = await peopleOf(app);
      await makeResource(store, { id: 'mine', town: OWN_TOWN, state: '已开放', confirmed: true });
      await makeResource(store, { id: 'other-town', town: '310901002', state: '已开放', confirmed: true });
      await makeResource(store, { id: 'foreign', district: FOREIGN, state: '已开放', confirmed: true });
    });
    afterAll(() => app.app.close());
    beforeEach(async () => {
      await store.query('delete from comments');
      await store.query('delete from notices');
    });

    test('a town speaks of the resources of its town, and of no other', async () => {
      const said = await onResource('town', 'mine');
      expect([said.statusCode, said.json<CommentJson>()]).toMatchObject([
        201,
        {
          noun: 'resource',
          objectId: 'mine',
          body: '临近小学，请另选',
          role: 'town',
          mine: true,
          answer: null,
        },
      ]);
      expect(codeOf(await onResource('town', 'other-town'))).toMatch(/RESOURCE_UNKNOWN|PERMISSION_DENIED/);
      expect(codeOf(await onResource('town', 'foreign'))).toBe('RESOURCE_UNKNOWN');
      for (const who of ['planner', 'tower', 'operator', 'owner', 'district', 'city'] as const)
        expect([who, (await onResource(who, 'mine')).statusCode]).toEqual([who, 403]);
    });

    test('tower company, operator and town speak of a plan and of the sites it chooses', async () => {
      for (const who of ['tower', 'operator', 'town'] as const)
        expect([who, (await onPlan(who, 'plan own-other-town')).statusCode]).toEqual([who, 201]);
      const ofSite = (await onPlan('tower', 'plan own', '机房已满', 'site own')).json<CommentJson>();
      expect(ofSite).toMatchObject({
        noun: 'plan',
        objectId: 'plan own',
        siteId: 'site own',
        siteName: '地点 own',
      });
      expect(codeOf(await onPlan('tower', 'plan own', '不在其中', 'site own-other-town'))).toBe(
        'COMMENT_SITE',
      );
      expect(codeOf(await onPlan('tower', 'plan foreign'))).toBe('PLAN_UNKNOWN');
      for (const who of ['planner', 'owner', 'district', 'city'] as const)
        expect([who, (await onPlan(who, 'plan own')).statusCode]).toEqual([who, 403]);
    });

    test('an operator reads nothing another operator said, everybody else in the district does', async () => {
      await store.query(
        "insert into comments (id, plan_id, body, role, organisation) values ('rival', 'plan own', '与我方规划冲突', 'operator', '别家')",
      );
      expect((await list('operator')).total).toBe(0);
      for (const who of ['planner', 'tower', 'town', 'district', 'admin'] as const)
        expect([who, (await list(who)).total]).toEqual([who, 1]);
      expect(codeOf(await people.operator.ask('GET', '/api/comments?noun=nothing'))).toBe('REQUEST_INVALID');
    });

    test('a masked role reads places in texts to three decimals', async () => {
      await onPlan('town', 'plan own', '杆在 121.123456, 31.234567 旁');
      expect((await list('operator')).comments[0]?.body).toBe('杆在 121.123, 31.234 旁');
      expect((await list('planner')).comments[0]?.body).toBe('杆在 121.123456, 31.234567 旁');
    });

    test('a planner or the district answers, with a reason unless it is taken up, and the author hears of it', async () => {
      const said = (await onResource('town', 'mine')).json<CommentJson>();
      expect(await agenda('planner')).toMatchObject([{ kind: 'answer', section: 'waiting', count: 1 }]);
      expect(await agenda('town')).toMatchObject([{ kind: 'unanswered', section: 'asked', count: 1 }]);
      expect(codeOf(await answer('district', said, { outcome: '不采纳' }))).toBe('COMMENT_REASON');
      const answered = (
        await answer('district', said, { outcome: '不采纳', text: '已环评，距校界 80 米' })
      ).json<CommentJson>();
      expect(answered).toMatchObject({
        version: 2,
        answer: { outcome: '不采纳', text: '已环评，距校界 80 米' },
      });
      const late = await answer('planner', said, { outcome: '采纳' });
      expect([late.statusCode, late.json<{ comment: CommentJson }>().comment.answer?.outcome]).toEqual([
        412,
        '不采纳',
      ]);
      expect(
        (await answer('planner', answered, { outcome: '采纳' })).json<CommentJson>().answer?.outcome,
      ).toBe('采纳');
      expect(await agenda('planner')).toEqual([]);
      const { notices } = (await people.town.ask('GET', '/api/notices')).json<{
        notices: { kind: string }[];
      }>();
      expect(notices.map(({ kind }) => kind)).toEqual(['comment-answered', 'comment-answered']);
      for (const who of ['tower', 'operator', 'owner', 'town'] as const)
        expect([who, (await answer(who, answered, { outcome: '采纳' })).statusCode]).toEqual([who, 403]);
    });

    test('what was said stays, whoever tries, and a foreign comment is unknown', async () => {
      const said = (await onPlan('tower', 'plan own')).json<CommentJson>();
      await expect(
        store.query("update comments set body = '另一句' where id = $1", [said.id]),
      ).rejects.toThrow();
      await store.query(
        "insert into comments (id, resource_id, body, role) values ('afar', 'foreign', '邻区', 'town')",
      );
      const afar = { ...said, id: 'afar', version: 1 };
      expect(codeOf(await answer('planner', afar, { outcome: '采纳' }))).toBe('COMMENT_UNKNOWN');
      expect((await list('planner')).total).toBe(1);
      const records = await store.query<{ actions: number }>(
        "select count(*) as actions from audit_records where object = 'comment' and object_id = $1",
        [said.id],
      );
      expect(records.rows).toEqual([{ actions: 1 }]);
    });

    test('the same key says it once', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const url = '/api/plans/plan%20own/comments';
      const first = await people.tower.ask('POST', url, { body: '同一句' }, headers);
      const again = await people.tower.ask('POST', url, { body: '同一句' }, headers);
      expect(again.json<CommentJson>().id).toBe(first.json<CommentJson>().id);
      expect((await list('tower')).total).toBe(1);
    });

    test('filters find what they say, and the workbook holds the rows of the list', async () => {
      await onResource('town', 'mine', '甲意见');
      const second = (await onPlan('town', 'plan own', '乙意见')).json<CommentJson>();
      await answer('planner', second, { outcome: '说明', text: '=1+1' });
      const bodies = async (query: string) => (await list('planner', query)).comments.map(({ body }) => body);
      expect(await bodies('?sort=at&order=asc')).toEqual(['甲意见', '乙意见']);
      expect(await bodies('?answered=false')).toEqual(['甲意见']);
      expect(await bodies('?noun=plan')).toEqual(['乙意见']);
      expect(await bodies('?noun=resource&objectId=mine')).toEqual(['甲意见']);
      expect(await bodies(`?q=${encodeURIComponent('乙')}`)).toEqual(['乙意见']);
      expect(await bodies('?mine=true')).toEqual([]);
      const file = await people.planner.ask('GET', '/api/comments/export.xlsx?sort=at&order=asc');
      const [, ...rows] = readWorkbook(file.rawPayload, (row) => row.length);
      expect(rows.map((row) => [row[3], row[7], row[8]])).toEqual([
        ['甲意见', '未答复', undefined],
        ['乙意见', '说明', '=1+1'],
      ]);
    });

    // here, because this file has the districts, their people and the stores
    describeAreaApprovals(store, () => people);

    planApprovalCases(store, () => people);
  });
}
