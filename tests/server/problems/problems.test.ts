// The problem list over HTTP: who may do what with whose problems, the clock that needs no timer, the confirmation of whoever raised
// it, the number that stays, calls that come twice or late, the board of towns.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  LEAD_AFTER_WORKING_DAYS,
  problemCategories,
  problemStates,
  problemWaitsFor,
} from '../../../engine/index.ts';
import type {
  BulkAssignmentResultJson,
  ProblemCountsJson,
  ProblemDetailJson,
  ProblemJson,
  ProblemPageJson,
  RankingJson,
} from '../../../server/contract/problems.ts';
import { readWorkbook } from '../../../server/import/read-workbook.ts';
import { type Role, roles } from '../../../server/permission/permission-table.ts';
import { problemsAgenda } from '../../../server/store/agenda/problems.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import {
  aBrowser,
  anAccount,
  type Browser,
  codeOf,
  openPeopleApp,
  type PeopleApp,
} from '../people/people-app.ts';
import { aPrincipal, context, OWN_TOWN, tryOut } from '../permission/two-districts.ts';
import { FOREIGN, makeResource, ORGANISATION, OWN, openLibrary, peopleOf } from '../resources/a-library.ts';

const OTHER_TOWN = '310901002';
let opened: TestStore;
let app: PeopleApp;
let people: Record<Role, Browser>;
let otherTown: Browser;

beforeAll(async () => {
  opened = await openEmbeddedTestStore();
  const { store } = opened;
  await openLibrary(store);
  await anAccount(store, 'other-town', 'town', {
    territory: { everywhere: false, districtCodes: [], townCodes: [OTHER_TOWN] },
  });
  app = await openPeopleApp(store, { requestsPerMinute: 100_000 });
  people = await peopleOf(app);
  otherTown = aBrowser(app, '10.0.2.1');
  await otherTown.signIn('other-town');
  await makeResource(store, { id: 'mine', town: OWN_TOWN });
  await makeResource(store, { id: 'theirs', owner: '乙单位', town: OTHER_TOWN });
  await makeResource(store, { id: 'far', district: FOREIGN });
});
afterAll(async () => {
  await app.app.close();
  await opened.close();
});

let keys = 0;
const once = (version?: number) => ({
  'idempotency-key': `problem-test-${++keys}`,
  ...(version !== undefined && { 'if-match': String(version) }),
});
const raise = (browser: Browser, body: object = {}, headers = once()) =>
  browser.ask(
    'POST',
    '/api/problems',
    { category: '进场难', title: '物业不让进场', objects: [{ noun: 'resource', id: 'mine' }], ...body },
    headers,
  );
const raised = async (browser: Browser, body: object = {}) => {
  const reply = await raise(browser, body);
  expect([reply.statusCode, reply.payload]).toEqual([201, reply.payload]);
  return reply.json<ProblemJson>();
};
const look = async (id: string, browser: Browser = people.district) =>
  (await browser.ask('GET', `/api/problems/${id}`)).json<ProblemDetailJson>();
const versionNow = async (id: string) => (await look(id, people.city)).problem.version;
const act = async (browser: Browser, id: string, path: string, body: object) =>
  browser.ask('POST', `/api/problems/${id}/${path}`, body, once(await versionNow(id)));
const assign = (id: string, body: object = {}) =>
  act(people.district, id, 'assignment', { ownerUnit: ORGANISATION, ...body });
const move = (browser: Browser, id: string, to: string, reason?: string) =>
  act(browser, id, 'moves', { to, ...(reason !== undefined && { reason }) });
const note = (browser: Browser, id: string, kind: 'progress' | 'evidence', words: string) =>
  browser.ask('POST', `/api/problems/${id}/${kind}`, { words }, once());
const idsOf = async (browser: Browser, query = '') =>
  (await browser.ask('GET', `/api/problems?sort=number&order=asc&${query}`))
    .json<ProblemPageJson>()
    .problems.map(({ id }) => id);
/** As far as 待确认, handled by the town. */
const settled = async (browser: Browser, body: object = {}) => {
  const problem = await raised(browser, body);
  await assign(problem.id, { townCode: OWN_TOWN });
  await move(people.town, problem.id, '处理中');
  await note(people.town, problem.id, 'evidence', '物业已签字同意');
  expect((await move(people.town, problem.id, '待确认')).statusCode).toBe(200);
  return problem;
};
/** The database believes the due date was then. */
const setDue = (id: string, interval: string) =>
  opened.store.query('update problems set due_at = now() + $2::interval where id = $1', [id, interval]);

