// Promise 1 of the reliability reference in its short form: hundreds of claims at once, each heard to its end and none turned away; retries
// of them; and random histories of claims, extensions, releases and ends that must have happened one after the other in some order. On
// both stores; two services on a real PostgreSQL. The long form, with its times, is `npm run bench -- --only desks`.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf } from '../../../scripts/bench/cookie-of.ts';
import type { ClaimJson, ClaimLostJson, ClaimMadeJson } from '../../../server/contract/claims.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { type Store, StoreError } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import { openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context } from '../permission/two-districts.ts';
import { clearDesk, OWN, openDesk, openResource, stateOf } from './a-claim-desk.ts';
import { isSerial, type Step } from './is-serial.ts';

const COMPANIES = 10;
/** The embedded store has one session: fewer there, so that the rush ends before its callers are turned away. */
const PLACES = { native: 100, embedded: 30 } as const;

const stores = await openTestStores({ deadlineMs: 60_000 });
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

async function post(
  app: PeopleApp,
  cookie: string,
  url: string,
  body: object,
  key: string,
  version?: number,
): Promise<Reply> {
  const reply = await app.app.inject({
    method: 'POST',
    url,
    headers: {
      host: '127.0.0.1',
      cookie,
      'idempotency-key': key,
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    payload: body,
  });
  return { status: reply.statusCode, body: reply.json<unknown>() };
}

/** The same store, whose first transactions end as one that met another on its way. */
function inTheWay(store: Store, times: number): Store {
  let left = times;
  return {
    kind: store.kind,
    query: (sql, values, options) => store.query(sql, values, options),
    transaction: (work, options) =>
      store.transaction(async (tx) => {
        const result = await work(tx);
        left -= 1;
        if (left >= 0) throw new StoreError('STORE_RETRY', 'deadlock detected', '40P01');
        return result;
      }, options),
    health: () => store.health(),
    close: () => Promise.resolve(),
  };
}

/** Null, or what stood in the way: the rule of the database, else the code of the store. */
async function tryNow(store: Store, sql: string, values: readonly unknown[] = []): Promise<string | null> {
  try {
    await store.query(sql, values);
    return null;
  } catch (error) {
    if (error instanceof StoreError) return error.constraint ?? error.code;
    throw error;
  }
}

/** A sequence of its own, so that a failure comes back. */
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const shuffled = <T>(items: readonly T[], draw: (below: number) => number): T[] =>
  items
    .map((item) => ({ item, at: draw(1e9) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

test('the checker of histories finds one that cannot have been', () => {
  const step = (what: Step['what'], claim: string, done: boolean, from: number, to: number): Step => ({
    what,
    claim,
    done,
    from,
    to,
  });
  const taken = step('claim', 'a', true, 1, 2);
  expect(isSerial([taken, step('claim', 'b', false, 3, 4)])).toBe(true);
  expect(isSerial([taken, step('claim', 'b', true, 3, 4)])).toBe(false);
  // overlapping calls may have gone either way
  expect(isSerial([taken, step('release', 'a', true, 3, 6), step('claim', 'b', true, 4, 5)])).toBe(true);
  expect(isSerial([taken, step('release', 'a', true, 5, 6), step('claim', 'b', true, 3, 4)])).toBe(false);
  expect(isSerial([taken, step('extend', 'a', true, 3, 4), step('extend', 'a', true, 5, 6)])).toBe(false);
  expect(isSerial([taken, step('end', 'a', true, 3, 4), step('extend', 'a', true, 5, 6)])).toBe(false);
});

for (const { store, databaseUrl } of stores) {
  describe(`claims on the ${store.kind} store`, () => {
    const apps: PeopleApp[] = [];
    const others: Store[] = [];
    let cookies: string[];

    beforeAll(async () => {
      await openDesk(store);
      const config = { requestsPerMinute: 1_000_000 };
      apps.push(await openPeopleApp(store, config));
      if (databaseUrl !== null) {
        const second = await openStore({
          databaseUrl,
          dataDir: '',
          report: () => undefined,
          deadlineMs: 60_000,
        });
        others.push(second);
        apps.push(await openPeopleApp(second, config));
      }
      const territory = { everywhere: false, districtCodes: [OWN], townCodes: [] };
      cookies = [];
      for (let index = 0; index < COMPANIES; index += 1)
        cookies.push(await cookieOf(store, 'tower', { organisation: `铁塔 ${index}`, territory }));
    });
    afterAll(async () => {
      for (const app of apps) await app.app.close();
      for (const other of others) await other.close();
    });

    test('ten for each place at the same instant: one of them holds, nine are told why, nobody is turned away, none twice', async () => {
      await clearDesk(store);
      const places = PLACES[store.kind];
      const ids = Array.from({ length: places }, (_, index) => `杆 ${String(index).padStart(3, '0')}`);
      for (const id of ids) await openResource(store, { id });
      const draw = draws(20261121);
      const asked = shuffled(
        Array.from({ length: COMPANIES * places }, (_, index) => ({
          company: index % COMPANIES,
          resourceId: ids[Math.floor(index / COMPANIES)]!,
          key: randomUUID(),
        })),
        draw,
      );
      const ask = ({ company, resourceId, key }: (typeof asked)[number], again = 0) =>
        post(
          apps[(company + again) % apps.length]!,
          cookies[company]!,
          '/api/claims',
          { resourceId, operators: [`运营商 ${company}`] },
          key,
        );
      const replies = await Promise.all(asked.map((one) => ask(one)));

      const won = replies.filter(({ status }) => status === 201);
      const lost = replies.filter(({ status }) => status === 409);
      const all = COMPANIES * places;
      expect([won.length, lost.length, replies.length]).toEqual([places, all - places, all]);
      expect(won.every(({ body }) => (body as ClaimMadeJson).outcome === 'held')).toBe(true);
      for (const { body } of lost) {
        const { code, claim } = body as ClaimLostJson;
        expect([code, claim?.state, claim?.explanation?.rule]).toEqual([
          'CLAIM_REFUSED',
          '未获',
          'CLAIM-SLOTS',
        ]);
        expect(claim?.explanation?.zh).toMatch(/共 1 个，剩余 0 个，需要 1 个；现由铁塔 \d占用/);
      }
      const { rows: counted } = await store.query(
        `select count(*) filter (where state = '持有') as held, count(distinct resource_id) filter (where state = '持有') as places,
                count(*) filter (where state = '未获') as lost from claims`,
      );
      expect(counted).toEqual([{ held: places, places, lost: all - places }]);
      const { rows: states } = await store.query('select state, count(*) as count from resources group by 1');
      expect(states).toEqual([{ state: '已锁定', count: places }]);

      // every fifth is asked again, elsewhere: the same act, word for word
      const again = asked
        .map((one, index) => ({ one, first: replies[index]! }))
        .filter((_, index) => index % 5 === 0);
      for (const { one, first } of again) expect(await ask(one, 1)).toEqual(first);
      const { rows: after } = await store.query('select count(*) as count from claims');
      expect(after).toEqual([{ count: all }]);
    }, 240_000);

    test('histories of claims, extensions, releases and ends have a serial order at every resource', async () => {
      await clearDesk(store);
      const ids = ['甲', '乙', '丙', '丁'];
      for (const id of ids) await openResource(store, { id });
      const histories = new Map<string, Step[]>(ids.map((id) => [id, []]));
      const lastClaim = new Map<string, { id: string; company: number }>();
      let clock = 0;
      const tick = (): number => {
        clock += 1;
        return clock;
      };

      const oneStep = async (client: number, draw: (below: number) => number): Promise<void> => {
        const resourceId = ids[draw(ids.length)]!;
        const last = lastClaim.get(resourceId);
        const what = draw(10);
        const app = apps[client % apps.length]!;
        const from = tick();
        const note = (step: Omit<Step, 'from' | 'to'>) =>
          histories.get(resourceId)!.push({ ...step, from, to: tick() });
        if (what < 5 || !last) {
          const company = client % COMPANIES;
          const { status, body } = await post(
            app,
            cookies[company]!,
            '/api/claims',
            { resourceId, operators: [`运营商 ${client}`] },
            randomUUID(),
          );
          expect([201, 409]).toContain(status);
          const { id } = (body as { claim: ClaimJson }).claim;
          if (status === 201) lastClaim.set(resourceId, { id, company });
          note({ what: 'claim', claim: id, done: status === 201 });
        } else if (what < 9) {
          const act = what < 7 ? 'extend' : 'release';
          const url = `/api/claims/${last.id}/${act}`;
          // whoever comes late looks again, as a person does
          let reply: Reply;
          do {
            const { rows } = await store.query<{ version: number }>(
              'select version from claims where id = $1',
              [last.id],
            );
            reply = await post(
              app,
              cookies[last.company]!,
              url,
              { reason: '测试' },
              randomUUID(),
              rows[0]!.version,
            );
          } while (reply.status === 412);
          const { status, body } = reply;
          if (status !== 200)
            expect([status, (body as { code: string }).code]).toEqual([
              409,
              expect.stringMatching(/^CLAIM_(STATE|EXTENDED)$/),
            ]);
          note({ what: act, claim: last.id, done: status === 200 });
        } else {
          // its last day has come
          const done = await store.transaction(async (tx) => {
            await tx.query('select resource_id from claim_grounds($1::text[])', [[resourceId]]);
            const { rowCount } = await tx.query(
              "update claims set until = clock_timestamp() where id = $1 and state = '持有' and until > clock_timestamp()",
              [last.id],
            );
            return rowCount === 1;
          });
          note({ what: 'end', claim: last.id, done });
          await store.query('select run_due(10)');
        }
      };
      await Promise.all(
        Array.from({ length: 8 }, async (_, client) => {
          const draw = draws(7919 * (client + 1));
          for (let step = 0; step < 25; step += 1) await oneStep(client, draw);
        }),
      );

      const told = [...histories.values()].flat();
      for (const what of ['claim', 'extend', 'release', 'end'] as const)
        for (const done of [true, false])
          if (what !== 'end')
            expect([what, done, told.some((step) => step.what === what && step.done === done)]).toEqual([
              what,
              done,
              true,
            ]);
      expect(told.filter(({ what, done }) => what === 'end' && done).length).toBeGreaterThan(0);
      for (const [id, steps] of histories) expect([id, isSerial(steps)]).toEqual([id, true]);
    }, 240_000);

    test('the database gives nothing away, whatever SQL a person brings', async () => {
      await clearDesk(store);
      await openResource(store, { id: 'one' });
      await openResource(store, { id: 'two', slots: 2 });
      const organisation = '甲铁塔';
      const tower = scopedStore(store, aPrincipal('tower', { organisation }), { ...context, reason: '测试' });
      const rival = scopedStore(store, aPrincipal('tower', { organisation: '乙铁塔' }), {
        ...context,
        reason: '测试',
      });
      const operator = scopedStore(store, aPrincipal('operator', { organisation: '移动' }), context);
      const add = (who: Store, id: string, resource: string, company: string, name: string, more = '') =>
        tryNow(
          who,
          `insert into claims (id, state, resource_id, company, for_operators, slots${more && ', until, held_at'})
           values ($1, '持有', $2, $3, array[$4], 1${more})`,
          [id, resource, company, name],
        );
      expect(
        await add(
          tower,
          'a',
          'one',
          organisation,
          '移动',
          ", now() + interval '9 years', now() - interval '1 day'",
        ),
      ).toBe(null);
      const { rows } = await store.query(
        "select working_days_between(now(), until) as days from claims where id = 'a'",
      );
      expect(rows).toEqual([{ days: 15 }]);
      // no place, somebody else's name, no right, no word of the operators
      expect(await add(rival, 'b', 'one', '乙铁塔', '联通')).toBe('claims_slots');
      expect(await add(rival, 'c', 'two', organisation, '联通')).toBe('STORE_DENIED');
      expect(await add(operator, 'd', 'two', '移动', '移动')).toBe('STORE_DENIED');
      expect(await add(tower, 'e', 'two', organisation, '移动')).toBe(null);
      expect(await add(rival, 'f', 'two', '乙铁塔', '联通')).toBe('claims_shared');
      // not the clock, not another's claim, not a state of one's own making, no second extension
      expect(await tryNow(tower, "update claims set until = until + interval '1 day'")).toBe('STORE_DENIED');
      expect(await tryNow(tower, "update claims set state = '已撤回' where id = 'a'")).toBe('state_move');
      expect(await tryNow(tower, "update claims set extensions = 2 where id = 'a'")).toBe(
        'claims_extensions',
      );
      expect(await tryNow(tower, 'delete from claims')).toBe('STORE_DENIED');
      const touched = await rival.query("update claims set state = '已释放'", []);
      const denied = await operator.query("update claims set state = '已释放'", []);
      expect([touched.rowCount, denied.rowCount]).toEqual([0, 0]);
      expect(await tryNow(tower, "update resources set state = '已开放' where id = 'one'")).toBe(null);
      expect(await stateOf(store, 'one')).toBe('已锁定');
      expect(
        await tryNow(
          scopedStore(store, aPrincipal('tower', { organisation }), context),
          "update claims set state = '已释放' where id = 'a'",
        ),
      ).toBe('state_reason');
    });

    test('who lost to a hold that has ended since holds, although its timer has not run', async () => {
      await clearDesk(store);
      const resourceId = await openResource(store, { id: 'one' });
      const ask = (company: number) =>
        post(
          apps[company % apps.length]!,
          cookies[company]!,
          '/api/claims',
          { resourceId, operators: [`运营商 ${company}`] },
          randomUUID(),
        );
      expect([(await ask(0)).status, (await ask(1)).status]).toEqual([201, 409]);
      await store.query("update claims set until = clock_timestamp() where state = '持有'");
      expect((await ask(1)).status).toBe(201);
      const { rows } = await store.query('select state from claims order by submitted_at', []);
      expect(rows).toEqual(['已到期', '未获', '持有'].map((state) => ({ state })));
    });

    if (databaseUrl !== null)
      test('what is lost while its resource goes to another town goes with it', async () => {
        await clearDesk(store);
        await openResource(store, { id: 'one' });
        let written = (): void => undefined;
        let letGo = (): void => undefined;
        const isWritten = new Promise<void>((resolve) => {
          written = resolve;
        });
        const mayEnd = new Promise<void>((resolve) => {
          letGo = resolve;
        });
        const lost = store.transaction(async (tx) => {
          await tx.query(
            `insert into claims (id, state, resource_id, company, for_operators, slots, rule)
             values ('late', '未获', 'one', '乙铁塔', array['移动'], 1, 'CLAIM-SLOTS')`,
            [],
          );
          written();
          await mayEnd;
        });
        await isWritten;
        // a claim does not wait for it, a town does
        expect(await tryNow(store, "select resource_id from claim_grounds(array['one'])")).toBe(null);
        let isMoved = false;
        const moved = store.query("update resources set town_code = '新镇' where id = 'one'", []).then(() => {
          isMoved = true;
        });
        await setTimeout(300);
        expect(isMoved).toBe(false);
        letGo();
        await Promise.all([lost, moved]);
        const { rows } = await store.query('select town_code from claims', []);
        expect(rows).toEqual([{ town_code: '新镇' }]);
      });

    test('a demand two companies claim for at two resources at the same instant is held at one of them', async () => {
      await clearDesk(store);
      const ids = [await openResource(store, { id: 'three' }), await openResource(store, { id: 'four' })];
      await store.query(
        `insert into demands (id, code, operator, geom, original_lon, original_lat, datum, district_code, search_radius_m)
         values ('wanted', 'wanted', '移动', ST_SetSRID(ST_MakePoint(121.03, 31.051), 4490), 121.03, 31.051, 'CGCS2000', $1, 500)`,
        [OWN],
      );
      const principal = aPrincipal('tower', { organisation: '甲铁塔' });
      let isMade = false;
      const first = scopedStore(store, principal, context).transaction(async (tx) => {
        await tx.query(
          `insert into claims (id, state, resource_id, company, for_operators, demand_ids, slots)
           values ('first', '持有', $1, '甲铁塔', array['移动'], '{wanted}', 1)`,
          [ids[0]],
        );
        isMade = true;
        // the other comes far enough to find the demand as it was
        await setTimeout(1_500);
      });
      while (!isMade) await setTimeout(5);
      const wanted = { resourceId: ids[1], demandIds: ['wanted'] };
      const second = post(apps[0]!, cookies[0]!, '/api/claims', wanted, randomUUID());
      await first;
      const { status, body } = await second;
      expect([status, (body as { code: string }).code]).toEqual([
        409,
        databaseUrl === null ? 'CLAIM_DEMAND_STATE' : 'CLAIM_DEMAND_TAKEN',
      ]);
      const { rows } = await store.query("select id from claims where demand_ids @> '{wanted}'", []);
      expect(rows).toEqual([{ id: 'first' }]);
    });

    test('a claim the database stopped for another is made at the fourth try at the latest, once', async () => {
      await clearDesk(store);
      const ids = [await openResource(store, { id: 'three' }), await openResource(store, { id: 'four' })];
      const answers: (readonly [number, unknown])[] = [];
      for (const [index, times] of [3, 4].entries()) {
        const { app } = await openPeopleApp(inTheWay(store, times), { requestsPerMinute: 1_000_000 });
        const reply = await app.inject({
          method: 'POST',
          url: '/api/claims',
          headers: { host: '127.0.0.1', cookie: cookies[0]!, 'idempotency-key': randomUUID() },
          payload: { resourceId: ids[index], operators: ['移动'] },
        });
        answers.push([reply.statusCode, reply.headers['retry-after']]);
        await app.close();
      }
      expect(answers).toEqual([
        [201, undefined],
        [503, '5'],
      ]);
      const { rows } = await store.query(
        'select (select count(*) from claims) as claims, (select count(*) from idempotency_keys) as keys',
      );
      expect(rows).toEqual([{ claims: 1, keys: 1 }]);
    });

    test('two claims that fit only one after the other are decided by whoever the database let in first', async () => {
      await clearDesk(store);
      await openResource(store, { id: 'two', slots: 3, loadKg: 100 });
      const ask = (company: number, slots: number) =>
        post(
          apps[company % apps.length]!,
          cookies[company]!,
          '/api/claims',
          { resourceId: 'two', operators: [`运营商 ${company}`], slots, loadKg: 60 },
          randomUUID(),
        );
      const replies = await Promise.all([ask(0, 1), ask(1, 1), ask(2, 3)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const rules = replies.flatMap(({ body }) => (body as ClaimLostJson).claim?.explanation?.rule ?? []);
      expect(rules.every((rule) => rule === 'CLAIM-LOAD' || rule === 'CLAIM-SLOTS')).toBe(true);
    });
  });
}
