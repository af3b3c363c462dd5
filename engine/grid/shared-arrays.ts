// Typed arrays of a value moved into shared memory, so that any number of threads read one copy. Where the platform has no
// shared memory (a page that is not isolated), the value stays as it is and threads get clones.

/** The value with its own typed arrays in shared memory; everything else is the same. Nobody may write into them afterwards. */
export function sharedArrays<T extends object>(value: T): T {
  if (typeof SharedArrayBuffer === 'undefined') return value;
  const moved = Object.entries(value).map(([key, part]) => [key, isOwnArray(part) ? moveArray(part) : part]);
  return Object.fromEntries(moved) as T; // the same keys, each with its own kind of value
}

type NumberArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array;

function isOwnArray(value: unknown): value is NumberArray {
  return (
    ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value.buffer instanceof SharedArrayBuffer)
  );
}

function moveArray(array: NumberArray): NumberArray {
  const Kind = array.constructor as new (buffer: SharedArrayBuffer) => NumberArray; // its own kind
  const shared = new Kind(new SharedArrayBuffer(array.byteLength));
  shared.set(array);
  return shared;
}
