// The bytes of photos, in files named by their digest beside the database. A file is there whole or not at all: it is written under
// another name and renamed; the row that names it comes after.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const pathOf = (dir: string, digest: string): string => join(dir, digest.slice(0, 2), digest);

/** Does nothing when it is there. */
export async function savePhotoBytes(dir: string, digest: string, bytes: Uint8Array): Promise<void> {
  const path = pathOf(dir, digest);
  if (await isThere(path, bytes.length)) return;
  const draft = `${path}.${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function isThere(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.size === size;
}

/** Null when the file is not there. */
export async function readPhotoBytes(dir: string, digest: string): Promise<Buffer | null> {
  try {
    return await readFile(pathOf(dir, digest));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

export const removePhotoBytes = (dir: string, digest: string): Promise<void> =>
  rm(pathOf(dir, digest), { force: true });
