// A new address to post to, or changes of one that is there.
import { Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { noticeNouns } from '../../../engine/index.ts';
import type { WebhookJson } from '../../../server/contract/webhooks.ts';
import { useChangeWebhook, useCreateWebhook } from '../../api/webhooks.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './settings.module.css';

export interface WebhookDialogProps {
  /** Null: a new one. */
  readonly webhook: WebhookJson | null;
  readonly onSecret: (secret: string) => void;
  readonly onClose: () => void;
}

export function WebhookDialog({ webhook, onSecret, onClose }: WebhookDialogProps) {
  const { t } = useTranslation();
  const ids = { name: useId(), url: useId(), nouns: useId() };
  const create = useCreateWebhook();
  const change = useChangeWebhook();
  const [name, setName] = useState(webhook?.name ?? '');
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [nouns, setNouns] = useState<WebhookJson['nouns']>(webhook?.nouns ?? []);
  const lacks = name.trim() === '' || !/^https?:\/\/\S+$/i.test(url.trim());
  const submit = () => {
    const asked = { name: name.trim(), url: url.trim(), nouns };
    if (webhook) return change.mutate({ webhook, changes: asked }, { onSuccess: onClose });
    create.mutate(asked, {
      onSuccess: ({ secret }) => {
        onSecret(secret);
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      title={t(webhook ? 'settings.webhook.edit' : 'settings.webhook.create')}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      okButtonProps={{ disabled: lacks, 'data-testid': 'webhook-save' }}
      confirmLoading={create.isPending || change.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form} data-testid="webhook-dialog">
        <div className={styles.field}>
          <label htmlFor={ids.name}>{t('settings.webhook.name')}</label>
          <Input
            id={ids.name}
            value={name}
            maxLength={100}
            autoFocus
            placeholder={t('settings.webhook.nameExample')}
            onChange={(event) => setName(event.target.value)}
            data-testid="webhook-name"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.url}>{t('settings.webhook.url')}</label>
          <Input
            id={ids.url}
            value={url}
            maxLength={1000}
            placeholder="https://"
            onChange={(event) => setUrl(event.target.value)}
            data-testid="webhook-url"
          />
          <small>{t('settings.webhook.urlHint')}</small>
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.nouns}>{t('settings.webhook.nouns')}</label>
          <Select
            id={ids.nouns}
            mode="multiple"
            value={nouns}
            placeholder={t('settings.webhook.allNouns')}
            onChange={setNouns}
            options={noticeNouns.map((value) => ({ value, label: t(`settings.webhook.noun.${value}`) }))}
          />
        </div>
        <RefusalNote error={create.error ?? change.error} />
      </div>
    </Modal>
  );
}
