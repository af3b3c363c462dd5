// Figures as people read them. Expected texts are written out by hand for both languages.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPosition, formatPositionInWords } from '../../client/format/coordinates.ts';
import { formatDate, formatDateTime, formatFileStamp } from '../../client/format/dates.ts';
import { inLanguage, languageOf } from '../../client/format/language.ts';
import {
  formatArea,
  formatDistance,
  formatDuration,
  formatFileSize,
  formatHeight,
  formatLevel,
} from '../../client/format/measures.ts';
import { formatMoney, formatMoneyDifference, formatWan } from '../../client/format/money.ts';
import {
  formatCount,
  formatCountDifference,
  formatNumber,
  formatShare,
  formatSharePoints,
} from '../../client/format/numbers.ts';

test('counts are grouped by thousands and a missing number is a dash', () => {
  expect(formatCount(1_234_567, 'zh-CN')).toBe('1,234,567');
  expect(formatCount(1_234_567, 'en')).toBe('1,234,567');
  expect(formatCount(null, 'en')).toBe('—');
  expect(formatNumber(Number.NaN, 'zh-CN')).toBe('—');
});

test('figures that stand below each other keep their decimals', () => {
  expect([8, 50.46].map((value) => formatNumber(value, 'en', 1, 1))).toEqual(['8.0', '50.5']);
});

test('a number that rounds to nothing has no sign', () => {
  expect(formatNumber(-0.001, 'en')).toBe('0');
  expect(formatSharePoints(-0.0000001, 'en')).toBe('0 pp');
});

test('a share keeps its decimals', () => {
  expect(formatShare(0.95, 'zh-CN')).toBe('95.0%');
  expect(formatShare(0.95123, 'en', 2)).toBe('95.12%');
  expect(formatShare(0, 'en')).toBe('0.0%');
  expect(formatShare(1, 'en')).toBe('100.0%');
  expect(formatShare(null, 'en')).toBe('—');
});

test('nearly all is not shown as all, and a trace is not shown as nothing', () => {
  expect(formatShare(0.99996, 'zh-CN')).toBe('99.9%');
  expect(formatShare(0.00001, 'zh-CN')).toBe('<0.1%');
});

test('only a full share is shown as 100 percent', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (share) => {
      expect(formatShare(share, 'en', 1)).not.toContain('100');
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('differences carry their sign, with the minus of the digits', () => {
  expect(formatSharePoints(0.0123, 'zh-CN')).toBe('+1.23 个百分点');
  expect(formatSharePoints(-0.004, 'en')).toBe('−0.4 pp');
  expect(formatCountDifference(3, 'en')).toBe('+3');
  expect(formatCountDifference(-2, 'zh-CN')).toBe('−2');
  expect(formatCountDifference(0, 'zh-CN')).toBe('0');
});

test('Chinese money is counted in 元, 万元 and 亿元', () => {
  expect(formatMoney(0, 'zh-CN')).toBe('0 元');
  expect(formatMoney(9_999, 'zh-CN')).toBe('9,999 元');
  expect(formatMoney(35_000, 'zh-CN')).toBe('3.5 万元');
  expect(formatMoney(48_970_000, 'zh-CN')).toBe('4,897 万元');
  expect(formatMoney(123_456_789, 'zh-CN')).toBe('1.235 亿元');
  expect(formatWan(35_000, 'zh-CN')).toBe('3.5');
});

test('English money is counted in thousands, millions and billions', () => {
  expect(formatMoney(35_000, 'en')).toBe('CNY 35,000');
  expect(formatMoney(1_250_000, 'en')).toBe('CNY 1.25 million');
  expect(formatMoney(2_500_000_000, 'en')).toBe('CNY 2.5 billion');
  expect(formatMoney(null, 'en')).toBe('—');
});

test('differences of money say which way they go', () => {
  expect(formatMoneyDifference(35_000, 'zh-CN')).toBe('+3.5 万元');
  expect(formatMoneyDifference(-35_000, 'en')).toBe('−CNY 35,000');
  expect(formatMoneyDifference(0, 'zh-CN')).toBe('0 元');
});

test('units follow the size of the number', () => {
  expect(formatDistance(84.6, 'en')).toBe('85 m');
  expect(formatDistance(7.25, 'en')).toBe('7.3 m');
  expect(formatDistance(1250, 'zh-CN')).toBe('1.25 km');
  expect(formatArea(4.816, 'en')).toBe('4.82 km²');
  expect(formatArea(0.0023, 'en')).toBe('2,300 m²');
  expect(formatArea(61.27, 'zh-CN')).toBe('61.3 km²');
  expect(formatHeight(23.5, 'zh-CN')).toBe('23.5 m');
  expect(formatLevel(-105, 'en')).toBe('−105 dBm');
  expect(formatFileSize(900, 'en')).toBe('900 B');
  expect(formatFileSize(1_500_000, 'en')).toBe('1.4 MB');
});

test('a duration is said in at most two units', () => {
  expect(formatDuration(0.42, 'zh-CN')).toBe('0.4 秒');
  expect(formatDuration(60, 'en')).toBe('1 min');
  expect(formatDuration(125, 'zh-CN')).toBe('2 分 5 秒');
  expect(formatDuration(3780, 'en')).toBe('1 h 3 min');
});

test('times are shown in the reader’s order, and what is no time is a dash', () => {
  const iso = '2025-06-03T06:05:00Z';
  expect(formatDateTime(iso, 'zh-CN', 'Asia/Shanghai')).toBe('2025/06/03 14:05');
  expect(formatDateTime(iso, 'en', 'Asia/Shanghai')).toBe('3 Jun 2025, 14:05');
  expect(formatDate(iso, 'en', 'UTC')).toBe('3 Jun 2025');
  expect(formatDateTime('yesterday', 'en')).toBe('—');
  expect(formatDateTime(null, 'zh-CN')).toBe('—');
});

test('the stamp of a file name sorts by time', () => {
  expect(formatFileStamp(new Date(2025, 0, 2, 3, 4))).toBe('20250102-0304');
});

test('a position is longitude first with six decimals', () => {
  expect(formatPosition([121.4737, 31.2304])).toBe('121.473700, 31.230400');
  expect(formatPositionInWords([121.4737, 31.2304], 'zh-CN')).toBe('东经 121.473700° 北纬 31.230400°');
  expect(formatPositionInWords([-70.5, -33.25], 'en')).toBe('70.500000° W, 33.250000° S');
  // what a role sees rounded to 0.001 degrees does not pretend to be exact
  expect(formatPosition([121.2, 31.348])).toBe('121.200, 31.348');
  expect(formatPosition([121.2, 31.3481])).toBe('121.200000, 31.348100');
  expect(formatPosition([])).toBe('—, —');
});

test('any English tag is English, everything else is Chinese', () => {
  expect(languageOf('en-GB')).toBe('en');
  expect(languageOf('de')).toBe('zh-CN');
  expect(languageOf(null)).toBe('zh-CN');
  expect(inLanguage({ zh: '是', en: 'yes' }, 'en')).toBe('yes');
});
