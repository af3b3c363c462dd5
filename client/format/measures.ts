// Lengths, areas, levels, durations and file sizes with their units; the unit follows the size of the number.
import type { LayerUnit } from '../../engine/index.ts';
import type { Language } from './language.ts';
import { formatNumber, realMinus } from './numbers.ts';

/** `85 m`, `1.25 km`. */
export function formatDistance(distanceM: number | null, language: Language): string {
  if (distanceM === null || !Number.isFinite(distanceM)) return '—';
  if (Math.abs(distanceM) >= 1000) return `${formatNumber(distanceM / 1000, language, 2)} km`;
  return `${formatNumber(distanceM, language, Math.abs(distanceM) < 10 ? 1 : 0)} m`;
}

/** `K1+250`: kilometres and metres along a line, the same in both languages. */
export function formatChainage(alongM: number): string {
  const metres = Math.round(alongM);
  return `K${Math.floor(metres / 1000)}+${String(metres % 1000).padStart(3, '0')}`;
}

/** Heights keep a decimal, as lists of sites do: `23.5 m`. */
export function formatHeight(heightM: number | null, language: Language): string {
  return heightM === null || !Number.isFinite(heightM) ? '—' : `${formatNumber(heightM, language, 1)} m`;
}

/** `6°`, `2.5°`. */
export function formatDegrees(angleDeg: number, language: Language): string {
  return `${realMinus(formatNumber(angleDeg, language, 1))}°`;
}

/** `0/120/240°`, as lists of sites write them. */
export function formatAzimuths(azimuthsDeg: readonly number[]): string {
  return `${azimuthsDeg.join('/')}°`;
}

/** `4.82 km²`; below a tenth of a square kilometre in square metres. */
export function formatArea(areaKm2: number | null, language: Language): string {
  if (areaKm2 === null || !Number.isFinite(areaKm2)) return '—';
  if (areaKm2 < 0.1) return `${formatNumber(areaKm2 * 1e6, language, 0)} m²`;
  return `${formatNumber(areaKm2, language, areaKm2 < 10 ? 2 : 1)} km²`;
}

/** `−105 dBm`; one decimal when it has one. */
export function formatLevel(levelDbm: number | null, language: Language): string {
  return levelDbm === null || !Number.isFinite(levelDbm)
    ? '—'
    : `${realMinus(formatNumber(levelDbm, language, 1))} dBm`;
}

/** A value of a coverage layer: `−3 dB`, `220 Mbps`, `95%`, `2 站`. */
export function formatInUnit(value: number, unit: LayerUnit, language: Language): string {
  const number = realMinus(formatNumber(value, language, 1));
  if (unit === '%') return `${number}%`;
  if (unit !== 'sites') return `${number} ${unit}`;
  return language === 'zh-CN' ? `${number} 站` : `${number} ${value === 1 ? 'site' : 'sites'}`;
}

/** `0.4 秒`, `2 分 5 秒`, `1 h 3 min`. */
export function formatDuration(seconds: number | null, language: Language): string {
  if (seconds === null || !Number.isFinite(seconds)) return '—';
  const zh = language === 'zh-CN';
  if (seconds < 60) return `${formatNumber(seconds, language, seconds < 10 ? 1 : 0)} ${zh ? '秒' : 's'}`;
  const whole = Math.round(seconds);
  if (whole < 3600) return pair(Math.floor(whole / 60), zh ? '分' : 'min', whole % 60, zh ? '秒' : 's');
  return pair(
    Math.floor(whole / 3600),
    zh ? '小时' : 'h',
    Math.round((whole % 3600) / 60),
    zh ? '分' : 'min',
  );
}

/** Binary file sizes with the letters people know: `1.4 MB`. */
export function formatFileSize(bytes: number, language: Language): string {
  if (bytes < 1024) return `${formatNumber(bytes, language, 0)} B`;
  if (bytes < 1024 ** 2) return `${formatNumber(bytes / 1024, language, 1)} kB`;
  if (bytes < 1024 ** 3) return `${formatNumber(bytes / 1024 ** 2, language, 1)} MB`;
  return `${formatNumber(bytes / 1024 ** 3, language, 2)} GB`;
}

function pair(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}
