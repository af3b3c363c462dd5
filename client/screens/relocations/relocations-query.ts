// The table of relocations in its address. The address is outside input.
import { relocationCauses, relocationStates } from '../../../engine/index.ts';
import type { RelocationCountQueryJson, RelocationQueryJson } from '../../../server/contract/relocations.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import { pageSizes } from '../../parts/page-sizes.ts';

type RelocationSort = NonNullable<RelocationQueryJson['sort']>;

export const relocationSorts = [
  'number',
  'project',
  'state',
  'stateSince',
  'dueOn',
  'updatedAt',
] as const satisfies readonly RelocationSort[];

const texts = ['q', 'districtCode', 'townCode', 'siteId'] as const;
const lists = {
  cause: relocationCauses,
  gateOpen: ['true', 'false'],
  overridden: ['true', 'false'],
  transmission: ['mine'],
} as const;
export type RelocationFilter =
  | 'state'
  | 'bbox'
  | 'dueWithinDays'
  | keyof typeof lists
  | (typeof texts)[number];

export interface RelocationsView extends Readonly<Record<RelocationFilter, string | null>>, DeskMapView {
  readonly sort: RelocationSort | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
}

const noFilters: Readonly<Record<RelocationFilter, null>> = {
  state: null,
  cause: null,
  gateOpen: null,
  overridden: null,
  transmission: null,
  dueWithinDays: null,
  q: null,
  districtCode: null,
  townCode: null,
  siteId: null,
  bbox: null,
};
export const plainRelocations: RelocationsView = {
  ...noFilters,
  ...plainDeskMap,
  sort: null,
  order: 'asc',
  page: 1,
  pageSize: 200,
};
export const clearedRelocations: Partial<RelocationsView> = noFilters;

export function readRelocationsView(params: URLSearchParams): RelocationsView {
  const word = (key: string) => {
    const text = params.get(key) ?? '';
    return text !== '' && text.length <= 100 ? text : null;
  };
  const listed = (key: string, words: readonly string[]) =>
    words.find((one) => one === params.get(key)) ?? null;
  const isListed = params
    .get('state')
    ?.split(',')
    .every((one) => (relocationStates as readonly string[]).includes(one));
  const page = Number(params.get('page') ?? 1);
  const pageSize = Number(params.get('rows') ?? plainRelocations.pageSize);
  return {
    ...noFilters,
    ...Object.fromEntries(texts.map((key) => [key, word(key)])),
    ...Object.fromEntries(Object.entries(lists).map(([key, words]) => [key, listed(key, words)])),
    state: isListed ? params.get('state') : null,
    dueWithinDays: /^\d{1,4}$/.test(params.get('dueWithinDays') ?? '') ? params.get('dueWithinDays') : null,
    sort: relocationSorts.find((one) => one === params.get('sort')) ?? null,
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page >= 1 && page <= 200_000 ? page : 1,
    pageSize: pageSizes.find((size) => size === pageSize) ?? plainRelocations.pageSize,
    ...readDeskMap(params),
  };
}

/** Only what differs from the plain view. */
export function writeRelocationsView(view: RelocationsView): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (value === null || value === plainRelocations[key as keyof RelocationsView]) continue;
    params.set(key === 'pageSize' ? 'rows' : key, String(value));
  }
  writeDeskMap(params, view);
  return params;
}

/** A filter, an order or a page size begins at the first page. */
export function changedRelocations(view: RelocationsView, change: Partial<RelocationsView>): RelocationsView {
  const turns = Object.keys(change).every((key) => key === 'page' || key === 'map');
  return { ...view, ...(turns ? {} : { page: 1 }), ...change };
}

export function isRelocationsFiltered(view: RelocationsView): boolean {
  return (Object.keys(noFilters) as RelocationFilter[]).some((key) => view[key] !== null);
}

/** Without page and state: what the counts go by. */
export function relocationCountQueryOf(view: RelocationsView): RelocationCountQueryJson {
  const keys = [...texts, ...(Object.keys(lists) as (keyof typeof lists)[])];
  // each word was checked against its list when the address was read
  return {
    ...(Object.fromEntries(
      keys.flatMap((key) => (view[key]?.trim() ? [[key, view[key].trim()] as const] : [])),
    ) as RelocationCountQueryJson),
    ...(view.bbox !== null && { bbox: view.bbox }),
    ...(view.dueWithinDays !== null && { dueWithinDays: Number(view.dueWithinDays) }),
  };
}

/** What moved last stands first unless told. */
export function relocationPageQueryOf(view: RelocationsView): RelocationQueryJson {
  const { state, sort, order, page, pageSize } = view;
  return {
    ...relocationCountQueryOf(view),
    ...(state !== null && { state }),
    sort: sort ?? 'updatedAt',
    order: sort === null ? 'desc' : order,
    page,
    pageSize,
  };
}
