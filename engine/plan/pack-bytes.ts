// One container for everything the engine hands over as bytes: four letters, a version, a JSON header and binary blocks.
// Little-endian throughout, like every platform that runs JavaScript engines today; blocks are copied out, so they need
// no alignment.
import { PlanningError } from '../model/planning-error.ts';

const FORMAT_VERSION = 1;
const FIXED_BYTES = 16;

/** `kind` is four ASCII letters. The header must survive JSON. */
export function packBytes(kind: string, header: unknown, blocks: readonly ArrayBufferView[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const tableBytes = 4 * blocks.length;
  const total = blocks.reduce((sum, block) => sum + block.byteLength, FIXED_BYTES + tableBytes + text.length);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(kind), 0);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setUint32(8, text.length, true);
  view.setUint32(12, blocks.length, true);
  blocks.forEach((block, index) => {
    view.setUint32(FIXED_BYTES + 4 * index, block.byteLength, true);
  });
  bytes.set(text, FIXED_BYTES + tableBytes);
  let offset = FIXED_BYTES + tableBytes + text.length;
  for (const block of blocks) {
    bytes.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), offset);
    offset += block.byteLength;
  }
  return bytes;
}

/** Throws PLAN_INPUT_BYTES when the bytes are of another kind or version, or cut short. */
export function unpackBytes(kind: string, bytes: Uint8Array): { header: unknown; blocks: ArrayBuffer[] } {
  const wrong = (found: string) => new PlanningError('PLAN_INPUT_BYTES', { expected: kind, found });
  if (bytes.length < FIXED_BYTES) throw wrong(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const foundKind = String.fromCharCode(...bytes.subarray(0, 4));
  if (foundKind !== kind) throw wrong('another kind of file');
  if (view.getUint32(4, true) !== FORMAT_VERSION) throw wrong(`format version ${view.getUint32(4, true)}`);
  const textBytes = view.getUint32(8, true);
  const blockCount = view.getUint32(12, true);
  let offset = FIXED_BYTES + 4 * blockCount;
  if (offset + textBytes > bytes.length) throw wrong('a file cut short');
  const text = new TextDecoder().decode(bytes.subarray(offset, offset + textBytes));
  offset += textBytes;
  const blocks: ArrayBuffer[] = [];
  for (let index = 0; index < blockCount; index++) {
    const end = offset + view.getUint32(FIXED_BYTES + 4 * index, true);
    if (end > bytes.length) throw wrong('a file cut short');
    blocks.push(new Uint8Array(bytes.subarray(offset, end)).buffer);
    offset = end;
  }
  if (offset !== bytes.length) throw wrong('bytes after the end');
  try {
    return { header: JSON.parse(text), blocks };
  } catch {
    throw wrong('a header that is not JSON');
  }
}
