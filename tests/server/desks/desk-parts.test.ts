// What all desks stand on, on every store: working days over holidays and weekends, timers that run once with two servers and after a
// standstill, acts that happen once however often they are sent, notices that reach only whom they are for.
import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { queryText } from '../../../client/api/fetch-reply.ts';
import { proposalQueryOf, readProposalsView } from '../../../client/screens/settings/proposals-query.ts';
import { buildApp } from '../../../server/app.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { NoticePageJson } from '../../../server/contract/notices.ts';
import type { RuleProposalJson, RuleProposalPageJson } from '../../../server/contract/rule-proposals.ts';
import type { RuleJson } from '../../../server/contract/rules.ts';
import { strictObject } from '../../../server/contract/shared.ts';
import { ProductError } from '../../../server/errors.ts';
import { keepDoing } from '../../../server/jobs/keep-doing.ts';
import { runTimers } from '../../../server/jobs/keep-timers.ts';
import { mayHearOf } from '../../../server/permission/may-hear-of.ts';
import { roles, scopeOf } from '../../../server/permission/permission-table.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../../../server/plugins/once-only.ts';
import { countUnread, loadNoticePage, markAllRead } from '../../../server/store/notices.ts';
import { saveAnswer, takeKey } from '../../../server/store/once-keys.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import { testConfig } from '../app-on-town.ts';
import { aBrowser, anAccount, type Browser, codeOf } from '../people/people-app.ts';
import {
  aPrincipal,
  context,
  FOREIGN,
  makeTwoDistricts,
  ORGANISATION,
  OWN,
  OWN_TOWN,
} from '../permission/two-districts.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

/** What timers and acts of these tests leave behind. */
const probeSql = `
  create table probes (id bigint generated always as identity, word text not null unique deferrable initially deferred);
  grant select, insert on probes to zhanzhi_app, zhanzhi_masked;
  create function due_probe(object_id text) returns void language sql as $$ insert into probes (word) values ($1) $$;
  create function due_probe_again(object_id text) returns void language plpgsql as $$ begin
    insert into probes (word) values ($1 || ' ' || clock_timestamp());
    perform schedule('probe', $1, 'probe_again', now() + interval '1 hour');
  end $$;
  create function due_probe_late_fault(object_id text) returns void language sql as $$
    insert into probes (word) values ('twice'), ('twice') $$;
  create function due_probe_slow(object_id text) returns void language sql as $$
    insert into probes (word) values ($1); select pg_sleep(0.05) $$;`;

