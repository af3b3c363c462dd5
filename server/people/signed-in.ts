// Somebody who is signed in: the principal the rules look at, and what only the doors need to know.
import type { Permission } from '../permission/permission-table.ts';
import type { Principal } from '../permission/principal.ts';
import type { ActingAccount } from '../store/sessions.ts';

export interface SignedIn {
  readonly principal: Principal;
  readonly login: string;
  readonly mustChangePassword: boolean;
  /** ISO time after which session or token end whatever happens. */
  readonly expiresAt: string;
  /** Of the cookie's session; null: a token. */
  readonly sessionId: string | null;
}

export interface Door {
  readonly expiresAt: string;
  readonly sessionId: string | null;
  readonly tokenScope: readonly Permission[] | null;
}

export function signedInAs(account: ActingAccount, { expiresAt, sessionId, tokenScope }: Door): SignedIn {
  const { id, login, name, role, organisation, everywhere, districtCodes, townCodes } = account;
  const territory = { everywhere, districtCodes, townCodes };
  return {
    principal: { accountId: id, name, role, organisation, territory, tokenScope },
    login,
    mustChangePassword: account.mustChangePassword,
    expiresAt,
    sessionId,
  };
}
