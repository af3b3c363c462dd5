// Every post of a webhook, newest first: what was sent, how often it was tried, and what was answered; given up ones can be sent again.
import { App, Button, Drawer, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deliveryStates } from '../../../engine/index.ts';
import type { DeliveryJson, DeliveryQueryJson, WebhookJson } from '../../../server/contract/webhooks.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useDeliveries, usePostAgain } from '../../api/webhooks.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './settings.module.css';
import { useDeliveryWords } from './use-delivery-words.ts';

const pageSize = 50;
const colours = { waiting: 'gold', sent: 'green', 'given-up': 'red' } as const;

export interface DeliveriesDrawerProps {
  readonly webhook: WebhookJson;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

export function DeliveriesDrawer({ webhook, mayChange, onClose }: DeliveriesDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useDeliveryWords();
  const [query, setQuery] = useState<DeliveryQueryJson>({ page: 1, pageSize });
  const { data, isPending, error } = useDeliveries(webhook.id, query);
  return (
    <Drawer open title={`${webhook.name} · ${t('settings.webhook.log')}`} size={760} onClose={onClose}>
      <div className={styles.form} data-testid="deliveries">
        <Select
          allowClear
          value={query.state ?? null}
          placeholder={t('settings.webhook.allStates')}
          aria-label={t('settings.webhook.state.label')}
          style={{ width: 160 }}
          options={deliveryStates.map((value) => ({ value, label: t(`settings.webhook.state.${value}`) }))}
          onChange={(state) => setQuery({ page: 1, pageSize, ...(state && { state }) })}
        />
        <RefusalNote error={error} />
        <Table<DeliveryJson>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={data?.deliveries ?? []}
          scroll={{ x: 660 }}
          pagination={{
            current: query.page ?? 1,
            pageSize,
            total: data?.total ?? 0,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: (page) => setQuery((now) => ({ ...now, page })),
          }}
          expandable={{
            expandedRowRender: ({ body }) => <pre className={styles.body}>{body}</pre>,
          }}
          locale={{ emptyText: t('settings.webhook.noPosts') }}
          columns={[
            {
              key: 'at',
              title: t('settings.webhook.at'),
              width: 150,
              render: (_, { createdAt }) => formatDateTime(createdAt, language),
            },
            {
              key: 'what',
              title: t('settings.webhook.what'),
              render: (_, { kind, noun }) => (
                <>
                  {t(`settings.webhook.noun.${noun}`, { defaultValue: noun })}
                  <br />
                  <small className={styles.soft}>{kind}</small>
                </>
              ),
            },
            {
              key: 'state',
              title: t('settings.webhook.state.label'),
              width: 180,
              render: (_, { state, tries, nextAt }) => (
                <>
                  <Tag color={colours[state]}>{t(`settings.webhook.state.${state}`)}</Tag>
                  <br />
                  <small className={styles.soft}>
                    {nextAt !== null && tries > 0
                      ? t('settings.webhook.nextTry', { at: formatDateTime(nextAt, language), count: tries })
                      : t('settings.webhook.tries', { count: tries })}
                  </small>
                </>
              ),
            },
            {
              key: 'outcome',
              title: t('settings.webhook.outcome'),
              width: 160,
              render: (_, delivery) => words.outcome(delivery),
            },
            {
              key: 'again',
              width: 90,
              render: (_, delivery) =>
                mayChange && delivery.state !== 'sent' ? (
                  <AgainButton webhookId={webhook.id} deliveryId={delivery.id} />
                ) : null,
            },
          ]}
        />
      </div>
    </Drawer>
  );
}

interface AgainButtonProps {
  readonly webhookId: string;
  readonly deliveryId: string;
}

function AgainButton({ webhookId, deliveryId }: AgainButtonProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const again = usePostAgain();
  return (
    <Button
      size="small"
      loading={again.isPending}
      onClick={() =>
        again.mutate(
          { webhookId, deliveryId },
          { onError: (error) => void message.error(describeError(error, language).message) },
        )
      }
      data-testid="delivery-again"
    >
      {t('settings.webhook.again')}
    </Button>
  );
}
