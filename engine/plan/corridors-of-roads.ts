// Corridors out of roads: all roads of one name, or all of one class, as far as they come near the areas. The id says which: `name=沪嘉高速`,
// `class=trunk`. The command and the server make the same corridors here.
import { boxesTouch, boxOf } from '../geo/box.ts';
import type { Road } from '../model/buildings.ts';
import type { Box } from '../model/geometry.ts';
import type { Corridor } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';

export const corridorKinds = ['name', 'class'] as const;

export interface CorridorWord {
  readonly by: (typeof corridorKinds)[number];
  readonly value: string;
}

/** Null for text that names no corridor. */
export function readCorridorId(corridorId: string): CorridorWord | null {
  const [, by, value] = /^(name|class)=(.*\S.*)$/.exec(corridorId) ?? [];
  const kind = corridorKinds.find((one) => one === by);
  return kind && value !== undefined ? { by: kind, value: value.trim() } : null;
}

/** In the order of the ids. `near`: the box of the areas; lines that do not touch it are left out. Throws SELECTION_CORRIDOR_UNKNOWN. */
export function corridorsOfRoads(
  roads: readonly Road[],
  corridorIds: readonly string[],
  near: Box,
): Corridor[] {
  return corridorIds.map((id) => {
    const word = readCorridorId(id);
    const members = word === null ? [] : roads.filter((road) => isOf(road, word));
    if (word === null || members.length === 0)
      throw new PlanningError('SELECTION_CORRIDOR_UNKNOWN', { corridorId: id });
    const lines = members
      .map(({ path }) => path)
      .filter((path) => boxesTouch(boxOf({ type: 'LineString', coordinates: path }), near));
    return { id, name: word.value, lines };
  });
}

function isOf({ name, roadClass }: Road, { by, value }: CorridorWord): boolean {
  return (by === 'name' ? name.trim() : roadClass) === value;
}
