// Before a file with coordinates is made: does whoever asks still have room for its rows today, or the word of somebody who may allow
// it? One door for the files of the desks and of plans; published directories and the annex of a batch are for whoever may take them.
import type { FastifyRequest } from 'fastify';
import { ProductError } from '../errors.ts';
import { takePlaces } from '../store/export-requests.ts';
import type { Store } from '../store/store.ts';

/** `store` is that of the request, outside any transaction: a refusal is remembered. Throws EXPORT_OVER_LIMIT. */
export async function letPlacesLeave(
  store: Store,
  request: Pick<FastifyRequest, 'url'>,
  rows: number,
): Promise<void> {
  const { ok, taken, most } = await takePlaces(store, rows, exportAddress(request.url));
  if (!ok) throw new ProductError('EXPORT_OVER_LIMIT', { rows, taken, limit: most });
}

/** The same file has the same address, whatever the order of its parameters. */
export function exportAddress(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://house');
  searchParams.sort();
  const query = searchParams.toString();
  return query === '' ? pathname : `${pathname}?${query}`;
}
