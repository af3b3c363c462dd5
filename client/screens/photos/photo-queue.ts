// Photos on their way: what is refused before it is sent, by type and size, and what each file of the list is doing. The service looks at
// the bytes themselves; the limits here only spare a hopeless upload.

const largestBytes = 10 * 1024 * 1024;
const types: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

export type EarlyRefusal = 'type' | 'heic' | 'size' | 'empty';

export function refusePhoto({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): EarlyRefusal | null {
  if (/\.hei[cf]$/i.test(name) || /^image\/hei[cf]/.test(type)) return 'heic';
  // no type: the system does not know it, the service will
  if (type !== '' && !types.includes(type)) return 'type';
  if (size === 0) return 'empty';
  return size > largestBytes ? 'size' : null;
}

export interface QueuedPhoto {
  readonly key: string;
  readonly file: File;
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused';
  /** 0..1 */
  readonly share: number;
  readonly refusal: EarlyRefusal | null;
  /** What the service said. */
  readonly error: unknown;
  /** Of a sent one, from the service. */
  readonly warnings: readonly string[];
}

export function queuePhotos(files: readonly File[], newKey: () => string): QueuedPhoto[] {
  return files.map((file) => {
    const refusal = refusePhoto(file);
    const state = refusal === null ? 'waiting' : 'refused';
    return { key: newKey(), file, state, share: 0, refusal, error: null, warnings: [] };
  });
}
