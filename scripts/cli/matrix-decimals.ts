// Decimal numbers of a table as whole numbers of one unit: all values times the same power of ten, exactly, so that sums are exact and
// the order of the rows changes nothing. Numbers with more digits than fit are rounded to the finest unit that does, and it is said.

export interface DecimalColumn {
  readonly value: Float64Array;
  /** Digits behind the point, without zeros at the end. */
  readonly digits: Uint8Array;
}

export interface ScaledColumn {
  readonly whole: Float64Array;
  /** Digits behind the point that were kept: one unit is `10 ** -digits`. */
  readonly digits: number;
  readonly isRounded: boolean;
}

const PLAIN = /^\+?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** `null` for what is no number, or a negative one. Digits may be negative: 1e3 has -3. */
export function readDecimal(text: string): { value: number; digits: number } | null {
  const parts = PLAIN.exec(text);
  if (!parts) return null;
  const [, whole = '', behind = '', exponent = '0'] = parts;
  if (whole === '' && behind === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  const digits = behind.replace(/0+$/, '').length - Number(exponent);
  return { value, digits: value === 0 ? 0 : Math.max(0, digits) };
}

/** `null` when even whole units pass `most` for one value, or `mostSum` together. */
export function scaleDecimals(
  { value, digits }: DecimalColumn,
  most: number,
  mostSum: number,
): ScaledColumn | null {
  let largest = 0;
  let sum = 0;
  let wanted = 0;
  for (let index = 0; index < value.length; index++) {
    largest = Math.max(largest, value[index]!);
    sum += value[index]!;
    wanted = Math.max(wanted, digits[index]!);
  }
  let kept = wanted;
  while (kept >= 0 && (largest * 10 ** kept > most || sum * 10 ** kept > mostSum)) kept -= 1;
  if (kept < 0) return null;
  return {
    whole: value.map((number) => Math.round(number * 10 ** kept)),
    digits: kept,
    isRounded: kept < wanted,
  };
}

/** The least whole number of units that is `share` (a decimal as text) of `total` or more, without rounding on the way. */
export function shareOfWhole(share: string, total: number): number {
  const [whole = '', behind = ''] = share.split('.');
  const scale = 10n ** BigInt(behind.length);
  const product = BigInt(`${whole}${behind}`) * BigInt(total);
  return Number((product + scale - 1n) / scale);
}
