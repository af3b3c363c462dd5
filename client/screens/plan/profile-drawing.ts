// A path profile laid out on paper: scales, ticks and SVG paths, apart from React so that card, enlarged view and file share them.
// Heights are stretched to the paper: the axes carry the truth.
import type { LinkProfile } from '../../../engine/index.ts';

export interface PaperSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Tick {
  readonly value: number;
  readonly px: number;
}

export interface ProfileDrawing extends PaperSize {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ground: string;
  readonly roofs: string;
  readonly ray: string;
  /** The outline of the first Fresnel zone. */
  readonly fresnel: string;
  /** The line that should stay free: 60 % of the zone below the ray. */
  readonly clear60: string;
  readonly distanceTicks: readonly Tick[];
  readonly heightTicks: readonly Tick[];
  readonly xOf: (distanceM: number) => number;
  readonly yOf: (heightM: number) => number;
}

const MARGIN = { left: 40, right: 12, top: 30, bottom: 34 };
const PX_PER_DISTANCE_TICK = 70;
const PX_PER_HEIGHT_TICK = 32;
/** Ground below the lowest place, and air above the highest, as shares of the height shown. */
const BELOW_SHARE = 0.08;
const ABOVE_SHARE = 0.12;
/** Flat ground and a low antenna must not look like a cliff. */
const LEAST_SPAN_M = 12;
const CLEAR_SHARE = 0.6;

export function drawProfile(profile: LinkProfile, { widthPx, heightPx }: PaperSize): ProfileDrawing {
  const { samples, distanceM } = profile;
  const left = MARGIN.left;
  const right = Math.max(left + 40, widthPx - MARGIN.right);
  const top = MARGIN.top;
  const bottom = Math.max(top + 40, heightPx - MARGIN.bottom);
  const { lowM, highM } = heightSpan(profile);
  const xOf = (value: number): number => left + (value / distanceM) * (right - left);
  const yOf = (value: number): number => bottom - ((value - lowM) / (highM - lowM)) * (bottom - top);
  const at = (index: number, heightM: number): string =>
    `${px(xOf(samples.distanceM[index]!))} ${px(yOf(heightM))}`;
  const along = (heightOf: (index: number) => number): string[] =>
    samples.distanceM.map((_, index) => at(index, heightOf(index)));
  const upper = along((index) => samples.rayM[index]! + samples.fresnelM[index]!);
  const lower = along((index) => samples.rayM[index]! - samples.fresnelM[index]!);
  return {
    widthPx,
    heightPx,
    left,
    right,
    top,
    bottom,
    ground: `M${px(left)} ${px(bottom)} L${along((index) => samples.groundM[index]!).join(' L')} L${px(right)} ${px(bottom)} Z`,
    roofs: roofPath(profile, xOf, yOf),
    ray: `M${along((index) => samples.rayM[index]!).join(' L')}`,
    fresnel: `M${upper.join(' L')} L${lower.reverse().join(' L')} Z`,
    clear60: `M${along((index) => samples.rayM[index]! - CLEAR_SHARE * samples.fresnelM[index]!).join(' L')}`,
    distanceTicks: ticksOf(0, distanceM, (right - left) / PX_PER_DISTANCE_TICK, xOf),
    heightTicks: ticksOf(lowM, highM, (bottom - top) / PX_PER_HEIGHT_TICK, yOf),
    xOf,
    yOf,
  };
}

/** The sample nearest to a place on the paper. */
export function sampleAt(drawing: ProfileDrawing, profile: LinkProfile, xPx: number): number {
  const last = profile.samples.distanceM.length - 1;
  const part = (xPx - drawing.left) / (drawing.right - drawing.left);
  return Math.round(Math.min(1, Math.max(0, part)) * last);
}

/** Round values from the first at or above `from` to the last at or below `to`, about `count` of them. */
export function roundValues(from: number, to: number, count: number): number[] {
  const rough = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= rough * 0.999) ?? power;
  const values: number[] = [];
  for (let index = Math.ceil(from / step); index * step <= to; index++) {
    // Plus 0, because a rounded-up negative is -0.
    values.push(index * step + 0);
  }
  return values;
}

function ticksOf(from: number, to: number, count: number, place: (value: number) => number): Tick[] {
  return roundValues(from, to, count).map((value) => ({ value, px: place(value) }));
}

function heightSpan({ samples }: LinkProfile): { lowM: number; highM: number } {
  let low = Infinity;
  let high = -Infinity;
  samples.groundM.forEach((groundM, index) => {
    low = Math.min(low, groundM);
    high = Math.max(high, samples.topM[index]!, samples.rayM[index]! + samples.fresnelM[index]!);
  });
  const span = Math.max(LEAST_SPAN_M, high - low);
  return { lowM: low - BELOW_SHARE * span, highM: low + span * (1 + ABOVE_SHARE) };
}

/** One closed shape per run of roofs, each sample as wide as the way half to its neighbours. */
function roofPath(
  { samples, distanceM }: LinkProfile,
  xOf: (distanceM: number) => number,
  yOf: (heightM: number) => number,
): string {
  const last = samples.distanceM.length - 1;
  const halfM = distanceM / last / 2;
  const parts: string[] = [];
  for (let index = 0; index <= last; index++) {
    if (!samples.isRoof[index]) continue;
    const middleM = samples.distanceM[index]!;
    if (index === 0 || !samples.isRoof[index - 1]) {
      parts.push(`M${px(xOf(Math.max(0, middleM - halfM)))} ${px(yOf(samples.groundM[index]!))}`);
    }
    parts.push(`V${px(yOf(samples.topM[index]!))} H${px(xOf(Math.min(distanceM, middleM + halfM)))}`);
    if (index === last || !samples.isRoof[index + 1]) parts.push(`V${px(yOf(samples.groundM[index]!))} Z`);
  }
  return parts.join(' ');
}

function px(value: number): string {
  return value.toFixed(1);
}
