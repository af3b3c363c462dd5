// Claims as people make them: who may, what is held and for how long, who has to agree, who loses and why, and that a repeated call is
// one act. On one embedded store; the races run on both.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  BulkClaimResultJson,
  ClaimDetailJson,
  ClaimJson,
  ClaimLostJson,
  ClaimMadeJson,
  ClaimPageJson,
} from '../../../server/contract/claims.ts';
import type { PlanUnderWayJson, SiteUnderWayJson } from '../../../server/contract/under-way.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { expectMapOfList, type MapDesk } from '../desks/expect-map-of-list.ts';
import { codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import {
  clearDesk,
  type DeskBrowser,
  type DeskPerson,
  FOREIGN,
  OWN,
  openDesk,
  openResource,
  peopleOfDesk,
  stateOf,
} from './a-claim-desk.ts';

let opened: TestStore;
let app: PeopleApp;
let people: Record<DeskPerson, DeskBrowser>;

beforeAll(async () => {
  opened = await openEmbeddedTestStore();
  await openDesk(opened.store);
  app = await openPeopleApp(opened.store, { requestsPerMinute: 100_000 });
  people = await peopleOfDesk(app);
});
afterAll(async () => {
  await app.app.close();
  await opened.close();
});
beforeEach(() => clearDesk(opened.store));

const query = async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await opened.store.query<Row>(sql, values)).rows;
const held = async (who: DeskPerson, body: object): Promise<ClaimJson> => {
  const reply = await people[who].act('/api/claims', body);
  expect([reply.statusCode, reply.json<ClaimMadeJson>().outcome]).toEqual([201, 'held']);
  return reply.json<ClaimMadeJson>().claim;
};
const claimNow = async (id: string, who: DeskPerson = 'towerA'): Promise<ClaimJson> =>
  (await people[who].ask('GET', `/api/claims/${id}`)).json<ClaimDetailJson>().claim;
const toldTo = async (organisation: string) =>
  (
    await query<{ kind: string }>('select kind from notices where to_organisation = $1 order by id', [
      organisation,
    ])
  ).map(({ kind }) => kind);
const runDue = () => query('select run_due(100)');
/** As if the day had come: the clock of the database stays, the end moves. */
const letRunOut = async (id: string) => {
  await query("update claims set until = clock_timestamp() - interval '1 second' where id = $1", [id]);
};
const aDemand = async (id: string, operator: string, changes: { east?: number; wantDate?: string } = {}) => {
  await query(
    `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, district_code, search_radius_m, key_area, want_date)
     values ($1, $1, $2, ST_SetSRID(ST_MakePoint(121.03 + $3::float8, 31.051), 4490), 121.03 + $3::float8, 31.051, 'CGCS2000', $4, 500,
       case when $5::date is not null then '重点区域' end, $5::date)`,
    [id, operator, changes.east ?? 0, OWN, changes.wantDate ?? null],
  );
  return id;
};

