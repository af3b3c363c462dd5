// The claim board in its address: tab, filters, page, and what is opened. A link shows the same rows. The address is outside input.
import { claimRules, claimStates, libraryTypes } from '../../../engine/index.ts';
import type { ClaimCountsQueryJson, ClaimQueryJson } from '../../../server/contract/claims.ts';
import type { ResourceQueryJson } from '../../../server/contract/resources.ts';
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

export const claimTabs = ['open', 'mine', 'all'] as const;
export type ClaimTab = (typeof claimTabs)[number];

type ClaimSort = NonNullable<ClaimQueryJson['sort']>;
type OpenSort = NonNullable<ResourceQueryJson['sort']>;
export const claimSorts = [
  'submittedAt',
  'until',
  'state',
  'company',
  'resource',
] as const satisfies readonly ClaimSort[];
export const openSorts = [
  'code',
  'name',
  'owner',
  'resourceType',
  'totalHeightM',
  'updatedAt',
] as const satisfies readonly OpenSort[];

/** Filters whose words are checked here; the others are texts the service compares. */
const lists = {
  state: claimStates,
  kind: ['claim', 'request'],
  rule: claimRules,
  waiting: ['confirmation', 'taking'],
  whitelisted: ['true', 'false'],
  resourceType: libraryTypes.map(({ code }) => code),
} as const;
const texts = [
  'q',
  'company',
  'operator',
  'districtCode',
  'townCode',
  'resourceId',
  'planId',
  'demandId',
] as const;
const days = ['endsWithinDays', 'endedWithinDays'] as const;
const MOST_DAYS = 400;
export type ClaimFilter = keyof typeof lists | (typeof texts)[number] | (typeof days)[number] | 'bbox';

export type ClaimFilters = Readonly<Record<ClaimFilter, string | null>>;

export interface ClaimsView extends ClaimFilters, DeskMapView {
  readonly tab: ClaimTab;
  /** Null: the order the tab begins with. */
  readonly sort: string | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The claim whose drawer is open. */
  readonly claim: string | null;
  /** The dialog is open for this resource, this demand, this row of a plan. */
  readonly resource: string | null;
  readonly demand: string | null;
  readonly plan: string | null;
  readonly site: string | null;
}

const noFilters: ClaimFilters = {
  state: null,
  kind: null,
  rule: null,
  waiting: null,
  whitelisted: null,
  resourceType: null,
  q: null,
  company: null,
  operator: null,
  districtCode: null,
  townCode: null,
  resourceId: null,
  planId: null,
  demandId: null,
  endsWithinDays: null,
  endedWithinDays: null,
  bbox: null,
};
export const plainClaims: ClaimsView = {
  ...noFilters,
  ...plainDeskMap,
  tab: 'open',
  sort: null,
  order: 'asc',
  page: 1,
  pageSize: 200,
  claim: null,
  resource: null,
  demand: null,
  plan: null,
  site: null,
};
/** Filters that say nothing of a resource which nobody claimed. */
const ofClaimsAlone: readonly ClaimFilter[] = [
  'state',
  'kind',
  'rule',
  'waiting',
  'company',
  'operator',
  'resourceId',
  'planId',
  'demandId',
  'endsWithinDays',
  'endedWithinDays',
];
const opened = ['claim', 'resource', 'demand', 'plan', 'site'] as const;

/** `first`: the tab shown where the address names none. */
export function readClaimsView(params: URLSearchParams, first: ClaimTab): ClaimsView {
  const word = (key: string) => readText(params, key);
  const filters = {
    ...Object.fromEntries(Object.entries(lists).map(([key, words]) => [key, readWords(params, key, words)])),
    ...Object.fromEntries(texts.map((key) => [key, word(key)])),
    ...Object.fromEntries(days.map((key) => [key, readDays(params, key, MOST_DAYS)])),
  } as Record<ClaimFilter, string | null>;
  const tab = claimTabs.find((one) => one === params.get('tab')) ?? tabMeant(params, filters, first);
  const sorts: readonly string[] = tab === 'open' ? openSorts : claimSorts;
  return {
    ...filters,
    tab,
    sort: readWord(params, 'sort', sorts),
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    ...readPage(params, plainClaims),
    claim: word('claim'),
    resource: word('resource'),
    demand: word('demand'),
    plan: word('plan'),
    site: word('site'),
    ...readDeskMap(params),
  };
}

