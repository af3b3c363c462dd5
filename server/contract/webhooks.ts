// Notices posted to other systems of the office: where to, of what, and what became of each post.
import { type Static, Type } from 'typebox';
import { deliveryStates, noticeNouns } from '../../engine/index.ts';
import { errorReplySchema, idSchema, nameSchema, nullable, oneOf, strictObject } from './shared.ts';

const urlSchema = Type.String({ minLength: 8, maxLength: 1000 });
const nounsSchema = Type.Array(oneOf(noticeNouns), { maxItems: noticeNouns.length, uniqueItems: true });

export const webhookJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  url: Type.String(),
  /** Empty: every notice. */
  nouns: Type.Array(oneOf(noticeNouns)),
  active: Type.Boolean(),
  secretAt: Type.String(),
  createdAt: Type.String(),
  version: Type.Integer(),
  waiting: Type.Integer(),
  givenUp: Type.Integer(),
  lastSentAt: nullable(Type.String()),
});
export type WebhookJson = Static<typeof webhookJsonSchema>;

export const webhookListSchema = strictObject({ webhooks: Type.Array(webhookJsonSchema) });
export type WebhookListJson = Static<typeof webhookListSchema>;

export const newWebhookSchema = strictObject({
  name: nameSchema(100),
  url: urlSchema,
  nouns: nounsSchema,
});
export type NewWebhookJson = Static<typeof newWebhookSchema>;

/** What is left out stays. */
export const webhookChangesSchema = strictObject({
  name: Type.Optional(nameSchema(100)),
  url: Type.Optional(urlSchema),
  nouns: Type.Optional(nounsSchema),
  active: Type.Optional(Type.Boolean()),
});
export type WebhookChangesJson = Static<typeof webhookChangesSchema>;

/** The key of the signature is shown this once: null, when the call was answered before under the same Idempotency-Key. */
export const webhookSecretSchema = strictObject({
  webhook: webhookJsonSchema,
  secret: nullable(Type.String()),
});
export type WebhookSecretJson = Static<typeof webhookSecretSchema>;

/** 412: the refusal and the webhook as it is now. */
export const staleWebhookSchema = Type.Object(
  { ...errorReplySchema.properties, webhook: webhookJsonSchema },
  { additionalProperties: false },
);

export const deliveryJsonSchema = strictObject({
  id: Type.String(),
  kind: Type.String(),
  noun: Type.String(),
  objectId: Type.String(),
  state: oneOf(deliveryStates),
  tries: Type.Integer(),
  createdAt: Type.String(),
  /** Of the next try while it waits. */
  nextAt: nullable(Type.String()),
  endedAt: nullable(Type.String()),
  /** HTTP status of the last answer. */
  lastStatus: nullable(Type.Integer()),
  lastError: nullable(Type.String()),
  lastMs: nullable(Type.Integer()),
  /** Exactly what is signed and sent. */
  body: Type.String(),
});
export type DeliveryJson = Static<typeof deliveryJsonSchema>;

export const deliveryQuerySchema = strictObject({
  state: Type.Optional(oneOf(deliveryStates)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type DeliveryQueryJson = Static<typeof deliveryQuerySchema>;

export const deliveryPageSchema = strictObject({
  deliveries: Type.Array(deliveryJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type DeliveryPageJson = Static<typeof deliveryPageSchema>;
