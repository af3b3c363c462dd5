// Webhooks and their posts as the administrator sees them. The key of a signature comes once, with the answer that made it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  DeliveryJson,
  DeliveryPageJson,
  DeliveryQueryJson,
  NewWebhookJson,
  WebhookChangesJson,
  WebhookJson,
  WebhookListJson,
  WebhookSecretJson,
} from '../../server/contract/webhooks.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { queryKeys } from './query-keys.ts';

const webhookPath = (webhookId: string) => `/api/webhooks/${encodeURIComponent(webhookId)}`;

export function useWebhooks() {
  return useQuery({
    queryKey: queryKeys.webhooks,
    queryFn: ({ signal }) => fetchJson<WebhookListJson>('/api/webhooks', { signal }),
    select: (reply) => reply.webhooks,
  });
}

export function useDeliveries(webhookId: string, query: DeliveryQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.webhooks, webhookId, query],
    queryFn: ({ signal }) =>
      fetchJson<DeliveryPageJson>(`${webhookPath(webhookId)}/deliveries${queryText(query)}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCreateWebhook() {
  return useWebhookMutation((webhook: NewWebhookJson) =>
    fetchJson<WebhookSecretJson>('/api/webhooks', { method: 'POST', json: webhook }),
  );
}

export interface WebhookChange {
  /** As it was read: its version goes along. */
  readonly webhook: Pick<WebhookJson, 'id' | 'version'>;
  readonly changes: WebhookChangesJson;
}

export function useChangeWebhook() {
  return useWebhookMutation(({ webhook: { id, version }, changes }: WebhookChange) =>
    fetchJson<WebhookJson>(webhookPath(id), { method: 'PATCH', json: changes, ifMatch: version }),
  );
}

/** The webhook as it is now, out of the refusal of a stale change; null for any other error. */
export const freshWebhook = (error: unknown): WebhookJson | null => freshRow<WebhookJson>(error, 'webhook');

export function useNewSecret() {
  return useWebhookMutation((webhookId: string) =>
    fetchJson<WebhookSecretJson>(`${webhookPath(webhookId)}/secret`, { method: 'POST' }),
  );
}

export function useRemoveWebhook() {
  return useWebhookMutation((webhookId: string) =>
    fetchJson<void>(webhookPath(webhookId), { method: 'DELETE' }),
  );
}

/** Sends a message that tells nothing, now; answers what became of it. */
export function useTestWebhook() {
  return useWebhookMutation((webhookId: string) =>
    fetchJson<DeliveryJson>(`${webhookPath(webhookId)}/test`, { method: 'POST' }),
  );
}

export function usePostAgain() {
  return useWebhookMutation(({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) =>
    fetchJson<DeliveryJson>(`${webhookPath(webhookId)}/deliveries/${deliveryId}/again`, { method: 'POST' }),
  );
}

function useWebhookMutation<Asked, Reply>(mutationFn: (asked: Asked) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // a key stays in the dialog that asked for it and nowhere else
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.webhooks }),
  });
}
