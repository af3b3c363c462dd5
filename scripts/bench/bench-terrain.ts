// Open terrain: every cell of a 20 km disc by our radial sweep and by SPLAT! on the same made-up tile of one degree.
// SPLAT! is timed as a process; its time at 500 m (start, tile, picture) is taken off, the best of several turns counting. Its newer model (ITWOM, what it runs
// without further options) and the older one (Longley-Rice) are both measured; levels are compared with the older one, and on
// some cells with ITU-R P.1812, which shows whether a difference is one of models.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  computeTerrainLoss,
  NO_LOSS,
  p1812LossDb,
  type TerrainStation,
  type TerrainTile,
} from '../../engine/index.ts';
import { makeRandom } from '../sample/random.ts';
import { type BenchRow, measure } from './bench-row.ts';
import { withPeer } from './peer-tools.ts';

const CELLS = 1200;
const SOUTH_DEG = 31;
const WEST_DEG = 121;
const RADIUS_M = 20_000;
const P1812_EVERY = 97;
/** In the middle of the tile, so that the disc needs no other. */
const STATION: TerrainStation = {
  column: CELLS / 2,
  row: CELLS / 2 - 1,
  heightM: 30,
  receiverHeightM: 1.5,
  frequencyGhz: 2.6,
};

export function benchTerrain(short: boolean): BenchRow {
  const tile = makeHills();
  const sweep = () => computeTerrainLoss(tile, STATION, RADIUS_M);
  for (let run = 0; run < 5; run++) sweep();
  const ours: number[] = [];
  const peer = withPeer('splat', (tool) => {
    writeSite(tool.folder);
    writeTile(tool.folder, tile);
    const times = { itwom: [] as number[], itm: [] as number[], start: [] as number[] };
    for (let turn = 0; turn < (short ? 3 : 7); turn++) {
      ours.push(...[1, 2, 3, 4, 5].map(() => measure(sweep).seconds));
      times.itwom.push(tool.run(splatArgs(20)));
      times.itm.push(tool.run([...splatArgs(20), '-olditm']));
      times.start.push(tool.run(splatArgs(0.5)));
    }
    tool.run([...splatArgs(20), '-olditm', '-ano', 'loss.txt']);
    const start = Math.min(...times.start);
    return {
      itwomSeconds: Math.min(...times.itwom) - start,
      itmSeconds: Math.min(...times.itm) - start,
      ...compared(join(tool.folder, 'loss.txt'), tile),
    };
  });
  while (ours.length < 5) ours.push(measure(sweep).seconds);
  const seconds = Math.min(...ours);
  const { cells } = sweep();
  const step = 'terrain, 20 km disc, 90 m, 1 core';
  if (peer === null) {
    const speed = `${(cells / seconds / 1e6).toFixed(2)} M bins/s`;
    return { step, seconds, note: `${speed}; splat is not on this machine (Debian: splat), not compared` };
  }
  const { bins, itwomSeconds, itmSeconds, clear, hidden, p1812 } = peer;
  const times = cells / seconds / (bins / itwomSeconds);
  const speeds = [
    `ours ${(cells / seconds / 1e6).toFixed(2)}`,
    `ITWOM ${(bins / itwomSeconds / 1e6).toFixed(3)}`,
    `Longley-Rice ${(bins / itmSeconds / 1e6).toFixed(3)} M bins/s`,
  ];
  return {
    step,
    seconds,
    figure: { value: times, unit: 'x SPLAT!', target: 50, better: 'more' },
    peer: { name: 'SPLAT! -olditm per bin', times: cells / seconds / (bins / itmSeconds) },
    note: `${bins} bins, start taken off: ${speeds.join(', ')}. Ours less Longley-Rice: in sight ${said(clear)}, hidden ${said(hidden)}; less P.1812 ${said(p1812)}`,
  };
}

/** Rolling hills of 60 to 420 m, seeded: waves of 3 to 25 km with random directions. */
function makeHills(): TerrainTile {
  const random = makeRandom(1812, 'hills');
  const waves = Array.from({ length: 24 }, () => {
    const lengthM = random.between(3000, 25_000);
    const angle = random.between(0, 2 * Math.PI);
    return {
      x: (2 * Math.PI * Math.cos(angle)) / lengthM,
      y: (2 * Math.PI * Math.sin(angle)) / lengthM,
      phase: random.between(0, 2 * Math.PI),
      heightM: lengthM / 700,
    };
  });
  const cellNorthM = (6_371_000 * Math.PI) / 180 / CELLS;
  const cellEastM = cellNorthM * Math.cos(((SOUTH_DEG + 0.5) * Math.PI) / 180);
  const groundM = new Float32Array(CELLS * CELLS);
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      let heightM = 200;
      for (const { x, y, phase, heightM: amplitude } of waves)
        heightM += amplitude * Math.sin(x * column * cellEastM + y * row * cellNorthM + phase);
      // A tile of the other program holds whole metres.
      groundM[row * CELLS + column] = Math.max(0, Math.round(heightM));
    }
  }
  return { columns: CELLS, rows: CELLS, cellEastM, cellNorthM, groundM };
}

