// One cut of an antenna file as a full turn in tenths of a degree, linear in dB between the angles the file lists. Angles may
// be fractional, in any order, fewer than 360, or hold both 0 and 360; the circle closes over them.
import { atan2, cos, sin } from '../geo/steady-math.ts';
import { type AntennaWarning, CUT_SAMPLES, SAMPLES_PER_DEGREE } from '../model/antenna-pattern.ts';
import { PlanningError } from '../model/planning-error.ts';

export type CutKeyword = 'HORIZONTAL' | 'VERTICAL';

export interface CutLines {
  /** The number of lines the file announces; null when it announces none. */
  readonly expected: number | null;
  readonly rows: { readonly angleDeg: number; readonly lossDb: number; readonly line: number }[];
  lastLine: number;
}

/**
 * Losses at 0.0, 0.1 … 359.9 degrees. Adds to the warnings. Throws COVERAGE_ANTENNA_CUT_SHORT for a table that is missing,
 * holds fewer lines than it announces, or announces none and leaves a hole in the circle.
 */
export function makeAntennaCut(
  keyword: CutKeyword,
  cut: CutLines | undefined,
  lineCount: number,
  warnings: AntennaWarning[],
): Float32Array {
  const found = cut?.rows.length ?? 0;
  const expected = Math.max(cut?.expected ?? 360, 2);
  const short = (): PlanningError =>
    new PlanningError('COVERAGE_ANTENNA_CUT_SHORT', {
      keyword,
      expected,
      found,
      line: cut?.lastLine ?? lineCount,
    });
  if (!cut || found < (cut.expected ?? 2) || found < 2) throw short();
  const points = sortedPoints(keyword, cut, warnings);
  const gapDeg = widestGapDeg(points);
  // Without an announced count, only a hole in the circle tells a table that was cut off.
  if (gapDeg > WIDEST_GAP_DEG && cut.expected === null) throw short();
  if (gapDeg > WIDEST_GAP_DEG) {
    warnings.push({ code: 'COVERAGE_ANTENNA_ANGLE_GAP', found: { keyword, gapDeg: Math.round(gapDeg) } });
  }
  return resample(points);
}

interface CutPoint {
  readonly angleDeg: number;
  readonly lossDb: number;
}

/** Rising angles within one turn, each once, losses positive. */
function sortedPoints(keyword: CutKeyword, cut: CutLines, warnings: AntennaWarning[]): CutPoint[] {
  const gains = cut.rows.reduce((sum, { lossDb }) => sum + lossDb, 0) < 0;
  if (gains) warnings.push({ code: 'COVERAGE_ANTENNA_NEGATIVE', found: { keyword } });
  const byAngle = new Map<number, number>();
  let above = 0;
  let toldRepeat = false;
  for (const row of cut.rows) {
    const angleDeg = ((row.angleDeg % 360) + 360) % 360;
    const lossDb = gains ? -row.lossDb : row.lossDb;
    if (lossDb < 0) above++;
    const known = byAngle.get(angleDeg);
    if (known === undefined) {
      byAngle.set(angleDeg, Math.max(0, lossDb));
    } else if (known !== Math.max(0, lossDb) && !toldRepeat) {
      // the first one is enough to find the place; a file may repeat them by the thousand
      toldRepeat = true;
      warnings.push({
        code: 'COVERAGE_ANTENNA_ANGLE_REPEATED',
        found: { keyword, angleDeg, line: row.line },
      });
    }
  }
  if (above > 0) warnings.push({ code: 'COVERAGE_ANTENNA_ABOVE_PEAK', found: { keyword, count: above } });
  return [...byAngle]
    .map(([angleDeg, lossDb]) => ({ angleDeg, lossDb }))
    .sort((a, b) => a.angleDeg - b.angleDeg);
}

function widestGapDeg(points: readonly CutPoint[]): number {
  return points.reduce((widest, { angleDeg }, i) => {
    const next = points[i + 1]?.angleDeg ?? points[0]!.angleDeg + 360;
    return Math.max(widest, next - angleDeg);
  }, 0);
}

function resample(points: readonly CutPoint[]): Float32Array {
  const losses = new Float32Array(CUT_SAMPLES);
  const first = points[0]!;
  const last = points.at(-1)!;
  // The last point comes once more before the first and the first once more after the last.
  const turn = [
    { ...last, angleDeg: last.angleDeg - 360 },
    ...points,
    { ...first, angleDeg: first.angleDeg + 360 },
  ];
  let at = 0;
  for (let sample = 0; sample < CUT_SAMPLES; sample++) {
    const angleDeg = sample / SAMPLES_PER_DEGREE;
    while (turn[at + 1]!.angleDeg <= angleDeg) at++;
    const before = turn[at]!;
    const after = turn[at + 1]!;
    const share = (angleDeg - before.angleDeg) / (after.angleDeg - before.angleDeg);
    losses[sample] = before.lossDb + share * (after.lossDb - before.lossDb);
  }
  return losses;
}

/** The middle of the directions with the least loss, 0..360; zero for a cut that favours none. */
export function peakAngleDeg(cut: Float32Array): number {
  const least = cut.reduce((a, b) => Math.min(a, b));
  let east = 0;
  let north = 0;
  for (const [sample, lossDb] of cut.entries()) {
    if (lossDb > least + 1e-6) continue;
    const angle = ((sample / SAMPLES_PER_DEGREE) * Math.PI) / 180;
    east += sin(angle);
    north += cos(angle);
  }
  if (Math.abs(east) + Math.abs(north) < 1e-6) return 0;
  const angleDeg = (atan2(east, north) * 180) / Math.PI;
  return angleDeg < 0 ? angleDeg + 360 : angleDeg;
}

/** The cut with up and down changed. */
export function turnedOver(cut: Float32Array): Float32Array {
  return cut.map((_, sample) => cut[(CUT_SAMPLES - sample) % CUT_SAMPLES]!);
}

const WIDEST_GAP_DEG = 30;
