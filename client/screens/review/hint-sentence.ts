// A hint as a sentence: its value is written as money, length, share or factor, according to the hint.
import type { TFunction } from 'i18next';
import type { Language } from '../../format/language.ts';
import { formatDistance } from '../../format/measures.ts';
import { formatMoney } from '../../format/money.ts';
import { formatNumber, formatShare } from '../../format/numbers.ts';
import type { ReviewHint } from './review-hints.ts';

export function hintSentence(hint: ReviewHint, language: Language, t: TFunction): string {
  return t(`review.hint.${hint.key}`, { value: hintValue(hint, language) });
}

function hintValue({ key, value }: ReviewHint, language: Language): string {
  if (value === null) return '';
  if (key === 'close') return formatDistance(value, language);
  if (key === 'cheaperNear') return formatMoney(value, language);
  if (key === 'spare') return formatShare(value, language, 2);
  return formatNumber(value, language, 1);
}
