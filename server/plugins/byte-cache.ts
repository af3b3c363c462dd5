// Small cache that keeps the most recently used answers within a number of bytes.

export interface ByteCache {
  get(key: string): Uint8Array | undefined;
  set(key: string, bytes: Uint8Array): void;
}

export function makeByteCache(limitBytes: number): ByteCache {
  const entries = new Map<string, Uint8Array>();
  let held = 0;
  return {
    get(key) {
      const bytes = entries.get(key);
      if (bytes) {
        entries.delete(key);
        entries.set(key, bytes);
      }
      return bytes;
    },
    set(key, bytes) {
      if (bytes.length > limitBytes) return;
      held += bytes.length - (entries.get(key)?.length ?? 0);
      entries.delete(key);
      entries.set(key, bytes);
      for (const [oldest, old] of entries) {
        if (held <= limitBytes) break;
        entries.delete(oldest);
        held -= old.length;
      }
    },
  };
}
