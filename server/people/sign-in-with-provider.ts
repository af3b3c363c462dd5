// From the person a provider vouches for to an account: by the subject it is bound to, else, once, by the login when an
// administrator allowed that. Nobody gets an account by being known to the provider.
import { ProductError } from '../errors.ts';
import { findAccountBySubject, linkSubject } from '../store/accounts.ts';
import type { ActingAccount } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { normaliseLogin } from './normalise-login.ts';
import type { OidcPerson } from './oidc-client.ts';

/** Throws SESSION_OIDC_UNKNOWN, SESSION_ACCOUNT_DISABLED. */
export async function signInWithProvider(store: Store, person: OidcPerson): Promise<ActingAccount> {
  const found = (await findAccountBySubject(store, person.subject)) ?? (await linkAccount(store, person));
  if (!found) throw new ProductError('SESSION_OIDC_UNKNOWN');
  if (found.disabled) throw new ProductError('SESSION_ACCOUNT_DISABLED');
  return found.account;
}

async function linkAccount(store: Store, person: OidcPerson) {
  const username = await person.username();
  if (username === null || !(await linkSubject(store, normaliseLogin(username), person.subject))) return null;
  return findAccountBySubject(store, person.subject);
}
