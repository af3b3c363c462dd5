// Two districts side by side and a stretch of land that belongs to none: sites, areas, plans with rows, judgements and imports
// in each. Every text of what is not in the first district holds the word CANARY, so that a leak is a word in an answer.

import type { Role } from '../../../server/permission/permission-table.ts';
import type { ActContext, Principal } from '../../../server/permission/principal.ts';
import { type Store, StoreError } from '../../../server/store/store.ts';

export const OWN = '310901';
export const FOREIGN = '310902';
export const OWN_TOWN = '310901001';
export const ORGANISATION = '甲单位';
export const CANARY = 'CANARY';

interface Place {
  readonly key: string;
  readonly west: number;
  readonly district: string;
  readonly town: string;
  readonly owner: string;
}

/** Where rows stand; the code of the district is found by the place, not given. */
export const places: readonly Place[] = [
  { key: 'own', west: 121.02, district: OWN, town: OWN_TOWN, owner: ORGANISATION },
  { key: 'own-other-town', west: 121.06, district: OWN, town: '310901002', owner: '乙单位' },
  { key: 'foreign', west: 121.12, district: FOREIGN, town: '310902001', owner: `${CANARY}单位` },
  { key: 'foreign-of-mine', west: 121.16, district: FOREIGN, town: '310902001', owner: ORGANISATION },
  { key: 'none', west: 125.02, district: '', town: '', owner: `${CANARY}单位` },
];

export const positionOf = ({ west }: Place) => [west + 0.005123456, 31.050987654] as const;

const squareText = (west: number, south: number, width: number, height: number): string => {
  const [east, north] = [west + width, south + height];
  return `MULTIPOLYGON(((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south})))`;
};

/** The row of a site as SQL values: `$1` id, `$2` place key, position, district, town, owner. */
export const insertSiteSql = `
  insert into sites (id, code, name, resource_type, structure, geom, original_lon, original_lat, datum, height_m, status,
    cost_cny, owner, build_mode, district_code, town_code, origin)
  values ($1, $2, $3, '路灯杆', 'pole', ST_SetSRID(ST_MakePoint($4::float8, $5::float8), 4490), $4::float8, $5::float8,
    'CGCS2000', 8, 'candidate', 1000, $6, '直接利用', $7, $8, 'sample')`;

export const insertAreaSql = `
  insert into target_areas (id, name, kind, geom, area_km2)
  values ($1, $2, '核心区', ST_SetSRID(ST_GeomFromText($3), 4490), 1)`;

export const squareOf = ({ west }: Place): string => squareText(west, 31.04, 0.02, 0.02);

const nameOf = ({ key }: Place): string => (key.startsWith('own') ? `地点 ${key}` : `${CANARY} ${key}`);

const itemSql = `
  insert into plan_items (plan_id, site_id, rank, status, placed_by, cost_cny, gain_bins, gain_weight_share, share_after,
    unique_weight_share, displaced) values ($1, $2, $3, 'new', 'target-gain', 1000, 1, 0.1, 0.5, 0.1, '[]')`;

