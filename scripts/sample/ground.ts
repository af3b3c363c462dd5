// The ground of the made-up district: a plane in metres around one position in the Yangtze delta, and the bending that
// turns a lattice of straight streets into quarters that lie at different angles. No real street or river is copied.
import type { LonLat } from '../../engine/index.ts';
import type { Random } from './random.ts';

/** Metres east and north of the middle of the district. */
export type Place = readonly [eastM: number, northM: number];

const MIDDLE: LonLat = [121.2, 31.35];
const RADIANS = Math.PI / 180;
// GRS 80 radii of curvature at that latitude; over 25 km the plane is good to a few metres, plenty for an invention.
const ECCENTRICITY_2 = 0.00669438002290079;
const SEMI_AXIS_M = 6_378_137;
const BULGE = 1 - ECCENTRICITY_2 * Math.sin(MIDDLE[1] * RADIANS) ** 2;
const M_PER_DEGREE_LAT = (RADIANS * SEMI_AXIS_M * (1 - ECCENTRICITY_2)) / BULGE ** 1.5;
const M_PER_DEGREE_LON = (RADIANS * SEMI_AXIS_M * Math.cos(MIDDLE[1] * RADIANS)) / Math.sqrt(BULGE);

/** Rounded to 1e-7 degree (one centimetre), so files are short and equal places stay equal. */
export function toLonLat([eastM, northM]: Place): LonLat {
  return [
    Math.round((MIDDLE[0] + eastM / M_PER_DEGREE_LON) * 1e7) / 1e7,
    Math.round((MIDDLE[1] + northM / M_PER_DEGREE_LAT) * 1e7) / 1e7,
  ];
}

/** Bends lattice coordinates (u, v in metres) into places. One-to-one: the slopes of all waves together stay below 1. */
export interface Bend {
  place(u: number, v: number): Place;
  /** Unit vector along growing u at a lattice point. */
  along(u: number, v: number): Place;
}

const WAVES = [
  { lengthM: 6200, heightM: 300 },
  { lengthM: 3900, heightM: 140 },
  { lengthM: 2500, heightM: 55 },
] as const;
const TURN_RADIANS = 9 * RADIANS;

export function makeBend(random: Random): Bend {
  const waves = WAVES.flatMap((wave) =>
    [0, 1].map((axis) => ({
      axis,
      heightM: wave.heightM,
      turns: (2 * Math.PI) / wave.lengthM,
      heading: random.between(0, 2 * Math.PI),
      phase: random.between(0, 2 * Math.PI),
    })),
  );
  const place = (u: number, v: number): Place => {
    const moved = [u, v];
    for (const wave of waves) {
      const way = u * Math.cos(wave.heading) + v * Math.sin(wave.heading);
      moved[wave.axis]! += wave.heightM * Math.sin(way * wave.turns + wave.phase);
    }
    const [x = 0, y = 0] = moved;
    return [
      x * Math.cos(TURN_RADIANS) - y * Math.sin(TURN_RADIANS),
      x * Math.sin(TURN_RADIANS) + y * Math.cos(TURN_RADIANS),
    ];
  };
  const along = (u: number, v: number): Place => {
    const [x0, y0] = place(u - 1, v);
    const [x1, y1] = place(u + 1, v);
    const length = Math.hypot(x1 - x0, y1 - y0);
    return [(x1 - x0) / length, (y1 - y0) / length];
  };
  return { place, along };
}

/** Area of a closed or open ring on the plane, square metres, positive when counter-clockwise. */
export function ringAreaM2(ring: readonly Place[]): number {
  let twice = 0;
  for (let index = 0; index < ring.length; index += 1) {
    const [x0, y0] = ring[index]!;
    const [x1, y1] = ring[(index + 1) % ring.length]!;
    twice += x0 * y1 - x1 * y0;
  }
  return twice / 2;
}

export function lengthM(path: readonly Place[]): number {
  let sum = 0;
  for (let index = 1; index < path.length; index += 1) sum += gapM(path[index - 1]!, path[index]!);
  return sum;
}

export function gapM(a: Place, b: Place): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
