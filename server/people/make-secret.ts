// What opens a door: 256 random bits for its owner, their SHA-256 for the database. No salt and no slow hash: nobody guesses
// 256 bits, and whoever reads the database learns nothing that opens anything.
import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;
/** base64url without padding. */
const FORM = /^[A-Za-z0-9_-]{43}$/;

export interface Secret {
  /** Shown or set once, never kept. */
  readonly value: string;
  readonly digest: Buffer;
}

/** `prefix` tells people and leak scanners what they found. */
export function makeSecret(prefix = ''): Secret {
  const value = prefix + randomBytes(BYTES).toString('base64url');
  return { value, digest: digestOf(value) };
}

export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The digest of a value that could be a secret of ours, or null: garbage never reaches the database. */
export function digestOfSecret(value: string, prefix = ''): Buffer | null {
  return value.startsWith(prefix) && FORM.test(value.slice(prefix.length)) ? digestOf(value) : null;
}