describe('an urge', () => {
  const urge = (browser: Browser, id: string, text = '') =>
    browser.ask('POST', `/api/problems/${id}/urges`, { text }, once());
  const told = async (id: string) =>
    (
      await opened.store.query<Record<string, unknown>>(
        `select kind, to_role, to_town, to_organisation, facts->>'by' as by, facts->>'text' as text from notices
          where object_id = $1 and kind like 'problem-urged%' order by id`,
        [id],
      )
    ).rows;

  test('is for whom the engine says a problem waits for, in every state', async () => {
    for (const state of problemStates)
      for (const ownerUnit of ['', '甲铁塔']) {
        const { rows } = await opened.store.query('select problem_waits_for($1, $2) as whom', [
          state,
          ownerUnit,
        ]);
        expect([state, ownerUnit, rows]).toEqual([
          state,
          ownerUnit,
          [{ whom: problemWaitsFor({ state, ownerUnit }) }],
        ]);
      }
  });

  test('goes to whom a problem waits for, once in a while, from its raiser or who manages it, and stands among its steps', async () => {
    const { id } = await raised(people.operator);
    expect(codeOf(await urge(people.tower, id))).toBe('PERMISSION_DENIED');
    expect((await urge(people.owner, 'problem nowhere')).statusCode).toBe(404);
    expect(codeOf(await urge(people.district, id))).toBe('URGE_NOTHING');
    expect(codeOf(await urge(people.operator, id, '位于 121.123456'))).toBe('URGE_PLACE');
    const first = await urge(people.operator, id, '请尽快分派');
    expect(first.statusCode).toBe(201);
    expect(first.json<ProblemDetailJson>().steps.at(-1)).toMatchObject({
      kind: 'urge',
      accountName: '某人 operator',
      words: '请尽快分派',
      facts: { urged: 'district' },
    });
    const again = await urge(people.operator, id);
    expect([again.statusCode, codeOf(again)]).toEqual([409, 'URGED_LATELY']);

    await assign(id, { townCode: OWN_TOWN });
    // another one waits now
    expect((await urge(people.district, id, '请本周进场')).statusCode).toBe(201);
    expect(codeOf(await urge(people.operator, id))).toBe('URGED_LATELY');
    expect((await look(id)).steps.at(-1)).toMatchObject({
      kind: 'urge',
      facts: { urged: 'unit', ownerUnit: ORGANISATION },
    });
    expect(await told(id)).toEqual([
      {
        kind: 'problem-urged-district',
        to_role: 'district',
        to_town: null,
        to_organisation: null,
        by: '某人 operator',
        text: '请尽快分派',
      },
      {
        kind: 'problem-urged',
        to_role: 'town',
        to_town: OWN_TOWN,
        to_organisation: null,
        by: '某人 district',
        text: '请本周进场',
      },
      {
        kind: 'problem-urged',
        to_role: 'tower',
        to_town: null,
        to_organisation: ORGANISATION,
        by: '某人 district',
        text: '请本周进场',
      },
    ]);
    const { rows } = await opened.store.query(
      "select count(*) as n from audit_records where action = 'urge' and object = 'problem' and object_id = $1",
      [id],
    );
    expect(rows).toEqual([{ n: 2 }]);
    const asTower = scopedStore(opened.store, aPrincipal('tower'), context);
    const forged = await tryOut(
      asTower,
      "insert into problem_steps (problem_id, kind, words) values ($1, 'urge', '')",
      [id],
    );
    expect(forged.refused).toBe('STORE_DENIED');
    const done = await settled(people.tower);
    expect(codeOf(await urge(people.district, done.id))).toBe('URGE_NOTHING');
  });
});

