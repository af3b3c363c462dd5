// Webhooks and their posts as the administrator sees them. The key of a signature comes once, with the answer that made it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
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
import { makeActs } from './once-key.ts';
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

type ReadWebhook = Pick<WebhookJson, 'id' | 'version'>;

export function useCreateWebhook() {
  const [acts] = useState(makeActs);
  return useWebhookMutation((webhook: NewWebhookJson) =>
    acts.run(webhook, (once) =>
      fetchJson<WebhookSecretJson>('/api/webhooks', { method: 'POST', json: webhook, once }),
    ),
  );
}

export interface WebhookChange {
  /** As it was read: its version goes along. */
  readonly webhook: ReadWebhook;
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
  const [acts] = useState(makeActs);
  return useWebhookMutation(({ id, version: ifMatch }: ReadWebhook) =>
    acts.run([id, ifMatch], (once) =>
      fetchJson<WebhookSecretJson>(`${webhookPath(id)}/secret`, { method: 'POST', ifMatch, once }),
    ),
  );
}

export function useRemoveWebhook() {
  return useWebhookMutation(({ id, version: ifMatch }: ReadWebhook) =>
    fetchJson<void>(webhookPath(id), { method: 'DELETE', ifMatch }),
  );
}

/** Sends a message that tells nothing, now; answers what became of it. */
export function useTestWebhook() {
  const [acts] = useState(makeActs);
  return useWebhookMutation((webhookId: string) =>
    acts.run(webhookId, (once) =>
      fetchJson<DeliveryJson>(`${webhookPath(webhookId)}/test`, { method: 'POST', once }),
    ),
  );
}

export function usePostAgain() {
  const [acts] = useState(makeActs);
  return useWebhookMutation(({ webhookId, deliveryId }: { webhookId: string; deliveryId: string }) =>
    acts.run([webhookId, deliveryId], (once) =>
      fetchJson<DeliveryJson>(`${webhookPath(webhookId)}/deliveries/${deliveryId}/again`, {
        method: 'POST',
        once,
      }),
    ),
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
