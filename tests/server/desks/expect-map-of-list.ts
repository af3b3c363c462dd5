// The map of a desk against its list: rows taken page for page as the table shows them, grouped here in plain TypeScript by what the
// contract says, have to be the marks; and a list within a window has to be the rows that have a place there.
import { expect } from 'vitest';
import type { Box } from '../../../engine/index.ts';
import type { DeskMapJson } from '../../../server/contract/desk-map.ts';
import type { Browser } from '../people/people-app.ts';

/** lon, lat */
type Place = readonly number[];

interface MapRow {
  readonly id: string;
  readonly places: readonly Place[];
  readonly state: string;
  readonly label: string;
}

export interface MapDesk<Row> {
  /** /api/claims */
  readonly path: string;
  /** Field of a page that holds the rows. */
  readonly rows: string;
  readonly read: (row: Row) => MapRow;
  /** False: its counts are of the whole, whatever the filters. */
  readonly hasCounts?: boolean;
}

const WORLD: Box = [-180, -90, 180, 90];
const zooms = [3, 12, 16, 17] as const;

/** Compares map, list and counts under these filters; answers the rows. Throws when one of them differs. */
export async function expectMapOfList<Row>(
  browser: Browser,
  { path, rows: field, read, hasCounts = true }: MapDesk<Row>,
  filters = '',
): Promise<MapRow[]> {
  const json = async <Reply>(url: string): Promise<Reply> => {
    const reply = await browser.ask('GET', url);
    expect([url, reply.statusCode, reply.payload.slice(0, 300)]).toEqual([url, 200, expect.anything()]);
    return reply.json<Reply>();
  };
  const listed = async (more: string): Promise<MapRow[]> => {
    const page = await json<Record<string, Row[]>>(`${path}?pageSize=1000${filters}${more}`);
    return page[field]!.map(read).sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const all = await listed('');
  const lons = all.flatMap(({ places }) => places.map(([lon = 0]) => lon)).sort((a, b) => a - b);
  const middle = lons[Math.floor(lons.length / 2)] ?? 0;
  // cut through a place: borders belong to the window
  for (const box of [WORLD, [-180, -90, middle, 90], [middle, 31, 122, 31.1]] satisfies Box[]) {
    for (const zoom of box === WORLD ? zooms : zooms.slice(1, 3)) {
      const map = await json<DeskMapJson>(`${path}/map?bbox=${box.join(',')}&zoom=${zoom}${filters}`);
      const located = all.filter(({ places }) => places.length > 0).length;
      expect([map.located, map.unlocated, map.cut]).toEqual([located, all.length - located, false]);
      expect(map.marks.map(({ part: _part, ...mark }) => rounded(mark))).toEqual(
        plainMarks(all, box, zoom).map(rounded),
      );
    }
    const within = await listed(`&bbox=${box.join(',')}`);
    const expected = all.filter(({ places }) => places.some((place) => isWithin(place, box)));
    expect(within.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    if (!hasCounts) continue;
    // counts by state look away from the filter of states
    if (filters.includes('state=')) continue;
    const counts = await json<{ total: number }>(`${path}/counts?bbox=${box.join(',')}${filters}`);
    expect(counts.total).toBe(expected.length);
  }
  return all;
}

type PlainMark = Omit<DeskMapJson['marks'][number], 'part'>;

/** Rows by squares of 48 pixels, from zoom 17 on by places; most rows first. */
function plainMarks(rows: readonly MapRow[], box: Box, zoom: number): PlainMark[] {
  const groups = new Map<string, { row: MapRow; place: Place }[]>();
  for (const row of rows)
    for (const place of row.places.filter((one) => isWithin(one, box))) {
      const key = zoom >= 17 ? place.join() : squareOf(place, zoom);
      groups.set(key, [...(groups.get(key) ?? []), { row, place }]);
    }
  const marks = [...groups.values()].map((members): PlainMark => {
    const ids = [...new Set(members.map(({ row }) => row.id))].sort();
    const states = new Set(members.map(({ row }) => row.state));
    const mean = (axis: 0 | 1) =>
      members.reduce((sum, { place }) => sum + (place[axis] ?? 0), 0) / members.length;
    return {
      lon: mean(0),
      lat: mean(1),
      count: ids.length,
      ids: ids.length <= 20 ? ids : zoom >= 17 ? ids.slice(0, 20) : [],
      state: states.size === 1 ? [...states][0]! : null,
      label: ids.length === 1 ? members[0]!.row.label : null,
    };
  });
  const first = new Map(
    marks.map((mark, index) => [mark, [...groups.values()][index]!.map(({ row }) => row.id).sort()[0]!]),
  );
  return marks.sort((a, b) => b.count - a.count || (first.get(a)! < first.get(b)! ? -1 : 1));
}

/** Of the web map: the world is 256 × 2^zoom pixels wide and, cut at 85°, as high. */
function squareOf([lon = 0, lat = 0]: Place, zoom: number): string {
  const pixels = 256 * 2 ** zoom;
  const north = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  const [x, y] = [(lon / 360 + 0.5) * pixels, (0.5 - north / (2 * Math.PI)) * pixels];
  return `${Math.floor(x / 48)} ${Math.floor(y / 48)}`;
}

const isWithin = ([lon = 0, lat = 0]: Place, [west, south, east, north]: Box): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

/** To a tenth of a millimetre: sums differ in their last digits. */
const rounded = (mark: PlainMark): PlainMark => ({
  ...mark,
  lon: Number(mark.lon.toFixed(9)),
  lat: Number(mark.lat.toFixed(9)),
});
