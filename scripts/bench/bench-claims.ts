// A thousand claims at the same instant on a hundred places: who holds, who is told why, nobody twice, and how long each waited for its
// answer. Then claims one after the other. The service and its store are the real ones; only the network is left out.
import { randomUUID } from 'node:crypto';
import type { App } from '../../server/plugins/app-types.ts';
import type { Store } from '../../server/store/store.ts';
import type { DeskBench } from './bench-desks.ts';
import type { BenchRow } from './bench-row.ts';
import { cookieOf } from './cookie-of.ts';
import { processorSeconds } from './processor-time.ts';
import { quantile } from './quantile.ts';

const COMPANIES = 10;
const PLACES = 100;
const CLAIMS = COMPANIES * PLACES;
const ALONE = 100;
/** Promise 1 of the reliability reference, one round. */
const CROWD = 200;
const CROWD_PLACES = { full: 50, short: 5 } as const;
const P99_TARGET_MS = { native: 500, embedded: 2_000 } as const;

interface Asked {
  readonly resourceId: string;
  readonly cookie: string;
  readonly operator: string;
}
interface Heard {
  readonly status: number;
  readonly rule: string | null;
  readonly ms: number;
}

/** What it adds to the store stays there. */
export async function benchClaims({ name, store, app, short }: DeskBench): Promise<BenchRow[]> {
  const cookies: string[] = [];
  for (let index = 0; index < CROWD; index += 1)
    cookies.push(await cookieOf(store, 'tower', { organisation: `铁塔 ${index}` }));
  return [
    await race(name, store, app, cookies.slice(0, COMPANIES)),
    await crowd(name, store, app, cookies, short ? CROWD_PLACES.short : CROWD_PLACES.full),
    ...(await oneByOne(name, store, app, cookies)),
  ];
}

/** Each of two hundred asks for every place, one after the other in an order of its own. */
async function crowd(
  name: string,
  store: Store,
  app: App,
  cookies: readonly string[],
  places: number,
): Promise<BenchRow> {
  const ids = await makePlaces(store, 'crowd', places);
  const work = await processorSeconds(store);
  const from = performance.now();
  const rounds = await Promise.all(
    cookies.map(async (cookie, index) => {
      const heard: Heard[] = [];
      for (let step = 0; step < places; step += 1) {
        const resourceId = ids[(step + index * 7) % places]!; // within the list
        heard.push(await claim(app, { resourceId, cookie, operator: `运营商 ${index}` }));
      }
      return heard;
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  const spent = (await processorSeconds(store)) - work;
  const heard = rounds.flat();
  const times = heard.map(({ ms }) => ms);
  const count = (status: number) => heard.filter((one) => one.status === status).length;
  const odd = heard.length - count(201) - count(409);
  return {
    step: `${CROWD} claimants on ${places} places ${name}`,
    seconds,
    figure: {
      value: wholeMs(times, 0.99),
      unit: 'ms p99',
      target: store.kind === 'native' ? P99_TARGET_MS.native : P99_TARGET_MS.embedded,
      better: 'less',
    },
    note:
      `${count(201)} hold, ${count(409)} refused, ${odd} others, ${await countDoubles(store)} held twice, p50 ` +
      `${wholeMs(times, 0.5)} ms, ${((spent * 1000) / heard.length).toFixed(1)} ms of processor time a claim with the database's`,
  };
}

async function race(name: string, store: Store, app: App, cookies: readonly string[]): Promise<BenchRow> {
  const places = await makePlaces(store, 'race', PLACES);
  const asked = Array.from({ length: CLAIMS }, (_, index): Asked => {
    const company = index % COMPANIES;
    const resourceId = places[Math.floor(index / COMPANIES)]!; // as many as asked for
    return { resourceId, cookie: cookies[company]!, operator: `运营商 ${company}` };
  }).sort((a, b) => scatter(a) - scatter(b));

  const work = await processorSeconds(store);
  const from = performance.now();
  const heard = await Promise.all(asked.map((one) => claim(app, one)));
  const seconds = (performance.now() - from) / 1000;
  const spent = (await processorSeconds(store)) - work;
  const doubles = await countDoubles(store);
  const held = heard.filter(({ status }) => status === 201).length;
  const explained = heard.filter(({ status, rule }) => status === 409 && rule !== null).length;
  const times = heard.map(({ ms }) => ms);
  return {
    step: `${CLAIMS} claims at once on ${PLACES} places ${name}`,
    seconds,
    figure: { value: doubles, unit: 'held twice', target: 0, better: 'less' },
    note:
      `${held} hold, ${explained} refused with the rule, p50 ${wholeMs(times, 0.5)} ms, p99 ${wholeMs(times, 0.99)} ms from ` +
      `call to answer, ${CLAIMS - held - explained} heard anything else, ${spent.toFixed(1)} s of processor time with the database's`,
  };
}

/** Nobody else asks: first whoever gets the place, then whoever comes after. */
async function oneByOne(
  name: string,
  store: Store,
  app: App,
  cookies: readonly string[],
): Promise<BenchRow[]> {
  const places = await makePlaces(store, 'alone', ALONE);
  const rows: BenchRow[] = [];
  for (const [company, what] of ['held', 'refused'].entries()) {
    const each: number[] = [];
    for (const resourceId of places) {
      const cookie = cookies[company]!; // two of ten
      each.push((await claim(app, { resourceId, cookie, operator: `运营商 ${company}` })).ms);
    }
    rows.push({
      step: `a claim alone, ${what} ${name}`,
      seconds: wholeMs(each, 0.5) / 1000,
      note: `p50 of ${ALONE}, p99 ${wholeMs(each, 0.99)} ms`,
    });
  }
  return rows;
}

async function claim(app: App, { resourceId, cookie, operator }: Asked): Promise<Heard> {
  const from = performance.now();
  const reply = await app.inject({
    method: 'POST',
    url: '/api/claims',
    headers: { host: '127.0.0.1', cookie, 'idempotency-key': randomUUID() },
    payload: { resourceId, operators: [operator] },
  });
  const { claim: made } = reply.json<{ claim?: { explanation: { rule: string } | null } }>();
  const rule = made?.explanation?.rule ?? null;
  return { status: reply.statusCode, rule, ms: performance.now() - from };
}

async function makePlaces(store: Store, name: string, count: number): Promise<string[]> {
  const { rows } = await store.query<{ id: string }>(
    `insert into resources (id, code, resource_type, state, geom, original_lon, original_lat, datum, location_quality, slots,
       whitelisted, origin)
     select $1 || '-' || n, $1 || '-' || n, '路灯杆', '已开放', ST_SetSRID(ST_MakePoint(121 + n * 0.0003, 31), 4490), 121 + n * 0.0003,
            31, 'CGCS2000', '实测', 1, true, 'import' from generate_series(1, $2::int) as n returning id`,
    [`bench-${name}-${randomUUID().slice(0, 8)}`, count],
  );
  return rows.map(({ id }) => id);
}

async function countDoubles(store: Store): Promise<number> {
  const { rows } = await store.query<{ doubles: number }>(
    `select count(*) as doubles from (select resource_id from claims where state in ('持有', '已转建设')
       group by resource_id having count(*) > 1) as twice`,
    [],
  );
  return rows[0]?.doubles ?? Number.NaN;
}

/** An order of its own for each run of the same rows, always the same. */
const scatter = ({ resourceId, cookie }: Asked): number => {
  let hash = 0;
  for (const letter of resourceId.slice(-3) + cookie.slice(-4))
    hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return hash;
};

const wholeMs = (values: readonly number[], share: number): number => Math.round(quantile(values, share));
