// The first administrator of a database: the one-time code printed at the start, and a password.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setUp } from '../../state/session.ts';
import { isNewPasswordFit, NewPasswordFields, noNewPassword } from './new-password-fields.tsx';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';
import { useAttempt } from './use-attempt.ts';

/** The login the service gives its first administrator. */
const firstPerson = { login: 'admin', name: '管理员' };

export function SetupForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState(noNewPassword);
  const { isBusy, error, attempt } = useAttempt();
  const isComplete = code.trim() !== '' && isNewPasswordFit(chosen, firstPerson);
  return (
    <form
      className={styles.form}
      data-testid="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isComplete || isBusy) return;
        attempt(async () => {
          await setUp(code.trim(), chosen.next);
          onDone();
        });
      }}
    >
      <div className={styles.field}>
        <label htmlFor={id}>{t('session.setup.code')}</label>
        <Input
          id={id}
          size="large"
          value={code}
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={100}
          placeholder="XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"
          onChange={(event) => setCode(event.target.value)}
          data-testid="setup-code"
        />
      </div>
      <NewPasswordFields value={chosen} person={firstPerson} onChange={setChosen} />
      <RefusalNote error={error} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={isBusy}
        disabled={!isComplete}
        data-testid="setup-save"
      >
        {t('session.setup.submit')}
      </Button>
    </form>
  );
}
