// What already lies on the ground, painted into a raster of 8 m squares: water, the ring road, the expressway. A house
// or a side street asks the raster instead of measuring distances to every bend of the river.
import type { Place } from './ground.ts';

export const WATER = 1;
export const ELEVATED_ROAD = 2;

const SQUARE_M = 8;

export interface GroundMask {
  paint(path: readonly Place[], halfWidthM: number, kind: number): void;
  has(place: Place, kinds: number): boolean;
}

export function makeGroundMask(halfM: number): GroundMask {
  const side = Math.ceil((2 * halfM) / SQUARE_M);
  const squares = new Uint8Array(side * side);
  const squareOf = (metres: number): number => Math.floor((metres + halfM) / SQUARE_M);
  const paintDisc = ([x, y]: Place, radiusM: number, kind: number): void => {
    for (
      let row = Math.max(0, squareOf(y - radiusM));
      row <= Math.min(side - 1, squareOf(y + radiusM));
      row += 1
    ) {
      const dy = (row + 0.5) * SQUARE_M - halfM - y;
      const halfChord = Math.sqrt(Math.max(0, radiusM * radiusM - dy * dy));
      const from = Math.max(0, squareOf(x - halfChord));
      const to = Math.min(side - 1, squareOf(x + halfChord));
      for (let column = from; column <= to; column += 1) squares[row * side + column]! |= kind;
    }
  };
  return {
    paint(path, halfWidthM, kind) {
      for (let index = 0; index + 1 < path.length; index += 1) {
        const [x0, y0] = path[index]!;
        const [x1, y1] = path[index + 1]!;
        const pieces = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / (SQUARE_M * 2)));
        for (let piece = 0; piece <= pieces; piece += 1) {
          paintDisc([x0 + ((x1 - x0) * piece) / pieces, y0 + ((y1 - y0) * piece) / pieces], halfWidthM, kind);
        }
      }
    },
    has([x, y], kinds) {
      const column = squareOf(x);
      const row = squareOf(y);
      if (column < 0 || row < 0 || column >= side || row >= side) return false;
      return (squares[row * side + column]! & kinds) !== 0;
    },
  };
}
