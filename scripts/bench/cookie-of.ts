// Somebody to measure requests with: an account that sees everything, and a session of it.
import { randomUUID } from 'node:crypto';
import { makeSecret } from '../../server/people/make-secret.ts';
import type { Role } from '../../server/permission/permission-table.ts';
import { type NewAccount, saveAccount } from '../../server/store/accounts.ts';
import { saveSession } from '../../server/store/sessions.ts';
import type { Store } from '../../server/store/store.ts';

/** The cookie of a new account without a password. */
export async function cookieOf(
  store: Store,
  role: Role = 'planner',
  changes: Partial<Pick<NewAccount, 'organisation' | 'territory'>> = {},
): Promise<string> {
  const accountId = randomUUID();
  await saveAccount(store, {
    id: accountId,
    login: `${role}-${accountId.slice(0, 8)}`,
    name: `${role}`,
    role,
    organisation: 'zhanzhi',
    territory: { everywhere: true, districtCodes: [], townCodes: [] },
    passwordHash: null,
    mustChangePassword: false,
    oidcLinkAllowed: false,
    isDemo: false,
    ...changes,
  });
  const { value, digest } = makeSecret();
  await saveSession(store, { id: randomUUID(), digest, accountId, address: '127.0.0.1', agent: 'test' });
  return `zhanzhi_session=${value}`;
}
