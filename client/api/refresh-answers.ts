// What a change makes stale is asked for anew. A dialog waits for the opened row alone, so that nobody acts on what it was before; lists,
// counts and the map follow while people go on.
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

/** Settles once the opened rows under these keys are fresh; never throws. */
export async function refreshAnswers(client: QueryClient, keys: readonly QueryKey[]): Promise<void> {
  const refresh = (isMeant: (query: Pick<Query, 'queryKey'>) => boolean) =>
    keys.map((queryKey) => client.invalidateQueries({ queryKey, predicate: isMeant }));
  // first in line: the service answers in the order it was asked
  const rows = refresh(isRow);
  void Promise.all(refresh((query) => !isRow(query)));
  await Promise.all(rows);
}

/** Keys of a desk: its word, then what is asked of it. */
const isRow = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => queryKey[1] === 'one';
