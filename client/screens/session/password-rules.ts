// The rules for a new password as far as a page can see them; that it is none of the last five only the service knows.
// The service checks all of them again (server/people/password-rules.ts; a test keeps both equal).

export const passwordRules = ['short', 'classes', 'named'] as const;
export type PasswordRule = (typeof passwordRules)[number];

const SHORTEST = 10;
const CLASSES: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];
const CLASSES_NEEDED = 3;
/** A shorter login or name may well be part of an honest password. */
const TELLING_LENGTH = 3;

/** The rules a password breaks, in the order they are shown. */
export function brokenPasswordRules(
  password: string,
  person: { readonly login: string; readonly name: string },
): PasswordRule[] {
  const broken: PasswordRule[] = [];
  if ([...password].length < SHORTEST) broken.push('short');
  if (CLASSES.filter((one) => one.test(password)).length < CLASSES_NEEDED) broken.push('classes');
  const plain = plainOf(password);
  const isNamed = [person.login, person.name]
    .map(plainOf)
    .some((text) => text.length >= TELLING_LENGTH && plain.includes(text));
  if (isNamed || password === '') broken.push('named');
  return broken;
}

const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
