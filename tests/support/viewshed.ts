// Line of sight over a raster of tops, asked three times: by our sweep, by gdal_viewshed, and by one exact ray per cell.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromArrayBuffer } from 'geotiff';
import { SightSweep, type Surface } from '../../engine/index.ts';
import { findCommand } from '../../scripts/boot/find-tools.mjs';
import { exactRaySees } from '../engine/coverage/exact-ray.ts';
import { makeGeotiff, metreKeys } from './make-geotiff.ts';

/** Square cells, row 0 in the north. */
export interface TopRaster {
  readonly columns: number;
  readonly rows: number;
  readonly cellM: number;
  readonly topM: Float32Array;
}

export interface Eye {
  readonly column: number;
  readonly row: number;
  /** Above the top of its cell. */
  readonly heightM: number;
}

/** 1 seen, 0 hidden, 2 not asked: square windows of `2 * radius + 1` cells around the eye. */
export interface SightWindow {
  readonly radius: number;
  readonly seen: Uint8Array;
}

export const RECEIVER_M = 1.5;
const NOT_ASKED = 2;
const WEST_M = 400_000;
const NORTH_M = 3_500_000;

export function sweepWindow(raster: TopRaster, eye: Eye, radius: number): SightWindow {
  const { columns, rows, cellM, topM } = raster;
  const surface: Surface = {
    westM: WEST_M,
    northM: NORTH_M,
    cellM,
    columns,
    rows,
    topM,
    heightDm: new Uint16Array(columns * rows),
    building: new Int32Array(columns * rows),
    assumedHeights: 0,
    hasBuildings: true,
    groundM: null,
    groundHoles: 0,
    clutterCode: null,
  };
  const sweep = new SightSweep();
  const from = {
    eastM: WEST_M + (eye.column + 0.5) * cellM,
    northM: NORTH_M - (eye.row + 0.5) * cellM,
    heightM: topM[eye.row * columns + eye.column]! + eye.heightM,
    receiverHeightM: RECEIVER_M,
    ownBuilding: 0,
    highestGroundM: null,
  };
  sweep.look(surface, from, radius * cellM);
  return windowOf(eye, radius, (column, row) => sweep.missingAt(column, row) <= 1e-6);
}

export function exactWindow(raster: TopRaster, eye: Eye, radius: number): SightWindow {
  const antennaM = raster.topM[eye.row * raster.columns + eye.column]! + eye.heightM;
  return windowOf(eye, radius, (column, row) =>
    exactRaySees(raster, [eye.column, eye.row], antennaM, [column, row], RECEIVER_M),
  );
}

/** The raster as a file that `gdalWindow` reads. */
export function writeTops(folder: string, { columns, rows, cellM, topM }: TopRaster): void {
  const raster = {
    columns,
    rows,
    west: WEST_M,
    north: NORTH_M,
    step: cellM,
    cellAt: (column: number, row: number) => topM[row * columns + column]!,
    keys: metreKeys(32_651),
  };
  writeFileSync(join(folder, 'tops.tif'), makeGeotiff(raster));
}

/** What gdal_viewshed says of the raster written last; the machine must have it. */
export async function gdalWindow(
  folder: string,
  { cellM }: TopRaster,
  eye: Eye,
  radius: number,
): Promise<SightWindow> {
  const eastM = WEST_M + (eye.column + 0.5) * cellM;
  const northM = NORTH_M - (eye.row + 0.5) * cellM;
  const heights = ['-oz', eye.heightM, '-tz', RECEIVER_M, '-md', radius * cellM, '-cc', 0];
  const args = ['-q', ...heights, '-ox', eastM, '-oy', northM, 'tops.tif', 'seen.tif'].map(String);
  execFileSync(findCommand('gdal_viewshed')!, args, { cwd: folder });
  const file = readFileSync(join(folder, 'seen.tif'));
  const tiff = await fromArrayBuffer(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  const image = await tiff.getImage();
  const [west, north] = image.getOrigin();
  const [values] = (await image.readRasters()) as unknown as [Uint8Array]; // one band of bytes
  const firstColumn = Math.round((west! - WEST_M) / cellM);
  const firstRow = Math.round((NORTH_M - north!) / cellM);
  const width = image.getWidth();
  return windowOf(eye, radius, (column, row) => values[(row - firstRow) * width + column - firstColumn]! > 0);
}

/** The cells strictly inside the circle but the eye's own. */
function windowOf(
  { column, row }: Eye,
  radius: number,
  sees: (column: number, row: number) => boolean,
): SightWindow {
  const side = 2 * radius + 1;
  const seen = new Uint8Array(side * side).fill(NOT_ASKED);
  for (let south = -radius; south <= radius; south++) {
    for (let east = -radius; east <= radius; east++) {
      const away2 = east * east + south * south;
      if (away2 === 0 || away2 >= radius * radius) continue;
      seen[(south + radius) * side + east + radius] = sees(column + east, row + south) ? 1 : 0;
    }
  }
  return { radius, seen };
}

export interface Agreement {
  readonly cells: number;
  readonly equal: number;
  /** Differences farther than two cells from any place where the second answer changes. */
  readonly offEdge: number;
}

export function compareWindows(one: SightWindow, other: SightWindow): Agreement {
  const side = 2 * one.radius + 1;
  let cells = 0;
  let equal = 0;
  let offEdge = 0;
  for (let at = 0; at < other.seen.length; at++) {
    if (other.seen[at] === NOT_ASKED) continue;
    cells++;
    if (one.seen[at] === other.seen[at]) equal++;
    else if (!changesNear(other, at % side, Math.floor(at / side))) offEdge++;
  }
  return { cells, equal, offEdge };
}

/** Whether a cell at most two away has the other answer. */
function changesNear({ radius, seen }: SightWindow, column: number, row: number): boolean {
  const side = 2 * radius + 1;
  const here = seen[row * side + column]!;
  for (let y = Math.max(0, row - 2); y <= Math.min(side - 1, row + 2); y++) {
    for (let x = Math.max(0, column - 2); x <= Math.min(side - 1, column + 2); x++) {
      if (seen[y * side + x] === 1 - here) return true;
    }
  }
  return false;
}
