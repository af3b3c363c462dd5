// The table of export requests in its address. The address is outside input.
import { type ExportRequestState, exportRequestStates } from '../../../engine/index.ts';
import type { ExportRequestQueryJson } from '../../../server/contract/export-requests.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';

export const exportShows = ['mine', 'decidable', 'usable'] as const;
export type ExportFilter = 'state' | 'show' | 'q';

export interface ExportsView {
  readonly q: string | null;
  readonly state: ExportRequestState | null;
  readonly show: (typeof exportShows)[number] | null;
  readonly page: number;
  readonly pageSize: number;
  /** The request that is open. */
  readonly request: string | null;
}

const noFilters = { state: null, show: null, q: null } as const;
const plainExports: ExportsView = { ...noFilters, page: 1, pageSize: 200, request: null };
export const clearedExports: Partial<ExportsView> = noFilters;

export const readExportsView = (params: URLSearchParams): ExportsView => ({
  q: readText(params, 'q'),
  state: readWord(params, 'state', exportRequestStates),
  show: readWord(params, 'show', exportShows),
  ...readPage(params, plainExports, 10_000),
  request: readText(params, 'request'),
});

export const writeExportsView = (view: ExportsView): URLSearchParams => writeView(view, plainExports);

export const changedExports = (view: ExportsView, change: Partial<ExportsView>): ExportsView =>
  changedTable(view, change, ['request']);

export const isExportsFiltered = (view: ExportsView): boolean =>
  (Object.keys(noFilters) as ExportFilter[]).some((key) => view[key] !== null);

export const exportRequestQueryOf = ({
  q,
  state,
  show,
  page,
  pageSize,
}: ExportsView): ExportRequestQueryJson => ({
  ...(q !== null && { q }),
  ...(state !== null && { state }),
  ...(show !== null && { show }),
  page,
  pageSize,
});
