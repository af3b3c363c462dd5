// The filters of the problem list and its address: a link shows the same rows. The address is outside input.
import {
  type ProblemCategoryCode,
  type ProblemLevel,
  type ProblemState,
  problemCategoryCodes,
  problemLevels,
  problemStates,
  readRankedProblems,
} from '../../../engine/index.ts';
import type {
  ProblemExportQueryJson,
  ProblemNoun,
  ProblemQueryJson,
} from '../../../server/contract/problems.ts';
import { type DeskMapView, plainDeskMap, readDeskMap, writeDeskMap } from '../../parts/desk-map-address.ts';
import { changedTable, readPage, readText, readWord } from '../../parts/table-address.ts';

export const problemSorts = ['number', 'raisedAt', 'dueAt', 'updatedAt', 'ownerUnit'] as const;
export type ProblemSort = (typeof problemSorts)[number];

export const problemTabs = ['list', 'board', 'ranking'] as const;
export type ProblemTab = (typeof problemTabs)[number];

export const problemNouns = [
  'resource',
  'site',
  'case',
  'claim',
  'batch-row',
  'relocation',
] as const satisfies readonly ProblemNoun[];

/** Overdue, or due within so many days. */
export const problemClocks = ['overdue', '3', '7'] as const;
export type ProblemClock = (typeof problemClocks)[number];

export interface ProblemView extends DeskMapView {
  readonly tab: ProblemTab;
  readonly q: string;
  /** None: all. */
  readonly states: readonly ProblemState[];
  readonly level: ProblemLevel | null;
  readonly category: ProblemCategoryCode | null;
  readonly districtCode: string | null;
  readonly townCode: string | null;
  readonly clock: ProblemClock | null;
  readonly mine: 'raised' | 'unit' | null;
  /** Of the ranking board: those behind one of its figures. */
  readonly ranked: string | null;
  readonly about: { readonly noun: ProblemNoun; readonly id: string } | null;
  readonly sort: ProblemSort;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
}

export const plainProblemView: ProblemView = {
  tab: 'list',
  q: '',
  states: [],
  level: null,
  category: null,
  districtCode: null,
  townCode: null,
  clock: null,
  mine: null,
  ranked: null,
  about: null,
  sort: 'raisedAt',
  order: 'desc',
  page: 1,
  pageSize: 100,
  ...plainDeskMap,
};

/** All but the closed ones. */
export const openStates: readonly ProblemState[] = problemStates.filter((state) => state !== '已销号');

const placeCode = /^[0-9A-Za-z]{1,20}$/;

export function readProblemView(params: URLSearchParams): ProblemView {
  const oneIn = <Word extends string>(key: string, words: readonly Word[]) => readWord(params, key, words);
  const codeIn = (key: string) => (placeCode.test(params.get(key) ?? '') ? params.get(key) : null);
  const asked = (params.get('state') ?? '').split(',');
  const noun = oneIn('noun', problemNouns);
  const objectId = params.get('object') ?? '';
  return {
    tab: oneIn('tab', problemTabs) ?? 'list',
    q: (params.get('q') ?? '').slice(0, 100),
    states: problemStates.filter((state) => asked.includes(state)),
    level: oneIn('level', problemLevels),
    category: oneIn('category', problemCategoryCodes),
    districtCode: codeIn('district'),
    townCode: codeIn('town'),
    clock: params.get('overdue') === 'true' ? 'overdue' : oneIn('due', ['3', '7'] as const),
    mine: oneIn('mine', ['raised', 'unit'] as const),
    ranked: readRanked(params),
    about:
      noun !== null && objectId !== '' && objectId.length <= 100 && params.get('new') === null
        ? { noun, id: objectId }
        : null,
    sort: oneIn('sort', problemSorts) ?? plainProblemView.sort,
    order: oneIn('order', ['asc', 'desc'] as const) ?? plainProblemView.order,
    ...readPage(params, plainProblemView),
    ...readDeskMap(params),
  };
}

function readRanked(params: URLSearchParams): string | null {
  const text = readText(params, 'ranked');
  return text !== null && readRankedProblems(text) !== null ? text : null;
}

/** Only what differs from the plain view, so that short addresses stay short. */
export function writeProblemView(view: ProblemView): URLSearchParams {
  const params = new URLSearchParams();
  const write = (name: string, value: string | number | null, plain: string | number | null) => {
    if (value !== plain && value !== null) params.set(name, String(value));
  };
  write('tab', view.tab, plainProblemView.tab);
  write('q', view.q, '');
  write('state', view.states.join(','), '');
  write('level', view.level, null);
  write('category', view.category, null);
  write('district', view.districtCode, null);
  write('town', view.townCode, null);
  if (view.clock === 'overdue') params.set('overdue', 'true');
  else write('due', view.clock, null);
  write('mine', view.mine, null);
  write('ranked', view.ranked, null);
  write('noun', view.about?.noun ?? null, null);
  write('object', view.about?.id ?? null, null);
  write('sort', view.sort, plainProblemView.sort);
  write('order', view.order, plainProblemView.order);
  write('page', view.page, plainProblemView.page);
  write('rows', view.pageSize, plainProblemView.pageSize);
  writeDeskMap(params, view);
  return params;
}

/** The filters as the service takes them, without page and state: what the counts go by. */
export function problemCountQueryOf(view: ProblemView): ProblemExportQueryJson {
  const { q, level, category, districtCode, townCode, clock, mine, ranked, about, bbox } = view;
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(level !== null && { level }),
    ...(category !== null && { category }),
    ...(districtCode !== null && { districtCode }),
    ...(townCode !== null && { townCode }),
    ...(clock === 'overdue' && { overdue: 'true' as const }),
    ...(clock !== null && clock !== 'overdue' && { dueWithinDays: Number(clock) }),
    ...(mine !== null && { mine }),
    ...(ranked !== null && { ranked }),
    ...(about !== null && { noun: about.noun, objectId: about.id }),
    ...(bbox !== null && { bbox }),
  };
}

/** With state and order: what the export takes. */
export function problemExportQueryOf(view: ProblemView): ProblemExportQueryJson {
  const { states, sort, order } = view;
  return {
    ...problemCountQueryOf(view),
    ...(states.length > 0 && { state: states.join(',') }),
    sort,
    order,
  };
}

export function problemPageQueryOf(view: ProblemView): ProblemQueryJson {
  return { ...problemExportQueryOf(view), page: view.page, pageSize: view.pageSize };
}

export const changedProblemView = (view: ProblemView, change: Partial<ProblemView>): ProblemView =>
  changedTable(view, change);

export function isProblemViewFiltered(view: ProblemView): boolean {
  return view.states.length > 0 || Object.keys(problemCountQueryOf(view)).length > 0;
}

/** Without filters; tab, order, page size and the open map stay. */
export function clearedProblemView({ tab, sort, order, pageSize, map }: ProblemView): ProblemView {
  return { ...plainProblemView, tab, sort, order, pageSize, map };
}
