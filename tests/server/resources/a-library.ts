// A library in two districts: the districts and people of the permission tests, and resources made to order.
import type { ResourceState } from '../../../engine/index.ts';
import { type Role, roles } from '../../../server/permission/permission-table.ts';
import type { Store } from '../../../server/store/store.ts';
import { aBrowser, anAccount, type Browser, forgetPeople, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, FOREIGN, makeTwoDistricts, ORGANISATION, OWN } from '../permission/two-districts.ts';

export { FOREIGN, ORGANISATION, OWN };

/** Longitude of something in the district. */
const WEST = { [OWN]: 121.03, [FOREIGN]: 121.13 } as const;

export interface MadeResource {
  readonly id: string;
  readonly district?: typeof OWN | typeof FOREIGN;
  readonly state?: ResourceState;
  readonly type?: string;
  readonly owner?: string;
  readonly town?: string;
  readonly confirmed?: boolean;
  readonly whitelisted?: boolean;
}

/** As the system, in any state. */
export async function makeResource(store: Pick<Store, 'query'>, made: MadeResource): Promise<string> {
  const { id, district = OWN, state = '待产权确认', type = '路灯杆', owner = ORGANISATION, town = '' } = made;
  const place = state === '待定位' ? null : WEST[district] + 0.000123456;
  await store.query(
    `insert into resources (id, code, name, address, resource_type, state, geom, original_lon, original_lat, datum,
       location_quality, district_code, town_code, owner, owner_confirmed_at, whitelisted, origin)
     values ($1, 'code ' || $1, '名称 ' || $1, '某路 1 号', $2, $3,
       case when $4::float8 is not null then ST_SetSRID(ST_MakePoint($4::float8, 31.050987654), 4490) end, $4::float8,
       case when $4::float8 is not null then 31.050987654 end, case when $4::float8 is not null then 'CGCS2000' end,
       case when $4::float8 is null then '未定位' else '实测' end, $5, $6, $7, case when $8::boolean then now() end, $9::boolean, 'import')`,
    [id, type, state, place, district, town, owner, made.confirmed ?? false, made.whitelisted ?? false],
  );
  return id;
}

export async function emptyLibrary(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.query('delete from resource_contacts', []);
    await tx.query('delete from resources', []);
    await tx.query("delete from sites where origin = 'library'", []);
  });
}

/** Two districts, one account for each role in the first of them. */
export async function openLibrary(store: Store): Promise<void> {
  await makeTwoDistricts(store);
  await forgetPeople(store);
  for (const role of roles) {
    const { territory, organisation } = aPrincipal(role);
    await anAccount(store, role, role, { territory, organisation });
  }
}

export async function peopleOf(app: PeopleApp): Promise<Record<Role, Browser>> {
  const signedIn = await Promise.all(
    roles.map(async (role) => {
      const browser = aBrowser(app, `10.0.1.${roles.indexOf(role) + 1}`);
      await browser.signIn(role);
      return [role, browser] as const;
    }),
  );
  return Object.fromEntries(signedIn) as Record<Role, Browser>; // one for each role
}
