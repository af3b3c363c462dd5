// One spelling per login: NFKC, small letters, no blanks around. Letters a-z and Han only, because a Cyrillic а that looks like
// a Latin one would be another account with the same face.

const FORM = /^[a-z0-9\p{Script=Han}][a-z0-9\p{Script=Han}._@-]{1,63}$/u;
/** Longer texts are no login; they are cut so that nobody makes us keep or hash a novel. */
const LONGEST = 200;

/** For looking up: any text, in the one spelling. */
export const normaliseLogin = (typed: string): string =>
  typed.slice(0, LONGEST).normalize('NFKC').toLowerCase().trim();

/** True for what an account may be called; takes a normalised login. */
export const isLogin = (login: string): boolean => FORM.test(login);
