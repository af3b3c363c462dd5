// A new password for an account: checked against the rules and the ones before it, and hashed. Saving it, and whose sessions
// end with it, is one transaction of the caller.
import { ProductError } from '../errors.ts';
import { loadAccount, loadRememberedHashes, savePassword } from '../store/accounts.ts';
import type { Queryable } from '../store/store.ts';
import type { Passwords } from './make-passwords.ts';
import { checkPassword, weakPassword } from './password-rules.ts';

export interface ChosenPassword {
  readonly accountId: string;
  readonly password: string;
  /** True when somebody else chose it: its person has to replace it. */
  readonly mustChange: boolean;
}

/**
 * Answers with what saves it, for a transaction of the caller: hashing in one would hold it open. Throws ACCOUNT_UNKNOWN,
 * ACCOUNT_PASSWORD_WEAK, SERVICE_BUSY.
 */
export async function choosePassword(
  db: Queryable,
  passwords: Passwords,
  { accountId, password, mustChange }: ChosenPassword,
): Promise<(tx: Queryable) => Promise<void>> {
  const account = await loadAccount(db, accountId);
  if (!account) throw new ProductError('ACCOUNT_UNKNOWN', { id: accountId });
  checkPassword(password, account);
  for (const hash of await loadRememberedHashes(db, accountId)) {
    if (await passwords.verify(hash, password)) throw weakPassword('used');
  }
  const hash = await passwords.hash(password);
  return (tx) => savePassword(tx, accountId, hash, { mustChange });
}
