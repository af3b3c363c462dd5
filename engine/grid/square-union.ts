// The part of one raster square that lies in any of some polygons and in none of the excluded ones, exactly: polygons are cut
// to the square, then the square is cut into bands at every corner and crossing; in a band no two edges cross, so every
// stretch between edges is a trapezium. Used only where several outlines meet in one square. Cost: e³ log e for e edges there.
import type { Shape } from './shape.ts';

/** A polygon that plays a part in the square; `excluded` polygons take ground away. */
export interface Role {
  readonly shape: Shape;
  readonly excluded: boolean;
}

/** Polygons of a row cut to it, so that each square of the row starts from little. */
export function cutToRow(roles: readonly Role[], row: number): Role[] {
  return roles.flatMap(({ shape, excluded }) => {
    if (shape.top >= row + 1 || shape.bottom <= row) return [];
    const rings = shape.rings
      .map((ring) => cut(cut(ring, 1, row, 1), 1, row + 1, -1))
      .filter((ring) => ring.length >= 6);
    return rings.length === 0 ? [] : [{ shape: { ...shape, rings }, excluded }];
  });
}

/** Share 0..1 of the square at this column of a row already cut. */
export function squareUnionShare(rowRoles: readonly Role[], column: number): number {
  const edges: Edge[] = [];
  rowRoles.forEach(({ shape }, role) => {
    if (shape.west >= column + 1 || shape.east <= column) return;
    for (const ring of shape.rings) {
      const piece = cut(cut(ring, 0, column, 1), 0, column + 1, -1);
      for (let i = 0, j = piece.length - 2; i < piece.length; j = i, i += 2) {
        addEdge(edges, role, piece[j]!, piece[j + 1]!, piece[i]!, piece[i + 1]!);
      }
    }
  });
  const levels = bandLevels(edges);
  let share = 0;
  for (let band = 0; band + 1 < levels.length; band++) {
    const middle = (levels[band]! + levels[band + 1]!) / 2;
    share += bandWidth(edges, middle, rowRoles) * (levels[band + 1]! - levels[band]!);
  }
  return Math.min(1, Math.max(0, share));
}

interface Edge {
  readonly role: number;
  readonly topX: number;
  readonly topY: number;
  readonly bottomX: number;
  readonly bottomY: number;
}

function addEdge(edges: Edge[], role: number, ax: number, ay: number, bx: number, by: number): void {
  if (ay < by) edges.push({ role, topX: ax, topY: ay, bottomX: bx, bottomY: by });
  else if (by < ay) edges.push({ role, topX: bx, topY: by, bottomX: ax, bottomY: ay });
}

function xAt(edge: Edge, y: number): number {
  return edge.topX + ((y - edge.topY) / (edge.bottomY - edge.topY)) * (edge.bottomX - edge.topX);
}

function bandLevels(edges: readonly Edge[]): number[] {
  const levels: number[] = [];
  edges.forEach((edge, index) => {
    levels.push(edge.topY, edge.bottomY);
    for (let other = 0; other < index; other++) {
      const y = crossingY(edge, edges[other]!);
      if (y !== null) levels.push(y);
    }
  });
  levels.sort((a, b) => a - b);
  return levels.filter((level, index) => index === 0 || level > levels[index - 1]!);
}

/** Height where two edges cross inside the span both have, or null. */
function crossingY(a: Edge, b: Edge): number | null {
  const top = Math.max(a.topY, b.topY);
  const bottom = Math.min(a.bottomY, b.bottomY);
  if (!(bottom > top)) return null;
  const before = xAt(a, top) - xAt(b, top);
  const after = xAt(a, bottom) - xAt(b, bottom);
  if (before * after >= 0) return null;
  return top + ((bottom - top) * before) / (before - after);
}

/** Total width of the stretches at this height that count. */
function bandWidth(edges: readonly Edge[], y: number, roles: readonly Role[]): number {
  const hits = edges
    .filter((edge) => edge.topY < y && edge.bottomY > y)
    .map((edge) => ({ role: edge.role, x: xAt(edge, y) }))
    .sort((a, b) => a.x - b.x);
  const inside = new Set<number>();
  let width = 0;
  for (let i = 0; i < hits.length; i++) {
    const { role, x } = hits[i]!;
    if (!inside.delete(role)) inside.add(role);
    if (i + 1 < hits.length && counts(inside, roles)) width += hits[i + 1]!.x - x;
  }
  return width;
}

function counts(inside: ReadonlySet<number>, roles: readonly Role[]): boolean {
  let wanted = false;
  for (const role of inside) {
    if (roles[role]!.excluded) return false;
    wanted = true;
  }
  return wanted;
}

/** The part of a ring on one side of a line (Sutherland and Hodgman): axis 0 is x, 1 is y; side 1 keeps what is greater. */
function cut(ring: Float64Array, axis: 0 | 1, limit: number, side: 1 | -1): Float64Array {
  const kept: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const from = (ring[j + axis]! - limit) * side;
    const to = (ring[i + axis]! - limit) * side;
    if (from < 0 !== to < 0) {
      const t = from / (from - to);
      const along = ring[j + 1 - axis]! + t * (ring[i + 1 - axis]! - ring[j + 1 - axis]!);
      if (axis === 0) kept.push(limit, along);
      else kept.push(along, limit);
    }
    if (to >= 0) kept.push(ring[i]!, ring[i + 1]!);
  }
  return Float64Array.from(kept);
}
