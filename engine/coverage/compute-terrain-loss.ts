// Path loss from one antenna to every cell of a disc of open terrain: free space and Bullington (ITU-R P.526-15 section 4.5.1)
// over the bare ground, without the term of the smooth earth. Terrain models of 30 to 90 m, tens of kilometres.
// One profile per direction serves all its receivers. With the bulge of the earth taken off the heights every ray is straight:
// the antenna's horizon is a running maximum, the receiver's horizon a tangent to the upper hull of the ground behind it, and
// where nothing stands in the way ground far below the ray is passed over. A few dozen operations per cell instead of
// a walk along its profile; the same numbers as `bullingtonAlong` (tested).
import { exp, log10 } from '../geo/steady-math.ts';
import { MEDIAN_EARTH_RADIUS_KM, WAVELENGTH_M_GHZ } from '../radio/bullington-loss.ts';
import { freeSpaceLossDb } from '../radio/free-space-loss.ts';
import { CLEAR_EDGE, knifeEdgeLossDb } from '../radio/knife-edge-loss.ts';

/** Bare ground in metres above sea level, row 0 in the north. Cells may be longer one way, as those of degrees are. */
export interface TerrainTile {
  readonly columns: number;
  readonly rows: number;
  readonly cellEastM: number;
  readonly cellNorthM: number;
  readonly groundM: Float32Array;
}

export interface TerrainStation {
  readonly column: number;
  readonly row: number;
  /** Both above their own ground. */
  readonly heightM: number;
  readonly receiverHeightM: number;
  readonly frequencyGhz: number;
}

/** Loss in 0.1 dB in a square of `side` cells around the station; `NO_LOSS` outside disc and tile and at the station. */
export interface TerrainLoss {
  readonly westCell: number;
  readonly northCell: number;
  readonly side: number;
  /** Cells that hold a loss. */
  readonly cells: number;
  readonly lossTenths: Int16Array;
}

export const NO_LOSS = -32_768;

/** Steps along the ring axis and across it, and whether the octant owns its axis and its corner: two octants share each. */
const OCTANTS = [
  [1, 0, 0, 1, true, true],
  [1, 0, 0, -1, false, true],
  [-1, 0, 0, 1, true, true],
  [-1, 0, 0, -1, false, true],
  [0, 1, 1, 0, true, false],
  [0, 1, -1, 0, false, false],
  [0, -1, 1, 0, true, false],
  [0, -1, -1, 0, false, false],
] as const;

/** Samples looked at before asking again how far the rest is clear. */
const LOOKED_AT_ONCE = 2;

/** Throws RangeError for a station outside the tile. Cost: about 100 ns per cell. */
export function computeTerrainLoss(tile: TerrainTile, station: TerrainStation, radiusM: number): TerrainLoss {
  const { column, row, heightM, receiverHeightM, frequencyGhz } = station;
  const { columns, rows, cellEastM, cellNorthM, groundM } = tile;
  if (!(column >= 0 && row >= 0 && column < columns && row < rows))
    throw new RangeError(`computeTerrainLoss: expected a cell of the tile, got ${column}, ${row}`);
  const radius = Math.floor(radiusM / Math.min(cellEastM, cellNorthM));
  const side = 2 * radius + 1;
  const lossTenths = new Int16Array(side * side).fill(NO_LOSS);
  const sweep = new LineSweep(radius);
  const room = { east: columns - 1 - column, west: column, south: rows - 1 - row, north: row };
  let cells = 0;
  for (const [alongX, alongY, acrossX, acrossY, ownsAxis, ownsCorner] of OCTANTS) {
    const [alongM, acrossM] = alongX === 0 ? [cellNorthM, cellEastM] : [cellEastM, cellNorthM];
    const lines = linesOf(radiusM / alongM);
    const shared = lines / 2;
    const roomAlong = roomTo(room, alongX, alongY);
    const roomAcross = roomTo(room, acrossX, acrossY);
    sweep.aim({
      groundM,
      start: row * columns + column,
      along: alongX + alongY * columns,
      across: acrossX + acrossY * columns,
      out: lossTenths,
      outStart: radius * side + radius,
      outAlong: alongX + alongY * side,
      outAcross: acrossX + acrossY * side,
      lines,
      antennaM: groundM[row * columns + column]! + heightM,
      receiverM: receiverHeightM,
      wavelengthM: WAVELENGTH_M_GHZ / frequencyGhz,
    });
    for (let target = 0; target <= lines; target++) {
      const tilt = target / lines;
      const stepM = Math.sqrt(alongM * alongM + tilt * tilt * acrossM * acrossM);
      const inTile = Math.min(roomAlong, tilt === 0 ? roomAlong : Math.ceil((roomAcross + 0.5) / tilt) - 1);
      const rings = Math.min(Math.floor(radiusM / stepM), inTile);
      const owns = (target > 0 || ownsAxis) && (target < lines || ownsCorner);
      sweep.turn(target, tilt, stepM, freeSpaceLossDb(stepM, frequencyGhz * 1000));
      if (target % 2 === 0) {
        sweep.begin();
        cells += sweep.walk(1, Math.min(shared, rings), owns ? 2 : 0);
        sweep.keep();
      } else {
        sweep.takeUp();
      }
      cells += sweep.walk(shared + 1, rings, owns ? 1 : 0);
    }
  }
  return { westCell: column - radius, northCell: row - radius, side, cells, lossTenths };
}

