// Where a path meets the facade of the building its receiver stands in: sight is judged there, the walls cost by themselves.
import type { Surface } from '../grid/make-surface.ts';
import { buildingAt } from './carrier-of.ts';

interface Place {
  readonly eastM: number;
  readonly northM: number;
}

/**
 * The last part of the way from antenna to receiver, 0..1, that lies outside; 1 for a receiver in the open or in the
 * antenna's own building. Steps of half a cell.
 */
export function facadePart(surface: Surface, from: Place, receiver: Place, ownBuilding: number): number {
  const around = buildingAt(surface, receiver.eastM, receiver.northM);
  if (around === 0 || around === ownBuilding) return 1;
  const east = receiver.eastM - from.eastM;
  const north = receiver.northM - from.northM;
  const steps = Math.ceil(Math.sqrt(east * east + north * north) / (surface.cellM / 2));
  for (let step = 1; step < steps; step++) {
    const part = 1 - step / steps;
    if (buildingAt(surface, from.eastM + part * east, from.northM + part * north) !== around) return part;
  }
  return 0;
}
