// A batch from its plan to its files: submitted by one, decided by another, returned and amended, undone, closed; and what the database
// refuses whatever a route might forget.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryJson } from '../../../server/contract/audit.ts';
import type {
  ReviewersJson,
  UrgeResultJson,
  WaitingUnitsJson,
} from '../../../server/contract/batch-verbs.ts';
import type {
  BatchJson,
  BatchPageJson,
  BatchPreviewJson,
  BatchRowDetailJson,
  BatchRowJson,
  CloseResultJson,
  StaleRowsJson,
} from '../../../server/contract/batches.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import { readWorkbook } from '../../../server/import/read-workbook.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { readPdfText } from '../../support/read-pdf-text.ts';
import { openTestStores } from '../../support/stores.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, FOREIGN, OWN, OWN_TOWN, tryOut } from '../permission/two-districts.ts';
import {
  aBatch,
  decide,
  OPERATOR,
  OTHER_TOWN,
  once,
  onceAt,
  openBatches,
  PLAN,
  peopleOfBatches,
  ROWS,
  rowsAfter,
  rowsOf,
  seen,
  type Who,
} from './a-batch.ts';

const stores = await openTestStores({ deadlineMs: 60_000 });
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

/** In the order in which they may go; their triggers keep them otherwise. */
const emptied = [
  'batch_urges',
  'batch_countersigns',
  'batch_handovers',
  'batch_decisions',
  'batch_opinions',
  'batch_rows',
  'batches',
  'cases',
  'problem_steps',
  'problems',
];

