// Webhooks for the administrator: where notices are posted to, with the log of every post. The key of a signature is shown once.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { versionHeadersSchema } from '../contract/people.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import {
  deliveryJsonSchema,
  deliveryPageSchema,
  deliveryQuerySchema,
  newWebhookSchema,
  staleWebhookSchema,
  type WebhookJson,
  webhookChangesSchema,
  webhookJsonSchema,
  webhookListSchema,
  webhookSecretSchema,
} from '../contract/webhooks.ts';
import { describeCode, ProductError } from '../errors.ts';
import { postDue } from '../jobs/post-webhooks.ts';
import { makeSecret } from '../people/make-secret.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { contextOf, signedInPerson } from '../plugins/sign-in.ts';
import { actAs } from '../store/acting.ts';
import type { Queryable } from '../store/store.ts';
import {
  addTestDelivery,
  changeSecret,
  changeWebhook,
  loadDelivery,
  loadDeliveryPage,
  loadWebhook,
  loadWebhooks,
  postAgain,
  removeWebhook,
  saveWebhook,
} from '../store/webhooks.ts';
import { versionOfRequest } from './resource-parts.ts';
import { created, emptied, idParams, keptNowhere, replies } from './route-parts.ts';

const tags = ['webhooks'];
const read = { access: 'webhook:read' } as const;
const change = { access: 'webhook:change' } as const;
const SECRET_PREFIX = 'zzwh_';
const deliveryParams = strictObject({ id: idSchema, deliveryId: Type.String({ pattern: '^\\d{1,18}$' }) });

export function webhookRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const administer = <T>(request: FastifyRequest, work: (tx: Queryable) => Promise<T>): Promise<T> =>
    actAs(store, signedInPerson(request).principal, contextOf(request), 'webhook:change', work);

  app.get(
    '/api/webhooks',
    { config: read, schema: { tags, response: replies(webhookListSchema) } },
    async (_request, reply) => {
      keptNowhere(reply);
      return { webhooks: await loadWebhooks(store) };
    },
  );

  app.post(
    '/api/webhooks',
    { config: change, schema: { tags, body: newWebhookSchema, response: created(webhookSecretSchema) } },
    async (request, reply) => {
      const { name, url, nouns } = request.body;
      const id = randomUUID();
      const secret = makeSecret(SECRET_PREFIX).value;
      const asked = { id, name: name.trim(), url: checkedUrl(url), nouns, secret };
      const webhook = await administer(request, async (tx) => {
        await saveWebhook(tx, asked);
        return webhookOf(tx, id);
      });
      return keptNowhere(reply).code(201).send({ webhook, secret });
    },
  );

  app.patch(
    '/api/webhooks/:id',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: webhookChangesSchema,
        response: { ...replies(webhookJsonSchema), 412: replies(staleWebhookSchema)[200] },
      },
    },
    async (request, reply) => {
      keptNowhere(reply);
      const { id } = request.params;
      const version = versionOfRequest(request);
      const { name, url, ...rest } = request.body;
      const changes = {
        ...rest,
        ...(name !== undefined && { name: name.trim() }),
        ...(url !== undefined && { url: checkedUrl(url) }),
      };
      const { webhook, done } = await administer(request, async (tx) => {
        await webhookOf(tx, id);
        const changed = await changeWebhook(tx, id, version, changes);
        return { done: changed, webhook: await webhookOf(tx, id) };
      });
      if (done) return reply.header('etag', `"${webhook.version}"`).send(webhook);
      return reply.code(412).send({ ...replyOf(request.id, describeCode('WEBHOOK_STALE')), webhook });
    },
  );

  app.delete(
    '/api/webhooks/:id',
    { config: change, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await administer(request, (tx) => removeWebhook(tx, id)))) throw unknownWebhook(id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/webhooks/:id/secret',
    { config: change, schema: { tags, params: idParams, response: replies(webhookSecretSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const { id } = request.params;
      const secret = makeSecret(SECRET_PREFIX).value;
      const webhook = await administer(request, async (tx) => {
        if (!(await changeSecret(tx, id, secret))) throw unknownWebhook(id);
        return webhookOf(tx, id);
      });
      return { webhook, secret };
    },
  );

  app.post(
    '/api/webhooks/:id/test',
    { config: change, schema: { tags, params: idParams, response: replies(deliveryJsonSchema) } },
    async (request) => {
      const { id } = request.params;
      const deliveryId = await administer(request, async (tx) => {
        await webhookOf(tx, id);
        return addTestDelivery(tx, id);
      });
      await postDue(store, { id: deliveryId });
      return deliveryOf(store, id, deliveryId);
    },
  );

  app.get(
    '/api/webhooks/:id/deliveries',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        querystring: deliveryQuerySchema,
        response: replies(deliveryPageSchema),
      },
    },
    async ({ params: { id }, query }, reply) => {
      keptNowhere(reply);
      await webhookOf(store, id);
      return loadDeliveryPage(store, id, query);
    },
  );

  app.post(
    '/api/webhooks/:id/deliveries/:deliveryId/again',
    { config: change, schema: { tags, params: deliveryParams, response: replies(deliveryJsonSchema) } },
    async (request) => {
      const { id, deliveryId } = request.params;
      await administer(request, async (tx) => {
        await deliveryOf(tx, id, deliveryId);
        await postAgain(tx, id, deliveryId);
      });
      await postDue(store, { id: deliveryId });
      return deliveryOf(store, id, deliveryId);
    },
  );
}

const unknownWebhook = (id: string): ProductError => new ProductError('WEBHOOK_UNKNOWN', { id });

async function webhookOf(db: Queryable, id: string): Promise<WebhookJson> {
  const webhook = await loadWebhook(db, id);
  if (!webhook) throw unknownWebhook(id);
  return webhook;
}

async function deliveryOf(db: Queryable, id: string, deliveryId: string) {
  const delivery = await loadDelivery(db, id, deliveryId);
  if (!delivery) throw new ProductError('WEBHOOK_DELIVERY_UNKNOWN', { id: deliveryId });
  return delivery;
}

/** http and https only; a name and password in an address would stand in every log. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fits =
    url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (!fits) throw new ProductError('WEBHOOK_URL', { found: text.slice(0, 120) });
  url.hash = '';
  return url.href;
}
