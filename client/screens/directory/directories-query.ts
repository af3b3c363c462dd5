// The list of directories in its address: text, district, days, order and page. A link shows the same ones. The address is outside input.
import type { DirectoryQueryJson } from '../../../server/contract/directories.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';

type DirectorySort = NonNullable<DirectoryQueryJson['sort']>;
export const directorySorts = [
  'publishedAt',
  'number',
  'publisher',
] as const satisfies readonly DirectorySort[];

const filters = ['q', 'districtCode', 'from', 'to'] as const;
type DirectoryFilter = (typeof filters)[number];

export interface DirectoriesView extends Readonly<Record<DirectoryFilter, string | null>> {
  readonly sort: DirectorySort;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
}

export const noDirectoryFilters = { q: null, districtCode: null, from: null, to: null } as const;
const plain: DirectoriesView = {
  ...noDirectoryFilters,
  sort: 'publishedAt',
  order: 'desc',
  page: 1,
  pageSize: 100,
};

const day = /^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const code = /^[0-9A-Za-z]{1,20}$/;

export function readDirectoriesView(params: URLSearchParams): DirectoriesView {
  const like = (key: DirectoryFilter, pattern: RegExp) =>
    pattern.test(params.get(key) ?? '') ? params.get(key) : null;
  return {
    q: readText(params, 'q'),
    districtCode: like('districtCode', code),
    from: like('from', day),
    to: like('to', day),
    sort: readWord(params, 'sort', directorySorts) ?? plain.sort,
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
    ...readPage(params, plain, 10_000),
  };
}

export const writeDirectoriesView = (view: DirectoriesView): URLSearchParams => writeView(view, plain);

export const changedDirectories = (
  view: DirectoriesView,
  change: Partial<DirectoriesView>,
): DirectoriesView => changedTable(view, change);

export function directoriesQueryOf({
  sort,
  order,
  page,
  pageSize,
  ...given
}: DirectoriesView): DirectoryQueryJson {
  const set = Object.entries(given).filter(([, value]) => value !== null && value.trim() !== '');
  return { ...Object.fromEntries(set), sort, order, page, pageSize };
}

export const isDirectoriesFiltered = (view: DirectoriesView): boolean =>
  filters.some((key) => view[key] !== null);
