// A stored raster as a small picture for the map: shaded relief of heights (light from the north-west, 45° high, as maps have
// it), one colour per class of clutter. Rows are spaced as web Mercator spaces them, so that the map may stretch it.
import { encode as encodePng } from 'fast-png';
import type { DegreeFrame } from '../../engine/index.ts';

export interface CoarseCells {
  readonly frame: DegreeFrame;
  /** Metres, or class codes; NaN or 0 where unknown. */
  readonly values: Float32Array;
}

const METRES_PER_DEGREE = 111_132;
/** Small height differences of a whole district still show. */
const EXAGGERATION = 1.5;
const LIGHT = [-Math.SQRT1_2 * Math.SQRT1_2, Math.SQRT1_2 * Math.SQRT1_2, Math.SQRT1_2] as const;

/** Red, green, blue at the index of the class code. */
const classColours: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [122, 178, 214],
  [226, 219, 180],
  [196, 200, 128],
  [96, 148, 92],
  [222, 184, 160],
  [200, 128, 112],
  [158, 84, 84],
  [164, 140, 176],
];

/** PNG with 8 bits per channel: light and shadow as white and black over the map, clear where flat or unknown. */
export function paintRelief(cells: CoarseCells): Uint8Array {
  const { columns, rows, stepLonDeg, stepLatDeg } = cells.frame;
  const at = (column: number, row: number): number =>
    cells.values[
      Math.max(0, Math.min(rows - 1, row)) * columns + Math.max(0, Math.min(columns - 1, column))
    ]!;
  return paint(cells, (column, row, latDeg) => {
    const here = at(column, row);
    if (Number.isNaN(here)) return null;
    const eastM = 2 * stepLonDeg * METRES_PER_DEGREE * Math.cos((latDeg * Math.PI) / 180);
    const slope = (one: number, other: number, overM: number): number =>
      Number.isNaN(one - other) ? 0 : (EXAGGERATION * (one - other)) / overM;
    const toEast = slope(at(column + 1, row), at(column - 1, row), eastM);
    const toNorth = slope(at(column, row - 1), at(column, row + 1), 2 * stepLatDeg * METRES_PER_DEGREE);
    const length = Math.sqrt(toEast * toEast + toNorth * toNorth + 1);
    const light = (-toEast * LIGHT[0] - toNorth * LIGHT[1] + LIGHT[2]) / length;
    // level ground is neither lit nor shaded
    const lit = Math.max(-1, Math.min(1, (light - LIGHT[2]) / LIGHT[2]));
    return lit < 0 ? [0, 0, 0, Math.round(-255 * lit)] : [255, 255, 255, Math.round(255 * lit)];
  });
}

/** PNG as paintRelief makes it, in the colours of the classes. */
export function paintClasses(cells: CoarseCells): Uint8Array {
  const { columns } = cells.frame;
  return paint(cells, (column, row) => {
    const code = cells.values[row * columns + column]!;
    const colour = code > 0 ? classColours[code] : undefined;
    return colour ? [...colour, 255] : null;
  });
}

/** Red, green, blue, opacity. */
type Colour = readonly [number, number, number, number];
type ColourOf = (column: number, row: number, latDeg: number) => Colour | null;

function paint({ frame }: CoarseCells, colourOf: ColourOf): Uint8Array {
  const { columns, rows, northDeg, stepLatDeg } = frame;
  const top = mercatorOf(northDeg);
  const bottom = mercatorOf(northDeg - rows * stepLatDeg);
  const data = new Uint8Array(4 * columns * rows);
  for (let line = 0; line < rows; line++) {
    const latDeg = latitudeOf(top + ((line + 0.5) / rows) * (bottom - top));
    const row = Math.max(0, Math.min(rows - 1, Math.floor((northDeg - latDeg) / stepLatDeg)));
    for (let column = 0; column < columns; column++) {
      const colour = colourOf(column, row, latDeg);
      if (colour) data.set(colour, 4 * (line * columns + column));
    }
  }
  return encodePng({ width: columns, height: rows, data, channels: 4, depth: 8 });
}

const MERCATOR_END_DEG = 85.05;
const mercatorOf = (latDeg: number): number => {
  const lat = (Math.max(-MERCATOR_END_DEG, Math.min(MERCATOR_END_DEG, latDeg)) * Math.PI) / 180;
  return Math.log(Math.tan(Math.PI / 4 + lat / 2));
};
const latitudeOf = (mercator: number): number => (Math.atan(Math.sinh(mercator)) * 180) / Math.PI;
