// A coverage raster as bytes, as the store keeps it: six bytes per bin of the frame and a header.
import type { CoverageRaster } from '../model/plan.ts';
import { packBytes, unpackBytes } from './pack-bytes.ts';

const KIND = 'ZZRA';

type Header = Omit<CoverageRaster, 'level' | 'probability' | 'server' | 'uncovered'>;

export function encodeRaster(raster: CoverageRaster): Uint8Array {
  const { epsg, westM, northM, binSizeM, columns, rows, siteIds } = raster;
  const header: Header = { epsg, westM, northM, binSizeM, columns, rows, siteIds };
  return packBytes(KIND, header, [raster.level, raster.probability, raster.server, raster.uncovered]);
}

/** Throws PLAN_INPUT_BYTES when the bytes were not written by `encodeRaster` of this version. */
export function decodeRaster(bytes: Uint8Array): CoverageRaster {
  const { header, blocks } = unpackBytes(KIND, bytes);
  const [level, probability, server, uncovered] = blocks;
  return {
    ...(header as Header), // written by encodeRaster: kind, version and lengths were checked
    level: new Int16Array(level!),
    probability: new Uint8Array(probability!),
    server: new Uint16Array(server!),
    uncovered: new Uint8Array(uncovered!),
  };
}
