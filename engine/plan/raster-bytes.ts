// A coverage raster as bytes, as the store keeps it: six bytes per bin of the frame, eleven more with quality, and a header.
import { gradeOf } from '../coverage/probability-grades.ts';
import type { CoverageQuality, CoverageRaster } from '../model/plan.ts';
import { NO_GRADE } from './make-raster.ts';
import { packBytes, unpackBytes } from './pack-bytes.ts';

const KIND = 'ZZRG';
/** Rasters of earlier versions hold percent instead of grades. */
const PERCENT_KIND = 'ZZRA';

/** `hasQuality` is missing in rasters of versions without quality. */
interface Header extends Omit<CoverageRaster, 'level' | 'grade' | 'server' | 'uncovered' | 'quality'> {
  readonly hasQuality?: boolean;
}

export function encodeRaster(raster: CoverageRaster): Uint8Array {
  const { epsg, westM, northM, binSizeM, columns, rows, siteIds, quality } = raster;
  const header: Header = {
    epsg,
    westM,
    northM,
    binSizeM,
    columns,
    rows,
    siteIds,
    hasQuality: quality !== null,
  };
  const blocks = [raster.level, raster.grade, raster.server, raster.uncovered];
  return packBytes(KIND, header, quality ? [...blocks, ...qualityBlocks(quality)] : blocks);
}

/** Throws PLAN_INPUT_BYTES when the bytes were not written by `encodeRaster` of this or an earlier version. */
export function decodeRaster(bytes: Uint8Array): CoverageRaster {
  const inPercent = String.fromCharCode(...bytes.subarray(0, 4)) === PERCENT_KIND;
  const { header, blocks } = unpackBytes(inPercent ? PERCENT_KIND : KIND, bytes);
  const [level, grade, server, uncovered, ...more] = blocks;
  const { hasQuality, ...frame } = header as Header; // written by encodeRaster: kind, version and lengths were checked
  return {
    ...frame,
    level: new Int16Array(level!),
    grade: inPercent ? new Uint8Array(grade!).map(gradeOfPercent) : new Uint8Array(grade!),
    server: new Uint16Array(server!),
    uncovered: new Uint8Array(uncovered!),
    quality: hasQuality ? qualityOf(more) : null,
  };
}

/** In the order `qualityOf` reads them. */
function qualityBlocks(quality: CoverageQuality): ArrayBufferView[] {
  const { ssSinr, pdschSinr, downlinkMbps, uplinkMargin, indoorLevel, servers } = quality;
  return [ssSinr, pdschSinr, downlinkMbps, uplinkMargin, indoorLevel, servers];
}

function qualityOf(blocks: readonly ArrayBuffer[]): CoverageQuality {
  const [ssSinr, pdschSinr, downlinkMbps, uplinkMargin, indoorLevel, servers] = blocks;
  return {
    ssSinr: new Int16Array(ssSinr!),
    pdschSinr: new Int16Array(pdschSinr!),
    downlinkMbps: new Uint16Array(downlinkMbps!),
    uplinkMargin: new Int16Array(uplinkMargin!),
    indoorLevel: new Int16Array(indoorLevel!),
    servers: new Uint8Array(servers!),
  };
}

function gradeOfPercent(percent: number): number {
  return percent > 100 ? NO_GRADE : gradeOf(percent / 100);
}
