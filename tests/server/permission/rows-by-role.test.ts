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
import type { Store } from '../../../server/store/store.ts';
import { openTestStores } from '../../support/stores.ts';
import {
  aPrincipal,
  context,
  everywhere,
  FOREIGN,
  insertAreaSql,
  insertSiteSql,
  makeTwoDistricts,
  ORGANISATION,
  OWN,
  OWN_TOWN,
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

/** A row that is for operators: the first is also its raiser where a row has one; `asked` has to agree to it. */
interface Wish {
  readonly key: string;
  readonly district: string;
  readonly town: string;
  readonly operators: readonly string[];
  readonly asked?: string;
}
const RIVAL = '乙运营商';
const here = { district: OWN, town: OWN_TOWN };
const wishes: readonly Wish[] = [
  { key: 'both', ...here, operators: [ORGANISATION, RIVAL] },
  { key: 'mine', ...here, operators: [ORGANISATION] },
  { key: 'mine-elsewhere', district: FOREIGN, town: '310902001', operators: [ORGANISATION] },
  { key: 'nobody', ...here, operators: ['丙运营商'] },
  { key: 'rival', ...here, operators: [RIVAL] },
  { key: 'rival-asks', ...here, operators: [RIVAL], asked: ORGANISATION },
];

/** An operator's own name it; what is anybody else's goes by its place. */
const wishRule =
  (permission: Permission, isAsked = false) =>
  ({ district, town, operators, asked }: Wish, person: Principal): boolean => {
    const scope = scopeFor(permission, person.role);
    if (scope === null || (person.tokenScope !== null && !person.tokenScope.includes(permission)))
      return false;
    if (scope === 'own')
      return operators.includes(person.organisation) || (isAsked && asked === person.organisation);
    return siteRule({ key: '', districts: [district], town, owner: '' }, scope, person);
  };

/** For each wish an open resource of its own with a claim, a case with survey, photo and paper for each operator, and a row of a batch. */
async function makeWishes(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    for (const [id, district] of [
      ['batch here', OWN],
      ['batch there', FOREIGN],
    ])
      await tx.query(
        "insert into batches (id, title, district_code, copy_to) values ($1, '一批', $2, array[$3, $4])",
        [id, district, ORGANISATION, RIVAL],
      );
    for (const [place, { key, district, town, operators, asked }] of wishes.entries()) {
      const position = [district === OWN ? 121.03 : 121.13, 31.051 + place / 1000];
      await tx.query(insertSiteSql, [`site of ${key}`, key, key, ...position, ORGANISATION, '', town]);
      await tx.query(
        `insert into resources (id, code, name, resource_type, state, geom, original_lon, original_lat, datum, location_quality,
           town_code, owner, owner_confirmed_at, slots, site_id, cost_cny)
         select $1, s.code, s.name, s.resource_type, '已开放', s.geom, s.lon, s.lat, 'CGCS2000', '实测', s.town_code, s.owner, now(), 4,
                s.id, 100000 from sites s where s.id = $2`,
        [`resource ${key}`, `site of ${key}`],
      );
      for (const operator of operators)
        await tx.query(
          "insert into cases (id, site_id, operator, company, state) values ($1, $2, $3, '甲铁塔', '认领')",
          [`case ${key} ${operator}`, `site of ${key}`, operator],
        );
      await tx.query(
        `insert into claims (id, state, resource_id, company, for_operators, slots, until, note)
         values ($1, '持有', $2, '甲铁塔', $3, 1, now() + interval '9 days', $1)`,
        [`claim ${key}`, `resource ${key}`, operators],
      );
      if (asked !== undefined)
        await tx.query('insert into claim_confirmations (claim_id, operator) values ($1, $2)', [
          `claim ${key}`,
          asked,
        ]);
      await tx.query(
        `insert into batch_rows (id, batch_id, place, site_id, code, name, geom, structure, district_code, town_code, height_m, build_mode,
           cost_cny, for_operators, decision, reason_code, reason_text, decided_name)
         select $1, $2, $3, s.id, s.code, s.name, s.geom, 'pole', s.district_code, s.town_code, 8, '直接利用', 1000, $4, '退回补正', '其他',
                '缺图 121.031234', '区科委' from sites s where s.id = $5`,
        [
          `row ${key}`,
          district === OWN ? 'batch here' : 'batch there',
          place + 1,
          operators,
          `site of ${key}`,
        ],
      );
    }
    await tx.query(
      "insert into surveys (case_id, remark) select id, id from cases where id like 'case %'",
      [],
    );
    await tx.query(
      `insert into photos (id, case_id, kind, digest, sent_digest, media_type, bytes, width, height)
       select id, id, '全景', repeat('a', 64), repeat('b', 64), 'image/png', 1, 1, 1 from cases where id like 'case %'`,
      [],
    );
    await tx.query(
      `insert into attachments (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages)
       select id, 'case', id, '其他', repeat('c', 64), repeat('c', 64), 'application/pdf', 1, 1 from cases where id like 'case %'`,
      [],
    );
    await tx.query("update batches set state = '已提交' where id like 'batch %'", []);
    await tx.query(
      `insert into batch_decisions (act_id, batch_id, row_id, round, decision, reason_code, reason_text, seen_version, decided_by)
       select 'act ' || r.id, r.batch_id, r.id, 1, '退回补正', '其他', '缺图 121.031234', r.version, 'somebody' from batch_rows r
        where r.id like 'row %'`,
      [],
    );
  });
}

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