/** Lines per octant: at the rim at most a cell apart, an even number. */
function linesOf(radiusCells: number): number {
  return 2 * Math.max(1, Math.ceil(radiusCells / 2));
}

function roomTo(
  room: { east: number; west: number; south: number; north: number },
  x: number,
  y: number,
): number {
  if (x !== 0) return x > 0 ? room.east : room.west;
  return y > 0 ? room.south : room.north;
}

/** What all lines of an octant share. */
interface OctantAim {
  readonly groundM: Float32Array;
  readonly start: number;
  readonly along: number;
  readonly across: number;
  readonly out: Int16Array;
  readonly outStart: number;
  readonly outAlong: number;
  readonly outAcross: number;
  readonly lines: number;
  readonly antennaM: number;
  readonly receiverM: number;
  readonly wavelengthM: number;
}

/**
 * One line after the other from the antenna to the rim; distances are counted in steps of the line. Two neighbours share the
 * inner half of their way, where they lie in the same cells.
 */
class LineSweep {
  /** Ground without the bulge of the earth, by ring. */
  private readonly top: Float64Array;
  /** Steepest slope from the antenna up to each ring. */
  private readonly steepestTo: Float64Array;
  /** Upper hull of the ground behind the antenna's horizon. */
  private readonly hullRing: Int32Array;
  private readonly hullTop: Float64Array;
  private readonly keptRing: Int32Array;
  private readonly keptTop: Float64Array;
  private readonly inverse: Float64Array;
  private readonly spreadDb: Float64Array;
  private octant: OctantAim | null = null;
  private hull = 0;
  private keptHull = 0;
  private steepest = Number.NEGATIVE_INFINITY;
  private keptSteepest = Number.NEGATIVE_INFINITY;
  private target = 0;
  private tilt = 0;
  private stepM = 1;
  private firstDb = 0;

  constructor(radius: number) {
    const size = radius + 2;
    this.top = new Float64Array(size);
    this.steepestTo = new Float64Array(size);
    this.hullRing = new Int32Array(size);
    this.hullTop = new Float64Array(size);
    this.keptRing = new Int32Array(size);
    this.keptTop = new Float64Array(size);
    this.inverse = Float64Array.from({ length: size }, (_, ring) => 1 / ring);
    this.spreadDb = Float64Array.from({ length: size }, (_, ring) => 20 * log10(Math.max(ring, 1)));
  }

  aim(octant: OctantAim): void {
    this.octant = octant;
  }

  turn(target: number, tilt: number, stepM: number, firstDb: number): void {
    this.target = target;
    this.tilt = tilt;
    this.stepM = stepM;
    this.firstDb = firstDb;
  }

  begin(): void {
    this.hull = 0;
    this.steepest = Number.NEGATIVE_INFINITY;
  }

  /** Heights of inner rings are never written again, the hull is. */
  keep(): void {
    this.keptHull = this.hull;
    this.keptSteepest = this.steepest;
    for (let at = 0; at < this.hull; at++) {
      this.keptRing[at] = this.hullRing[at]!;
      this.keptTop[at] = this.hullTop[at]!;
    }
  }

  takeUp(): void {
    this.hull = this.keptHull;
    this.steepest = this.keptSteepest;
    for (let at = 0; at < this.hull; at++) {
      this.hullRing[at] = this.keptRing[at]!;
      this.hullTop[at] = this.keptTop[at]!;
    }
  }