/** Its tile: four lines of bounds in degrees west, then heights from the south-east corner westwards, row by row. */
function writeTile(folder: string, { groundM }: TerrainTile): void {
  const [east, west] = [360 - WEST_DEG - 1, 360 - WEST_DEG];
  const lines = [west, SOUTH_DEG, east, SOUTH_DEG + 1];
  for (let row = CELLS - 1; row >= 0; row--) {
    for (let column = CELLS - 1; column >= 0; column--) lines.push(groundM[row * CELLS + column]!);
  }
  writeFileSync(join(folder, `${SOUTH_DEG}:${SOUTH_DEG + 1}:${east}:${west}.sdf`), `${lines.join('\n')}\n`);
}

/** Position, height, and the ground and climate both of its models ask for; a radiated power of 0 gives losses. */
function writeSite(folder: string): void {
  const latDeg = SOUTH_DEG + (CELLS - 1 - STATION.row) / CELLS;
  const westDeg = 360 - WEST_DEG - STATION.column / CELLS;
  writeFileSync(join(folder, 'site.qth'), `site\n${latDeg}\n${westDeg}\n${STATION.heightM}m\n`);
  const settings = [15, 0.005, 301, STATION.frequencyGhz * 1000, 5, 1, 0.5, 0.5, 0];
  writeFileSync(join(folder, 'site.lrp'), `${settings.join('\n')}\n`);
}

function splatArgs(radiusKm: number): string[] {
  return [
    '-t',
    'site',
    '-L',
    String(STATION.receiverHeightM),
    '-R',
    String(radiusKm),
    '-metric',
    '-ngs',
    '-N',
  ];
}

/** Half of time and places, over the straight line from cell to cell. */
function p1812Db({ groundM, cellEastM, cellNorthM }: TerrainTile, column: number, row: number): number {
  const [east, south] = [column - STATION.column, row - STATION.row];
  const lengthM = Math.hypot(east * cellEastM, south * cellNorthM);
  const steps = Math.max(4, Math.ceil(lengthM / cellNorthM));
  const along = (value: (part: number) => number) =>
    Float64Array.from({ length: steps + 1 }, (_, step) => value(step / steps));
  return p1812LossDb({
    profile: {
      distanceKm: along((part) => (part * lengthM) / 1000),
      groundM: along(
        (part) =>
          groundM[Math.round(STATION.row + part * south) * CELLS + Math.round(STATION.column + part * east)]!,
      ),
    },
    frequencyGhz: STATION.frequencyGhz,
    timePercent: 50,
    polarisation: 'vertical',
    txHeightM: STATION.heightM,
    rxHeightM: STATION.receiverHeightM,
    latitudeDeg: SOUTH_DEG + 0.5,
  });
}

interface Spread {
  readonly bins: number;
  readonly meanDb: number;
  readonly sigmaDb: number;
}

/** Ours less theirs, bin by bin, where their path is clear of the ground and where it is not (a star behind the loss). */
function compared(
  path: string,
  tile: TerrainTile,
): { bins: number; clear: Spread; hidden: Spread; p1812: Spread } {
  const { westCell, northCell, side, lossTenths } = computeTerrainLoss(tile, STATION, RADIUS_M);
  const differences = { clear: [] as number[], hidden: [] as number[], p1812: [] as number[] };
  let bins = 0;
  for (const line of readFileSync(path, 'utf8').split('\n').slice(2)) {
    const [latDeg, westDeg, , , lossDb] = line.split(',').map((cell) => Number.parseFloat(cell));
    if (latDeg === undefined || westDeg === undefined || lossDb === undefined) continue;
    bins++;
    const row = CELLS - 1 - Math.round((latDeg - SOUTH_DEG) * CELLS) - northCell;
    const column = Math.round((360 - WEST_DEG - westDeg) * CELLS) - westCell;
    const tenths =
      row >= 0 && column >= 0 && row < side && column < side ? lossTenths[row * side + column]! : NO_LOSS;
    if (tenths === NO_LOSS) continue;
    differences[line.includes('*') ? 'hidden' : 'clear'].push(tenths / 10 - lossDb);
    if (bins % P1812_EVERY === 0)
      differences.p1812.push(tenths / 10 - p1812Db(tile, westCell + column, northCell + row));
  }
  return {
    bins,
    clear: spreadOf(differences.clear),
    hidden: spreadOf(differences.hidden),
    p1812: spreadOf(differences.p1812),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const meanDb = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - meanDb) ** 2, 0) / values.length;
  return { bins: values.length, meanDb, sigmaDb: Math.sqrt(square) };
}

function said({ bins, meanDb, sigmaDb }: Spread): string {
  return `${meanDb.toFixed(1)} dB (sd ${sigmaDb.toFixed(1)}, ${bins} bins)`;
}