describe('a tower company', () => {
  test('holds an open resource for an operator, for fifteen working days, and its case and demand follow', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const demand = await aDemand('demand-1', '移动');
    const claim = await held('towerA', { resourceId, demandIds: [demand] });
    expect(claim).toMatchObject({
      state: '持有',
      company: '甲铁塔',
      operators: ['移动'],
      isMine: true,
      actions: ['extend', 'release'],
      resource: { state: '已锁定', slotsFree: 0 },
    });
    const [days] = await query<{ days: number }>(
      'select working_days_between(held_at, until) as days from claims',
    );
    expect(days).toEqual({ days: 15 });
    expect(await query('select state, operator, company from cases')).toEqual([
      { state: '认领', operator: '移动', company: '甲铁塔' },
    ]);
    expect(await query('select state, resource_id from demands')).toEqual([
      { state: '已认领', resource_id: 'pole' },
    ]);
    expect(await toldTo('移动')).toEqual(['claim-held']);
    expect(await query('select action from timers order by 1')).toEqual([
      { action: 'claim_expire' },
      { action: 'claim_warn' },
    ]);
  });

  test('gives it back with a reason, and everything stands as before', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, demandIds: [await aDemand('demand-1', '移动')] });
    expect((await people.towerA.act(`/api/claims/${claim.id}/release`, {})).statusCode).toBe(400);
    const released = await people.towerA.act(`/api/claims/${claim.id}/release`, { reason: '业主改建' });
    expect(released.json()).toMatchObject({
      state: '已释放',
      endReason: '业主改建',
      until: null,
      actions: [],
    });
    expect(await stateOf(opened.store, 'pole')).toBe('已开放');
    expect(await query('select state from cases')).toEqual([{ state: '候选' }]);
    expect(await query('select state from demands')).toEqual([{ state: '已匹配' }]);
    const { records } = (await people.towerA.ask('GET', `/api/claims/${claim.id}/history`)).json<{
      records: { after: { state?: string } }[];
    }>();
    expect(records.map(({ after }) => after.state).filter(Boolean)).toEqual(['已释放', '持有']);
  });

  test('extends once, and not what has run out', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const extend = () => people.towerA.act(`/api/claims/${claim.id}/extend`);
    expect((await extend()).json()).toMatchObject({ extensions: 1, actions: ['release'] });
    expect(await query('select working_days_between(held_at, until) as days from claims')).toEqual([
      { days: 30 },
    ]);
    expect(codeOf(await extend())).toBe('CLAIM_EXTENDED');
    await letRunOut(claim.id);
    expect((await extend()).json()).toMatchObject({ code: 'CLAIM_STATE' });
  });

  test('acts on a claim as it was read: not without its version, and with an older one is told how it is', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const once = () => ({ 'idempotency-key': randomUUID() });
    for (const [who, part, body] of [
      ['towerA', 'extend', {}],
      ['towerA', 'release', { reason: '业主改建' }],
      ['mobile', 'confirm', { agrees: true }],
      ['towerA', 'take', {}],
      ['district', 'override', { reason: '专题会议同意' }],
      ['towerA', 'moves', { to: '已撤回' }],
    ] as const) {
      const blind = await people[who].ask('POST', `/api/claims/${claim.id}/${part}`, body, once());
      expect([part, blind.statusCode, codeOf(blind)]).toEqual([part, 428, 'REQUEST_VERSION_MISSING']);
    }
    const seen = { 'if-match': `"${claim.version}"` };
    const extend = { ...once(), ...seen };
    const path = `/api/claims/${claim.id}`;
    expect((await people.towerA.ask('POST', `${path}/extend`, {}, extend)).statusCode).toBe(200);
    const again = await people.towerA.ask('POST', `${path}/extend`, {}, extend);
    expect([again.json().extensions, again.headers['idempotency-replayed']]).toEqual([1, 'true']);
    const late = await people.towerA.ask(
      'POST',
      `${path}/release`,
      { reason: '业主改建' },
      { ...once(), ...seen },
    );
    expect([late.statusCode, late.json()]).toMatchObject([
      412,
      { code: 'CLAIM_STALE', claim: { state: '持有', extensions: 1 } },
    ]);
  });

  test('reads the claims of another company in its territory, changes none, and sees nothing of the next district', async () => {
    const claim = await held('towerA', {
      resourceId: await openResource(opened.store, { id: 'pole' }),
      operators: ['移动'],
    });
    const foreign = await held('foreign', {
      resourceId: await openResource(opened.store, { id: 'there', district: FOREIGN }),
      operators: ['移动'],
    });
    expect(await claimNow(claim.id, 'towerB')).toMatchObject({ isMine: false, actions: [] });
    for (const act of ['extend', 'release']) {
      const reply = await people.towerB.act(`/api/claims/${claim.id}/${act}`, { reason: 'x' });
      expect([act, reply.statusCode, codeOf(reply)]).toEqual([act, 403, 'PERMISSION_DENIED']);
    }
    const unknown = await people.towerA.act('/api/claims/nobody/extend');
    const outside = await people.towerA.act(`/api/claims/${foreign.id}/extend`);
    expect([outside.statusCode, codeOf(outside)]).toEqual([unknown.statusCode, codeOf(unknown)]);
    expect((await people.towerA.ask('GET', `/api/claims/${foreign.id}`)).statusCode).toBe(404);
    expect((await people.towerA.ask('GET', '/api/claims')).json<ClaimPageJson>().total).toBe(1);
    expect(codeOf(await people.towerA.act('/api/claims', { resourceId: 'there', operators: ['移动'] }))).toBe(
      'RESOURCE_UNKNOWN',
    );
    expect((await people.planner.act('/api/claims', { resourceId: 'pole' })).statusCode).toBe(403);
  });

  test('claims a row of a plan it may read, and no other', async () => {
    await openResource(opened.store, { id: 'pole' });
    await query(
      `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
         unique_weight_share, displaced) values ('plan own', 'pole', 9, 'new', 'target-gain', 1000, 1, 0.1, 0.5, 0.1, '[]')`,
    );
    const ask = (body: object) => people.towerA.act('/api/claims', { operators: ['移动'], ...body });
    expect(codeOf(await ask({ planId: 'plan foreign', siteId: 'pole' }))).toBe('CLAIM_PLAN_ROW');
    expect(codeOf(await ask({ planId: 'plan own', siteId: 'site own' }))).toBe('CLAIM_PLAN_ROW');
    expect(codeOf(await ask({ siteId: 'pole' }))).toBe('CLAIM_TARGET');
    const made = await ask({ planId: 'plan own', siteId: 'pole' });
    expect(made.json()).toMatchObject({ outcome: 'held', claim: { planId: 'plan own' } });
    expect(await query("select plan_id from cases where site_id = 'pole'")).toEqual([
      { plan_id: 'plan own' },
    ]);

    // what is under way there is told with the plan and with the site, to whoever may read it
    const { claim } = made.json<ClaimMadeJson>();
    const underWay = {
      siteId: 'pole',
      resource: { id: 'pole', state: '已锁定' },
      claims: [{ id: claim.id, state: '持有', company: '甲铁塔', operators: ['移动'], until: claim.until }],
      cases: [{ operator: '移动', state: '认领' }],
    };
    for (const who of ['towerB', 'mobile', 'planner', 'district'] as const) {
      const ofPlan = (await people[who].ask('GET', '/api/plans/plan own/under-way')).json<PlanUnderWayJson>();
      expect([who, ofPlan.sites.find(({ siteId }) => siteId === 'pole')]).toMatchObject([who, underWay]);
      expect((await people[who].ask('GET', '/api/sites/pole/under-way')).json()).toMatchObject(underWay);
    }
    // an owner sees the state of its resource, and neither claims nor cases; another operator as little
    for (const who of ['owner', 'unicom'] as const) {
      const owned = (await people[who].ask('GET', '/api/sites/pole/under-way')).json<SiteUnderWayJson>();
      expect([who, owned.resource?.state, owned.claims, owned.cases]).toEqual([who, '已锁定', [], []]);
    }
    for (const path of ['plans/plan foreign', 'sites/site foreign'])
      expect((await people.towerB.ask('GET', `/api/${path}/under-way`)).statusCode).toBe(404);
    await query("update claims set until = now() - interval '1 minute'");
    const over = (await people.towerB.ask('GET', '/api/sites/pole/under-way')).json<SiteUnderWayJson>();
    expect(over.claims).toEqual([]);
    await query('delete from claims');
    await query('delete from cases');
    await query("delete from plan_items where site_id = 'pole'");
  });

  test('is told what keeps a claim from being made at all', async () => {
    const suspended = await openResource(opened.store, { id: 'shut' });
    await query("update resources set state = '暂停' where id = 'shut'");
    const ask = (body: object) => people.towerA.act('/api/claims', body);
    expect(codeOf(await ask({ resourceId: suspended, operators: ['移动'] }))).toBe('CLAIM_RESOURCE_CLOSED');
    await openResource(opened.store, { id: 'pole' });
    expect(codeOf(await ask({ resourceId: 'pole' }))).toBe('CLAIM_OPERATORS');
    expect(codeOf(await ask({ resourceId: 'pole', demandIds: ['nowhere'] }))).toBe('CLAIM_DEMAND_UNKNOWN');
    expect((await ask({ resourceId: 'pole', operators: ['移动', '移动'] })).statusCode).toBe(400);
    // the earlier promise goes first: a day that is over would beat everybody
    const late = await ask({ resourceId: 'pole', operators: ['移动'], onAirBy: '2020-01-01' });
    expect([late.statusCode, codeOf(late)]).toEqual([422, 'CLAIM_ON_AIR_PAST']);
    expect(codeOf(await people.towerA.ask('POST', '/api/claims', { resourceId: 'pole' }))).toBe(
      'IDEMPOTENCY_KEY_MISSING',
    );
  });

  test('carries the shortcut of the whitelist: the talk with the owner is skipped', async () => {
    const listed = await held('towerA', {
      resourceId: await openResource(opened.store, { id: 'listed', whitelisted: true, confirmed: false }),
      operators: ['移动'],
    });
    const other = await held('towerA', {
      resourceId: await openResource(opened.store, { id: 'other' }),
      operators: ['移动'],
    });
    expect([listed.skipsConsent, other.skipsConsent]).toEqual([true, false]);
    const survey = async ({ caseIds: [id] }: ClaimJson) =>
      people.towerA.ask(
        'POST',
        `/api/cases/${id}/moves`,
        { to: '勘察设计' },
        { 'idempotency-key': `survey of ${id}`, 'if-match': '1' },
      );
    expect((await survey(listed)).statusCode).toBe(200);
    expect(codeOf(await survey(other))).toBe('STATE_FIELDS_MISSING');
  });
});