for (const { store: system } of stores) {
  describe(`rows for operators on the ${system.kind} store`, () => {
    beforeAll(() => makeWishes(system));

    const everybody = [
      ...people.filter(([name]) => !name.endsWith(' everywhere') || /^(operator|city) /.test(name)),
      ['rival operator', aPrincipal('operator', { organisation: RIVAL })],
      ['operator of nothing', aPrincipal('operator', { organisation: '' })],
    ] as const;

    describe.each(everybody)('for %s', (_, person) => {
      const store = scopedStore(system, person, context);
      const idsOf = async (sql: string, values: readonly unknown[] = []): Promise<unknown[]> => {
        const { rows: found, refused } = await tryOut(store, sql, values);
        expect([sql, refused]).toEqual([sql, null]);
        return found.map((row) => row.id);
      };
      const isMasked = person.role === 'operator';
      const mayClaims = wishRule('claim:read', true);
      const mayCases = wishRule('case:read');
      const mayRows = wishRule('batch:read');

      test('claims, and what became of them, are read as the table says', async () => {
        const readable = wishes.filter((wish) => mayClaims(wish, person)).map(({ key }) => `claim ${key}`);
        expect(await idsOf("select id from public.claims where id like 'claim %' order by id")).toEqual(
          readable,
        );
        expect(await idsOf('select claim_id as id from claim_confirmations order by 1')).toEqual(
          readable.filter((id) => id === 'claim rival-asks'),
        );
        const told = await idsOf(
          `select distinct w.id from unnest($1::text[]) as w (id) cross join lateral claim_history(w.id) as h order by 1`,
          [wishes.map(({ key }) => `claim ${key}`)],
        );
        expect(told).toEqual(readable);
        for (const { key } of wishes) {
          const changed = await tryOut(store, "update public.claims set end_reason = '改' where id = $1", [
            `claim ${key}`,
          ]);
          // held by a company nobody here works for: the sharing office's alone
          const mayChange =
            readable.includes(`claim ${key}`) &&
            wishRule('claim:override')(wishes.find((one) => one.key === key)!, person);
          expect([key, changed.rowCount]).toEqual([key, mayChange ? 1 : 0]);
        }
      });

      test('what stands on a resource is told to who claims there, names of others to nobody whose they are not', async () => {
        for (const wish of wishes) {
          const reads = mayClaims(wish, person);
          const { rows: beside } = await tryOut(store, 'select claims_beside($1) as found', [
            `resource ${wish.key}`,
          ]);
          const standing = beside[0]?.found as readonly {
            id: string;
            operators: string[];
            company: string;
          }[];
          if (reads) expect(standing).toMatchObject([{ id: `claim ${wish.key}`, operators: wish.operators }]);
          else
            for (const { id, company, operators } of standing)
              expect([id, company, operators.every((name) => name.startsWith('*'))]).toEqual(['', '*', true]);
          const { rows: looked } = await tryOut(store, 'select standing from claim_outlook($1)', [
            `resource ${wish.key}`,
          ]);
          const isOwn = scopeFor('claim:read', person.role) === 'own';
          const named = (looked[0]?.standing ?? []) as readonly { operators: string[] }[];
          if (isOwn)
            expect(named.every(({ operators }) => operators.includes(person.organisation))).toBe(true);
          if (!isMasked) continue;
          const { rows: company } = await tryOut(store, 'select claiming_company($1, $2) as name', [
            `resource ${wish.key}`,
            RIVAL,
          ]);
          expect(company[0]?.name ?? null).toBe(
            wish.operators.includes(RIVAL) && person.organisation === RIVAL ? '甲铁塔' : null,
          );
        }
        if (!isMasked) return;
        for (const sql of [
          "select public.claiming_company('resource rival', '乙运营商')",
          "select open_case('site of rival', null, null, '乙运营商', '认领')",
          "select move_case('case rival 乙运营商', '撤销')",
          'select * from public.cases',
          'select * from public.batch_rows',
          'select * from public.batch_decisions',
        ])
          expect([sql, (await tryOut(store, sql)).refused]).toEqual([sql, 'STORE_DENIED']);
      });

      test('cases with their surveys, photos, papers and timelines are read as the table says', async () => {
        const ofWish = ({ key, operators, ...wish }: Wish) =>
          operators
            .filter((operator) => mayCases({ key, ...wish, operators: [operator] }, person))
            .map((operator) => `case ${key} ${operator}`);
        const readable = wishes.flatMap(ofWish).sort();
        for (const sql of [
          "select id from cases where id like 'case %' order by id",
          "select case_id as id from surveys where case_id like 'case %' order by 1",
          "select id from photos where id like 'case %' order by id",
          "select id from attachments where id like 'case %' order by id",
        ])
          expect([sql, (await idsOf(sql)).sort()]).toEqual([sql, readable]);
        const every = wishes.flatMap(({ key, operators }) =>
          operators.map((operator) => `case ${key} ${operator}`),
        );
        const told = await idsOf(
          'select distinct w.id from unnest($1::text[]) as w (id) cross join lateral case_history(w.id) as h order by 1',
          [every],
        );
        expect(told.sort()).toEqual(readable);
        if (!isMasked) return;
        for (const id of every) {
          const { rowCount } = await tryOut(store, "update cases set on_air_evidence = '单' where id = $1", [
            id,
          ]);
          expect([id, rowCount]).toEqual([id, readable.includes(id) ? 1 : 0]);
        }
      });

      test('batches are seen by their rows, and tell an operator nothing of the others', async () => {
        const readable = wishes.filter((wish) => mayRows(wish, person));
        expect(await idsOf("select id from batch_rows where id like 'row %' order by id")).toEqual(
          readable.map(({ key }) => `row ${key}`),
        );
        expect(
          await idsOf("select row_id as id from batch_decisions where row_id like 'row %' order by 1"),
        ).toEqual(readable.map(({ key }) => `row ${key}`));
        const heads = await tryOut(
          store,
          "select id, for_operators, copy_to from batches where id like 'batch %' order by id",
        );
        const isOwn = scopeFor('batch:read', person.role) === 'own';
        if (!isOwn) return;
        expect(heads.rows).toEqual(
          ['batch here', 'batch there'].flatMap((id) => {
            const mine = readable.filter(({ district }) => (district === OWN) === (id === 'batch here'));
            const named = [...new Set(mine.flatMap(({ operators }) => operators))].sort();
            const copies = [ORGANISATION, RIVAL].filter((name) => name === person.organisation);
            return mine.length === 0 ? [] : [{ id, for_operators: named, copy_to: copies }];
          }),
        );
        const { rows: history } = await tryOut(store, "select after from batch_history('batch here')");
        expect([history.length > 0, JSON.stringify(history).includes('copy_to')]).toEqual([
          heads.rows.some(({ id }) => id === 'batch here'),
          false,
        ]);
        const { rows: reasons } = await tryOut(
          store,
          "select reason_text from batch_decisions where row_id like 'row %'",
        );
        expect(reasons.filter(({ reason_text }) => reason_text !== '缺图 121.031')).toEqual([]);
      });

      test('a problem names the claims, cases and rows its reader may read', async () => {
        const objects = ['both', 'mine', 'rival'].flatMap((key) => [
          { noun: 'claim', id: `claim ${key}` },
          { noun: 'batch-row', id: `row ${key}` },
        ]);
        const { rows: found } = await tryOut(store, 'select objects_seen($1::jsonb) as named', [
          JSON.stringify(objects),
        ]);
        const keep = objects.filter(({ noun, id }) => {
          const wish = wishes.find(({ key }) => id.endsWith(` ${key}`))!;
          return noun === 'claim' ? mayClaims(wish, person) : mayRows(wish, person);
        });
        // whoever reads by territory is told the names of that day
        const byPlace = (['claim:read', 'case:read', 'batch:read'] as const).every((word) =>
          ['territory', 'all'].includes(scopeFor(word, person.role) ?? ''),
        );
        expect(found[0]?.named).toEqual(byPlace && person.tokenScope === null ? objects : keep);
      });
    });
  });
}

const idsFrom = (prefix: string, from: readonly Row[]): string[] =>
  from.map(({ key }) => `${prefix} ${key}`).sort();
