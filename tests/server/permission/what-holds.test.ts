// The walls around the row policies: which tables have none and why, what the roles of a request may touch at all, that their SQL
// cannot step out of its scope, and that masked roles never get a place more exactly than 0.001 degrees.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { loadPlanItems, loadPlanTile } from '../../../server/store/plans.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { loadSitePage, loadSitesByIds, loadSiteTile, searchSites } from '../../../server/store/sites.ts';
import { syncPermissions } from '../../../server/store/sync-permissions.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aPrincipal,
  context,
  everywhere,
  FOREIGN,
  makeTwoDistricts,
  OWN,
  OWN_TOWN,
  tryOut,
} from './two-districts.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

const BOX = [120, 30, 126, 32] as const;

/** Tables without row security, and why each may be so. */
const withoutRowSecurity: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'districts',
      'towns',
      'buildings',
      'roads',
      'pipes',
      'demand_points',
      'rasters',
      'raster_pieces',
      'antennas',
    ].map((table) => [table, 'ground: read by everybody, changes ask for ground:change']),
  ),
  layer_revisions: 'numbers that only count changes',
  permissions: 'the permission table, read only',
  state_moves: 'the state machines, read only',
  resource_types: 'the resource types of the engine, read only',
  schema_migrations: 'no right at all',
  spatial_ref_sys: 'of PostGIS, read only',
  audit_head: 'no right at all',
  audit_pending: 'no right at all',
  accounts: 'no right at all',
  password_history: 'no right at all',
  sessions: 'no right at all',
  account_visits: 'no right at all',
  tokens: 'no right at all',
  sign_in_attempts: 'no right at all',
  setup_codes: 'no right at all',
};

