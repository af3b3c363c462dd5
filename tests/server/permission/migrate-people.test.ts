// Migrations 021 and 022 on a database that was used before: plans and sites get their districts, and several databases of one
// cluster, whose roles they share, migrate at the same time.
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '../../../server/store/migrate.ts';
import { verifyAudit } from '../../../server/store/verify-audit.ts';
import { openNativeTestStore, openTestStores } from '../../support/stores.ts';
import { insertAreaSql, insertSiteSql, OWN, places, positionOf, squareOf } from './two-districts.ts';

const stores = await openTestStores({ migrated: false });
const before = mkdtempSync(join(tmpdir(), 'zhanzhi-before-'));
const migrationsDir = fileURLToPath(new URL('../../../server/store/migrations/', import.meta.url));
for (const name of readdirSync(migrationsDir).filter((each) => each < '021'))
  cpSync(join(migrationsDir, name), join(before, name));
afterAll(async () => {
  for (const opened of stores) await opened.close();
  rmSync(before, { recursive: true, force: true });
});

for (const { store } of stores) {
  describe(`a used database on the ${store.kind} store`, () => {
    test('its sites, areas and plans get their districts, and its judgements stay', async () => {
      const applied = await migrate(store, before);
      expect(applied.at(-1)).toBe('020-people.sql');
      const [own, , , , none] = places;
      await store.query(
        `insert into districts (code, name, geom, area_km2) values ($1, '甲区',
           ST_SetSRID(ST_GeomFromText('MULTIPOLYGON(((121 31,121.1 31,121.1 31.1,121 31.1,121 31)))'), 4490), 1)`,
        [OWN],
      );
      for (const place of [own!, none!]) {
        const [lon, lat] = positionOf(place);
        await store.query(insertSiteSql, [`site ${place.key}`, place.key, '站', lon, lat, '单位', '', '']);
        await store.query(insertAreaSql, [`area ${place.key}`, '片', squareOf(place)]);
      }
      await store.query(
        `insert into plans (id, name, request) values ('p', '方案', '{"areaIds": ["area own"]}'), ('q', '方案', '{"areaIds": ["gone"]}')`,
      );
      await store.query(
        `insert into reviews (plan_id, site_id, decision, reason_text, reviewer) values ('p', 'site own', '同意', '', '李')`,
      );
      const rest = await migrate(store);
      expect(rest.slice(0, 2)).toEqual(['021-permissions.sql', '022-audit.sql']);
      expect(await migrate(store)).toEqual([]);
      const { rows } = await store.query(
        `select (select json_object_agg(id, district_code) from sites) as sites,
                (select json_object_agg(id, district_codes) from target_areas) as areas,
                (select json_object_agg(id, district_codes) from plans) as plans,
                (select count(*) from plans where created_by is null) as made_by_nobody,
                (select reviewer from reviews) as reviewer`,
        [],
      );
      expect(rows).toEqual([
        {
          sites: { 'site own': OWN, 'site none': '' },
          areas: { 'area own': [OWN], 'area none': [] },
          plans: { p: [OWN], q: [] },
          made_by_nobody: 2,
          reviewer: '李',
        },
      ]);
      expect(await verifyAudit(store, [])).toMatchObject({ findings: [] });
    });
  });
}

test('four databases of one cluster migrate at the same time', async () => {
  const opened = await Promise.all([1, 2, 3, 4].map(() => openNativeTestStore({ migrated: false })));
  const several = opened.filter((each) => each !== null);
  const applied = await Promise.all(several.map(({ store }) => migrate(store)));
  for (const names of applied) expect(names).toContain('022-audit.sql');
  await Promise.all(several.map((each) => each.close()));
});
