// The filters of the audit page and its address: a link shows the same records. The address is outside input.
import type { AuditQueryJson } from '../../../server/contract/audit.ts';

const textKeys = ['object', 'objectId', 'account', 'action'] as const;
const dayKeys = ['from', 'to'] as const;
const day = /^\d{4}-\d{2}-\d{2}$/;

export type AuditFilters = Readonly<
  Partial<Record<(typeof textKeys)[number] | (typeof dayKeys)[number], string>>
> & { readonly page: number };

/** `from` and `to` are whole days of the reader; `to` is the last one that counts. */
export function readAuditFilters(params: URLSearchParams): AuditFilters {
  const filters: Record<string, string> = {};
  for (const key of textKeys) {
    const value = params.get(key)?.trim() ?? '';
    if (value !== '' && value.length <= 100) filters[key] = value;
  }
  for (const key of dayKeys) {
    const value = params.get(key) ?? '';
    if (day.test(value) && !Number.isNaN(Date.parse(value))) filters[key] = value;
  }
  const page = Number(params.get('page') ?? 1);
  return { ...filters, page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1 };
}

export function writeAuditFilters(filters: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of [...textKeys, ...dayKeys]) {
    const value = filters[key];
    if (value) params.set(key, value);
  }
  if (filters.page > 1) params.set('page', String(filters.page));
  return params;
}

/** As the service takes them: moments with their zone, the end not included. */
export function auditQueryOf({ from, to, page, ...filters }: AuditFilters, pageSize: number): AuditQueryJson {
  return {
    ...filters,
    ...(from !== undefined && { from: startOfDay(from, 0) }),
    ...(to !== undefined && { to: startOfDay(to, 1) }),
    page,
    pageSize,
  };
}

/** Midnight in the reader's zone, some days later. */
function startOfDay(text: string, laterDays: number): string {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return new Date(year, month - 1, date + laterDays).toISOString();
}
