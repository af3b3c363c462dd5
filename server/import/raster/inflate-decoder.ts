// Deflated blocks of a GeoTIFF, by Node's own zlib with a limit: a block of a few kilobytes can otherwise unfold to gigabytes
// outside the heap, where the reader's memory cap does not hold.
import { inflateSync } from 'node:zlib';
import { BaseDecoder } from 'geotiff';
import { MOST_CELLS } from './raster-grid.ts';

const BYTES_PER_VALUE = 8;

export class InflateDecoder extends BaseDecoder {
  override decodeBlock(block: ArrayBufferLike): ArrayBufferLike {
    const { tileWidth, tileHeight, samplesPerPixel = 1 } = this.parameters;
    const cells = Math.min(MOST_CELLS, tileWidth * tileHeight) * samplesPerPixel;
    const bytes = inflateSync(new Uint8Array(block), { maxOutputLength: cells * BYTES_PER_VALUE + 1_024 });
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }
}
