// Changing one's own password: by choice on the own page, by force after an administrator set one.
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword } from '../../state/session.ts';
import { isNewPasswordFit, NewPasswordFields, noNewPassword } from './new-password-fields.tsx';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';
import { useAttempt } from './use-attempt.ts';

export interface PasswordFormProps {
  readonly person: { readonly login: string; readonly name: string };
  /** False: there are none; whoever set the password has taken them back. */
  readonly hasTokens?: boolean;
  readonly onDone?: () => void;
}

export function PasswordForm({ person, hasTokens = true, onDone }: PasswordFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState(noNewPassword);
  const [endTokens, setEndTokens] = useState(true);
  const { isBusy, error, attempt } = useAttempt();
  const isComplete = current !== '' && isNewPasswordFit(chosen, person);
  const submit = () =>
    attempt(async () => {
      await changePassword({ current, next: chosen.next, endTokens });
      setCurrent('');
      setChosen(noNewPassword);
      onDone?.();
    });
  return (
    <form
      className={styles.form}
      data-testid="password-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !isBusy) submit();
      }}
    >
      <div className={styles.field}>
        <label htmlFor={id}>{t('session.change.current')}</label>
        <Input.Password
          id={id}
          name="current-password"
          size="large"
          value={current}
          autoComplete="current-password"
          maxLength={1000}
          onChange={(event) => setCurrent(event.target.value)}
          data-testid="password-current"
        />
      </div>
      <NewPasswordFields value={chosen} person={person} onChange={setChosen} />
      <small className={styles.help} style={{ margin: 0 }}>
        {t('session.change.used')}
      </small>
      {hasTokens ? (
        <div className={styles.field}>
          <Checkbox
            checked={endTokens}
            onChange={(event) => setEndTokens(event.target.checked)}
            data-testid="password-end-tokens"
          >
            {t('session.change.endTokens')}
          </Checkbox>
          <small>{t('session.change.endTokensNote')}</small>
        </div>
      ) : null}
      <RefusalNote error={error} />
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        loading={isBusy}
        disabled={!isComplete}
        data-testid="password-save"
      >
        {t('session.change.submit')}
      </Button>
    </form>
  );
}