for (const { store, databaseUrl, dataDir } of stores) {
  describe(`on the ${store.kind} store`, () => {
    let app: App;
    let tower: Browser;
    let fails = 0;
    const refusing = { ask: false };

    beforeAll(async () => {
      await makeTwoDistricts(store);
      await store.query(probeSql);
      ({ app } = await buildApp({ store, config: testConfig({ requestsPerMinute: 100_000 }) }));
      app.post(
        '/api/probes',
        {
          config: { access: 'signed-in' },
          schema: { headers: onceHeadersSchema, body: strictObject({ word: Type.String() }) },
        },
        async (request, reply) =>
          sendOnce(
            reply,
            await onceOnly(request, store, '', async (tx) => {
              const { word } = request.body;
              await tx.query('insert into probes (word) values ($1)', [word]);
              if (refusing.ask) throw new ProductError('RESOURCE_UNKNOWN', { id: word });
              if (fails > 0) {
                fails -= 1;
                throw new Error('the power went');
              }
              const { rows } = await tx.query<{ id: number }>('select max(id) as id from probes', []);
              return { status: 201, body: { id: rows[0]?.id, word } };
            }),
          ),
      );
      await app.ready();
      await anAccount(store, 'tower', 'tower', { territory: aPrincipal('tower').territory });
      tower = aBrowser({ app });
      await tower.signIn('tower');
    });
    afterAll(() => app.close());
    beforeEach(async () => {
      await store.query('delete from probes', []);
      await store.query('delete from timers', []);
    });

    const words = async (): Promise<string[]> =>
      (await store.query<{ word: string }>('select word from probes order by id', [])).rows.map(
        ({ word }) => word,
      );
    const schedule = (id: string, action: string, at: string) =>
      store.query("select schedule('probe', $1, $2, now() + $3::interval)", [id, action, at]);

    test.each([
      // Friday, Monday, over a weekend; the National Day week of 2026 with the Saturday after it worked instead
      ['2026-11-20T07:00:00Z', 1, '2026-11-23T15:59:59.000Z'],
      ['2026-11-21T07:00:00Z', 1, '2026-11-23T15:59:59.000Z'],
      ['2026-09-30T07:00:00Z', 1, '2026-10-08T15:59:59.000Z'],
      ['2026-09-30T07:00:00Z', 3, '2026-10-10T15:59:59.000Z'],
      ['2026-09-30T07:00:00Z', 4, '2026-10-12T15:59:59.000Z'],
      // seventeen in the evening here is the next day in China
      ['2026-11-19T17:00:00Z', 1, '2026-11-23T15:59:59.000Z'],
      ['2026-11-23T07:30:00Z', -1, '2026-11-20T07:30:00.000Z'],
      ['2026-11-23T07:30:00Z', 0, '2026-11-23T07:30:00.000Z'],
      // nobody has entered that year: Monday to Friday
      ['2031-09-30T07:00:00Z', 1, '2031-10-01T15:59:59.000Z'],
    ])('from %s, %i working days end at %s', async (from, days, until) => {
      const { rows } = await store.query(
        'select add_working_days($1, $2) as until, working_days_between($1, add_working_days($1, $2)) as back',
        [from, days],
      );
      expect(rows).toEqual([{ until, back: days }]);
    });

    test('a timer is set, moved and taken away; before its time nothing happens', async () => {
      await schedule('moved', 'probe', '-1 minute');
      await schedule('moved', 'probe', '1 hour');
      await schedule('gone', 'probe', '-1 minute');
      await store.query("select unschedule('probe', 'gone', 'probe')", []);
      expect(await runTimers(store, () => undefined)).toBe(0);
      expect(await words()).toEqual([]);
      await schedule('moved', 'probe', '-1 second');
      expect(await runTimers(store, () => undefined)).toBe(1);
      expect(await runTimers(store, () => undefined)).toBe(0);
      expect(await words()).toEqual(['moved']);
    });

    test('numbers of a district have neither gap nor twin, however many write at once and take back what they wrote', async () => {
      const write = (index: number) =>
        store.transaction(async (tx) => {
          await tx.query('insert into directories (id, district_code) values ($1, $2)', [
            `numbered ${index}`,
            '990001',
          ]);
          if (index % 2 === 0) throw new Error('taken back');
        });
      await Promise.allSettled(Array.from({ length: 24 }, (_, index) => write(index)));
      const { rows } = await store.query<{ number: string }>(
        "select number from directories where district_code = '990001' order by serial",
        [],
      );
      const { rows: next } = await store.query<{ year: number; serial: number; padded: string }>(
        `select y.year, n.serial, n.padded from year_in_china(now()) as y (year),
                lateral next_serial('directories', '990001', y.year, 4) as n`,
        [],
      );
      const { year, ...number } = next[0]!; // one row
      expect(rows.map((row) => row.number)).toEqual(
        Array.from({ length: 12 }, (_, index) => `990001-${year}-${String(index + 1).padStart(2, '0')}`),
      );
      expect(number).toEqual({ serial: 13, padded: '0013' });
      const first = await store.query<{ padded: string }>(
        "select (next_serial('cases', 'nowhere', 2026, 3)).padded",
        [],
      );
      expect(first.rows).toEqual([{ padded: '001' }]);
      await expect(
        store.query("select next_serial('accounts', 'nowhere', 2026, 3)", []),
      ).rejects.toMatchObject({ code: 'STORE_VALUE' });
    });

    test('after a standstill every timer runs once, the oldest first, with two servers at it', async () => {
      await store.query(
        `select schedule('probe', n::text, case when n % 5 = 0 then 'probe_slow' else 'probe' end, now() - make_interval(days => 40 - n))
           from generate_series(1, 40) as n`,
        [],
      );
      const other = databaseUrl === null ? store : await openStore({ databaseUrl, dataDir });
      const done = await Promise.all([
        runTimers(store, () => undefined),
        runTimers(other, () => undefined),
        runTimers(other, () => undefined),
      ]);
      if (other !== store) await other.close();
      expect(done.reduce((sum, one) => sum + one, 0)).toBe(40);
      const ran = (await words()).map(Number);
      expect([...ran].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      if (other === store) expect(ran).toEqual([...ran].sort((a, b) => a - b));
      expect((await store.query('select from timers', [])).rowCount).toBe(0);
    });

    test('a timer that fails, at once or only when it would be committed, is noted and tried later; the others run', async () => {
      await schedule('1', 'nothing_of_that_name', '-3 minutes');
      await schedule('2', 'probe_late_fault', '-2 minutes');
      await schedule('3', 'probe', '-1 minute');
      expect(await runTimers(store, () => undefined)).toBe(3);
      expect(await words()).toEqual(['3']);
      const { rows } = await store.query(
        `select object_id as id, tries, last_error is not null as noted,
                not_before between now() + interval '50 seconds' and now() + interval '70 seconds' as "inAMinute"
           from timers order by 1`,
        [],
      );
      const failed = { tries: 1, noted: true, inAMinute: true };
      expect(rows).toEqual([
        { id: '1', ...failed },
        { id: '2', ...failed },
      ]);
      await store.query("update timers set not_before = now() - interval '1 second'", []);
      await store.query(
        'create or replace function due_nothing_of_that_name(text) returns void language sql as $$ select due_probe($1) $$',
        [],
      );
      expect(await runTimers(store, () => undefined)).toBe(2);
      expect(await words()).toEqual(['3', '1']);
      const { rows: left } = await store.query('select object_id as id, tries from timers', []);
      expect(left).toEqual([{ id: '2', tries: 2 }]);
    });

    test('a timer that sets itself again stays for its next time', async () => {
      await schedule('7', 'probe_again', '-1 minute');
      expect(await runTimers(store, () => undefined)).toBe(1);
      const { rows } = await store.query(
        "select object_id as id, at > now() + interval '59 minutes' as later from timers",
        [],
      );
      expect(rows).toEqual([{ id: '7', later: true }]);
    });

    test('rule values are read by their names, with a fallback, and changed by the administrator within their range', async () => {
      const { rows } = await store.query(
        "select setting_number('claim.hold_working_days', 1) as known, setting_number('nothing.of_that_name', 7.5) as unknown",
        [],
      );
      expect(rows).toEqual([{ known: 15, unknown: 7.5 }]);
      const change = "update rule_values set value = 20 where name = 'claim.hold_working_days'";
      const admin = scopedStore(store, aPrincipal('admin'), context);
      const planner = scopedStore(store, aPrincipal('planner'), context);
      expect((await planner.query(change, [])).rowCount).toBe(0);
      expect((await admin.query(change, [])).rowCount).toBe(1);
      await expect(
        admin.query("update rule_values set value = 2.5 where name = 'claim.release_days'", []),
      ).rejects.toMatchObject({
        constraint: 'rule_values_whole',
      });
      await expect(
        admin.query("update rule_values set value = -1 where name = 'claim.release_days'", []),
      ).rejects.toMatchObject({
        constraint: 'rule_values_range',
      });
      await expect(
        planner.query("insert into calendar_days (day, works) values ('2027-01-01', false)", []),
      ).rejects.toMatchObject({
        code: 'STORE_DENIED',
      });
      const { rows: audited } = await store.query(
        "select before, after from audit_records where object = 'rule' order by seq desc limit 1",
        [],
      );
      expect(audited).toEqual([{ before: { value: 15 }, after: { value: 20 } }]);
      await store.query("update rule_values set value = 15 where name = 'claim.hold_working_days'", []);
    });

    describe('an act with a key', () => {
      const act = (key: string, word: string, who = tower) =>
        who.ask('POST', '/api/probes', { word }, { 'idempotency-key': key });

      test('is refused without one, or with one too short', async () => {
        const plain = await tower.ask('POST', '/api/probes', { word: 'a' });
        expect([plain.statusCode, codeOf(plain)]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
        expect(codeOf(await act('short', 'a'))).toBe('IDEMPOTENCY_KEY_MISSING');
        expect(await words()).toEqual([]);
      });

      test('answers a retry with the same status and body, and does nothing more', async () => {
        const first = await act('key of a retry', 'once');
        const second = await act('key of a retry', 'once');
        expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
        expect(second.json()).toEqual(first.json());
        expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([
          undefined,
          'true',
        ]);
        expect(await words()).toEqual(['once']);
      });

      test('sent forty times at once happens once', async () => {
        const replies = await Promise.all(Array.from({ length: 40 }, () => act('key of forty', 'forty')));
        expect(new Set(replies.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
        expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(
          1,
        );
        expect(await words()).toEqual(['forty']);
      });

      test('is taken by one of several servers, and the others see its answer', async () => {
        const person = scopedStore(store, aPrincipal('tower'), context);
        const asked = { key: 'key of servers', method: 'POST', path: '/', bodyDigest: '0'.repeat(64) };
        const seen = await Promise.all(
          Array.from({ length: 8 }, () =>
            person.transaction(async (tx) => {
              const known = await takeKey(tx, asked);
              if (known) return known.body;
              await tx.query('select pg_sleep(0.05)', []);
              await saveAnswer(tx, asked.key, { status: 201, body: 'told' });
              return 'did it';
            }),
          ),
        );
        expect(seen.sort()).toEqual(['did it', ...Array.from({ length: 7 }, () => 'told')]);
      });

      test('is another act with another body, and refused', async () => {
        await act('key of two', 'one');
        const other = await act('key of two', 'two');
        expect([other.statusCode, codeOf(other)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
        expect(await words()).toEqual(['one']);
      });

      test('that was refused is refused again in the same words, also when it would be allowed by now', async () => {
        refusing.ask = true;
        const first = await act('key of a refusal', 'refused');
        refusing.ask = false;
        const second = await act('key of a refusal', 'refused');
        expect([first.statusCode, codeOf(first)]).toEqual([404, 'RESOURCE_UNKNOWN']);
        expect([second.statusCode, second.body]).toEqual([first.statusCode, first.body]);
        expect(await words()).toEqual([]);
      });

      test('that broke down may be sent again', async () => {
        fails = 1;
        expect((await act('key of a breakdown', 'late')).statusCode).toBe(500);
        expect((await act('key of a breakdown', 'late')).statusCode).toBe(201);
        expect(await words()).toEqual(['late']);
      });

      test('is kept for a day, and for the person only', async () => {
        await anAccount(store, 'neighbour', 'tower', { territory: aPrincipal('tower').territory });
        const neighbour = aBrowser({ app }, '10.0.0.9');
        await neighbour.signIn('neighbour');
        await act('key of a day', 'mine');
        expect((await act('key of a day', 'theirs', neighbour)).statusCode).toBe(201);
        await store.query("update idempotency_keys set at = now() - interval '25 hours'", []);
        expect((await act('key of a day', 'mine again')).statusCode).toBe(201);
        expect(await words()).toEqual(['mine', 'theirs', 'mine again']);
        await store.query("update idempotency_keys set at = now() - interval '25 hours'", []);
        await store.query('select forget_old()', []);
        expect((await store.query('select from idempotency_keys', [])).rowCount).toBe(0);
      });
    });

    describe('proposals for rule values', () => {
      const RULE = 'claim.hold_working_days';
      const people = new Map<string, Browser>();
      const who = (role: string): Browser => people.get(role)!;
      const once = () => ({ 'idempotency-key': randomUUID() });
      const propose = (role: string, more: object = {}) =>
        who(role).ask(
          'POST',
          '/api/rule-proposals',
          { rule: RULE, wanted: 20, reason: '山区勘察要二十天', ...more },
          once(),
        );
      const move = (role: string, { id, version }: RuleProposalJson, to: string, more: object = {}) =>
        who(role).ask(
          'POST',
          `/api/rule-proposals/${id}/moves`,
          { to, ...more },
          {
            ...once(),
            'if-match': `"${version}"`,
          },
        );
      const list = async (role: string, query = ''): Promise<RuleProposalPageJson> =>
        (await who(role).ask('GET', `/api/rule-proposals${query}`)).json();
      const ruleNow = async () =>
        (await store.query<RuleJson>('select * from rule_values where name = $1', [RULE])).rows[0]!;
      const agenda = async (role: string) => {
        const { agenda: items } = (await who(role).ask('GET', '/api/home')).json<HomeJson>();
        const mine = items.filter(({ desk }) => desk === 'rules');
        // what a line leads to lists as many rows as it counts
        for (const { path, count } of mine) {
          const query = proposalQueryOf(readProposalsView(new URL(path, 'http://house').searchParams));
          expect((await list(role, queryText(query))).total).toBe(count);
        }
        return mine.map(({ kind, count }) => [kind, count]);
      };
      const notices = async (role: string) =>
        (await who(role).ask('GET', '/api/notices'))
          .json<NoticePageJson>()
          .notices.map(({ kind, facts }) => [kind, facts.rule, facts.wanted]);

      beforeAll(async () => {
        for (const role of roles) {
          await anAccount(store, `p-${role}`, role, { territory: aPrincipal(role).territory });
          const browser = aBrowser({ app }, `10.0.3.${people.size + 1}`);
          await browser.signIn(`p-${role}`);
          people.set(role, browser);
        }
      });
      beforeEach(async () => {
        await store.query('delete from rule_proposals');
        await store.query('delete from notices');
        await store.query("update rule_values set value = 15, source = 'D', note = '' where name = $1", [
          RULE,
        ]);
      });

      test('are made by the district and the city, seen by them and the administrator, and read by no owner', async () => {
        for (const role of roles) {
          const isOffice = role === 'district' || role === 'city';
          expect([role, (await propose(role)).statusCode]).toEqual([role, isOffice ? 201 : 403]);
        }
        for (const role of roles) {
          const reply = await who(role).ask('GET', '/api/rule-proposals');
          const sees = ['district', 'city', 'admin'].includes(role);
          const found = reply.json<RuleProposalPageJson>().total;
          expect([role, reply.statusCode, found]).toEqual(
            role === 'owner' ? [role, 403, undefined] : [role, 200, sees ? 2 : 0],
          );
          expect([role, (await who(role).ask('GET', '/api/rules')).statusCode]).toEqual([
            role,
            role === 'owner' ? 403 : 200,
          ]);
          expect((await who(role).ask('GET', '/api/calendar?year=2026')).statusCode).toBe(200);
        }
        expect(await agenda('admin')).toEqual([['decide', 2]]);
        expect(await agenda('district')).toEqual([['asked', 1]]);
        expect(await agenda('tower')).toEqual([]);
        expect(await notices('admin')).toEqual([
          ['rule-proposed', RULE, 20],
          ['rule-proposed', RULE, 20],
        ]);
      });

      test('an owner counts by the rules without reading them, in the database too', async () => {
        await store.query('update rule_values set value = 22 where name = $1', [RULE]);
        const owner = scopedStore(store, aPrincipal('owner'), context);
        const { rows } = await owner.query(
          'select setting_number($1, 1) as days, (select count(*) from rule_values) as seen',
          [RULE],
        );
        expect(rows).toEqual([{ days: 22, seen: 0 }]);
      });

      test('say what is wrong with them', async () => {
        expect(codeOf(await propose('district', { rule: 'no.such_rule' }))).toBe('RULE_UNKNOWN');
        expect(codeOf(await propose('district', { wanted: 2.5 }))).toBe('RULE_RANGE');
        expect(codeOf(await propose('district', { wanted: 9_999 }))).toBe('RULE_RANGE');
        expect(codeOf(await propose('district', { wanted: 15 }))).toBe('RULE_PROPOSAL_SAME');
        expect(codeOf(await propose('district', { effectiveOn: '2020-01-01' }))).toBe('RULE_PROPOSAL_DAY');
        expect(codeOf(await propose('district', { effectiveOn: '2099-02-30' }))).toBe('RULE_PROPOSAL_DAY');
        expect((await propose('district')).statusCode).toBe(201);
        expect(codeOf(await propose('district'))).toBe('RULE_PROPOSAL_TWICE');
        const key = once();
        const body = { rule: RULE, wanted: 30, reason: '一次' };
        const [first, second] = [
          await who('city').ask('POST', '/api/rule-proposals', body, key),
          await who('city').ask('POST', '/api/rule-proposals', body, key),
        ];
        expect(second.json()).toEqual(first.json());
        expect((await list('admin')).total).toBe(2);
      });

      test('what the administrator accepts is the rule from that moment, with its source, and nobody else may', async () => {
        const made = (await propose('district')).json<RuleProposalJson>();
        expect(made).toMatchObject({
          valueNow: 15,
          wanted: 20,
          current: 15,
          moved: false,
          state: '待定',
          mine: true,
        });
        for (const role of ['district', 'city'] as const)
          expect([role, codeOf(await move(role, made, '采纳'))]).toEqual([role, 'PERMISSION_DENIED']);
        expect((await move('planner', made, '采纳')).statusCode).toBe(404);
        expect(codeOf(await move('city', made, '撤回'))).toBe('PERMISSION_DENIED');
        expect(codeOf(await move('admin', made, '不采纳'))).toBe('RULE_PROPOSAL_REASON');
        const done = await move('admin', made, '采纳', { text: '同意' });
        expect([done.statusCode, done.json()]).toMatchObject([
          200,
          { state: '采纳', current: 20, appliedAt: expect.any(String) },
        ]);
        expect(await ruleNow()).toMatchObject({ value: 20, note: '同意' });
        expect((await ruleNow()).source).toContain('山区勘察要二十天');
        expect(codeOf(await move('admin', made, '不采纳', { text: '迟了' }))).toBe('RULE_PROPOSAL_STALE');
        expect(codeOf(await move('admin', done.json(), '不采纳', { text: '迟了' }))).toBe(
          'RULE_PROPOSAL_DECIDED',
        );
        expect(await notices('district')).toEqual([['rule-proposal-accepted', RULE, 20]]);
        expect(await agenda('district')).toEqual([['decided', 1]]);
        const { rows } = await store.query(
          "select object, action from audit_records where object in ('rule', 'rule-proposal') order by seq desc limit 2",
        );
        expect(rows.map(({ object }) => object).sort()).toEqual(['rule', 'rule-proposal']);
      });

      test('a rule that has moved is asked about again, at the proposal and at the moment of accepting', async () => {
        const made = (await propose('district')).json<RuleProposalJson>();
        await store.query('update rule_values set value = 18 where name = $1', [RULE]);
        const [seen] = (await list('admin')).proposals;
        expect(seen).toMatchObject({ valueNow: 15, current: 18, moved: true });
        expect(codeOf(await move('admin', made, '采纳'))).toBe('RULE_PROPOSAL_MOVED');
        expect(codeOf(await move('admin', made, '采纳', { current: 15 }))).toBe('RULE_PROPOSAL_MOVED');
        await store.query('update rule_values set value = 19 where name = $1', [RULE]);
        expect(codeOf(await move('admin', made, '采纳', { current: 18 }))).toBe('RULE_PROPOSAL_MOVED');
        expect((await ruleNow()).value).toBe(19);
        expect((await move('admin', made, '采纳', { current: 19 })).statusCode).toBe(200);
        expect((await ruleNow()).value).toBe(20);
      });

      test('one with a day waits for it, and asks again when the rule has moved by then', async () => {
        const made = (await propose('city', { effectiveOn: '2099-01-01' })).json<RuleProposalJson>();
        const accepted = (await move('admin', made, '采纳')).json<RuleProposalJson>();
        expect([accepted, (await ruleNow()).value]).toMatchObject([{ state: '采纳', appliedAt: null }, 15]);
        const comesDue = async () => {
          await store.query("update timers set not_before = now() - interval '1 second'");
          expect(await runTimers(store, () => undefined)).toBe(1);
        };
        await comesDue();
        expect((await ruleNow()).value).toBe(20);
        expect((await list('city')).proposals[0]).toMatchObject({
          state: '采纳',
          appliedAt: expect.any(String),
        });

        const next = (
          await propose('city', { wanted: 25, effectiveOn: '2099-01-01' })
        ).json<RuleProposalJson>();
        await move('admin', next, '采纳');
        await store.query('update rule_values set value = 21 where name = $1', [RULE]);
        await comesDue();
        expect((await ruleNow()).value).toBe(21);
        const again = (await list('admin', '?state=待定')).proposals[0]!;
        expect(again).toMatchObject({ id: next.id, moved: true, decidedAt: null });
        expect((await notices('admin'))[0]).toEqual(['rule-proposal-moved', RULE, 25]);
        const refused = await move('admin', again, '不采纳', { text: '已另行调整' });
        expect(refused.json()).toMatchObject({ state: '不采纳', decisionText: '已另行调整' });
      });

      test('is taken back by whoever made it, and then by nobody decided', async () => {
        const made = (await propose('district')).json<RuleProposalJson>();
        const back = await move('district', made, '撤回');
        expect(back.json()).toMatchObject({ state: '撤回' });
        expect(codeOf(await move('admin', back.json(), '采纳'))).toBe('RULE_PROPOSAL_DECIDED');
        expect((await propose('district')).statusCode).toBe(201);
      });

      test('SQL of a request decides nothing, names nobody else and removes nothing', async () => {
        const made = (await propose('district')).json<RuleProposalJson>();
        const district = scopedStore(store, aPrincipal('district'), context);
        const admin = scopedStore(store, aPrincipal('admin'), context);
        for (const [person, sql] of [
          [district, `update rule_proposals set state = '采纳' where id = '${made.id}' returning 1`],
          [admin, `update rule_proposals set wanted = 99 where id = '${made.id}'`],
          [admin, 'delete from rule_proposals'],
          [
            admin,
            "insert into rule_proposals (id, rule, wanted, reason) values ('x', 'claim.release_days', 61, 'x')",
          ],
          [
            district,
            "insert into rule_proposals (id, rule, wanted, reason, state) values ('x', 'claim.release_days', 61, 'x', '采纳')",
          ],
          [district, `select apply_rule_proposal(p) from rule_proposals p`],
          [district, `select due_rule_proposal('${made.id}')`],
        ] as const) {
          const written = await person.query(sql, []).then(
            ({ rowCount }) => rowCount,
            ({ code }) => code,
          );
          // a row of somebody else is not even found
          expect([sql, [0, 'STORE_DENIED'].includes(written)]).toEqual([sql, true]);
        }
        expect((await ruleNow()).value).toBe(15);
      });
    });

    describe('notices', () => {
      const tell = (kind: string, to: readonly (string | null)[], noun = 'claim') =>
        store.query("select tell($1, $2, 'x', $3::jsonb, $4, $5, $6, $7, $8)", [
          kind,
          noun,
          { days: 3 },
          ...to,
        ]);
      const nobodysDoor = async (role: 'tower' | 'town' | 'district' | 'operator', changes: object = {}) => {
        const person = aPrincipal(role, changes);
        const id = await anAccount(
          store,
          `${role} ${Math.random()}`.toLowerCase().replaceAll(' ', '-'),
          role,
          person,
        );
        return { ...person, accountId: id };
      };
      const kindsOf = async (person: Parameters<typeof scopedStore>[1]): Promise<string[]> =>
        (await loadNoticePage(scopedStore(store, person, context), {})).notices
          .map(({ kind }) => kind)
          .sort();

      test('reach the account, the role within its place, or the organisation, and nobody else', async () => {
        await store.query('delete from notices', []);
        const far = { everywhere: false, districtCodes: [FOREIGN], townCodes: [] };
        const own = await nobodysDoor('tower', { organisation: ORGANISATION });
        const foreign = await nobodysDoor('tower', { territory: far, organisation: '乙单位' });
        const town = await nobodysDoor('town', { organisation: '街道办' });
        const operator = await nobodysDoor('operator', { organisation: '移动' });
        await tell('to-account', [own.accountId, null, null, null, null]);
        await tell('to-towers', [null, 'tower', null, null, null]);
        await tell('to-towers-here', [null, 'tower', OWN, null, null]);
        await tell('to-town', [null, 'town', null, OWN_TOWN, null]);
        await tell('to-towns-of-district', [null, 'town', OWN, null, null]);
        await tell('to-other-town', [null, 'town', OWN, '310901002', null]);
        await tell('to-unit', [null, null, null, null, ORGANISATION]);
        await tell('to-operator', [null, 'operator', null, null, '移动']);
        expect(await kindsOf(own)).toEqual(['to-account', 'to-towers', 'to-towers-here', 'to-unit']);
        expect(await kindsOf(foreign)).toEqual(['to-towers']);
        expect(await kindsOf(town)).toEqual(['to-town', 'to-towns-of-district']);
        expect(await kindsOf(operator)).toEqual(['to-operator']);
        const mine = scopedStore(store, operator, context);
        await markAllRead(mine, '999999999');
        expect(await countUnread(mine)).toBe(0);
        expect(await countUnread(scopedStore(store, town, context))).toBe(2);
        // told before there was the account
        await store.query("update notices set at = at - interval '1 day'", []);
        expect(await kindsOf(own)).toEqual([]);
      });

      test('are read one by one or all, by each for themselves, and a token hears of what it may read', async () => {
        await store.query('delete from notices', []);
        await anAccount(store, 'second', 'tower', { territory: aPrincipal('tower').territory });
        const second = aBrowser({ app }, '10.0.0.10');
        await second.signIn('second');
        for (const kind of ['first', 'second', 'third']) await tell(kind, [null, 'tower', null, null, null]);
        await tell('a-case', [null, 'tower', null, null, null], 'case');
        const page = async (who: Browser, query = '') =>
          (await who.ask('GET', `/api/notices${query}`)).json<NoticePageJson>();
        const { notices, unread } = await page(tower);
        expect([notices.map(({ kind }) => kind), unread]).toEqual([
          ['a-case', 'third', 'second', 'first'],
          4,
        ]);
        expect(notices[0]).toMatchObject({ noun: 'case', objectId: 'x', facts: { days: 3 }, readAt: null });
        expect((await tower.ask('POST', `/api/notices/${notices[3]?.id}/read`)).statusCode).toBe(204);
        expect((await tower.ask('POST', '/api/notices/999999/read')).statusCode).toBe(404);
        expect((await page(tower, '?unread=true')).total).toBe(3);
        const all = await tower.ask('POST', '/api/notices/read', { upTo: notices[1]?.id });
        expect(all.json()).toEqual({ unread: 1 });
        expect((await page(second)).unread).toBe(4);
        const token = await tower.ask(
          'POST',
          '/api/tokens',
          { name: 'reader', scope: ['case:read'], days: 1 },
          { 'idempotency-key': randomUUID() },
        );
        const heard = await app.inject({
          url: '/api/notices',
          headers: { host: '127.0.0.1', authorization: `Bearer ${token.json<{ value: string }>().value}` },
        });
        expect(heard.json<NoticePageJson>().notices.map(({ kind }) => kind)).toEqual(['a-case']);
      });

      test('carry no places: such keys are refused, and numbers lose what is beyond three decimals', async () => {
        await expect(
          store.query(`select tell('a', 'claim', 'x', '{"lon": 121}', null, 'tower')`, []),
        ).rejects.toMatchObject({
          code: 'STORE_CONSTRAINT',
        });
        await store.query(`select tell('a', 'claim', 'x', '{"name": "杆 121.123456"}', null, 'tower')`, []);
        const { rows } = await store.query<{ facts: unknown }>(
          'select facts from notices order by id desc limit 1',
          [],
        );
        expect(rows[0]?.facts).toEqual({ name: '杆 121.123' });
      });
    });

    test('SQL of a request can neither run timers nor read webhooks, keys of others or notices of others', async () => {
      const person: Store = scopedStore(store, aPrincipal('admin'), context);
      for (const sql of [
        'select run_due(1)',
        'select forget_old()',
        "select put_off_first_due('x')",
        'select * from timers',
        'select secret from webhooks',
        'select * from webhook_deliveries',
        "update rule_values set highest = 1e9 where name = 'claim.release_days'",
        "insert into notices (kind, noun, object_id, facts, to_role) values ('a', 'b', 'c', '{}', 'admin')",
        'delete from notices',
      ])
        await expect(person.query(sql, []), sql).rejects.toMatchObject({ code: 'STORE_DENIED' });
      expect((await person.query('select from idempotency_keys', [])).rowCount).toBe(0);
    });
  });
}

test('a part of a thing is heard of by whoever may read the thing', () => {
  const heard = (role: 'owner' | 'operator' | 'admin' | 'tower', object: string) =>
    mayHearOf({ role, tokenScope: null }, object);
  expect([heard('operator', 'batch-row'), heard('owner', 'batch-row')]).toEqual([true, false]);
  expect([heard('admin', 'webhook'), heard('operator', 'webhook')]).toEqual([true, false]);
  expect([heard('operator', 'resource-contact'), heard('owner', 'resource-contact')]).toEqual([false, true]);
  expect([heard('tower', 'survey'), heard('owner', 'photo')]).toEqual([true, false]);
  expect([heard('owner', 'rule'), heard('tower', 'rule-proposal')]).toEqual([false, true]);
  expect([heard('owner', 'calendar'), heard('owner', 'token')]).toEqual([true, false]);
  expect(mayHearOf({ role: 'admin', tokenScope: ['plan:read'] }, 'claim')).toBe(false);
  expect([scopeOf('claim:read', 'owner'), scopeOf('claim:read', 'operator')]).toEqual([undefined, 'own']);
});

test('what a service keeps doing goes on after a fault, never runs twice at once, and is waited for at the end', async () => {
  vi.useFakeTimers();
  try {
    let running = 0;
    let most = 0;
    let begun = 0;
    const told: string[] = [];
    const kept = keepDoing(
      1_000,
      async () => {
        running += 1;
        begun += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        running -= 1;
        if (begun === 1) throw new Error('once');
      },
      (why) => told.push(why),
    );
    await vi.advanceTimersByTimeAsync(9_000);
    expect([begun, most, told]).toEqual([3, 1, ['once']]);
    let isOver = false;
    const end = kept.end().then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(100);
    expect([running, isOver]).toEqual([1, false]);
    await vi.advanceTimersByTimeAsync(60_000);
    await end;
    expect([begun, running, isOver]).toEqual([3, 0, true]);
  } finally {
    vi.useRealTimers();
  }
});
