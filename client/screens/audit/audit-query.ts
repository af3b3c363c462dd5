// The filters of the audit page and its address: a link shows the same records, with the same one open. The address is outside input.
import type { AuditExportQueryJson, AuditQueryJson } from '../../../server/contract/audit.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';
import { roles } from '../people/role-list.ts';

const textKeys = ['q', 'object', 'objectId', 'account', 'person', 'action'] as const;
const dayKeys = ['from', 'to'] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

export interface AuditView {
  /** Part of the reason. */
  readonly q: string;
  readonly object: string | null;
  readonly objectId: string | null;
  /** Id of one account. */
  readonly account: string | null;
  /** Part of a name. */
  readonly person: string | null;
  readonly role: string | null;
  readonly action: string | null;
  /** Whole days of the reader; `to` is the last one that counts. */
  readonly from: string | null;
  readonly to: string | null;
  readonly order: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
  /** Number of the record whose drawer is open. */
  readonly record: number | null;
}

export const plainView: AuditView = {
  q: '',
  object: null,
  objectId: null,
  account: null,
  person: null,
  role: null,
  action: null,
  from: null,
  to: null,
  order: 'desc',
  page: 1,
  pageSize: 100,
  record: null,
};

export function readAuditView(params: URLSearchParams): AuditView {
  const texts = Object.fromEntries(
    textKeys.map((key) => [key, readText(params, key)?.trim() || plainView[key]]),
  );
  const days = Object.fromEntries(
    dayKeys.map((key) => {
      const value = params.get(key) ?? '';
      return [key, day.test(value) && !Number.isNaN(Date.parse(value)) ? value : null];
    }),
  );
  const record = Number(params.get('record') ?? Number.NaN);
  return {
    ...plainView,
    ...texts,
    ...days,
    ...readPage(params, plainView),
    role: readWord(params, 'role', roles),
    order: readWord(params, 'order', ['asc', 'desc'] as const) ?? plainView.order,
    record: Number.isSafeInteger(record) && record >= 1 ? record : null,
  };
}

export const writeAuditView = (view: AuditView): URLSearchParams => writeView(view, plainView);

export const changedView = (view: AuditView, change: Partial<AuditView>): AuditView =>
  changedTable(view, change, ['record']);

/** The filters as the service takes them, for a page and for a file: moments with their zone, the end not included. */
export function exportQueryOf(view: AuditView): AuditExportQueryJson {
  const { q, object, objectId, account, person, action, from, to } = view;
  const role = roles.find((one) => one === view.role);
  return {
    ...(q !== '' && { q }),
    ...(object !== null && { object }),
    ...(objectId !== null && { objectId }),
    ...(account !== null && { account }),
    ...(person !== null && { person }),
    ...(role !== undefined && { role }),
    ...(action !== null && { action }),
    ...(from !== null && { from: startOfDay(from, 0) }),
    ...(to !== null && { to: startOfDay(to, 1) }),
  };
}

export function pageQueryOf(view: AuditView): AuditQueryJson {
  const { order, page, pageSize } = view;
  return { ...exportQueryOf(view), order, page, pageSize };
}

export const isFiltered = (view: AuditView): boolean => Object.keys(exportQueryOf(view)).length > 0;

/** Midnight in the reader's zone, some days later. */
function startOfDay(text: string, laterDays: number): string {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return new Date(year, month - 1, date + laterDays).toISOString();
}
