// A case from the wish to acceptance by the people whose steps they are; what is refused and why; photos good and hostile; and what
// stands afterwards.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountWorry } from '../../../client/screens/home/home-tasks.ts';
import { rankedPath } from '../../../client/screens/problems/ranked-path.ts';
import { casesFigurePath, standingFigurePath } from '../../../client/screens/progress/figure-path.ts';
import { NO_PLACE, progressParts, progressStages, rankedFigures } from '../../../engine/index.ts';
import { type CaseState, caseMachine, caseStates } from '../../../engine/review/case-states.ts';
import type {
  BulkCaseMoveResultJson,
  CaseCountsJson,
  CaseDetailJson,
  CasePageJson,
  SurveyJson,
  TimelineJson,
} from '../../../server/contract/cases.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { AccountPageJson } from '../../../server/contract/people.ts';
import type { PhotoJson, PhotoListJson } from '../../../server/contract/photos.ts';
import type { RankingJson } from '../../../server/contract/problems.ts';
import type { ProgressJson } from '../../../server/contract/progress.ts';
import type { SiteUnderWayJson } from '../../../server/contract/under-way.ts';
import { permissionTable } from '../../../server/permission/permission-table.ts';
import { casesAgenda } from '../../../server/store/agenda/cases.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { aJpeg } from '../../support/a-photo.ts';
import { openTestStores } from '../../support/stores.ts';
import { totalOfPath } from '../../support/total-of-path.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import {
  aBrowser,
  anAccount,
  type Browser,
  codeOf,
  openPeopleApp,
  type PeopleApp,
} from '../people/people-app.ts';
import { aPrincipal, context, FOREIGN, OWN, OWN_TOWN, tryOut } from '../permission/two-districts.ts';
import {
  act,
  type Login,
  MOBILE,
  makeCase,
  makeSite,
  moveCase,
  openSiteCases,
  peopleOfCases,
  readCase,
  sendPhoto,
  TOWER,
  UNICOM,
} from './a-site-case.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

