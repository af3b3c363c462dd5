// The table of a desk in its address: what every desk reads out of it and writes into it alike. A link shows the same rows; the address
// is outside input, so what does not fit counts as not said.
import { pageSizes } from './page-sizes.ts';

export interface TablePage {
  readonly page: number;
  readonly pageSize: number;
}

const MOST_PAGES = 200_000;
/** Several words of one filter. */
const LONGEST_LIST = 400;

/** `most`: pages the service gives. */
export function readPage(params: URLSearchParams, plain: TablePage, most = MOST_PAGES): TablePage {
  const page = Number(params.get('page') ?? 1);
  const pageSize = Number(params.get('rows') ?? plain.pageSize);
  return {
    page: Number.isInteger(page) && page >= 1 && page <= most ? page : 1,
    pageSize: pageSizes.find((size) => size === pageSize) ?? plain.pageSize,
  };
}

/** Any text that the service compares. */
export function readText(params: URLSearchParams, key: string, longest = 100): string | null {
  const text = params.get(key) ?? '';
  return text !== '' && text.length <= longest ? text : null;
}

export const readWord = <Word extends string>(
  params: URLSearchParams,
  key: string,
  words: readonly Word[],
): Word | null => words.find((word) => word === params.get(key)) ?? null;

/** One word or several with commas between them, all of the list. */
export function readWords(params: URLSearchParams, key: string, words: readonly string[]): string | null {
  const text = readText(params, key, LONGEST_LIST);
  return text?.split(',').every((word) => words.includes(word)) ? text : null;
}

/** A whole number of days, as far as the service looks. */
export function readDays(params: URLSearchParams, key: string, most = 9_999): string | null {
  const text = params.get(key) ?? '';
  return /^\d{1,4}$/.test(text) && Number(text) <= most ? text : null;
}

/** Only what differs from the plain view, so that short addresses stay short. */
export function writeView<View extends TablePage>(view: View, plain: View): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(view))
    if (value !== null && value !== plain[key as keyof View])
      params.set(key === 'pageSize' ? 'rows' : key, String(value));
  return params;
}

/**
 * A filter, an order or a page size begins at the first page; a page turned, the map or what else opens beside the rows (`opened`) keeps
 * the rest.
 */
export function changedTable<View extends TablePage>(
  view: View,
  change: Partial<View>,
  opened: readonly (keyof View)[] = [],
): View {
  const stays = Object.keys(change).every((key) =>
    ['page', 'map', ...opened].includes(key as keyof View & string),
  );
  return { ...view, ...(stays ? {} : { page: 1 }), ...change };
}
