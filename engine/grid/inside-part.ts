// The part of a straight piece inside one raster row that lies on target ground: cut at every outline it crosses, then each
// stretch is in or out by its middle (even-odd, shape by shape). Outlines are kept row by row, so a piece meets few edges.
import type { Shape } from './shape.ts';

/** Squares; a road nearer to an outline runs along it and counts as inside: districts often end at the middle of a road. */
const ON_OUTLINE = 1e-7;

/** From a to b in raster units. */
export interface Piece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** An edge of a shape, pointing down. */
interface Edge {
  readonly role: number;
  readonly excluded: boolean;
  readonly topX: number;
  readonly topY: number;
  readonly bottomX: number;
  readonly bottomY: number;
}

/** The edges of all shapes that touch each raster row. Edges point down, so that neighbours agree on the border they share. */
export function edgesByRow(areas: readonly Shape[], excluded: readonly Shape[], rows: number): Edge[][] {
  const byRow = Array.from({ length: rows }, (): Edge[] => []);
  [...areas, ...excluded].forEach(({ rings }, role) => {
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [top, bottom] = ring[j + 1]! <= ring[i + 1]! ? [j, i] : [i, j];
        const topY = ring[top + 1]!;
        const bottomY = ring[bottom + 1]!;
        const edge: Edge = {
          role,
          excluded: role >= areas.length,
          topX: ring[top]!,
          topY,
          bottomX: ring[bottom]!,
          bottomY,
        };
        const last = Math.min(rows - 1, Math.max(Math.floor(topY), Math.ceil(bottomY) - 1));
        for (let row = Math.max(0, Math.floor(topY)); row <= last; row++) byRow[row]!.push(edge);
      }
    }
  });
  return byRow;
}

/** How much of the piece between `from` and `to`, all in one row, is target ground. */
export function insidePart(
  piece: Piece,
  from: number,
  to: number,
  row: number,
  edges: readonly Edge[],
): number {
  const { ax, ay, bx, by } = piece;
  const stops = [from, to];
  for (const edge of edges) {
    const t = crossing(piece, edge);
    if (t > from && t < to) stops.push(t);
  }
  stops.sort((a, b) => a - b);
  let part = 0;
  for (let i = 0; i + 1 < stops.length; i++) {
    const middle = (stops[i]! + stops[i + 1]!) / 2;
    const y = Math.min(row + 1, Math.max(row, ay + middle * (by - ay)));
    if (isTarget(ax + middle * (bx - ax), y, edges)) part += stops[i + 1]! - stops[i]!;
  }
  return part;
}

/** Where on the piece (0..1) the line through the edge crosses it; NaN or infinite when they run side by side. */
function crossing({ ax, ay, bx, by }: Piece, { topX, topY, bottomX, bottomY }: Edge): number {
  const alongX = bottomX - topX;
  const alongY = bottomY - topY;
  const side = (bx - ax) * alongY - (by - ay) * alongX;
  return ((topX - ax) * alongY - (topY - ay) * alongX) / side;
}

/** Inside an area or on its outline (even-odd, shape by shape), and inside nothing that is taken out. */
function isTarget(x: number, y: number, edges: readonly Edge[]): boolean {
  const inside = new Map<number, Edge>();
  const onOutline = new Map<number, Edge>();
  for (const edge of edges) {
    const { role, topX, topY, bottomX, bottomY } = edge;
    if (!(topY - ON_OUTLINE <= y && y <= bottomY + ON_OUTLINE)) continue;
    const tall = bottomY - topY > ON_OUTLINE;
    const edgeX = tall ? topX + ((y - topY) / (bottomY - topY)) * (bottomX - topX) : x;
    const west = Math.min(topX, bottomX) - ON_OUTLINE;
    const east = Math.max(topX, bottomX) + ON_OUTLINE;
    if (x >= west && x <= east && Math.abs(x - edgeX) <= ON_OUTLINE) onOutline.set(role, edge);
    if (topY <= y && y < bottomY && x < edgeX && !inside.delete(role)) inside.set(role, edge);
  }
  const taken = [...inside.values()].some(({ role, excluded }) => excluded && !onOutline.has(role));
  return !taken && [...inside.values(), ...onOutline.values()].some(({ excluded }) => !excluded);
}
