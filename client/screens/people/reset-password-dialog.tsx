// A new password by an administrator: everything the person had open ends, and they replace it at the next sign-in.
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountJson } from '../../../server/contract/people.ts';
import { useResetPassword } from '../../api/accounts.ts';
import { brokenPasswordRules } from '../session/password-rules.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { makePassword } from './make-password.ts';
import styles from './people.module.css';

export interface ResetPasswordDialogProps {
  readonly account: AccountJson;
  readonly onClose: () => void;
}

export function ResetPasswordDialog({ account, onClose }: ResetPasswordDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const { message } = App.useApp();
  const reset = useResetPassword();
  const [password, setPassword] = useState('');
  return (
    <Modal
      open
      title={t('people.reset.title', { name: account.name })}
      width={440}
      onCancel={onClose}
      okText={t('people.reset.save')}
      okButtonProps={{
        danger: true,
        loading: reset.isPending,
        disabled: brokenPasswordRules(password, account).length > 0,
        'data-testid': 'reset-save',
      }}
      onOk={() =>
        reset.mutate(
          { accountId: account.id, password },
          {
            onSuccess: () => {
              void message.success(t('people.done.reset'));
              onClose();
            },
          },
        )
      }
    >
      <div className={styles.form}>
        <span className={styles.off}>{t('people.reset.note')}</span>
        <div className={styles.field}>
          <label htmlFor={id}>{t('people.reset.password')}</label>
          <div className={styles.line}>
            <Input
              id={id}
              value={password}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              onChange={(event) => setPassword(event.target.value)}
              data-testid="reset-password"
            />
            <Button onClick={() => setPassword(makePassword())} data-testid="reset-generate">
              {t('people.form.generate')}
            </Button>
          </div>
        </div>
        <RefusalNote error={reset.error} />
      </div>
    </Modal>
  );
}
