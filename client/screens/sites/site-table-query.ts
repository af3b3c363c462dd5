// Decisions of the site table: which page is asked for, what a click on a column header means.
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
