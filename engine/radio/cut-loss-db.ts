// One cut of a measured antenna, read at any angle.
import { CUT_SAMPLES, SAMPLES_PER_DEGREE } from '../model/antenna-pattern.ts';

/** Loss of a cut in dB at any angle, linear between its samples. */
export function cutLossDb(cut: Float32Array, angleDeg: number): number {
  const turned = angleDeg % 360;
  const at = (turned < 0 ? turned + 360 : turned) * SAMPLES_PER_DEGREE;
  const before = Math.floor(at);
  const from = cut[before % CUT_SAMPLES]!;
  return from + (at - before) * (cut[(before + 1) % CUT_SAMPLES]! - from);
}
