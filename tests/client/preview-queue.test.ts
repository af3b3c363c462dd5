// Wishes while the preview is busy.
import { expect, test } from 'vitest';
import { queueWish } from '../../client/state/preview.ts';

test('changes that follow each other are one, the later value wins', () => {
  const first = queueWish([], { kind: 'change', change: { targetShare: 0.8, maxSites: 3 } });
  expect(queueWish(first, { kind: 'change', change: { targetShare: 0.9 } })).toEqual([
    { kind: 'change', change: { targetShare: 0.9, maxSites: 3 } },
  ]);
});

test('clicks keep their order among the changes', () => {
  const edit = { kind: 'edit', edit: { act: 'strike', siteId: 'a' } } as const;
  const change = { kind: 'change', change: { targetShare: 0.9 } } as const;
  const queue = [change, edit, change, { kind: 'undo' } as const];
  expect(queue.reduce(queueWish, [])).toEqual(queue);
});
