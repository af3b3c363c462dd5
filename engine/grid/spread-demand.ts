// Demand that comes as cells (a population grid) becomes points: spread evenly over a lattice inside the cell, so that a
// kilometre of people does not fall into the one bin under its middle.

import { boxOf } from '../geo/box.ts';
import { localZoneOf } from '../geo/local-zone.ts';
import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';

/** Wider than this a cell would leave whole bins of the usual size empty. */
const LATTICE_M = 20;
/** Points per cell at the most: the lattice of a larger cell is wider, and a county is no cell. */
const MOST_POINTS = 10_000;

export interface DemandPoint {
  readonly position: LonLat;
  readonly weight: number;
}

/** Points inside the cell that share its weight equally; the middle of its box when it is thinner than the lattice. */
export function spreadDemand(cell: MultiPolygon, weight: number): DemandPoint[] {
  const [west, south, east, north] = boxOf(cell);
  const middle: LonLat = [(west + east) / 2, (south + north) / 2];
  const zone = localZoneOf(middle);
  const [westM, southM] = zone.toMetres([west, south]);
  const [eastM, northM] = zone.toMetres([east, north]);
  const stepM = Math.max(LATTICE_M, Math.sqrt(((eastM - westM) * (northM - southM)) / MOST_POINTS));
  const positions: LonLat[] = [];
  for (let row = Math.floor(southM / stepM); row * stepM < northM; row++) {
    for (let column = Math.floor(westM / stepM); column * stepM < eastM; column++) {
      const position = zone.toDegrees((column + 0.5) * stepM, (row + 0.5) * stepM);
      if (pointInMultiPolygon(position, cell)) positions.push(position);
    }
  }
  if (positions.length === 0) positions.push(middle);
  return positions.map((position) => ({ position, weight: weight / positions.length }));
}
