// The filters of the library and its address: a link shows the same rows. The address is outside input.
import { libraryTypes, type ResourceState, resourceStates } from '../../../engine/index.ts';
import type { ResourceExportQueryJson, ResourceQueryJson } from '../../../server/contract/resources.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import { changedTable, readPage, readText, readWord } from '../../parts/table-address.ts';

export type ResourceSort = NonNullable<ResourceQueryJson['sort']>;

export const resourceSorts = [
  'code',
  'name',
  'owner',
  'resourceType',
  'state',
  'totalHeightM',
  'updatedAt',
] as const satisfies readonly ResourceSort[];

export interface LibraryView extends DeskMapView {
  readonly q: string;
  /** Null: all states. */
  readonly state: ResourceState | null;
  readonly resourceType: string | null;
  readonly districtCode: string | null;
  readonly townCode: string | null;
  readonly whitelisted: boolean | null;
  /** The owner has consented. */
  readonly confirmed: boolean | null;
  readonly sort: ResourceSort;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The resource whose drawer is open. */
  readonly resourceId: string | null;
}

export const plainView: LibraryView = {
  q: '',
  state: null,
  resourceType: null,
  districtCode: null,
  townCode: null,
  whitelisted: null,
  confirmed: null,
  sort: 'code',
  order: 'asc',
  page: 1,
  pageSize: 200,
  resourceId: null,
  ...plainDeskMap,
};

const code = /^[0-9A-Za-z]{1,20}$/;

export function readLibraryView(params: URLSearchParams): LibraryView {
  const oneIn = <Word extends string>(key: string, words: readonly Word[]) => readWord(params, key, words);
  const codeIn = (key: string) => (code.test(params.get(key) ?? '') ? params.get(key) : null);
  const yesNo = (key: string) => {
    const word = oneIn(key, ['true', 'false'] as const);
    return word === null ? null : word === 'true';
  };
  return {
    q: (params.get('q') ?? '').slice(0, 100),
    state: oneIn('state', resourceStates),
    resourceType: oneIn(
      'type',
      libraryTypes.map((type) => type.code),
    ),
    districtCode: codeIn('district'),
    townCode: codeIn('town'),
    whitelisted: yesNo('whitelisted'),
    confirmed: yesNo('confirmed'),
    sort: oneIn('sort', resourceSorts) ?? plainView.sort,
    order: oneIn('order', ['asc', 'desc'] as const) ?? plainView.order,
    ...readPage(params, plainView),
    resourceId: readText(params, 'resource', 200),
    ...readDeskMap(params),
  };
}

/** Only what differs from the plain view, so that short addresses stay short. */
export function writeLibraryView(view: LibraryView): URLSearchParams {
  const keys: readonly (readonly [keyof LibraryView, string])[] = [
    ['q', 'q'],
    ['state', 'state'],
    ['resourceType', 'type'],
    ['districtCode', 'district'],
    ['townCode', 'town'],
    ['whitelisted', 'whitelisted'],
    ['confirmed', 'confirmed'],
    ['sort', 'sort'],
    ['order', 'order'],
    ['page', 'page'],
    ['pageSize', 'rows'],
    ['resourceId', 'resource'],
  ];
  const params = new URLSearchParams();
  for (const [key, name] of keys) {
    const value = view[key];
    if (value !== plainView[key] && value !== null) params.set(name, String(value));
  }
  writeDeskMap(params, view);
  return params;
}

/** The filters as the service takes them, without page and state: what the counts go by. */
export function countQueryOf(view: LibraryView): ResourceExportQueryJson {
  const { q, resourceType, districtCode, townCode, whitelisted, confirmed, bbox } = view;
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(resourceType !== null && { resourceType }),
    ...(districtCode !== null && { districtCode }),
    ...(townCode !== null && { townCode }),
    ...(whitelisted !== null && { whitelisted: whitelisted ? 'true' : 'false' }),
    ...(confirmed !== null && { confirmed: confirmed ? 'true' : 'false' }),
    ...(bbox !== null && { bbox }),
  };
}

/** With state and order: what the export takes. */
export function exportQueryOf(view: LibraryView): ResourceExportQueryJson {
  const { state, sort, order } = view;
  return { ...countQueryOf(view), ...(state !== null && { state }), sort, order };
}

export function pageQueryOf(view: LibraryView): ResourceQueryJson {
  return { ...exportQueryOf(view), page: view.page, pageSize: view.pageSize };
}

export const changedView = (view: LibraryView, change: Partial<LibraryView>): LibraryView =>
  changedTable(view, change, ['resourceId']);

export function isFiltered(view: LibraryView): boolean {
  return view.state !== null || Object.keys(countQueryOf(view)).length > 0;
}
