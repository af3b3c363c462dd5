// What a password has to be (reliability 4.5): ten characters, three classes, neither login nor name. That it is none of the
// last five needs the hashes and is asked in choose-password.ts.
import { ProductError, type Sentence } from '../errors.ts';

export const SHORTEST_PASSWORD = 10;
/** Argon2 would take more; nobody types more. */
export const LONGEST_PASSWORD = 200;

const CLASSES: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];
const CLASSES_NEEDED = 3;
/** A shorter name (two Han characters) may well be part of an honest password, unless it is all of it. */
const TELLING_LENGTH = 3;

const weak = {
  short: { zh: `少于 ${SHORTEST_PASSWORD} 个字符`, en: `shorter than ${SHORTEST_PASSWORD} characters` },
  long: { zh: `多于 ${LONGEST_PASSWORD} 个字符`, en: `longer than ${LONGEST_PASSWORD} characters` },
  classes: {
    zh: '大写、小写、数字、其他字符不足三类',
    en: 'fewer than three of capitals, small letters, digits and others',
  },
  named: { zh: '含有账号或姓名', en: 'it holds the login or the name' },
  used: { zh: '与最近 5 次用过的口令相同', en: 'it is one of the last five' },
} as const satisfies Record<string, Sentence>;

export const weakPassword = (reason: keyof typeof weak): ProductError =>
  new ProductError('ACCOUNT_PASSWORD_WEAK', { reason: weak[reason] });

/** Throws ACCOUNT_PASSWORD_WEAK with the first rule that is broken. */
export function checkPassword(
  password: string,
  person: { readonly login: string; readonly name: string },
): void {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) throw weakPassword('short');
  if (length > LONGEST_PASSWORD) throw weakPassword('long');
  if (CLASSES.filter((each) => each.test(password)).length < CLASSES_NEEDED) throw weakPassword('classes');
  const plain = plainOf(password);
  const named = [person.login, person.name]
    .map(plainOf)
    .some((text) => text.length >= TELLING_LENGTH && plain.includes(text));
  if (named) throw weakPassword('named');
}

const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
