// One look at the database each second for every open page of this server, and none while no page is open. What changed is told by
// kind only; what it is, each page asks for itself and gets as far as its person may see it.
import type { Principal } from '../permission/principal.ts';
import {
  type ChangedObject,
  type LivePulse,
  loadAudiences,
  loadChangedObjects,
  loadPulse,
  type NoticeAudience,
} from '../store/live.ts';
import type { Store } from '../store/store.ts';
import { type Kept, keepDoing } from './keep-doing.ts';

const LOOK_EVERY_MS = 1_000;

export interface LiveNews {
  /** Number of the last audit record that is told. */
  readonly seq: number;
  /** Kinds of objects that changed, as in the audit trail. */
  readonly objects: readonly string[];
  /** A notice came, or one was read: the number of unread ones may be another. */
  readonly isUnreadStale: boolean;
  /** Something happened to the account: who it is has to be asked again. */
  readonly isPersonStale: boolean;
}

export interface LiveListener {
  principal(): Principal;
  hear(news: LiveNews): void;
}

export interface LiveFeed {
  /** Answers how to stop listening. */
  listen(listener: LiveListener): () => void;
  /** How many listen in the name of an account. */
  countOf(accountId: string): number;
  end(): Promise<void>;
}

export function makeLiveFeed(store: Store, report: (line: string) => void): LiveFeed {
  const listeners = new Set<LiveListener>();
  let kept: Kept | null = null;
  let last: LivePulse | null = null;
  let isOver = false;

  const look = async (): Promise<void> => {
    const pulse = await loadPulse(store);
    const before = last;
    last = pulse;
    if (!before) return;
    const news = await newsBetween(store, before, pulse).catch((error: unknown) => {
      // not told yet: the next look begins where this one did
      last = before;
      throw error;
    });
    if (!news) return;
    for (const listener of listeners) {
      const heard = newsFor(listener.principal(), news);
      if (heard) listener.hear(heard);
    }
  };

  return {
    listen: (listener) => {
      listeners.add(listener);
      if (!isOver)
        kept ??= keepDoing(LOOK_EVERY_MS, look, (why) => report(`open pages were not told: ${why}`));
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        void kept?.end();
        kept = null;
        last = null;
      };
    },
    countOf: (accountId) =>
      [...listeners].filter((listener) => listener.principal().accountId === accountId).length,
    end: async () => {
      isOver = true;
      await kept?.end();
    },
  };
}

interface AllNews {
  readonly seq: number;
  readonly changed: readonly ChangedObject[];
  readonly audiences: readonly NoticeAudience[];
  readonly readers: ReadonlySet<string>;
}

/** Null: nothing. */
async function newsBetween(store: Store, before: LivePulse, now: LivePulse): Promise<AllNews | null> {
  const { seq } = now;
  const known = new Set(before.noticeIds);
  const newIds = now.noticeIds.filter((id) => !known.has(id));
  const changed = seq > before.seq ? await loadChangedObjects(store, before.seq, seq) : [];
  const layers = now.layers === before.layers ? [] : [{ object: 'layer', accountIds: [] }];
  const audiences = newIds.length > 0 ? await loadAudiences(store, newIds) : [];
  const all = [...changed, ...layers];
  if (all.length === 0 && audiences.length === 0 && now.readers.length === 0) return null;
  return { seq, changed: all, audiences, readers: new Set(now.readers) };
}

/** Null: nothing for this person. Which objects they may hear of is the route's business. */
function newsFor(
  { accountId, role, organisation }: Principal,
  { seq, changed, audiences, readers }: AllNews,
): LiveNews | null {
  const isUnreadStale =
    readers.has(accountId) ||
    audiences.some((to) =>
      to.account === null
        ? (to.role ?? role) === role && (to.organisation ?? organisation) === organisation
        : to.account === accountId,
    );
  const isPersonStale = changed.some(({ accountIds }) => accountIds.includes(accountId));
  const objects = changed.map(({ object }) => object);
  return objects.length > 0 || isUnreadStale ? { seq, objects, isUnreadStale, isPersonStale } : null;
}
