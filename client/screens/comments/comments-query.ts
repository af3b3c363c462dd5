// The table of comments in its address. The address is outside input.
import type { CommentExportQueryJson, CommentQueryJson } from '../../../server/contract/comments.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';

type CommentSort = NonNullable<CommentQueryJson['sort']>;
export const commentSorts = ['at', 'answeredAt', 'byName'] as const satisfies readonly CommentSort[];

const texts = ['q', 'objectId', 'siteId'] as const;
const lists = {
  noun: ['resource', 'plan'],
  answered: ['true', 'false'],
  mine: ['true'],
  answerable: ['true'],
} as const;
export type CommentFilter = keyof typeof lists | (typeof texts)[number];

export interface CommentsView extends Readonly<Record<CommentFilter, string | null>> {
  readonly sort: CommentSort | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The comment that is open. */
  readonly comment: string | null;
}

const noFilters: Readonly<Record<CommentFilter, null>> = {
  noun: null,
  answered: null,
  mine: null,
  answerable: null,
  q: null,
  objectId: null,
  siteId: null,
};
const plainComments: CommentsView = {
  ...noFilters,
  sort: null,
  order: 'asc',
  page: 1,
  pageSize: 200,
  comment: null,
};
export const clearedComments: Partial<CommentsView> = noFilters;

export const readCommentsView = (params: URLSearchParams): CommentsView => ({
  ...noFilters,
  ...Object.fromEntries(texts.map((key) => [key, readText(params, key)])),
  ...Object.fromEntries(Object.entries(lists).map(([key, words]) => [key, readWord(params, key, words)])),
  sort: readWord(params, 'sort', commentSorts),
  order: params.get('order') === 'desc' ? 'desc' : 'asc',
  ...readPage(params, plainComments, 10_000),
  comment: readText(params, 'comment'),
});

export const writeCommentsView = (view: CommentsView): URLSearchParams => writeView(view, plainComments);

export const changedComments = (view: CommentsView, change: Partial<CommentsView>): CommentsView =>
  changedTable(view, change, ['comment']);

export const isCommentsFiltered = (view: CommentsView): boolean =>
  (Object.keys(noFilters) as CommentFilter[]).some((key) => view[key] !== null);

/** The newest stands first unless told. */
export function commentExportQueryOf(view: CommentsView): CommentExportQueryJson {
  const { sort, order } = view;
  const filters = (Object.keys(noFilters) as CommentFilter[]).flatMap((key) =>
    view[key]?.trim() ? [[key, view[key].trim()] as const] : [],
  );
  return {
    // each word was checked against its list when the address was read
    ...(Object.fromEntries(filters) as CommentExportQueryJson),
    sort: sort ?? 'at',
    order: sort === null ? 'desc' : order,
  };
}

export const commentPageQueryOf = (view: CommentsView): CommentQueryJson => ({
  ...commentExportQueryOf(view),
  page: view.page,
  pageSize: view.pageSize,
});