for (const { store } of stores) {
  describe(`cases on the ${store.kind} store`, () => {
    const photoDir = mkdtempSync(join(tmpdir(), 'zhanzhi-photos-'));
    let app: PeopleApp;
    let people: Record<Login, Browser>;
    let made = 0;
    /** A site of its own for each test. */
    const aSite = (more: Partial<Parameters<typeof makeSite>[1]> = {}) => {
      made += 1;
      return makeSite(store, { id: `地点 ${made}`, ...more });
    };
    const aCase = async (state: CaseState, more: Partial<Parameters<typeof makeCase>[1]> = {}) => {
      const siteId = more.siteId ?? (await aSite());
      return makeCase(store, { id: `件 ${siteId}`, siteId, state, ...more });
    };
    const claim = (siteId: string, operators: readonly string[] = [MOBILE]) =>
      store.query(
        `insert into claims (id, state, resource_id, company, for_operators, slots, until)
         values ('claim ' || $1, '持有', 'resource ' || $1, $2, $3::text[], 1, now() + interval '9 days')`,
        [siteId, TOWER, operators],
      );
    const statusOf = async (siteId: string) =>
      (await store.query<{ status: string }>('select status from sites where id = $1', [siteId])).rows[0]
        ?.status;

    beforeAll(async () => {
      await openSiteCases(store);
      app = await openPeopleApp(store, { photoDir, requestsPerMinute: 100_000 });
      people = await peopleOfCases(app);
    });
    afterAll(async () => {
      await app.app.close();
      rmSync(photoDir, { recursive: true });
    });
    beforeEach(async () => {
      await store.query('delete from claims');
      await store.query('delete from cases');
    });

    test('from the wish to acceptance, each step by whose it is, and then the site stands', async () => {
      const siteId = await aSite();
      const opened = await act(people.planner, 'POST', '/api/cases', { siteId, operator: MOBILE });
      expect(opened.statusCode).toBe(201);
      const { id, number, state } = opened.json<CaseDetailJson>();
      expect([state, number]).toEqual(['候选', expect.stringMatching(new RegExp(`^${OWN}-\\d{4}-\\d{4}$`))]);

      // into the plan, by the review of a batch that others close
      expect(
        (await act(people.planner, 'PATCH', `/api/cases/${id}`, { planId: 'plan own' }, 1)).statusCode,
      ).toBe(200);
      expect((await moveCase(people.planner, id, '入方案')).json<CaseDetailJson>()).toMatchObject({
        state: '入方案',
        planName: '地点 own',
      });
      for (const to of ['已申报', '审查中', '列入计划'])
        await store.query('select move_case($1, $2)', [id, to]);
      expect((await readCase(people.tower, id)).listedAt).not.toBeNull();

      // claimed, talked over, surveyed
      await claim(siteId);
      const claimed = await readCase(people.tower, id);
      expect(claimed).toMatchObject({ state: '认领', company: TOWER, claimed: true });
      expect(claimed.choices.map(({ to }) => to)).toEqual(['谈点', '勘察设计', '疑难', '撤销']);
      expect(claimed.choices[1]?.missing.map(({ need }) => need)).toEqual(['whitelist']);
      expect((await moveCase(people.tower, id, '谈点')).statusCode).toBe(200);
      const agreed = { agreedOn: '2026-03-01', agreement: '会议纪要 3 号' };
      expect(
        (await moveCase(people.tower, id, '勘察设计', { fields: agreed })).json<CaseDetailJson>(),
      ).toMatchObject({
        ...agreed,
        state: '勘察设计',
      });
      const photoIds: string[] = [];
      for (const [index, kind] of (['全景', '安装位置', '电源'] as const).entries()) {
        const camera = { takenAt: '2026:03:02 10:00:00', position: [121.0312, 31.0507] as const };
        const reply = await sendPhoto(people.tower, app, id, kind, aJpeg({ width: 16 + index, camera }));
        expect([reply.statusCode, reply.json<PhotoJson>().warnings]).toEqual([201, []]);
        photoIds.push(reply.json<PhotoJson>().id);
      }
      const empty = (await people.tower.ask('GET', `/api/cases/${id}/survey`)).json<SurveyJson>();
      expect([empty.version, empty.missingFields.length, empty.missingPhotoKinds]).toEqual([
        0,
        7,
        ['全景', '安装位置', '电源'],
      ]);
      const survey = { ...aSurvey, photoIds };
      const early = await act(
        people.tower,
        'PUT',
        `/api/cases/${id}/survey`,
        { ...survey, surveyedOn: '9999-01-01' },
        0,
      );
      expect(codeOf(early)).toBe('DAY_AHEAD');
      const saved = await act(people.tower, 'PUT', `/api/cases/${id}/survey`, survey, 0);
      expect(saved.json<SurveyJson>()).toMatchObject({
        ...survey,
        version: 1,
        missingFields: [],
        missingPhotoKinds: [],
      });

      // filed, built, handed over
      expect((await moveCase(people.tower, id, '报建备案')).statusCode).toBe(200);
      const filed = { filingNumber: '备 2026-7', filedOn: '2026-03-10', startedOn: '2026-03-11' };
      expect((await moveCase(people.tower, id, '建设', { fields: filed })).statusCode).toBe(200);
      // a day that has not come, one before works began, and the same by a later change
      for (const [completedOn, code] of [
        ['9999-01-01', 'DAY_AHEAD'],
        ['2026-03-10', 'CASE_DAY_ORDER'],
      ] as const) {
        expect(codeOf(await moveCase(people.tower, id, '交付', { fields: { completedOn } }))).toBe(code);
        const { version } = await readCase(people.tower, id);
        const changed = await act(people.tower, 'PATCH', `/api/cases/${id}`, { completedOn }, version);
        expect(codeOf(changed)).toBe(code);
      }
      expect(
        (await moveCase(people.tower, id, '交付', { fields: { completedOn: '2026-04-01' } })).statusCode,
      ).toBe(200);

      // on the air by its operator, with evidence; accepted by the district
      const handed = await readCase(people.mobile, id);
      expect([
        handed.mayConfirmDelivery,
        handed.choices.find(({ to }) => to === '开通')?.missing.map(({ need }) => need),
      ]).toEqual([true, ['delivery']]);
      expect(
        (await act(people.mobile, 'POST', `/api/cases/${id}/delivery`, undefined, handed.version)).statusCode,
      ).toBe(200);
      expect(await statusOf(siteId)).toBe('candidate');
      const aired = await moveCase(people.mobile, id, '开通', {
        fields: { onAirOn: '2026-05-01', onAirEvidence: '开通测试报告 12' },
      });
      expect(aired.json<CaseDetailJson>()).toMatchObject({ state: '开通', onAirOn: '2026-05-01' });
      expect(await statusOf(siteId)).toBe('existing');
      expect(
        (await moveCase(people.district, id, '验收', { fields: { acceptedOn: '2026-06-01' } })).statusCode,
      ).toBe(200);

      const { records } = (
        await people.district.ask('GET', `/api/cases/${id}/timeline`)
      ).json<TimelineJson>();
      const states = records
        .flatMap(({ after }) => (after as { state?: string } | null)?.state ?? [])
        .reverse();
      expect(states).toEqual([
        '候选',
        '入方案',
        '已申报',
        '审查中',
        '列入计划',
        '认领',
        '谈点',
        '勘察设计',
        '报建备案',
        '建设',
        '交付',
        '开通',
        '验收',
      ]);
      expect(new Set(records.map(({ object }) => object))).toEqual(new Set(['case', 'survey', 'photo']));
    });

    test('every move of the machine is refused by the database to whoever lacks its word', async () => {
      const wrong: string[] = [];
      const words = (role: 'planner' | 'tower' | 'operator' | 'district') =>
        new Set(Object.entries(permissionTable).flatMap(([word, given]) => (role in given ? [word] : [])));
      for (const role of ['planner', 'tower', 'operator', 'district'] as const) {
        const mine = scopedStore(
          store,
          aPrincipal(role, { organisation: role === 'operator' ? MOBILE : TOWER }),
          {
            ...context,
            reason: '测试',
          },
        );
        const held = words(role);
        for (const from of caseStates) {
          const id = await aCase(from, { company: TOWER });
          // every seventh pair keeps this quick and still meets each state both ways
          for (const [index, to] of caseStates.entries()) {
            if (to === from || (index + caseStates.indexOf(from)) % 7 !== 0) continue;
            const move = caseMachine.moves.find((one) => one.from === from && one.to === to);
            const expected = move?.permissions.some((word) => held.has(word)) ?? false;
            const { rowCount, refused } = await tryOut(
              mine,
              `update cases set state = $2, on_air_on = case when $2 in ('开通', '验收') then coalesce(on_air_on, '2026-05-01') else on_air_on end
                where id = $1`,
              [id, to],
            );
            // what is on the air got there with a day; only the operator may write it
            const dayIsForeign =
              move && ['开通', '验收'].includes(to) && from !== '开通' && role !== 'operator';
            const writes = role === 'operator' ? move?.permissions.includes('case:confirm') : true;
            if ((refused === null && rowCount === 1) !== Boolean(expected && !dayIsForeign && writes))
              wrong.push(`${role} ${from} → ${to}: ${rowCount} ${refused}`);
          }
          await store.query('delete from cases where id = $1', [id]);
        }
      }
      expect(wrong).toEqual([]);
    }, 120_000);

    test("what may not be is refused with the reason: no such way, another desk, something missing, no reason, nobody's to do", async () => {
      const id = await aCase('候选');
      const refusal = async (who: Login, to: CaseState, more: object = {}) => {
        const reply = await moveCase(people[who], id, to, more);
        return [reply.statusCode, codeOf(reply), reply.json<{ message: { zh: string } }>().message.zh];
      };
      expect(await refusal('planner', '验收')).toEqual([
        409,
        'STATE_MOVE_UNKNOWN',
        '不能从“候选”转为“验收”。',
      ]);
      expect(await refusal('tower', '认领')).toEqual([
        409,
        'CASE_MOVE_ELSEWHERE',
        '“认领”随认领自动转入，不在这里操作。',
      ]);
      expect(await refusal('planner', '入方案')).toEqual([
        422,
        'STATE_FIELDS_MISSING',
        '转为“入方案”之前还缺：所属方案。',
      ]);
      expect(await refusal('planner', '撤销')).toEqual([422, 'STATE_REASON_MISSING', expect.any(String)]);
      expect(await refusal('mobile', '撤销', { reason: '不要了' })).toEqual([
        403,
        'PERMISSION_DENIED',
        expect.any(String),
      ]);
      expect(await refusal('planner', '撤销', { reason: '不要了', fields: { remark: '多余' } })).toEqual([
        422,
        'CASE_FIELDS',
        expect.any(String),
      ]);
      expect((await readCase(people.planner, id)).state).toBe('候选');
      expect((await moveCase(people.planner, id, '撤销', { reason: '不要了' })).statusCode).toBe(200);
    });

    test("a station is its operator's and a building site its company's", async () => {
      const id = await aCase('交付', { company: TOWER });
      const fields = { onAirOn: '2026-05-01', onAirEvidence: '单 1' };
      const url = `/api/cases/${encodeURIComponent(id)}/moves`;
      expect(codeOf(await act(people.unicom, 'POST', url, { to: '开通', fields }, 1))).toBe('CASE_UNKNOWN');
      expect(codeOf(await moveCase(people.rival, id, '疑难', { reason: '进不去' }))).toBe(
        'PERMISSION_DENIED',
      );
      // and the database says so without the route
      const unicom = scopedStore(store, aPrincipal('operator', { organisation: UNICOM }), context);
      expect(
        await tryOut(unicom, "update cases set on_air_on = '2026-05-01' where id = $1", [id]),
      ).toMatchObject({ refused: null, rowCount: 0 });
      const mobile = scopedStore(store, aPrincipal('operator', { organisation: MOBILE }), context);
      expect(
        await tryOut(mobile, "update cases set on_air_on = '2026-05-01' where id = $1", [id]),
      ).toMatchObject({ refused: null, rowCount: 1 });
      expect((await tryOut(mobile, "update cases set filing_number = 'x' where id = $1", [id])).refused).toBe(
        'STORE_DENIED',
      );
      expect((await moveCase(people.mobile, id, '开通', { fields })).statusCode).toBe(200);
    });

    test('what the district sends back from the air frees the site again, unless somebody else is on the air there', async () => {
      const siteId = await aSite();
      const [mobile, unicom] = [
        await aCase('交付', { siteId, id: 'A', company: TOWER }),
        await aCase('交付', { siteId, id: 'B', operator: UNICOM, company: TOWER }),
      ];
      const fields = { onAirOn: '2026-05-01', onAirEvidence: '单 1' };
      expect((await moveCase(people.mobile, mobile, '开通', { fields })).statusCode).toBe(200);
      expect((await moveCase(people.unicom, unicom, '开通', { fields })).statusCode).toBe(200);
      const back = await moveCase(people.district, mobile, '交付', { reason: '没有信号' });
      expect(back.json<CaseDetailJson>()).toMatchObject({ state: '交付', onAirOn: null, onAirEvidence: '' });
      expect(await statusOf(siteId)).toBe('existing');
      expect((await moveCase(people.district, unicom, '交付', { reason: '没有信号' })).statusCode).toBe(200);
      expect(await statusOf(siteId)).toBe('candidate');

      const old = await aSite({ status: 'existing' });
      const onOld = await aCase('交付', { siteId: old, id: 'C', company: TOWER });
      await moveCase(people.mobile, onOld, '开通', { fields });
      await moveCase(people.district, onOld, '交付', { reason: '没有信号' });
      expect(await statusOf(old)).toBe('existing');
    });

    test('work begun before the review goes on where it stood, and a lost claim takes the company away', async () => {
      const siteId = await aSite();
      await claim(siteId);
      const [{ id } = { id: '' }] = (
        await people.tower.ask('GET', `/api/cases?siteId=${encodeURIComponent(siteId)}`)
      ).json<CasePageJson>().cases;
      expect((await readCase(people.tower, id)).state).toBe('认领');
      await moveCase(people.tower, id, '谈点');
      await store.query("select move_case($1, '已申报')", [id]);
      // the survey may go on while others review
      expect((await readCase(people.tower, id)).maySurvey).toBe(true);
      await store.query("select move_case($1, '列入计划')", [id]);
      expect(await readCase(people.tower, id)).toMatchObject({
        state: '谈点',
        company: TOWER,
        stateBefore: null,
      });
      await store.query(
        "update claims set state = '已释放', until = null, ended_at = now() where id = 'claim ' || $1",
        [siteId],
      );
      expect(await readCase(people.tower, id)).toMatchObject({
        state: '列入计划',
        company: '',
        claimed: false,
      });
    });

    test('a held-up case waits and goes back', async () => {
      const id = await aCase('建设', { company: TOWER });
      expect((await moveCase(people.tower, id, '疑难', { reason: '阻挠施工' })).statusCode).toBe(200);
      const held = await readCase(people.tower, id);
      expect([held.stateBefore, held.choices.map(({ to }) => to)]).toEqual([
        '建设',
        ['入方案', '建设', '撤销'],
      ]);
      expect(codeOf(await moveCase(people.tower, id, '勘察设计'))).toBe('STATE_FIELDS_MISSING');
      expect((await moveCase(people.tower, id, '建设')).statusCode).toBe(200);
    });

    test('one live case for a site and an operator; two people at once open the same', async () => {
      const siteId = await aSite();
      const open = () => act(people.planner, 'POST', '/api/cases', { siteId, operator: MOBILE });
      const ids = (await Promise.all([open(), open(), open(), open()])).map(
        (reply) => reply.json<CaseDetailJson>().id,
      );
      expect(new Set(ids).size).toBe(1);
      await moveCase(people.planner, ids[0]!, '撤销', { reason: '换一处' });
      const again = (await open()).json<CaseDetailJson>();
      expect(again.id).not.toBe(ids[0]);
      expect(codeOf(await act(people.planner, 'POST', '/api/cases', { operator: MOBILE }))).toBe(
        'CASE_NOTHING',
      );
      expect(
        codeOf(await act(people.planner, 'POST', '/api/cases', { siteId: 'site foreign', operator: MOBILE })),
      ).toBe('CASE_SITE');
      expect(codeOf(await act(people.mobile, 'POST', '/api/cases', { siteId, operator: MOBILE }))).toBe(
        'PERMISSION_DENIED',
      );
    });

    test('the ten thousandth case of a year has a number of its own', async () => {
      const first = await aCase('候选');
      await store.query('alter table cases disable trigger cases_kept');
      await store.query("update cases set serial = 9999, number = '310901-0000-9999' where id = $1", [first]);
      await store.query('alter table cases enable trigger cases_kept');
      const numbers = [];
      for (const id of [await aCase('候选'), await aCase('候选')])
        numbers.push((await readCase(people.planner, id)).number.replace(/^310901-\d{4}-/, ''));
      expect(numbers).toEqual(['10000', '10001']);
    });

    test('a plan becomes cases of its new sites, once', async () => {
      const sites = [await aSite(), await aSite()];
      await store.query("delete from plan_items where plan_id = 'plan own'");
      for (const [index, site] of [...sites, 'site foreign'].entries())
        await store.query(
          `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
             unique_weight_share, displaced) values ('plan own', $1, $2, 'new', 'target-gain', 1, 1, 0.1, 0.5, 0.1, '[]')`,
          [site, index + 1],
        );
      const body = { planId: 'plan own', operator: UNICOM };
      const preview = await act(people.planner, 'POST', '/api/cases/from-plan', { ...body, dryRun: true });
      expect(preview.json()).toEqual({ dryRun: true, opened: 2, held: 0 });
      const done = await act(people.planner, 'POST', '/api/cases/from-plan', { ...body, dryRun: false });
      expect(done.json()).toEqual({ dryRun: false, opened: 2, held: 0 });
      const again = await act(people.planner, 'POST', '/api/cases/from-plan', { ...body, dryRun: false });
      expect(again.json()).toEqual({ dryRun: false, opened: 0, held: 2 });
      const { cases } = (
        await people.planner.ask('GET', '/api/cases?planId=plan%20own&sort=siteName')
      ).json<CasePageJson>();
      expect(cases.map(({ siteId, state }) => [siteId, state])).toEqual(
        sites.map((site) => [site, '入方案']),
      );
      expect(
        codeOf(
          await act(people.planner, 'POST', '/api/cases/from-plan', {
            planId: 'plan foreign',
            operator: MOBILE,
            dryRun: false,
          }),
        ),
      ).toBe('PLAN_UNKNOWN');
    });

    test('a plan for several operators becomes one case for each who moves in, once', async () => {
      const [both, alone] = [await aSite(), await aSite()];
      await store.query("delete from plan_items where plan_id = 'plan own'");
      for (const [index, [site, operatorIds]] of (
        [
          [both, [MOBILE, UNICOM]],
          [alone, [UNICOM]],
        ] as const
      ).entries())
        await store.query(
          `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
             unique_weight_share, displaced, sharing) values ('plan own', $1, $2, 'new', 'target-gain', 1, 1, 0.1, 0.5, 0.1, '[]', $3::jsonb)`,
          [
            site,
            index + 1,
            JSON.stringify({ operatorIds, besideIds: [], paymentsCny: operatorIds.map(() => 1) }),
          ],
        );
      const ask = (body: object) =>
        act(people.planner, 'POST', '/api/cases/from-plan', { planId: 'plan own', ...body });
      expect((await ask({ operator: MOBILE, dryRun: true })).json()).toMatchObject({ opened: 1, held: 0 });
      expect((await ask({ dryRun: true })).json()).toEqual({ dryRun: true, opened: 3, held: 0 });
      expect((await ask({ dryRun: false })).json()).toEqual({ dryRun: false, opened: 3, held: 0 });
      expect((await ask({ dryRun: false })).json()).toEqual({ dryRun: false, opened: 0, held: 3 });
      const { rows } = await store.query<{ site_id: string; operator: string }>(
        'select site_id, operator from cases where site_id = any ($1::text[])',
        [[both, alone]],
      );
      expect(new Set(rows.map((row) => `${row.site_id} ${row.operator}`))).toEqual(
        new Set([`${both} ${MOBILE}`, `${both} ${UNICOM}`, `${alone} ${UNICOM}`]),
      );
      await store.query("update plan_items set sharing = null where plan_id = 'plan own'");
      expect(codeOf(await ask({ dryRun: true }))).toBe('CASE_PLAN_OPERATOR');
    });

    test('a stale version answers 412 with the fresh case, a missing one 428, and the same key the same answer', async () => {
      const id = await aCase('候选');
      const { version } = await readCase(people.planner, id);
      expect(
        (
          await act(
            people.planner,
            'PATCH',
            `/api/cases/${encodeURIComponent(id)}`,
            { remark: '一' },
            version,
          )
        ).statusCode,
      ).toBe(200);
      const stale = await act(
        people.planner,
        'PATCH',
        `/api/cases/${encodeURIComponent(id)}`,
        { remark: '二' },
        version,
      );
      expect([stale.statusCode, stale.json<{ case: CaseDetailJson }>().case.remark]).toEqual([412, '一']);
      const url = `/api/cases/${encodeURIComponent(id)}/moves`;
      const staleMove = await act(people.planner, 'POST', url, { to: '撤销', reason: '不要了' }, version);
      expect([staleMove.statusCode, codeOf(staleMove)]).toEqual([412, 'CASE_STALE']);
      const move = () =>
        act(people.planner, 'POST', url, { to: '撤销', reason: '不要了' }, version + 1, 'key-of-this-act');
      const [first, second] = [await move(), await move()];
      expect([first.statusCode, second.statusCode, second.headers['idempotency-replayed']]).toEqual([
        200,
        200,
        'true',
      ]);
      expect(second.json()).toEqual(first.json());
      expect(codeOf(await people.planner.ask('POST', url, { to: '撤销' }, { 'if-match': '"1"' }))).toBe(
        'IDEMPOTENCY_KEY_MISSING',
      );
      expect(codeOf(await act(people.planner, 'POST', url, { to: '撤销' }))).toBe('REQUEST_VERSION_MISSING');
    });

    test("the neighbour's case is not there, and no list counts it", async () => {
      const foreign = await makeCase(store, {
        id: 'foreign case',
        siteId: await aSite({ foreign: true }),
        state: '交付',
        operator: UNICOM,
      });
      await aCase('交付');
      for (const login of ['planner', 'tower', 'mobile', 'town', 'district', 'city', 'admin'] as const) {
        const who = people[login];
        for (const tail of ['', '/timeline', '/survey', '/photos']) {
          const [known, unknown] = [
            await who.ask('GET', `/api/cases/${encodeURIComponent(foreign)}${tail}`),
            await who.ask('GET', `/api/cases/nowhere${tail}`),
          ];
          expect([login, tail, known.statusCode, codeOf(known)]).toEqual([login, tail, 404, codeOf(unknown)]);
        }
        const { cases, total } = (await who.ask('GET', '/api/cases')).json<CasePageJson>();
        expect([login, total, cases.filter(({ districtCode }) => districtCode !== OWN)]).toEqual([
          login,
          cases.length,
          [],
        ]);
      }
      const reply = await act(
        people.planner,
        'PATCH',
        `/api/cases/${encodeURIComponent(foreign)}`,
        { remark: '我的' },
        1,
      );
      expect([reply.statusCode, codeOf(reply)]).toEqual([404, 'CASE_UNKNOWN']);
      expect((await people.owner.ask('GET', '/api/cases')).statusCode).toBe(403);
      expect(
        (await people.planner.ask('GET', `/api/cases?districtCode=${FOREIGN}`)).json<CasePageJson>().total,
      ).toBe(0);
    });

    test('an operator has its own stations in list, counts, map, report and file, wherever they stand', async () => {
      const shared = await aSite();
      const own = {
        mobile: [
          await aCase('开通', { siteId: shared, id: 'own a', company: TOWER }),
          await makeCase(store, {
            id: 'own far',
            siteId: await aSite({ foreign: true }),
            state: '交付',
            company: TOWER,
          }),
        ],
        unicom: [await aCase('交付', { siteId: shared, id: 'own b', operator: UNICOM, company: TOWER })],
      };
      const nobodys = await aCase('交付', { id: 'own nobody', operator: '' });
      for (const who of ['mobile', 'unicom'] as const) {
        const ask = async <Answer>(path: string) =>
          (await people[who].ask('GET', `/api/cases${path}`)).json<Answer>();
        const { cases, total } = await ask<CasePageJson>('?pageSize=1000');
        const operators = new Set(cases.map(({ operator }) => operator));
        expect([who, [...operators]]).toEqual([who, [who === 'mobile' ? MOBILE : UNICOM]]);
        expect([who, own[who].every((id) => cases.some((one) => one.id === id))]).toEqual([who, true]);
        const map = await ask<{ located: number; unlocated: number }>('/map?bbox=-180,-90,180,90&zoom=20');
        expect([(await ask<CaseCountsJson>('/counts')).total, map.located + map.unlocated]).toEqual([
          total,
          total,
        ]);
        for (const id of [...Object.values(own).flat(), nobodys])
          for (const tail of ['', '/timeline', '/survey', '/photos']) {
            const { statusCode } = await people[who].ask(
              'GET',
              `/api/cases/${encodeURIComponent(id)}${tail}`,
            );
            expect([who, id, tail, statusCode]).toEqual([who, id, tail, own[who].includes(id) ? 200 : 404]);
          }
        // its own on the air; what stood before is what no case has put there, whoever's the case
        const { total: counted } = (
          await people[who].ask('GET', '/api/progress?form=all')
        ).json<ProgressJson>();
        const onAir = cases.filter(({ state }) => ['开通', '验收', '迁改', '退网'].includes(state)).length;
        expect([who, counted.onAir.total <= onAir, who === 'unicom' || counted.onAir.total > 0]).toEqual([
          who,
          true,
          true,
        ]);
        const site = (
          await people[who].ask('GET', `/api/sites/${encodeURIComponent(shared)}/under-way`)
        ).json<SiteUnderWayJson>();
        expect([who, site.cases.map(({ id }) => id)]).toEqual([who, own[who].slice(0, 1)]);
      }
      const stood = async (who: Login) =>
        (await people[who].ask('GET', '/api/progress?form=all')).json<ProgressJson>().total.standing;
      expect([await stood('mobile'), await stood('unicom')]).toEqual([
        await stood('district'),
        await stood('district'),
      ]);
      await store.query("delete from cases where id like 'own %'");
    });

    test('a case is tied to no plan and no demand its maker does not see, and a wish lies where its demand does', async () => {
      const siteId = await aSite();
      await store.query(
        `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, search_radius_m)
         select id, id, $1, ST_SetSRID(ST_MakePoint(lon, 31.0506), 4490), lon, 31.0506, 'CGCS2000', 300
           from (values ('demand here', 121.0312::float8), ('demand there', 121.13)) as d (id, lon)`,
        [MOBILE],
      );
      const make = (body: object) => act(people.planner, 'POST', '/api/cases', { operator: MOBILE, ...body });
      const refused = async (body: object) => codeOf(await make(body));
      for (const id of ['plan foreign', 'plan nowhere'])
        expect([id, await refused({ siteId, planId: id })]).toEqual([id, 'PLAN_UNKNOWN']);
      for (const id of ['demand there', 'demand nowhere'])
        expect([id, await refused({ siteId, demandId: id })]).toEqual([id, 'DEMAND_UNKNOWN']);
      const wish = await make({ demandId: 'demand here' });
      expect([wish.statusCode, wish.json()]).toMatchObject([201, { state: '需求', districtCode: OWN }]);
      const { id, version } = (await make({ siteId, planId: 'plan own' })).json<CaseDetailJson>();
      const patch = await act(
        people.planner,
        'PATCH',
        `/api/cases/${id}`,
        { planId: 'plan foreign' },
        version,
      );
      expect([patch.statusCode, codeOf(patch)]).toEqual([404, 'PLAN_UNKNOWN']);
      await store.query('delete from cases');
      await store.query('delete from demands');
    });

    test('an operator reads no place out of a reason', async () => {
      const id = await aCase('建设');
      const reason = '塔基在 121.031234,31.050678 处进水';
      expect((await moveCase(people.tower, id, '疑难', { reason })).statusCode).toBe(200);
      const timeline = (who: Browser) => who.ask('GET', `/api/cases/${encodeURIComponent(id)}/timeline`);
      expect((await timeline(people.tower)).payload).toContain(reason);
      expect((await timeline(people.mobile)).payload).not.toContain('121.0312');
    });

    test('lists are found by text, state and time, counted by state, and paged', async () => {
      for (const state of ['候选', '候选', '交付', '开通'] as const) await aCase(state);
      await store.query("update cases set state_since = now() - interval '20 days' where state = '交付'");
      const ask = async (query: string) =>
        (await people.planner.ask('GET', `/api/cases?${query}`)).json<CasePageJson>();
      expect((await ask(`state=${encodeURIComponent('候选,交付')}`)).total).toBe(3);
      expect((await ask('stalledDays=15')).cases.map(({ state }) => state)).toEqual(['交付']);
      expect((await ask(`q=${encodeURIComponent(MOBILE)}`)).total).toBe(4);
      expect((await ask('q=nothing-like-it')).total).toBe(0);
      const [first, second] = [await ask('pageSize=3&page=1'), await ask('pageSize=3&page=2')];
      expect([first.cases.length, second.cases.length, second.total]).toEqual([3, 1, 4]);
      const counts = (await people.planner.ask('GET', '/api/cases/counts')).json<{
        states: { state: string; count: number }[];
      }>();
      expect(Object.fromEntries(counts.states.map(({ state, count }) => [state, count]))).toEqual({
        候选: 2,
        交付: 1,
        开通: 1,
      });
      expect((await people.planner.ask('GET', '/api/cases?sort=version')).statusCode).toBe(400);
      const file = await people.planner.ask('GET', '/api/cases/export.xlsx');
      expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
      const { rows } = await store.query(
        "select 1 from audit_records where action = 'export' and object = 'case'",
      );
      expect(rows.length).toBe(1);
    });

    test('many at once: a preview, nothing when one is refused, the rest when asked', async () => {
      const [ready, other] = [await aCase('交付', { company: TOWER }), await aCase('候选')];
      const seen = async (id: string) => ({ id, version: (await readCase(people.tower, id)).version });
      const rows = [await seen(ready), await seen(other), { id: 'nowhere', version: 1 }];
      const body = { rows, to: '疑难', reason: '待协调' };
      const preview = (
        await act(people.tower, 'POST', '/api/cases/moves', { ...body, dryRun: true })
      ).json<BulkCaseMoveResultJson>();
      expect([preview.moved, preview.refused.map(({ refusal }) => refusal)]).toEqual([
        1,
        ['STATE_MOVE_UNKNOWN', 'CASE_UNKNOWN'],
      ]);
      // one that was changed since it was looked at is named, too
      const late = { ...body, dryRun: true, rows: [{ id: ready, version: rows[0]!.version + 1 }] };
      expect((await act(people.tower, 'POST', '/api/cases/moves', late)).json()).toMatchObject({
        moved: 0,
        refused: [{ id: ready, refusal: 'CASE_STALE' }],
      });
      const whole = await act(people.tower, 'POST', '/api/cases/moves', { ...body, dryRun: false });
      expect([codeOf(whole), (await readCase(people.tower, ready)).state]).toEqual([
        'CASE_MOVES_REFUSED',
        '交付',
      ]);
      const rest = await act(people.tower, 'POST', '/api/cases/moves', {
        ...body,
        dryRun: false,
        skipRefused: true,
      });
      expect([
        rest.json<BulkCaseMoveResultJson>().moved,
        (await readCase(people.tower, ready)).state,
      ]).toEqual([1, '疑难']);
    });

    test("a survey has a version of its own, is the company's, and is closed once it is filed", async () => {
      const id = await aCase('勘察设计', { company: TOWER });
      const url = `/api/cases/${encodeURIComponent(id)}/survey`;
      expect((await act(people.tower, 'PUT', url, aSurvey, 0)).statusCode).toBe(200);
      const stale = await act(people.tower, 'PUT', url, { ...aSurvey, remark: '晚了' }, 0);
      expect([stale.statusCode, codeOf(stale), stale.json<{ survey: SurveyJson }>().survey.version]).toEqual([
        412,
        'SURVEY_STALE',
        1,
      ]);
      expect(
        (await act(people.tower, 'PUT', url, { ...aSurvey, remark: '再量' }, 1)).json<SurveyJson>(),
      ).toMatchObject({ version: 2, remark: '再量' });
      expect(codeOf(await act(people.rival, 'PUT', url, aSurvey, 2))).toBe('PERMISSION_DENIED');
      expect(codeOf(await act(people.planner, 'PUT', url, aSurvey, 2))).toBe('PERMISSION_DENIED');
      expect(
        codeOf(await act(people.tower, 'PUT', url, { ...aSurvey, photoIds: ['photo-of-another'] }, 2)),
      ).toBe('SURVEY_PHOTOS');
      expect(codeOf(await act(people.tower, 'PUT', url, { ...aSurvey, position: [31, 121] }, 2))).toBe(
        'RESOURCE_POSITION',
      );
      // roughly for masked roles
      expect((await people.mobile.ask('GET', url)).json<SurveyJson>().position).toEqual([121.031, 31.051]);
      await store.query("update cases set state = '报建备案' where id = $1", [id]);
      expect(codeOf(await act(people.tower, 'PUT', url, aSurvey, 2))).toBe('SURVEY_CLOSED');
    });

    test('photos: the same twice is one, far ones are marked, served without metadata to whoever reads the case', async () => {
      const id = await aCase('勘察设计', { company: TOWER });
      const camera = { takenAt: '2026:03:02 10:00:00', position: [121.05, 31.0507] as const };
      const bytes = aJpeg({ width: 40, camera });
      const sent = await sendPhoto(people.tower, app, id, '全景', bytes, '../../站前<b>.jpg');
      const photo = sent.json<PhotoJson>();
      expect(photo).toMatchObject({
        warnings: ['far'],
        width: 40,
        mine: true,
        used: false,
        takenAt: '2026-03-02T02:00:00.000Z',
      });
      expect(photo.distanceM).toBeGreaterThan(1_700);
      expect(photo.distanceM).toBeLessThan(1_900);
      const twice = await sendPhoto(people.tower, app, id, '全景', bytes);
      expect([twice.statusCode, twice.json<PhotoJson>().id]).toEqual([200, photo.id]);

      const shown = await people.mobile.ask('GET', `/api/photos/${photo.id}`);
      expect([
        shown.statusCode,
        shown.headers['content-type'],
        shown.headers['x-content-type-options'],
      ]).toEqual([200, 'image/jpeg', 'nosniff']);
      expect([shown.headers['cache-control'], shown.headers['content-disposition']]).toEqual([
        'private, no-cache',
        `inline; filename="${photo.id}.jpg"`,
      ]);
      const again = { 'if-none-match': String(shown.headers.etag) };
      expect((await people.mobile.ask('GET', `/api/photos/${photo.id}`, undefined, again)).statusCode).toBe(
        304,
      );
      // what somebody may no longer see is not confirmed either
      expect((await people.owner.ask('GET', `/api/photos/${photo.id}`, undefined, again)).statusCode).toBe(
        403,
      );
      expect(shown.rawPayload.includes('2026:03:02')).toBe(false);
      const masked = (
        await people.mobile.ask('GET', `/api/cases/${encodeURIComponent(id)}/photos`)
      ).json<PhotoListJson>().photos[0];
      expect([masked?.position, masked?.distanceM, masked?.mine]).toEqual([[121.05, 31.051], null, false]);
      expect(masked && 'digest' in masked).toBe(false);

      expect(
        (await sendPhoto(people.tower, app, id, '电源', aJpeg({ width: 41 }))).json<PhotoJson>().warnings,
      ).toEqual(['no-position', 'no-time']);
      expect(codeOf(await people.owner.ask('GET', `/api/photos/${photo.id}`))).toBe('PERMISSION_DENIED');
      const { rows } = await store.query<{ words: string }>(
        "select coalesce(after::text, '') as words from audit_records where object = 'photo'",
      );
      expect(rows.length).toBeGreaterThan(1);
      for (const { words } of rows) expect(words).not.toContain('121.05');
    });

    test('a photo goes with its file while nothing names it, by whoever brought it', async () => {
      const id = await aCase('勘察设计', { company: TOWER });
      const filesNow = () =>
        readdirSync(photoDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
          .length;
      const before = filesNow();
      const photo = (await sendPhoto(people.tower, app, id, '全景', aJpeg({ width: 99 }))).json<PhotoJson>();
      const other = (await sendPhoto(people.tower, app, id, '机房', aJpeg({ width: 99 }))).json<PhotoJson>();
      expect(filesNow()).toBe(before + 1);
      const url = `/api/photos/${photo.id}`;
      expect(codeOf(await people.rival.ask('DELETE', url))).toBe('PERMISSION_DENIED');
      await act(
        people.tower,
        'PUT',
        `/api/cases/${encodeURIComponent(id)}/survey`,
        { ...aSurvey, photoIds: [photo.id] },
        0,
      );
      expect(codeOf(await people.tower.ask('DELETE', url))).toBe('PHOTO_USED');
      await act(people.tower, 'PUT', `/api/cases/${encodeURIComponent(id)}/survey`, aSurvey, 1);
      expect((await people.tower.ask('DELETE', url)).statusCode).toBe(204);
      expect([(await people.tower.ask('GET', url)).statusCode, filesNow()]).toEqual([404, before + 1]);
      expect((await people.tower.ask('DELETE', `/api/photos/${other.id}`)).statusCode).toBe(204);
      expect(filesNow()).toBe(before);
    });

    test('hostile uploads leave neither row nor file; an operator brings evidence of its own station only', async () => {
      const id = await aCase('交付', { company: TOWER });
      const filesNow = () =>
        readdirSync(photoDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
          .length;
      const before = filesNow();
      const send = async (bytes: Uint8Array, who: Login = 'mobile', kind = '开通证据') => {
        const reply = await sendPhoto(people[who], app, id, kind, bytes);
        return [reply.statusCode, codeOf(reply)];
      };
      expect(await send(Buffer.from('<svg onload="alert(1)"/>'))).toEqual([415, 'PHOTO_FORMAT']);
      expect(await send(aJpeg().subarray(0, 60))).toEqual([422, 'PHOTO_TRUNCATED']);
      expect(await send(Buffer.concat([aJpeg(), Buffer.from('<script>')]))).toEqual([422, 'PHOTO_TRAILING']);
      for (const megabytes of [11, 60])
        expect(await send(Buffer.alloc(megabytes * 1024 * 1024))).toEqual([413, 'PHOTO_TOO_LARGE']);
      expect(await send(aJpeg(), 'unicom')).toEqual([404, 'CASE_UNKNOWN']);
      expect(await send(aJpeg(), 'planner')).toEqual([403, 'PERMISSION_DENIED']);
      expect([
        filesNow(),
        (await store.query('select 1 from photos where case_id = $1', [id])).rows.length,
      ]).toEqual([before, 0]);
      expect((await sendPhoto(people.mobile, app, id, '开通证据', aJpeg({ width: 77 }))).statusCode).toBe(
        201,
      );
      const found = await readCase(people.mobile, id);
      expect([found.evidencePhotos, found.choices.find(({ to }) => to === '开通')?.missing]).toEqual([1, []]);
      const aired = await moveCase(people.mobile, id, '开通', { fields: { onAirOn: '2026-05-01' } });
      expect(aired.statusCode).toBe(200);
    });

    test('the map beside the table shows each case at its site, and says how many have none yet', async () => {
      const states = ['候选', '入方案', '认领', '建设'] as const;
      for (let n = 0; n < 12; n += 1) {
        const siteId = await aSite({ resource: null });
        await store.query(
          'update sites set geom = ST_SetSRID(ST_MakePoint(121.0305 + $2::float8 * 0.00391, 31.0507), 4490) where id = $1',
          [siteId, n % 5],
        );
        await aCase(states[n % 4]!, { siteId, operator: n % 3 === 0 ? UNICOM : MOBILE });
      }
      await aCase('候选', { siteId: await aSite({ foreign: true }) });
      await store.query(
        `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, search_radius_m, district_code)
         values ('wish', 'wish', $1, ST_SetSRID(ST_MakePoint(121.03, 31.05), 4490), 121.03, 31.05, 'CGCS2000', 200, $2)`,
        [MOBILE, OWN],
      );
      await store.query(
        "insert into cases (id, demand_id, operator, state, district_code) values ('件 wish', 'wish', $1, '需求', $2)",
        [MOBILE, OWN],
      );
      const desk: MapDesk<CasePageJson['cases'][number]> = {
        path: '/api/cases',
        rows: 'cases',
        read: ({ id, position, state, number }) => ({
          id,
          places: position ? [position] : [],
          state,
          label: number,
        }),
      };
      const seen = await expectMapOfList(people.district, desk);
      expect([seen.length, seen.filter(({ places }) => places.length === 0).length]).toEqual([13, 1]);
      expect(await expectMapOfList(people.tower, desk, `&operator=${UNICOM}`)).toHaveLength(4);
      expect(await expectMapOfList(people.tower, desk, '&state=建设,认领')).toHaveLength(6);
      const rough = await expectMapOfList(people.mobile, desk);
      expect(
        rough.flatMap(({ places }) => places).filter(([lon = 0]) => lon !== Number(lon.toFixed(3))),
      ).toEqual([]);
      await store.query("delete from cases where id = '件 wish'");
      await store.query("delete from demands where id = 'wish'");
    });

    test('what waits is counted by the filter it leads to', async () => {
      await aCase('交付', { company: TOWER });
      await aCase('开通');
      await aCase('退回补正');
      await aCase('建设', { company: TOWER });
      await aCase('建设', { company: '铁塔乙' });
      const counted: string[] = [];
      for (const [login, role, organisation] of [
        ['tower', 'tower', TOWER],
        ['mobile', 'operator', MOBILE],
        ['district', 'district', '区科委'],
        ['planner', 'planner', '规划院'],
      ] as const) {
        const person = aPrincipal(role, { organisation });
        const agenda = await casesAgenda(scopedStore(store, person, context), person);
        for (const { kind, count, path } of agenda) {
          const { total } = (
            await people[login].ask('GET', `/api${path.replace(/[^\x20-\x7e]+/g, encodeURIComponent)}`)
          ).json<CasePageJson>();
          expect([kind, total]).toEqual([kind, count]);
          if (count > 0) counted.push(`${login} ${kind} ${count}`);
        }
      }
      expect(counted).toEqual([
        'tower build 1',
        'tower handed-over 1',
        'mobile put-on-air 1',
        'district verify 1',
        'planner returned 1',
      ]);
    });

    describe('every figure leads to as many rows as it counts', () => {
      const logins = ['province', 'district', 'town', 'mobile'] as const;
      const asking = {} as Record<(typeof logins)[number], Browser>;
      const progressOf = async (who: Browser, query = ''): Promise<ProgressJson> =>
        (await who.ask('GET', `/api/progress?from=2026-01-01&to=2026-06-30${query}`)).json();
      const rankingOf = async (who: Browser, query: string): Promise<RankingJson> =>
        (await who.ask('GET', `/api/problems/ranking?${query}`)).json();

      beforeAll(async () => {
        await anAccount(store, 'province', 'city', {
          territory: { everywhere: true, districtCodes: [], townCodes: [] },
        });
        const province = aBrowser(app, '10.0.4.1');
        await province.signIn('province');
        Object.assign(asking, {
          province,
          district: people.district,
          town: people.town,
          mobile: people.mobile,
        });
      });
      beforeEach(async () => {
        await store.query('delete from cases');
        await store.query("update sites set status = 'candidate'");
      });

      interface SeededCase {
        readonly town?: string;
        readonly foreign?: boolean;
        readonly type?: string;
        readonly structure?: string;
        readonly state?: CaseState;
        readonly operator?: string;
        readonly siteId?: string;
        readonly days: readonly [
          listed: string,
          built: string | null,
          onAir: string | null,
          accepted: string | null,
        ];
        readonly left?: string;
      }
      const seed = async (one: SeededCase): Promise<string> => {
        const { foreign = false, state = '验收', operator = MOBILE, days } = one;
        const siteId = one.siteId ?? (await aSite({ resource: null, foreign }));
        await store.query(
          'update sites set town_code = coalesce($2, town_code), resource_type = $3, structure = $4 where id = $1',
          [siteId, one.town ?? null, one.type ?? '路灯杆', one.structure ?? 'pole'],
        );
        const id = await makeCase(store, {
          id: `件 ${siteId} ${operator}`,
          siteId,
          state,
          operator,
          company: TOWER,
        });
        await store.query(
          `update cases set listed_at = $2::timestamptz, completed_on = $3::date, on_air_on = $4::date, accepted_on = $5::date,
             state_since = coalesce($6::timestamptz, state_since) where id = $1`,
          [
            id,
            `${days[0]}T03:00:00Z`,
            ...days.slice(1),
            one.left === undefined ? null : `${one.left}T03:00:00Z`,
          ],
        );
        return siteId;
      };
      /** Raised on the first day, due on the second, settled and closed on the others. */
      type ProblemDays = readonly (string | null)[];
      const seedProblems = async (
        problems: readonly (readonly [district: string, town: string, days: ProblemDays])[],
      ) => {
        const made: [id: string, days: ProblemDays][] = [];
        for (const [district, town, days] of problems) {
          const { rows } = await store.query<{ id: string }>(
            "select raise_problem('其他', '难', '', '[]', $1, $2, '单位') as id",
            [district, town],
          );
          made.push([rows[0]!.id, days]);
        }
        await store.query('alter table problems disable trigger user');
        for (const [id, days] of made)
          await store.query(
            `update problems set raised_at = $2::date, due_at = $3::date, settled_at = $4::date, closed_at = $5::date,
               state = case when $5::date is not null then '已销号' when $4::date is not null then '待确认' else '处理中' end,
               confirmed_by_raiser = case when $5::date is not null then true end where id = $1`,
            [id, ...days],
          );
        await store.query('alter table problems enable trigger user');
      };

      test('in the progress report, on each basis of counting, for whoever reads it', async () => {
        const shared = await seed({ days: ['2025-11-02', '2026-02-01', '2026-03-01', '2026-04-01'] });
        await seed({
          siteId: shared,
          operator: UNICOM,
          state: '开通',
          days: ['2026-01-02', '2026-02-01', '2026-05-01', null],
        });
        await seed({
          town: '',
          structure: 'tower',
          days: ['2026-01-02', '2025-12-30', '2026-01-31', '2026-06-30'],
        });
        await seed({
          town: '310901002',
          type: '室分',
          state: '建设',
          days: ['2026-06-30', null, null, null],
        });
        await seed({
          foreign: true,
          structure: 'roof',
          state: '退网',
          days: ['2025-01-02', '2025-02-01', '2025-03-01', '2025-04-01'],
          left: '2026-05-05',
        });
        await seed({ foreign: true, town: '', state: '退回补正', days: ['2026-01-02', null, null, null] });
        // after the period
        await seed({ days: ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'] });
        // the cases were made, not walked: nothing says that their sites stand because of them
        await store.query("update sites set status = 'candidate'");
        for (const town of ['', '310901002']) {
          const id = await aSite({ resource: null, status: 'existing' });
          await store.query('update sites set town_code = $2 where id = $1', [id, town]);
        }
        for (const basis of ['unit=logical&form=all', 'unit=physical&form=outdoor'])
          await everyFigureLeads('province', `&${basis}`);
        for (const login of logins) await everyFigureLeads(login, '&unit=shared&form=all');
        const { rows, total } = await progressOf(asking.province, '&unit=logical&form=all');
        const noTown = rows.find(({ districtCode, townCode }) => districtCode === OWN && townCode === '');
        expect(noTown).toMatchObject({ accepted: { total: 1, added: 1 }, standing: 1 });
        expect(total).toMatchObject({
          listed: { total: 5, added: 3 },
          built: { total: 4, added: 2 },
          onAir: { total: 3, added: 3 },
          standing: 2,
        });
        const physical = await progressOf(asking.province, '&unit=physical&form=all');
        expect(physical.total).toMatchObject({
          listed: { total: 4, added: 2 },
          onAir: { total: 2, added: 2 },
        });
        // nothing of a competitor
        const own = await progressOf(asking.mobile, '&unit=logical&form=all');
        expect(own.total.listed.total).toBe(3);
      });

      async function everyFigureLeads(login: (typeof logins)[number], query: string): Promise<void> {
        const who = asking[login];
        const { basis, rows, total } = await progressOf(who, query);
        for (const row of [null, ...rows]) {
          const counted = row ?? total;
          for (const stage of progressStages)
            for (const part of progressParts) {
              // a nought is looked for once, not by everybody on each basis: a list takes its time
              if (counted[stage][part] === 0 && !query.includes('logical')) continue;
              const path = casesFigurePath(basis, { stage, part }, row);
              expect([login, path, await totalOfPath(who, path)]).toEqual([
                login,
                path,
                counted[stage][part],
              ]);
            }
          if (counted.standing === 0) continue;
          const path = standingFigurePath(basis, row);
          expect([login, path, await totalOfPath(who, path)]).toEqual([login, path, counted.standing]);
        }
        // a town or none: no row is lost
        if (query.includes('logical'))
          expect(rows.reduce((sum, { listed }) => sum + listed.total, 0)).toBe(total.listed.total);
      }

      test('on the ranking board, with what lies in no town in a line of its own', async () => {
        const places = [
          [OWN, OWN_TOWN],
          [OWN, '310901002'],
          [OWN, ''],
          [FOREIGN, ''],
          [FOREIGN, '310902001'],
        ] as const;
        const days = [
          ['2026-02-01', '2026-02-20', null, null],
          ['2025-12-01', '2026-01-20', '2026-01-19', '2026-01-25'],
          ['2026-01-05', '2026-01-20', '2026-02-19', '2026-02-25'],
          ['2026-03-05', '2026-04-20', '2026-04-19', null],
          ['2026-03-30', '2026-05-20', '2026-05-21', '2026-05-22'],
          ['2026-04-01', '2026-05-20', null, null],
        ];
        await seedProblems(
          places.flatMap((place, index) => days.slice(index % 3).map((one) => [...place, one] as const)),
        );
        for (const login of logins)
          for (const query of [
            'from=2026-01-01&to=2026-03-31&by=town',
            'from=2026-04-01&to=2199-12-31&by=town',
            'from=2026-01-01&to=2026-12-31&by=district',
          ]) {
            const ranking = await rankingOf(asking[login], query);
            for (const row of ranking.rows)
              for (const figure of rankedFigures) {
                if (row[figure] === 0 && login !== 'town') continue;
                const path = rankedPath(ranking, figure, row);
                const found = await totalOfPath(asking[login], path);
                // a town compares itself with others and reads its own
                expect([login, path, row.readable ? found : 0]).toEqual([
                  login,
                  path,
                  row.readable ? row[figure] : 0,
                ]);
              }
          }
        const { rows } = await rankingOf(asking.province, 'from=2026-01-01&to=2026-03-31&by=town');
        expect(rows.map(({ code, districtCode, rank }) => [code, districtCode, rank === null])).toEqual([
          ...rows.slice(0, 3).map(({ code }) => [code, code.slice(0, 6), false]),
          ['', expect.any(String), true],
          ['', expect.any(String), true],
        ]);
        const inTown = await rankingOf(asking.town, 'from=2026-01-01&to=2026-03-31&by=town');
        expect(inTown.rows.filter(({ readable }) => readable).map(({ code }) => code)).toEqual([OWN_TOWN]);
        const { total } = (await asking.province.ask('GET', '/api/problems')).json<{ total: number }>();
        const whole = await rankingOf(asking.province, 'from=2020-01-01&to=2199-12-31&by=town');
        expect(whole.rows.reduce((sum, { raised }) => sum + raised, 0)).toBe(total);
      });

      test('a town chosen by hand takes a place, its site and its case out of the line without one', async () => {
        const siteId = await aSite();
        await store.query("update resources set town_code = '' where site_id = $1", [siteId]);
        await aCase('建设', { siteId, company: TOWER });
        await store.query("update cases set listed_at = '2026-02-02T03:00:00Z' where site_id = $1", [siteId]);
        const id = `resource ${siteId}`;
        const found = async () => {
          const { rows } = await progressOf(people.planner, '&form=all');
          return [
            rows.find(({ townCode }) => townCode === '')?.listed.total ?? 0,
            rows.find(({ townCode }) => townCode === OWN_TOWN)?.listed.total ?? 0,
            await totalOfPath(people.planner, `/library?town=${NO_PLACE}&q=${encodeURIComponent(siteId)}`),
            await totalOfPath(people.planner, `/cases?townCode=${NO_PLACE}`),
          ];
        };
        expect(await found()).toEqual([1, 0, 1, 1]);
        const resource = (await people.planner.ask('GET', `/api/resources/${encodeURIComponent(id)}`)).json<{
          version: number;
        }>();
        const changed = await act(
          people.planner,
          'PATCH',
          `/api/resources/${encodeURIComponent(id)}`,
          { townCode: OWN_TOWN },
          resource.version,
        );
        expect(changed.statusCode).toBe(200);
        expect(await found()).toEqual([0, 1, 0, 0]);
      });

      test('and on the first page of everybody', async () => {
        await aCase('交付', { company: TOWER });
        await aCase('建设', { company: TOWER });
        await aCase('退回补正');
        const problem = { category: '其他', title: '等电', districtCode: OWN, townCode: OWN_TOWN };
        for (const login of ['planner', 'mobile', 'town'] as const)
          expect((await act(people[login], 'POST', '/api/problems', problem)).payload).toContain('WT-');
        let lines = 0;
        for (const [login, who] of Object.entries(people)) {
          const { agenda } = (await who.ask('GET', '/api/home')).json<HomeJson>();
          for (const { path, count } of agenda)
            expect([login, path, await totalOfPath(who, path)]).toEqual([login, path, count]);
          lines += agenda.length;
        }
        expect(lines).toBeGreaterThan(8);
        // accounts to look at, as the card counts them
        await store.query("update accounts set must_change_password = true where login = 'rival'");
        await store.query("update accounts set password_hash = null where login = 'province'");
        const { accounts } = (
          await people.admin.ask('GET', '/api/accounts?state=active&pageSize=1000')
        ).json<AccountPageJson>();
        const worrying = accounts.filter((account) => accountWorry(account) !== null);
        expect(worrying.map(({ login }) => login)).toEqual(['province', 'rival']);
        expect(await totalOfPath(people.admin, '/people?state=active&worry=true')).toBe(2);
      });

      test('a figure of no period is refused as such', async () => {
        const asked = async (path: string) => codeOf(await people.district.ask('GET', path));
        expect(await asked('/api/cases?counted=built,total,2026-02-01,2026-02-30,logical,all')).toBe(
          'PROGRESS_PERIOD',
        );
        expect(await asked('/api/cases?counted=built,total,2026-03-01,2026-02-01,logical,all')).toBe(
          'PROGRESS_PERIOD',
        );
        expect(await asked('/api/problems?ranked=open,2026-02-30,2026-03-01')).toBe('PROBLEM_PERIOD');
        expect(await asked('/api/cases?counted=built')).toBe('REQUEST_INVALID');
      });
    });
  });
}

const aSurvey = {
  position: [121.0312345, 31.0506789],
  accuracyM: 3,
  mountHeightM: 12,
  structureCheck: '可用',
  powerMode: '直供',
  powerDistanceM: 20,
  powerKva: null,
  fibre: '就近',
  ductDistanceM: null,
  room: '',
  surveyedOn: '2026-03-02',
  surveyor: '张工',
  remark: '',
  photoIds: [],
};
