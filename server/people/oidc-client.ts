// Signing in at the office's identity provider: OpenID Connect, authorization code with PKCE, state and nonce (RFC 9700). The
// provider is asked only when it is configured, and first when somebody wants to sign in there.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { ProductError } from '../errors.ts';

const TIMEOUT_S = 10;
const RETURN_PATH = '/api/session/oidc/return';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: the provider knows us by id and PKCE only. */
  readonly clientSecret: string;
  /** Our own address, where the provider sends people back to. */
  readonly publicUrl: string;
}

/** What the browser keeps between leaving and coming back; each sign-in has its own. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface OidcPerson {
  /** Issuer and subject: the same subject of another provider is somebody else. */
  readonly subject: string;
  /** preferred_username, asked for only when the subject is not known yet. */
  username(): Promise<string | null>;
}

export interface OidcClient {
  /** Where to send the browser, and what it has to bring back. Throws SESSION_OIDC_UNREACHABLE. */
  begin(): Promise<{ readonly url: string; readonly flow: OidcFlow }>;
  /** Who came back with these query words. Throws SESSION_OIDC_FAILED, SESSION_OIDC_UNREACHABLE. */
  finish(search: string, flow: OidcFlow): Promise<OidcPerson>;
}

export function makeOidcClient({ issuer, clientId, clientSecret, publicUrl }: OidcSettings): OidcClient {
  let found: Promise<Configuration> | null = null;
  const configuration = async (): Promise<Configuration> => {
    found ??= discovery(new URL(issuer), clientId, clientSecret || undefined, undefined, {
      // settings let plain http through for a provider on this machine only
      execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
      timeout: TIMEOUT_S,
    });
    try {
      return await found;
    } catch {
      found = null;
      throw new ProductError('SESSION_OIDC_UNREACHABLE');
    }
  };
  return {
    begin: async () => {
      const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: publicUrl + RETURN_PATH,
        scope: 'openid profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flow };
    },
    finish: async (search, { state, nonce, verifier }) => {
      const config = await configuration();
      try {
        const tokens = await authorizationCodeGrant(config, new URL(publicUrl + RETURN_PATH + search), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new ProductError('SESSION_OIDC_FAILED');
        const username = async (): Promise<string | null> => {
          const told = claims.preferred_username;
          if (typeof told === 'string') return told;
          const { preferred_username } = await fetchUserInfo(config, tokens.access_token, claims.sub);
          return preferred_username ?? null;
        };
        return {
          subject: `${claims.iss}#${claims.sub}`,
          username: () => username().catch(refuse),
        };
      } catch (error) {
        return refuse(error);
      }
    },
  };
}

/** What the library found wrong with an answer is the caller's business only as "not trusted". */
function refuse(error: unknown): never {
  if (error instanceof ProductError) throw error;
  const unreachable =
    error instanceof TypeError || (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT');
  throw new ProductError(unreachable ? 'SESSION_OIDC_UNREACHABLE' : 'SESSION_OIDC_FAILED');
}
