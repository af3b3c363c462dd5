// The real files the product is shown on import without a rejected row.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ImportKind } from '../../../server/contract/imports.ts';
import type { ImportDefaults } from '../../../server/import/import-types.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { reportNotRun } from '../../support/not-run.ts';

const files: readonly (readonly [path: string, kind: ImportKind, rows: number, defaults?: ImportDefaults])[] =
  [
    ['shanghai-core-osm/buildings.geojson', 'buildings', 1450],
    ['shanghai-core-osm/roads.geojson', 'roads', 1094],
    ['shanghai-core-osm/water.geojson', 'areas', 8],
    ['shanghai-core-osm/landuse.geojson', 'areas', 175],
    ['shanghai-core-osm/pois.geojson', 'sites', 493, { resourceType: '路灯杆' }],
    ['shanghai-core-osm/pois.geojson', 'demand', 493],
    ['admin-boundaries/shanghai_districts.geojson', 'districts', 16],
    ['admin-boundaries/tianjin_districts.geojson', 'districts', 16],
    ['admin-boundaries/zhejiang_prefectures.geojson', 'districts', 11],
    ['street-lamps-darmstadt/street_lamps.csv', 'sites', 14_331, { resourceType: '路灯杆' }],
    [
      'street-lamps-darmstadt/base_stations.csv',
      'sites',
      205,
      { resourceType: '普通地面塔', status: 'existing' },
    ],
    ['demand-melbourne/demand_points.csv', 'demand', 816],
  ];
const folder = process.env.ZHANZHI_REAL_DATA;

for (const [path, kind, rows, defaults = {}] of files) {
  test(`${path} imports as ${kind} with all ${rows} rows`, () => {
    if (!folder) return reportNotRun(`import of ${path}`, 'ZHANZHI_REAL_DATA is not set');
    const bytes = readFileSync(join(folder, path));
    const parsed = parseImport(bytes, { kind, fileName: basename(path), datum: 'WGS84', defaults });
    expect(parsed.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(parsed.records.rows.length).toBe(rows);
  });
}
