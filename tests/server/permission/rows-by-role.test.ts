// Every table with a territory × every role × rows of one's own, of somebody else and of no district × reading, adding, changing
// and removing: what the database does is compared with what the permission table says, worked out here by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Permission,
  permissionTable,
  type Role,
  type RowScope,
  roles,
} from '../../../server/permission/permission-table.ts';
import type { Principal } from '../../../server/permission/principal.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aPrincipal,
  context,
  everywhere,
  FOREIGN,
  insertAreaSql,
  insertSiteSql,
  makeTwoDistricts,
  OWN,
  places,
  positionOf,
  squareOf,
  tryOut,
} from './two-districts.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const scopeFor = (permission: Permission, role: Role): RowScope | null =>
  (permissionTable[permission] as Partial<Record<Role, RowScope>>)[role] ?? null;

/** What a row is judged by. */
interface Row {
  readonly key: string;
  readonly districts: readonly string[];
  readonly town: string;
  readonly owner: string;
}

type Rule = (row: Row, scope: RowScope, person: Principal) => boolean;

const siteRule: Rule = ({ districts, town, owner }, scope, { territory, organisation }) => {
  if (scope === 'all') return true;
  if (scope === 'own') return owner === organisation;
  return (
    territory.everywhere ||
    districts.some((code) => territory.districtCodes.includes(code)) ||
    territory.townCodes.includes(town)
  );
};

/** Districts a person has, with those of their towns. */
const widerOf = ({ territory }: Principal): string[] => [
  ...territory.districtCodes,
  ...territory.townCodes.map((code) => code.slice(0, 6)),
];

const anyOfThem: Rule = ({ districts }, _scope, person) =>
  person.territory.everywhere || districts.some((code) => widerOf(person).includes(code));
const allOfThem: Rule = ({ districts }, _scope, person) =>
  person.territory.everywhere ||
  (districts.length > 0 && districts.every((code) => widerOf(person).includes(code)));
const allNamed: Rule = ({ districts }, _scope, { territory }) =>
  territory.everywhere ||
  (districts.length > 0 && districts.every((code) => territory.districtCodes.includes(code)));

const isAllowed = (permission: Permission, rule: Rule, row: Row, person: Principal): boolean => {
  const scope = scopeFor(permission, person.role);
  return scope !== null && rule(row, scope, person);
};

const rows: readonly Row[] = places.map(({ key, district, town, owner }) => ({
  key,
  districts: district === '' ? [] : [district],
  town,
  owner,
}));
const across: Row = { key: 'across', districts: [OWN, FOREIGN], town: '', owner: '' };
const placeOf = (key: string) => places.find((place) => place.key === key)!;

const people: readonly (readonly [string, Principal])[] = [
  ...roles.map((role) => [role, aPrincipal(role)] as const),
  ...roles.map((role) => [`${role} everywhere`, aPrincipal(role, { territory: everywhere })] as const),
  ['planner without territory', aPrincipal('planner', { territory: { ...everywhere, everywhere: false } })],
  ['planner with a token to read', aPrincipal('planner', { tokenScope: ['resource:read'] })],
  ['planner with an empty token', aPrincipal('planner', { tokenScope: [] })],
];

/** A token takes away what it does not name. */
const ruled =
  (permission: Permission, rule: Rule): Rule =>
  (row, _scope, person) =>
    (person.tokenScope === null || person.tokenScope.includes(permission)) &&
    isAllowed(permission, rule, row, person);

const can = (permission: Permission, rule: Rule, row: Row, person: Principal): boolean =>
  ruled(permission, rule)(row, 'all', person);

const insertDemandSql = `
  insert into public.demands (id, code, operator, geom, original_lon, original_lat, datum, town_code, search_radius_m, origin)
  values ($1, $1, $2, ST_SetSRID(ST_MakePoint($3::float8, $4::float8), 4490), $3::float8, $4::float8, 'CGCS2000', $5, 100, 'import')`;
const demandValues = (id: string, row: Row): unknown[] => [
  id,
  row.owner,
  ...positionOf(placeOf(row.key)),
  row.town,
];