describe('sharing', () => {
  test('waits for the operators there and the new ones, holds the place meanwhile, and the last word makes a holder', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 2 });
    await held('towerA', { resourceId, operators: ['移动'] });
    const made = await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] });
    const { outcome, claim } = made.json<ClaimMadeJson>();
    expect([made.statusCode, outcome, claim.state, claim.explanation?.rule]).toEqual([
      201,
      'waits',
      '申请',
      'CLAIM-SHARING-WAITS',
    ]);
    expect(claim.resource).toMatchObject({ state: '已锁定', slotsFree: 0 });
    expect(claim.confirmations.map(({ operator, decision }) => [operator, decision])).toEqual([
      ['移动', null],
      ['联通', null],
    ]);
    expect([(await toldTo('移动')).at(-1), await toldTo('联通')]).toEqual([
      'claim-confirm',
      ['claim-confirm'],
    ]);
    const confirm = (who: DeskPerson, agrees = true) =>
      people[who].act(`/api/claims/${claim.id}/confirm`, { agrees });
    expect(codeOf(await confirm('telecom'))).toBe('CLAIM_UNKNOWN');
    expect((await confirm('mobile')).json()).toMatchObject({ state: '申请', actions: [] });
    expect((await confirm('unicom')).json()).toMatchObject({ state: '持有', explanation: null });
    expect(codeOf(await confirm('unicom'))).toBe('CLAIM_STATE');
    expect((await toldTo('乙铁塔')).at(-1)).toBe('claim-shared');
    expect(await query('select operator, state from cases order by 1 desc')).toEqual([
      { operator: '联通', state: '认领' },
      { operator: '移动', state: '认领' },
    ]);
  });

  test('ends with the first no, which bars that operator from building there for three years', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 2 });
    await held('towerA', { resourceId, operators: ['移动'] });
    const { claim } = (
      await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] })
    ).json<ClaimMadeJson>();
    const declined = await people.unicom.act(`/api/claims/${claim.id}/confirm`, {
      agrees: false,
      note: '另有安排',
    });
    expect(declined.json()).toMatchObject({
      state: '未获',
      explanation: { rule: 'CLAIM-SHARING-DECLINED', zh: '联通不同意共享。另有安排' },
    });
    expect(await stateOf(opened.store, 'shared')).toBe('部分占用');
    const again = await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] });
    expect(again.json<ClaimLostJson>().claim?.explanation?.rule).toBe('CLAIM-DECLINED-BEFORE');
    expect(
      (await people.towerB.act('/api/claims', { resourceId, operators: ['电信'] })).json<ClaimMadeJson>()
        .outcome,
    ).toBe('waits');
  });

  test('what only waits gives way to a demand of a key area; who loses is told and reads the dates', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 2 });
    await held('towerA', { resourceId, operators: ['移动'] });
    const { claim: waiting } = (
      await people.towerB.act('/api/claims', { resourceId, operators: ['联通'], onAirBy: '2099-01-31' })
    ).json<ClaimMadeJson>();
    const urgent = await aDemand('urgent', '电信', { wantDate: '2026-12-31' });
    const made = await people.towerA.act('/api/claims', { resourceId, demandIds: [urgent] });
    expect(made.json()).toMatchObject({ outcome: 'waits', claim: { keyAreaDeadline: '2026-12-31' } });
    expect(await claimNow(waiting.id)).toMatchObject({
      state: '未获',
      explanation: {
        rule: 'CLAIM-KEY-AREA',
        zh: '按“重点区域时限”先后：甲铁塔的需求时限为 2026-12-31，本认领为 —。',
      },
    });
    expect((await toldTo('乙铁塔')).at(-1)).toBe('claim-lost');
    const late = await people.towerB.act('/api/claims', { resourceId, operators: ['广电'] });
    expect(late.json<ClaimLostJson>().claim?.explanation?.rule).toBe('CLAIM-KEY-AREA');
  });

  test('shows what each pays: thirty percent off for two, five more for the first', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 3 });
    await query("update resources set cost_cny = 100000 where id = 'shared'");
    await held('towerA', { resourceId, operators: ['移动'] });
    const preview = await people.towerB.ask('POST', '/api/claims/bulk', {
      claims: [{ resourceId, operators: ['联通'] }],
      dryRun: true,
    });
    expect(preview.json<BulkClaimResultJson>().items[0]?.price).toMatchObject({
      baseCny: 100000,
      discountPercent: 30,
      shares: [
        { operator: '移动', isAnchor: true, discountPercent: 35, cny: 65000 },
        { operator: '联通', isAnchor: false, discountPercent: 30, cny: 70000 },
      ],
      totalCny: 135000,
    });
    expect(await query('select count(*) as count from claims')).toEqual([{ count: 1 }]);
  });
});

