// The rows of one directory in its address: filters, order, page, map and the row that is opened. A link shows the same rows. The
// address is outside input.
import { freeStatuses, libraryTypes } from '../../../engine/index.ts';
import type {
  DirectoryExportQueryJson,
  DirectoryRowsQueryJson,
  RowChange,
} from '../../../server/contract/directories.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';

type RowSort = NonNullable<DirectoryRowsQueryJson['sort']>;

export const rowSorts = [
  'code',
  'name',
  'resourceType',
  'townCode',
  'owner',
  'totalHeightM',
  'feeCnyPerYear',
] as const satisfies readonly RowSort[];

/** In the order of the tabs. */
export const rowChanges = [
  'added',
  'changed',
  'removed',
  'unchanged',
] as const satisfies readonly RowChange[];

/** Filters whose words are checked here; the others are texts the service compares. */
const lists = {
  resourceType: libraryTypes.map(({ code }) => code),
  freeStatus: freeStatuses,
  whitelisted: ['true', 'false'],
  change: rowChanges,
} as const;
const texts = ['q', 'townCode', 'owner'] as const;
export type RowFilter = keyof typeof lists | (typeof texts)[number] | 'bbox';

type RowFilters = Readonly<Record<RowFilter, string | null>>;

export interface DirectoryView extends RowFilters, DeskMapView {
  readonly sort: RowSort;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The resource whose row is opened. */
  readonly row: string | null;
}

export const noRowFilters: RowFilters = {
  q: null,
  resourceType: null,
  townCode: null,
  owner: null,
  freeStatus: null,
  whitelisted: null,
  change: null,
  bbox: null,
};
export const plainDirectory: DirectoryView = {
  ...noRowFilters,
  ...plainDeskMap,
  sort: 'code',
  order: 'asc',
  page: 1,
  pageSize: 200,
  row: null,
};

export function readDirectoryView(params: URLSearchParams): DirectoryView {
  const listed = (key: keyof typeof lists) => readWord<string>(params, key, lists[key]);
  return {
    q: readText(params, 'q'),
    townCode: readText(params, 'townCode', 20),
    owner: readText(params, 'owner', 200),
    resourceType: listed('resourceType'),
    freeStatus: listed('freeStatus'),
    whitelisted: listed('whitelisted'),
    change: listed('change'),
    sort: readWord(params, 'sort', rowSorts) ?? plainDirectory.sort,
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    ...readPage(params, plainDirectory),
    row: readText(params, 'row'),
    ...readDeskMap(params),
  };
}

export function writeDirectoryView(view: DirectoryView): URLSearchParams {
  const params = writeView(view, plainDirectory);
  writeDeskMap(params, view);
  return params;
}

export const changedDirectory = (view: DirectoryView, change: Partial<DirectoryView>): DirectoryView =>
  changedTable(view, change, ['row']);

/** The filters as the service takes them, without the change: what the counts go by. */
export function rowCountQueryOf(view: DirectoryView): DirectoryExportQueryJson {
  const given = (Object.keys(noRowFilters) as RowFilter[]).flatMap((key) => {
    const value = view[key]?.trim();
    return key === 'change' || !value ? [] : [[key, value] as const];
  });
  // each word was checked against its list when the address was read
  return Object.fromEntries(given) as DirectoryExportQueryJson;
}

/** With change and order: what map and export take. */
export function rowExportQueryOf(view: DirectoryView): DirectoryExportQueryJson {
  const change = rowChanges.find((one) => one === view.change);
  const { sort, order } = view;
  return { ...rowCountQueryOf(view), ...(change !== undefined && { change }), sort, order };
}

export const rowPageQueryOf = (view: DirectoryView): DirectoryRowsQueryJson => ({
  ...rowExportQueryOf(view),
  page: view.page,
  pageSize: view.pageSize,
});

export const isDirectoryFiltered = (view: DirectoryView): boolean =>
  (Object.keys(noRowFilters) as RowFilter[]).some((key) => view[key] !== null);
