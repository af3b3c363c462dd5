// The key of a webhook's signature, shown this once, with what a receiver does with it.
import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import session from '../session/session.module.css';
import styles from './settings.module.css';

export interface SecretDialogProps {
  /** Null: the call was answered before, and that answer got lost on the way. */
  readonly secret: string | null;
  readonly onClose: () => void;
}

export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  if (secret !== null) return <ShownSecret secret={secret} onClose={onClose} />;
  return (
    <Modal
      open
      title={t('settings.webhook.secret')}
      width={600}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose} data-testid="secret-lost">
          {t('shell.close')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('settings.webhook.notShown')} />
    </Modal>
  );
}

function ShownSecret({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  // there is no clipboard over plain http; one click selects the key
  const { clipboard } = navigator as { clipboard?: Clipboard };
  const copy = () =>
    clipboard?.writeText(secret).then(() => void message.success(t('session.tokens.copied')));
  return (
    <Modal
      open
      title={t('settings.webhook.secret')}
      width={600}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose} data-testid="secret-kept">
          {t('session.tokens.kept')}
        </Button>
      }
    >
      <div className={styles.form}>
        <Alert type="warning" showIcon title={t('settings.webhook.shownOnce')} />
        <div className={session.secret}>
          <code data-testid="secret-value">{secret}</code>
          {clipboard ? (
            <Button icon={<CopyOutlined />} onClick={copy}>
              {t('session.tokens.copy')}
            </Button>
          ) : null}
        </div>
        <div className={styles.field}>
          <small>{t('settings.webhook.check')}</small>
          <pre className={styles.body}>
            x-zhanzhi-signature: v1=hex(HMAC-SHA256(key, x-zhanzhi-timestamp + &quot;.&quot; + body))
          </pre>
        </div>
      </div>
    </Modal>
  );
}
