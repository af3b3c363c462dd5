// Money for people: Chinese planning papers count in 万元 and 亿元, English ones in CNY with thousands and millions.
import type { Language } from './language.ts';
import { formatNumber, realMinus } from './numbers.ts';

/** Whole yuan to `3.5 万元` · `1.2 亿元` · `CNY 35,000` · `CNY 1.25 million`. Small amounts stay whole yuan. */
export function formatMoney(costCny: number | null, language: Language): string {
  if (costCny === null || !Number.isFinite(costCny)) return '—';
  const size = Math.abs(costCny);
  const text = language === 'zh-CN' ? chinese(costCny, size) : english(costCny, size);
  return realMinus(text);
}

/** The same with its sign: `+3.5 万元`, `−CNY 35,000`, `0 元`. */
export function formatMoneyDifference(differenceCny: number, language: Language): string {
  if (differenceCny === 0) return formatMoney(0, language);
  return `${differenceCny > 0 ? '+' : '−'}${formatMoney(Math.abs(differenceCny), language)}`;
}

/** 万元 without the unit, for columns whose header carries it: 35000 → `3.5`. */
export function formatWan(costCny: number, language: Language): string {
  return formatNumber(costCny / 10_000, language, 2);
}

function chinese(costCny: number, size: number): string {
  if (size >= 1e8) return `${formatNumber(costCny / 1e8, 'zh-CN', 3)} 亿元`;
  if (size >= 1e4) return `${formatNumber(costCny / 1e4, 'zh-CN', 2)} 万元`;
  return `${formatNumber(costCny, 'zh-CN', 0)} 元`;
}

function english(costCny: number, size: number): string {
  if (size >= 1e9) return `CNY ${formatNumber(costCny / 1e9, 'en', 3)} billion`;
  if (size >= 1e6) return `CNY ${formatNumber(costCny / 1e6, 'en', 3)} million`;
  return `CNY ${formatNumber(costCny, 'en', 0)}`;
}
