// Personal tokens for programs: a part of what their person may do, until a day; shown once, taken back at any time. A call that is sent
// again makes no second one and is answered without the value, which is kept nowhere.
import { randomUUID } from 'node:crypto';
import { createdTokenSchema, newTokenSchema, tokenListSchema } from '../contract/people.ts';
import { ProductError } from '../errors.ts';
import { makeSecret } from '../people/make-secret.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceActing, onceHeadersSchema, sendOnce } from '../plugins/once-only.ts';
import { contextOf, personAtPage, TOKEN_PREFIX } from '../plugins/sign-in.ts';
import { actAs } from '../store/acting.ts';
import { loadTokens, revokeToken, saveToken } from '../store/tokens.ts';
import { created, emptied, idParams, keptNowhere, replies } from './route-parts.ts';

export function tokenRoutes(app: App, { store }: Services): void {
  const tags = ['tokens'];
  const mine = { access: 'signed-in' } as const;

  app.get(
    '/api/tokens',
    { config: mine, schema: { tags, response: replies(tokenListSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      return { tokens: await loadTokens(store, personAtPage(request).principal.accountId) };
    },
  );

  app.post(
    '/api/tokens',
    {
      config: mine,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newTokenSchema,
        response: created(createdTokenSchema),
      },
    },
    async (request, reply) => {
      const { principal } = personAtPage(request);
      const { name, scope, days } = request.body;
      const { value, digest } = makeSecret(TOKEN_PREFIX);
      const { accountId } = principal;
      const asked = { id: randomUUID(), digest, accountId, name: name.trim(), scope, days };
      const outcome = await onceActing(request, store, { permission: null }, async (tx) => {
        const beyond = scope.find((permission) => !rowScopeOf(principal, permission));
        if (beyond !== undefined) throw new ProductError('TOKEN_SCOPE', { permission: beyond });
        const token = await saveToken(tx, asked);
        if (!token) throw new ProductError('TOKEN_LIMIT');
        return { status: 201, body: { token, value }, kept: { token, value: null } };
      });
      return sendOnce(keptNowhere(reply), outcome);
    },
  );

  app.delete(
    '/api/tokens/:id',
    { config: mine, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      const { principal } = personAtPage(request);
      const revoked = await actAs(store, principal, contextOf(request), null, (tx) =>
        revokeToken(tx, principal.accountId, request.params.id),
      );
      if (!revoked) throw new ProductError('TOKEN_UNKNOWN');
      return reply.code(204).send(null);
    },
  );
}