/** Fills an empty, migrated store as the system. */
export async function makeTwoDistricts(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    const district =
      'insert into districts (code, name, geom, area_km2) values ($1, $2, ST_SetSRID(ST_GeomFromText($3), 4490), 100)';
    await tx.query(district, [OWN, '甲区', squareText(121, 31, 0.1, 0.1)]);
    await tx.query(district, [FOREIGN, '乙区', squareText(121.1, 31, 0.1, 0.1)]);
    await tx.query(
      `insert into towns (code, name, district_code) select code, code, left(code, 6)
         from unnest($1::text[]) as t (code)`,
      [[OWN_TOWN, '310901002', '310902001']],
    );
    for (const place of places) {
      const name = nameOf(place);
      const [lon, lat] = positionOf(place);
      const site = [`site ${place.key}`, `code ${place.key} @${lon},${lat}`, name, lon, lat, place.owner, ''];
      await tx.query(insertSiteSql, [...site, place.town]);
      await tx.query(insertAreaSql, [`area ${place.key}`, name, squareOf(place)]);
    }
    await tx.query(insertAreaSql, ['area across', `${CANARY} across`, squareText(121.08, 31.04, 0.04, 0.02)]);
    for (const key of [...places.map((place) => place.key), 'across']) {
      await makePlan(tx, key, key.startsWith('own') ? `地点 ${key}` : `${CANARY} ${key}`);
    }
    // a plan of the first district also takes a site across the border
    await tx.query(itemSql, ['plan own', 'site foreign', 1]);
    await tx.query(
      `insert into reviews (plan_id, site_id, decision, reason_text, reviewer)
       select i.plan_id, i.site_id, '同意', s.name, '系统' from plan_items i join sites s on s.id = i.site_id`,
      [],
    );
    await tx.query(
      `insert into imports (id, kind, file_name, digest, datum, settings, outcome, report, issues)
       values ('import system', 'sites', $1, 'd', 'CGCS2000', '[]', 'stored', jsonb_build_object('fileName', $1::text), '[]')`,
      [`${CANARY}.csv`],
    );
    await tx.query('update layer_revisions set revision = revision + 1', []);
  });
}

async function makePlan(tx: Pick<Store, 'query'>, key: string, name: string): Promise<void> {
  const id = `plan ${key}`;
  await tx.query(
    `insert into plans (id, name, state, request, summary, fingerprint, finished_at, engine_version, areas, districts)
     values ($1, $2, 'done', jsonb_build_object('areaIds', json_build_array($3::text), 'name', $2::text), '{}', 'f', now(),
       '1', json_build_array(json_build_object('name', $2::text))::jsonb, '[]')`,
    [id, name, `area ${key}`],
  );
  if (key !== 'across') await tx.query(itemSql, [id, `site ${key}`, 0]);
  await tx.query('insert into plan_rasters (plan_id, bytes) values ($1, $2)', [id, Buffer.from(name)]);
  await tx.query(
    `insert into plan_operators (plan_id, operator, place, areas, districts, uncovered)
     values ($1, '中国移动', 0, json_build_array($2::text)::jsonb, '[]', '[]')`,
    [id, name],
  );
  await tx.query(
    `insert into plan_certificates (plan_id, file) values ($1, json_build_object('name', $2::text)::jsonb)`,
    [id, name],
  );
}

export const context: ActContext = { address: '10.0.0.7', requestId: 'request-1', reason: '' };

/** A person of the first district; a town's person has its town only. */
export function aPrincipal(role: Role, changes: Partial<Principal> = {}): Principal {
  const isTown = role === 'town';
  return {
    accountId: `account ${role}`,
    name: `${role} 先生`,
    role,
    organisation: ORGANISATION,
    territory: {
      everywhere: false,
      districtCodes: isTown ? [] : [OWN],
      townCodes: isTown ? [OWN_TOWN] : [],
    },
    tokenScope: null,
    ...changes,
  };
}

export const everywhere = { everywhere: true, districtCodes: [], townCodes: [] } as const;

class TakenBack extends Error {}

/** What a statement would do, without doing it: its rows or the code of its refusal. */
export async function tryOut(
  store: Store,
  sql: string,
  values: readonly unknown[] = [],
): Promise<{
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number;
  readonly refused: string | null;
}> {
  const seen = { rows: [] as Record<string, unknown>[], rowCount: 0 };
  try {
    await store.transaction(async (tx) => {
      const { rows, rowCount } = await tx.query(sql, values);
      Object.assign(seen, { rows, rowCount });
      throw new TakenBack();
    });
  } catch (error) {
    if (error instanceof TakenBack) return { ...seen, refused: null };
    if (error instanceof StoreError) return { rows: [], rowCount: 0, refused: error.code };
    throw error;
  }
  throw new Error('a transaction that threw came back');
}
