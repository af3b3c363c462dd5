// People, sites and claims for the tests of cases and relocations: two districts, a tower company, two operators, an owner.
import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { CaseState } from '../../../engine/index.ts';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import type { Role } from '../../../server/permission/permission-table.ts';
import type { Store } from '../../../server/store/store.ts';
import { aBrowser, anAccount, type Browser, forgetPeople, type PeopleApp } from '../people/people-app.ts';
import { makeTwoDistricts, OWN, OWN_TOWN } from '../permission/two-districts.ts';

export const TOWER = '铁塔甲';
export const MOBILE = '运营商甲';
export const UNICOM = '运营商乙';
const OWNER = '产权甲';

/** login → role, organisation. */
const accounts = {
  planner: ['planner', '规划院'],
  tower: ['tower', TOWER],
  rival: ['tower', '铁塔乙'],
  mobile: ['operator', MOBILE],
  unicom: ['operator', UNICOM],
  owner: ['owner', OWNER],
  town: ['town', '街镇'],
  district: ['district', '区科委'],
  city: ['city', '市主管'],
  admin: ['admin', '数据中心'],
} as const satisfies Record<string, readonly [Role, string]>;
export type Login = keyof typeof accounts;

/** Two districts, with one account for each login in the first of them. */
export async function openSiteCases(store: Store): Promise<void> {
  await makeTwoDistricts(store);
  await forgetPeople(store);
  for (const [login, [role, organisation]] of Object.entries(accounts))
    await anAccount(store, login, role, {
      organisation,
      territory: {
        everywhere: false,
        districtCodes: role === 'town' ? [] : [OWN],
        townCodes: role === 'town' ? [OWN_TOWN] : [],
      },
    });
}

export async function peopleOfCases(app: PeopleApp): Promise<Record<Login, Browser>> {
  const logins = Object.keys(accounts) as Login[];
  const signedIn = await Promise.all(
    logins.map(async (login, index) => {
      const browser = aBrowser(app, `10.0.2.${index + 1}`);
      await browser.signIn(login);
      return [login, browser] as const;
    }),
  );
  return Object.fromEntries(signedIn) as Record<Login, Browser>; // one for each login
}

export interface MadeSite {
  readonly id: string;
  /** Of the resource it comes from; null: a site by itself. */
  readonly resource?: string | null;
  readonly whitelisted?: boolean;
  readonly foreign?: boolean;
  readonly status?: 'candidate' | 'existing';
}

/** A site with its resource, opened, as the system. */
export async function makeSite(store: Pick<Store, 'query'>, made: MadeSite): Promise<string> {
  const {
    id,
    resource = `resource ${id}`,
    whitelisted = false,
    foreign = false,
    status = 'candidate',
  } = made;
  const lon = foreign ? 121.13 : 121.0312345;
  await store.query(
    `insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status, cost_cny,
       owner, build_mode, district_code, town_code, origin)
     values ($1, 'code ' || $1, '站址 ' || $1, '路灯杆', 'pole', ST_SetSRID(ST_MakePoint($2::float8, 31.0506789), 4490), $2::float8,
       31.0506789, 'CGCS2000', 8, $3, 1000, $4, '直接利用', '', $5, 'sample')`,
    [id, lon, status, OWNER, foreign ? '310902001' : OWN_TOWN],
  );
  if (resource === null) return id;
  await store.query(
    `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality,
       town_code, owner, owner_confirmed_at, whitelisted, slots, site_id, origin)
     select $1, s.code, s.name, s.resource_type, '已开放', s.geom, s.lon, s.lat, 'CGCS2000', '实测', s.town_code, s.owner, now(), $3::boolean, 3,
            s.id, 'site' from sites s where s.id = $2`,
    [resource, id, whitelisted],
  );
  return id;
}

/** A case of the operator on the site, in any state, as the system: what a test is not about is not walked. */
export async function makeCase(
  store: Pick<Store, 'query'>,
  {
    id,
    siteId,
    state = '候选',
    operator = MOBILE,
    company = '',
  }: {
    readonly id: string;
    readonly siteId: string;
    readonly state?: CaseState;
    readonly operator?: string;
    readonly company?: string;
  },
): Promise<string> {
  await store.query(
    `insert into cases (id, site_id, operator, company, state, on_air_on, completed_on, delivery_confirmed_at, on_air_evidence)
     values ($1, $2, $3, $4, $5, case when $5 in ('开通', '验收') then '2026-05-01'::date end, case when $5 = '交付' then '2026-04-01'::date end,
       case when $5 = '交付' then now() end, case when $5 in ('开通', '验收') then '开通单' else '' end)`,
    [id, siteId, operator, company, state],
  );
  if (state === '开通' || state === '验收')
    await store.query("update sites set status = 'existing' where id = $1 and status <> 'existing'", [
      siteId,
    ]);
  return id;
}

/** An act with a key of its own and the version it is meant for. */
export const act = (
  who: Browser,
  method: 'POST' | 'PATCH' | 'PUT',
  url: string,
  body: object | undefined,
  version?: number,
  key: string = randomUUID(),
): Promise<LightMyRequestResponse> =>
  who.ask(method as 'POST', url, body, {
    'idempotency-key': key,
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  });

export async function readCase(who: Browser, id: string): Promise<CaseDetailJson> {
  return (await who.ask('GET', `/api/cases/${encodeURIComponent(id)}`)).json();
}

/** Moves it as it is now. */
export async function moveCase(
  who: Browser,
  id: string,
  to: CaseState,
  more: { readonly fields?: object; readonly reason?: string } = {},
): Promise<LightMyRequestResponse> {
  const { version } = await readCase(who, id);
  return act(who, 'POST', `/api/cases/${encodeURIComponent(id)}/moves`, { to, ...more }, version);
}

/** One file of a form, as a browser sends it. */
export function sendPhoto(
  who: Browser,
  { app }: Pick<PeopleApp, 'app'>,
  caseId: string,
  kind: string,
  bytes: Uint8Array,
  fileName = 'IMG_0001.jpg',
): Promise<LightMyRequestResponse> {
  const boundary = '----photo';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: image/jpeg\r\n\r\n`;
  return app.inject({
    method: 'POST',
    url: `/api/photos?caseId=${encodeURIComponent(caseId)}&kind=${encodeURIComponent(kind)}`,
    headers: {
      host: '127.0.0.1',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(who.cookie && { cookie: who.cookie }),
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}
