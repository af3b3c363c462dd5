// A new password twice, with the rules ticked off while it is typed.
import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { brokenPasswordRules, passwordRules } from './password-rules.ts';
import styles from './session.module.css';

export interface NewPassword {
  readonly next: string;
  readonly repeat: string;
}

export const noNewPassword: NewPassword = { next: '', repeat: '' };

interface Person {
  readonly login: string;
  readonly name: string;
}

export const isNewPasswordFit = ({ next, repeat }: NewPassword, person: Person): boolean =>
  next === repeat && brokenPasswordRules(next, person).length === 0;

export interface NewPasswordFieldsProps {
  readonly value: NewPassword;
  readonly person: Person;
  readonly onChange: (value: NewPassword) => void;
}

export function NewPasswordFields({ value, person, onChange }: NewPasswordFieldsProps) {
  const { t } = useTranslation();
  const ids = { next: useId(), repeat: useId(), rules: useId() };
  const broken = brokenPasswordRules(value.next, person);
  const isDifferent = value.repeat !== '' && !value.next.startsWith(value.repeat);
  return (
    <>
      {/* Password managers file the new password under this login. */}
      <input
        className={styles.hiddenLogin}
        name="username"
        autoComplete="username"
        value={person.login}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <div className={styles.field}>
        <label htmlFor={ids.next}>{t('session.change.next')}</label>
        <Input.Password
          id={ids.next}
          name="new-password"
          size="large"
          value={value.next}
          autoComplete="new-password"
          maxLength={200}
          aria-describedby={ids.rules}
          onChange={(event) => onChange({ ...value, next: event.target.value })}
          data-testid="password-next"
        />
        <ul id={ids.rules} className={styles.rules}>
          {passwordRules.map((rule) => (
            <li key={rule} data-kept={!broken.includes(rule)}>
              {t(`session.change.rules.${rule}`)}
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.field}>
        <label htmlFor={ids.repeat}>{t('session.change.repeat')}</label>
        <Input.Password
          id={ids.repeat}
          name="repeat-password"
          size="large"
          value={value.repeat}
          autoComplete="new-password"
          maxLength={200}
          status={isDifferent ? 'error' : ''}
          onChange={(event) => onChange({ ...value, repeat: event.target.value })}
          data-testid="password-repeat"
        />
        {isDifferent ? <small role="alert">{t('session.change.different')}</small> : null}
      </div>
    </>
  );
}
