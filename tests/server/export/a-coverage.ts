// A small made-up coverage with quality near Shanghai: levels fall from west to east, the first row is outside, one bin is unserved.
import {
  type CoverageRaster,
  GRADES,
  localZoneOf,
  NO_GRADE,
  NO_LEVEL,
  NO_SERVER,
} from '../../../engine/index.ts';

export const UNSERVED = 45;

export function aCoverage(change: Partial<CoverageRaster> = {}): CoverageRaster {
  const { columns = 40, rows = 30 } = change;
  const size = columns * rows;
  const zone = localZoneOf([121.2, 31.36]);
  const [eastM, northM] = zone.toMetres([121.2, 31.36]);
  const byColumn = (valueAt: (column: number) => number) =>
    Int16Array.from({ length: size }, (_, at) => (at === UNSERVED ? NO_LEVEL : valueAt(at % columns)));
  const level = byColumn((column) => -600 - 20 * column);
  return {
    epsg: zone.epsg,
    westM: Math.round(eastM),
    northM: Math.round(northM),
    binSizeM: 20,
    columns,
    rows,
    level,
    grade: new Uint8Array(size)
      .fill(GRADES - 1)
      .fill(NO_GRADE, 0, columns)
      .fill(0, UNSERVED, UNSERVED + 1),
    server: new Uint16Array(size).fill(NO_SERVER, UNSERVED, UNSERVED + 1),
    siteIds: ['s'],
    uncovered: new Uint8Array(size),
    quality: {
      ssSinr: byColumn((column) => 300 - 10 * column),
      pdschSinr: byColumn((column) => 280 - 10 * column),
      downlinkMbps: Uint16Array.from({ length: size }, (_, at) =>
        at === UNSERVED ? 0 : 25 * (at % columns),
      ),
      uplinkMargin: byColumn((column) => 200 - 10 * column),
      indoorLevel: byColumn((column) => -800 - 20 * column),
      servers: Uint8Array.from({ length: size }, (_, at) => (at === UNSERVED ? 0 : at % 6)),
    },
    ...change,
  };
}