for (const { store } of stores) {
  describe(`batches on the ${store.kind} store`, () => {
    let app: PeopleApp;
    let ids: Map<string, string>;
    let people: Record<Who, Browser>;
    beforeAll(async () => {
      ids = await openBatches(store);
      app = await openPeopleApp(store, { requestsPerMinute: 1_000_000 });
      people = await peopleOfBatches(app);
    }, 120_000);
    afterAll(() => app.app.close());
    beforeEach(async () => {
      await store.transaction(async (tx) => {
        for (const table of emptied) await tx.query(`alter table ${table} disable trigger user`, []);
        for (const table of emptied) await tx.query(`delete from ${table}`, []);
        for (const table of emptied) await tx.query(`alter table ${table} enable trigger user`, []);
      });
    });

    const theBatch = async (id: string, who: Who = 'district'): Promise<BatchJson> =>
      (await people[who].ask('GET', `/api/batches/${id}`)).json<BatchJson>();
    /** As it is read just before. */
    const dropBatch = async (id: string) =>
      people.planner.ask('DELETE', `/api/batches/${id}`, undefined, {
        'if-match': `"${(await theBatch(id, 'planner')).version}"`,
      });
    const close = async (id: string, who: Who = 'district') =>
      people[who].ask(
        'POST',
        `/api/batches/${id}/close`,
        { dryRun: false },
        onceAt((await theBatch(id, who)).version),
      );

    test('the slot that its own operator has claimed stands in no row’s way', async () => {
      const claimed = 'resource pole 2';
      await store.query('update resources set slots = 1 where id = $1', [claimed]);
      const made = await people.tower.ask(
        'POST',
        '/api/claims',
        { resourceId: claimed, operators: [OPERATOR] },
        once(),
      );
      expect(made.statusCode).toBe(201);
      const openFor = async (...forOperators: string[]) => {
        const reply = await people.planner.ask('POST', '/api/batches/preview', {
          planId: PLAN,
          forOperators,
        });
        const row = reply.json<BatchPreviewJson>().rows.find(({ siteId }) => siteId === 'pole 2');
        const check = row?.checks.find(({ id }) => id === 'CHECK-OPEN');
        return `${check?.result} ${check?.because}`;
      };
      expect(await openFor(OPERATOR)).toBe('pass claimed');
      expect(await openFor('别家')).toBe('fail full');
      expect(await openFor(OPERATOR, '别家')).toBe('fail full');
      await store.query('delete from claims', []);
      await store.query("update resources set slots = 2, state = '已开放' where id = $1", [claimed]);
    });

    test('the cases of a batch are declared at once as each would be alone, and numbered in the order of its rows', async () => {
      const states = [
        '需求',
        '候选',
        '入方案',
        '退回补正',
        '不同意',
        '疑难',
        '认领',
        '列入计划',
        '已申报',
        '撤销',
      ];
      const inBatch = states.length + 4;
      const reply = await people.planner.ask(
        'POST',
        '/api/batches',
        {
          planId: PLAN,
          districtCode: OWN,
          title: '一并申报',
          forOperators: [OPERATOR, '别家'],
          exceptSiteIds: Array.from({ length: ROWS - inBatch }, (_, index) => `pole ${inBatch + index + 1}`),
          submit: false,
        },
        once(),
      );
      expect(reply.statusCode).toBe(201);
      const { id } = reply.json<BatchJson>();
      for (const [index, state] of states.entries())
        await store.query('insert into cases (id, site_id, operator, state) values ($1, $2, $3, $4)', [
          `case ${index}`,
          `pole ${index + 2}`,
          OPERATOR,
          state,
        ]);
      const undoneAfter = async (declare: string) => {
        const became: unknown[] = [];
        const undone = store.transaction(async (tx) => {
          await tx.query(declare, [id]);
          const { rows } = await tx.query(
            `select number, site_id, operator, state, state_before, plan_id, company, listed_at is null as unlisted, version
               from cases order by serial`,
            [],
          );
          became.push(...rows);
          throw new Error('enough');
        });
        await expect(undone).rejects.toThrow('enough');
        return became;
      };
      const alone = await undoneAfter(
        'select declare_cases(r) from batch_rows r where r.batch_id = $1 order by r.place',
      );
      // one more where the live one was withdrawn
      expect(alone).toHaveLength(inBatch * 2 + 1);
      expect(await undoneAfter('select declare_batch($1)')).toEqual(alone);
    });

    test('a plan proposes its new sites of one district with their checks, and a batch holds exactly these', async () => {
      const reply = await people.planner.ask('POST', '/api/batches/preview', {
        planId: PLAN,
        forOperators: [OPERATOR],
      });
      const preview = reply.json<BatchPreviewJson>();
      expect(preview.districts).toEqual([{ districtCode: OWN, districtName: '甲区', rows: ROWS }]);
      expect([preview.rows.length, preview.leftOut]).toEqual([ROWS, []]);
      const [first, second] = preview.rows;
      expect(first?.checks.map(({ id, result, because }) => `${id} ${result} ${because}`)).toEqual([
        'CHECK-TERRITORY pass inside',
        'CHECK-DUPLICATE pass none',
        'CHECK-CONSTRAINT warn flagged',
        'CHECK-CONSENT fail missing',
        'CHECK-OPEN warn not-open',
        'CHECK-SHARING pass no-new-tower',
        'CHECK-EMF warn sensitive',
        'CHECK-EARTH-STATION unknown no-stations',
      ]);
      expect(second?.checks.find(({ id }) => id === 'CHECK-CONSENT')?.result).toBe('pass');

      const { batch, rows } = await aBatch(people.planner);
      expect(batch).toMatchObject({
        state: '已提交',
        districtCode: OWN,
        planId: PLAN,
        forOperators: [OPERATOR],
        submittedByMe: true,
      });
      expect(batch.number).toMatch(new RegExp(`^${OWN}-\\d{4}-001$`));
      expect(batch.counts).toMatchObject({ rows: ROWS, undecided: ROWS, withoutTown: ROWS });
      const proposed = ({ checks: _checks, ...row }: BatchPreviewJson['rows'][number]) => row;
      expect(rows.map((row) => ({ ...row, ...{} }))).toMatchObject(preview.rows.map(proposed));
      expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
      // the same sites wait in this one
      const again = await people.tower.ask('POST', '/api/batches/preview', {
        planId: PLAN,
        forOperators: [OPERATOR],
      });
      expect(again.json<BatchPreviewJson>().rows).toEqual([]);
      const { rows: cases } = await store.query(
        'select state, operator, count(*) as n from cases group by 1, 2',
        [],
      );
      expect(cases).toEqual([{ state: '已申报', operator: OPERATOR, n: ROWS }]);
      // ten working days from today
      expect(batch.dueAt).toBe(rows[0]?.dueAt);
      expect(Date.parse(rows[0]?.dueAt ?? '') - Date.now()).toBeGreaterThan(11 * 86_400_000);
    });

    test('two batches in a year are numbered one after the other, and a withdrawn one gives its sites back', async () => {
      const first = await aBatch(people.planner, ['pole 1', 'pole 2']);
      const second = await aBatch(people.tower, ['pole 3']);
      expect(second.batch.number).toMatch(/-002$/);
      const without = await people.planner.ask(
        'POST',
        `/api/batches/${first.batch.id}/withdraw`,
        {},
        onceAt(first.batch.version),
      );
      expect(codeOf(without)).toBe('STATE_REASON_MISSING');
      const foreign = await people.tower.ask(
        'POST',
        `/api/batches/${first.batch.id}/withdraw`,
        { reason: '换一批' },
        onceAt(first.batch.version),
      );
      expect(foreign.statusCode).toBe(403);
      const withdrawn = await people.planner.ask(
        'POST',
        `/api/batches/${first.batch.id}/withdraw`,
        { reason: '换一批' },
        onceAt(first.batch.version),
      );
      expect(withdrawn.json<BatchJson>().state).toBe('已撤回');
      const { rows } = await store.query('select state, count(*) as n from cases group by 1 order by 1', []);
      expect(rows).toEqual([
        { state: '候选', n: 2 },
        { state: '已申报', n: 1 },
      ]);
      expect((await aBatch(people.planner, ['pole 1'])).batch.number).toMatch(/-003$/);
    });

    test('nobody decides or closes what they submitted, whatever role they have by then', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      const planner = ids.get('planner') ?? '';
      await store.query("update accounts set role = 'district' where id = $1", [planner]);
      try {
        const refused = await decide(people.planner, batch.id, rows, '同意');
        expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'BATCH_OWN']);
        rowsAfter(await decide(people.district, batch.id, rows, '同意'));
        expect(codeOf(await close(batch.id, 'planner'))).toBe('BATCH_OWN');
      } finally {
        await store.query("update accounts set role = 'planner' where id = $1", [planner]);
      }
      // and in the database, for whoever writes rows by another way
      const asDistrict = scopedStore(store, aPrincipal('district', { accountId: planner }), context);
      const [row] = await rowsOf(people.district, batch.id);
      const own = await tryOut(
        asDistrict,
        `insert into batch_decisions (act_id, batch_id, row_id, round, decision, seen_version) values ('a', $1, $2, 1, '同意', $3)`,
        [batch.id, row?.id, row?.version],
      );
      expect(own.refused).toBe('STORE_CONSTRAINT');
      const closed = await tryOut(asDistrict, "update batches set state = '已关闭' where id = $1", [
        batch.id,
      ]);
      expect(closed.refused).toBe('STORE_CONSTRAINT');
    });

    test('the last act is undone until the batch is closed; what was decided again since stays', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2', 'pole 3']);
      const undo = (who: Who, body: object = {}) =>
        people[who].ask('POST', `/api/batches/${batch.id}/undo`, body, once());
      const agreed = rowsAfter(await decide(people.district, batch.id, rows, '同意'));
      expect(agreed.map(({ decision }) => decision)).toEqual(['同意', '同意', '同意']);
      const refused = rowsAfter(await decide(people.district, batch.id, agreed.slice(0, 1), '不同意'));
      expect(refused[0]).toMatchObject({
        decision: '不同意',
        reasonCode: '材料不全',
        decidedByName: '某人 district',
      });
      expect((await theBatch(batch.id)).undoable).toMatchObject({ decision: '不同意', rows: 1 });
      // back to what was decided before
      expect(rowsAfter(await undo('district'))).toMatchObject([
        { id: rows[0]?.id, decision: '同意', reasonCode: null },
      ]);
      const [, second] = await rowsOf(people.district, batch.id);
      rowsAfter(await decide(people['district-two'], batch.id, second ? [second] : [], '退回补正'));
      // the second row is another reviewer's by now
      expect(rowsAfter(await undo('district')).map(({ place, decision }) => [place, decision])).toEqual([
        [1, null],
        [3, null],
      ]);
      expect(codeOf(await undo('district'))).toBe('BATCH_NOTHING_TO_UNDO');
      const detail = await people.district.ask('GET', `/api/batches/${batch.id}/rows/${rows[0]?.id}`);
      expect(
        detail
          .json<BatchRowDetailJson>()
          .history.map(({ decision, undoneByName }) => [decision, undoneByName]),
      ).toEqual([
        ['同意', '某人 district'],
        ['不同意', '某人 district'],
      ]);
      const open = await rowsOf(people.district, batch.id, '&decision=未定');
      rowsAfter(await decide(people.district, batch.id, open, '同意'));
      expect((await close(batch.id)).statusCode).toBe(200);
      expect(codeOf(await undo('district'))).toBe('BATCH_NOT_OPEN');
      const [last] = await rowsOf(people.district, batch.id);
      expect(codeOf(await decide(people.district, batch.id, last ? [last] : [], '同意'))).toBe(
        'BATCH_NOT_OPEN',
      );
    });

    test('a row that changed after it was looked at answers 412 with the fresh row, and nothing of the act is kept', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      // pole 1 stands in the town of the liaison
      const [first] = rows;
      const opinion = await people.town.ask(
        'POST',
        `/api/batches/${batch.id}/town-opinions`,
        { rows: seen(first ? [first] : []), opinion: '有条件同意', text: '避开上下学时段施工' },
        once(),
      );
      expect(rowsAfter(opinion)[0]?.townOpinion).toMatchObject({
        opinion: '有条件同意',
        text: '避开上下学时段施工',
        byName: '某人 town',
      });
      const stale = await decide(people.district, batch.id, rows, '同意');
      expect([stale.statusCode, codeOf(stale)]).toEqual([412, 'BATCH_ROWS_STALE']);
      expect(stale.json<StaleRowsJson>().rows).toMatchObject([
        { id: first?.id, townOpinion: { opinion: '有条件同意' } },
      ]);
      const fresh = await rowsOf(people.district, batch.id);
      expect(fresh.map(({ decision }) => decision)).toEqual([null, null]);
      // eight reviewers at once: one decision holds, the others hear of it
      const body = { rows: seen(fresh), decision: '同意' };
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          people[index % 2 ? 'district' : 'district-two'].ask(
            'POST',
            `/api/batches/${batch.id}/decisions`,
            body,
            once(),
          ),
        ),
      );
      expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([
        200, 412, 412, 412, 412, 412, 412, 412,
      ]);
      const { rows: kept } = await store.query('select count(*) as n from batch_decisions', []);
      expect(kept).toEqual([{ n: 2 }]);
    });

    test('the same key decides once, however often it is sent', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1']);
      const headers = once();
      const send = () =>
        people.district.ask(
          'POST',
          `/api/batches/${batch.id}/decisions`,
          { rows: seen(rows), decision: '同意' },
          headers,
        );
      const replies = await Promise.all([send(), send(), send()]);
      expect(new Set(replies.map(({ payload }) => payload)).size).toBe(1);
      const { rows: kept } = await store.query('select count(*) as n from batch_decisions', []);
      expect(kept).toEqual([{ n: 1 }]);
      const without = await people.district.ask('POST', `/api/batches/${batch.id}/decisions`, {
        rows: seen(rows),
        decision: '同意',
      });
      expect(codeOf(without)).toBe('IDEMPOTENCY_KEY_MISSING');
    });

    test('a returned row comes back with its changed fields only, and is undecided again', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      const [returned] = rowsAfter(
        await decide(people.district, batch.id, rows.slice(0, 1), '退回补正', {
          reasonCode: '产权单位不同意',
          reasonText: '',
        }),
      );
      const resubmit = (who: Who, body: object, row: BatchRowJson | undefined) =>
        people[who].ask(
          'POST',
          `/api/batches/${batch.id}/rows/${row?.id}/resubmit`,
          body,
          onceAt(row?.version ?? 0),
        );
      expect(codeOf(await resubmit('planner', {}, returned))).toBe('BATCH_ROW_UNCHANGED');
      expect((await resubmit('tower', { note: '别人的行' }, returned)).statusCode).toBe(403);
      expect(codeOf(await resubmit('planner', { note: '没有退回' }, rows[1]))).toBe('BATCH_ROW_NOT_RETURNED');
      // its owner has consented meanwhile
      await store.query(
        "update resources set owner_confirmed_at = now(), state = '已开放' where id = 'resource pole 1'",
        [],
      );
      try {
        const back = (
          await resubmit('planner', { heightM: 10, note: '已补产权单位同意书' }, returned)
        ).json<BatchRowJson>();
        expect(back).toMatchObject({ decision: null, round: 2, heightM: 10 });
        expect(back.changes).toEqual([
          { field: 'consent', before: 'missing', after: 'confirmed' },
          { field: 'resourceState', before: '待产权确认', after: '已开放' },
          { field: 'heightM', before: 8, after: 10 },
          { field: 'note', before: '', after: '已补产权单位同意书' },
        ]);
        expect(back.checks.find(({ id }) => id === 'CHECK-CONSENT')?.result).toBe('pass');
        expect((await rowsOf(people.district, batch.id, '&returned=true')).map(({ id }) => id)).toEqual([
          back.id,
        ]);
        expect(rowsAfter(await decide(people.district, batch.id, [back], '同意'))[0]?.decision).toBe('同意');
      } finally {
        await store.query("update resources set state = '暂停' where id = 'resource pole 1'", []);
        await store.query(
          "update resources set owner_confirmed_at = null, state = '已开放', whitelisted = true where id = 'resource pole 1'",
          [],
        );
      }
    });

    test('a row that a closed batch returned shows in the next batch what differs, and is taken up again', async () => {
      const first = await aBatch(people.planner, ['pole 7', 'pole 8']);
      rowsAfter(await decide(people.district, first.batch.id, first.rows.slice(0, 1), '退回补正'));
      rowsAfter(await decide(people.district, first.batch.id, first.rows.slice(1), '同意'));
      expect((await close(first.batch.id)).statusCode).toBe(200);
      const [late] = await rowsOf(people.planner, first.batch.id);
      const tooLate = await people.planner.ask(
        'POST',
        `/api/batches/${first.batch.id}/rows/${late?.id}/resubmit`,
        { note: '批次已关闭' },
        onceAt(late?.version ?? 0),
      );
      expect(codeOf(tooLate)).toBe('BATCH_NOT_OPEN');
      await store.query("update sites set height_m = 9 where id = 'pole 7'", []);
      try {
        const preview = await people.planner.ask('POST', '/api/batches/preview', {
          siteIds: ['pole 7', 'pole 8'],
          forOperators: [OPERATOR],
        });
        expect(preview.json<BatchPreviewJson>().leftOut).toMatchObject([{ id: 'pole 8', why: 'agreed' }]);
        const { batch, rows } = await aBatch(people.planner, ['pole 7', 'pole 8']);
        expect(rows).toMatchObject([
          {
            siteId: 'pole 7',
            round: 2,
            decision: null,
            changes: [{ field: 'heightM', before: 8, after: 9 }],
          },
        ]);
        rowsAfter(await decide(people.district, batch.id, rows, '同意'));
        expect((await close(batch.id)).statusCode).toBe(200);
        const { rows: cases } = await store.query('select distinct state from cases', []);
        expect(cases).toEqual([{ state: '列入计划' }]);
      } finally {
        await store.query("update sites set height_m = 8 where id = 'pole 7'", []);
      }
    });

    test('some rows of a plan come along with what the plan says of them; what is no new site of it does not', async () => {
      await store.query(
        `update plan_items set cost_cny = 91000, configuration = '{"heightM": 14, "profileId": "n28"}'
          where plan_id = $1 and site_id = 'pole 21'`,
        [PLAN],
      );
      const source = { planId: PLAN, siteIds: ['pole 22', 'pole 21', 'site own'], districtCode: OWN };
      const preview = await people.planner.ask('POST', '/api/batches/preview', source);
      const shown = preview.json<BatchPreviewJson>().rows;
      expect(
        shown.map(({ siteId, costCny, heightM, profileId }) => [siteId, costCny, heightM, profileId]),
      ).toEqual([
        ['pole 21', 91_000, 14, 'n28'],
        ['pole 22', 35_022, 8, 'n78'],
      ]);
      const made = await people.planner.ask(
        'POST',
        '/api/batches',
        { ...source, title: '两行', submit: false },
        once(),
      );
      const batch = made.json<BatchJson>();
      expect([made.statusCode, batch.planId, batch.counts.rows]).toEqual([201, PLAN, 2]);
      expect((await rowsOf(people.planner, batch.id)).map(({ siteId, planId }) => [siteId, planId])).toEqual([
        ['pole 21', PLAN],
        ['pole 22', PLAN],
      ]);
      expect((await dropBatch(batch.id)).statusCode).toBe(204);
    });

    test('a plan for several operators proposes each row for those who move in, at what they pay', async () => {
      const share = (siteId: string, operatorIds: readonly string[], paymentsCny: readonly number[]) =>
        store.query('update plan_items set sharing = $3::jsonb where plan_id = $1 and site_id = $2', [
          PLAN,
          siteId,
          JSON.stringify({ operatorIds, besideIds: [], paymentsCny }),
        ]);
      await share('pole 21', ['中国移动', '中国联通'], [30_000, 20_000]);
      await share('pole 22', ['中国移动'], [35_000]);
      const source = { planId: PLAN, siteIds: ['pole 21', 'pole 22'], districtCode: OWN };
      const rowsFor = async (body: object) =>
        (
          await people.planner.ask('POST', '/api/batches/preview', { ...source, ...body })
        ).json<BatchPreviewJson>().rows;
      const told = (rows: BatchPreviewJson['rows']) =>
        rows.map(({ siteId, forOperators, costCny }) => [siteId, forOperators, costCny]);
      expect(told(await rowsFor({}))).toEqual([
        ['pole 21', ['中国移动', '中国联通'], 50_000],
        ['pole 22', ['中国移动'], 35_000],
      ]);
      expect(told(await rowsFor({ forOperators: ['中国联通'] }))).toEqual([
        ['pole 21', ['中国联通'], 20_000],
      ]);
      const made = await people.planner.ask(
        'POST',
        '/api/batches',
        { ...source, title: '共建', submit: false },
        once(),
      );
      const batch = made.json<BatchJson>();
      expect((await rowsOf(people.planner, batch.id)).map(({ forOperators }) => forOperators)).toEqual([
        ['中国移动', '中国联通'],
        ['中国移动'],
      ]);
      expect((await dropBatch(batch.id)).statusCode).toBe(204);
      await store.query('update plan_items set sharing = null where plan_id = $1', [PLAN]);
    });

    test('a decision and the closing at the same moment: the files say what holds', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 11', 'pole 12']);
      const agreed = rowsAfter(await decide(people.district, batch.id, rows, '同意'));
      const [closed, changed] = await Promise.all([
        close(batch.id, 'district'),
        decide(people['district-two'], batch.id, agreed.slice(0, 1), '不同意'),
      ]);
      expect(closed.statusCode).toBe(200);
      expect([200, 409]).toContain(changed.statusCode);
      const final = await rowsOf(people.district, batch.id);
      expect(final[0]?.decision).toBe(changed.statusCode === 200 ? '不同意' : '同意');
      const { rows: cases } = await store.query("select state from cases where site_id = 'pole 11'", []);
      expect(cases).toEqual([{ state: changed.statusCode === 200 ? '不同意' : '列入计划' }]);
    });

    test('what does not fit is refused with its code, and nothing is recorded', async () => {
      const ask = (body: object) => people.planner.ask('POST', '/api/batches', body, once());
      const head = { districtCode: OWN, title: '一批', submit: true };
      expect(codeOf(await ask({ ...head, planId: PLAN, resourceIds: ['resource pole 1'] }))).toBe(
        'BATCH_SOURCE',
      );
      expect(codeOf(await ask({ ...head }))).toBe('BATCH_SOURCE');
      expect(codeOf(await ask({ ...head, planId: 'plan foreign' }))).toBe('PLAN_UNKNOWN');
      expect(codeOf(await ask({ ...head, siteIds: ['site foreign'] }))).toBe('BATCH_EMPTY');
      expect(codeOf(await ask({ ...head, siteIds: ['pole 1'] }))).toBe('BATCH_OPERATORS_MISSING');
      const { batch, rows } = await aBatch(people.planner, ['pole 1']);
      const decideRows = (seenRows: object[], given: object) =>
        people.district.ask(
          'POST',
          `/api/batches/${batch.id}/decisions`,
          { rows: seenRows, ...given },
          once(),
        );
      const [row] = seen(rows);
      expect(codeOf(await decideRows([row ?? {}, row ?? {}], { decision: '同意' }))).toBe('REQUEST_INVALID');
      expect(codeOf(await decideRows([{ id: 'batch-row-x', version: 1 }], { decision: '同意' }))).toBe(
        'BATCH_ROW_UNKNOWN',
      );
      expect(codeOf(await decideRows([row ?? {}], { decision: '暂缓' }))).toBe('REQUEST_INVALID');
      expect(codeOf(await decideRows([row ?? {}], { decision: '不同意', reasonCode: '其他' }))).toBe(
        'BATCH_REASON_MISSING',
      );
      expect(codeOf(await decideRows([], { decision: '同意' }))).toBe('REQUEST_INVALID');
      const opinion = await people.town.ask(
        'POST',
        `/api/batches/${batch.id}/town-opinions`,
        { rows: seen(rows), opinion: '不同意', text: ' ' },
        once(),
      );
      expect(codeOf(opinion)).toBe('BATCH_OPINION_TEXT');
      const { rows: kept } = await store.query(
        'select (select count(*) from batch_decisions) + (select count(*) from batch_opinions) as n, (select count(*) from batches) as b',
        [],
      );
      expect(kept).toEqual([{ n: 0, b: 1 }]);
    });

    test('what waits on the first page is exactly what its address lists', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      await aBatch(people.tower, ['pole 3']);
      rowsAfter(await decide(people.district, batch.id, rows.slice(0, 1), '退回补正'));
      const asked: string[] = [];
      for (const who of ['planner', 'tower', 'town', 'district'] as const) {
        const home = (await people[who].ask('GET', '/api/home')).json<HomeJson>();
        for (const { desk, kind, count, path } of home.agenda.filter((item) => item.desk === 'batches')) {
          const query = new URL(path, 'http://zhanzhi').search;
          const { total } = (await people[who].ask('GET', `/api/batches${query}`)).json<{ total: number }>();
          expect([who, desk, kind, total]).toEqual([who, desk, kind, count]);
          asked.push(`${who} ${kind} ${count}`);
        }
      }
      expect(asked).toEqual([
        'planner returned 1',
        'planner submitted 1',
        'tower submitted 1',
        'town town 1',
        'district decide 2',
      ]);
    });

    test('a town speaks within its town, operators read what is for them, and nobody elsewhere reads anything', async () => {
      const { batch, rows } = await aBatch(people.planner);
      const mine = await rowsOf(people.town, batch.id);
      expect([mine.length, mine.some(({ townCode }) => townCode === OTHER_TOWN)]).toEqual([43, false]);
      const foreign = rows.filter(({ townCode }) => townCode === OTHER_TOWN).slice(0, 1);
      const opinion = await people.town.ask(
        'POST',
        `/api/batches/${batch.id}/town-opinions`,
        { rows: seen(foreign), opinion: '同意' },
        once(),
      );
      expect(codeOf(opinion)).toBe('BATCH_ROW_UNKNOWN');
      const asTown = scopedStore(store, aPrincipal('town', { accountId: ids.get('town') ?? '' }), context);
      const written = await tryOut(
        asTown,
        `insert into batch_opinions (batch_id, row_id, opinion, seen_version) values ($1, $2, '同意', $3)`,
        [batch.id, foreign[0]?.id, foreign[0]?.version],
      );
      expect(written.refused).toBe('STORE_DENIED');
      const departments = await people.town.ask(
        'POST',
        `/api/batches/${batch.id}/department-opinions`,
        { rows: seen(mine.slice(0, 1)), department: '城管执法', opinion: '同意' },
        once(),
      );
      expect(departments.statusCode).toBe(403);
      const [row] = rowsAfter(
        await people.district.ask(
          'POST',
          `/api/batches/${batch.id}/department-opinions`,
          { rows: seen(mine.slice(0, 1)), department: '城管执法', opinion: '不同意', text: '占压绿线' },
          once(),
        ),
      );
      expect(row?.departmentOpinions).toMatchObject([
        { department: '城管执法', opinion: '不同意', text: '占压绿线' },
      ]);

      // an operator sees its own rows, to 0.001 degrees and without distances
      const shown = await rowsOf(people.operator, batch.id);
      expect(shown.length).toBe(ROWS);
      expect(
        shown.every(({ position }) =>
          position.every((degrees) => degrees === Math.round(degrees * 1000) / 1000),
        ),
      ).toBe(true);
      expect(
        shown.flatMap(({ checks }) => checks.filter(({ facts }) => Object.keys(facts).length > 0)),
      ).toEqual([]);
      await store.query("update accounts set organisation = '乙移动' where id = $1", [ids.get('operator')]);
      expect((await people.operator.ask('GET', `/api/batches/${batch.id}`)).statusCode).toBe(404);
      await store.query('update accounts set organisation = $2 where id = $1', [
        ids.get('operator'),
        OPERATOR,
      ]);

      const elsewhere = scopedStore(
        store,
        aPrincipal('district', {
          territory: { everywhere: false, districtCodes: [FOREIGN], townCodes: [] },
        }),
        context,
      );
      for (const table of ['batches', 'batch_rows', 'batch_decisions', 'batch_opinions'])
        expect([table, (await elsewhere.query(`select * from ${table}`, [])).rows]).toEqual([table, []]);
      const judged = await tryOut(
        elsewhere,
        `insert into batch_decisions (act_id, batch_id, row_id, round, decision, seen_version) values ('a', $1, $2, 1, '同意', $3)`,
        [batch.id, foreign[0]?.id, foreign[0]?.version],
      );
      expect(judged.refused).toBe('STORE_DENIED');
    });

    test('of a batch for several an operator reads its own rows, and nothing told of it comes from the others', async () => {
      const { batch } = await aBatch(
        people.planner,
        [1, 2, 3, 4, 5, 6].map((n) => `pole ${n}`),
      );
      const RIVAL = '乙移动';
      // 1 and 2 its own, 3 of both, the rest the rival's
      await store.query(
        `update batch_rows set for_operators = case when place > 3 then array[$2::text] when place = 3 then array[$3::text, $2::text]
           else for_operators end where batch_id = $1`,
        [batch.id, RIVAL, OPERATOR],
      );
      await people.planner.ask(
        'PATCH',
        `/api/batches/${batch.id}`,
        { copyTo: ['丁集团', OPERATOR] },
        onceAt((await theBatch(batch.id)).version),
      );
      const rows = await rowsOf(people.district, batch.id);
      rowsAfter(await decide(people.district, batch.id, rows.slice(0, 1), '退回补正'));
      rowsAfter(await decide(people.district, batch.id, rows.slice(3), '同意'));
      const detail = (who: Who, row: BatchRowJson | undefined) =>
        people[who].ask('GET', `/api/batches/${batch.id}/rows/${row?.id}`);

      const head = await theBatch(batch.id, 'operator');
      expect([head.counts, head.forOperators, head.copyTo]).toMatchObject([
        { rows: 3, undecided: 2, 退回补正: 1, 同意: 0 },
        [RIVAL, OPERATOR].sort(),
        [OPERATOR],
      ]);
      expect((await rowsOf(people.operator, batch.id)).map(({ place }) => place)).toEqual([1, 2, 3]);
      const own = await detail('operator', rows[0]);
      expect(own.json<BatchRowDetailJson>().history).toMatchObject([
        { decision: '退回补正', reasonText: '缺少勘察照片', byName: '某人 district' },
      ]);
      expect([
        (await detail('operator', rows[3])).statusCode,
        (await detail('district', rows[3])).statusCode,
      ]).toEqual([404, 200]);
      const { records } = (
        await people.operator.ask('GET', `/api/batches/${batch.id}/history`)
      ).json<HistoryJson>();
      expect(records.map(({ action }) => action)).toEqual(['change', 'change', 'create']);
      expect(JSON.stringify(records)).not.toMatch(/丁集团|同意/);

      // whoever is in none of its rows sees no batch; who is in others only sees those
      const asRival = scopedStore(store, aPrincipal('operator', { organisation: RIVAL }), context);
      const { rows: rivals } = await asRival.query('select place from batch_rows order by place', []);
      expect(rivals).toEqual([{ place: 3 }, { place: 4 }, { place: 5 }, { place: 6 }]);
      const nobody = scopedStore(store, aPrincipal('operator', { organisation: '丙联通' }), context);
      expect((await nobody.query('select id from batches', [])).rows).toEqual([]);
      // where a row of its own lies does not matter
      const far = aPrincipal('operator', {
        organisation: RIVAL,
        territory: { everywhere: false, districtCodes: [FOREIGN], townCodes: [] },
      });
      expect(
        (await scopedStore(store, far, context).query('select place from batch_rows', [])).rows,
      ).toHaveLength(4);
    });

    test('85 rows are decided and closed: cases, problems and judgements follow, and nothing changes any more', async () => {
      const { batch, rows } = await aBatch(people.planner);
      const reason = { reasonCode: '居民投诉风险', reasonText: '距居民楼 12 米' };
      rowsAfter(await decide(people.district, batch.id, rows.slice(0, 80), '同意'));
      const dry = await people.district.ask(
        'POST',
        `/api/batches/${batch.id}/close`,
        { dryRun: true },
        onceAt((await theBatch(batch.id)).version),
      );
      expect(dry.json<CloseResultJson>().undecided.map(({ place }) => place)).toEqual([81, 82, 83, 84, 85]);
      expect(codeOf(await close(batch.id))).toBe('BATCH_UNDECIDED');
      const asDistrict = scopedStore(store, aPrincipal('district'), context);
      const early = await tryOut(asDistrict, "update batches set state = '已关闭' where id = $1", [batch.id]);
      expect(early.refused).toBe('STORE_CONSTRAINT');
      rowsAfter(await decide(people.district, batch.id, rows.slice(80, 82), '退回补正'));
      rowsAfter(await decide(people.district, batch.id, rows.slice(82, 83), '不同意', reason));
      rowsAfter(await decide(people.district, batch.id, rows.slice(83), '转问题', reason));
      const bare = await decide(
        people.district,
        batch.id,
        await rowsOf(people.district, batch.id, '&q=085'),
        '不同意',
        {},
      );
      expect(codeOf(bare)).toBe('BATCH_REASON_MISSING');
      const closed = (await close(batch.id)).json<CloseResultJson>();
      expect(closed).toMatchObject({
        closed: true,
        withoutTown: ROWS,
        batch: {
          state: '已关闭',
          closedByName: '某人 district',
          counts: { 同意: 80, 退回补正: 2, 不同意: 1, 转问题: 2 },
        },
      });
      const { rows: cases } = await store.query(
        'select state, count(*) as n from cases group by 1 order by 2 desc, 1',
        [],
      );
      expect(cases).toEqual([
        { state: '列入计划', n: 80 },
        { state: '疑难', n: 2 },
        { state: '退回补正', n: 2 },
        { state: '不同意', n: 1 },
      ]);
      const { rows: problems } = await store.query(
        'select category, count(*) as n from problems group by 1',
        [],
      );
      expect(problems).toEqual([{ category: '居民投诉', n: 2 }]);
      const { rows: judgements } = await store.query(
        'select decision, count(*) as n from reviews where plan_id = $1 group by 1 order by 2 desc',
        [PLAN],
      );
      expect(judgements).toEqual([
        { decision: '同意', n: 80 },
        { decision: '退回', n: 4 },
        { decision: '不同意', n: 1 },
      ]);
      for (const sql of [
        "update batches set title = '另一个' where id = $1",
        "update batches set state = '审查中' where id = $1",
        'delete from batches where id = $1',
      ])
        expect([sql, (await tryOut(store, sql, [batch.id])).refused === null]).toEqual([sql, false]);
      const { rows: told } = await store.query(
        'select kind, count(*) as n from notices where object_id = $1 group by 1 order by 1',
        [batch.id],
      );
      expect(told.map(({ kind }) => kind)).toEqual([
        'batch-closed',
        'batch-rows-returned',
        'batch-submitted',
        'batch-town-asked',
      ]);
    });

    test('what follows for the plan is the judgement of who decided a row, whoever closed the batch', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 5', 'pole 6']);
      rowsAfter(await decide(people.district, batch.id, rows.slice(0, 1), '同意'));
      rowsAfter(await decide(people['district-two'], batch.id, rows.slice(1), '不同意'));
      await store.query('update batch_rows set plan_id = $2 where batch_id = $1', [batch.id, PLAN]);
      expect((await close(batch.id)).json<CloseResultJson>().closed).toBe(true);
      const { rows: judgements } = await store.query(
        `select decision, reviewer, account_id = any ($2::text[]) as named from (
           select * from reviews where plan_id = $1 order by id desc limit 2) as last order by id`,
        [PLAN, [ids.get('district'), ids.get('district-two')]],
      );
      expect(judgements).toEqual([
        { decision: '同意', reviewer: '某人 district', named: true },
        { decision: '不同意', reviewer: '某人 district-two', named: true },
      ]);
    });

    test('annex and letter say what the rows say, as workbook and on paper, and only once it is closed', async () => {
      await store.query("update sites set name = '=HYPERLINK(\"x\")宝塔路' where id = 'pole 5'", []);
      const { batch, rows } = await aBatch(people.planner);
      await store.query("update sites set name = '宝塔路5号杆' where id = 'pole 5'", []);
      const file = (name: string, who: Who = 'district') =>
        people[who].ask('GET', `/api/batches/${batch.id}/${name}`);
      expect(codeOf(await file('letter.pdf'))).toBe('BATCH_NOT_CLOSED');
      const names = async (who: Who) =>
        (await people[who].ask('GET', `/api/batches/${batch.id}/organisations`)).json<{
          organisations: string[];
        }>().organisations;
      expect(await names('district')).toEqual(
        expect.arrayContaining(['规划院', '甲铁塔', OPERATOR, '甲区科委', OTHER_TOWN]),
      );
      expect([await names('town'), await names('operator'), await names('tower')]).toEqual([[], [], []]);
      const copied = (who: Who, copyTo: readonly string[]) =>
        people[who].ask(
          'PATCH',
          `/api/batches/${batch.id}`,
          { copyTo },
          { 'if-match': `"${batch.version}"` },
        );
      expect(codeOf(await copied('tower', ['甲铁塔']))).toBe('PERMISSION_DENIED');
      expect((await copied('district', ['甲铁塔', ' 甲区绿化市容局 '])).json<BatchJson>().copyTo).toEqual([
        '甲铁塔',
        '甲区绿化市容局',
      ]);
      const reason = { reasonCode: '居民投诉风险', reasonText: '距居民楼12米，居民代表会未通过' };
      rowsAfter(await decide(people.district, batch.id, rows.slice(0, 70), '同意'));
      rowsAfter(await decide(people.district, batch.id, rows.slice(70, 82), '退回补正'));
      rowsAfter(await decide(people.district, batch.id, rows.slice(82), '不同意', reason));
      expect((await close(batch.id)).statusCode).toBe(200);
      for (const who of ['planner', 'tower', 'town', 'operator'] as const)
        expect([who, (await file('annex.xlsx', who)).statusCode]).toEqual([who, 403]);

      const final = await rowsOf(people.district, batch.id);
      const [headers = [], ...lines] = readWorkbook(
        (await file('annex.xlsx')).rawPayload,
        (row) => row.length,
      );
      const at = (line: readonly string[], header: string) => line[headers.indexOf(header)];
      expect(
        lines.map((line) => [
          at(line, '序号'),
          at(line, '站址编码'),
          at(line, '站址名称'),
          at(line, '审查意见'),
          at(line, '理由'),
        ]),
      ).toEqual(
        final.map(({ place, code, name, decision, reasonCode, reasonText }) => [
          `${place}`,
          code,
          name,
          decision,
          reasonCode === null ? '' : `${reasonCode}：${reasonText}`,
        ]),
      );
      expect(at(lines[4] ?? [], '站址名称')).toBe('=HYPERLINK("x")宝塔路');

      const annex = readPdfText((await file('annex.pdf')).rawPayload);
      const sent = (await file('letter.pdf')).rawPayload;
      const letter = readPdfText(sent);
      for (const pages of [annex, letter.slice(1)]) {
        const text = pages.join('');
        let from = 0;
        for (const row of final) {
          const said = [row.place, row.code, row.name, row.townName].join('');
          const found = text.indexOf(said, from);
          const until = text.indexOf(`${row.place + 1}路灯-`, found);
          expect([
            row.place,
            found >= from,
            text.slice(found, until < 0 ? undefined : until).includes(row.decision ?? '?'),
          ]).toEqual([row.place, true, true]);
          from = found;
        }
        expect(pages.every((page, index) => index === 0 || page.includes('序号站址编码'))).toBe(true);
      }
      const [first = ''] = letter;
      expect(first).toContain('关于甲区第一批移动通信基站选址审查意见的函');
      expect(first).toContain(`编号：${batch.number}`);
      expect(first).toContain('甲铁塔：');
      expect(first).toContain('一、同意70个站址');
      expect(first).toContain('二、退回补正12个站址');
      expect(first).toContain('三、不同意3个站址');
      expect(first).toContain(`第83号宝塔路83号杆（居民投诉风险：距居民楼12米，居民代表会未通过）`);
      expect(first).toContain('甲区科学技术委员会');
      expect(first).toMatch(/20\d\d年\d{1,2}月\d{1,2}日抄送：甲铁塔，甲区绿化市容局。第1页共\d+页$/);
      expect(await toldOf(batch.id, 'batch-copied')).toMatchObject([{ to_account: ids.get('tower') }]);
      expect(letter.at(-1)).toContain(`第${letter.length}页共${letter.length}页`);
      const words = readWorkbook((await file('letter.xlsx')).rawPayload, (row) =>
        row[0] === '项目' ? 2 : 0,
      );
      expect(words.find(([item]) => item === '抄送')?.[1]).toBe('甲铁塔，甲区绿化市容局。');
      expect(words.find(([item]) => item === '标题')?.[1]).toBe('关于甲区第一批移动通信基站选址审查意见的函');
      expect(
        words.filter(([item]) => ['同意', '退回补正', '不同意', '转问题', '合计'].includes(item ?? '')),
      ).toEqual([
        ['同意', '70'],
        ['退回补正', '12'],
        ['不同意', '3'],
        ['转问题', '0'],
        ['合计', '85'],
      ]);
      expect(sent.equals((await file('letter.pdf')).rawPayload)).toBe(true);
      const { rows: noted } = await store.query(
        "select count(*) as n from audit_records where action = 'export' and object = 'batch' and object_id = $1",
        [batch.id],
      );
      expect(noted).toEqual([{ n: 5 }]);
    }, 120_000);

    test('overdue opinions and rows are told once, by the clock of the database', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      await store.query(
        `update batch_rows set town_due_at = now() - interval '1 minute', due_at = now() - interval '1 minute' where batch_id = $1`,
        [batch.id],
      );
      await store.query('update timers set at = now(), not_before = now() where object_id = $1', [batch.id]);
      await store.query('select run_due(10)', []);
      await store.query('select run_due(10)', []);
      const { rows: told } = await store.query(
        "select kind, to_role, to_town, facts->>'rows' as n from notices where object_id = $1 and kind like '%-due' order by 1, 2, 3",
        [batch.id],
      );
      expect(told).toEqual([
        { kind: 'batch-rows-due', to_role: 'district', to_town: null, n: '2' },
        { kind: 'batch-town-due', to_role: 'district', to_town: null, n: '2' },
        { kind: 'batch-town-due', to_role: 'town', to_town: rows[0]?.townCode, n: '1' },
        { kind: 'batch-town-due', to_role: 'town', to_town: rows[1]?.townCode, n: '1' },
      ]);
      const late = await people.district.ask('GET', '/api/batches?waiting=late');
      expect(late.json<{ total: number }>().total).toBe(1);
    });

    test('a draft is its makers’, is changed as it was looked at, and submitted whole or not at all', async () => {
      const made = await people.planner.ask(
        'POST',
        '/api/batches',
        { siteIds: ['pole 1', 'pole 2'], districtCode: OWN, title: '草稿', submit: false },
        once(),
      );
      const draft = made.json<BatchJson>();
      expect([draft.state, draft.number]).toEqual(['草稿', null]);
      expect((await people.district.ask('GET', `/api/batches/${draft.id}`)).statusCode).toBe(404);
      const submit = async () =>
        people.planner.ask(
          'POST',
          `/api/batches/${draft.id}/submit`,
          {},
          onceAt((await theBatch(draft.id, 'planner')).version),
        );
      expect(codeOf(await submit())).toBe('BATCH_OPERATORS_MISSING');
      for (const row of await rowsOf(people.planner, draft.id)) {
        const url = `/api/batches/${draft.id}/rows/${row.id}`;
        const stale = await people.planner.ask('PATCH', url, { note: '一' }, { 'if-match': '"99"' });
        expect(stale.statusCode).toBe(412);
        const patched = await people.planner.ask(
          'PATCH',
          url,
          { forOperators: [OPERATOR] },
          { 'if-match': `"${row.version}"` },
        );
        expect(patched.json<BatchRowJson>()).toMatchObject({
          forOperators: [OPERATOR],
          round: 1,
          changes: [],
        });
      }
      const submitted = await submit();
      expect(submitted.json<BatchJson>()).toMatchObject({ state: '已提交', forOperators: [OPERATOR] });
      const head = await people.district.ask(
        'PATCH',
        `/api/batches/${draft.id}`,
        { addressee: '甲铁塔公司', office: '甲区科委' },
        { 'if-match': `"${submitted.json<BatchJson>().version}"` },
      );
      expect(head.json<BatchJson>()).toMatchObject({ addressee: '甲铁塔公司', office: '甲区科委' });
      const nothing = await people.planner.ask(
        'POST',
        '/api/batches',
        { districtCode: FOREIGN, title: '别的区', siteIds: ['pole 1'], submit: true },
        once(),
      );
      expect(codeOf(nothing)).toBe('BATCH_EMPTY');
      // the tower company reads it, and neither writes its letter nor takes it back
      const foreign = await people.tower.ask(
        'PATCH',
        `/api/batches/${draft.id}`,
        { office: '甲铁塔' },
        { 'if-match': `"${head.json<BatchJson>().version}"` },
      );
      expect(foreign.statusCode).toBe(403);
      expect(codeOf(await dropBatch(draft.id))).toBe('BATCH_SUBMITTED');
      const second = (
        await people.planner.ask(
          'POST',
          '/api/batches',
          { siteIds: ['pole 3', 'pole 4'], districtCode: OWN, title: '另一个草稿', submit: false },
          once(),
        )
      ).json<BatchJson>();
      const [spare] = await rowsOf(people.planner, second.id);
      const url = `/api/batches/${second.id}/rows/${spare?.id}`;
      expect((await people.planner.ask('DELETE', url, undefined, { 'if-match': '"99"' })).statusCode).toBe(
        412,
      );
      const taken = await people.planner.ask('DELETE', url, undefined, { 'if-match': `"${spare?.version}"` });
      expect(taken.statusCode).toBe(204);
      expect((await rowsOf(people.planner, second.id)).length).toBe(1);
      expect((await dropBatch(second.id)).statusCode).toBe(204);
      expect((await people.planner.ask('GET', `/api/batches/${second.id}`)).statusCode).toBe(404);
    });

    const urge = (who: Who, id: string, body: object) =>
      people[who].ask('POST', `/api/batches/${id}/urges`, body, once());
    const unitsOf = async (who: Who, id: string) =>
      (await people[who].ask('GET', `/api/batches/${id}/urges`)).json<WaitingUnitsJson>().units;
    const historyOf = async (who: Who, id: string) =>
      (await people[who].ask('GET', `/api/batches/${id}/history`)).json<HistoryJson>().records;
    const toldOf = async (id: string, kind: string) =>
      (
        await store.query<Record<string, unknown>>(
          `select to_role, to_town, to_account, to_organisation, facts->>'rows' as n, facts->>'by' as by, facts->>'text' as text
             from notices where object_id = $1 and kind = $2 order by id`,
          [id, kind],
        )
      ).rows;
    /** As if what was urged had been urged a day before. */
    const aDayLater = async (table: string) => {
      await store.query(`alter table ${table} disable trigger user`, []);
      await store.query(`update ${table} set at = at - interval '25 hours'`, []);
      await store.query(`alter table ${table} enable trigger user`, []);
    };

    test('the district urges towns, departments and the submitter, each once in a while and with the rows that wait', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2', 'pole 3', 'pole 4']);
      const { id } = batch;
      const [own = 0, other = 0] = [OWN_TOWN, OTHER_TOWN].map(
        (code) => rows.filter(({ townCode }) => townCode === code).length,
      );
      expect((await unitsOf('district', id)).map(({ to, unit, waiting }) => [to, unit, waiting])).toEqual([
        ['town', OWN_TOWN, own],
        ['town', OTHER_TOWN, other],
      ]);
      for (const [who, body] of [
        ['planner', { to: 'town' }],
        ['tower', { to: 'district' }],
        ['town', { to: 'town' }],
        ['operator', { to: 'district' }],
        ['district', { to: 'district' }],
      ] as const)
        expect([who, body.to, codeOf(await urge(who, id, body))]).toEqual([
          who,
          body.to,
          'PERMISSION_DENIED',
        ]);
      expect(codeOf(await urge('district', 'batch nowhere', { to: 'town' }))).toBe('BATCH_UNKNOWN');
      expect(codeOf(await urge('district', id, { to: 'submitter' }))).toBe('URGE_NOTHING');
      expect(codeOf(await urge('district', id, { to: 'town', townCodes: ['310901009'] }))).toBe(
        'URGE_NOTHING',
      );
      expect(codeOf(await urge('district', id, { to: 'town', text: '在 121.12345, 31.05' }))).toBe(
        'URGE_PLACE',
      );

      const first = await urge('district', id, { to: 'town', townCodes: [OWN_TOWN], text: ' 请本周办结 ' });
      expect(first.json<UrgeResultJson>()).toMatchObject({
        reached: [{ to: 'town', unit: OWN_TOWN, waiting: own }],
        leftOut: [],
      });
      expect(await toldOf(id, 'batch-urged-town')).toEqual([
        {
          to_role: 'town',
          to_town: OWN_TOWN,
          to_account: null,
          to_organisation: null,
          n: `${own}`,
          by: '某人 district',
          text: '请本周办结',
        },
      ]);
      // the town that was urged is left out, and then there is nobody left for a day
      const second = await urge('district-two', id, { to: 'town' });
      expect(second.json<UrgeResultJson>()).toMatchObject({
        reached: [{ unit: OTHER_TOWN }],
        leftOut: [{ unit: OWN_TOWN, urgedBy: '某人 district' }],
      });
      const third = await urge('district', id, { to: 'town' });
      expect([third.statusCode, codeOf(third)]).toEqual([409, 'URGED_LATELY']);
      expect(third.json<{ message: { zh: string } }>().message.zh).toMatch(
        /^20\d\d-\d\d-\d\d \d\d:\d\d 刚催办过，20\d\d-\d\d-\d\d \d\d:\d\d 之后才能再催。$/,
      );
      await aDayLater('batch_urges');
      // of two at the same instant one comes first, and the other hears of it
      const both = await Promise.all([
        urge('district', id, { to: 'town' }),
        urge('district-two', id, { to: 'town' }),
      ]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
      const done = both.find(({ statusCode }) => statusCode === 200);
      expect(done?.json<UrgeResultJson>().reached).toHaveLength(2);
      // a town sees what it was urged for, and nothing of the others
      const seenByTown = await historyOf('town', id);
      expect(seenByTown.filter(({ action }) => action === 'urge').length).toBeGreaterThan(0);
      expect(JSON.stringify(seenByTown.filter(({ action }) => action === 'urge')[0]?.after)).toContain(
        OWN_TOWN,
      );

      const returned = rowsAfter(await decide(people.district, id, rows.slice(0, 1), '退回补正'));
      expect(returned).toHaveLength(1);
      expect((await urge('district', id, { to: 'submitter' })).statusCode).toBe(200);
      expect(await toldOf(id, 'batch-urged-submitter')).toMatchObject([
        { to_account: ids.get('planner'), n: '1' },
      ]);
      expect((await urge('planner', id, { to: 'district', text: '工期临近' })).statusCode).toBe(200);
      expect(await toldOf(id, 'batch-urged-district')).toMatchObject([
        { to_role: 'district', n: '3', by: '某人 planner', text: '工期临近' },
      ]);
      expect(codeOf(await urge('planner', id, { to: 'district' }))).toBe('URGED_LATELY');
      const records = await historyOf('planner', id);
      expect(records.filter(({ action }) => action === 'urge').map(({ after }) => after)).toMatchObject([
        { to: 'district', waiting: 3, text: '工期临近' },
        { to: 'submitter', waiting: 1 },
        { to: 'town', units: [OWN_TOWN, OTHER_TOWN] },
        { to: 'town', units: [OTHER_TOWN] },
        { to: 'town', units: [OWN_TOWN], waiting: own, text: '请本周办结' },
      ]);
      expect((await historyOf('operator', id)).map(({ action }) => action)).not.toContain('urge');
      // whatever a route might forget
      const asDistrict = scopedStore(store, aPrincipal('district'), context);
      const again = await tryOut(
        asDistrict,
        "insert into batch_urges (act_id, batch_id, to_whom, unit) values ('a', $1, 'town', $2)",
        [id, OTHER_TOWN],
      );
      expect(again.refused).toBe('STORE_CONSTRAINT');
      const elsewhere = scopedStore(
        store,
        aPrincipal('district', {
          territory: { everywhere: false, districtCodes: [FOREIGN], townCodes: [] },
        }),
        context,
      );
      const foreign = await tryOut(
        elsewhere,
        "insert into batch_urges (act_id, batch_id, to_whom, unit) values ('a', $1, 'town', $2)",
        [id, OTHER_TOWN],
      );
      expect(foreign.refused).toBe('STORE_DENIED');
      expect((await tryOut(store, "update batch_urges set body = ''")).refused === null).toBe(false);
    });

    test('a department that is asked stands on its rows until it answers or need not any more', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2', 'pole 3']);
      const { id } = batch;
      const ask = (who: Who, body: object, path = 'countersigns') =>
        people[who].ask('POST', `/api/batches/${id}/${path}`, body, once());
      expect(codeOf(await ask('planner', { rows: seen(rows), department: '规划资源' }))).toBe(
        'PERMISSION_DENIED',
      );
      expect(
        codeOf(
          await ask('district', { rows: seen(rows), department: '规划资源', dueAt: '2020-01-01T00:00:00Z' }),
        ),
      ).toBe('BATCH_COUNTERSIGN_DUE');
      expect(
        codeOf(await ask('district', { rows: seen(rows), department: '规划资源' }, 'countersigns/withdraw')),
      ).toBe('BATCH_COUNTERSIGN_NONE');
      const asked = rowsAfter(
        await ask('district', { rows: seen(rows.slice(0, 2)), department: '规划资源', note: '是否占用绿线' }),
      );
      expect(asked.map(({ countersigns }) => countersigns)).toMatchObject([
        [{ department: '规划资源', byName: '某人 district', note: '是否占用绿线' }],
        [{ department: '规划资源' }],
      ]);
      // five working days by the rule, to the end of the day in China
      expect(asked[0]?.countersigns[0]?.dueAt).toMatch(/T15:59:59/);
      const stale = await ask('district', { rows: seen(rows.slice(0, 1)), department: '供电公司' });
      expect([stale.statusCode, stale.json<StaleRowsJson>().rows[0]?.id]).toEqual([412, rows[0]?.id]);
      const both = rowsAfter(
        await ask('district', { rows: seen(asked.slice(0, 1)), department: '供电公司' }),
      );
      expect((await theBatch(id)).counts).toMatchObject({ countersigning: 2, undecided: 3 });
      expect((await rowsOf(people.district, id, '&countersigning=true')).map(({ place }) => place)).toEqual([
        1, 2,
      ]);
      expect((await unitsOf('district', id)).filter(({ to }) => to === 'department')).toMatchObject([
        { unit: '供电公司', waiting: 1 },
        { unit: '规划资源', waiting: 2 },
      ]);
      expect((await urge('district', id, { to: 'department' })).json<UrgeResultJson>().reached).toHaveLength(
        2,
      );

      const answered = rowsAfter(
        await people.district.ask(
          'POST',
          `/api/batches/${id}/department-opinions`,
          { rows: seen(both), department: '规划资源', opinion: '同意' },
          once(),
        ),
      );
      expect(answered[0]?.countersigns.map(({ department }) => department)).toEqual(['供电公司']);
      // asked once more, it owes another answer
      const more = rowsAfter(await ask('district', { rows: seen(answered), department: '规划资源' }));
      expect(more[0]?.countersigns.map(({ department }) => department).sort()).toEqual([
        '供电公司',
        '规划资源',
      ]);
      const freed = rowsAfter(
        await ask('district', { rows: seen(more), department: '规划资源' }, 'countersigns/withdraw'),
      );
      expect(freed[0]?.countersigns.map(({ department }) => department)).toEqual(['供电公司']);
      const actions = (await historyOf('district', id)).map(({ action }) => action);
      expect(actions.filter((action) => action.startsWith('countersign'))).toEqual([
        'countersign-back',
        'countersign',
        'countersign',
        'countersign',
      ]);

      // due: told once, and counted on the first page of the district
      const kinds = async () =>
        (await people.district.ask('GET', '/api/home')).json<HomeJson>().agenda.map(({ kind }) => kind);
      expect(await kinds()).not.toContain('countersign');
      await store.query(
        `update batch_rows r set countersigns = (select jsonb_agg(c || '{"dueAt": "2026-01-01T00:00:00.000Z"}')
           from jsonb_array_elements(r.countersigns) c) where r.batch_id = $1 and r.countersigns <> '[]'`,
        [id],
      );
      await store.query(
        "update timers set at = now(), not_before = now() where object_id = $1 and action = 'batch_countersigns'",
        [id],
      );
      await store.query('select run_due(10)', []);
      await store.query('select run_due(10)', []);
      expect(await toldOf(id, 'batch-countersigns-due')).toMatchObject([{ to_role: 'district', n: '2' }]);
      expect(await kinds()).toContain('countersign');
      const due = await people.district.ask('GET', '/api/batches?waiting=countersign');
      expect(due.json<{ total: number }>().total).toBe(1);

      rowsAfter(await decide(people.district, id, await rowsOf(people.district, id), '同意'));
      expect((await close(id)).json<CloseResultJson>()).toMatchObject({ closed: true, countersigning: 2 });
    });

    test('a batch is handed over to another reviewer, never to who made it, and others may decide all the same', async () => {
      const { batch, rows } = await aBatch(people.planner, ['pole 1', 'pole 2']);
      const { id } = batch;
      const reviewers = async (who: Who) =>
        (await people[who].ask('GET', `/api/batches/${id}/reviewers`)).json<ReviewersJson>().reviewers;
      expect(await reviewers('district')).toEqual([
        { id: ids.get('district-two'), name: '某人 district-two', role: 'district' },
        { id: ids.get('city'), name: '某人 city', role: 'city' },
      ]);
      const give = async (who: Who, accountId: string | undefined, note = '') => {
        const seen = { 'if-match': `"${(await theBatch(id, who)).version}"` };
        return people[who].ask(
          'POST',
          `/api/batches/${id}/handovers`,
          { accountId, note },
          { ...once(), ...seen },
        );
      };
      const blind = { accountId: ids.get('district-two'), note: '' };
      const url = `/api/batches/${id}/handovers`;
      expect((await people.district.ask('POST', url, blind, once())).statusCode).toBe(428);
      const late = await people.district.ask('POST', url, blind, { ...once(), 'if-match': '"99"' });
      expect([late.statusCode, codeOf(late)]).toEqual([412, 'BATCH_STALE']);
      expect(codeOf(await give('planner', ids.get('district')))).toBe('PERMISSION_DENIED');
      for (const nobody of ['planner', 'district', 'town', 'admin'] as const)
        expect([nobody, codeOf(await give('district', ids.get(nobody)))]).toEqual([nobody, 'BATCH_REVIEWER']);
      const given = (await give('district', ids.get('district-two'), '我休假，请接办')).json<BatchJson>();
      expect(given).toMatchObject({ handlerName: '某人 district-two', handledByMe: false });
      expect(codeOf(await give('city', ids.get('district-two')))).toBe('BATCH_REVIEWER');
      expect(await toldOf(id, 'batch-handed-over')).toMatchObject([
        { to_account: ids.get('district-two'), by: '某人 district', text: '我休假，请接办' },
      ]);
      const mine = async (who: Who) =>
        (await people[who].ask('GET', '/api/batches?handler=me')).json<{ total: number }>().total;
      expect([await mine('district-two'), await mine('district')]).toEqual([1, 0]);
      const home = (await people['district-two'].ask('GET', '/api/home')).json<HomeJson>();
      expect(home.agenda.find(({ kind }) => kind === 'handed')).toMatchObject({
        desk: 'batches',
        section: 'waiting',
        count: 1,
      });
      const decided = rowsAfter(await decide(people.district, id, rows.slice(0, 1), '同意'));
      expect(decided[0]?.decidedByName).toBe('某人 district');
      expect((await give('district-two', ids.get('city'))).json<BatchJson>().handlerName).toBe('某人 city');
      expect(
        (await historyOf('district', id))
          .filter(({ action }) => action === 'handover')
          .map(({ before, after, reason }) => [before, after, reason]),
      ).toEqual([
        [{ handler: '某人 district-two' }, { handler: '某人 city' }, null],
        [{ handler: null }, { handler: '某人 district-two' }, '我休假，请接办'],
      ]);
      // what reviewers write to each other is theirs
      expect(JSON.stringify(await historyOf('planner', id))).not.toContain('休假');
      // the district urges nobody for the city: who handles it hears of it
      expect((await urge('planner', id, { to: 'district' })).statusCode).toBe(200);
      expect(
        (await toldOf(id, 'batch-urged-district')).map(({ to_role, to_account }) => to_role ?? to_account),
      ).toEqual(['district', ids.get('city')]);
      const asDistrict = scopedStore(store, aPrincipal('district'), context);
      const direct = await tryOut(asDistrict, 'update batches set handler = $2 where id = $1', [id, 'me']);
      expect(direct.refused).toBe('STORE_DENIED');
      const own = scopedStore(
        store,
        aPrincipal('district', { accountId: ids.get('planner') ?? '' }),
        context,
      );
      for (const [sql, values] of [
        ['insert into batch_handovers (batch_id, to_account) values ($1, $2)', [id, ids.get('district')]],
        [
          `insert into batch_countersigns (act_id, batch_id, row_id, department, seen_version)
           select 'a', $1, r.id, $2, r.version from batch_rows r where r.batch_id = $1`,
          [id, '规划资源'],
        ],
      ] as const)
        expect([sql, (await tryOut(own, sql, values)).refused]).toEqual([sql, 'STORE_CONSTRAINT']);
      const urged = await tryOut(
        own,
        "insert into batch_urges (act_id, batch_id, to_whom, unit) values ('a', $1, 'town', $2)",
        [id, OTHER_TOWN],
      );
      expect(urged.refused).toBe('STORE_DENIED');
    });

    test('the list of batches is taken along by whoever may, as its filters show it', async () => {
      const { batch, rows: chosen } = await aBatch(people.planner);
      await decide(people.district, batch.id, chosen.slice(0, 3), '同意');
      const path = '/api/batches?state=审查中&sort=number&order=asc';
      const { batches, total } = (
        await people.district.ask('GET', `${path}&pageSize=1000`)
      ).json<BatchPageJson>();
      const file = await people.district.ask('GET', path.replace('?', '/export.xlsx?'));
      const [headers = [], ...lines] = readWorkbook(file.rawPayload, (row) => row.length);
      const at = (header: string) => headers.indexOf(header);
      expect([total > 0, lines.length]).toEqual([true, total]);
      expect(lines.map((line) => [line[at('批次编号')], Number(line[at('同意')])])).toEqual(
        batches.map(({ number, counts }) => [number, counts.同意]),
      );
      expect(codeOf(await people.planner.ask('GET', '/api/batches/export.xlsx'))).toBe('PERMISSION_DENIED');
      const { rows } = await store.query<{ rows: number }>(
        "select (after->>'rows')::int4 as rows from audit_records where object = 'batch' and action = 'export' and object_id is null",
        [],
      );
      expect(rows).toEqual([{ rows: total }]);
    });

    test('rows are found by their decisions, a town finds its own, and an operator sees rough places', async () => {
      const { batch, rows } = await aBatch(people.planner);
      await decide(people.district, batch.id, rows.slice(0, 30), '同意');
      await decide(people.district, batch.id, rows.slice(40, 50), '不同意');
      const open = await rowsOf(people.planner, batch.id, '&decision=同意,未定');
      expect(open.map(({ place }) => place)).toEqual(
        rows.flatMap(({ place }, index) => (index >= 40 && index < 50 ? [] : [place])),
      );
      expect((await rowsOf(people.town, batch.id)).length).toBeLessThan(ROWS);
      const rough = await rowsOf(people.operator, batch.id);
      const isRough = (value = 0) => value === Number(value.toFixed(3));
      expect(rough.length).toBe(ROWS);
      expect(rough.filter(({ position }) => !position.every(isRough))).toEqual([]);
      expect(rows.every(({ position }) => position.every(isRough))).toBe(false);
    });
  });
}
