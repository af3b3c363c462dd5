// Roads from rows: centre lines with a class of the engine's list. OpenStreetMap's `highway`, Tilezen's
// `kind`/`kind_detail` and Chinese road grades are understood; what is unknown becomes `other`.
import { checkLines } from '../check-geometry.ts';
import { checkText } from '../check-text.ts';
import type { Numbered, RoadRow } from '../import-types.ts';
import type { RawRow } from '../raw-table.ts';
import { headerText, type MakeRecords, stableId, withoutRepeats } from './kind-context.ts';

const wordsOfClass: Readonly<Record<string, readonly string[]>> = {
  trunk: [
    'motorway',
    'motorway_link',
    'trunk',
    'trunk_link',
    'highway',
    '高速公路',
    '高速',
    '快速路',
    '国道',
  ],
  primary: ['primary', 'primary_link', '主干路', '主干道', '省道'],
  secondary: ['secondary', 'secondary_link', 'major_road', '次干路', '次干道', '县道'],
  tertiary: ['tertiary', 'tertiary_link', '支路', '乡道'],
  residential: ['residential', 'unclassified', 'living_street', 'road', 'minor_road', '居住区道路', '街巷'],
  service: ['service', 'track', '内部道路'],
  path: [
    'path',
    'footway',
    'pedestrian',
    'cycleway',
    'steps',
    'bridleway',
    'pier',
    'corridor',
    '人行道',
    '步行街',
    '非机动车道',
  ],
  rail: [
    'rail',
    'subway',
    'light_rail',
    'tram',
    'funicular',
    'monorail',
    'narrow_gauge',
    '铁路',
    '地铁',
    '轻轨',
  ],
};
const classByWord = new Map(
  Object.entries(wordsOfClass).flatMap(([roadClass, words]) =>
    words.map((word) => [word, roadClass] as const),
  ),
);

export const makeRoads: MakeRecords<RoadRow> = (rows, context) => {
  const { issues } = context;
  const made: Numbered<RoadRow>[] = [];
  for (const raw of rows) {
    const geometry = checkLines(raw, context);
    const name = checkText(raw, 'name', headerText(context, 'name'), issues);
    if (!geometry || issues.rejectedRows.has(raw.row)) continue;
    const id = stableId('road', raw.cells.get('code') ?? geometry.coordinates);
    made.push({ row: raw.row, value: { id, name, roadClass: roadClassOf(raw), geometry } });
  }
  return withoutRepeats(
    made,
    (road) => road.id,
    ({ row }, other) => issues.error('IMPORT_ROW_REPEATED', { row, values: { other } }),
  );
};

/** The most exact word wins: detail, then `highway`, then kind. */
function roadClassOf(raw: RawRow): string {
  for (const field of ['kindDetail', 'resourceType', 'kind'] as const) {
    const roadClass = classByWord.get(raw.cells.get(field)?.trim().toLowerCase() ?? '');
    if (roadClass) return roadClass;
  }
  return 'other';
}
