import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bullingtonAlong,
  computeTerrainLoss,
  freeSpaceLossDb,
  MEDIAN_EARTH_RADIUS_KM,
  NO_LOSS,
  type TerrainStation,
  type TerrainTile,
} from '../../../engine/index.ts';

const SIDE = 121;
const station: TerrainStation = {
  column: 60,
  row: 60,
  heightM: 25,
  receiverHeightM: 1.5,
  frequencyGhz: 2.6,
};

function tileOf(
  heightM: (column: number, row: number) => number,
  cellEastM = 80,
  cellNorthM = 90,
): TerrainTile {
  const groundM = Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
    heightM(at % SIDE, Math.floor(at / SIDE)),
  );
  return { columns: SIDE, rows: SIDE, cellEastM, cellNorthM, groundM };
}

/** The loss of one cell the long way: its line by hand, its profile sample by sample. Inner halves belong to even lines. */
function longWayDb(tile: TerrainTile, column: number, row: number, radiusM: number): number {
  const east = column - station.column;
  const south = row - station.row;
  const isEast = Math.abs(east) >= Math.abs(south);
  const [along, aside] = isEast ? [Math.abs(east), Math.abs(south)] : [Math.abs(south), Math.abs(east)];
  const [alongM, asideM] = isEast ? [tile.cellEastM, tile.cellNorthM] : [tile.cellNorthM, tile.cellEastM];
  const lines = 2 * Math.max(1, Math.ceil(radiusM / alongM / 2));
  const isInner = along <= lines / 2;
  const line = isInner
    ? 2 * Math.floor((aside * lines) / 2 / along + 0.5)
    : Math.floor((aside * lines) / along + 0.5);
  const stepM = Math.hypot(alongM, (line / lines) * asideM);
  const profile = Float64Array.from({ length: along + 1 }, (_, ring) => {
    const tilt = (ring <= lines / 2 ? line - (line % 2) : line) / lines;
    const off = Math.floor(tilt * ring + 0.5);
    const [x, y] = isEast ? [ring, off] : [off, ring];
    return tile.groundM[(station.row + y * Math.sign(south)) * SIDE + station.column + x * Math.sign(east)]!;
  });
  const from = profile[0]! + station.heightM;
  const to = profile[along]! + station.receiverHeightM;
  const edgesDb = bullingtonAlong(
    profile,
    along + 1,
    stepM,
    from,
    to,
    station.frequencyGhz,
    MEDIAN_EARTH_RADIUS_KM,
  );
  return freeSpaceLossDb(along * stepM, station.frequencyGhz * 1000) + edgesDb;
}

test('the shared sweep gives what Bullington gives along each line on its own', () => {
  const wave = fc.record({
    x: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
    y: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
    heightM: fc.double({ min: 0, max: 60, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(wave, { maxLength: 5 }), fc.boolean(), (waves, isRough) => {
      const tile = tileOf((column, row) =>
        waves.reduce(
          (sum, { x, y, heightM }) => sum + heightM * Math.sin(x * column + y * row),
          isRough ? (column * 7919 + row * 104_729) % 23 : 0,
        ),
      );
      const radiusM = 4200;
      const { side, westCell, northCell, lossTenths, cells } = computeTerrainLoss(tile, station, radiusM);
      let seen = 0;
      let worst = 0;
      for (let at = 0; at < lossTenths.length; at++) {
        if (lossTenths[at] === NO_LOSS) continue;
        seen++;
        const expectedDb = longWayDb(
          tile,
          westCell + (at % side),
          northCell + Math.floor(at / side),
          radiusM,
        );
        worst = Math.max(worst, Math.abs(lossTenths[at]! / 10 - expectedDb));
      }
      expect(seen).toBe(cells);
      // Half a tenth of rounding, and the table of the knife edge at its kink.
      expect(worst).toBeLessThan(0.05 + 0.11);
    }),
    { seed: 20, numRuns: 12 },
  );
});

test('every cell nearer than the radius has a loss once, and no cell beyond it', () => {
  const { side, cells, lossTenths } = computeTerrainLoss(
    tileOf(() => 0, 90, 90),
    station,
    3600,
  );
  const middle = (side - 1) / 2;
  let counted = 0;
  for (let at = 0; at < lossTenths.length; at++) {
    const away = Math.hypot((at % side) - middle, Math.floor(at / side) - middle) * 90;
    if (lossTenths[at] !== NO_LOSS) {
      counted++;
      expect(away).toBeLessThan(3600 + 90);
    } else if (away > 0) expect(away).toBeGreaterThan(3600 - 90);
  }
  expect(counted).toBe(cells);
});

test('a mirrored tile gives the mirrored map', () => {
  const hill = (column: number, row: number) => 80 * Math.exp(-((column - 80) ** 2 + (row - 70) ** 2) / 60);
  const one = computeTerrainLoss(tileOf(hill), station, 4000);
  const other = computeTerrainLoss(
    tileOf((column, row) => hill(SIDE - 1 - column, row)),
    station,
    4000,
  );
  for (let row = 0; row < one.side; row++) {
    const line = one.lossTenths.slice(row * one.side, (row + 1) * one.side);
    expect(other.lossTenths.slice(row * one.side, (row + 1) * one.side).toReversed()).toEqual(line);
  }
});

test('at the border of the tile the disc ends, and a station outside is a wrong call', () => {
  const corner = computeTerrainLoss(
    tileOf(() => 0),
    { ...station, column: 0, row: 0 },
    2000,
  );
  const middle = (corner.side - 1) / 2;
  const kept = Array.from(corner.lossTenths.keys()).filter((at) => corner.lossTenths[at] !== NO_LOSS);
  expect(kept.length).toBe(corner.cells);
  expect(kept.every((at) => at % corner.side >= middle && Math.floor(at / corner.side) >= middle)).toBe(true);
  expect(() =>
    computeTerrainLoss(
      tileOf(() => 0),
      { ...station, column: SIDE },
      2000,
    ),
  ).toThrow(RangeError);
});
