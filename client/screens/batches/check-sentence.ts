// What a check found, as a sentence with its values. The checks and the facts they give are in engine/review/row-checks.ts.
import type { RowCheckJson } from '../../../server/contract/batches.ts';
import { formatNumber } from '../../format/numbers.ts';
import type { BatchWords } from './use-batch-words.ts';

export function checkSentence(
  { id, because, facts }: Pick<RowCheckJson, 'id' | 'because' | 'facts'>,
  words: BatchWords,
): string {
  const values = Object.entries(facts).map(([key, value]) => [key, factText(key, value, words)] as const);
  const options: Record<string, string> = Object.fromEntries(values);
  return words.t(`batches.because.${id}.${because}`, { ...options, defaultValue: because });
}

type Fact = RowCheckJson['facts'][string];

function factText(key: string, value: Fact, words: BatchWords): string {
  if (value === null) return words.t('batches.because.unknown');
  if (typeof value === 'number') return formatNumber(value, words.language, 1);
  if (key === 'state') return words.value('resourceState', value);
  if (key === 'flags') return words.value('constraintFlags', value);
  if (key === 'foundDistrictCode') return words.place(String(value));
  return Array.isArray(value) ? words.list(value) : value;
}