describe('who loses', () => {
  test('is told the rule in both languages, keeps it, and gets what else could serve, nearest places first', async () => {
    const resourceId = await openResource(opened.store, { id: 'wanted' });
    await openResource(opened.store, { id: 'near', east: 0.001 });
    await openResource(opened.store, { id: 'farther', east: 0.003 });
    await openResource(opened.store, { id: 'too far', east: 0.03 });
    await openResource(opened.store, { id: 'full', east: 0.0005 });
    await held('towerA', { resourceId, operators: ['移动'] });
    await held('towerA', { resourceId: 'full', operators: ['移动'] });
    // an operator claims a resource once, so its own places are no way out
    await openResource(opened.store, { id: 'its own', east: 0.0002, slots: 3 });
    await held('towerA', { resourceId: 'its own', operators: ['联通'] });
    const lost = await people.towerB.act('/api/claims', {
      resourceId,
      demandIds: [await aDemand('demand-1', '联通')],
    });
    expect(lost.statusCode).toBe(409);
    const { code, message, claim, substitutes = [] } = lost.json<ClaimLostJson>();
    expect([code, message.zh.includes('CLAIM-SLOTS')]).toEqual(['CLAIM_REFUSED', true]);
    expect(claim).toMatchObject({ state: '未获', actions: [], explanation: { rule: 'CLAIM-SLOTS' } });
    expect(claim?.explanation?.en).toBe('No place is left: 1 in all, 0 free, 1 wanted; held by 甲铁塔.');
    expect(substitutes.map(({ rank, resourceId: id }) => [rank, id])).toEqual([
      [1, 'near'],
      [2, 'farther'],
    ]);
    expect(substitutes[0]?.reasons[0]?.zh).toMatch(/^距需求点 \d+ 米$/);
    const detail = (await people.towerB.ask('GET', `/api/claims/${claim?.id}`)).json<ClaimDetailJson>();
    expect(detail.substitutes.map(({ resourceId: id }) => id)).toEqual(['near', 'farther']);
    expect(detail.others).toMatchObject([{ company: '甲铁塔', state: '持有' }]);
    expect(await query('select state from demands')).toEqual([{ state: '新建' }]);
    // who wanted two places is not sent to one, and nobody is named where nobody holds any
    const two = await people.towerB.act('/api/claims', { resourceId: 'near', operators: ['电信', '广电'] });
    const { claim: lostTwo, substitutes: forTwo = [] } = two.json<ClaimLostJson>();
    expect(lostTwo?.explanation?.zh).toBe('位置不够：共 1 个，剩余 1 个，需要 2 个。');
    expect(forTwo.map(({ resourceId: id }) => id)).toEqual(['its own']);
  });

  test('a new ground tower near a standing one waits for the office, whose reason the owner of the other hears', async () => {
    await query(
      `insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status,
         cost_cny, owner, build_mode, origin, district_code, town_code) values ('mast', 'TA-1', '既有塔', '普通地面塔', 'tower',
         ST_SetSRID(ST_MakePoint(121.04, 31.051), 4490), 121.04, 31.051, 'CGCS2000', 35, 'existing', 0, '乙铁塔', '新建', 'import', '', '')`,
    );
    const resourceId = await openResource(opened.store, { id: 'ground', type: '普通地面塔' });
    const lost = await people.towerA.act('/api/claims', { resourceId, operators: ['移动'] });
    const { claim } = lost.json<ClaimLostJson>();
    expect(claim?.explanation).toMatchObject({
      rule: 'CLAIM-TOWER-NEAR',
      facts: { tower: 'TA-1', limitM: 3000, ground: 'other' },
    });
    const override = (who: DeskPerson) =>
      people[who].act(`/api/claims/${claim?.id}/override`, { reason: '既有塔承重已满，专题会议同意' });
    expect((await override('towerA')).statusCode).toBe(403);
    expect((await override('district')).json()).toMatchObject({
      state: '持有',
      override: { reason: '既有塔承重已满，专题会议同意', by: '某人 district' },
      explanation: { rule: 'CLAIM-OVERRIDE', facts: { setAside: 'CLAIM-TOWER-NEAR' } },
    });
    expect(await toldTo('乙铁塔')).toEqual(['claim-override']);
    await query("delete from sites where id = 'mast'");
  });
});

