// After somebody proved who they are: a new session with a new cookie; whatever session the browser had before ends.
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProductError } from '../errors.ts';
import { makeSecret } from '../people/make-secret.ts';
import { type SignedIn, signedInAs } from '../people/signed-in.ts';
import type { Services } from '../plugins/app-types.ts';
import { setSessionCookie } from '../plugins/session-cookie.ts';
import { contextOf } from '../plugins/sign-in.ts';
import { actAs, recordDoor } from '../store/acting.ts';
import { type ActingAccount, endSession, findSession, saveSession } from '../store/sessions.ts';

const LONGEST_AGENT = 300;

/** Throws SESSION_NEEDED when the account was disabled in between. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, config }: Pick<Services, 'store' | 'config'>,
  account: Pick<ActingAccount, 'id' | 'name' | 'role'>,
  by: 'password' | 'provider' | 'setup code',
): Promise<SignedIn> {
  const { value, digest } = makeSecret();
  const id = randomUUID();
  const agent = (request.headers['user-agent'] ?? '').slice(0, LONGEST_AGENT);
  const before = request.signedIn;
  const accountId = account.id;
  const principal = { accountId, name: account.name, role: account.role, tokenScope: null };
  await actAs(store, principal, contextOf(request), null, async (tx) => {
    if (before?.sessionId) await endSession(tx, before.principal.accountId, before.sessionId);
    await saveSession(tx, { id, digest, accountId, address: request.ip, agent });
    await recordDoor(tx, { action: 'sign-in', accountId, after: { by } });
  });
  const found = await findSession(store, digest);
  if (!found) throw new ProductError('SESSION_NEEDED');
  setSessionCookie(reply, config, value);
  return signedInAs(found.account, { expiresAt: found.expiresAt, sessionId: id, tokenScope: null });
}
