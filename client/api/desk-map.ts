// What the map of a desk asks: marks of a window under the filters of the list, the rows at one place, the places of one row. The
// answers lie under the desk's word, so news of the desk makes them stale like its pages.
import type { CaseExportQueryJson, CasePageJson } from '../../server/contract/cases.ts';
import type { ClaimExportQueryJson, ClaimPageJson } from '../../server/contract/claims.ts';
import type { DemandExportQueryJson, DemandPageJson } from '../../server/contract/demands.ts';
import type { DeskMapJson } from '../../server/contract/desk-map.ts';
import type { DirectoryDetailJson, DirectoryExportQueryJson } from '../../server/contract/directories.ts';
import type { ProblemExportQueryJson, ProblemPageJson } from '../../server/contract/problems.ts';
import type { RelocationPageJson, RelocationQueryJson } from '../../server/contract/relocations.ts';
import type { ResourceExportQueryJson, ResourcePageJson } from '../../server/contract/resources.ts';
import { type MapBox, writeMapBox } from '../parts/desk-map-address.ts';
import type { DeskLine, DeskMapSource, MapPlace } from '../parts/desk-map-slot.tsx';
import { fetchJson, queryText } from './fetch-reply.ts';
import { queryKeys } from './query-keys.ts';

type Query = Readonly<Record<string, string | number | undefined>>;

/** More rows than anybody reads in a small list. */
const MOST_LINES = 100;
const WHOLE_EARTH: MapBox = [-180, -85, 180, 85];
const NEAREST_ZOOM = 20;

export const resourceMap = (query: ResourceExportQueryJson): DeskMapSource =>
  sourceOf('/api/resources', queryKeys.resources, query, ({ resources }: ResourcePageJson) =>
    resources.map(({ id, code, name, state }) => ({ id, title: name || code, state })),
  );

export const demandMap = (query: DemandExportQueryJson): DeskMapSource =>
  sourceOf('/api/demands', queryKeys.demands, query, ({ demands }: DemandPageJson) =>
    demands.map(({ id, code, name, state }) => ({ id, title: name || code, state })),
  );

export const claimMap = (query: ClaimExportQueryJson): DeskMapSource =>
  sourceOf('/api/claims', queryKeys.claims, query, ({ claims }: ClaimPageJson) =>
    claims.map(({ id, company, resource, state }) => ({
      id,
      title: [resource.name || resource.code, company].filter((word) => word !== '').join(' · '),
      state,
    })),
  );

export const caseMap = (query: CaseExportQueryJson): DeskMapSource =>
  sourceOf('/api/cases', queryKeys.cases, query, ({ cases }: CasePageJson) =>
    cases.map(({ id, number, operator, state }) => ({
      id,
      title: [number, operator].filter((word) => word !== '').join(' · '),
      state,
    })),
  );

export const problemMap = (query: ProblemExportQueryJson): DeskMapSource =>
  sourceOf('/api/problems', queryKeys.problems, query, ({ problems }: ProblemPageJson) =>
    problems.map(({ id, number, title, state }) => ({ id, title: `${number} ${title}`, state })),
  );

export const relocationMap = (query: RelocationQueryJson): DeskMapSource =>
  sourceOf('/api/relocations', queryKeys.relocations, query, ({ relocations }: RelocationPageJson) =>
    relocations.map(({ id, number, project, state }) => ({ id, title: `${number} ${project}`, state })),
  );

/** Of one directory: its rows as they were published, by what they are against the one before. */
export const directoryMap = (id: string, query: DirectoryExportQueryJson): DeskMapSource =>
  sourceOf(
    `/api/directories/${encodeURIComponent(id)}`,
    [...queryKeys.directories, id],
    query,
    ({ rows }: DirectoryDetailJson) =>
      rows.map(({ resourceId, code, name, change }) => ({
        id: resourceId,
        title: name || code,
        state: change,
      })),
  );

function sourceOf<Page>(
  path: string,
  word: readonly string[],
  query: Query,
  linesOf: (page: Page) => readonly DeskLine[],
): DeskMapSource {
  // the map has a window of its own, and no order
  const { bbox: _bbox, sort: _sort, order: _order, ...filters } = query;
  const marksOf = (asked: Query, box: MapBox, zoom: number, signal: AbortSignal) =>
    fetchJson<DeskMapJson>(`${path}/map${queryText({ ...asked, bbox: writeMapBox(box), zoom })}`, { signal });
  return {
    key: [...word, 'map', filters],
    loadMarks: ({ box, zoom }, signal) => marksOf(filters, box, zoom, signal),
    loadLines: async (box, signal) => {
      const asked = { ...filters, bbox: box.join(','), page: 1, pageSize: MOST_LINES };
      return linesOf(await fetchJson<Page>(`${path}${queryText(asked)}`, { signal }));
    },
    // lists are searched by number: the row alone remains
    loadPlaces: async ({ id, title }, signal) => {
      const { marks } = await marksOf({ q: title }, WHOLE_EARTH, NEAREST_ZOOM, signal);
      return marks.filter((mark) => mark.ids.includes(id)).map(({ lon, lat }): MapPlace => [lon, lat]);
    },
  };
}
