// Which surface cells one antenna sees: a sweep from the antenna outwards, ring by ring, in eight octants. Every cell takes the
// height a ray must have to reach it from the two cells before it on the ring inside (reference planes: Wang, Robinson and
// White 2000, the rule of gdal_viewshed), so all cells of a direction share one pass: a few operations per cell instead of a
// ray each. Its shadows have soft rims: between a hidden and an open cell the height a ray must have is a blend of both. Who needs
// the rim sharp asks for `missingM` and sends one exact ray where it is small (`sees-receiver.ts`).
// Heights are taken above the antenna and divided by the ring number: on a straight ray that slope does not change.
import type { Surface } from '../grid/make-surface.ts';

export interface SightFrom {
  readonly eastM: number;
  readonly northM: number;
  /** Above the datum of `Surface.topM`. */
  readonly heightM: number;
  /** Receivers stand this high above their ground. */
  readonly receiverHeightM: number;
  /** 1 + index of the building that never blocks, or 0. */
  readonly ownBuilding: number;
  /**
   * Height that no receiver's ground exceeds, when only receivers on the ground will be asked for: an octant ends where all its
   * rays already pass above them. `null`: receivers on roofs count too.
   */
  readonly highestGroundM: number | null;
}

/** Steps along the ring axis and across it: the eight octants. */
const OCTANTS = [
  [1, 0, 0, 1],
  [1, 0, 0, -1],
  [-1, 0, 0, 1],
  [-1, 0, 0, -1],
  [0, 1, 1, 0],
  [0, 1, -1, 0],
  [0, -1, 1, 0],
  [0, -1, -1, 0],
] as const;

/** The window of one look; arrays grow to the largest and are used again. Four bytes per cell, eight where roofs are taken out. */
export class SightSweep {
  /**
   * How many metres a receiver would have to stand higher to be seen, row by row in a window of `side` cells: negative where it
   * is seen with that much to spare; only cells within the radius hold.
   */
  missingM: Float32Array = new Float32Array(0);
  side = 0;
  /** Surface column and row of the window's first cell. */
  westCell = 0;
  northCell = 0;
  /** Cells from the antenna to the rim. */
  radius = 0;
  private copy: Float32Array = new Float32Array(0);
  private slope: Float64Array = new Float64Array(0);

  /** Looks over all cells that a receiver within the radius can stand in. */
  look(surface: Surface, from: SightFrom, radiusM: number): void {
    const { cellM, westM, northM, columns, rows, topM } = surface;
    // Antenna and receiver may both stand off the centre of their cells.
    const radius = Math.ceil(radiusM / cellM) + 2;
    const side = 2 * radius + 1;
    const column = Math.floor((from.eastM - westM) / cellM);
    const row = Math.floor((northM - from.northM) / cellM);
    this.radius = radius;
    this.side = side;
    this.westCell = column - radius;
    this.northCell = row - radius;
    if (this.missingM.length < side * side) this.missingM = new Float32Array(side * side);
    if (this.slope.length < radius + 1) this.slope = new Float64Array(radius + 1);
    const centre = radius * side + radius;
    this.missingM.fill(Number.POSITIVE_INFINITY, 0, side * side);
    this.missingM[centre] = -from.receiverHeightM;
    const inside = column >= radius && row >= radius && column + radius < columns && row + radius < rows;
    const direct = inside && from.ownBuilding === 0;
    if (!direct) this.copyWindow(surface, from.ownBuilding);
    const heights = direct ? topM : this.copy;
    const start = direct ? row * columns + column : centre;
    const stride = direct ? columns : side;
    for (const [alongX, alongY, acrossX, acrossY] of OCTANTS) {
      this.sweepOctant(
        heights,
        start,
        alongX + alongY * stride,
        acrossX + acrossY * stride,
        centre,
        alongX + alongY * side,
        acrossX + acrossY * side,
        from.heightM,
        from.receiverHeightM,
        from.highestGroundM === null
          ? Number.POSITIVE_INFINITY
          : Math.max(0, from.highestGroundM + from.receiverHeightM - from.heightM),
      );
    }
  }

