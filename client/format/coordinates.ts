// Positions for people. Six decimals are 0.1 m on the ground: more would pretend, less would move a pole. What some roles see is rounded to
// 0.001 degrees, a hundred metres: it is written with what it has.
import type { Language } from './language.ts';
import { realMinus } from './numbers.ts';

type Position = readonly number[];

const EXACT_DIGITS = 6;
const ROUNDED_DIGITS = 3;

/** `121.473700, 31.230400`, `121.474, 31.230` where it is rounded: longitude first, as every file of the product has it. */
export function formatPosition(position: Position): string {
  const digits = isRounded(position) ? ROUNDED_DIGITS : EXACT_DIGITS;
  return `${degrees(position[0], digits)}, ${degrees(position[1], digits)}`;
}

/** Known to a hundred metres only. */
export const isRounded = (position: Position): boolean =>
  position.every((one) => Number(one.toFixed(ROUNDED_DIGITS)) === one);

/** `东经 121.473700° 北纬 31.230400°` · `121.473700° E, 31.230400° N`. */
export function formatPositionInWords(position: Position, language: Language): string {
  const lon = position[0] ?? Number.NaN;
  const lat = position[1] ?? Number.NaN;
  const lonText = `${degrees(Math.abs(lon))}°`;
  const latText = `${degrees(Math.abs(lat))}°`;
  if (language === 'zh-CN')
    return `${lon < 0 ? '西经' : '东经'} ${lonText} ${lat < 0 ? '南纬' : '北纬'} ${latText}`;
  return `${lonText} ${lon < 0 ? 'W' : 'E'}, ${latText} ${lat < 0 ? 'S' : 'N'}`;
}

function degrees(value: number | undefined, digits = EXACT_DIGITS): string {
  return value === undefined || !Number.isFinite(value) ? '—' : realMinus(value.toFixed(digits));
}
