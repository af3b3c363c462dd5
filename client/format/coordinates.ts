// Positions for people. Six decimals are 0.1 m on the ground: more would pretend, less would move a pole.
import type { Language } from './language.ts';
import { realMinus } from './numbers.ts';

type Position = readonly number[];

/** `121.473700, 31.230400`: longitude first, as every file of the product has it. */
export function formatPosition(position: Position): string {
  return `${degrees(position[0])}, ${degrees(position[1])}`;
}

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

function degrees(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? '—' : realMinus(value.toFixed(6));
}
