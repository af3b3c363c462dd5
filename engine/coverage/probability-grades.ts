// Coverage probability in 250 grades of one byte. Grades are even steps of the angle a in p = sin²(a), so they are finest
// (0.004 %) at both ends, where nearly all bins of a finished plan lie, and 0.6 % wide in the middle. A bin counts with the
// middle of its grade: the errors have both signs, and a share over a district is right to 0.01 % (tested).
// Worth is a whole number of ten-thousandths: gains, sums and shares of the selection are exact and equal what is reported.
import { sin } from '../geo/steady-math.ts';

export const GRADES = 250;
/** The first grade at or above one half: "covered" in the binary sense (median at or above the threshold). */
export const HALF_GRADE = 125;
/** Worth of a fully covered bin. */
export const FULL_GRADE_VALUE = 10_000;

/** Worth of each grade in ten-thousandths of the bin's weight. Grade 0 is worth nothing. */
export const GRADE_VALUE: Int32Array = Int32Array.from({ length: GRADES }, (_, grade) => {
  const root = sin(((grade + 0.5) * Math.PI) / (2 * GRADES));
  return Math.round(FULL_GRADE_VALUE * root * root);
});

const PARTS = 65_536;
const GRADE_OF_PART = makeGradeOfPart();

/** The grade of a probability 0..1. One table read. */
export function gradeOf(probability: number): number {
  return GRADE_OF_PART[(probability * PARTS) | 0]!;
}

/** A grade as percent, for people: 0 for grade 0, 100 for the last. */
export function gradePercent(grade: number): number {
  return GRADE_VALUE[grade]! / 100;
}

function makeGradeOfPart(): Uint8Array {
  const table = new Uint8Array(PARTS + 1);
  let grade = 0;
  for (let part = 0; part <= PARTS; part++) {
    while (grade + 1 < GRADES && part >= lowerEdge(grade + 1)) grade++;
    table[part] = grade;
  }
  return table;
}

/** In parts; one half exactly, whatever the sine says. */
function lowerEdge(grade: number): number {
  if (grade === HALF_GRADE) return PARTS / 2;
  const root = sin((grade * Math.PI) / (2 * GRADES));
  return PARTS * root * root;
}
