// Photos that are refused before they are sent, by type and size. The service looks at the bytes themselves; the limits here only spare a
// hopeless upload.

const largestBytes = 10 * 1024 * 1024;
const types: readonly string[] = ['image/jpeg', 'image/png', 'image/webp'];

export type PhotoRefusal = 'type' | 'heic' | 'size' | 'empty';

export function refusePhoto({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): PhotoRefusal | null {
  if (/\.hei[cf]$/i.test(name) || /^image\/hei[cf]/.test(type)) return 'heic';
  // no type: the system does not know it, the service will
  if (type !== '' && !types.includes(type)) return 'type';
  if (size === 0) return 'empty';
  return size > largestBytes ? 'size' : null;
}