describe('a problem', () => {
  test('takes number, place, owner and due date from what it is about', async () => {
    const first = await raised(people.tower);
    const second = await raised(people.tower, { category: '用地林地' });
    const year = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' }).slice(0, 4);
    expect(first).toMatchObject({
      number: expect.stringMatching(new RegExp(`^WT-${OWN}-${year}-\\d{4}$`)),
      districtCode: OWN,
      townCode: OWN_TOWN,
      owner: ORGANISATION,
      objects: [{ noun: 'resource', id: 'mine', name: '名称 mine' }],
      state: '新建',
      level: '一般',
      raiser: '某人 tower',
      raisedByMe: true,
      workingDaysLeft: 10,
    });
    expect(Number(second.number.slice(-4))).toBe(Number(first.number.slice(-4)) + 1);
    expect(second.workingDaysLeft).toBe(30);
    expect((await look(first.id)).problem.raisedByMe).toBe(false);
  });

  test('may take as long as the rules say, which agree with the engine until somebody changes them', async () => {
    const { rows } = await opened.store.query<{ name: string; value: number }>(
      "select name, value from rule_values where name like 'problem.%' order by name",
      [],
    );
    const ours = [
      ...problemCategories.map(({ code, workingDays }) => [`problem.${code}.working_days`, workingDays]),
      ['problem.lead_working_days', LEAD_AFTER_WORKING_DAYS],
    ];
    expect(rows.map(({ name, value }) => [name, value]).sort()).toEqual(ours.sort());
  });

  test('goes from raised over a unit to closed, and every step is told with who took it', async () => {
    const { id, number } = await settled(people.operator);
    expect((await move(people.operator, id, '已销号')).json()).toMatchObject({
      state: '已销号',
      confirmedByRaiser: true,
    });
    const { problem, steps } = await look(id);
    expect(steps.map(({ kind, accountName }) => [kind, accountName.split(' ')[1]])).toEqual([
      ['raise', 'operator'],
      ['assign', 'district'],
      ['start', 'town'],
      ['evidence', 'town'],
      ['settle', 'town'],
      ['confirm', 'operator'],
    ]);
    expect([problem.number, problem.workingDaysLeft]).toEqual([number, null]);
    const { rows } = await opened.store.query<{ kind: string }>(
      'select kind from notices where object_id = $1 order by id',
      [id],
    );
    expect([...new Set(rows.map(({ kind }) => kind))]).toEqual([
      'problem-raised',
      'problem-assigned',
      'problem-settled',
      'problem-closed',
    ]);
  });

  test('is settled with evidence only', async () => {
    const { id } = await raised(people.planner);
    await assign(id);
    await move(people.tower, id, '处理中');
    await note(people.tower, id, 'progress', '已约物业');
    const early = await move(people.tower, id, '待确认');
    expect([early.statusCode, codeOf(early)]).toEqual([422, 'STATE_FIELDS_MISSING']);
    expect(codeOf(await note(people.tower, id, 'evidence', ' '))).toBe('PROBLEM_NOTE_EMPTY');
    // nobody goes round the route either
    const tower = scopedStore(opened.store, aPrincipal('tower'), context);
    const forged = await tryOut(tower, "update problems set state = '待确认' where id = $1", [id]);
    expect(forged.refused).toBe('STORE_CONSTRAINT');
  });

  test('is confirmed by whoever raised it; the district closes it over their head with a reason only', async () => {
    const { id } = await settled(people.operator);
    for (const role of ['planner', 'tower', 'town'] as const)
      expect([role, codeOf(await move(people[role], id, '已销号', '办完了'))]).toEqual([
        role,
        'PERMISSION_DENIED',
      ]);
    expect(codeOf(await move(people.district, id, '已销号'))).toBe('STATE_REASON_MISSING');
    const district = scopedStore(opened.store, aPrincipal('district'), context);
    const forged = await tryOut(district, "update problems set state = '已销号' where id = $1", [id]);
    expect(forged.refused).toBe('STORE_CONSTRAINT');
    // what nobody in person raised, neither
    const { rows } = await opened.store.query<{ id: string }>(
      "select raise_problem('其他', '系统发现', '', '[]', $1, $2, $3) as id",
      [OWN, OWN_TOWN, ORGANISATION],
    );
    for (const state of ['分派', '处理中', '待确认'])
      await opened.store.query('update problems set state = $2, evidence = 1 where id = $1', [
        rows[0]?.id,
        state,
      ]);
    const nobodys = await tryOut(district, "update problems set state = '已销号' where id = $1", [
      rows[0]?.id,
    ]);
    expect(nobodys.refused).toBe('STORE_CONSTRAINT');
    const closed = await move(people.district, id, '已销号', '运营商已不再需要此处');
    expect(closed.json()).toMatchObject({ state: '已销号', confirmedByRaiser: false });
    expect((await look(id)).steps.at(-1)).toMatchObject({ kind: 'override', words: '运营商已不再需要此处' });
  });

  test('comes back with a reason, reopened under its number and with a time of its own', async () => {
    const { id, number, dueAt } = await settled(people.planner);
    expect(codeOf(await move(people.planner, id, '处理中'))).toBe('STATE_REASON_MISSING');
    expect((await move(people.planner, id, '处理中', '门锁又换了')).json()).toMatchObject({
      state: '处理中',
      evidence: 1,
    });
    await move(people.town, id, '待确认');
    await move(people.planner, id, '已销号');
    expect(codeOf(await note(people.town, id, 'progress', '晚了'))).toBe('PROBLEM_CLOSED');
    await opened.store.query("update problems set due_at = due_at - interval '20 days' where id = $1", [id]);
    const again = (await move(people.planner, id, '处理中', '又不让进')).json<ProblemJson>();
    expect(again).toMatchObject({
      number,
      state: '处理中',
      level: '一般',
      reopenings: 1,
      evidence: 0,
      closedAt: null,
      dueAt,
    });
    expect((await look(id)).steps.at(-1)).toMatchObject({ kind: 'reopen', words: '又不让进' });
    expect(codeOf(await move(people.town, id, '待确认'))).toBe('STATE_FIELDS_MISSING');
    const district = scopedStore(opened.store, aPrincipal('district'), context);
    for (const sql of [
      'update problems set serial = 99 where id = $1',
      'delete from problem_steps where problem_id = $1',
      "update problem_steps set words = '' where problem_id = $1",
    ])
      expect([sql, (await tryOut(district, sql, [id])).refused]).toEqual([sql, 'STORE_DENIED']);
  });
});

