// Webhooks and their posts: out of reach of the roles requests run as, because they hold keys; written by the system in the
// administrator's name (acting.ts). The key of a signature is read only to sign.
import type {
  DeliveryJson,
  DeliveryPageJson,
  DeliveryQueryJson,
  NewWebhookJson,
  WebhookChangesJson,
  WebhookJson,
} from '../contract/webhooks.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

const webhookJsonSql = `json_build_object('id', w.id, 'name', w.name, 'url', w.url, 'nouns', w.nouns, 'active', w.active,
  'secretAt', ${isoTimeSql('w.secret_at')}, 'createdAt', ${isoTimeSql('w.created_at')}, 'version', w.version,
  'waiting', (select count(*) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'waiting'),
  'givenUp', (select count(*) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'given-up'),
  'lastSentAt', (select ${isoTimeSql('max(d.ended_at)')} from webhook_deliveries d where d.webhook_id = w.id and d.state = 'sent'))`;

export async function loadWebhooks(db: Queryable): Promise<WebhookJson[]> {
  const { rows } = await db.query<{ webhooks: WebhookJson[] }>(
    `select coalesce(json_agg(${webhookJsonSql} order by w.created_at, w.id), '[]') as webhooks from webhooks w`,
    [],
  );
  return rows[0]?.webhooks ?? [];
}

export async function loadWebhook(db: Queryable, id: string): Promise<WebhookJson | null> {
  const { rows } = await db.query<{ webhook: WebhookJson }>(
    `select ${webhookJsonSql} as webhook from webhooks w where w.id = $1`,
    [id],
  );
  return rows[0]?.webhook ?? null;
}

export async function saveWebhook(
  tx: Queryable,
  { id, name, url, nouns, secret }: NewWebhookJson & { readonly id: string; readonly secret: string },
): Promise<void> {
  await tx.query('insert into webhooks (id, name, url, nouns, secret) values ($1, $2, $3, $4, $5)', [
    id,
    name,
    url,
    nouns,
    secret,
  ]);
}

/** False when the version is not the one of the row. */
export async function changeWebhook(
  tx: Queryable,
  id: string,
  version: number,
  { name, url, nouns, active }: WebhookChangesJson,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update webhooks set name = coalesce($3, name), url = coalesce($4, url), nouns = coalesce($5::text[], nouns),
            active = coalesce($6::boolean, active) where id = $1 and version = $2`,
    [id, version, name ?? null, url ?? null, nouns ?? null, active ?? null],
  );
  return rowCount > 0;
}

/** False when the version is not the one of the row. */
export async function changeSecret(
  tx: Queryable,
  id: string,
  version: number,
  secret: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update webhooks set secret = $3, secret_at = now() where id = $1 and version = $2',
    [id, version, secret],
  );
  return rowCount > 0;
}

/** With the log of its posts. False when the version is not the one of the row. */
export async function removeWebhook(tx: Queryable, id: string, version: number): Promise<boolean> {
  const { rowCount } = await tx.query('delete from webhooks where id = $1 and version = $2', [id, version]);
  return rowCount > 0;
}

const deliveryJsonSql = `json_build_object('id', d.id::text, 'kind', d.kind, 'noun', d.noun, 'objectId', d.object_id,
  'state', d.state, 'tries', d.tries, 'createdAt', ${isoTimeSql('d.created_at')},
  'nextAt', case when d.state = 'waiting' then ${isoTimeSql('d.next_at')} end, 'endedAt', ${isoTimeSql('d.ended_at')},
  'lastStatus', d.last_status, 'lastError', d.last_error, 'lastMs', d.last_ms, 'body', d.body)`;

const DEFAULT_PAGE_SIZE = 50;

/** Newest first. */
export async function loadDeliveryPage(
  db: Queryable,
  webhookId: string,
  { state, page = 1, pageSize = DEFAULT_PAGE_SIZE }: DeliveryQueryJson,
): Promise<DeliveryPageJson> {
  const wanted = 'd.webhook_id = $1 and ($2::text is null or d.state = $2)';
  const { rows } = await db.query<Pick<DeliveryPageJson, 'deliveries' | 'total'>>(
    `select (select count(*) from webhook_deliveries d where ${wanted}) as total,
            (select coalesce(json_agg(${deliveryJsonSql} order by d.id desc), '[]') from (
               select * from webhook_deliveries d where ${wanted}
                order by d.id desc limit $3::int offset $4::bigint) as d) as deliveries`,
    [webhookId, state ?? null, pageSize, (page - 1) * pageSize],
  );
  const { deliveries = [], total = 0 } = rows[0] ?? {};
  return { deliveries, total, page, pageSize };
}

export async function loadDelivery(
  db: Queryable,
  webhookId: string,
  id: string,
): Promise<DeliveryJson | null> {
  const { rows } = await db.query<{ delivery: DeliveryJson }>(
    `select ${deliveryJsonSql} as delivery from webhook_deliveries d where d.webhook_id = $1 and d.id::text = $2`,
    [webhookId, id],
  );
  return rows[0]?.delivery ?? null;
}

/** A message that tells nothing, to see whether the way is open. Answers its number. */
export async function addTestDelivery(tx: Queryable, webhookId: string): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into webhook_deliveries (webhook_id, kind, noun, object_id, body)
     select w.id, 'test', 'webhook', w.id, row_to_json(message)::text
       from webhooks w, lateral (select 'test' as id, ${isoTimeSql('now()')} as at, 'test' as kind, 'webhook' as noun,
              w.id as "objectId", '{}'::json as facts) as message
      where w.id = $1 returning id::text as id`,
    [webhookId],
  );
  return rows[0]?.id ?? '';
}

