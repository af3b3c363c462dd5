// The filters of the list of batches and its address. The address is outside input.
import { type BatchState, batchStates } from '../../../engine/index.ts';
import type { BatchQueryJson } from '../../../server/contract/batches.ts';
import { pageSizes } from '../../parts/page-sizes.ts';

export const waitingWords = [
  'decision',
  'late',
  'town-opinion',
  'resubmission',
  'closing',
  'countersign',
] as const;
/** Submitted and not settled yet: one tab. */
export const openStates: readonly BatchState[] = ['已提交', '审查中'];
export const batchSorts = ['number', 'title', 'state', 'submittedAt', 'updatedAt'] as const;
type BatchSort = (typeof batchSorts)[number];

export interface BatchesView {
  readonly q: string;
  /** None: all. */
  readonly states: readonly BatchState[];
  readonly districtCode: string | null;
  readonly waiting: (typeof waitingWords)[number] | null;
  readonly mine: 'true' | 'false' | null;
  /** Handed over to this person. */
  readonly handler: 'me' | null;
  readonly planId: string | null;
  readonly sort: BatchSort;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The plan a batch is being put together from; an empty text before one is chosen, null: none is being put together. */
  readonly from: string | null;
}

export const plainView: BatchesView = {
  q: '',
  states: [],
  districtCode: null,
  waiting: null,
  mine: null,
  handler: null,
  planId: null,
  sort: 'updatedAt',
  order: 'desc',
  page: 1,
  pageSize: 100,
  from: null,
};

/** Names in the address. */
const names = {
  q: 'q',
  states: 'state',
  districtCode: 'district',
  waiting: 'waiting',
  mine: 'mine',
  handler: 'handler',
  planId: 'plan',
  sort: 'sort',
  order: 'order',
  page: 'page',
  pageSize: 'rows',
  from: 'from',
} as const satisfies Record<keyof BatchesView, string>;

const longest = 200;

export function readBatchesView(params: URLSearchParams): BatchesView {
  const oneIn = <Word extends string>(key: keyof BatchesView, words: readonly Word[]) =>
    words.find((word) => word === params.get(names[key])) ?? null;
  const idIn = (key: keyof BatchesView) => params.get(names[key])?.slice(0, longest) || null;
  const page = Number(params.get(names.page) ?? 1);
  const pageSize = Number(params.get(names.pageSize) ?? plainView.pageSize);
  const district = params.get(names.districtCode) ?? '';
  return {
    q: (params.get(names.q) ?? '').slice(0, 100),
    states: batchStates.filter((state) => params.get(names.states)?.split(',').includes(state)),
    districtCode: /^[0-9A-Za-z]{1,20}$/.test(district) ? district : null,
    waiting: oneIn('waiting', waitingWords),
    mine: oneIn('mine', ['true', 'false'] as const),
    handler: oneIn('handler', ['me'] as const),
    planId: idIn('planId'),
    sort: oneIn('sort', batchSorts) ?? plainView.sort,
    order: oneIn('order', ['asc', 'desc'] as const) ?? plainView.order,
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
    pageSize: pageSizes.find((size) => size === pageSize) ?? plainView.pageSize,
    from: params.get(names.from)?.slice(0, longest) ?? null,
  };
}

/** Only what differs from the plain view, so that short addresses stay short. */
export function writeBatchesView(view: BatchesView): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of Object.keys(names) as (keyof BatchesView)[]) {
    const value = view[key];
    // several states stand with commas between them; no plan yet (an empty text) is not the same as no new batch
    const text = String(value);
    if (value !== null && text !== String(plainView[key])) params.set(names[key], text);
  }
  return params;
}

/** A filter or another order begins at the first page. */
export function changedView(view: BatchesView, change: Partial<BatchesView>): BatchesView {
  const staysOnPage = Object.keys(change).every((key) => key === 'page' || key === 'from');
  return { ...view, ...(staysOnPage ? {} : { page: 1 }), ...change };
}

/** The filters as the service takes them, without page and state: what the counts go by. */
export function countQueryOf({
  q,
  districtCode,
  waiting,
  mine,
  handler,
  planId,
}: BatchesView): BatchQueryJson {
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(districtCode !== null && { districtCode }),
    ...(waiting !== null && { waiting }),
    ...(mine !== null && { mine }),
    ...(handler !== null && { handler }),
    ...(planId !== null && { planId }),
  };
}

export function pageQueryOf(view: BatchesView): BatchQueryJson {
  const { states, sort, order, page, pageSize } = view;
  return {
    ...countQueryOf(view),
    ...(states.length > 0 && { state: states.join(',') }),
    sort,
    order,
    page,
    pageSize,
  };
}

export const isFiltered = (view: BatchesView): boolean =>
  view.states.length > 0 || Object.keys(countQueryOf(view)).length > 0;
