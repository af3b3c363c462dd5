// Front door of the room: any file in, checked records and issues out, without a database. Commands and the reader's child
// process call the same function. The GeoTIFF library is loaded only when a raster comes.
import { isRasterKind } from '../contract/imports.ts';
import type { ParsedImport, ParseOptions } from './import-types.ts';
import { parseImport } from './parse-import.ts';

/** Throws for no file: its faults are issues. */
export async function parseFile(bytes: Uint8Array, options: ParseOptions): Promise<ParsedImport> {
  const { kind } = options;
  if (!isRasterKind(kind)) return parseImport(bytes, options);
  const { parseRaster } = await import('./raster/parse-raster.ts');
  return parseRaster(bytes, { ...options, kind });
}
