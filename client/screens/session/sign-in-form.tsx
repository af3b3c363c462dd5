// Login and password, as browsers and password managers know them. The login is fixed when a session is only renewed.
import { Button, Input, type InputRef } from 'antd';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../../state/session.ts';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';
import { useAttempt } from './use-attempt.ts';

export interface SignInFormProps {
  /** Of the person whose session ended; empty: anybody. */
  readonly fixedLogin?: string;
  readonly onDone?: () => void;
}

export function SignInForm({ fixedLogin = '', onDone }: SignInFormProps) {
  const { t } = useTranslation();
  const ids = { login: useId(), password: useId() };
  const [login, setLogin] = useState(fixedLogin);
  const [password, setPassword] = useState('');
  const [hasCapsLock, setCapsLock] = useState(false);
  const { isBusy, error, attempt } = useAttempt();
  const loginInput = useRef<InputRef>(null);
  const passwordInput = useRef<InputRef>(null);

  useEffect(() => {
    if (error !== null) passwordInput.current?.select();
  }, [error]);

  // Not greyed out before: what a password manager fills in is not always told to the page at once.
  const submit = () => {
    if (isBusy) return;
    if (login.trim() === '') loginInput.current?.focus();
    else if (password === '') passwordInput.current?.focus();
    else
      attempt(async () => {
        await signIn(login.trim(), password);
        onDone?.();
      });
  };
  const lookAtKeys = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <form
      className={styles.form}
      data-testid="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {fixedLogin === '' ? (
        <div className={styles.field}>
          <label htmlFor={ids.login}>{t('session.login')}</label>
          <Input
            id={ids.login}
            ref={loginInput}
            name="username"
            size="large"
            value={login}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            maxLength={200}
            onChange={(event) => setLogin(event.target.value)}
            data-testid="sign-in-login"
          />
        </div>
      ) : (
        <FixedLogin login={fixedLogin} />
      )}
      <div className={styles.field}>
        <label htmlFor={ids.password}>{t('session.password')}</label>
        <Input.Password
          id={ids.password}
          ref={passwordInput}
          name="password"
          size="large"
          value={password}
          autoComplete="current-password"
          autoFocus={fixedLogin !== ''}
          maxLength={1000}
          onChange={(event) => setPassword(event.target.value)}
          onKeyUp={lookAtKeys}
          data-testid="sign-in-password"
        />
        {hasCapsLock ? <small className={styles.caps}>{t('session.capsLock')}</small> : null}
      </div>
      <RefusalNote error={error} />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={isBusy}
        data-testid="sign-in-submit"
      >
        {t('session.signIn')}
      </Button>
    </form>
  );
}

/** Shown, not asked; password managers find it where they look for it. */
function FixedLogin({ login }: { readonly login: string }) {
  const { t } = useTranslation();
  return (
    <div>
      {t('session.login')} <b>{login}</b>
      <input
        className={styles.hiddenLogin}
        name="username"
        autoComplete="username"
        value={login}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
        data-testid="sign-in-login"
      />
    </div>
  );
}
