// Name and password to an account. Wrong password, unknown name and an account without a password answer the same bytes after
// the same work; what is told beyond that (disabled, demonstration) is told to those who knew the password.
import { ProductError } from '../errors.ts';
import type { ActContext } from '../permission/principal.ts';
import { findAccountByLogin } from '../store/accounts.ts';
import { recordRefusedSignIn } from '../store/acting.ts';
import type { ActingAccount } from '../store/sessions.ts';
import { beginAttempt, forgiveAttempts, withdrawAttempt } from '../store/sign-in-attempts.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './make-passwords.ts';
import { digestOf } from './make-secret.ts';
import { normaliseLogin } from './normalise-login.ts';

export interface TypedPassword {
  readonly login: string;
  readonly password: string;
}

/** Key under which failures of a login are counted. */
export const attemptKeyOf = (login: string): Buffer => digestOf(`login:${normaliseLogin(login)}`);

/** The account when the password is its own, else null. Throws SESSION_LOCKED, SESSION_ADDRESS_LOCKED, SERVICE_BUSY. */
export async function knowsPassword(
  store: Store,
  passwords: Passwords,
  { login, password }: TypedPassword,
  context: ActContext,
): Promise<{ readonly account: ActingAccount; readonly disabled: boolean } | null> {
  const keys = { login: attemptKeyOf(login), address: digestOf(`address:${context.address}`) };
  const verdict = await beginAttempt(store, keys);
  if (verdict !== 'free')
    throw new ProductError(verdict === 'login' ? 'SESSION_LOCKED' : 'SESSION_ADDRESS_LOCKED');
  const found = await findAccountByLogin(store, normaliseLogin(login));
  const right = await passwords
    .verify(found?.passwordHash ?? null, password)
    .catch(async (error: unknown) => {
      await withdrawAttempt(store, keys);
      throw error;
    });
  if (!right || !found) {
    await recordRefusedSignIn(store, found?.account.id ?? null, context);
    return null;
  }
  await forgiveAttempts(store, keys);
  return found;
}

/** Throws SESSION_REFUSED, SESSION_ACCOUNT_DISABLED, SESSION_DEMO_REFUSED and what knowsPassword throws. */
export async function signInWithPassword(
  store: Store,
  passwords: Passwords,
  typed: TypedPassword,
  context: ActContext,
  { allowDemo }: { readonly allowDemo: boolean },
): Promise<ActingAccount> {
  const found = await knowsPassword(store, passwords, typed, context);
  if (!found) throw new ProductError('SESSION_REFUSED');
  if (found.disabled) throw new ProductError('SESSION_ACCOUNT_DISABLED');
  if (found.account.isDemo && !allowDemo) throw new ProductError('SESSION_DEMO_REFUSED');
  return found.account;
}
