// The rows of one directory in its address: filters, order, page, map and the row that is opened. A link shows the same rows. The
// address is outside input.
import { freeStatuses, libraryTypes } from '../../../engine/index.ts';
import type {
  DirectoryExportQueryJson,
  DirectoryRowsQueryJson,
  RowChange,
} from '../../../server/contract/directories.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import { pageSizes } from '../../parts/page-sizes.ts';

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
  const word = (key: string, longest = 100) => {
    const text = params.get(key) ?? '';
    return text !== '' && text.length <= longest ? text : null;
  };
  const listed = (key: keyof typeof lists) =>
    (lists[key] as readonly string[]).find((one) => one === params.get(key)) ?? null;
  const page = Number(params.get('page') ?? 1);
  const pageSize = Number(params.get('rows') ?? plainDirectory.pageSize);
  return {
    q: word('q'),
    townCode: word('townCode', 20),
    owner: word('owner', 200),
    resourceType: listed('resourceType'),
    freeStatus: listed('freeStatus'),
    whitelisted: listed('whitelisted'),
    change: listed('change'),
    sort: rowSorts.find((one) => one === params.get('sort')) ?? plainDirectory.sort,
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page >= 1 && page <= 200_000 ? page : 1,
    pageSize: pageSizes.find((size) => size === pageSize) ?? plainDirectory.pageSize,
    row: word('row'),
    ...readDeskMap(params),
  };
}

/** Only what differs from the plain view, so that short addresses stay short. */
export function writeDirectoryView(view: DirectoryView): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (value === null || value === plainDirectory[key as keyof DirectoryView]) continue;
    params.set(key === 'pageSize' ? 'rows' : key, String(value));
  }
  writeDeskMap(params, view);
  return params;
}

/** A filter, another order or page size begins at the first page; a page turned, a row or the map opened keeps the rest. */
export function changedDirectory(view: DirectoryView, change: Partial<DirectoryView>): DirectoryView {
  const stays = Object.keys(change).every((key) => ['page', 'row', 'map'].includes(key));
  return { ...view, ...(stays ? {} : { page: 1 }), ...change };
}

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
