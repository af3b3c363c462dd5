// A plan of 85 new sites in the first of two districts, in two of its towns, made by a planner; and people to submit and decide.
import type { LightMyRequestResponse } from 'fastify';
import type {
  ActResultJson,
  BatchJson,
  BatchRowJson,
  BatchRowPageJson,
} from '../../../server/contract/batches.ts';
import { type Role, roles } from '../../../server/permission/permission-table.ts';
import type { Store } from '../../../server/store/store.ts';
import { syncPermissions } from '../../../server/store/sync-permissions.ts';
import { aBrowser, anAccount, type Browser, forgetPeople, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, makeTwoDistricts, OWN, OWN_TOWN } from '../permission/two-districts.ts';

export const OTHER_TOWN = '310901002';
export const OPERATOR = '甲电信';
export const PLAN = 'plan of 85';
export const ROWS = 85;

const organisations: Readonly<Partial<Record<Role, string>>> = {
  planner: '规划院',
  tower: '甲铁塔',
  operator: OPERATOR,
  district: '甲区科委',
};

/** Ids of the accounts, by login. */
export async function openBatches(store: Store): Promise<Map<string, string>> {
  await makeTwoDistricts(store);
  await syncPermissions(store);
  await forgetPeople(store);
  const ids = new Map<string, string>();
  for (const role of roles) {
    const { territory, organisation } = aPrincipal(role);
    const account = { territory, organisation: organisations[role] ?? organisation };
    ids.set(role, await anAccount(store, role, role, account));
  }
  const { territory } = aPrincipal('district');
  ids.set(
    'district-two',
    await anAccount(store, 'district-two', 'district', { territory, organisation: '甲区科委' }),
  );
  await makeSites(store, ids.get('planner') ?? '');
  return ids;
}

/** Poles 110 m apart; the first is a resource without its owner's consent, the second one with it. */
async function makeSites(store: Store, planner: string): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.query(
      `insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status,
         cost_cny, owner, build_mode, district_code, town_code, origin)
       select 'pole ' || n, '路灯-' || lpad(n::text, 3, '0'), '宝塔路' || n || '号杆', '路灯杆', 'pole', place, ST_X(place), ST_Y(place),
              'CGCS2000', 8, 'candidate', 35000 + n, '甲市政', '直接利用', '', case when n % 2 = 0 then $2 else $3 end, 'sample'
         from generate_series(1, $1::int) as n,
              ST_SetSRID(ST_MakePoint(121.01 + (n % 20) * 0.0012, 31.01 + (n / 20) * 0.001), 4490) as place`,
      [ROWS, OTHER_TOWN, OWN_TOWN],
    );
    for (const [id, confirmed] of [
      ['pole 1', false],
      ['pole 2', true],
    ] as const)
      await tx.query(
        `insert into resources (id, code, name, address, resource_type, state, geom, original_lon, original_lat, datum,
           location_quality, town_code, owner, owner_confirmed_at, slots, constraint_flags, site_id, origin)
         select 'resource ' || s.id, s.code, s.name, '宝塔路', s.resource_type, case when $2 then '已开放' else '待产权确认' end,
                s.geom, s.lon, s.lat, 'CGCS2000', '实测', s.town_code, s.owner, case when $2 then now() end, 2,
                case when $2 then array[]::text[] else array['敏感目标'] end, s.id, 'site' from sites s where s.id = $1`,
        [id, confirmed],
      );
    await tx.query(
      `insert into plans (id, name, state, request, summary, fingerprint, finished_at, engine_version, areas, districts, created_by)
       values ($1, '一期', 'done', jsonb_build_object('areaIds', json_build_array('area own'), 'name', '一期', 'profileId', 'n78'),
               '{}', 'f', now(), '1', '[]', '[]', $2)`,
      [PLAN, planner],
    );
    await tx.query(
      `insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
         unique_weight_share, displaced)
       select $1, 'pole ' || n, n, 'new', 'target-gain', 35000 + n, 1, 0.01, 0.5, 0.01, '[]' from generate_series(1, $2::int) as n`,
      [PLAN, ROWS],
    );
  });
}

export type Who = Role | 'district-two';

export async function peopleOfBatches(app: PeopleApp): Promise<Record<Who, Browser>> {
  const logins = [...roles, 'district-two'] as const;
  const signedIn = await Promise.all(
    logins.map(async (login, index) => {
      const browser = aBrowser(app, `10.0.2.${index + 1}`);
      await browser.signIn(login);
      return [login, browser] as const;
    }),
  );
  return Object.fromEntries(signedIn) as Record<Who, Browser>; // one for each login
}

let acts = 0;
/** A key of its own for each act. */
export const once = (): { 'idempotency-key': string } => ({ 'idempotency-key': `act-number-${++acts}` });
export const onceAt = (version: number) => ({ ...once(), 'if-match': `"${version}"` });

export interface Submitted {
  readonly batch: BatchJson;
  readonly rows: BatchRowJson[];
}

/** A submitted batch of these poles, or of the whole plan. */
export async function aBatch(who: Browser, siteIds: readonly string[] | null = null): Promise<Submitted> {
  const reply = await who.ask(
    'POST',
    '/api/batches',
    {
      ...(siteIds ? { siteIds } : { planId: PLAN }),
      districtCode: OWN,
      title: '甲区第一批',
      addressee: '甲铁塔',
      office: '甲区科学技术委员会',
      forOperators: [OPERATOR],
      submit: true,
    },
    once(),
  );
  if (reply.statusCode !== 201) throw new Error(reply.payload);
  const batch = reply.json<BatchJson>();
  return { batch, rows: await rowsOf(who, batch.id) };
}

export async function rowsOf(who: Browser, batchId: string, query = ''): Promise<BatchRowJson[]> {
  const reply = await who.ask('GET', `/api/batches/${batchId}/rows?pageSize=1000${query}`);
  if (reply.statusCode !== 200) throw new Error(reply.payload);
  return reply.json<BatchRowPageJson>().rows;
}

export const seen = (rows: readonly BatchRowJson[]) => rows.map(({ id, version }) => ({ id, version }));

export const decide = (
  who: Browser,
  batchId: string,
  rows: readonly BatchRowJson[],
  decision: string,
  reason: object = decision === '同意' ? {} : { reasonCode: '材料不全', reasonText: '缺少勘察照片' },
): Promise<LightMyRequestResponse> =>
  who.ask('POST', `/api/batches/${batchId}/decisions`, { rows: seen(rows), decision, ...reason }, once());

export const rowsAfter = (reply: LightMyRequestResponse): BatchRowJson[] => {
  if (reply.statusCode !== 200) throw new Error(reply.payload);
  return reply.json<ActResultJson>().rows;
};