describe('the clock', () => {
  const levelOf = async (id: string) => (await look(id)).problem.level;
  const kindsOf = async (id: string) => (await look(id)).steps.map(({ kind }) => kind);
  const runTimers = () => opened.store.query('select run_due(100)', []);

  test('supervises what is overdue before any timer has run, and the timer writes it down once', async () => {
    const { id } = await raised(people.tower);
    await assign(id);
    await setDue(id, '-1 minute');
    expect((await look(id)).problem).toMatchObject({ level: '督办', overdue: true });
    expect(await idsOf(people.district, 'level=督办&overdue=true')).toContain(id);
    expect(await kindsOf(id)).not.toContain('escalate');
    await runTimers();
    await runTimers();
    const { steps } = await look(id);
    expect(steps.filter(({ kind }) => kind === 'escalate')).toMatchObject([
      { accountName: 'system', role: null, facts: { level: '督办', byClock: true } },
    ]);
    const { rows } = await opened.store.query(
      "select to_role from notices where object_id = $1 and kind = 'problem-escalated' order by 1",
      [id],
    );
    expect(rows.map(({ to_role }) => to_role)).toEqual(['district', 'tower', 'town', null]);
  });

  test('makes up for both steps after a long downtime, with the moments they were due', async () => {
    const { id } = await raised(people.tower);
    await setDue(id, '-40 days');
    const { leadAt, dueAt } = (await look(id)).problem;
    expect(await levelOf(id)).toBe('领导小组');
    await runTimers();
    expect(
      (await look(id)).steps.filter(({ kind }) => kind === 'escalate').map(({ facts }) => facts),
    ).toEqual([
      { level: '督办', byClock: true, since: dueAt.replace(/\.\d+Z/, 'Z') },
      { level: '领导小组', byClock: true, since: leadAt.replace(/\.\d+Z/, 'Z') },
    ]);
    const { rows } = await opened.store.query('select * from timers where object_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  test('stands while whoever raised it is asked, and goes on when they send it back', async () => {
    const { id } = await settled(people.planner);
    await setDue(id, '-1 minute');
    expect(await levelOf(id)).toBe('一般');
    await runTimers();
    expect(await kindsOf(id)).not.toContain('escalate');
    await move(people.planner, id, '处理中', '没有办好');
    await opened.store.query("update problems set due_at = now() - interval '1 minute' where id = $1", [id]);
    expect(await levelOf(id)).toBe('督办');
  });

  test('is written down by the next act of a person, too, and does not fall with more time', async () => {
    const { id } = await raised(people.tower);
    await setDue(id, '-1 minute');
    const nextYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
    await assign(id, { dueDate: nextYear });
    expect((await look(id)).problem).toMatchObject({ level: '督办', overdue: false, state: '分派' });
    expect((await kindsOf(id)).slice(-2)).toEqual(['escalate', 'assign']);
    for (const dueDate of ['2020-01-01', '2199-01-31'])
      expect(codeOf(await assign(id, { dueDate }))).toBe('PROBLEM_DUE');
    expect((await assign(id, { dueDate: '2027-02-31' })).statusCode).toBeLessThan(500);
  });

  test('is put forward by the district by hand, upwards only', async () => {
    const { id } = await raised(people.tower);
    const escalate = (browser: Browser, level: string) =>
      act(browser, id, 'escalation', { level, reason: '影响示范区' });
    expect((await escalate(people.town, '督办')).statusCode).toBe(403);
    expect((await escalate(people.district, '领导小组')).json()).toMatchObject({ level: '领导小组' });
    expect(codeOf(await escalate(people.district, '督办'))).toBe('PROBLEM_LEVEL');
    const { rows } = await opened.store.query(
      "select to_role from notices where object_id = $1 and kind = 'problem-escalated' and to_role = 'city'",
      [id],
    );
    expect(rows.length).toBe(1);
    const tower = scopedStore(opened.store, aPrincipal('tower'), context);
    await tower.query("update problems set level = '一般' where id = $1", [id]);
    expect(await levelOf(id)).toBe('领导小组');
    const fresh = await raised(people.tower);
    const forged = await tryOut(tower, "update problems set level = '督办' where id = $1", [fresh.id]);
    expect(forged.refused).toBe('STORE_DENIED');
  });
});

describe('people', () => {
  test('find what lies in their territory or is about what they own, and the rest has no address', async () => {
    const here = await raised(people.tower);
    const beside = await raised(people.tower, { objects: [{ noun: 'resource', id: 'theirs' }] });
    await opened.store.query(
      `insert into problems (id, category, title, objects, owner_unit) values ('problem far', '其他', 'CANARY', '[{"noun":"resource","id":"far"}]', '丙')`,
      [],
    );
    for (const role of roles) {
      const seen = await idsOf(people[role], 'pageSize=1000');
      expect([role, seen.includes(here.id), seen.includes(beside.id), seen.includes('problem far')]).toEqual([
        role,
        true,
        role !== 'owner' && role !== 'town',
        // an owner sees what is about its own anywhere
        role === 'owner',
      ]);
    }
    expect(await idsOf(otherTown)).toEqual([beside.id]);
    const foreign = await people.district.ask('GET', '/api/problems/problem far');
    expect([foreign.statusCode, codeOf(foreign)]).toEqual([404, 'PROBLEM_UNKNOWN']);
    const acted = await people.district.ask(
      'POST',
      '/api/problems/problem far/moves',
      { to: '处理中' },
      once(1),
    );
    expect([acted.statusCode, codeOf(acted)]).toEqual([404, 'PROBLEM_UNKNOWN']);
    // and its town handles what is in the town
    expect((await note(otherTown, here.id, 'progress', 'x')).statusCode).toBe(404);
    expect((await note(people.planner, beside.id, 'progress', 'x')).statusCode).toBe(403);
  });

  test('a town reads the problems of its town and works on its own: in charge, helping, or raised there', async () => {
    const works = async (id: string) => {
      const { problem } = await look(id, people.town);
      const noted = await note(people.town, id, 'progress', '正在办');
      return [problem.handledByMe, noted.statusCode];
    };
    // everybody here is of one organisation, so these are raised by the system
    const { rows: made } = await opened.store.query<{ id: string }>(
      "select raise_problem('其他', n, '', '[]', $1, $2, '') as id from unnest(array['一', '二']) as n",
      [OWN, OWN_TOWN],
    );
    const [theirs, named] = [made[0]!, made[1]!];
    await assign(theirs.id, { ownerUnit: '城运中心', townCode: OWN_TOWN });
    expect(await works(theirs.id)).toEqual([false, 403]);
    expect(codeOf(await move(people.town, theirs.id, '处理中'))).toBe('PERMISSION_DENIED');
    expect((await note(people.town, theirs.id, 'evidence', '已办')).statusCode).toBe(403);
    // and the database says so without the route
    const { rows } = await opened.store.query<{ id: string }>(
      "select id from accounts where login = 'town'",
      [],
    );
    const town = scopedStore(opened.store, aPrincipal('town', { accountId: rows[0]!.id }), context);
    const started = await tryOut(town, "update public.problems set state = '处理中' where id = $1", [
      theirs.id,
    ]);
    expect([started.refused, started.rowCount]).toEqual([null, 0]);

    await assign(theirs.id, { ownerUnit: '城运中心', coUnits: [ORGANISATION], townCode: OWN_TOWN });
    expect(await works(theirs.id)).toEqual([true, 201]);
    // by the name of its town, too
    const { rows: towns } = await opened.store.query<{ name: string }>(
      'select name from towns where code = $1',
      [OWN_TOWN],
    );
    await assign(named.id, { ownerUnit: towns[0]!.name, townCode: OWN_TOWN });
    expect((await move(people.town, named.id, '处理中')).statusCode).toBe(200);
    const own = await raised(people.town, { objects: [], townCode: OWN_TOWN });
    await assign(own.id, { ownerUnit: '城运中心', townCode: OWN_TOWN });
    expect(await works(own.id)).toEqual([true, 201]);
    expect(await idsOf(people.town, 'mine=unit&pageSize=1000')).toEqual(
      expect.arrayContaining([theirs.id, named.id]),
    );
    expect(await idsOf(people.town, 'mine=unit&pageSize=1000')).not.toContain(own.id);
  });

  test('raise problems about what they may see; owners about their own resources', async () => {
    for (const role of ['planner', 'tower', 'operator', 'town', 'district', 'city', 'owner'] as const)
      expect([role, (await raise(people[role])).statusCode]).toEqual([role, 201]);
    expect((await raise(people.admin)).statusCode).toBe(403);
    const about = async (browser: Browser, id: string, noun = 'resource') =>
      codeOf(await raise(browser, { objects: [{ noun, id }] }));
    expect(await about(people.owner, 'theirs')).toBe('PROBLEM_OBJECT');
    expect(await about(people.planner, 'far')).toBe('PROBLEM_OBJECT');
    expect(await about(people.planner, 'nothing')).toBe('PROBLEM_OBJECT');
    expect(codeOf(await raise(people.owner, { objects: [] }))).toBe('PERMISSION_DENIED');
    expect(codeOf(await raise(people.planner, { objects: [], districtCode: FOREIGN }))).toBe(
      'PERMISSION_DENIED',
    );
    expect(codeOf(await raise(people.planner, { townCode: '310902001' }))).toBe('PROBLEM_TOWN');
    const town = await raised(people.town, { objects: [], townCode: OWN_TOWN });
    expect(town).toMatchObject({ districtCode: OWN, townCode: OWN_TOWN });
    expect((await raise(people.planner, { category: '心情不好' })).statusCode).toBe(400);
  });

  test('masked roles read no place out of a text, and still confirm what they raised', async () => {
    const { id } = await settled(people.operator, { description: '在 121.030123,31.050987 处' });
    const { problem } = await look(id, people.operator);
    expect(problem.description).toBe('在 121.030,31.050 处');
    expect((await people.operator.ask('GET', '/api/problems?pageSize=1000')).payload).not.toContain(
      '121.0301',
    );
    expect((await move(people.operator, id, '已销号')).statusCode).toBe(200);
    const other = await settled(people.planner);
    expect(codeOf(await move(people.operator, other.id, '处理中', '不行'))).toBe('PERMISSION_DENIED');
    const masked = scopedStore(opened.store, aPrincipal('operator'), context);
    expect((await tryOut(masked, 'select id from public.problems')).rows).toEqual([]);
  });

  test('hear the same when they ask twice, and see the fresh row when they come late', async () => {
    const key = once();
    const [one, two] = [await raise(people.tower, {}, key), await raise(people.tower, {}, key)];
    expect(two.json()).toEqual(one.json());
    expect(two.headers['idempotency-replayed']).toBe('true');
    expect(codeOf(await raise(people.tower, { title: '别的' }, key))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(
      (await people.tower.ask('POST', '/api/problems', { category: '其他', title: 'x' })).statusCode,
    ).toBe(400);
    const { id, version } = one.json<ProblemJson>();
    const give = (ownerUnit: string, headers: Record<string, string>) =>
      people.district.ask('POST', `/api/problems/${id}/assignment`, { ownerUnit }, headers);
    expect((await give('甲', once(version))).json()).toMatchObject({ state: '分派', ownerUnit: '甲' });
    const late = await give('乙', once(version));
    expect([late.statusCode, codeOf(late)]).toEqual([412, 'PROBLEM_STALE']);
    expect(late.json<{ problem: ProblemJson }>().problem).toMatchObject({ ownerUnit: '甲' });
    expect((await give('乙', { 'idempotency-key': 'without-a-version' })).statusCode).toBe(428);
    const both = await Promise.all(
      ['丙', '丁'].map((unit) => versionNow(id).then((v) => give(unit, once(v)))),
    );
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
  });

  test('assign many at once after a preview that says which not and why', async () => {
    const [a, b] = [await raised(people.tower), await settled(people.tower)];
    const rows = [
      { id: a.id, version: a.version },
      { id: b.id, version: await versionNow(b.id) },
      { id: 'problem far', version: 1 },
    ];
    const bulk = (body: object) =>
      people.district.ask(
        'POST',
        '/api/problems/assignments',
        { rows, ownerUnit: '城运中心', coUnits: ['供电公司'], ...body },
        once(),
      );
    const preview = (await bulk({ dryRun: true })).json<BulkAssignmentResultJson>();
    expect([preview.assigned, preview.refused.map(({ refusal }) => refusal)]).toEqual([
      1,
      ['STATE_MOVE_UNKNOWN', 'PROBLEM_UNKNOWN'],
    ]);
    expect((await look(a.id)).problem.state).toBe('新建');
    // one that was worked on since it was looked at is named, too
    const late = await bulk({ dryRun: true, rows: [{ id: a.id, version: a.version + 1 }] });
    expect(late.json()).toMatchObject({ assigned: 0, refused: [{ id: a.id, refusal: 'PROBLEM_STALE' }] });
    expect(codeOf(await bulk({ dryRun: false }))).toBe('PROBLEM_ASSIGNMENTS_REFUSED');
    expect((await bulk({ dryRun: false, skipRefused: true })).json()).toMatchObject({ assigned: 1 });
    expect((await look(a.id)).problem).toMatchObject({
      state: '分派',
      ownerUnit: '城运中心',
      coUnits: ['供电公司'],
    });
  });

  test('see on their first page what waits for them, and the path lists exactly those', async () => {
    await settled(people.planner);
    for (const role of ['planner', 'tower', 'town', 'district', 'owner'] as const) {
      const { rows } = await opened.store.query<{ id: string }>('select id from accounts where login = $1', [
        role,
      ]);
      const principal = aPrincipal(role, { accountId: rows[0]!.id });
      const agenda = await problemsAgenda(scopedStore(opened.store, principal, context), principal);
      expect(agenda.length).toBeGreaterThan(1);
      for (const { path, count, kind } of agenda) {
        const query = path.split('?')[1] ?? '';
        expect([role, kind, (await idsOf(people[role], `${query}&pageSize=1000`)).length]).toEqual([
          role,
          kind,
          count,
        ]);
      }
    }
  });
});

describe('other desks', () => {
  const raiseBy = (browser: 'district' | 'planner', district: string, objects: object[]) =>
    tryOut(
      scopedStore(opened.store, aPrincipal(browser), context),
      "select raise_problem('拟拆除', 'B-01 路口杆', '拟并杆', $1::jsonb, $2, $3, '') as id",
      [JSON.stringify(objects), district, OWN_TOWN],
    );

  test('raise problems in one statement, about what whoever acts may see, and not elsewhere', async () => {
    const id = (
      await opened.store.query<{ id: string }>(
        "select raise_problem('拟拆除', 'B-01', '', $1::jsonb, '', '', '路政') as id",
        [JSON.stringify([{ noun: 'site', id: 'site own' }])],
      )
    ).rows[0]!.id;
    expect((await look(id)).problem).toMatchObject({
      districtCode: OWN,
      townCode: OWN_TOWN,
      owner: ORGANISATION,
      ownerUnit: '路政',
      raiser: 'system',
    });
    const seen = await raiseBy('district', OWN, [
      { noun: 'site', id: 'site own' },
      { noun: 'site', id: 'site foreign' },
      { noun: 'flying saucer', id: 'x' },
    ]);
    expect(seen.refused).toBeNull();
    expect((await raiseBy('district', FOREIGN, [])).refused).toBe('STORE_DENIED');
  });

  test('lend photographs of their cases as evidence, and only of those the problem is about', async () => {
    const caseOf = async (site: string) =>
      (
        await opened.store.query<{ id: string }>("select open_case($1, null, null, '移动', '需求') as id", [
          site,
        ])
      ).rows[0]!.id;
    const [about, other] = [await caseOf('site own'), await caseOf('site own-other-town')];
    for (const caseId of [about, other])
      await opened.store.query(
        `insert into photos (id, case_id, kind, digest, sent_digest, media_type, bytes, width, height)
         values ('photo of ' || $1, $1, '全景', repeat('a', 64), repeat('b', 64), 'image/jpeg', 1, 1, 1)`,
        [caseId],
      );
    const { id } = await raised(people.tower, { objects: [{ noun: 'case', id: about }] });
    const add = (photo: string) =>
      people.tower.ask('POST', `/api/problems/${id}/evidence`, { photoIds: [photo] }, once());
    expect(codeOf(await add(`photo of ${other}`))).toBe('PROBLEM_PHOTO');
    expect((await add(`photo of ${about}`)).statusCode).toBe(201);
    expect((await look(id)).steps.at(-1)).toMatchObject({
      kind: 'evidence',
      photoIds: [`photo of ${about}`],
    });
    const removed = await tryOut(opened.store, 'delete from photos where id = $1', [`photo of ${about}`]);
    expect(removed.refused).toBe('STORE_CONSTRAINT');
  });

  test('many at once get numbers without a gap', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => raised(people.tower)));
    const serials = made.map(({ number }) => Number(number.slice(-4))).sort((a, b) => a - b);
    expect(serials).toEqual(serials.map((_, index) => serials[0]! + index));
  });
});