describe('time', () => {
  test('ends a hold by the clock of the database, whether the timers run or not, and catches up after a pause', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    await letRunOut(claim.id);
    // no timer has been worked off: whoever reads sees it ended, whoever wants the place gets it
    expect(await claimNow(claim.id)).toMatchObject({
      state: '已到期',
      actions: [],
      resource: { slotsFree: 1 },
    });
    const next = await held('towerB', { resourceId, operators: ['联通'] });
    expect(await query('select state, rule from claims where id = $1', [claim.id])).toEqual([
      { state: '已到期', rule: 'CLAIM-NOT-SURVEYED' },
    ]);
    // stopped over the end of the next one, then started again
    await query("update claims set until = clock_timestamp() + interval '100 milliseconds' where id = $1", [
      next.id,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await stateOf(opened.store, 'pole')).toBe('已锁定');
    await runDue();
    expect(await stateOf(opened.store, 'pole')).toBe('已开放');
    expect((await claimNow(next.id)).explanation?.rule).toBe('CLAIM-NOT-SURVEYED');
    expect((await toldTo('乙铁塔')).at(-1)).toBe('claim-expired');
    await runDue();
    expect((await toldTo('乙铁塔')).filter((kind) => kind === 'claim-expired')).toHaveLength(1);
  });

  test('warns before the end, once', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    await query("update claims set until = clock_timestamp() + interval '20 hours' where id = $1", [
      claim.id,
    ]);
    await runDue();
    await runDue();
    expect(await toldTo('甲铁塔')).toEqual(['claim-ending']);
  });

  test('a survey makes the hold last to the day of delivery; what is delivered stays, and fills the place', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const [caseId] = claim.caseIds;
    await query('insert into surveys (case_id, surveyed_on) values ($1, current_date)', [caseId]);
    expect(await query('select working_days_between(held_at, until) as days from claims')).toEqual([
      { days: 60 },
    ]);
    await query("update cases set state = '谈点' where id = $1", [caseId]);
    for (const state of ['勘察设计', '报建备案', '建设', '交付'])
      await query('update cases set state = $2 where id = $1', [caseId, state]);
    expect(await claimNow(claim.id)).toMatchObject({ state: '已转建设', until: null, actions: ['release'] });
    expect(await stateOf(opened.store, 'pole')).toBe('满载');
    await runDue();
    expect(await stateOf(opened.store, 'pole')).toBe('满载');
  });

  test('nobody answers: the place that was kept for sharing is free again', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 2 });
    await held('towerA', { resourceId, operators: ['移动'] });
    const { claim } = (
      await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] })
    ).json<ClaimMadeJson>();
    await letRunOut(claim.id);
    await runDue();
    expect(await claimNow(claim.id)).toMatchObject({
      state: '已到期',
      explanation: { rule: 'CLAIM-SHARING-UNANSWERED' },
    });
    expect(codeOf(await people.unicom.act(`/api/claims/${claim.id}/confirm`, { agrees: true }))).toBe(
      'CLAIM_STATE',
    );
  });
});

describe('the office', () => {
  test('takes a hold back with a reason, which its company reads', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    expect(await claimNow(claim.id, 'district')).toMatchObject({ actions: ['force-release'] });
    const reply = await people.district.act(`/api/claims/${claim.id}/release`, { reason: '长期占用不建' });
    expect(reply.json()).toMatchObject({
      state: '已释放',
      explanation: { rule: 'CLAIM-OFFICE', zh: '区科委收回了这个认领：长期占用不建' },
    });
    expect((await toldTo('甲铁塔')).at(-1)).toBe('claim-forced');
  });

  test('a resource that leaves the library takes its holds with it', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const left = await people.district.act('/api/resources/pole/moves', { to: '退出', reason: '拆除' });
    expect(left.statusCode).toBe(200);
    expect(await claimNow(claim.id)).toMatchObject({ state: '已释放', resource: { state: '退出' } });
  });

  test('opens a suspended resource into the state its claims make', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole', slots: 2 });
    await held('towerA', { resourceId, operators: ['移动'] });
    const move = (to: string) => people.district.act('/api/resources/pole/moves', { to, reason: '检修' });
    await move('暂停');
    expect(codeOf(await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] }))).toBe(
      'CLAIM_RESOURCE_CLOSED',
    );
    await move('已开放');
    expect(await stateOf(opened.store, 'pole')).toBe('部分占用');
  });
});