  /** `missingM` of a cell of the surface; the cell must lie within the radius of the last look. */
  missingAt(column: number, row: number): number {
    return this.missingM[(row - this.northCell) * this.side + column - this.westCell]!;
  }

  /** The surface around the antenna without its own building; flat where the surface ends. */
  private copyWindow(surface: Surface, own: number): void {
    const { columns, rows, topM, groundM, building } = surface;
    const { side, westCell, northCell } = this;
    if (this.copy.length < side * side) this.copy = new Float32Array(side * side);
    const { copy } = this;
    const first = Math.max(0, -westCell);
    const end = Math.min(side, columns - westCell);
    const rowsOfBuildings = buildingRows(surface);
    const ownFirst = rowsOfBuildings[2 * own]!;
    const ownLast = rowsOfBuildings[2 * own + 1]!;
    for (let row = 0; row < side; row++) {
      const at = row * side;
      const mapRow = northCell + row;
      const known = mapRow >= 0 && mapRow < rows && first < end;
      if (!known || first > 0 || end < side) copy.fill(0, at, at + side);
      if (!known) continue;
      const mapAt = mapRow * columns + westCell;
      copy.set(topM.subarray(mapAt + first, mapAt + end), at + first);
      if (own === 0 || mapRow < ownFirst || mapRow > ownLast) continue;
      for (let column = first; column < end; column++) {
        if (building[mapAt + column] === own) copy[at + column] = groundM ? groundM[mapAt + column]! : 0;
      }
    }
  }

  private sweepOctant(
    heights: Float32Array,
    start: number,
    along: number,
    across: number,
    centre: number,
    seenAlong: number,
    seenAcross: number,
    antennaM: number,
    receiverM: number,
    highestM: number,
  ): void {
    const { missingM, slope, radius } = this;
    slope[0] = heights[start + along]! - antennaM;
    slope[1] = heights[start + along + across]! - antennaM;
    missingM[centre + seenAlong] = -receiverM;
    missingM[centre + seenAlong + seenAcross] = -receiverM;
    for (let ring = 2; ring <= radius; ring++) {
      const inverse = 1 / ring;
      const receiver = receiverM * inverse;
      let last = Math.floor(Math.sqrt(radius * radius - ring * ring));
      let at = start + ring * along;
      let mark = centre + ring * seenAlong;
      if (last >= ring) {
        const corner = at + ring * across;
        const need = slope[ring - 1]!;
        const here = (heights[corner]! - antennaM) * inverse;
        missingM[mark + ring * seenAcross] = (need - here - receiver) * ring;
        slope[ring] = here > need ? here : need;
        last = ring - 1;
      }
      at += last * across;
      mark += last * seenAcross;
      let outer = slope[last]!;
      let lowest = outer;
      for (let step = last; step > 0; step--) {
        const inner = slope[step - 1]!;
        const need = outer + (inner - outer) * (step * inverse);
        const here = (heights[at]! - antennaM) * inverse;
        missingM[mark] = (need - here - receiver) * ring;
        slope[step] = here > need ? here : need;
        if (inner < lowest) lowest = inner;
        outer = inner;
        at -= across;
        mark -= seenAcross;
      }
      const here = (heights[at]! - antennaM) * inverse;
      missingM[mark] = (outer - here - receiver) * ring;
      slope[0] = here > outer ? here : outer;
      // Slopes of the ring before; they never fall again, and no receiver farther out stands steeper than this.
      if (lowest * ring > highestM) return;
    }
  }
}

const knownRows = new WeakMap<Surface, Int32Array>();

/** First and last row of every building, pairs by owner number; made once per surface in one pass. */
function buildingRows(surface: Surface): Int32Array {
  let rows = knownRows.get(surface);
  if (!rows) {
    const { building, columns } = surface;
    let most = 0;
    for (const owner of building) if (owner > most) most = owner;
    rows = new Int32Array(2 * most + 2).fill(-1);
    for (let cell = 0; cell < building.length; cell++) {
      const owner = building[cell]!;
      if (owner === 0) continue;
      const row = Math.floor(cell / columns);
      if (rows[2 * owner] === -1) rows[2 * owner] = row;
      rows[2 * owner + 1] = row;
    }
    knownRows.set(surface, rows);
  }
  return rows;
}
