// The map of a desk: rows within a window, grouped by squares of the screen, or by place when looked at from near. Squares are those of
// the web map (Web Mercator, tiles of 256 pixels), so they stay where they are while somebody pans.
import { type Box, markSquares } from '../../engine/index.ts';
import type { DeskMapJson } from '../contract/desk-map.ts';
import type { Queryable } from './store.ts';

const MOST_MARKS = 3_000;
const { squarePx, tilePx, placesFromZoom, mostIds } = markSquares;

/** From here on more rows lie within than an index is good for, and comparing boxes takes longer than comparing numbers. */
const WIDE_DEG2 = 0.1;

/** `place` has geom, lon and lat. Borders belong to it. `$first` … `$first + 3` are west, south, east and north. */
export function withinSql(place: string, first: number): string {
  const [west, south, east, north] = [0, 1, 2, 3].map((more) => `$${first + more}::float8`);
  // boxes are compared in single precision, for the index: about a metre is left to decide
  return `(((${east} - ${west}) * (${north} - ${south}) > ${WIDE_DEG2}
      or ${place}.geom && ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4490))
    and ${place}.lon between ${west} and ${east} and ${place}.lat between ${south} and ${north})`;
}

/** What `withinSql` needs; four times NULL without a box. */
export const boxValues = (box: Box | undefined): readonly (number | null)[] =>
  box ?? [null, null, null, null];

type Mark = DeskMapJson['marks'][number];

interface MarkSource {
  /** Selects id, lon, lat, state, label and part: a row for each place within the window, `part` NULL but for relocations. */
  readonly placesSql: string;
  /** Selects located and unlocated: rows under the filters, whatever the window. */
  readonly totalsSql: string;
  readonly values: readonly unknown[];
  /** One row may have several places. */
  readonly hasSeveral?: boolean;
}

/** The largest first; ties by the first id. */
export async function loadMarks(db: Queryable, source: MarkSource, zoom: number): Promise<DeskMapJson> {
  if (zoom >= placesFromZoom) return loadPlaceMarks(db, source);
  const { placesSql, totalsSql, values, hasSeveral = false } = source;
  // worked out apart: of an expression over columns the planner expects as many groups as places, and sorts them all
  const placed = `(select p.*, ${squareSql(`$${values.length + 1}::float8`)} as square from (${placesSql}) as p offset 0) as p`;
  const given = [...values, (tilePx * 2 ** zoom) / squarePx];
  const { rows } = await db.query<Omit<DeskMapJson, 'marks'> & { marks: (Mark & { square: number })[] }>(
    `with marks as materialized (
       select p.square, ${countSql(hasSeveral)} as count, min(p.id) as first, sum(p.lon) / count(*) as lon,
              sum(p.lat) / count(*) as lat, ${sharedSql(hasSeveral)}
         from ${placed} group by p.square order by count desc, first limit ${MOST_MARKS + 1})
     ${replySql(totalsSql, "'square', m.square, 'ids', '{}'::text[]")}`,
    given,
  );
  // an aggregate is one row
  const { marks, ...told } = rows[0]!;
  // a second look for small ones alone: to keep the ids of all rows would take three times as long
  const small = marks.filter(({ count }) => count <= mostIds).map(({ square }) => square);
  const named = new Map<number, string[]>();
  if (small.length > 0) {
    const { rows: squares } = await db.query<{ square: number; ids: string[] }>(
      `select p.square, array_agg(distinct p.id) as ids from ${placed}
        where p.square = any ($${given.length + 1}::float8[]) group by p.square`,
      [...given, small],
    );
    for (const { square, ids } of squares) named.set(square, ids);
  }
  return { ...told, marks: marks.map(({ square, ...mark }) => ({ ...mark, ids: named.get(square) ?? [] })) };
}

/** One for each place; a window seen from so near holds few. */
async function loadPlaceMarks(
  db: Queryable,
  { placesSql, totalsSql, values, hasSeveral = false }: MarkSource,
): Promise<DeskMapJson> {
  const { rows } = await db.query<DeskMapJson>(
    `with marks as materialized (
       select p.lon, p.lat, ${countSql(hasSeveral)} as count, min(p.id) as first, array_agg(p.id) as ids,
              ${sharedSql(hasSeveral)}
         from (${placesSql}) as p group by p.lon, p.lat order by count desc, first limit ${MOST_MARKS + 1})
     ${replySql(totalsSql, `'ids', array(select distinct i from unnest(m.ids) as i order by i limit ${mostIds})`)}`,
    values,
  );
  return rows[0]!;
}

/** Rows `p`, each once: a sort of each mark, which rows with one place can do without. */
const countSql = (hasSeveral: boolean): string => (hasSeveral ? 'count(distinct p.id)' : 'count(*)');

/** What all rows `p` of a mark have in common, and the label of one. */
const sharedSql = (hasParts: boolean): string =>
  `${onlySql('state')} as state, ${hasParts ? onlySql('part') : 'null::text'} as part, min(p.label) as label`;

/** The reply from `marks`; `more` are fields of a mark `m`. */
const replySql = (totalsSql: string, more: string): string => `
  select (select coalesce(json_agg(json_build_object('lon', m.lon, 'lat', m.lat, 'count', m.count, ${more}, 'state', m.state,
            'label', case when m.count = 1 then m.label end, 'part', m.part) order by m.count desc, m.first), '[]')
            from (select * from marks order by count desc, first limit ${MOST_MARKS}) as m) as marks,
         (select count(*) > ${MOST_MARKS} from marks) as cut, t.located, t.unlocated
    from (${totalsSql}) as t`;

/** The one value all have, else NULL. */
const onlySql = (column: string): string =>
  `case when min(p.${column} collate "C") = max(p.${column} collate "C") then min(p.${column} collate "C") end`;

/** Column and row of the square of a place as one number; `squares` go once round the equator, at most 2¹⁹ of them. */
const squareSql = (squares: string): string =>
  `floor((p.lon + 180) / 360 * ${squares}) * 16777216 + floor((0.5 - asinh(tan(radians(p.lat))) / (2 * pi())) * ${squares})`;
