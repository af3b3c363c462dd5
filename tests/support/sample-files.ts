// The made-up district written out as the files a person would bring: GeoJSON per layer.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../scripts/sample/make-sample.ts';

export interface SampleFiles {
  readonly sites: string;
  readonly existing: string;
  readonly area: string;
  readonly water: string;
  readonly buildings: string;
  readonly roads: string;
  readonly demand: string;
  readonly districts: string;
}

export function writeSampleFiles(folder: string, sample: Sample): SampleFiles {
  const write = (name: string, features: readonly object[]): string => {
    const path = join(folder, `${name}.geojson`);
    writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
    return path;
  };
  const feature = (geometry: object, properties: object): object => ({
    type: 'Feature',
    geometry,
    properties,
  });
  const point = (coordinates: readonly number[]): object => ({ type: 'Point', coordinates });
  const sites = (existing: boolean): object[] =>
    sample.sites
      .filter((site) => (site.status === 'existing') === existing)
      .map(({ position, code, name, resourceType, heightM, status, costCny, owner }) =>
        feature(point(position), {
          code,
          name,
          resource_type: resourceType,
          height_m: heightM,
          status,
          cost: costCny,
          owner,
        }),
      );
  const areas = (test: (kind: string) => boolean): object[] =>
    sample.areas
      .filter(({ kind }) => test(kind))
      .map(({ geometry, name, kind }) => feature(geometry, { name, kind }));
  return {
    sites: write('sites', sites(false)),
    existing: write('existing', sites(true)),
    area: write(
      'area',
      areas((kind) => kind === '一般区'),
    ),
    water: write(
      'water',
      areas((kind) => kind === '水域'),
    ),
    buildings: write(
      'buildings',
      sample.buildings.map(({ geometry, id, heightM }) => feature(geometry, { id, height: heightM })),
    ),
    roads: write(
      'roads',
      sample.roads.map(({ geometry, name, roadClass }) => feature(geometry, { name, kind: roadClass })),
    ),
    demand: write(
      'demand',
      sample.demand.map(({ position, weight }) => feature(point(position), { people: weight })),
    ),
    districts: write(
      'districts',
      sample.districts.map(({ geometry, code, name }) => feature(geometry, { code, name })),
    ),
  };
}
