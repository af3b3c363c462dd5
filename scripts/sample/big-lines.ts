// The lines that shape the district before any house stands: a river with bends, the elevated ring, the expressway.
import { type Bend, gapM, type Place } from './ground.ts';
import type { Random } from './random.ts';

export interface BigLines {
  /** Middle line of the river and half its width at each place. */
  readonly river: readonly Place[];
  readonly riverHalfWidthM: readonly number[];
  readonly ring: readonly Place[];
  readonly expressway: readonly Place[];
}

export function makeBigLines(random: Random, bend: Bend, radiusM: number): BigLines {
  return {
    ...makeRiver(random, radiusM),
    ring: makeRing(bend, radiusM),
    expressway: makeExpressway(random, radiusM),
  };
}

/** From north to south past the core, wider downstream. */
function makeRiver(random: Random, radiusM: number): Pick<BigLines, 'river' | 'riverHalfWidthM'> {
  const phase = random.between(0, 2 * Math.PI);
  const offsetM = -0.34 * radiusM;
  const river: Place[] = [];
  const riverHalfWidthM: number[] = [];
  const reachM = radiusM * 1.3;
  for (let north = reachM; north >= -reachM; north -= 50) {
    const sway = 0.1 * radiusM * Math.sin(north / (0.42 * radiusM) + phase);
    const bends = 90 * Math.sin(north / 520 + 2 * phase);
    river.push([offsetM + sway + bends + 0.12 * north, north]);
    riverHalfWidthM.push(32 + 12 * (1 - north / reachM) + 6 * Math.sin(north / 700));
  }
  return { river, riverHalfWidthM };
}

/** An elevated ring at six tenths of the radius; a district too small for one has none. */
function makeRing(bend: Bend, radiusM: number): Place[] {
  if (radiusM < 2000) return [];
  const ringM = 0.6 * radiusM;
  const pieces = Math.round((2 * Math.PI * ringM) / 60);
  return Array.from({ length: pieces + 1 }, (_, index) => {
    const angle = (2 * Math.PI * (index % pieces)) / pieces;
    // A superellipse: straighter sides than a circle, as ring roads have.
    const shape = (Math.abs(Math.cos(angle)) ** 2.6 + Math.abs(Math.sin(angle)) ** 2.6) ** (-1 / 2.6);
    return bend.place(ringM * shape * Math.cos(angle), ringM * 0.92 * shape * Math.sin(angle));
  });
}

/** South-west to north-east, passing the core at a distance. */
function makeExpressway(random: Random, radiusM: number): Place[] {
  const phase = random.between(0, 2 * Math.PI);
  const reachM = radiusM * 1.7;
  const path: Place[] = [];
  for (let way = -reachM; way <= reachM; way += 60) {
    const aside = 0.3 * radiusM + 0.07 * radiusM * Math.sin(way / (0.5 * radiusM) + phase);
    path.push([way * Math.cos(0.62) + aside * Math.sin(0.62), way * Math.sin(0.62) - aside * Math.cos(0.62)]);
  }
  return path;
}

/** A band around a line as one open ring: left side there, right side back. */
export function bandAround(path: readonly Place[], halfWidthM: (index: number) => number): Place[] {
  const side = (sign: number): Place[] =>
    path.map((place, index) => {
      const before = path[Math.max(0, index - 1)]!;
      const after = path[Math.min(path.length - 1, index + 1)]!;
      const length = gapM(before, after);
      const across = (sign * halfWidthM(index)) / length;
      return [place[0] - (after[1] - before[1]) * across, place[1] + (after[0] - before[0]) * across];
    });
  return [...side(-1), ...side(1).reverse()];
}
