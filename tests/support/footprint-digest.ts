// One number for all footprints of a plan: SHA-256 over every byte of every block and of both counts. Runs in Node and in a
// browser.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Footprints } from '../../engine/index.ts';

export function footprintDigest({ blocks, near, seen }: Footprints): string {
  const hash = sha256.create();
  const take = (array: Uint8Array | Uint16Array | Uint32Array) =>
    hash
      .update(new Uint8Array(Uint32Array.of(array.length).buffer))
      .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  for (const block of blocks) {
    take(block.spanStarts);
    take(block.gradeStarts);
    take(block.spanFirst);
    take(block.spanLength);
    take(block.grades);
  }
  take(near);
  take(seen);
  return bytesToHex(hash.digest());
}
