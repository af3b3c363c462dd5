// Who asks: a cookie or a bearer token becomes `request.principal` with one statement, asked anew for every request, so that
// signing out, disabling an account or taking a token back holds for the very next one. Nothing is asked without either.
import cookie from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import { digestOfSecret } from '../people/make-secret.ts';
import { type SignedIn, signedInAs } from '../people/signed-in.ts';
import { type Permission, permissionWords } from '../permission/permission-table.ts';
import type { ActContext, Principal } from '../permission/principal.ts';
import { scopedStore } from '../store/scoped-store.ts';
import { type ActingAccount, findSession } from '../store/sessions.ts';
import type { Store } from '../store/store.ts';
import { findToken } from '../store/tokens.ts';
import type { App } from './app-types.ts';
import { demandAccess } from './demand-access.ts';
import { sessionCookieOf } from './session-cookie.ts';
import { storeInLine } from './store-in-line.ts';

export const TOKEN_PREFIX = 'zz_';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts; null: nobody signed in. */
    principal: Principal | null;
    signedIn: SignedIn | null;
    /** The store as this person sees it. Throws SESSION_NEEDED when nobody is signed in. */
    readonly store: Store;
  }
  interface FastifyContextConfig {
    /** Answers people who still have to choose a password of their own. */
    beforePasswordChange?: boolean;
    /** Asked for by open pages by themselves: does not count as somebody being there. */
    isBackground?: boolean;
  }
}

interface Parts {
  readonly store: Store;
  readonly config: Pick<Config, 'publicUrl' | 'allowRemote'>;
}

export async function registerSignIn(app: App, parts: Parts): Promise<void> {
  await app.register(cookie, { hook: 'onRequest' });
  app.decorateRequest('principal', null);
  app.decorateRequest('signedIn', null);
  app.decorateRequest('store', {
    getter(this: FastifyRequest): Store {
      if (!this.principal) throw new ProductError('SESSION_NEEDED');
      return scopedStore(storeInLine(this, parts.store), this.principal, contextOf(this));
    },
  });
  app.addHook('onRequest', async (request) => {
    const { config, url } = request.routeOptions;
    if (!url?.startsWith('/api/')) return;
    const signedIn = await signedInOf(request, parts);
    request.signedIn = signedIn;
    request.principal = signedIn?.principal ?? null;
    const mayWait = config.access === 'open' || config.beforePasswordChange === true;
    if (signedIn?.mustChangePassword && !mayWait) throw new ProductError('SESSION_PASSWORD_CHANGE');
    if (config.access) demandAccess(config.access, request.principal);
  });
}

/** The person behind the request, by session or token. Throws SESSION_NEEDED. */
export function signedInPerson(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new ProductError('SESSION_NEEDED');
  return request.signedIn;
}

/** The person behind the request, who is at the page and not behind a token. Throws SESSION_NEEDED, SESSION_PERSON_NEEDED. */
export function personAtPage(request: FastifyRequest): SignedIn & { readonly sessionId: string } {
  const person = signedInPerson(request);
  const { sessionId } = person;
  if (sessionId === null) throw new ProductError('SESSION_PERSON_NEEDED');
  return { ...person, sessionId };
}

/** For streams that stay open: who it is now, by the same session or token; null: nobody any more. */
export async function signedInAgain(request: FastifyRequest, parts: Parts): Promise<SignedIn | null> {
  try {
    return await signedInOf(request, parts);
  } catch (error) {
    if (error instanceof ProductError) return null;
    throw error;
  }
}

/** From where a request comes, for the audit trail. */
export const contextOf = (request: FastifyRequest): ActContext => ({
  address: request.ip,
  requestId: request.id,
  reason: '',
});

/** A bearer token comes first; one that opens nothing is refused instead of taken for nobody. */
async function signedInOf(request: FastifyRequest, parts: Parts): Promise<SignedIn | null> {
  const { config } = parts;
  const store = storeInLine(request, parts.store);
  const [scheme, token] = request.headers.authorization?.split(' ', 2) ?? [];
  if (scheme?.toLowerCase() === 'bearer') {
    const digest = digestOfSecret(token ?? '', TOKEN_PREFIX);
    const found = digest && (await findToken(store, digest));
    if (!found || !mayUse(found.account, config)) throw new ProductError('TOKEN_REFUSED');
    const { expiresAt, scope } = found;
    return signedInAs(found.account, { expiresAt, sessionId: null, tokenScope: knownPermissions(scope) });
  }
  const value = sessionCookieOf(request, config);
  const digest = value === undefined ? null : digestOfSecret(value);
  const found =
    digest && (await findSession(store, digest, request.routeOptions.config.isBackground !== true));
  if (!found || !mayUse(found.account, config)) return null;
  return signedInAs(found.account, { expiresAt: found.expiresAt, sessionId: found.id, tokenScope: null });
}

const mayUse = ({ isDemo }: ActingAccount, { allowRemote }: Parts['config']): boolean =>
  !isDemo || !allowRemote;

/** Words of an older version are gone from the table and give nothing. */
const knownPermissions = (scope: readonly string[]): Permission[] =>
  permissionWords.filter((permission) => scope.includes(permission));