describe('an operator', () => {
  test('asks for itself, sees places rounded, and a tower company takes it up', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    expect(codeOf(await people.mobile.act('/api/claims/requests', { resourceId, operators: ['联通'] }))).toBe(
      'CLAIM_NOT_FOR_OTHERS',
    );
    expect((await people.mobile.act('/api/claims', { resourceId })).statusCode).toBe(403);
    const asked = await people.mobile.act('/api/claims/requests', { resourceId });
    expect(asked.json()).toMatchObject({
      outcome: 'asked',
      claim: {
        kind: 'request',
        company: '',
        operators: ['移动'],
        resource: { state: '已开放', slotsFree: 1 },
      },
    });
    const { claim } = asked.json<ClaimMadeJson>();
    expect(claim.resource.position?.[0]).toBe(121.03);
    expect(await toldTo('')).toEqual([]);
    const waiting = '/api/claims?waiting=taking';
    expect((await people.towerB.ask('GET', waiting)).json<ClaimPageJson>().claims).toMatchObject([
      { id: claim.id, actions: ['take'] },
    ]);
    const taken = await people.towerB.act(`/api/claims/${claim.id}/take`, { onAirBy: '2099-03-01' });
    expect(taken.json()).toMatchObject({
      state: '持有',
      company: '乙铁塔',
      kind: 'claim',
      onAirBy: '2099-03-01',
    });
    expect((await toldTo('移动')).sort()).toEqual(['claim-held', 'claim-taken']);
  });

  test('asks for a demand that is claimed for elsewhere meanwhile: what it asked for is not taken up', async () => {
    const wanted = await aDemand('wanted', '移动');
    const [first, second] = [
      await openResource(opened.store, { id: 'pole' }),
      await openResource(opened.store, { id: 'other' }),
    ];
    const asked = await people.mobile.act('/api/claims/requests', { resourceId: first, demandIds: [wanted] });
    await held('towerB', { resourceId: second, demandIds: [wanted] });
    const take = await people.towerA.act(`/api/claims/${asked.json<ClaimMadeJson>().claim.id}/take`);
    expect([take.statusCode, codeOf(take)]).toEqual([409, 'CLAIM_DEMAND_TAKEN']);
  });

  test('reads no place out of a reason or a fact of a rule', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const reason = '实际位于 121.030123,31.050987';
    expect((await people.district.act(`/api/claims/${claim.id}/release`, { reason })).statusCode).toBe(200);
    expect((await people.district.ask('GET', `/api/claims/${claim.id}/history`)).payload).toContain(reason);
    for (const tail of ['', '/history'])
      expect((await people.mobile.ask('GET', `/api/claims/${claim.id}${tail}`)).payload).not.toContain(
        '121.0301',
      );
    // made from its place, as codes are
    await query(
      `insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status,
         cost_cny, owner, build_mode, origin, district_code, town_code) values ('mast', 'TA-121.040456', '既有塔', '普通地面塔', 'tower',
         ST_SetSRID(ST_MakePoint(121.040456, 31.051), 4490), 121.040456, 31.051, 'CGCS2000', 35, 'existing', 0, '乙铁塔', '新建', 'import', '', '')`,
    );
    const ground = await openResource(opened.store, { id: 'ground', type: '普通地面塔' });
    const lost = await people.towerA.act('/api/claims', { resourceId: ground, operators: ['移动'] });
    const lostId = lost.json<ClaimLostJson>().claim?.id ?? '';
    for (const tail of ['', '/history']) {
      const { payload } = await people.mobile.ask('GET', `/api/claims/${lostId}${tail}`);
      expect([payload.includes('TA-121.040'), payload.includes('TA-121.0404')]).toEqual([true, false]);
    }
    await people.district.act(`/api/claims/${lostId}/override`, { reason: '专题会议同意' });
    expect(await toldTo('乙铁塔')).toEqual(['claim-override']);
    await query("delete from sites where id = 'mast'");
  });

  test('takes back what nobody has taken up', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const { claim } = (await people.mobile.act('/api/claims/requests', { resourceId })).json<ClaimMadeJson>();
    const back = (who: DeskPerson) => people[who].act(`/api/claims/${claim.id}/moves`, { to: '已撤回' });
    expect((await back('unicom')).statusCode).toBe(404);
    expect((await back('mobile')).json()).toMatchObject({ state: '已撤回' });
  });

  test('that goes first is passed over only with a reason, and hears it', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const urgent = await aDemand('urgent', '移动', { wantDate: '2026-12-31' });
    await people.mobile.act('/api/claims/requests', { resourceId, demandIds: [urgent] });
    const { claim } = (await people.unicom.act('/api/claims/requests', { resourceId })).json<ClaimMadeJson>();
    const take = (reason?: string) =>
      people.towerA.act(`/api/claims/${claim.id}/take`, { ...(reason && { reason }) });
    const refused = await take();
    expect([codeOf(refused), refused.json<ClaimLostJson>().message.zh.includes('CLAIM-KEY-AREA')]).toEqual([
      'CLAIM_PASSED_OVER',
      true,
    ]);
    expect((await take('移动的机房未就绪')).json()).toMatchObject({
      state: '持有',
      override: { reason: '移动的机房未就绪' },
    });
    expect(await toldTo('移动')).toEqual(['claim-override']);
    // on its own record: who got the place, which rule was set aside and why; the other claim is not its to read
    const [{ object_id: told } = { object_id: '' }] = await query<{ object_id: string }>(
      "select object_id from notices where to_organisation = '移动'",
    );
    expect([
      told === claim.id,
      (await people.mobile.ask('GET', `/api/claims/${claim.id}`)).statusCode,
    ]).toEqual([false, 404]);
    const { records } = (await people.mobile.ask('GET', `/api/claims/${told}/history`)).json<{
      records: { action: string; reason: string; accountName: string; after: object }[];
    }>();
    expect(records[0]).toMatchObject({
      action: 'set-aside',
      reason: '移动的机房未就绪',
      accountName: '某人 towera',
      after: { company: '甲铁塔', for_operators: ['联通'], rule: 'CLAIM-KEY-AREA' },
    });
  });
});

describe('a repeated call', () => {
  test('is one act and hears the same, a refusal too; another body under the key is refused', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const key = 'a-key-of-mine';
    const body = { resourceId, operators: ['移动'] };
    const first = await people.towerA.act('/api/claims', body, key);
    const second = await people.towerA.act('/api/claims', body, key);
    expect([second.statusCode, second.payload, second.headers['idempotency-replayed']]).toEqual([
      201,
      first.payload,
      'true',
    ]);
    const lost = await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] }, key);
    await people.towerA.act(`/api/claims/${first.json<ClaimMadeJson>().claim.id}/release`, {
      reason: '不用了',
    });
    const still = await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] }, key);
    expect([still.statusCode, still.payload]).toEqual([409, lost.payload]);
    expect(codeOf(await people.towerA.act('/api/claims', { resourceId, operators: ['电信'] }, key))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(await query('select count(*) as count from claims')).toEqual([{ count: 2 }]);
  });

  test('on what somebody else has changed answers 412 with the claim as it is', async () => {
    const resourceId = await openResource(opened.store, { id: 'pole' });
    const claim = await held('towerA', { resourceId, operators: ['移动'] });
    const late = await people.towerA.ask(
      'POST',
      `/api/claims/${claim.id}/extend`,
      {},
      { 'idempotency-key': 'one-more-key', 'if-match': '"99"' },
    );
    expect(late.json()).toMatchObject({ code: 'CLAIM_STALE', claim: { id: claim.id, extensions: 0 } });
    expect(late.statusCode).toBe(412);
  });
});

