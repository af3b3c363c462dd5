// Signing in and out, the own password, the own sessions, and the setup of a database nobody administers yet.
import {
  endedSessionsSchema,
  newPasswordSchema,
  newSessionSchema,
  sessionListSchema,
  sessionStateSchema,
  setupSchema,
  signedInSchema,
} from '../contract/people.ts';
import { ProductError } from '../errors.ts';
import { choosePassword } from '../people/choose-password.ts';
import { DEMO_PASSWORD } from '../people/demo-accounts.ts';
import { needsSetup, setUp } from '../people/first-start.ts';
import { makeMe } from '../people/make-me.ts';
import type { Passwords } from '../people/make-passwords.ts';
import { makeSecret } from '../people/make-secret.ts';
import { knowsPassword, signInWithPassword } from '../people/sign-in-with-password.ts';
import { roles } from '../permission/permission-table.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { clearSessionCookie, setSessionCookie } from '../plugins/session-cookie.ts';
import { contextOf, personAtPage } from '../plugins/sign-in.ts';
import { loadDemoAccounts } from '../store/accounts.ts';
import { actAs, recordDoor } from '../store/acting.ts';
import { endSession, endSessions, loadSessions, rotateSession } from '../store/sessions.ts';
import { revokeTokens } from '../store/tokens.ts';
import { beginSession } from './begin-session.ts';
import { emptied, idParams, keptNowhere, replies } from './route-parts.ts';

const tags = ['session'];

export function sessionRoutes(app: App, services: Services, passwords: Passwords): void {
  const { store, config } = services;
  const open = { access: 'open' } as const;

  app.get(
    '/api/session',
    { config: open, schema: { tags, response: replies(sessionStateSchema) } },
    async ({ signedIn }, reply) => {
      keptNowhere(reply);
      const demo = config.allowRemote ? [] : await loadDemoAccounts(store, roles);
      return {
        me: signedIn && makeMe(signedIn),
        demo,
        demoPassword: demo.length > 0 ? DEMO_PASSWORD : null,
        oidc: config.oidcIssuer !== null,
        setup: await needsSetup(store, config),
      };
    },
  );

  app.post(
    '/api/session',
    { config: open, schema: { tags, body: newSessionSchema, response: replies(signedInSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const allowDemo = !config.allowRemote;
      const context = contextOf(request);
      const account = await signInWithPassword(store, passwords, request.body, context, { allowDemo });
      return { me: makeMe(await beginSession(request, reply, services, account, 'password')) };
    },
  );

  app.delete(
    '/api/session',
    { config: open, schema: { tags, response: emptied } },
    async (request, reply) => {
      const { signedIn } = request;
      if (signedIn?.sessionId) {
        const { principal, sessionId } = signedIn;
        const { accountId } = principal;
        await actAs(store, principal, contextOf(request), null, async (tx) => {
          const ended = (await endSession(tx, accountId, sessionId)) ? 1 : 0;
          await recordDoor(tx, { action: 'sign-out', accountId, after: { ended } });
        });
      }
      clearSessionCookie(reply, config);
      return keptNowhere(reply).code(204).send(null);
    },
  );

  app.post(
    '/api/setup',
    { config: open, schema: { tags, body: setupSchema, response: replies(signedInSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const first = await setUp(store, config, passwords, request.body);
      return { me: makeMe(await beginSession(request, reply, services, first, 'setup code')) };
    },
  );

  ownDoorRoutes(app, services, passwords);
}

/** What somebody does about their own password and sessions; a token cannot. */
function ownDoorRoutes(app: App, { store, config }: Services, passwords: Passwords): void {
  const mine = { access: 'signed-in', beforePasswordChange: true } as const;

  app.post(
    '/api/session/password',
    { config: mine, schema: { tags, body: newPasswordSchema, response: replies(signedInSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const person = personAtPage(request);
      const { principal, login, sessionId } = person;
      const { accountId } = principal;
      const { current, next, endTokens = true } = request.body;
      const context = contextOf(request);
      if (!(await knowsPassword(store, passwords, { login, password: current }, context)))
        throw new ProductError('ACCOUNT_PASSWORD_WRONG');
      const save = await choosePassword(store, passwords, { accountId, password: next, mustChange: false });
      const secret = makeSecret();
      await actAs(store, principal, context, null, async (tx) => {
        await save(tx);
        const ended = await endSessions(tx, accountId, sessionId);
        const tokens = endTokens ? await revokeTokens(tx, [accountId]) : 0;
        if (!(await rotateSession(tx, sessionId, secret.digest))) throw new ProductError('SESSION_NEEDED');
        await recordDoor(tx, { action: 'password', accountId, after: { ended, tokens } });
      });
      setSessionCookie(reply, config, secret.value);
      return { me: makeMe({ ...person, mustChangePassword: false }) };
    },
  );

  app.get(
    '/api/sessions',
    { config: mine, schema: { tags, response: replies(sessionListSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const { principal, sessionId } = personAtPage(request);
      const sessions = await loadSessions(store, principal.accountId);
      return { sessions: sessions.map((each) => ({ ...each, current: each.id === sessionId })) };
    },
  );

  app.delete(
    '/api/sessions',
    { config: mine, schema: { tags, response: replies(endedSessionsSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const { principal } = personAtPage(request);
      const { accountId } = principal;
      const done = await actAs(store, principal, contextOf(request), null, async (tx) => {
        const ended = await endSessions(tx, accountId);
        const tokens = await revokeTokens(tx, [accountId]);
        await recordDoor(tx, { action: 'sign-out', accountId, after: { ended, tokens } });
        return { ended, tokens };
      });
      clearSessionCookie(reply, config);
      return done;
    },
  );

  app.delete(
    '/api/sessions/:id',
    { config: mine, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      const { principal } = personAtPage(request);
      const { accountId } = principal;
      await actAs(store, principal, contextOf(request), null, async (tx) => {
        if (!(await endSession(tx, accountId, request.params.id))) throw new ProductError('SESSION_UNKNOWN');
        await recordDoor(tx, { action: 'sign-out', accountId, after: { ended: 1 } });
      });
      return keptNowhere(reply).code(204).send(null);
    },
  );
}
