// Matching at the size of a city: 50 000 open resources on 210 km2, a plan that chose 5 000 of them, and demands with the usual radii.
// Whole requests of a signed-in planner, from the route to the answer: one demand at a time, and a thousand at once.
import type { BulkMatchResultJson, MatchListJson } from '../../server/contract/demands.ts';
import { vacuumAnalyze } from '../../server/store/maintenance.ts';
import type { Store } from '../../server/store/store.ts';
import type { DeskBench } from './bench-desks.ts';
import { type BenchRow, measureAsync } from './bench-row.ts';
import { cookieOf } from './cookie-of.ts';
import { processorSeconds } from './processor-time.ts';
import { quantile } from './quantile.ts';

const RESOURCES = 50_000;
const DEMANDS = 1_000;
const PLAN_ITEMS = 5_000;
const RADII_M = [150, 200, 350, 750];
const SINGLE_TARGET_S = 1;
const DEADLINE = { deadlineMs: 600_000 };

export async function benchMatching({ name, store, app, short }: DeskBench): Promise<BenchRow[]> {
  await makeCity(store);
  const cookie = await cookieOf(store, 'planner');
  const singles: number[] = [];
  let candidates = 0;
  const tries = short ? 50 : 200;
  const before = await processorSeconds(store);
  for (let index = 0; index < tries; index++) {
    const url = `/api/demands/match-demand-${1 + ((index * 7) % DEMANDS)}/matches`;
    const { value: reply, seconds } = await measureAsync(() =>
      app.inject({ method: 'GET', url, headers: { cookie } }),
    );
    if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body}`);
    candidates += reply.json<MatchListJson>().total;
    // the first ones open the connection and compile
    if (index >= 10) singles.push(seconds);
  }
  const each = ((await processorSeconds(store)) - before) / tries;
  const at = (share: number) => quantile(singles, share);
  const all = await measureAsync(() =>
    app.inject({
      method: 'POST',
      url: '/api/demands/matches',
      headers: { cookie },
      payload: { filters: {}, dryRun: true },
    }),
  );
  const took = (await processorSeconds(store)) - before - each * tries;
  const bulk = all.value.json<BulkMatchResultJson>();
  return [
    {
      step: `match one of 50 000 ${name}`,
      seconds: at(0.5),
      note: `p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, ${Math.round(candidates / tries)} candidates each, ${ms(each)} of processor time; figure: p99`,
      figure: { value: at(0.99), unit: 's', target: SINGLE_TARGET_S, better: 'less' },
    },
    {
      step: `match 1 000 demands at once ${name}`,
      seconds: all.seconds,
      note: `${bulk.matched} of ${bulk.demands} with a resource, ${took.toFixed(1)} s of processor time`,
    },
  ];
}

const ms = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;

/** Places from a hash of the number: the same city on every machine. */
async function makeCity(store: Store): Promise<void> {
  const drawn = (salt: string) => `('x' || substr(md5(n || '${salt}'), 1, 7))::bit(28)::int / 268435456.0`;
  await store.transaction(async (tx) => {
    await tx.query(
      `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality, owner,
         owner_confirmed_at, total_height_m, slots, free_status, power_mode, fibre, structure_check, origin)
       select 'match-' || n, 'match-' || n, '资源 ' || n, (array['路灯杆', '路灯杆', '综合杆', '政府机关', '住宅天面'])[1 + n % 5], '已开放',
         ST_SetSRID(ST_MakePoint(121.1 + 0.2 * ${drawn('e')}, 31.3 + 0.1 * ${drawn('n')}), 4490), 121, 31, 'CGCS2000', '图上',
         '业主 ' || n % 300, now(), 6 + n % 30, 1 + n % 3, (array['必须免费', '协调免费', '商谈'])[1 + n % 3],
         (array['直供', '转供', '待引入', null])[1 + n % 4], (array['到杆', '就近', '无'])[1 + n % 3],
         (array['未核', '可用', '加固', '不可用'])[1 + n % 4], 'import' from generate_series(1, $1::int) as n`,
      [RESOURCES],
      DEADLINE,
    );
    await tx.query(
      `insert into demands (id, code, operator, scenario, geom, original_lon, original_lat, datum, search_radius_m, form, want_height_m,
         priority, origin)
       select 'match-demand-' || n, 'match-' || n, '运营商 ' || n % 4, '一般城区',
         ST_SetSRID(ST_MakePoint(121.1 + 0.2 * ${drawn('de')}, 31.3 + 0.1 * ${drawn('dn')}), 4490), 121, 31, 'CGCS2000',
         ($2::float8[])[1 + n % 4], (array['宏站', '微站', '杆站'])[1 + n % 3], 8 + n % 20, 1 + n % 5, 'import'
         from generate_series(1, $1::int) as n`,
      [DEMANDS, RADII_M],
      DEADLINE,
    );
    await tx.query(
      `insert into plans (id, name, state, request, summary, fingerprint, finished_at, engine_version, box)
       values ('match-plan', '方案', 'done', '{}', '{}', 'f', now(), '1', '{121.1,31.3,121.3,31.4}')`,
      [],
    );
    await tx.query(
      `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
         unique_weight_share, displaced)
       select 'match-plan', 'match-' || n * 10, n, 'new', 'target-gain', 1000, 1, 1.0 / (n + 10), 0.5, 0, '[]'
         from generate_series(1, $1::int) as n`,
      [PLAN_ITEMS],
      DEADLINE,
    );
  }, DEADLINE);
  await vacuumAnalyze(store);
}