/** A link that filters claims means claims, also where it names no tab. */
function tabMeant(params: URLSearchParams, filters: ClaimFilters, first: ClaimTab): ClaimTab {
  if (params.get('mine') === 'true') return 'mine';
  return ofClaimsAlone.some((key) => filters[key] !== null) || params.has('claim') ? 'all' : first;
}

/** With its tab: which one an address without it means depends on the person. */
export function writeClaimsView(view: ClaimsView): URLSearchParams {
  const params = writeView(view, plainClaims);
  params.set('tab', view.tab);
  writeDeskMap(params, view);
  return params;
}

/** Another tab begins with no filters of the other. */
export function changedClaims(view: ClaimsView, change: Partial<ClaimsView>): ClaimsView {
  if (change.tab !== undefined && change.tab !== view.tab) {
    const { q, districtCode, townCode, pageSize, map, bbox } = view;
    return { ...plainClaims, q, districtCode, townCode, pageSize, map, bbox, ...change };
  }
  return changedTable(view, change, opened);
}

export const clearedClaims: Partial<ClaimsView> = noFilters;

export function isClaimsFiltered(view: ClaimsView): boolean {
  return (Object.keys(noFilters) as ClaimFilter[]).some((key) => view[key] !== null);
}

/** Without page and state: what the counts go by. */
export function claimCountQueryOf(view: ClaimsView): ClaimCountsQueryJson {
  const number = (text: string | null) => (text === null ? undefined : Number(text));
  const query = {
    q: view.q?.trim() || undefined,
    kind: view.kind,
    rule: view.rule,
    waiting: view.waiting,
    company: view.company,
    operator: view.operator,
    districtCode: view.districtCode,
    townCode: view.townCode,
    resourceId: view.resourceId,
    planId: view.planId,
    demandId: view.demandId,
    endsWithinDays: number(view.endsWithinDays),
    endedWithinDays: number(view.endedWithinDays),
    mine: view.tab === 'mine' ? 'true' : undefined,
    bbox: view.bbox,
  };
  // each word was checked against its list when the address was read
  return withoutEmpty(query) as ClaimCountsQueryJson;
}

/** The tabs 我的认领 and 全部; the newest first unless told. */
export function claimPageQueryOf(view: ClaimsView): ClaimQueryJson {
  const sort = claimSorts.find((one) => one === view.sort);
  return {
    ...claimCountQueryOf(view),
    ...(view.state !== null && { state: view.state }),
    sort: sort ?? 'submittedAt',
    order: sort === undefined ? 'desc' : view.order,
    page: view.page,
    pageSize: view.pageSize,
  };
}

/** The tab 可认领: what stands open and is not taken by now. */
export function openPageQueryOf(view: ClaimsView): ResourceQueryJson {
  const query = {
    q: view.q?.trim() || undefined,
    resourceType: view.resourceType,
    districtCode: view.districtCode,
    townCode: view.townCode,
    whitelisted: view.whitelisted,
    bbox: view.bbox,
  };
  return {
    ...(withoutEmpty(query) as ResourceQueryJson),
    state: '已开放,部分占用',
    sort: openSorts.find((one) => one === view.sort) ?? 'code',
    order: view.order,
    page: view.page,
    pageSize: view.pageSize,
  };
}

function withoutEmpty(query: Readonly<Record<string, string | number | null | undefined>>) {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== null && value !== undefined),
  );
}
