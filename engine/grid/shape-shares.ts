// How much of every raster square a polygon fills, exactly: signed areas are added edge by edge and summed along each row,
// the way font rasterisers do it. Cost: one visit per square that an edge crosses, plus one sum over the polygon's box.
// Error: rounding only (about 1e-13 of a square).
import type { Shape } from './shape.ts';

export interface ShareWindow {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly rows: number;
  /** 0..1 per square, row by row. */
  readonly share: Float64Array;
}

/** Shares over the polygon's box cut to a raster of this size, or null when nothing of it lies inside. */
export function shapeShares(shape: Shape, columns: number, rows: number): ShareWindow | null {
  const firstColumn = Math.max(0, Math.floor(shape.west));
  const firstRow = Math.max(0, Math.floor(shape.top));
  const width = Math.min(columns, Math.ceil(shape.east)) - firstColumn;
  const height = Math.min(rows, Math.ceil(shape.bottom)) - firstRow;
  if (!(width > 0 && height > 0)) return null;
  const sum = new Accumulator(width, height);
  for (const ring of shape.rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      sum.addEdge(
        ring[j]! - firstColumn,
        ring[j + 1]! - firstRow,
        ring[i]! - firstColumn,
        ring[i + 1]! - firstRow,
      );
    }
  }
  return { firstColumn, firstRow, columns: width, rows: height, share: sum.shares() };
}

class Accumulator {
  readonly width: number;
  readonly height: number;
  /** Per row one cell more than squares: what lies east of the window falls into it. */
  readonly change: Float64Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.change = new Float64Array((width + 2) * height);
  }

  addEdge(fromX: number, fromY: number, toX: number, toY: number): void {
    if (fromY === toY) return;
    const down = fromY < toY;
    const ax = down ? fromX : toX;
    const ay = down ? fromY : toY;
    const bx = down ? toX : fromX;
    const by = down ? toY : fromY;
    const slope = (bx - ax) / (by - ay);
    const lastRow = Math.min(this.height, Math.ceil(by)) - 1;
    for (let row = Math.max(0, Math.floor(ay)); row <= lastRow; row++) {
      const top = Math.max(ay, row);
      const bottom = Math.min(by, row + 1);
      if (!(bottom > top)) continue;
      const x0 = top === ay ? ax : ax + (top - ay) * slope;
      const x1 = bottom === by ? bx : ax + (bottom - ay) * slope;
      this.addPiece(row, Math.min(x0, x1), Math.max(x0, x1), down ? bottom - top : top - bottom);
    }
  }

  /** A piece of an edge inside one row: from west to east x, covering `height` of the row (its sign is the direction). */
  private addPiece(row: number, westX: number, eastX: number, height: number): void {
    const { change, width } = this;
    const at = row * (width + 2);
    const west = Math.min(width, Math.max(0, westX));
    const east = Math.min(width, Math.max(0, eastX));
    const length = eastX - westX;
    // Parts beyond the window act like an upright edge on its border.
    if (westX < 0 && length > 0) change[at] = change[at]! + (height * (Math.min(0, eastX) - westX)) / length;
    const inside = length > 0 ? (height * (east - west)) / length : height;
    if (length > 0 && east <= west) return;
    if (length === 0) {
      this.addUpright(at, west, inside);
      return;
    }
    const last = Math.min(width - 1, Math.ceil(east) - 1);
    for (let column = Math.floor(west); column <= last; column++) {
      const from = Math.max(west, column);
      const to = Math.min(east, column + 1);
      if (to > from) this.addUpright(at, (from + to) / 2, (inside * (to - from)) / (east - west));
    }
  }

  /** Everything east of x gains `height`: the square that holds x gets its part, the next one the rest. */
  private addUpright(at: number, x: number, height: number): void {
    const column = Math.min(this.width, Math.floor(x));
    const eastPart = height * (column + 1 - x);
    this.change[at + column] = this.change[at + column]! + eastPart;
    this.change[at + column + 1] = this.change[at + column + 1]! + height - eastPart;
  }

  shares(): Float64Array {
    const share = new Float64Array(this.width * this.height);
    for (let row = 0; row < this.height; row++) {
      let sum = 0;
      for (let column = 0; column < this.width; column++) {
        sum += this.change[row * (this.width + 2) + column]!;
        share[row * this.width + column] = Math.min(1, Math.max(0, Math.abs(sum)));
      }
    }
    return share;
  }
}
