// The way through the office's identity provider: out with a redirect, back with a session. What the browser has to bring back
// travels in a cookie that holds for ten minutes; it is Lax, because the way back begins on another host.
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { describeError, ProductError } from '../errors.ts';
import { makeOidcClient, type OidcFlow } from '../people/oidc-client.ts';
import { signInWithProvider } from '../people/sign-in-with-provider.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { cookieName, cookieOptions } from '../plugins/session-cookie.ts';
import { beginSession } from './begin-session.ts';
import { keptNowhere } from './route-parts.ts';

const FLOW_S = 600;
/** Where people land: the map, or the sign-in page with the code of the refusal. */
const WELCOME = '/';
const refusedAt = (code: string): string => `/sign-in?refused=${code}`;

export function oidcRoutes(app: App, services: Services): void {
  const { config, store } = services;
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret, publicUrl } = config;
  const client = issuer && publicUrl ? makeOidcClient({ issuer, clientId, clientSecret, publicUrl }) : null;
  const name = cookieName(config, 'oidc');
  const options = { ...cookieOptions(config), sameSite: 'lax' } as const;
  const open = { access: 'open' } as const;
  const schema = { tags: ['session'], response: { 302: Type.Null() } };

  const landing = async (request: FastifyRequest, work: () => Promise<string>): Promise<string> => {
    try {
      return await work();
    } catch (error) {
      const { code, status } = describeError(error);
      if (status >= 500) request.log.warn({ code, err: error }, 'sign-in at the identity provider failed');
      return refusedAt(code);
    }
  };

  app.get('/api/session/oidc', { config: open, schema }, async (request, reply) => {
    const url = await landing(request, async () => {
      if (!client) throw new ProductError('SESSION_OIDC_OFF');
      const { url, flow } = await client.begin();
      reply.setCookie(name, packFlow(flow), { ...options, maxAge: FLOW_S });
      return url;
    });
    return keptNowhere(reply).redirect(url);
  });

  app.get('/api/session/oidc/return', { config: open, schema }, async (request, reply) => {
    const url = await landing(request, async () => {
      if (!client) throw new ProductError('SESSION_OIDC_OFF');
      const flow = unpackFlow(request.cookies[name]);
      reply.clearCookie(name, options);
      if (!flow) throw new ProductError('SESSION_OIDC_FAILED');
      const { search } = new URL(request.url, publicUrl ?? undefined);
      const account = await signInWithProvider(store, await client.finish(search, flow));
      await beginSession(request, reply, services, account, 'provider');
      return WELCOME;
    });
    return keptNowhere(reply).redirect(url);
  });
}

const packFlow = ({ state, nonce, verifier }: OidcFlow): string => [state, nonce, verifier].join('.');

/** Three base64url words, or null for anything else. */
function unpackFlow(value: string | undefined): OidcFlow | null {
  const [, state, nonce, verifier] =
    /^([A-Za-z0-9_-]{20,200})\.([A-Za-z0-9_-]{20,200})\.([A-Za-z0-9_-]{43,128})$/.exec(value ?? '') ?? [];
  return state && nonce && verifier ? { state, nonce, verifier } : null;
}
