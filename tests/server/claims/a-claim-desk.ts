// People who claim: two tower companies, three operators and a district office in one district, a tower company in the next; resources
// made to order with places, load and power.
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../server/permission/permission-table.ts';
import type { Store } from '../../../server/store/store.ts';
import { aBrowser, anAccount, type Browser, forgetPeople, type PeopleApp } from '../people/people-app.ts';
import { FOREIGN, makeTwoDistricts, OWN } from '../permission/two-districts.ts';
import { type MadeResource, makeResource } from '../resources/a-library.ts';

export { FOREIGN, OWN };

const desk = {
  towerA: ['tower', '甲铁塔', OWN],
  towerB: ['tower', '乙铁塔', OWN],
  foreign: ['tower', '邻区铁塔', FOREIGN],
  mobile: ['operator', '移动', OWN],
  unicom: ['operator', '联通', OWN],
  telecom: ['operator', '电信', OWN],
  planner: ['planner', '设计院', OWN],
  district: ['district', '区科委', OWN],
  owner: ['owner', '甲单位', OWN],
} as const satisfies Readonly<Record<string, readonly [Role, string, string]>>;
export type DeskPerson = keyof typeof desk;

export async function openDesk(store: Store): Promise<void> {
  await makeTwoDistricts(store);
  await forgetPeople(store);
  for (const [login, [role, organisation, district]] of Object.entries(desk))
    await anAccount(store, login.toLowerCase(), role, {
      organisation,
      territory: { everywhere: false, districtCodes: [district], townCodes: [] },
    });
}

export interface DeskBrowser extends Browser {
  /** With a key of its own, unless one is given, and on one row as it is read just before. */
  act(url: string, body?: object, key?: string): ReturnType<Browser['ask']>;
}

export async function peopleOfDesk(app: PeopleApp): Promise<Record<DeskPerson, DeskBrowser>> {
  const signedIn = await Promise.all(
    (Object.keys(desk) as DeskPerson[]).map(async (login, place) => {
      const browser = aBrowser(app, `10.0.2.${place + 1}`);
      await browser.signIn(login.toLowerCase());
      const act: DeskBrowser['act'] = async (url, body = {}, key = randomUUID()) =>
        browser.ask('POST', url, body, { 'idempotency-key': key, ...(await seenAt(browser, url)) });
      return [login, Object.assign(browser, { act })] as const;
    }),
  );
  return Object.fromEntries(signedIn) as Record<DeskPerson, DeskBrowser>; // one for each
}

/** `If-Match` for an act on one claim or resource; on one that is out of sight, any version. */
async function seenAt(browser: Browser, url: string): Promise<{ 'if-match'?: string }> {
  const row = /^\/api\/(claims|resources)\/[^/]+(?=\/\w+$)/.exec(url)?.[0];
  if (row === undefined) return {};
  const read = (await browser.ask('GET', row)).json<{ version?: number; claim?: { version: number } }>();
  return { 'if-match': `"${read.claim?.version ?? read.version ?? 1}"` };
}

export interface ClaimableResource extends Omit<MadeResource, 'state'> {
  readonly slots?: number | null;
  readonly loadKg?: number;
  readonly powerKva?: number;
  /** Degrees east of where the others of the district stand. */
  readonly east?: number;
}

/** Opened, with one place unless said otherwise. */
export async function openResource(
  store: Pick<Store, 'query'>,
  { slots = 1, loadKg, powerKva, east = 0, ...made }: ClaimableResource,
): Promise<string> {
  const id = await makeResource(store, { confirmed: true, ...made, state: '已开放' });
  await store.query(
    `update resources set slots = $2::int, load_kg = $3::float8, power_kva = $4::float8,
            geom = ST_SetSRID(ST_MakePoint(lon + $5::float8, lat), 4490) where id = $1`,
    [id, slots, loadKg ?? null, powerKva ?? null, east],
  );
  return id;
}

/** Nothing claimed, nothing in the library; what happened stays in the audit. */
export async function clearDesk(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    for (const table of ['claims', 'notices', 'timers', 'idempotency_keys', 'cases', 'demands', 'resources'])
      await tx.query(`delete from ${table}`, []);
    await tx.query("delete from sites where origin = 'library'", []);
  });
}

export const stateOf = async (store: Pick<Store, 'query'>, resource: string): Promise<string | undefined> =>
  (await store.query<{ state: string }>('select state from resources where id = $1', [resource])).rows[0]
    ?.state;
