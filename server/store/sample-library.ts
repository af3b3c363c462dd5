// The library of the made-up district: its candidate sites as resources that are open already, so that every desk has something
// to work with, and a list nobody has located yet. As if districts had opened them long ago: no act of a person, no audit.
// What a resource carries follows from its code, so the same sample gives the same library everywhere.
import type { Queryable } from './store.ts';

const UNLOCATED = 40;

/** How many resources were made. Call it once, in the transaction that saves the sample's sites. */
export async function openSampleLibrary(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.query(
    `insert into resources (id, code, name, address, resource_type, state, geom, original_lon, original_lat, datum, location_quality,
       district_code, district_located, town_code, owner, owner_confirmed_at, free_status, whitelisted, total_height_m,
       mount_heights_m, load_kg, slots, power_mode, power_distance_m, power_kva, fibre, structure_check, cost_cny, build_mode,
       site_id, origin)
     select 'resource-' || s.id, s.code, s.name, t.name || s.name, s.resource_type, '已开放', s.geom, s.original_lon, s.original_lat,
            s.datum, '图上', s.district_code, s.district_located, s.town_code, s.owner, timestamptz '2025-03-01 00:00+08',
            s.free_status, s.free_status = '必须免费', s.height_m + 1, array[s.height_m],
            case s.structure when 'pole' then 40 + number % 41 when 'roof' then 300 + number % 301 else 400 end,
            case s.structure when 'pole' then 1 + number % 2 else 3 + number % 2 end,
            s.power_mode, number % 60, case s.structure when 'pole' then 3 + number % 6 else 10 + number % 21 end,
            case number % 3 when 0 then '到杆' when 1 then '就近' else '无' end,
            case number % 10 when 0 then '加固' when 1 then '可用' else '未核' end, s.cost_cny, s.build_mode, s.id, 'site'
       from sites s
       join resource_types k on k.code = s.resource_type
       left join towns t on t.code = s.town_code
       cross join lateral (select ('x' || substr(md5(s.code), 1, 6))::bit(24)::int as number) as drawn
      where s.status = 'candidate' and k.structure is not null`,
    [],
    { deadlineMs: 120_000 },
  );
  const listed = await tx.query(
    `insert into resources (id, code, name, address, resource_type, district_code, town_code, owner, source_file, source_row)
     select 'resource-listed-' || n, '待定-' || lpad(n::text, 3, '0'), '', t.name || '第' || n || '号院', '政府机关', t.district_code, t.code,
            t.name || '办事处', '公共建筑清单.xlsx', n + 1
       from generate_series(1, $1::int) as n
       join (select *, row_number() over (order by code) - 1 as place, count(*) over () as total from towns) as t
         on t.place = n % t.total`,
    [UNLOCATED],
  );
  return rowCount + listed.rowCount;
}
