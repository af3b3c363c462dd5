// A point well inside a roof. Centre of mass of the largest ring if it lies on the roof; else the pole of inaccessibility,
// found by splitting squares and dropping those that cannot beat the best (Garcia-Castellanos and Lombardo 2007; quadtree).

export type FlatRing = readonly (readonly [x: number, y: number])[];

const PRECISION_M = 0.5;

/** Metres in the frame of the rings, with the even-odd area; null for a roof without area. */
export function roofPoint(rings: readonly FlatRing[]): { x: number; y: number; areaM2: number } | null {
  let largest: FlatRing | null = null;
  let largestArea = 0;
  let sum = 0;
  for (const ring of rings) {
    const area = Math.abs(signedArea(ring));
    sum += area;
    if (area > largestArea) {
      largestArea = area;
      largest = ring;
    }
  }
  const areaM2 = 2 * largestArea - sum;
  if (!largest || !(areaM2 > 0)) return null;
  const centre = centreOf(largest);
  if (distanceInside(centre.x, centre.y, rings) > 0) return { ...centre, areaM2 };
  return { ...innermost(largest, rings), areaM2 };
}

function signedArea(ring: FlatRing): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    twice += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
  }
  return twice / 2;
}

function centreOf(ring: FlatRing): { x: number; y: number } {
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
    x += (ring[j]![0] + ring[i]![0]) * cross;
    y += (ring[j]![1] + ring[i]![1]) * cross;
  }
  const area = signedArea(ring);
  return { x: x / (6 * area), y: y / (6 * area) };
}

/** Distance to the nearest edge, negative outside the roof. */
function distanceInside(x: number, y: number, rings: readonly FlatRing[]): number {
  let inside = false;
  let least = Infinity;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[j]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      least = Math.min(least, distanceToEdge(x, y, ax, ay, bx, by));
    }
  }
  return inside ? least : -least;
}

function distanceToEdge(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy;
  const t = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
  const awayX = x - ax - t * dx;
  const awayY = y - ay - t * dy;
  return Math.sqrt(awayX * awayX + awayY * awayY);
}

function innermost(outline: FlatRing, rings: readonly FlatRing[]): { x: number; y: number } {
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const west = Math.min(...xs);
  const south = Math.min(...ys);
  const size = Math.max(Math.max(...xs) - west, Math.max(...ys) - south);
  let best = { x: outline[0]![0], y: outline[0]![1], distance: -Infinity };
  let squares = [{ x: west + size / 2, y: south + size / 2, half: size / 2 }];
  while (squares.length > 0) {
    const next: typeof squares = [];
    for (const { x, y, half } of squares) {
      const distance = distanceInside(x, y, rings);
      if (distance > best.distance) best = { x, y, distance };
      // Nothing in the square is farther inside than its centre plus half a diagonal.
      if (distance + half * Math.SQRT2 <= best.distance + PRECISION_M) continue;
      const quarter = half / 2;
      next.push(
        { x: x - quarter, y: y - quarter, half: quarter },
        { x: x + quarter, y: y - quarter, half: quarter },
        { x: x - quarter, y: y + quarter, half: quarter },
        { x: x + quarter, y: y + quarter, half: quarter },
      );
    }
    squares = next;
  }
  return best;
}
