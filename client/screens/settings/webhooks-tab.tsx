// Where notices are posted to: one card each with its state, and the ways to try it, see what was sent, change it, give it a new key.
import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Empty, Popconfirm, Spin, Switch, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookJson, WebhookSecretJson } from '../../../server/contract/webhooks.ts';
import { describeError } from '../../api/fetch-reply.ts';
import {
  useChangeWebhook,
  useNewSecret,
  useRemoveWebhook,
  useTestWebhook,
  useWebhooks,
} from '../../api/webhooks.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { DeliveriesDrawer } from './deliveries-drawer.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import styles from './settings.module.css';
import { useDeliveryWords } from './use-delivery-words.ts';
import { WebhookDialog } from './webhook-dialog.tsx';

export function WebhooksTab() {
  const { t } = useTranslation();
  const { data, isPending, error } = useWebhooks();
  const mayChange = useMay('webhook:change');
  const [opened, setOpened] = useState<WebhookJson | 'new' | null>(null);
  const [log, setLog] = useState<WebhookJson | null>(null);
  const [made, setMade] = useState<Pick<WebhookSecretJson, 'secret'> | null>(null);
  const setSecret = (secret: string | null) => setMade({ secret });
  return (
    <div className={styles.groups}>
      <div className={styles.bar}>
        <span className={styles.soft}>{t('settings.webhook.intro')}</span>
        {mayChange ? (
          <Button
            type="primary"
            icon={<PlusOutlined />}
            className={styles.right}
            onClick={() => setOpened('new')}
            data-testid="webhook-create"
          >
            {t('settings.webhook.create')}
          </Button>
        ) : null}
      </div>
      <RefusalNote error={error} />
      {isPending ? <Spin /> : null}
      {data?.length === 0 ? (
        <section className={styles.sheet}>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('settings.webhook.none')} />
        </section>
      ) : null}
      {data?.map((webhook) => (
        <WebhookCard
          key={webhook.id}
          webhook={webhook}
          mayChange={mayChange}
          onEdit={() => setOpened(webhook)}
          onLog={() => setLog(webhook)}
          onSecret={setSecret}
        />
      ))}
      {opened === null ? null : (
        <WebhookDialog
          webhook={opened === 'new' ? null : opened}
          onSecret={setSecret}
          onClose={() => setOpened(null)}
        />
      )}
      {log ? <DeliveriesDrawer webhook={log} mayChange={mayChange} onClose={() => setLog(null)} /> : null}
      {made === null ? null : <SecretDialog secret={made.secret} onClose={() => setMade(null)} />}
    </div>
  );
}

interface WebhookCardProps {
  readonly webhook: WebhookJson;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
  readonly onLog: () => void;
  readonly onSecret: (secret: string | null) => void;
}

function WebhookCard({ webhook, mayChange, onEdit, onLog, onSecret }: WebhookCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { id, name, url, nouns, active, waiting, givenUp, lastSentAt } = webhook;
  const sent = lastSentAt === null ? t('settings.webhook.neverSent') : formatDateTime(lastSentAt, language);
  return (
    <section className={styles.sheet} data-testid={`webhook-${id}`}>
      <header className={styles.cardHead}>
        <span>
          <strong>{name}</strong>
          <small>{url}</small>
        </span>
        {mayChange ? <ActiveSwitch webhook={webhook} /> : null}
      </header>
      <div className={styles.facts}>
        <span>
          {(nouns.length === 0 ? ['all'] : nouns).map((noun) => (
            <Tag key={noun} variant="filled">
              {noun === 'all' ? t('settings.webhook.allNouns') : t(`settings.webhook.noun.${noun}`)}
            </Tag>
          ))}
        </span>
        <span>{t('settings.webhook.lastSent', { at: sent })}</span>
        {active ? null : <Tag>{t('settings.webhook.off')}</Tag>}
        {waiting > 0 ? <Tag color="gold">{t('settings.webhook.waiting', { count: waiting })}</Tag> : null}
        {givenUp > 0 ? <Tag color="red">{t('settings.webhook.givenUp', { count: givenUp })}</Tag> : null}
      </div>
      <div className={styles.bar}>
        <Button size="small" onClick={onLog} data-testid="webhook-log">
          {t('settings.webhook.log')}
        </Button>
        {mayChange ? <CardActs webhook={webhook} onEdit={onEdit} onSecret={onSecret} /> : null}
      </div>
    </section>
  );
}

function ActiveSwitch({ webhook }: { readonly webhook: WebhookJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const change = useChangeWebhook();
  return (
    <Switch
      checked={webhook.active}
      loading={change.isPending}
      aria-label={t('settings.webhook.active')}
      onChange={(active) =>
        change.mutate(
          { webhook, changes: { active } },
          { onError: (error) => void message.error(describeError(error, language).message) },
        )
      }
      data-testid="webhook-active"
    />
  );
}

type CardActsProps = Pick<WebhookCardProps, 'webhook' | 'onEdit' | 'onSecret'>;

function CardActs({ webhook, onEdit, onSecret }: CardActsProps) {
  const { id, name } = webhook;
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useDeliveryWords();
  const { message } = App.useApp();
  const refused = (error: unknown) => void message.error(describeError(error, language).message);
  const test = useTestWebhook();
  const renew = useNewSecret();
  const remove = useRemoveWebhook();
  const tryIt = () =>
    test.mutate(id, {
      onError: refused,
      onSuccess: (delivery) =>
        delivery.state === 'sent'
          ? void message.success(t('settings.webhook.testSent', { status: delivery.lastStatus ?? '' }))
          : void message.warning(t('settings.webhook.testFailed', { why: words.outcome(delivery) })),
    });
  return (
    <>
      <Button size="small" loading={test.isPending} onClick={tryIt} data-testid="webhook-test">
        {t('settings.webhook.test')}
      </Button>
      <Button size="small" onClick={onEdit} data-testid="webhook-edit">
        {t('settings.webhook.edit')}
      </Button>
      <Popconfirm
        title={t('settings.webhook.newSecretAsk')}
        okText={t('settings.webhook.newSecret')}
        onConfirm={() =>
          renew.mutate(webhook, { onError: refused, onSuccess: ({ secret }) => onSecret(secret) })
        }
      >
        <Button size="small" data-testid="webhook-secret">
          {t('settings.webhook.newSecret')}
        </Button>
      </Popconfirm>
      <Popconfirm
        title={t('settings.webhook.removeAsk', { name })}
        okText={t('shell.delete')}
        okButtonProps={{ danger: true }}
        onConfirm={() => remove.mutate(webhook, { onError: refused })}
      >
        <Button size="small" danger data-testid="webhook-remove">
          {t('shell.delete')}
        </Button>
      </Popconfirm>
    </>
  );
}
