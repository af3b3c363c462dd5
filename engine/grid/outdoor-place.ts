// Where in a bin a person stands outdoors: its centre, or the open surface cell nearest to it.
import type { Surface } from './make-surface.ts';

/** The place in metres, or null when the bin lies wholly under roofs. Ties go to the cell farther north, then west. */
export function outdoorPlace(
  surface: Surface,
  centreEastM: number,
  centreNorthM: number,
  binSizeM: number,
): { eastM: number; northM: number } | null {
  const { cellM, columns, rows, westM, northM } = surface;
  const column = Math.floor((centreEastM - westM) / cellM);
  const row = Math.floor((northM - centreNorthM) / cellM);
  const known = column >= 0 && row >= 0 && column < columns && row < rows;
  if (!known || surface.heightDm[row * columns + column] === 0) {
    return { eastM: centreEastM, northM: centreNorthM };
  }
  // Cells whose centre lies in the bin.
  const half = binSizeM / 2;
  const firstColumn = Math.max(0, Math.ceil((centreEastM - half - westM) / cellM - 0.5));
  const endColumn = Math.min(columns, Math.ceil((centreEastM + half - westM) / cellM - 0.5));
  const firstRow = Math.max(0, Math.ceil((northM - centreNorthM - half) / cellM - 0.5));
  const endRow = Math.min(rows, Math.ceil((northM - centreNorthM + half) / cellM - 0.5));
  let best: { eastM: number; northM: number } | null = null;
  let bestDistance = Infinity;
  for (let r = firstRow; r < endRow; r++) {
    for (let c = firstColumn; c < endColumn; c++) {
      if (surface.heightDm[r * columns + c] !== 0) continue;
      const eastM = westM + (c + 0.5) * cellM;
      const placeNorthM = northM - (r + 0.5) * cellM;
      const awayEastM = eastM - centreEastM;
      const awayNorthM = placeNorthM - centreNorthM;
      const distance = awayEastM * awayEastM + awayNorthM * awayNorthM;
      if (distance < bestDistance) {
        bestDistance = distance;
        best = { eastM, northM: placeNorthM };
      }
    }
  }
  return best;
}
