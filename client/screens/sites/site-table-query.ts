// Decisions of the site table: which page is asked for, what a click on a column header means, where a key moves.
import type { SiteQueryJson } from '../../../server/contract/sites.ts';

export type SiteSort = NonNullable<SiteQueryJson['sort']>;
export type SortOrder = NonNullable<SiteQueryJson['order']>;

export interface TablePage {
  readonly page: number;
  readonly pageSize: number;
  readonly sort: SiteSort;
  readonly order: SortOrder;
}

export const firstPage: TablePage = { page: 1, pageSize: 200, sort: 'code', order: 'asc' };
export const pageSizes = [100, 200, 500, 1000] as const;

const sortable: readonly string[] = [
  'code',
  'name',
  'costCny',
  'heightM',
  'resourceType',
] satisfies SiteSort[];

/** The filters with page and order, as the API takes them. */
export function sitePageQuery(filters: SiteQueryJson, page: TablePage): SiteQueryJson {
  return { ...filters, sort: page.sort, order: page.order, page: page.page, pageSize: page.pageSize };
}

/** After another order or page size the table starts at the first page again; without an order it is the code's. */
export function nextPage(
  now: TablePage,
  change: {
    readonly page: number;
    readonly pageSize: number;
    readonly field: string | undefined;
    readonly order: 'ascend' | 'descend' | null | undefined;
  },
): TablePage {
  const isSorted = change.order != null && change.field !== undefined && sortable.includes(change.field);
  const sort = isSorted ? (change.field as SiteSort) : firstPage.sort;
  const order = isSorted && change.order === 'descend' ? 'desc' : 'asc';
  const starts = sort !== now.sort || order !== now.order || change.pageSize !== now.pageSize;
  return { page: starts ? 1 : change.page, pageSize: change.pageSize, sort, order };
}

/** Last page that has rows; a page beyond it (rows were deleted, a filter was set) falls back to it. */
export function clampPage(page: TablePage, total: number): TablePage {
  const last = Math.max(1, Math.ceil(total / page.pageSize));
  return page.page > last ? { ...page, page: last } : page;
}

/** The row an arrow key leads to; from nowhere to the first row, and no step beyond the ends. */
export function rowAfterKey(ids: readonly string[], currentId: string | null, key: string): string | null {
  if (ids.length === 0) return null;
  const at = currentId === null ? -1 : ids.indexOf(currentId);
  const target = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: ids.length - 1 }[key];
  if (target === undefined) return null;
  return ids[Math.min(Math.max(target, 0), ids.length - 1)] ?? null;
}
