// Every cell of a raster that a straight line crosses, with the stretch of the line inside it: the exact walk for single links,
// where the map's sweep shares one look among all cells.

interface Frame {
  readonly westM: number;
  readonly northM: number;
  readonly cellM: number;
}
interface Place {
  readonly eastM: number;
  readonly northM: number;
}

/** In order from `from` to `to`; `enter` and `leave` are parts of the way, 0..1. A line through a corner skips the corner's sides. */
export function walkCells(
  { westM, northM, cellM }: Frame,
  from: Place,
  to: Place,
  visit: (column: number, row: number, enter: number, leave: number) => void,
): void {
  const x = (from.eastM - westM) / cellM;
  const y = (northM - from.northM) / cellM;
  const acrossX = (to.eastM - from.eastM) / cellM;
  const acrossY = (from.northM - to.northM) / cellM;
  const parts = [...crossings(x, acrossX), ...crossings(y, acrossY), 1].sort((a, b) => a - b);
  let enter = 0;
  for (const leave of parts) {
    if (leave - enter < SHORTEST_PART) continue;
    const middle = (enter + leave) / 2;
    visit(Math.floor(x + middle * acrossX), Math.floor(y + middle * acrossY), enter, leave);
    enter = leave;
  }
}

/** Shorter stretches are rounding. */
const SHORTEST_PART = 1e-12;

/** Where a coordinate passes whole numbers, as parts of the way. */
function crossings(start: number, length: number): number[] {
  if (length === 0) return [];
  const end = start + length;
  const parts: number[] = [];
  for (let line = Math.ceil(Math.min(start, end)); line <= Math.max(start, end); line++) {
    const part = (line - start) / length;
    if (part > SHORTEST_PART && part < 1 - 2 * SHORTEST_PART) parts.push(part);
  }
  return parts;
}