for (const { store: system } of stores) {
  describe(`rows on the ${system.kind} store`, () => {
    beforeAll(async () => {
      await makeTwoDistricts(system);
      for (const row of rows) await system.query(insertDemandSql, demandValues(`demand ${row.key}`, row));
    });

    describe.each(people)('for %s', (_, person) => {
      const store = scopedStore(system, person, context);
      const idsOf = async (sql: string): Promise<unknown[]> => {
        const { rows: found, refused } = await tryOut(store, sql);
        expect(refused).toBeNull();
        return found.map((row) => row.id);
      };

      test('sites are read, added and changed as the table says, and never removed', async () => {
        const readable = rows.filter((row) => can('resource:read', siteRule, row, person));
        expect(await idsOf('select id from sites order by id')).toEqual(idsFrom('site', readable));
        for (const row of rows) {
          const place = placeOf(row.key);
          const [lon, lat] = positionOf(place);
          const values = ['new', 'new', 'neu', lon, lat, row.owner, '', row.town];
          const added = await tryOut(store, insertSiteSql, values);
          expect([row.key, added.refused]).toEqual([
            row.key,
            can('resource:create', siteRule, row, person) ? null : 'STORE_DENIED',
          ]);
          const changed = await tryOut(store, "update sites set status = 'proposed' where id = $1", [
            `site ${row.key}`,
          ]);
          const mayChange = can('resource:update', siteRule, row, person);
          const isSeen = readable.includes(row);
          expect([row.key, changed.rowCount]).toEqual([row.key, mayChange && isSeen ? 1 : 0]);
          const removed = await tryOut(store, 'delete from sites where id = $1', [`site ${row.key}`]);
          expect(removed.refused).toBe('STORE_DENIED');
        }
      });

      test('demands are read, added and changed as the table says, and never removed', async () => {
        const readable = rows.filter((row) => can('demand:read', siteRule, row, person));
        expect(await idsOf('select id from demands order by id')).toEqual(idsFrom('demand', readable));
        for (const row of rows) {
          const added = await tryOut(store, insertDemandSql, demandValues('new', row));
          expect([row.key, added.refused]).toEqual([
            row.key,
            can('demand:create', siteRule, row, person) ? null : 'STORE_DENIED',
          ]);
          const changed = await tryOut(store, "update public.demands set note = '改' where id = $1", [
            `demand ${row.key}`,
          ]);
          const mayChange = can('demand:edit', siteRule, row, person) && readable.includes(row);
          expect([row.key, changed.rowCount]).toEqual([row.key, mayChange ? 1 : 0]);
          const removed = await tryOut(store, 'delete from public.demands where id = $1', [
            `demand ${row.key}`,
          ]);
          expect(removed.refused).toBe('STORE_DENIED');
        }
      });

      test('areas are read where they overlap the territory and changed where they lie in it', async () => {
        const all = [...rows, across];
        const readable = all.filter((row) => can('area:read', anyOfThem, row, person));
        expect(await idsOf('select id from target_areas order by id')).toEqual(idsFrom('area', readable));
        for (const row of all) {
          const mayChange = can('area:change', allNamed, row, person);
          const isSeen = readable.includes(row);
          if (row !== across) {
            const shape = squareOf(placeOf(row.key));
            const { refused } = await tryOut(store, insertAreaSql, ['new', '新区', shape]);
            expect([row.key, refused]).toEqual([row.key, mayChange ? null : 'STORE_DENIED']);
          }
          for (const sql of [
            "update target_areas set name = '改' where id = $1",
            'delete from target_areas where id = $1',
          ]) {
            const { rowCount } = await tryOut(store, sql, [`area ${row.key}`]);
            expect([row.key, sql, rowCount]).toEqual([row.key, sql, mayChange && isSeen ? 1 : 0]);
          }
        }
      });

      test('plans belong to whoever has all of their districts', async () => {
        const all = [...rows, across];
        const readable = all.filter((row) => can('plan:read', allOfThem, row, person));
        expect(await idsOf('select id from plans order by id')).toEqual(idsFrom('plan', readable));
        expect(await idsOf('select plan_id as id from plan_rasters order by plan_id')).toEqual(
          idsFrom('plan', readable),
        );
        for (const row of all) {
          const { refused } = await tryOut(
            store,
            "insert into plans (id, name, request) values ('new', 'neu', jsonb_build_object('areaIds', json_build_array($1::text)))",
            [`area ${row.key}`],
          );
          expect([row.key, refused]).toEqual([
            row.key,
            can('plan:create', allNamed, row, person) ? null : 'STORE_DENIED',
          ]);
          const { rowCount } = await tryOut(store, 'update plans set deleted_at = now() where id = $1', [
            `plan ${row.key}`,
          ]);
          expect([row.key, rowCount]).toEqual([
            row.key,
            can('plan:update', allNamed, row, person) && readable.includes(row) ? 1 : 0,
          ]);
          const removed = await tryOut(store, 'delete from plans where id = $1', [`plan ${row.key}`]);
          expect(removed.refused).toBe('STORE_DENIED');
        }
      });

      test('rows of a plan and judgements are seen where plan and site are', async () => {
        const seen = (permission: Permission) => (plan: Row, site: Row) =>
          can('plan:read', allOfThem, plan, person) &&
          can('resource:read', siteRule, site, person) &&
          can(permission, () => true, site, person);
        const pairs = [...rows.map((row) => [row, row] as const), [rows[0]!, rows[2]!] as const];
        const shown = (permission: Permission) =>
          pairs
            .filter(([plan, site]) => seen(permission)(plan, site))
            .map(([plan, site]) => `${plan.key}/${site.key}`);
        const sql = (table: string) =>
          `select substr(plan_id, 6) || '/' || substr(site_id, 6) as id from ${table} order by 1`;
        expect(await idsOf(sql('plan_items'))).toEqual(shown('plan:read').sort());
        expect(await idsOf(sql('reviews'))).toEqual(shown('review:read').sort());
        for (const [plan, site] of pairs) {
          const { refused } = await tryOut(
            store,
            "insert into reviews (plan_id, site_id, decision, reason_text, reviewer) values ($1, $2, '同意', '', 'x')",
            [`plan ${plan.key}`, `site ${site.key}`],
          );
          const mayDecide = can('review:decide', allOfThem, plan, person) && seen('review:read')(plan, site);
          expect([plan.key, site.key, refused]).toEqual([
            plan.key,
            site.key,
            mayDecide ? null : 'STORE_DENIED',
          ]);
          for (const change of ["update reviews set decision = '退回'", 'delete from reviews']) {
            expect((await tryOut(store, change)).refused).toBe('STORE_DENIED');
          }
        }
      });

      test('imports are read by who made them, and by those who see everything', async () => {
        const seesAll = can(
          'import:read',
          ({ key }, scope, { territory }) => key !== '' && scope === 'territory' && territory.everywhere,
          rows[0]!,
          person,
        );
        const isMasked = person.role === 'operator';
        const listed = await tryOut(store, 'select id from imports');
        expect(listed.refused).toBeNull();
        expect(listed.rows.map((row) => row.id)).toEqual(seesAll ? ['import system'] : []);
        const added = await tryOut(
          store,
          `insert into imports (id, kind, file_name, digest, datum, settings, outcome, report, issues)
           values ('mine', 'sites', 'f', 'd', 'CGCS2000', '[]', 'stored', '{}', '[]')`,
        );
        expect(added.refused).toBe(
          // lists of sites are not for masked roles, whatever else they may bring
          can('import:create', () => true, rows[0]!, person) && !isMasked ? null : 'STORE_DENIED',
        );
      });

      test('ground is read by everybody and changed by whom the table names', async () => {
        for (const table of [
          'districts',
          'towns',
          'buildings',
          'roads',
          'pipes',
          'demand_points',
          'rasters',
          'antennas',
        ]) {
          expect((await tryOut(store, `select * from ${table}`)).refused).toBeNull();
          const { refused } = await tryOut(store, `delete from ${table} where false`);
          expect([table, refused]).toEqual([
            table,
            can('ground:change', () => true, rows[0]!, person) ? null : 'STORE_DENIED',
          ]);
        }
      });

      test('the audit trail is read by whom the table names and written by nobody', async () => {
        const { rows: found, refused } = await tryOut(store, 'select seq from audit_records');
        const mayRead = can('audit:read', () => true, rows[0]!, person);
        expect(refused).toBe(person.role === 'operator' ? 'STORE_DENIED' : null);
        expect(found.length > 0).toBe(mayRead);
        for (const sql of [
          'delete from audit_records',
          "update audit_records set action = 'x'",
          "insert into audit_pending (account_name, action, object) values ('x', 'x', 'x')",
          'update audit_head set seq = 0',
          "select write_audit_as('a', 'a', 'a', 'a', 'a', 'a', 'a', 'a', null, null, null)",
        ]) {
          expect([sql, (await tryOut(store, sql)).refused]).toEqual([sql, 'STORE_DENIED']);
        }
      });
    });
  });
}

const idsFrom = (prefix: string, from: readonly Row[]): string[] =>
  from.map(({ key }) => `${prefix} ${key}`).sort();
