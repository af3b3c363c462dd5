// Lamp, signal, sign and camera poles on the kerbs. Lamps stand every so many metres, alternately left and right;
// signal poles at the corners of main crossings. Their number follows the ground: 8 000 on 60 km².
import { gapM, type Place } from './ground.ts';
import { type GroundMask, WATER } from './ground-mask.ts';
import type { Random } from './random.ts';
import { HALF_WIDTH_M, type Street, type StreetPlan } from './streets.ts';

export interface Pole {
  readonly resourceType: '路灯杆' | '交通信号杆' | '交通标识杆' | '视频监控杆' | '综合杆' | '公交站台';
  readonly place: Place;
  readonly road: string;
  /** Position along its road, for a name people can find. */
  readonly number: number;
}

const LAMP_SPACING_M: Record<Street['roadClass'], number> = {
  trunk: Number.POSITIVE_INFINITY,
  primary: 32,
  secondary: 34,
  tertiary: 38,
  residential: 45,
};
const KERB_INSET_M = 2;

export function makePoles(random: Random, plan: StreetPlan, mask: GroundMask, wanted: number): Pole[] {
  const isDry = (pole: Pole): boolean => !mask.has(pole.place, WATER);
  const signals = signalPoles(random, plan).filter(isDry);
  const lamps = plan.streets.flatMap(lampsAlong).filter(isDry);
  const room = Math.max(0, wanted - signals.length);
  const step = Math.max(1, lamps.length / Math.max(room, 1));
  const kept: Pole[] = [];
  for (let index = 0; Math.floor(index * step) < lamps.length && kept.length < room; index += 1) {
    const lamp = lamps[Math.floor(index * step)]!;
    const roll = random.next();
    const resourceType =
      roll < 0.9
        ? '路灯杆'
        : roll < 0.93
          ? '综合杆'
          : roll < 0.96
            ? '视频监控杆'
            : roll < 0.98
              ? '交通标识杆'
              : '公交站台';
    kept.push({ ...lamp, resourceType });
  }
  return [...signals.slice(0, wanted), ...kept];
}

function signalPoles(random: Random, plan: StreetPlan): Pole[] {
  return plan.crossings.flatMap(({ place, roadClass }, index) => {
    if (roadClass === 'tertiary' && random.chance(0.5)) return [];
    const offset = HALF_WIDTH_M[roadClass];
    const first = random.between(0, Math.PI / 2);
    return [0, 1].map((side) => {
      const angle = first + side * Math.PI;
      return {
        resourceType: '交通信号杆' as const,
        place: [place[0] + offset * Math.cos(angle), place[1] + offset * Math.sin(angle)] as Place,
        road: `第${index + 1}路口`,
        number: side + 1,
      };
    });
  });
}

function lampsAlong(street: Street): Pole[] {
  const spacing = LAMP_SPACING_M[street.roadClass];
  const offset = HALF_WIDTH_M[street.roadClass] - KERB_INSET_M;
  const lamps: Pole[] = [];
  let until = spacing / 2;
  for (let index = 1; index < street.path.length; index += 1) {
    const [from, to] = [street.path[index - 1]!, street.path[index]!];
    const length = gapM(from, to);
    for (; until <= length; until += spacing) {
      const side = lamps.length % 2 === 0 ? offset : -offset;
      const [dx, dy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
      lamps.push({
        resourceType: '路灯杆',
        place: [from[0] + dx * until - dy * side, from[1] + dy * until + dx * side],
        road: street.name,
        number: lamps.length + 1,
      });
    }
    until -= length;
  }
  return lamps;
}
