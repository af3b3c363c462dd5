// Two repairs of PGlite 0.5.8 with PostGIS 0.2.8, as an extension that is listed before postgis.
// 1. The bundle has no C++ exceptions: a GEOS exception ends the statement without an error and COMMIT keeps the rest
//    (electric-sql/pglite#916). Here throwing raises an ordinary PostgreSQL error instead.
// 2. Each SQL error leaves wasm stack behind; after 1 872 of them every statement fails. Here the stack is restored.
import type { Extension, PGlite } from '@electric-sql/pglite';

/** What is used of the wasm module; its own types do not name these exports. */
interface WasmModule {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _errstart(level: number, domain: number): number;
  _errmsg_internal(format: number, values: number): void;
  _errfinish(file: number, line: number, name: number): void;
  _PostgresMainLoopOnce(): unknown;
  readonly ___stack_pointer: { value: number };
}
type Instantiate = (imports: { env: { __cxa_throw?: unknown } }, done: unknown) => unknown;

const ERROR_LEVEL = 21;

export const fixes: Extension = {
  name: 'fixes',
  setup: async (pg, options) => {
    const emscriptenOpts = options as { instantiateWasm: Instantiate };
    const instantiate = emscriptenOpts.instantiateWasm;
    emscriptenOpts.instantiateWasm = (imports, done) => {
      imports.env.__cxa_throw = (exception: number, type: number) => {
        raise(moduleOf(pg), `GEOS/C++ exception: ${exceptionText(moduleOf(pg), exception, type)}`);
      };
      return instantiate(imports, done);
    };
    return {
      emscriptenOpts: options,
      init: async () => restoreStackAfterErrors(moduleOf(pg)),
    };
  },
};

function moduleOf(pg: unknown): WasmModule {
  // PGlite keeps the module under `mod` without declaring it.
  return (pg as PGlite as unknown as { mod: WasmModule }).mod;
}

function raise(module: WasmModule, text: string): never {
  const bytes = Buffer.from(`${text.replace(/%/g, '%%')}\0`);
  const at = module._malloc(bytes.length + 32);
  module.HEAPU8.set(bytes, at);
  if (module._errstart(ERROR_LEVEL, 0)) {
    module._errmsg_internal(at, at);
    module._errfinish(0, 0, 0);
  }
  throw new Error('unreachable: errfinish does not return from an error');
}

/** GEOS exceptions are std::runtime_error: the message pointer follows the vtable. Others tell their type only. */
function exceptionText(module: WasmModule, exception: number, type: number): string {
  const typeName = textAt(module, wordAt(module, type + 4));
  return /geos|runtime_error/i.test(typeName) ? textAt(module, wordAt(module, exception + 4)) : typeName;
}

function wordAt({ HEAPU8 }: WasmModule, at: number): number {
  return Buffer.from(HEAPU8.buffer, HEAPU8.byteOffset + at, 4).readUInt32LE(0);
}

function textAt({ HEAPU8 }: WasmModule, at: number): string {
  let end = at;
  while (HEAPU8[end] && end - at < 400) end += 1;
  return Buffer.from(HEAPU8.subarray(at, end)).toString();
}

function restoreStackAfterErrors(module: WasmModule): void {
  const stack = module.___stack_pointer;
  const once = module._PostgresMainLoopOnce.bind(module);
  module._PostgresMainLoopOnce = () => {
    const before = stack.value;
    try {
      return once();
    } catch (error) {
      stack.value = before;
      throw error;
    }
  };
}
