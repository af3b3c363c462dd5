// Demands of the made-up district: three operators, near resources of its library, two of them twice at the same place, so that the
// desk has something to match, to merge and to claim. As if they had come with a list: no act of a person, no audit.
import type { Queryable } from './store.ts';

const DEMANDS = 60;
/** Of these, another operator wants the same place. */
const TWINS = 4;
/** The first is the organisation of the demonstration account. */
const operators = ['示范运营商', '甲运营商', '乙运营商'];

/** How many demands were made. Call it once, in the transaction that makes the sample's library. */
export async function makeSampleDemands(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.query(
    `with near as (
       select r.lon, r.lat, r.town_code, r.total_height_m, row_number() over (order by md5(r.code)) as n
         from resources r where r.state = '已开放' order by md5(r.code) limit $1::int
     ), wanted as (
       select n.*, n.n % 3 as operator from near n
       union all
       select n.*, (n.n + 1) % 3 from near n where n.n <= $2::int
     )
     insert into demands (id, code, name, batch, operator, scenario, geom, original_lon, original_lat, datum, town_code,
       search_radius_m, band, form, want_height_m, reason, priority, want_date, shareable, origin, source_file, source_row)
     select 'demand-sample-' || w.n || '-' || w.operator, 'XQ-' || lpad(w.n::text, 3, '0'), coalesce(t.name, '') || '需求 ' || w.n,
            '2026 年第一批', ($3::text[])[1 + w.operator], (array['密集城区', '一般城区', '郊区'])[1 + w.n % 3], placed.geom,
            ST_X(placed.geom), ST_Y(placed.geom), 'CGCS2000', coalesce(t.code, ''), 150 + 50 * (w.n % 4), '3.5 GHz',
            case when w.total_height_m < 15 then '杆站' else '宏站' end, round(w.total_height_m),
            (array['弱覆盖', '容量', '投诉', '新建区'])[1 + w.n % 4], 1 + w.n % 5, date '2027-01-15' + (w.n * 5)::int, w.n % 4 <> 0,
            'import', '运营商需求清单.xlsx', w.n + 1
       from wanted w
       -- some tens of metres beside a resource, and a few metres apart for twins
       cross join lateral (select ST_SetSRID(ST_MakePoint(w.lon + 0.0003 * (w.n % 3 - 1) + 0.0001 * w.operator,
                                                          w.lat + 0.0003 * (w.n % 2)), 4490) as geom) as placed
       left join towns t on t.code = w.town_code and t.district_code = district_at(placed.geom)`,
    [DEMANDS, TWINS, operators],
  );
  return rowCount;
}