describe('figures', () => {
  test('counts by state and level agree with the rows under the same filters', async () => {
    const counts = (
      await people.district.ask('GET', '/api/problems/counts?category=进场难')
    ).json<ProblemCountsJson>();
    const rows = (
      await people.district.ask('GET', '/api/problems?category=进场难&pageSize=1000')
    ).json<ProblemPageJson>();
    expect(counts.total).toBe(rows.total);
    for (const { state, count } of counts.states)
      expect([state, rows.problems.filter((row) => row.state === state).length]).toEqual([state, count]);
    for (const { level, count } of counts.levels)
      expect([
        level,
        rows.problems.filter((row) => row.level === level && row.state !== '已销号').length,
      ]).toEqual([level, count]);
    expect(rows.problems.filter((row) => row.overdue && row.state !== '已销号').length).toBe(counts.overdue);
  });

  test('towns are ranked for everybody of the district, without saying what the problems are about', async () => {
    const ask = async (browser: Browser, query = '') => {
      const reply = await browser.ask('GET', `/api/problems/ranking?from=2020-01-01&to=2199-12-31${query}`);
      return reply.json<RankingJson>();
    };
    const { rows } = await ask(people.district);
    expect(rows.map(({ code }) => code).sort()).toEqual([OWN_TOWN, OTHER_TOWN].sort());
    const own = rows.find(({ code }) => code === OWN_TOWN)!;
    const total = (
      await people.district.ask('GET', `/api/problems?townCode=${OWN_TOWN}`)
    ).json<ProblemPageJson>().total;
    expect(own).toMatchObject({ raised: total, districtCode: OWN });
    expect(own.open + own.closed).toBe(total);
    // the same figures; only those of its own town lead to problems it reads
    expect((await ask(people.town)).rows).toEqual(
      rows.map((row) => ({ ...row, readable: row.code === OWN_TOWN })),
    );
    expect((await ask(people.owner)).rows).toEqual([]);
    expect((await ask(people.city, '&by=district')).rows).toMatchObject([
      { code: OWN, raised: own.raised + rows.find(({ code }) => code === OTHER_TOWN)!.raised },
    ]);
    const backwards = await people.city.ask('GET', '/api/problems/ranking?from=2021-01-01&to=2020-01-01');
    expect(codeOf(backwards)).toBe('PROBLEM_PERIOD');
  });

  test('the list is taken along as a workbook, and the taking is on record', async () => {
    const reply = await people.district.ask('GET', '/api/problems/export.xlsx?category=进场难');
    expect(reply.statusCode).toBe(200);
    const [headers, first] = readWorkbook(reply.rawPayload, (row) => row.length);
    expect([headers?.[0], first?.[0]?.slice(0, 10)]).toEqual(['问题编号', `WT-${OWN}-`]);
    const { rows } = await opened.store.query<{ after: { rows: number } }>(
      "select after from audit_records where object = 'problem' and action = 'export'",
      [],
    );
    expect(rows.map(({ after }) => after.rows)).toEqual([
      (await people.district.ask('GET', '/api/problems?category=进场难')).json<ProblemPageJson>().total,
    ]);
  });
});

