// Sends files one after the other while the screen is open. What was sent leaves the list when others are added; one on its way can be called
// off, and one that nobody answered is sent again under its key.
import { useEffect, useRef, useState } from 'react';
import { isAnswered, newOnceKey } from '../../api/once-key.ts';
import { type QueuedFile, queueFiles } from './file-queue.ts';

/** One file on its way. */
export interface FileToSend<Kind extends string> {
  readonly kind: Kind;
  readonly file: File;
  /** The key of this act: sent again after silence it is the same. */
  readonly once: string;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
}

/** Resolves when it is there and the list knows of it, with what is doubtful about it. */
export type SendFile<Kind extends string> = (file: FileToSend<Kind>) => Promise<readonly string[]>;

interface Waiting<Kind extends string, Refusal extends string> {
  readonly queued: QueuedFile<Refusal>;
  readonly kind: Kind;
}

export function useFileQueue<Kind extends string, Refusal extends string>(
  send: SendFile<Kind>,
  refuse: (file: File) => Refusal | null,
) {
  const [queue, setQueue] = useState<readonly QueuedFile<Refusal>[]>([]);
  const waiting = useRef<readonly Waiting<Kind, Refusal>[]>([]);
  const underWay = useRef<{ readonly key: string; readonly stop: AbortController } | null>(null);
  useEffect(
    () => () => {
      waiting.current = [];
      underWay.current?.stop.abort();
    },
    [],
  );

  const change = (key: string, part: Partial<QueuedFile<Refusal>>) =>
    setQueue((now) => now.map((queued) => (queued.key === key ? { ...queued, ...part } : queued)));
  const run = async () => {
    if (underWay.current !== null) return;
    for (let [next] = waiting.current; next !== undefined; [next] = waiting.current) {
      waiting.current = waiting.current.slice(1);
      const { queued, kind } = next;
      const { key, file } = queued;
      const stop = new AbortController();
      underWay.current = { key, stop };
      change(key, { state: 'sending' });
      try {
        const warnings = await send({
          kind,
          file,
          once: key,
          signal: stop.signal,
          onSent: (sentBytes, totalBytes) => change(key, { share: sentBytes / totalBytes }),
        });
        change(key, { state: 'sent', share: 1, warnings });
      } catch (error) {
        change(key, { state: 'refused', error, again: isAnswered(error) ? null : () => resume(next) });
      }
    }
    underWay.current = null;
  };
  const resume = (one: Waiting<Kind, Refusal>) => {
    change(one.queued.key, { state: 'waiting', share: 0, error: null, again: null });
    waiting.current = [...waiting.current, one];
    void run();
  };
  const add = (files: readonly File[], kind: Kind) => {
    const added = queueFiles(files, refuse, newOnceKey);
    setQueue((now) => [...now.filter(({ state }) => state !== 'sent'), ...added]);
    waiting.current = [
      ...waiting.current,
      ...added.filter(({ state }) => state === 'waiting').map((queued) => ({ queued, kind })),
    ];
    void run();
  };
  /** Off the list; what was on its way stops. */
  const remove = (key: string) => {
    waiting.current = waiting.current.filter(({ queued }) => queued.key !== key);
    setQueue((now) => now.filter((queued) => queued.key !== key));
    if (underWay.current?.key === key) underWay.current.stop.abort();
  };
  return { queue, add, remove };
}