  /** The receivers nearest to this line, of every `every`-th one (0: of none); how many. */
  walk(firstRing: number, lastRing: number, every: number): number {
    const { top, steepestTo, hullRing, hullTop, inverse, spreadDb, target, tilt, stepM, firstDb } = this;
    const {
      groundM,
      start,
      along,
      across,
      out,
      outStart,
      outAlong,
      outAcross,
      lines,
      antennaM,
      receiverM,
      wavelengthM,
    } = this.octant!; // aimed before the first line
    const stepKm = stepM / 1000;
    const bulge = (500 * stepKm * stepKm) / MEDIAN_EARTH_RADIUS_KM;
    const edgeScale = 2 / (wavelengthM * stepM);
    const density = every > 0 ? lines / every : 0;
    const mine = every > 0 ? target / every : -1;
    let { steepest, hull } = this;
    let count = 0;
    for (let ring = firstRing; ring <= lastRing; ring++) {
      const inverseRing = inverse[ring]!;
      const aside = (tilt * ring + 0.5) | 0;
      const ground = groundM[start + ring * along + aside * across]! - bulge * ring * ring;
      // A cell belongs to the line nearest to it.
      if (((aside * density * inverseRing + 0.5) | 0) === mine) {
        const receiver = ground + receiverM;
        const direct = (receiver - antennaM) * inverseRing;
        let lossDb = firstDb + spreadDb[ring]!;
        if (ring > 1) {
          if (steepest < direct) {
            const edge2 = grazingEdge2(top, steepestTo, ring, antennaM, direct, edgeScale);
            if (edge2 < CLEAR_EDGE * CLEAR_EDGE) lossDb += edgeLossDb(-Math.sqrt(edge2), ring * stepKm);
          } else {
            let at = hull - 1;
            let slope = (hullTop[at]! - receiver) * inverse[ring - hullRing[at]!]!;
            for (; at > 0; at--) {
              const next = (hullTop[at - 1]! - receiver) * inverse[ring - hullRing[at - 1]!]!;
              if (next <= slope) break;
              slope = next;
            }
            const crossing = (receiver - antennaM + slope * ring) / (steepest + slope);
            const spread = crossing * (ring - crossing);
            const above = (steepest - direct) * crossing;
            const edge = spread > 0 ? above * Math.sqrt((edgeScale * ring) / spread) : 0;
            lossDb += edgeLossDb(edge, ring * stepKm);
          }
        }
        out[outStart + ring * outAlong + aside * outAcross] = (lossDb * 10 + 0.5) | 0;
        count++;
      }
      top[ring] = ground;
      const slope = (ground - antennaM) * inverseRing;
      if (slope > steepest) {
        // Nothing before the antenna's horizon can be the horizon of a hidden receiver.
        steepest = slope;
        hull = 0;
      }
      steepestTo[ring] = steepest;
      while (hull > 1) {
        const middle = hullRing[hull - 1]!;
        const first = hullRing[hull - 2]!;
        const firstTop = hullTop[hull - 2]!;
        if ((hullTop[hull - 1]! - firstTop) * (ring - first) > (ground - firstTop) * (middle - first)) break;
        hull--;
      }
      hullRing[hull] = ring;
      hullTop[hull++] = ground;
    }
    this.steepest = steepest;
    this.hull = hull;
    return count;
  }
}

/** Square of the largest (least negative) nu below a free ray; that of `CLEAR_EDGE` when the ground is farther away. */
function grazingEdge2(
  top: Float64Array,
  steepestTo: Float64Array,
  ring: number,
  antennaM: number,
  direct: number,
  edgeScale: number,
): number {
  const scale = edgeScale * ring;
  let least = (CLEAR_EDGE * CLEAR_EDGE) / scale;
  let at = ring - 1;
  while (at > 0) {
    // All ground up to here lies below one ray: beyond this ring its angle alone keeps the path clear enough.
    const opening = direct - steepestTo[at]!;
    const end = ((ring * least) / (opening * opening + least)) | 0;
    if (end < at) {
      at = end;
      continue;
    }
    const first = Math.max(1, at - LOOKED_AT_ONCE + 1);
    for (; at >= first; at--) {
      const spread = at * (ring - at);
      const clearance = antennaM + direct * at - top[at]!;
      if (clearance * clearance < least * spread) least = (clearance * clearance) / spread;
    }
  }
  return least * scale;
}

const EDGE_STEPS = 64;
const LAST_EDGE = 64;
const FIRST_EDGE = -1;
/** Knife edge, and the share of the allowance for further obstacles, by nu in steps of 1/64. */
const EDGE_DB = Float64Array.from({ length: (LAST_EDGE - FIRST_EDGE) * EDGE_STEPS + 2 }, (_, step) =>
  knifeEdgeLossDb(FIRST_EDGE + step / EDGE_STEPS),
);
const MORE_SHARE = EDGE_DB.map((edgeDb) => 1 - exp(-edgeDb / 6));

/** Bullington loss of the equivalent edge, from a table (error below 0.01 dB, where the kink at -0.78 lies 0.1 dB). */
function edgeLossDb(edge: number, lengthKm: number): number {
  const allowance = 10 + 0.02 * lengthKm;
  if (edge >= LAST_EDGE) return knifeEdgeLossDb(edge) + allowance;
  const step = (edge - FIRST_EDGE) * EDGE_STEPS;
  const at = step | 0;
  const part = step - at;
  const edgeDb = EDGE_DB[at]! + part * (EDGE_DB[at + 1]! - EDGE_DB[at]!);
  return edgeDb + allowance * (MORE_SHARE[at]! + part * (MORE_SHARE[at + 1]! - MORE_SHARE[at]!));
}
