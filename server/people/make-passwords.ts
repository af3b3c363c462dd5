// Password hashes: argon2id with 19 MiB, two passes (OWASP's first choice for it), in a queue of their own, so that guessing
// can neither eat the processor nor the memory. A missing hash costs the same work as a wrong password.
import { createHash, randomBytes } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** Lets a few callers through at a time and throws when too many wait. */
type Queue = <T>(work: () => Promise<T>) => Promise<T>;

export const PASSWORDS_AT_ONCE = 2;
export const PASSWORDS_WAITING = 40;

/** Argon2id; the package declares a const enum, which does not erase. */
const ARGON2ID = 2 as Algorithm.Argon2id;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Passwords {
  /** PHC text. Throws what the queue throws when it is full. */
  hash(password: string): Promise<string>;
  /** False for a wrong password and, after the same work, for no hash at all. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
  /** The same for the same password and salt: tells a call sent again from another one, and is as slow to guess as a hash. */
  digest(password: string, salt: string): Promise<string>;
}

export function makePasswords(queue: Queue): Passwords {
  let nobodys: Promise<string> | null = null;
  return {
    hash: (password) => queue(() => hash(spelt(password), COST)),
    verify: async (passwordHash, password) => {
      nobodys ??= hash(randomBytes(32), COST);
      const known = passwordHash ?? (await nobodys);
      const right = await queue(() => verify(known, spelt(password)));
      return right && passwordHash !== null;
    },
    digest: (password, salt) => {
      const bytes = createHash('sha256').update(salt).digest();
      return queue(() => hash(spelt(password), { ...COST, salt: bytes }));
    },
  };
}

/** The same characters from any keyboard (NIST SP 800-63B, 3.1.1.2). */
const spelt = (password: string): string => password.normalize('NFKC');