test('the map beside the table shows a problem at every thing it is about, where whoever asks sees that', async () => {
  const { store } = opened;
  const point = (east: number) => `ST_SetSRID(ST_MakePoint(121.0305 + ${east}, 31.0507), 4490)`;
  await store.query(
    `insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status, cost_cny,
       owner, build_mode, district_code, town_code, origin)
     select 'spot ' || n, 'spot ' || n, '', '路灯杆', 'pole', ${point(0)}, 121.0305, 31.0507, 'CGCS2000', 8, 'candidate', 1000, '', '直接利用',
            '', '', 'sample' from generate_series(1, 4) as n`,
  );
  for (const n of [1, 2, 3, 4])
    await store.query(`update sites set geom = ${point(n * 0.0031)} where id = 'spot ${n}'`);
  await store.query(
    "insert into cases (id, site_id, operator, state) values ('case spot', 'spot 1', '甲', '候选')",
  );
  await store.query(
    "insert into claims (id, resource_id, company, for_operators, slots, until, state, requested_by) values ('claim spot', 'mine', '', array['甲'], 1, now() + interval '9 days', '申请', '甲')",
  );
  await store.query(
    "insert into relocations (id, cause, project, district_code) values ('relocation spot', '其他', '某路', $1)",
    [OWN],
  );
  await store.query(
    `insert into relocation_sites (relocation_id, site_id, part, place) values ('relocation spot', 'spot 2', 'affected', 0),
       ('relocation spot', 'spot 3', 'replacement', 0)`,
  );
  await store.query(
    "insert into batches (id, title, district_code, created_name, organisation) values ('batch spot', '一批', $1, '某人', $2)",
    [OWN, ORGANISATION],
  );
  await store.query(
    `insert into batch_rows (id, batch_id, site_id, district_code, place, code, name, geom, structure, height_m, build_mode, cost_cny)
     select 'row spot', 'batch spot', s.id, $1, 1, s.code, 'x', s.geom, s.structure, 8, '直接利用', 1000 from sites s where s.id = 'spot 4'`,
    [OWN],
  );
  const about = (...ids: string[]) => ({
    objects: ids.map((one) => ({
      noun: one.split(' ')[0] === 'row' ? 'batch-row' : one.split(' ')[0],
      id: one,
    })),
  });
  await raised(people.district, about('case spot', 'claim spot', 'relocation spot'));
  await raised(people.district, about('row spot'));
  await raised(people.district, {
    objects: [
      { noun: 'resource', id: 'mine' },
      { noun: 'site', id: 'spot 1' },
    ],
  });
  await raised(people.district, { objects: [] });
  const desk: MapDesk<ProblemJson> = {
    path: '/api/problems',
    rows: 'problems',
    read: ({ id, positions, state, number }) => ({ id, places: positions, state, label: number }),
  };
  const seen = await expectMapOfList(people.district, desk);
  expect(new Set(seen.map(({ places }) => places.length))).toEqual(new Set([0, 1, 2, 4]));
  expect((await expectMapOfList(people.city, desk, '&state=新建&category=进场难')).length).toBeGreaterThan(3);
  expect(
    (await expectMapOfList(people.operator, desk))
      .flatMap(({ places }) => places)
      .filter(([lon = 0]) => lon !== Number(lon.toFixed(3))),
  ).toEqual([]);
  await expectMapOfList(people.owner, desk);
});
