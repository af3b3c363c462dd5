// How many sites this person may see: the store counts only those.
import { useSitePage } from '../../api/sites.ts';
import { TaskCard } from './task-card.tsx';

export function LibraryCard() {
  const sites = useSitePage({ page: 1, pageSize: 1 });
  return (
    <TaskCard
      kind="library"
      count={sites.data?.total ?? null}
      error={sites.error}
      tasks={[]}
      to="/?tab=library&sites="
    />
  );
}
