// A territory in one line: everywhere, the names of a few places, or the first ones and how many there are.
import type { MeJson } from '../../../server/contract/people.ts';

export interface TerritoryWords {
  readonly everywhere: string;
  readonly none: string;
  readonly separator: string;
  nameOf(code: string): string;
  more(names: string, count: number): string;
}

const SHOWN = 3;

export function territoryText(
  { everywhere, districtCodes, townCodes }: MeJson['territory'],
  words: TerritoryWords,
): string {
  if (everywhere) return words.everywhere;
  const codes = [...districtCodes, ...townCodes];
  if (codes.length === 0) return words.none;
  const names = codes.slice(0, SHOWN).map(words.nameOf).join(words.separator);
  return codes.length > SHOWN ? words.more(names, codes.length) : names;
}
