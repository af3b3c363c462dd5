// Sends files one after the other while the screen is open. What was sent leaves the list when others are added.
import { useEffect, useRef, useState } from 'react';
import { newOnceKey } from '../../api/once-key.ts';
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

export function useFileQueue<Kind extends string, Refusal extends string>(
  send: SendFile<Kind>,
  refuse: (file: File) => Refusal | null,
) {
  const [queue, setQueue] = useState<readonly QueuedFile<Refusal>[]>([]);
  const waiting = useRef<{ readonly queued: QueuedFile<Refusal>; readonly kind: Kind }[]>([]);
  const isRunning = useRef(false);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    // the effect runs twice while developing
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);

  const change = (key: string, part: Partial<QueuedFile<Refusal>>) =>
    setQueue((now) => now.map((queued) => (queued.key === key ? { ...queued, ...part } : queued)));
  const run = async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    for (let next = waiting.current.shift(); next !== undefined; next = waiting.current.shift()) {
      const { queued, kind } = next;
      const { signal } = leaving.current;
      if (signal.aborted) break;
      change(queued.key, { state: 'sending' });
      try {
        const warnings = await send({
          kind,
          file: queued.file,
          once: queued.key,
          signal,
          onSent: (sentBytes, totalBytes) => change(queued.key, { share: sentBytes / totalBytes }),
        });
        change(queued.key, { state: 'sent', share: 1, warnings });
      } catch (error) {
        change(queued.key, { state: 'refused', error });
      }
    }
    isRunning.current = false;
  };
  const add = (files: readonly File[], kind: Kind) => {
    const added = queueFiles(files, refuse, newOnceKey);
    setQueue((now) => [...now.filter(({ state }) => state !== 'sent'), ...added]);
    waiting.current.push(
      ...added.filter(({ state }) => state === 'waiting').map((queued) => ({ queued, kind })),
    );
    void run();
  };
  return { queue, add };
}
