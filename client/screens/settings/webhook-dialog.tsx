// A new address to post to, or changes of one that is there.
import { Input, Modal, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { noticeNouns } from '../../../engine/index.ts';
import type { WebhookJson } from '../../../server/contract/webhooks.ts';
import { freshWebhook, useChangeWebhook, useCreateWebhook } from '../../api/webhooks.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import styles from './settings.module.css';

export interface WebhookDialogProps {
  /** Null: a new one. */
  readonly webhook: WebhookJson | null;
  readonly onSecret: (secret: string | null) => void;
  readonly onClose: () => void;
}

export function WebhookDialog({ webhook, onSecret, onClose }: WebhookDialogProps) {
  const { t } = useTranslation();
  const ids = { name: useId(), url: useId(), nouns: useId() };
  const create = useCreateWebhook();
  const change = useChangeWebhook();
  const { base, draft, news, change: type, takeFresh } = useLateEdit(webhook, draftOf);
  const { name, url, nouns } = draft;
  const lacks = name.trim() === '' || !/^https?:\/\/\S+$/i.test(url.trim());
  const submit = () => {
    const asked = { name: name.trim(), url: url.trim(), nouns };
    if (base !== null)
      return change.mutate(
        { webhook: base, changes: asked },
        { onSuccess: onClose, onError: (error) => takeFresh(freshWebhook(error)) },
      );
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
        <LateNote
          news={news}
          label={(field) => t(`settings.webhook.${field}`)}
          value={(field) => {
            const now = draftOf(base);
            if (field !== 'nouns') return now[field];
            if (now.nouns.length === 0) return t('settings.webhook.allNouns');
            return now.nouns.map((noun) => t(`settings.webhook.noun.${noun}`)).join(t('desk.separator'));
          }}
        />
        <div className={styles.field}>
          <label htmlFor={ids.name}>{t('settings.webhook.name')}</label>
          <Input
            id={ids.name}
            value={name}
            maxLength={100}
            autoFocus
            placeholder={t('settings.webhook.nameExample')}
            onChange={(event) => type({ name: event.target.value })}
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
            onChange={(event) => type({ url: event.target.value })}
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
            onChange={(chosen) => type({ nouns: chosen })}
            options={noticeNouns.map((value) => ({ value, label: t(`settings.webhook.noun.${value}`) }))}
          />
        </div>
        <RefusalNote error={create.error ?? (freshWebhook(change.error) === null ? change.error : null)} />
      </div>
    </Modal>
  );
}

type WebhookDraft = Pick<WebhookJson, 'name' | 'url' | 'nouns'>;

function draftOf(webhook: WebhookJson | null): WebhookDraft {
  if (webhook === null) return { name: '', url: '', nouns: [] };
  const { name, url, nouns } = webhook;
  return { name, url, nouns };
}
