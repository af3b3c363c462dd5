// The filters of the accounts and their address: a link shows the same rows, with the same account open. The address is outside input.
import type { AccountExportQueryJson, AccountQueryJson } from '../../../server/contract/people.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';
import { type Role, roles } from './role-list.ts';

export const accountStates = ['active', 'locked', 'disabled'] as const;
export const accountDoors = ['password', 'provider', 'none'] as const;
export const seenWords = ['within1', 'within7', 'within30', 'idle30', 'idle90', 'never'] as const;
export const accountSorts = [
  'login',
  'name',
  'role',
  'organisation',
  'lastSeenAt',
  'createdAt',
] as const satisfies readonly AccountQueryJson['sort'][];
export type AccountState = (typeof accountStates)[number];

/** In the place of an account's id: one that is being made. */
export const NEW_ACCOUNT = 'new';

export interface PeopleView {
  readonly q: string;
  readonly state: AccountState | null;
  readonly role: Role | null;
  /** Code of a district, or everywhere. */
  readonly district: string | null;
  readonly door: (typeof accountDoors)[number] | null;
  readonly seen: (typeof seenWords)[number] | null;
  /** To be looked at. */
  readonly worry: 'true' | null;
  readonly sort: (typeof accountSorts)[number];
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** The account whose drawer is open. */
  readonly account: string | null;
}

export const plainView: PeopleView = {
  q: '',
  state: null,
  role: null,
  district: null,
  door: null,
  seen: null,
  worry: null,
  sort: 'login',
  order: 'asc',
  page: 1,
  pageSize: 100,
  account: null,
};

export function readPeopleView(params: URLSearchParams): PeopleView {
  const district = params.get('district') ?? '';
  return {
    q: readText(params, 'q') ?? plainView.q,
    state: readWord(params, 'state', accountStates),
    role: readWord(params, 'role', roles),
    district: /^[0-9A-Za-z]{1,20}$/.test(district) ? district : null,
    door: readWord(params, 'door', accountDoors),
    seen: readWord(params, 'seen', seenWords),
    worry: readWord(params, 'worry', ['true'] as const),
    sort: readWord(params, 'sort', accountSorts) ?? plainView.sort,
    order: readWord(params, 'order', ['asc', 'desc'] as const) ?? plainView.order,
    ...readPage(params, plainView, 100_000),
    account: readText(params, 'account'),
  };
}

export const writePeopleView = (view: PeopleView): URLSearchParams => writeView(view, plainView);

export const changedView = (view: PeopleView, change: Partial<PeopleView>): PeopleView =>
  changedTable(view, change, ['account']);

/** The filters as the service takes them, with state and order: what the export takes. */
export function exportQueryOf(view: PeopleView): AccountExportQueryJson {
  const { state, sort, order } = view;
  return { ...filtersOf(view), ...(state !== null && { state }), sort, order };
}

export const pageQueryOf = (view: PeopleView): AccountQueryJson => ({
  ...exportQueryOf(view),
  page: view.page,
  pageSize: view.pageSize,
});

export const isFiltered = (view: PeopleView): boolean =>
  view.state !== null || Object.keys(filtersOf(view)).length > 0;

function filtersOf({ q, role, district, door, seen, worry }: PeopleView): AccountExportQueryJson {
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(role !== null && { role }),
    ...(district !== null && { district }),
    ...(door !== null && { door }),
    ...(seen !== null && { seen }),
    ...(worry !== null && { worry }),
  };
}
