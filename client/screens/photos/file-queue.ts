// Files on their way: what is refused before it is sent, and what each file of the list is doing.

export interface QueuedFile<Refusal extends string> {
  readonly key: string;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused';
  /** 0..1 */
  readonly share: number;
  /** Why it was not even sent. */
  readonly refusal: Refusal | null;
  /** What the service said. */
  readonly error: unknown;
  /** Sends it again, where nobody answered; null: an answer is final. */
  readonly again: (() => void) | null;
  /** Of a sent one, from the service. */
  readonly warnings: readonly string[];
}

/** `refuse` answers null for a file that is worth sending. */
export function queueFiles<Refusal extends string>(
  files: readonly File[],
  refuse: (file: File) => Refusal | null,
  newKey: () => string,
): QueuedFile<Refusal>[] {
  return files.map((file) => {
    const refusal = refuse(file);
    const state = refusal === null ? 'waiting' : 'refused';
    return { key: newKey(), file, state, share: 0, refusal, error: null, again: null, warnings: [] };
  });
}
