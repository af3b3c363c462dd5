// Line of sight over a 5 m roof raster by our sweep, and by gdal_viewshed on the same raster, observers and radius, in turn.
// The other program is a process per observer: its time at a radius of one cell is start-up, reading and writing, and is taken
// off. Within 300 m its work is a millisecond, which drowns in that start, so the two are compared over 1200 m; the best of all
// turns counts on both sides, which a busy machine disturbs least.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArrayBuffer } from 'geotiff';
import { SightSweep, type Surface } from '../../engine/index.ts';
import { makeRandom } from '../sample/random.ts';
import { type BenchRow, measure } from './bench-row.ts';
import { makeBenchTown } from './bench-town.ts';
import { type PeerTool, withPeer } from './peer-tools.ts';

const RADIUS_M = 300;
const PEER_RADIUS_M = 1200;
const ANTENNA_M = 8;
const RECEIVER_M = 1.5;

interface Observer {
  readonly column: number;
  readonly row: number;
}

export function benchSight(short: boolean): BenchRow {
  const { surface, builtShare } = makeBenchTown({ sideM: 3000, poles: 0, roofs: 0 });
  const observers = openCells(surface, short ? 6 : 20);
  const sweep = new SightSweep();
  const looks = short ? 500 : 2000;
  const peerLooks = looks / 10;
  lookFrom(sweep, surface, observers, looks, RADIUS_M);
  const near: number[] = [];
  const far: number[] = [];
  const peerSeconds = withPeer('gdal_viewshed', (tool) => {
    writeRaster(join(tool.folder, 'roofs.tif'), surface);
    const whole: number[] = [];
    const empty: number[] = [];
    for (const observer of observers) {
      near.push(lookFrom(sweep, surface, observers, looks, RADIUS_M));
      far.push(lookFrom(sweep, surface, observers, peerLooks, PEER_RADIUS_M));
      whole.push(viewshedSeconds(tool, surface, observer, PEER_RADIUS_M));
      empty.push(viewshedSeconds(tool, surface, observer, surface.cellM));
    }
    return Math.min(...whole) - Math.min(...empty);
  });
  while (near.length < 5) near.push(lookFrom(sweep, surface, observers, looks, RADIUS_M));
  const seconds = Math.min(...near);
  const row = {
    step: 'line of sight, 5 m, 300 m, 1 core',
    seconds,
    figure: {
      value: (looks * cellsWithin(surface, RADIUS_M)) / seconds / 1e6,
      unit: 'M cells/s',
      target: 60,
      better: 'more',
    },
  } as const;
  const note = `${looks} looks over ${(builtShare * 100).toFixed(0)} % roofs`;
  if (peerSeconds === null)
    return { ...row, note: `${note}; gdal_viewshed is not on this machine (Debian: gdal-bin), not compared` };
  const cells = cellsWithin(surface, PEER_RADIUS_M);
  const ours = (peerLooks * cells) / Math.min(...far);
  const theirs = cells / peerSeconds;
  const speeds = `ours ${(ours / 1e6).toFixed(0)}, gdal_viewshed ${(theirs / 1e6).toFixed(1)} M cells/s`;
  return {
    ...row,
    peer: { name: 'gdal_viewshed per cell', times: ours / theirs },
    note: `${note}; over 1200 m, start taken off, ${observers.length} observers: ${speeds}`,
  };
}

/** Of the disc asked for; the sweep does two rings more. */
function cellsWithin({ cellM }: Surface, radiusM: number): number {
  return Math.PI * (radiusM / cellM) ** 2;
}

/** Seconds for so many looks. */
function lookFrom(
  sweep: SightSweep,
  surface: Surface,
  observers: readonly Observer[],
  looks: number,
  radiusM: number,
): number {
  return measure(() => {
    for (let look = 0; look < looks; look++) {
      const { column, row } = observers[look % observers.length]!;
      sweep.look(
        surface,
        {
          eastM: surface.westM + (column + 0.5) * surface.cellM,
          northM: surface.northM - (row + 0.5) * surface.cellM,
          heightM: ANTENNA_M,
          receiverHeightM: RECEIVER_M,
          ownBuilding: 0,
          highestGroundM: null,
        },
        radiusM,
      );
    }
  }).seconds;
}

/** Cells in streets, far enough from the border. */
function openCells(surface: Surface, count: number): Observer[] {
  const random = makeRandom(1, 'observers');
  const margin = PEER_RADIUS_M / surface.cellM + 3;
  const cells: Observer[] = [];
  while (cells.length < count) {
    const column = random.whole(margin, surface.columns - margin);
    const row = random.whole(margin, surface.rows - margin);
    if (surface.heightDm[row * surface.columns + column] === 0) cells.push({ column, row });
  }
  return cells;
}

function viewshedSeconds(
  tool: PeerTool,
  surface: Surface,
  { column, row }: Observer,
  radiusM: number,
): number {
  const eastM = surface.westM + (column + 0.5) * surface.cellM;
  const northM = surface.northM - (row + 0.5) * surface.cellM;
  const heights = ['-oz', ANTENNA_M, '-tz', RECEIVER_M, '-md', radiusM, '-cc', 0];
  return tool.run(
    ['-q', ...heights, '-ox', eastM, '-oy', northM, 'roofs.tif', `seen-${radiusM}.tif`].map(String),
  );
}

function writeRaster(path: string, { topM, columns, rows, westM, northM, cellM }: Surface): void {
  const bytes = writeArrayBuffer(topM, {
    width: columns,
    height: rows,
    BitsPerSample: [32],
    SampleFormat: [3],
    SamplesPerPixel: [1],
    ModelPixelScale: [cellM, cellM, 0],
    ModelTiepoint: [0, 0, 0, westM, northM, 0],
    GTModelTypeGeoKey: 1,
    GTRasterTypeGeoKey: 1,
    ProjectedCSTypeGeoKey: 4549,
  });
  writeFileSync(path, Buffer.from(bytes));
}
