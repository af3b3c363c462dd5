/** Of two whole numbers from 0; of 0 and a it is a. (Euclid, Elements VII.2) */
export function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
