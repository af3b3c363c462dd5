// To which of many accounts something may be done: never to one's own, never so that no administrator is left, and not where it is so
// already, and not where somebody else changed the account since it was looked at. The preview and the act ask the same.
import type { AccountAct } from '../contract/people.ts';
import type { ErrorCode } from '../errors.ts';
import type { ActableAccount } from '../store/accounts-at-once.ts';

export interface Judged {
  /** In the order they were found. */
  readonly allowed: readonly ActableAccount[];
  readonly refused: readonly { readonly account: ActableAccount; readonly code: ErrorCode }[];
}

/** `seen`: versions they were looked at in. `otherAdministrators`: active ones that are not among the found. */
export function judgeAccounts(
  act: AccountAct,
  found: readonly ActableAccount[],
  seen: ReadonlyMap<string, number>,
  me: string,
  otherAdministrators: number,
): Judged {
  const allowed: ActableAccount[] = [];
  const refused: { account: ActableAccount; code: ErrorCode }[] = [];
  const isActiveAdmin = ({ role, isDisabled }: ActableAccount) => role === 'admin' && !isDisabled;
  let staying = otherAdministrators + found.filter(isActiveAdmin).length;
  for (const account of found) {
    const leaves = act === 'disable' && isActiveAdmin(account);
    const code =
      account.id === me
        ? 'ACCOUNT_OWN'
        : account.version !== seen.get(account.id)
          ? 'ACCOUNT_STALE'
          : isSoAlready(act, account)
            ? 'ACCOUNT_UNCHANGED'
            : leaves && staying === 1
              ? 'ACCOUNT_LAST_ADMIN'
              : null;
    if (code !== null) refused.push({ account, code });
    else {
      allowed.push(account);
      if (leaves) staying -= 1;
    }
  }
  return { allowed, refused };
}

function isSoAlready(act: AccountAct, { isDisabled, isLocked, sessions, tokens }: ActableAccount): boolean {
  switch (act) {
    case 'disable':
      return isDisabled;
    case 'enable':
      return !isDisabled;
    case 'sign-out':
      return sessions === 0 && tokens === 0;
    case 'unlock':
      return !isLocked;
  }
}
