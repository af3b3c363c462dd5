// How long is left as a tag; the exact time is its title.
import { Tag } from 'antd';
import { useNow } from '../../parts/use-now.ts';
import { dueClock } from './due-clock.ts';
import type { BatchWords } from './use-batch-words.ts';

export function DueTag({ dueAt, words }: { readonly dueAt: string | null; readonly words: BatchWords }) {
  const now = new Date(useNow());
  const clock = dueClock(dueAt, now);
  if (clock === null) return <>—</>;
  return (
    <Tag color={clock.tone} title={words.t('batches.due.at', { at: words.time(dueAt) })}>
      {words.due(dueAt, now)}
    </Tag>
  );
}
