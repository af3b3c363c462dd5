// The table of relocations in its address. The address is outside input.
import { relocationCauses, relocationStates } from '../../../engine/index.ts';
import type { RelocationCountQueryJson, RelocationQueryJson } from '../../../server/contract/relocations.ts';
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
  return {
    ...noFilters,
    ...Object.fromEntries(texts.map((key) => [key, readText(params, key)])),
    ...Object.fromEntries(Object.entries(lists).map(([key, words]) => [key, readWord(params, key, words)])),
    state: readWords(params, 'state', relocationStates),
    dueWithinDays: readDays(params, 'dueWithinDays'),
    sort: readWord(params, 'sort', relocationSorts),
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    ...readPage(params, plainRelocations),
    ...readDeskMap(params),
  };
}

export function writeRelocationsView(view: RelocationsView): URLSearchParams {
  const params = writeView(view, plainRelocations);
  writeDeskMap(params, view);
  return params;
}

export const changedRelocations = (
  view: RelocationsView,
  change: Partial<RelocationsView>,
): RelocationsView => changedTable(view, change);

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
