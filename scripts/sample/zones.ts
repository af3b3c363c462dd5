// What a superblock is used for. Rings and sectors as in many delta towns: a core with towers, housing around it, a
// new town across the river, works in the north-west, villages and fields at the border; chance does the rest.
import type { Cell, Lattice } from './lattice.ts';
import type { Random } from './random.ts';

export const zoneUses = [
  'core',
  'commercial',
  'high-rise housing',
  'slab housing',
  'old town',
  'industry',
  'campus',
  'hospital',
  'government',
  'station',
  'park',
  'village',
  'fields',
] as const;
export type ZoneUse = (typeof zoneUses)[number];

/** Uses in the order of `lattice.cells`; `builtUp` cells never lie fallow. */
export function zoneCells(random: Random, lattice: Lattice, builtUp: number): ZoneUse[] {
  const uses = lattice.cells.map((cell, index) =>
    index < builtUp
      ? builtUpUse(random, cell, lattice)
      : random.pick(['village', 'village', 'fields'] as const),
  );
  placePublicUses(random, lattice, uses, builtUp);
  return uses;
}

function builtUpUse(random: Random, cell: Cell, lattice: Lattice): ZoneUse {
  const [x, y] = cell.middle;
  const newTown = Math.hypot(x - 0.58 * lattice.radiusM, y + 0.16 * lattice.radiusM) / lattice.radiusM;
  const roll = random.next();
  if (cell.reach < 0.2) return roll < 0.75 ? 'core' : 'commercial';
  if (newTown < 0.1) return roll < 0.6 ? 'core' : 'commercial';
  if (newTown < 0.24) return roll < 0.7 ? 'high-rise housing' : 'slab housing';
  if (cell.reach < 0.36) return roll < 0.35 ? 'old town' : roll < 0.6 ? 'high-rise housing' : 'commercial';
  const angle = Math.atan2(y, x);
  if (cell.reach > 0.45 && angle > 1.9 && angle < 3.0) return roll < 0.78 ? 'industry' : 'slab housing';
  if (cell.reach < 0.66) return roll < 0.4 ? 'high-rise housing' : roll < 0.9 ? 'slab housing' : 'old town';
  if (roll < 0.5) return 'slab housing';
  return roll < 0.66 ? 'high-rise housing' : roll < 0.8 ? 'industry' : 'village';
}

/** Schools, hospitals, offices, parks: so many per ground, spread from the middle outwards. */
function placePublicUses(random: Random, lattice: Lattice, uses: ZoneUse[], builtUp: number): void {
  const wanted: readonly (readonly [ZoneUse, number, number, number])[] = [
    ['government', 0.01, 0.05, 0.5],
    ['hospital', 0.02, 0.15, 0.85],
    ['station', 0.008, 0.3, 0.75],
    ['park', 0.05, 0.12, 0.98],
    ['campus', 0.06, 0.2, 0.98],
  ];
  const given = new Set<number>();
  for (const [use, share, nearest, farthest] of wanted) {
    const places = uses.flatMap((_, index) => {
      const reach = lattice.cells[index]!.reach;
      return index < builtUp && reach >= nearest && reach <= farthest ? [index] : [];
    });
    for (let count = Math.max(1, Math.round(builtUp * share)); count > 0 && places.length > 0; count -= 1) {
      const index = places[random.whole(0, places.length - 1)]!;
      if (given.has(index)) continue;
      given.add(index);
      uses[index] = use;
    }
  }
}