describe('many at once', () => {
  test('are previewed with what each would come to, then made, or none', async () => {
    for (const id of ['a', 'b', 'c']) await openResource(opened.store, { id });
    await held('towerB', { resourceId: 'b', operators: ['联通'] });
    const claims = [
      ...['c', 'b', 'nowhere', 'a', 'a'].map((resourceId) => ({ resourceId, operators: ['移动'] })),
    ];
    const ask = (body: object) => people.towerA.act('/api/claims/bulk', { claims, ...body });
    const outcomes = (result: BulkClaimResultJson) =>
      result.items.map(({ index, outcome, refusal, explanation }) => [
        index,
        outcome,
        refusal ?? explanation?.rule ?? null,
      ]);
    const expected = [
      [0, 'held', null],
      [1, 'refused', 'CLAIM-SLOTS'],
      [2, 'refused', 'RESOURCE_UNKNOWN'],
      [3, 'held', null],
      [4, 'refused', 'CLAIM-SAME-OPERATOR'],
    ];
    const preview = (await ask({ dryRun: true })).json<BulkClaimResultJson>();
    expect(outcomes(preview)).toEqual(expected);
    expect(await query('select count(*) as count from claims')).toEqual([{ count: 1 }]);
    expect(codeOf(await ask({ dryRun: false }))).toBe('CLAIM_BULK_REFUSED');
    expect(await query('select count(*) as count from claims')).toEqual([{ count: 1 }]);
    const made = (await ask({ dryRun: false, skipRefused: true })).json<BulkClaimResultJson>();
    expect(outcomes(made)).toEqual(expected);
    expect([made.held, made.refused]).toEqual([2, 3]);
    expect(await query("select count(*) as count from claims where state = '持有'")).toEqual([{ count: 3 }]);
  });

  test('the list filters, sorts and counts what its person may see', async () => {
    for (const id of ['a', 'b']) await openResource(opened.store, { id });
    await held('towerA', { resourceId: 'a', operators: ['移动'] });
    await held('towerB', { resourceId: 'b', operators: ['联通'] });
    await people.towerB.act('/api/claims', { resourceId: 'a', operators: ['电信'] });
    const list = async (search: string, who: DeskPerson = 'towerA') =>
      (await people[who].ask('GET', `/api/claims?${search}`))
        .json<ClaimPageJson>()
        .claims.map(({ resource, company }) => `${resource.id} ${company}`);
    expect(await list('sort=resource')).toEqual(expect.arrayContaining(['a 甲铁塔', 'b 乙铁塔']));
    expect(await list('mine=true')).toEqual(['a 甲铁塔']);
    expect(await list('mine=true', 'unicom')).toEqual(['b 乙铁塔']);
    expect(await list('state=未获')).toEqual(['a 乙铁塔']);
    expect(await list('rule=CLAIM-SLOTS&resourceId=a')).toEqual(['a 乙铁塔']);
    expect(await list(`q=${encodeURIComponent('名称 B')}`)).toEqual(['b 乙铁塔']);
    expect(await list('endsWithinDays=1')).toEqual([]);
    expect((await list('endsWithinDays=60', 'planner')).length).toBe(2);
    const counts = (await people.towerA.ask('GET', '/api/claims/counts')).json<{
      total: number;
      states: object[];
    }>();
    expect(counts.total).toBe(3);
    expect(counts.states).toEqual(
      expect.arrayContaining([
        { state: '持有', count: 2 },
        { state: '未获', count: 1 },
      ]),
    );
  });

  test('an operator has what is its own in list, counts, map and file, an owner no claims at all', async () => {
    for (const id of ['a', 'b', 'c']) await openResource(opened.store, { id, slots: 2 });
    const { id: mine } = await held('towerA', { resourceId: 'a', operators: ['移动'] });
    const { id: rivals } = await held('towerB', { resourceId: 'b', operators: ['联通'] });
    const { id: joint } = await held('towerA', { resourceId: 'c', operators: ['移动', '联通'] });
    // shares the place of 移动, which has to agree
    const asking = (
      await people.towerB.act('/api/claims', { resourceId: 'a', operators: ['电信'] })
    ).json<ClaimMadeJson>();
    const beyond = await openResource(opened.store, { id: 'beyond', district: FOREIGN });
    const { id: elsewhere } = await held('foreign', { resourceId: beyond, operators: ['移动'] });
    const own: Readonly<Partial<Record<DeskPerson, readonly string[]>>> = {
      mobile: [mine, joint, asking.claim.id, elsewhere],
      unicom: [rivals, joint],
      telecom: [asking.claim.id],
    };
    const all = [mine, rivals, joint, asking.claim.id, elsewhere];
    for (const [who, ids] of Object.entries(own) as [DeskPerson, readonly string[]][]) {
      for (const sort of ['submittedAt', 'until', 'state', 'company', 'resource'])
        expect([
          who,
          sort,
          (await people[who].ask('GET', `/api/claims?sort=${sort}`))
            .json<ClaimPageJson>()
            .claims.map(({ id }) => id)
            .sort(),
        ]).toEqual([who, sort, [...ids].sort()]);
      const { total } = (await people[who].ask('GET', '/api/claims/counts')).json<{ total: number }>();
      const map = (await people[who].ask('GET', '/api/claims/map?bbox=-180,-90,180,90&zoom=20')).json<{
        located: number;
        unlocated: number;
      }>();
      expect([total, map.located + map.unlocated]).toEqual([ids.length, ids.length]);
      for (const id of all)
        for (const tail of ['', '/history'])
          expect([
            who,
            id,
            tail,
            (await people[who].ask('GET', `/api/claims/${id}${tail}`)).statusCode,
          ]).toEqual([who, id, tail, ids.includes(id) ? 200 : 404]);
    }
    for (const path of ['', '/counts', '/export.xlsx', `/${mine}`, '/map?bbox=-180,-90,180,90&zoom=20'])
      expect([path, (await people.owner.ask('GET', `/api/claims${path}`)).statusCode]).toEqual([path, 403]);
    await people.unicom.ask('GET', '/api/claims/export.xlsx');
    expect(
      await query(
        "select after->>'rows' as rows from audit_records where object = 'claim' and action = 'export' order by seq desc limit 1",
      ),
    ).toEqual([{ rows: '2' }]);

    // a place outside the territory is told as far as the claim says it; the case of who shares is not
    expect(await claimNow(elsewhere, 'mobile')).toMatchObject({ resource: { id: 'beyond', position: null } });
    const { caseIds, operators } = await claimNow(joint, 'unicom');
    expect([operators.length, caseIds.length]).toEqual([2, 1]);
    expect((await people.unicom.ask('GET', `/api/cases/${caseIds[0]}`)).statusCode).toBe(200);
    expect(
      (await people.unicom.act(`/api/claims/${asking.claim.id}/confirm`, { agrees: true })).statusCode,
    ).toBe(404);
    expect(
      (await people.mobile.act(`/api/claims/${asking.claim.id}/confirm`, { agrees: true })).statusCode,
    ).toBe(200);
    await query('delete from claims');
  });

  test('who shares a place reads what both pay; who stands there without it having to agree stays unnamed', async () => {
    const resourceId = await openResource(opened.store, { id: 'shared', slots: 2 });
    await query("update resources set cost_cny = 100000 where id = 'shared'");
    await held('towerA', { resourceId, operators: ['移动'] });
    const { claim } = (
      await people.towerB.act('/api/claims', { resourceId, operators: ['联通'] })
    ).json<ClaimMadeJson>();
    const lost = (
      await people.towerB.act('/api/claims', { resourceId, operators: ['电信'] })
    ).json<ClaimLostJson>();
    const detail = async (who: DeskPerson, id = claim.id) =>
      (await people[who].ask('GET', `/api/claims/${id}`)).json<ClaimDetailJson>();
    const paid = ({ price }: ClaimDetailJson) =>
      price.shares.map(({ operator, cny }) => `${operator} ${cny}`);
    expect(paid(await detail('unicom'))).toEqual(['移动 65000', '联通 70000']);
    expect(paid(await detail('mobile'))).toEqual(paid(await detail('unicom')));
    // only its own claim and the one it has to agree to
    expect((await detail('mobile')).others.map(({ operators }) => operators)).toEqual([['移动']]);
    expect((await detail('unicom')).others).toEqual([]);
    const telecom = await detail('telecom', lost.claim?.id);
    expect(telecom.others).toEqual([]);
    expect([telecom.price.operators, paid(telecom)]).toEqual([3, ['*1-1 55000', '*2-1 60000', '电信 60000']]);
    expect(JSON.stringify(telecom)).not.toMatch(/移动|联通/);
  });

  test('the list is taken away as a workbook with what its person may see, and that is noted', async () => {
    await held('towerA', { resourceId: await openResource(opened.store, { id: 'a' }), operators: ['移动'] });
    const file = await people.planner.ask('GET', '/api/claims/export.xlsx?state=持有');
    expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect(
      await query(
        "select account_name, after->>'rows' as rows from audit_records where object = 'claim' and action = 'export' order by seq desc limit 1",
      ),
    ).toEqual([{ account_name: '某人 planner', rows: '1' }]);
    expect((await people.foreign.ask('GET', '/api/claims/counts')).json()).toEqual({ states: [], total: 0 });
  });
});

