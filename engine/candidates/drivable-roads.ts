// Which roads carry municipal poles, how far their kerb is from the centre line, and the order in which they are worked off.
import type { Road } from '../model/buildings.ts';

/** Half of the carriageway with the kerb strip, metres, by road class; widest first. Classes not named carry no poles. */
const KERB_OFFSET_M: readonly (readonly [roadClass: string, offsetM: number])[] = [
  ['trunk', 16],
  ['primary', 14],
  ['secondary', 11],
  ['tertiary', 9],
  ['residential', 6],
];

/** Metres from the centre line to the kerb. */
export function kerbOffsetM(roadClass: string): number {
  return KERB_OFFSET_M.find(([name]) => name === roadClass)?.[1] ?? 5;
}

/**
 * Roads of these classes (left out: public roads; service ways belong to their compounds, paths and rails carry no poles),
 * widest class first, then by name and first position, so that the order of the input plays no part.
 */
export function drivableRoads(roads: readonly Road[], classes?: readonly string[]): Road[] {
  const wanted = classes ?? KERB_OFFSET_M.map(([name]) => name);
  const rank = (road: Road): number => {
    const index = KERB_OFFSET_M.findIndex(([name]) => name === road.roadClass);
    return index < 0 ? KERB_OFFSET_M.length : index;
  };
  return roads
    .filter((road) => wanted.includes(road.roadClass) && road.path.length >= 2)
    .map((road) => ({ road, rank: rank(road), key: `${road.name} ${road.path.flat().join(' ')}` }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ road }) => road);
}
