// The demand library in its address: filters, order, page, and the demand that is opened. A link shows the same rows. The address is
// outside input.
import { demandForms, demandReasons, demandScenarios, demandStates } from '../../../engine/index.ts';
import type { DemandExportQueryJson, DemandQueryJson } from '../../../server/contract/demands.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import {
  changedTable,
  readPage,
  readText,
  readWord,
  readWords,
  writeView,
} from '../../parts/table-address.ts';

export const demandSorts = [
  'code',
  'state',
  'priority',
  'wantDate',
  'updatedAt',
] as const satisfies readonly NonNullable<DemandQueryJson['sort']>[];

/** Filters whose words are checked here; the others are texts the service compares. */
const lists = {
  state: demandStates,
  scenario: demandScenarios,
  reason: demandReasons,
  form: demandForms,
  priority: ['1', '2', '3', '4', '5'],
  duplicate: ['true'],
} as const;
const texts = ['q', 'operator', 'batch', 'districtCode', 'townCode', 'importId'] as const;
export type DemandFilter = keyof typeof lists | (typeof texts)[number] | 'wantedBy' | 'bbox';

export type DemandFilters = Readonly<Record<DemandFilter, string | null>>;

export interface DemandsView extends DemandFilters, DeskMapView {
  /** Null: the newest changes first. */
  readonly sort: (typeof demandSorts)[number] | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The demand whose drawer is open. */
  readonly demand: string | null;
}

export const noDemandFilters: DemandFilters = {
  state: null,
  scenario: null,
  reason: null,
  form: null,
  priority: null,
  duplicate: null,
  q: null,
  operator: null,
  batch: null,
  districtCode: null,
  townCode: null,
  importId: null,
  wantedBy: null,
  bbox: null,
};
const plain: DemandsView = {
  ...noDemandFilters,
  ...plainDeskMap,
  sort: null,
  order: 'asc',
  page: 1,
  pageSize: 200,
  demand: null,
};

export function readDemandsView(params: URLSearchParams): DemandsView {
  const word = (key: string, longest?: number) => readText(params, key, longest);
  const listed = (key: keyof typeof lists) => readWords(params, key, lists[key]);
  return {
    state: listed('state'),
    scenario: listed('scenario'),
    reason: listed('reason'),
    form: listed('form'),
    priority: listed('priority'),
    duplicate: listed('duplicate'),
    q: word('q'),
    operator: word('operator', 200),
    batch: word('batch'),
    districtCode: word('districtCode', 20),
    townCode: word('townCode', 20),
    importId: word('importId'),
    wantedBy: /^\d{4}-\d{2}-\d{2}$/.test(params.get('wantedBy') ?? '') ? params.get('wantedBy') : null,
    sort: readWord(params, 'sort', demandSorts),
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    ...readPage(params, plain),
    demand: word('demand', 200),
    ...readDeskMap(params),
  };
}

export function writeDemandsView(view: DemandsView): URLSearchParams {
  const params = writeView(view, plain);
  writeDeskMap(params, view);
  return params;
}

/** The filters as the service takes them, without state: what the counts go by. */
export function demandCountQueryOf(view: DemandsView): DemandExportQueryJson {
  const { state: _state, ...query } = demandFilterQueryOf(view);
  return query;
}

function demandFilterQueryOf(view: DemandsView): DemandExportQueryJson {
  const kept = (Object.keys(noDemandFilters) as DemandFilter[]).filter((key) => view[key] !== null);
  const { priority } = view;
  return {
    // words were checked when the address was read
    ...(Object.fromEntries(kept.map((key) => [key, view[key]])) as DemandExportQueryJson),
    ...(priority !== null && { priority: Number(priority) }),
  };
}

/** With state and order: what the export takes. */
export function demandExportQueryOf(view: DemandsView): DemandExportQueryJson {
  return {
    ...demandFilterQueryOf(view),
    ...(view.sort !== null && { sort: view.sort, order: view.order }),
  };
}

export const demandPageQueryOf = (view: DemandsView): DemandQueryJson => ({
  ...demandExportQueryOf(view),
  page: view.page,
  pageSize: view.pageSize,
});

/** What a bulk match takes: the filters alone. */
export function demandMatchFiltersOf(view: DemandsView) {
  const { sort: _sort, order: _order, ...filters } = demandFilterQueryOf(view);
  return filters;
}

export const changedDemands = (view: DemandsView, change: Partial<DemandsView>): DemandsView =>
  changedTable(view, change, ['demand']);

export const isDemandsFiltered = (view: DemandsView): boolean =>
  (Object.keys(noDemandFilters) as DemandFilter[]).some((key) => view[key] !== null);