/** Lets it be tried again from the beginning. False when there is no such post, or it still waits. */
export async function postAgain(tx: Queryable, webhookId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update webhook_deliveries set state = 'waiting', tries = 0, next_at = now(), ended_at = null
      where webhook_id = $1 and id::text = $2 and state <> 'waiting'`,
    [webhookId, id],
  );
  return rowCount > 0;
}

/** What is needed to post one message. */
export interface DueDelivery {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** This one included. */
  readonly tries: number;
}

/**
 * Takes due posts up for `leaseSeconds`: nobody else gets them meanwhile, and they are due again if this server dies. Only `id` when
 * given, even before its time. Those of a webhook that is switched off wait.
 */
export async function takeDueDeliveries(
  db: Queryable,
  {
    most,
    leaseSeconds,
    id = null,
  }: { readonly most: number; readonly leaseSeconds: number; readonly id?: string | null },
): Promise<DueDelivery[]> {
  const { rows } = await db.query<DueDelivery>(
    `update webhook_deliveries d set tries = d.tries + 1, next_at = now() + make_interval(secs => $2::int)
       from webhooks w
      where w.id = d.webhook_id and d.id in (
        select due.id from webhook_deliveries due join webhooks v on v.id = due.webhook_id
         where due.state = 'waiting' and case when $3::text is null then v.active and due.next_at <= now() else due.id::text = $3 end
         order by due.next_at, due.id limit $1::int for update of due skip locked)
     returning d.id::text as id, w.url, w.secret, d.body, d.tries`,
    [most, leaseSeconds, id],
  );
  return rows;
}

export interface DeliveryOutcome {
  readonly id: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number;
  /** sent; or tried again after so many seconds; null: given up. */
  readonly sent: boolean;
  readonly retryAfterS: number | null;
}

export async function saveDelivery(db: Queryable, outcome: DeliveryOutcome): Promise<void> {
  const { id, status, error, ms, sent, retryAfterS } = outcome;
  await db.query(
    `update webhook_deliveries set last_status = $2::int, last_error = $3, last_ms = $4::int,
            state = case when $5::boolean then 'sent' when $6::int is null then 'given-up' else 'waiting' end,
            next_at = now() + make_interval(secs => coalesce($6::int, 0)),
            ended_at = case when $5::boolean or $6::int is null then now() end
      where id = $1::bigint`,
    [id, status, error, ms, sent, retryAfterS],
  );
}