describe('the first page', () => {
  test('counts what waits for each, as the list behind it does', async () => {
    const shared = await openResource(opened.store, { id: 'shared', slots: 2 });
    await openResource(opened.store, { id: 'pole' });
    await held('towerA', { resourceId: shared, operators: ['移动'] });
    await people.towerB.act('/api/claims', { resourceId: shared, operators: ['联通'] });
    await people.telecom.act('/api/claims/requests', { resourceId: 'pole' });
    await query("update claims set until = clock_timestamp() + interval '3 days' where state = '持有'");
    const agendaOf = async (who: DeskPerson) => {
      const { agenda } = (await people[who].ask('GET', '/api/home')).json<{
        agenda: { desk: string; kind: string; section: string; count: number; path: string }[];
      }>();
      const mine = agenda.filter(({ desk }) => desk === 'claims');
      for (const { path, count } of mine) {
        const list = await people[who].ask('GET', `/api${path}`);
        expect([who, path, list.json<ClaimPageJson>().total]).toEqual([who, path, count]);
      }
      return mine.map(({ kind, section, count }) => `${section} ${kind} ${count}`).sort();
    };
    expect(await agendaOf('towerA')).toEqual(['due ending 1', 'waiting take 1']);
    expect(await agendaOf('towerB')).toEqual(['asked sharing 1', 'waiting take 1']);
    expect(await agendaOf('mobile')).toEqual(['waiting confirm 1']);
    expect(await agendaOf('telecom')).toEqual(['asked requested 1']);
    expect(await agendaOf('planner')).toEqual([]);
  });
});

test('the map beside the table shows each claim at its resource, as whoever asks sees that', async () => {
  const ids: string[] = [];
  for (let place = 0; place < 8; place += 1) {
    // two of them stand at one place
    const east = Math.floor(place / 2) * 0.00523;
    const resourceId = await openResource(opened.store, { id: `pole ${place}`, slots: 2, east });
    ids.push((await held(place % 3 === 0 ? 'towerB' : 'towerA', { resourceId, operators: ['移动'] })).id);
  }
  const foreignPole = await openResource(opened.store, { id: 'pole beyond', district: FOREIGN });
  await held('foreign', { resourceId: foreignPole, operators: ['移动'] });
  await people.towerA.act(`/api/claims/${ids[1]}/release`, { reason: '业主改建' });
  await letRunOut(ids[2]!);
  // gone from the map, its claim is not
  await query("update resources set state = '退出', geom = null where id = 'pole 7'");
  const desk: MapDesk<ClaimJson> = {
    path: '/api/claims',
    rows: 'claims',
    read: ({ id, resource, state }) => ({
      id,
      places: resource.position ? [resource.position] : [],
      state,
      label: resource.code,
    }),
  };
  const seen = await expectMapOfList(people.district, desk);
  expect([seen.length, seen.filter(({ places }) => places.length === 0).length]).toEqual([8, 1]);
  expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['持有', '已释放', '已到期']));
  expect(await expectMapOfList(people.towerA, desk, '&mine=true&state=持有')).toHaveLength(2);
  expect(await expectMapOfList(people.foreign, desk)).toHaveLength(1);
  const rough = await expectMapOfList(people.mobile, desk);
  expect(rough.flatMap(({ places }) => places).filter(([lon = 0]) => lon !== Number(lon.toFixed(3)))).toEqual(
    [],
  );
});
