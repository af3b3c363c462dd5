// Counts, shares and plain numbers as people of either language read them. Formatters are kept: making one costs
// about 50 µs, and a table asks for thousands.
import type { Language } from './language.ts';

const kept = new Map<string, Intl.NumberFormat>();

/** `12 345` grouped the way the language groups. An em dash when there is no number. */
export function formatCount(value: number | null, language: Language): string {
  return formatNumber(value, language, 0);
}

/** A number with at most `digits` decimals, and at least `leastDigits` where figures stand below each other. */
export function formatNumber(value: number | null, language: Language, digits = 1, leastDigits = 0): string {
  if (value === null || !Number.isFinite(value)) return '—';
  return formatter(language, {
    minimumFractionDigits: leastDigits,
    maximumFractionDigits: digits,
  }).format(withoutNegativeZero(value, digits));
}

/** A share 0..1 as percent with fixed decimals: `95.0%`. Never rounds 0.99996 up to a full 100 %, nor a trace to 0. */
export function formatShare(share: number | null, language: Language, digits = 1): string {
  if (share === null || !Number.isFinite(share)) return '—';
  const step = 10 ** -(digits + 2);
  const format = formatter(language, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  if (share > 0 && share < step / 2) return `<${format.format(step)}`;
  if (share < 1 && share > 1 - step / 2) return format.format(1 - step);
  return format.format(withoutNegativeZero(share, digits + 2));
}

/** Difference of two shares in percentage points, always with its sign: `+1.2 个百分点`, `−0.4 pp`. */
export function formatSharePoints(difference: number, language: Language, digits = 2): string {
  const points = withoutNegativeZero(difference * 100, digits);
  const text = formatter(language, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(
    points,
  );
  return `${realMinus(text)}${language === 'zh-CN' ? ' 个百分点' : ' pp'}`;
}

/** A whole difference with its sign: `+3`, `−2`, `0`. */
export function formatCountDifference(difference: number, language: Language): string {
  return realMinus(
    formatter(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(difference),
  );
}

/** The hyphen that keyboards have, replaced by the minus that lines up with digits. */
export function realMinus(text: string): string {
  return text.replace('-', '−');
}

function withoutNegativeZero(value: number, digits: number): number {
  return Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
}

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}${JSON.stringify(options)}`;
  let format = kept.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, options);
    kept.set(key, format);
  }
  return format;
}
