// Webhooks for the administrator: where notices are posted to, with the log of every post. The key of a signature is shown once: the same
// call again is answered without it. Who sends a message by hand stands in the audit trail.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { versionHeadersSchema } from '../contract/people.ts';
import { idSchema, strictObject } from '../contract/shared.ts';
import {
  type DeliveryJson,
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
import { leadsInside } from '../jobs/public-address.ts';
import { makeSecret } from '../people/make-secret.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import {
  type OnceOutcome,
  type OnceWork,
  onceActing,
  onceHeadersSchema,
  sendOnce,
} from '../plugins/once-only.ts';
import { contextOf, signedInPerson } from '../plugins/sign-in.ts';
import { actAs } from '../store/acting.ts';
import { writeAudit } from '../store/audit.ts';
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

export function webhookRoutes(app: App, { store, config }: Pick<Services, 'store' | 'config'>): void {
  const { webhookPrivate: allowPrivate } = config;
  const once = (request: FastifyRequest, work: (tx: Queryable) => Promise<OnceWork>): Promise<OnceOutcome> =>
    onceActing(request, store, { permission: 'webhook:change' }, work);

  /** http and https only, and outside unless the settings say so; a name and password in an address would stand in every log. */
  const checkedUrl = async (text: string): Promise<string> => {
    const url = URL.canParse(text) ? new URL(text) : null;
    const fits =
      url && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
    if (!fits) throw new ProductError('WEBHOOK_URL', { found: text.slice(0, 120) });
    if (!allowPrivate && (await leadsInside(url)))
      throw new ProductError('WEBHOOK_ADDRESS', { found: url.hostname.slice(0, 120) });
    url.hash = '';
    return url.href;
  };

  /** Puts a message into the log of a webhook, on record, once for its key; posts it at once and tells what became of it. */
  const postNow = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    action: 'test' | 'send-again',
    work: (tx: Queryable, id: string) => Promise<string>,
  ): Promise<{ readonly replayed: boolean; readonly delivery: DeliveryJson }> => {
    const { id } = request.params;
    const { body, replayed } = await once(request, async (tx) => {
      await webhookOf(tx, id);
      const deliveryId = await work(tx, id);
      const after = { delivery: deliveryId };
      await writeAudit(tx, { action, object: 'webhook', objectId: id, after });
      return { status: 200, body: { deliveryId } };
    });
    const { deliveryId } = body as { deliveryId: string }; // written above
    if (!replayed) await postDue(store, { id: deliveryId, allowPrivate });
    return { replayed, delivery: await deliveryOf(store, id, deliveryId) };
  };

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
    {
      config: change,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newWebhookSchema,
        response: created(webhookSecretSchema),
      },
    },
    async (request, reply) => {
      const { name, url, nouns } = request.body;
      const id = randomUUID();
      const secret = makeSecret(SECRET_PREFIX).value;
      const asked = { id, name: name.trim(), url: await checkedUrl(url), nouns, secret };
      const outcome = await once(request, async (tx) => {
        await saveWebhook(tx, asked);
        return withSecret(201, await webhookOf(tx, id), secret);
      });
      return sendOnce(keptNowhere(reply), outcome);
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
        ...(url !== undefined && { url: await checkedUrl(url) }),
      };
      const { webhook, done } = await administer(request, async (tx) => {
        await webhookOf(tx, id);
        const changed = await changeWebhook(tx, id, version, changes);
        return { done: changed, webhook: await webhookOf(tx, id) };
      });
      if (done) return reply.header('etag', `"${webhook.version}"`).send(webhook);
      return reply.code(412).send(staleWebhook(request, webhook));
    },
  );

  app.delete(
    '/api/webhooks/:id',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        response: { ...emptied, 412: replies(staleWebhookSchema)[200] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionOfRequest(request);
      const stale = await administer(request, async (tx) => {
        const webhook = await webhookOf(tx, id);
        return (await removeWebhook(tx, id, version)) ? null : webhook;
      });
      return stale ? reply.code(412).send(staleWebhook(request, stale)) : reply.code(204).send(null);
    },
  );

  app.post(
    '/api/webhooks/:id/secret',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        response: { ...replies(webhookSecretSchema), 412: replies(staleWebhookSchema)[200] },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionOfRequest(request);
      const secret = makeSecret(SECRET_PREFIX).value;
      const outcome = await once(request, async (tx) => {
        const done = await changeSecret(tx, id, version, secret);
        const webhook = await webhookOf(tx, id);
        return done
          ? withSecret(200, webhook, secret)
          : { status: 412, body: staleWebhook(request, webhook) };
      });
      return sendOnce(keptNowhere(reply), outcome);
    },
  );

  app.post(
    '/api/webhooks/:id/test',
    {
      config: change,
      schema: { tags, params: idParams, headers: onceHeadersSchema, response: replies(deliveryJsonSchema) },
    },
    async (request, reply) => {
      const { replayed, delivery } = await postNow(request, 'test', addTestDelivery);
      return sendOnce(reply, { status: 200, body: delivery, replayed });
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
    {
      config: change,
      schema: {
        tags,
        params: deliveryParams,
        headers: onceHeadersSchema,
        response: replies(deliveryJsonSchema),
      },
    },
    async (request, reply) => {
      const { deliveryId } = request.params;
      const { replayed, delivery } = await postNow(request, 'send-again', async (tx, id) => {
        await deliveryOf(tx, id, deliveryId);
        await postAgain(tx, id, deliveryId);
        return deliveryId;
      });
      return sendOnce(reply, { status: 200, body: delivery, replayed });
    },
  );
}

async function webhookOf(db: Queryable, id: string): Promise<WebhookJson> {
  const webhook = await loadWebhook(db, id);
  if (!webhook) throw new ProductError('WEBHOOK_UNKNOWN', { id });
  return webhook;
}

/** The key of its signature is answered once; to the same call again, null. */
const withSecret = (status: number, webhook: WebhookJson, secret: string): OnceWork => ({
  status,
  body: { webhook, secret },
  kept: { webhook, secret: null },
});

/** 412: the refusal and the webhook as it is now. */
const staleWebhook = (request: Pick<FastifyRequest, 'id'>, webhook: WebhookJson) => ({
  ...replyOf(request.id, describeCode('WEBHOOK_STALE')),
  webhook,
});

async function deliveryOf(db: Queryable, id: string, deliveryId: string) {
  const delivery = await loadDelivery(db, id, deliveryId);
  if (!delivery) throw new ProductError('WEBHOOK_DELIVERY_UNKNOWN', { id: deliveryId });
  return delivery;
}