for (const { store: system } of stores) {
  const planner = scopedStore(system, aPrincipal('planner'), context);
  const operator = scopedStore(system, aPrincipal('operator', { territory: everywhere }), context);

  describe(`on the ${system.kind} store`, () => {
    beforeAll(() => makeTwoDistricts(system));

    test('every table has row security, or is listed here with its reason', async () => {
      const { rows } = await system.query<{ name: string; forced: boolean }>(
        `select relname as name, relrowsecurity and relforcerowsecurity as forced from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
        [],
      );
      expect(rows.length).toBeGreaterThan(20);
      const open = rows.filter(({ forced }) => !forced).map(({ name }) => name);
      expect(open.filter((name) => !(name in withoutRowSecurity))).toEqual([]);
    });

    test('what is listed as without any right has none, and the rest of the open tables take no writes unasked', async () => {
      const { rows } = await system.query<{ name: string; rights: string[] }>(
        `select c.relname as name, array_agg(distinct g.privilege_type) as rights
           from pg_class c, aclexplode(c.relacl) as g join pg_roles r on r.oid = g.grantee
          where c.relnamespace = 'public'::regnamespace and r.rolname in ('zhanzhi_app', 'zhanzhi_masked', 'zhanzhi_views')
          group by 1 order by 1`,
        [],
      );
      const rightsOf = new Map(rows.map(({ name, rights }) => [name, rights.join(' ')]));
      for (const [table, why] of Object.entries(withoutRowSecurity)) {
        if (why === 'no right at all') expect([table, rightsOf.get(table)]).toEqual([table, undefined]);
        if (why.endsWith('read only'))
          expect([table, rightsOf.get(table) ?? 'SELECT']).toEqual([table, 'SELECT']);
      }
      expect(rightsOf.get('audit_records')).toBe('SELECT');
      const writable = rows
        .filter(({ rights }) => rights.some((right) => right !== 'SELECT'))
        .map(({ name }) => name);
      const { rows: triggers } = await system.query<{ name: string }>(
        "select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'demand_permission'::regproc",
        [],
      );
      const asked = new Set(triggers.map(({ name }) => name));
      const unasked = writable.filter(
        (name) => withoutRowSecurity[name]?.startsWith('ground') && !asked.has(name),
      );
      expect(unasked).toEqual([]);
      expect(writable).not.toContain('settings');
    });

    test('the roles of a request own nothing, make nothing and are nobody else', async () => {
      const { rows } = await system.query(
        `select rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolbypassrls,
                (select count(*) from pg_auth_members m where m.member = r.oid) as memberships,
                (select count(*) from pg_class c where c.relowner = r.oid) as owned,
                has_schema_privilege(rolname, 'public', 'create') or has_schema_privilege(rolname, 'masked', 'create')
                  or has_database_privilege(rolname, current_database(), 'create, temporary') as makes
           from pg_roles r where rolname in ('zhanzhi_app', 'zhanzhi_masked') order by 1`,
        [],
      );
      const none = {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        rolbypassrls: false,
      };
      const nothing = { ...none, memberships: 0, owned: 0, makes: false };
      expect(rows).toEqual([
        { rolname: 'zhanzhi_app', ...nothing },
        { rolname: 'zhanzhi_masked', ...nothing },
      ]);
    });

    test.each([
      ['goes back to its own role', 'reset role'],
      ['takes another role', 'set role none'],
      ['becomes another session', 'set session authorization default'],
      ['resets everything', 'discard all'],
      ['ends its transaction', 'commit'],
      ['hides a second statement', 'select 1; reset role'],
      ['runs a block', "do $$ begin perform set_config('role', 'none', true); end $$"],
      ['calls set_config for its role', "select set_config('role', 'none', true)"],
      ['calls set_config for its territory', "select set_config('zhanzhi.everywhere', 'on', true)"],
      ['calls set_config for its permission', "select pg_catalog.set_config('zhanzhi.role', 'admin', true)"],
      [
        'calls it under a made-up text',
        "select query_to_xml('select set_' || 'config(''role'', ''none'', true)', true, true, '')",
      ],
      ['writes the settings view', "update pg_settings set setting = 'none' where name = 'role'"],
      ['makes a table of its own', 'create temporary table permissions as select 1 as a'],
      ['makes one by selecting', 'select 1 as a into temporary permissions'],
      ['gives itself a permission', "insert into permissions values ('audit:read', 'planner', 'all')"],
      ['gives itself a wider scope', "update permissions set scope = 'all'"],
      ['reads password hashes', 'select password_hash from accounts'],
      ['changes an account', "update accounts set role = 'admin'"],
      ['reads sessions', 'select * from sessions'],
      ['reads a secret setting', "update settings set value = '1'"],
      ['turns a trigger off', 'alter table reviews disable trigger all'],
      ['changes the maker of a plan', "update plans set created_by = 'somebody'"],
      ['moves a plan into its territory', `update plans set district_codes = '{${OWN}}'`],
      ['calls a trigger function for its owner', 'select locate_again()'],
      ['reads a file', "select pg_read_file('/etc/passwd')"],
      ['locks out the others', 'lock table sites'],
    ])('SQL of a request is refused when it %s', async (_, sql) => {
      const { refused } = await tryOut(planner, sql);
      // a script of two statements is no statement at all
      expect(refused).toBe(sql.includes(';') && !sql.startsWith('do') ? 'STORE_SQL' : 'STORE_DENIED');
      const { rows } = await planner.query('select current_user as who, my_account() as account', []);
      expect(rows).toEqual([{ who: 'zhanzhi_app', account: 'account planner' }]);
    });

    test('after a scope, also a failed one, the system is itself again', async () => {
      await tryOut(planner, 'select 1 / 0');
      await planner.query('select 1', []);
      const { rows } = await system.query<{ account: string | null; who: boolean; path: string }>(
        `select my_account() as account, current_user = session_user as who, current_setting('search_path') as path`,
        [],
      );
      expect(rows).toEqual([{ account: null, who: true, path: expect.not.stringContaining('masked') }]);
    });

    test('a scoped store inside its own transaction is refused instead of waiting for itself', async () => {
      const nested = planner.transaction(async () => planner.query('select 1', []));
      await expect(nested).rejects.toMatchObject({ code: 'STORE_NESTED' });
      await expect(planner.close()).rejects.toMatchObject({ code: 'STORE_DENIED' });
    });

    test('the permissions in the database are those of the table, and a changed copy is mended', async () => {
      expect(await syncPermissions(system)).toBe(0);
      await system.query("update permissions set scope = 'all' where permission = 'plan:read'");
      await system.query("insert into permissions values ('old:word', 'planner', 'all')");
      const { rows } = await system.query("select 1 from permissions where permission = 'plan:read'", []);
      await migrate(system);
      expect(await syncPermissions(system)).toBe(0);
      expect(rows.length).toBeGreaterThan(3);
      expect(
        (await system.query("select 1 from permissions where permission = 'old:word'", [])).rowCount,
      ).toBe(0);
    });

    test('a masked role has no right on the table of sites', async () => {
      for (const sql of [
        'select * from public.sites',
        'select ST_AsText(geom) from public.sites',
        'select lon from public.sites',
      ]) {
        expect((await tryOut(operator, sql)).refused).toBe('STORE_DENIED');
      }
    });

    test.each([
      ['a row as JSON', 'select to_json(s) as x from sites s'],
      ['its text', 'select s::text as x from sites s'],
      ['the geometry', 'select ST_AsText(geom) as x from sites'],
      ['the geometry as bytes', 'select ST_AsGeoJSON(geom, 15) as x from sites'],
      ['the code', 'select code as x from sites'],
      ['the search text', 'select search_text as x from sites'],
      [
        'what the sender wrote',
        "select concat_ws(' ', original_lon, original_lat, source_file) as x from sites",
      ],
      ['the box of all', 'select ST_Extent(geom)::text as x from sites'],
      ['distances', "select ST_AsText(ST_Centroid(ST_Collect(geom))) as x from sites where id = 'site own'"],
      [
        'a join over a plan',
        'select ST_AsText(s.geom) || s.code as x from plan_items i join sites s on s.id = i.site_id',
      ],
      [
        'an error that quotes it',
        'select s.code as x from sites s where s.lon::text::numeric(12, 6) <> round(s.lon::text::numeric, 3)',
      ],
      [
        'statistics',
        "select most_common_vals::text || histogram_bounds::text as x from pg_stats where tablename ~ 'sites'",
      ],
    ])('a masked role never gets more than three decimals: %s', async (_, sql) => {
      await system.query('analyze sites');
      const { rows, refused } = await tryOut(operator, sql);
      expect(refused).toBeNull();
      const text = JSON.stringify(rows);
      expect(text).not.toMatch(/\.\d{4}/);
      if (/geom|to_json|as x from sites$/.test(sql)) expect(text).toMatch(/\.\d{1,3}/);
    });

    test('a masked role reads no place out of the reasons and texts of a history', async () => {
      const words = '在 121.051234,31.051234 处';
      const place = "ST_SetSRID(ST_MakePoint(121.05, 31.05), 4490), 121.05, 31.05, 'CGCS2000'";
      await system.query(
        `insert into resources (id, code, state, geom, original_lon, original_lat, datum, location_quality)
         values ('told', 'told', '待产权确认', ${place}, '实测')`,
      );
      await system.query(
        "insert into relocations (id, cause, project, district_code) values ('told', '其他', 'x', $1)",
        [OWN],
      );
      await system.query(
        `insert into demands (id, code, operator, joint_operators, geom, original_lon, original_lat, datum, search_radius_m)
         values ('told', 'told', '另一家', array['甲单位'], ${place}, 300)`,
      );
      const histories = ['resource', 'relocation', 'demand'];
      for (const object of histories)
        await planner.query("select write_audit('change', $1, 'told', $2::json, $2::json, $3)", [
          object,
          JSON.stringify({ name: words }),
          words,
        ]);
      for (const object of histories) {
        const told = async (who: typeof planner) =>
          JSON.stringify(
            (await who.query(`select before, after, reason from ${object}_history('told')`, [])).rows,
          );
        expect([object, (await told(planner)).split(words).length]).toEqual([object, 4]);
        const masked = await told(operator);
        expect([object, masked.split('121.051').length, masked.includes('121.0512')]).toEqual([
          object,
          4,
          false,
        ]);
      }
      const decisions = await tryOut(operator, 'select reason_text from public.batch_decisions');
      expect(decisions.refused).toBe('STORE_DENIED');
      for (const table of ['resources', 'relocations', 'demands'])
        await system.query(`delete from ${table} where id = 'told'`);
    });

    test('who registers a relocation lets it pass no gate', async () => {
      const tower = scopedStore(system, aPrincipal('tower'), { ...context, reason: '强拆' });
      const { rows } = await tryOut(
        tower,
        `insert into relocations (id, cause, project, district_code, override_reason, override_at, override_by)
         values ('mine', '其他', 'x', $1, '领导同意', now(), '区科委') returning override_reason, override_at, override_by`,
        [OWN],
      );
      expect(rows).toEqual([{ override_reason: null, override_at: null, override_by: null }]);
    });

    test('a town lets nobody write into another district', async () => {
      const territory = { everywhere: false, districtCodes: [], townCodes: [OWN_TOWN] };
      const tower = scopedStore(system, aPrincipal('tower', { territory }), context);
      const add = (district: string) =>
        tryOut(
          tower,
          "insert into resources (id, code, district_code, town_code, address) values ('by-town', 'by-town', $1, $2, '某路')",
          [district, OWN_TOWN],
        );
      expect((await add(OWN)).refused).toBe(null);
      expect((await add(FOREIGN)).refused).toBe('STORE_DENIED');
      const take = await tryOut(tower, "update sites set district_code = $1 where id = 'site own'", [
        FOREIGN,
      ]);
      expect(take.refused).toBe('STORE_DENIED');
    });

    test('a masked role finds sites by page, box, tile, text and plan like everybody, to 0.001 degrees', async () => {
      const exact = await loadSitesByIds(system, ['site own']);
      const [site] = await loadSitesByIds(operator, ['site own']);
      expect(exact[0]?.position).toEqual([121.025123456, 31.050987654]);
      expect(site).toMatchObject({
        position: [121.025, 31.051],
        originalPosition: [121.025, 31.051],
        code: 'code own @121.025,31.050',
      });
      const answers = [
        await loadSitePage(operator, { box: BOX, pageSize: 10 }),
        await loadSiteTile(operator, BOX, 14),
        await loadSiteTile(operator, BOX, 8),
        await searchSites(operator, '地点', 10),
        await loadPlanItems(operator, 'plan own', {}),
        await loadPlanTile(operator, 'plan own', BOX, 12),
      ];
      expect(answers[0]).toMatchObject({ total: 5 });
      expect(answers[3]).toHaveLength(2);
      for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/\.\d{4}/);
    });
  });
}
