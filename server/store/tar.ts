// The smallest useful part of the ustar format (POSIX.1-2017, pax): plain files and folders with short names.
// Enough for a database folder, and any tar program can look into the result.

const BLOCK = 512;

export interface TarEntry {
  /** Path with forward slashes; a folder has no bytes. */
  readonly path: string;
  readonly bytes: Buffer | null;
}

/** One archive of the entries, in their order; always the same bytes for the same entries. */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (const { path, bytes } of entries) {
    parts.push(header(path, bytes));
    if (bytes) parts.push(bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  parts.push(Buffer.alloc(2 * BLOCK));
  return Buffer.concat(parts);
}

/** The entries of an archive. Throws on names that leave the folder and on anything but files and folders. */
export function readTar(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  let at = 0;
  while (at + BLOCK <= archive.length && archive[at] !== 0) {
    const path = textField(archive, at, 100);
    const size = Number.parseInt(textField(archive, at + 124, 12), 8);
    const kind = String.fromCharCode(archive[at + 156] ?? 0);
    if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`tar: unsafe path "${path}"`);
    if (kind !== '0' && kind !== '5')
      throw new Error(`tar: entry "${path}" has kind "${kind}", expected file or folder`);
    if (at + BLOCK + size > archive.length) throw new Error(`tar: "${path}" is cut off`);
    entries.push({ path, bytes: kind === '5' ? null : archive.subarray(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

function header(path: string, bytes: Buffer | null): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > 99) throw new Error(`tar: path "${path}" is longer than 99 bytes`);
  block.write(path, 0);
  block.write(bytes ? '0000600\0' : '0000700\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${(bytes?.length ?? 0).toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write(' '.repeat(8), 148);
  block.write(bytes ? '0' : '5', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function textField(archive: Buffer, at: number, length: number): string {
  const field = archive.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}
