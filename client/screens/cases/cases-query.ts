// The table of cases in its address: state, filters, order, page. A link shows the same rows. The address is outside input.
import { caseStates, readCountedCases } from '../../../engine/index.ts';
import type { CaseExportQueryJson, CaseQueryJson } from '../../../server/contract/cases.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import {
  changedTable,
  readDays,
  readPage,
  readText,
  readWord,
  readWords,
  writeView,
} from '../../parts/table-address.ts';

type CaseSort = NonNullable<CaseQueryJson['sort']>;

export const caseSorts = [
  'number',
  'siteName',
  'operator',
  'company',
  'state',
  'stateSince',
  'updatedAt',
] as const satisfies readonly CaseSort[];

const texts = [
  'q',
  'operator',
  'company',
  'districtCode',
  'townCode',
  'siteId',
  'resourceId',
  'planId',
  'demandId',
] as const;
export type CaseFilter =
  | 'state'
  | 'bbox'
  | 'stalledDays'
  | 'deliveryConfirmed'
  | 'counted'
  | (typeof texts)[number];

export interface CasesView extends Readonly<Record<CaseFilter, string | null>>, DeskMapView {
  /** Null: the order the desk begins with. */
  readonly sort: CaseSort | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
}

const noFilters: Readonly<Record<CaseFilter, null>> = {
  state: null,
  stalledDays: null,
  deliveryConfirmed: null,
  counted: null,
  q: null,
  operator: null,
  company: null,
  districtCode: null,
  townCode: null,
  siteId: null,
  resourceId: null,
  planId: null,
  demandId: null,
  bbox: null,
};
export const plainCases: CasesView = {
  ...noFilters,
  ...plainDeskMap,
  sort: null,
  order: 'asc',
  page: 1,
  pageSize: 200,
};
export const clearedCases: Partial<CasesView> = noFilters;

export function readCasesView(params: URLSearchParams): CasesView {
  return {
    ...noFilters,
    ...Object.fromEntries(texts.map((key) => [key, readText(params, key, 200)])),
    state: readWords(params, 'state', caseStates),
    stalledDays: readDays(params, 'stalledDays'),
    deliveryConfirmed: readWord(params, 'deliveryConfirmed', ['true', 'false']),
    counted: readCounted(params),
    sort: readWord(params, 'sort', caseSorts),
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    ...readPage(params, plainCases),
    ...readDeskMap(params),
  };
}

/** A figure of the progress report. */
function readCounted(params: URLSearchParams): string | null {
  const text = readText(params, 'counted');
  return text !== null && readCountedCases(text) !== null ? text : null;
}

export function writeCasesView(view: CasesView): URLSearchParams {
  const params = writeView(view, plainCases);
  writeDeskMap(params, view);
  return params;
}

export const changedCases = (view: CasesView, change: Partial<CasesView>): CasesView =>
  changedTable(view, change);

export function isCasesFiltered(view: CasesView): boolean {
  return (Object.keys(noFilters) as CaseFilter[]).some((key) => view[key] !== null);
}

/** Without page and state: what the counts go by. */
export function caseCountQueryOf(view: CasesView): CaseExportQueryJson {
  const { stalledDays, deliveryConfirmed, counted, bbox } = view;
  return {
    ...Object.fromEntries(
      texts.flatMap((key) => (view[key]?.trim() ? [[key, view[key].trim()] as const] : [])),
    ),
    ...(bbox !== null && { bbox }),
    ...(counted !== null && { counted }),
    ...(stalledDays !== null && { stalledDays: Number(stalledDays) }),
    ...(deliveryConfirmed !== null && { deliveryConfirmed: deliveryConfirmed === 'true' ? 'true' : 'false' }),
  };
}

/** With state and order: what the export takes. What moved last stands first unless told. */
export function caseExportQueryOf(view: CasesView): CaseExportQueryJson {
  const { state, sort, order } = view;
  return {
    ...caseCountQueryOf(view),
    ...(state !== null && { state }),
    sort: sort ?? 'updatedAt',
    order: sort === null ? 'desc' : order,
  };
}

export function casePageQueryOf(view: CasesView): CaseQueryJson {
  return { ...caseExportQueryOf(view), page: view.page, pageSize: view.pageSize };
}
